//! PaymentMethod: what an account can pay with later (`reference` §4.1, Payment methods). One shape for all its objects.

use super::method_status::{MethodEvent, MethodStatus, PAYMENT_METHOD, SAVED_PAYMENT_METHOD};
use super::state_table::{IllegalMove, StateTable};
use crate::domain::json::{json_enum, json_object};
use crate::domain::redacted::Redacted;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

/// The detail that says something about the token.
pub const GATEWAY_TOKEN_DETAILS: &str = "GatewayTokenDetails";

json_enum! {
    /// Which object of the reference a method is.
    pub enum MethodObject {
        /// A card.
        Card = "CardPaymentMethod",
        /// A wallet: Apple Pay, Google Pay.
        Wallet = "DigitalWallet",
        /// Anything else that a gateway gives a token for, a bank account among them.
        Alternative = "AlternativePaymentMethod",
        /// One whose token was made elsewhere.
        Saved = "SavedPaymentMethod",
    }
}

json_object! {
    /// A method, with the gateway's lasting token of it, which no answer, view or row ever holds.
    pub struct PaymentMethod {
        /// Our id.
        pub id: String = "id",
        /// Which object it is.
        pub object: MethodObject = "object",
        /// Where it stands.
        pub status: MethodStatus = "status",
        /// Whose it is.
        pub account_id: String = "accountId",
        /// The gateway whose token it is.
        pub gateway_id: String = "paymentGatewayId",
        /// The merchant account at that gateway, where there are several.
        pub merchant_account_id: Option<String> = "merchantAccountId",
        /// The gateway's lasting token; one that awaits something has none yet.
        pub token: Option<Redacted> = "gatewayToken",
        /// The gateway's name of the customer, who owns the token there.
        pub customer_reference: Option<String> = "gatewayReference",
        /// What is the same for the same card or account, whatever its token: Stripe's fingerprint, Adyen's pspReference.
        pub checksum: Option<String> = "checksum",
        /// The one that the account uses when nothing else is said.
        pub is_default: bool = "isDefault",
        /// The last month in which it can be used: 1 to 12.
        pub expiry_month: Option<u32> = "expiryMonth",
        /// The year of that month, with four digits.
        pub expiry_year: Option<u32> = "expiryYear",
        /// What its owner calls it.
        pub nickname: Option<String> = "nickName",
        /// When it was saved.
        pub date: Timestamp = "createdDate",
        /// When it was changed last.
        pub changed: Timestamp = "lastModifiedDate",
        /// What the core keeps and does not reason about, by the field's name in the object's description.
        pub details: Texts = "details",
    }
}

impl PaymentMethod {
    /// Whether both are one and the same method: of one gateway (which is of one merchant account), with one checksum or one
    /// token.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let same_checksum = self.checksum.is_some() && self.checksum == other.checksum;
        let same_token = self.token.is_some() && self.token == other.token;
        self.gateway_id == other.gateway_id && (same_checksum || same_token)
    }

    /// What is kept of it, but for what is the gateway's adapter's and nobody else's.
    #[must_use]
    pub fn shown_details(&self) -> Texts {
        let mut details = self.details.clone();
        details.remove(GATEWAY_TOKEN_DETAILS);
        details
    }

    /// Whether the month in which it could be used last is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        match (self.expiry_year, self.expiry_month) {
            (Some(year), Some(month)) => now.year_and_month() > (year, month),
            (Some(year), None) => now.year_and_month().0 > year,
            (None, _) => false,
        }
    }

    /// Moves the status to this one.
    ///
    /// # Errors
    /// [`IllegalMove`] when the table of its object does not list the move.
    pub fn move_to(&mut self, status: MethodStatus) -> Result<(), IllegalMove> {
        self.status = self.table().next(self.status, MethodEvent::leading_to(status))?;
        Ok(())
    }

    /// The legal moves of its object.
    #[must_use]
    pub const fn table(&self) -> &'static StateTable<MethodStatus, MethodEvent> {
        match self.object {
            MethodObject::Saved => &SAVED_PAYMENT_METHOD,
            MethodObject::Card | MethodObject::Wallet | MethodObject::Alternative => &PAYMENT_METHOD,
        }
    }

    /// Takes over what was said when it was saved once more. What was not said stays.
    pub fn take_over(&mut self, other: Self, now: Timestamp) {
        let Self { token, customer_reference, checksum, expiry_month, expiry_year, nickname, details, .. } = other;
        self.token = token.or_else(|| self.token.take());
        self.customer_reference = customer_reference.or_else(|| self.customer_reference.take());
        self.checksum = checksum.or_else(|| self.checksum.take());
        if expiry_year.is_some() {
            (self.expiry_month, self.expiry_year) = (expiry_month, expiry_year);
        }
        self.nickname = nickname.or_else(|| self.nickname.take());
        self.details.extend(details);
        if self.table().next(self.status, MethodEvent::leading_to(other.status)).is_ok() {
            self.status = other.status;
        }
        self.changed = now;
    }
}
