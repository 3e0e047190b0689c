//! What a gateway's refusal means for another try (`reference` §2.2): why it failed, and whether the same method may be tried again by itself.
//! Nothing here decides about one.

use crate::domain::json::json_enum;

json_enum! {
    /// Why a call failed, as far as that matters to whoever tries again.
    pub enum RetryCategory {
        /// A limit of the card, or of the money on it.
        CardLimit = "CardLimit",
        /// The gateway or the bank was not reached.
        GatewayConnection = "GatewayConnection",
        /// The payment method's data is wrong, or out of date.
        PaymentInformation = "PaymentInformation",
        /// The account is closed or restricted, or the bank said no without a reason.
        PaymentProcessing = "PaymentProcessing",
        /// Fraud, or the bank wants to know who pays.
        Security = "Security",
        /// None of these.
        Unknown = "Unknown",
    }
}

json_enum! {
    /// Whether the same payment method may be tried again later, without the payer.
    pub enum RetryDecision {
        /// It may.
        Retriable = "Retriable",
        /// It would be refused again, or must not be tried.
        NonRetriable = "NonRetriable",
    }
}
