//! Which payment of a group is the cart's payment now.

use crate::domain::json::json_object;
use crate::prelude::*;

json_object! {
    /// The one payment that stands for the cart. All others of the group are released, owed a release, or never came about.
    pub struct LivePayment {
        /// The request type that made it: Auth, PostAuth or SimplePurchaseOrder.
        pub kind: String = "type",
        /// Its authorization or payment; a purchase order has the group's id.
        pub record_id: String = "recordId",
        /// The digest of the cart it was made for.
        pub digest: String = "digest",
    }
}
