//! What kind of payment a request asks for.

use crate::domain::json::json_enum;

json_enum! {
    /// The kinds of payment (`seeds/checkout-payments.txt`, `requestType`).
    pub enum RequestType {
        /// Authorize a saved card or wallet, or a gateway's token.
        Auth = "Auth",
        /// Record a payment that was made outside, after the gateway's adapter has validated it.
        PostAuth = "PostAuth",
        /// Pay by a purchase order number.
        SimplePurchaseOrder = "SimplePurchaseOrder",
    }
}
