//! A call to a gateway, as data.

use super::capabilities::InquireBy;
use super::extras::CallExtras;
use crate::domain::address::Address;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::{json_enum, json_object};
use crate::domain::redacted::Redacted;
use crate::domain::sorted::Texts;
use crate::prelude::*;

json_enum! {
    /// What a gateway can be asked to do (`reference` §2.2, RequestType).
    pub enum GatewayOperation {
        /// Hold money.
        Authorize = "authorize",
        /// Validate a payment that was made outside.
        PostAuth = "postauth",
        /// Take money that is held.
        Capture = "capture",
        /// Let go of money that is held.
        Reverse = "reverse",
        /// Take money at once.
        Sale = "sale",
        /// Give money back.
        Refund = "refund",
        /// Keep a payment method for later.
        Tokenize = "tokenize",
        /// Tell what became of an earlier call.
        Inquire = "inquire",
    }
}

json_object! {
    /// One call. The host hands it to the gateway's adapter and brings back an [`super::Outcome`].
    pub struct Call {
        /// Names the call; the host gives it back with the outcome.
        pub id: String = "id",
        /// What to do.
        pub operation: GatewayOperation = "operation",
        /// The gateway's idempotency key; none for a question.
        pub idempotency_key: Option<String> = "idempotencyKey",
        /// Our id of what this call makes, which the gateway keeps.
        pub our_reference: String = "ourReference",
        /// The payment group.
        pub group_id: String = "groupId",
        /// The checkout.
        pub checkout_id: String = "checkoutId",
        /// The web store.
        pub webstore_id: String = "webstoreId",
        /// How much.
        pub amount: Amount = "amount",
        /// In which currency.
        pub currency: Currency = "currencyIsoCode",
        /// The shopper's payment token.
        pub payment_token: Option<Redacted> = "paymentToken",
        /// The gateway's id of the payment acted on.
        pub gateway_reference: Option<String> = "gatewayReference",
        /// With a question: the kind of call asked about.
        pub inquire_operation: Option<GatewayOperation> = "inquireOperation",
        /// With a question: the reference to ask by.
        pub inquire_by: Option<InquireBy> = "inquireBy",
        /// Custom data of the request.
        pub payments_data: Texts = "paymentsData",
        /// The billing address.
        pub billing_address: Option<Address> = "billingAddress",
        /// Of the payments API: what the record keeps (`AccountId`, `Email`, …), by the names of its fields.
        pub details: Texts = "details",
        /// Of the payments API: what the request has for the gateway.
        pub extras: Option<CallExtras> = "extras",
    }
}
