//! What a gateway tells on its own: a fact, not an order. The host has verified its signature on the raw bytes.

use super::call::GatewayOperation;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::{json_enum, json_object};
use crate::domain::redacted::Redacted;
use crate::prelude::*;

json_enum! {
    /// What became of the call the notification is about.
    pub enum NotificationEvent {
        /// It happened.
        Succeeded = "succeeded",
        /// It did not happen.
        Failed = "failed",
    }
}

json_object! {
    /// A verified notification.
    pub struct Notification {
        /// The provider it came from.
        pub provider: String = "provider",
        /// The gateway's id of the payment.
        pub gateway_reference: String = "gatewayReference",
        /// Our reference, where the gateway gives it back.
        pub our_reference: Option<String> = "ourReference",
        /// The kind of call it is about.
        pub operation: Option<GatewayOperation> = "operation",
        /// What became of it.
        pub event: NotificationEvent = "event",
        /// How much, where said.
        pub amount: Option<Amount> = "amount",
        /// In which currency, where said.
        pub currency: Option<Currency> = "currencyIsoCode",
        /// The payment made outside has been taken already, not only held.
        pub captured: bool = "captured",
        /// The gateway's words.
        pub gateway_message: Option<String> = "gatewayMessage",
        /// Of a tokenization: the lasting token. Without it the gateway is asked for it.
        pub gateway_token: Option<Redacted> = "gatewayToken",
    }
}
