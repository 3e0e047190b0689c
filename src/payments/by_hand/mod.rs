//! Records that a person makes, changes and gives up: drafts, and what was paid, held or given back outside (`seeds/payment-object.txt`,
//! ProcessingMode and Status; `reference` §4.1). No gateway has a part in it, and no record that a gateway's word made is touched.
//!
//! The order of precedence: 400 for a body that can't be read, or has a field that is unknown, not for people to write, there twice or
//! of the wrong type, the first fault in the text; 400 for all fields that are required and empty; 422 for all values that are not
//! acceptable; then what the records do not allow.

mod change;
mod fields;
mod moves;
mod request;
mod rules;

pub use change::{check_given_up, new_group, write};
pub use fields::{Fields, Written, object_of};
pub use request::{References, read};
pub use rules::{Facts, unknown};
