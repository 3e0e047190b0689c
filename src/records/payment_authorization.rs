//! PaymentAuthorization: money held on a shopper's account (`reference` §4.1).

use super::status::TransactionStatus;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::json_object;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_object! {
    /// A hold. What is left of it (its balance) follows from the group's captures and reversals.
    pub struct PaymentAuthorization {
        /// Our id, which is also our reference at the gateway.
        pub id: String = "id",
        /// Where it stands.
        pub status: TransactionStatus = "status",
        /// The amount authorized.
        pub amount: Amount = "amount",
        /// Its currency.
        pub currency: Currency = "currencyIsoCode",
        /// The gateway's id of the payment.
        pub gateway_reference: Option<String> = "gatewayRefNumber",
        /// The gateway's authorization code.
        pub gateway_authorization_code: Option<String> = "gatewayAuthCode",
        /// When it was recorded.
        pub date: Timestamp = "date",
        /// After this time nothing can be captured.
        pub expiration_date: Option<Timestamp> = "expirationDate",
        /// The operation that made it.
        pub operation_id: String = "operationId",
        /// What the core keeps and does not reason about, by the field's name in the object's description.
        pub details: Texts = "details",
    }
}
