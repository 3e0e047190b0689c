//! What is fuzzed: each export of the core, and the core as a whole over a history. One definition for libFuzzer and for
//! `tests/never_panics.rs`; both have the support modules of the tests at their root.
//!
//! A target that takes a state reads its bytes in one of two ways. Begins the input with an even byte, the rest is the
//! arguments as they stand, with 0xFF between them (no text can hold that byte). Else it is a list of decisions: a state that
//! the core was really driven into, a context, and what is spoilt in them; so the fuzzer need not invent a state to get past
//! the reading of one.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a broken promise of the core should stop the target at the line that names it"
)]

pub mod advance;
pub mod begin_checkout_payment;
pub mod begin_payments;
pub mod context;
pub mod currency_decimals;
pub mod edit;
pub mod explain;
pub mod format_money;
pub mod given;
pub mod history;
pub mod input;
pub mod list_rows;
pub mod list_unresolved;
pub mod notify;
pub mod oracle;
pub mod payment_methods;
pub mod place_order;
pub mod preview;
pub mod read_payments;
pub mod recover;
pub mod requests;
pub mod situations;
pub mod transactions;
pub mod validate;

/// One target: takes any bytes, panics when the core breaks a promise.
pub type Target = fn(&[u8]);

/// Every target, by the name of its folder in `tests/fuzz/corpus`.
pub const ALL: [(&str, Target); 17] = [
    ("begin_checkout_payment", begin_checkout_payment::run),
    ("begin_payments", begin_payments::run),
    ("advance", advance::run),
    ("recover", recover::run),
    ("notify", notify::run),
    ("place_order", place_order::run),
    ("read_payments", read_payments::run),
    ("explain", explain::run),
    ("list_unresolved", list_unresolved::run),
    ("list_rows", list_rows::run),
    ("validate", validate::run),
    ("preview", preview::run),
    ("currency_decimals", currency_decimals::run),
    ("format_money", format_money::run),
    ("payment_methods", payment_methods::run),
    ("history", history::run),
    ("transactions", transactions::run),
];
