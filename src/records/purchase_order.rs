//! The purchase order number of a cart (`WebCart.PoNumber`) and the numbers it had before.

use crate::domain::json::json_object;
use crate::prelude::*;

json_object! {
    /// A simple purchase order.
    pub struct PurchaseOrder {
        /// The number in force.
        pub number: String = "number",
        /// The numbers it replaced, oldest first.
        pub replaced: Vec<String> = "replaced",
    }
}
