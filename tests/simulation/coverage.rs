//! What must have been met, or a million histories prove less than they seem to.

use super::report::Item;

pub const EXPECTED: &[Item] = &[];
