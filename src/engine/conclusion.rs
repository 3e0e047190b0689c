//! What an operation came to, so far or for good.

use crate::domain::json::json_enum;
use crate::domain::result_code::ResultCode;

json_enum! {
    /// The result to tell. Set while an operation waits or is unresolved too; only then may it still change.
    pub enum Conclusion {
        /// All went through.
        Success = "success",
        /// The gateway declined; may work later.
        Decline = "decline",
        /// The gateway declined for good.
        PermanentFail = "permanentFail",
        /// The payment data was wrong.
        ValidationError = "validationError",
        /// The bank asks the shopper first.
        Review = "review",
        /// Accepted; a notification is due.
        Pending = "pending",
        /// Provably not sent.
        SystemError = "systemError",
        /// Sent, and no trustworthy answer.
        Indeterminate = "indeterminate",
        /// The old payment could not be refunded, so the new one was not taken.
        ReleaseFailure = "releaseFailure",
        /// A later request took its place before it was finished.
        Replaced = "replaced",
    }
}

impl Conclusion {
    /// The conclusion of a take step that the gateway refused with this code.
    #[must_use]
    pub fn of_refusal(code: ResultCode) -> Self {
        match code {
            ResultCode::PermanentFail => Self::PermanentFail,
            ResultCode::ValidationError => Self::ValidationError,
            ResultCode::SystemError => Self::SystemError,
            // It succeeded, but not as the cart's payment.
            ResultCode::Success => Self::ValidationError,
            ResultCode::Decline | ResultCode::RequiresReview | ResultCode::Indeterminate => Self::Decline,
        }
    }

    /// Whether it stops the operation: no planned step but an undoing one is done any more.
    #[must_use]
    pub fn stops(self) -> bool {
        match self {
            Self::Decline
            | Self::PermanentFail
            | Self::ValidationError
            | Self::SystemError
            | Self::ReleaseFailure
            | Self::Replaced => true,
            Self::Success | Self::Review | Self::Pending | Self::Indeterminate => false,
        }
    }
}
