//! The seven result codes of a gateway call (`seeds/payment-object.txt`, `SfResultCode`).

use super::json::json_enum;

json_enum! {
    /// What a gateway call came to.
    pub enum ResultCode {
        /// The gateway accepted.
        Success = "Success",
        /// Declined now; may work later or with another method.
        Decline = "Decline",
        /// Declined for good: account closed, fraud.
        PermanentFail = "PermanentFail",
        /// The bank wants more from the shopper before it answers.
        RequiresReview = "RequiresReview",
        /// The payment data was wrong.
        ValidationError = "ValidationError",
        /// Provably not sent; a repeat is safe.
        SystemError = "SystemError",
        /// Sent, and no trustworthy answer: money may have moved.
        Indeterminate = "Indeterminate",
    }
}
