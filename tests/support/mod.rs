//! A world to test the core in: the host's loop of `docs/core.md` as it stands there, a store, a clock, and a gateway that
//! keeps its own books. The loop can be stopped at every point, as a crash would stop it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::string_slice,
    reason = "each test uses a part of it, and a test that is wrong should stop at the line that is wrong"
)]

pub mod actors;
pub mod books;
pub mod flows;
pub mod gateway;
pub mod ledger;
pub mod money;
pub mod rows;
pub mod scenes;
pub mod step;
pub mod telling;
pub mod words;
pub mod world;
