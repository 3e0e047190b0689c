//! Refund: money given back (`reference` §4.1).

use super::status::TransactionStatus;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::json_object;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_object! {
    /// A refund of (part of) a payment.
    pub struct Refund {
        /// Our id.
        pub id: String = "id",
        /// Where it stands.
        pub status: TransactionStatus = "status",
        /// The amount given back.
        pub amount: Amount = "amount",
        /// Its currency: the payment's.
        pub currency: Currency = "currencyIsoCode",
        /// The payment it takes from.
        pub payment_id: String = "paymentId",
        /// The gateway's id of the refund, where it gives one.
        pub gateway_reference: Option<String> = "gatewayRefNumber",
        /// When it was recorded.
        pub date: Timestamp = "date",
        /// The operation that made it.
        pub operation_id: String = "operationId",
        /// What the core keeps and does not reason about, by the field's name in the object's description.
        pub details: Texts = "details",
    }
}
