//! XML bodies: read into the very tree that JSON is read into, and answers written from JSON.
//!
//! Only the `core` build holds this: nothing that the storefront exports may reach it.

mod read;
mod write;

pub use read::parse;
pub use write::answer;
