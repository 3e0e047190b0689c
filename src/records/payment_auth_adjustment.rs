//! PaymentAuthAdjustment: the reversal of (part of) an authorization (`reference` §4.1).

use super::status::TransactionStatus;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::json_object;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_object! {
    /// A reversal.
    pub struct PaymentAuthAdjustment {
        /// Our id.
        pub id: String = "id",
        /// Where it stands.
        pub status: TransactionStatus = "status",
        /// The amount reversed.
        pub amount: Amount = "amount",
        /// Its currency: the authorization's.
        pub currency: Currency = "currencyIsoCode",
        /// The authorization it takes from.
        pub payment_authorization_id: String = "paymentAuthorizationId",
        /// The gateway's id of the reversal, where it gives one.
        pub gateway_reference: Option<String> = "gatewayRefNumber",
        /// When it was recorded.
        pub date: Timestamp = "date",
        /// The operation that made it.
        pub operation_id: String = "operationId",
        /// What the core keeps and does not reason about, by the field's name in the object's description.
        pub details: Texts = "details",
    }
}
