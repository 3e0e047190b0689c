//! What a call came to, and what that proves.

use super::retry::{RetryCategory, RetryDecision};
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::json_object;
use crate::domain::redacted::Redacted;
use crate::domain::result_code::ResultCode;
use crate::domain::sorted::{Sorted, Texts};
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_object! {
    /// The adapter's report of one call.
    pub struct Outcome {
        /// One of the seven codes.
        pub result_code: ResultCode = "resultCode",
        /// Accepted; a notification follows.
        pub pending: bool = "pending",
        /// Answer to a question: the gateway knows of no such call.
        pub not_found: bool = "notFound",
        /// The gateway says that this is its stored answer to an earlier delivery with the same key.
        pub replayed: bool = "replayed",
        /// The gateway's id of the payment.
        pub gateway_reference: Option<String> = "gatewayReference",
        /// The amount the gateway speaks of.
        pub amount: Option<Amount> = "amount",
        /// Its currency.
        pub currency: Option<Currency> = "currencyIsoCode",
        /// The payment made outside has been taken already, not only held.
        pub captured: bool = "captured",
        /// The gateway's own code.
        pub gateway_result_code: Option<String> = "gatewayResultCode",
        /// The gateway's words.
        pub gateway_message: Option<String> = "gatewayMessage",
        /// Of a refusal: why, for whoever decides about another try.
        pub retry_category: Option<RetryCategory> = "retryCategory",
        /// Of a refusal: whether the same method may be tried again by itself.
        pub retry_decision: Option<RetryDecision> = "retryDecision",
        /// The authorization code.
        pub gateway_authorization_code: Option<String> = "gatewayAuthorizationCode",
        /// When an authorization ends.
        pub expires_at: Option<Timestamp> = "expiresAt",
        /// What the page needs to go on.
        pub payment_data: Texts = "paymentData",
        /// A lasting token of the payment method (`reference` §2.4, PaymentMethodTokenizationResponse). It goes to the saved method,
        /// and is kept nowhere else.
        pub gateway_token: Option<Redacted> = "gatewayToken",
        /// About the token, for the gateway's adapter.
        pub gateway_token_details: Option<String> = "gatewayTokenDetails",
        /// What is the same for the same card or account, whatever its token.
        pub checksum: Option<String> = "checksum",
        /// The gateway's name of the customer who owns the token there.
        pub customer_reference: Option<String> = "customerReference",
    }
}

/// What an outcome proves. `Unknown` has no way into a refusal: only the gateway's word makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It happened.
    Done,
    /// It was accepted; a notification tells the rest.
    Accepted,
    /// The bank asks the shopper first; nothing happened yet.
    Review,
    /// The gateway refused; nothing happened.
    Refused,
    /// This delivery never left. Says nothing about earlier deliveries of the same call.
    NotSent,
    /// The gateway has no such call. Proof only when asked late enough.
    NotFound,
    /// No trustworthy answer.
    Unknown,
}

impl Outcome {
    /// An outcome with a code and nothing else.
    #[must_use]
    pub fn of(result_code: ResultCode) -> Self {
        Self {
            result_code,
            pending: false,
            not_found: false,
            replayed: false,
            gateway_reference: None,
            amount: None,
            currency: None,
            captured: false,
            gateway_result_code: None,
            gateway_message: None,
            retry_category: None,
            retry_decision: None,
            gateway_authorization_code: None,
            expires_at: None,
            payment_data: Sorted::new(),
            gateway_token: None,
            gateway_token_details: None,
            checksum: None,
            customer_reference: None,
        }
    }

    /// The same, to be kept with the call: the token belongs to the saved method alone.
    #[must_use]
    pub fn without_token(&self) -> Self {
        Self { gateway_token: None, ..self.clone() }
    }

    /// What it proves.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.result_code {
            _ if self.not_found => Verdict::NotFound,
            ResultCode::Success if self.pending => Verdict::Accepted,
            ResultCode::Success => Verdict::Done,
            ResultCode::RequiresReview => Verdict::Review,
            ResultCode::Decline | ResultCode::PermanentFail | ResultCode::ValidationError => Verdict::Refused,
            ResultCode::SystemError => Verdict::NotSent,
            ResultCode::Indeterminate => Verdict::Unknown,
        }
    }
}
