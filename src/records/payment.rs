//! Payment: money taken (`seeds/payment-object.txt`).

use super::status::TransactionStatus;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::{json_enum, json_object};
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_enum! {
    /// How the money was taken.
    pub enum PaymentKind {
        /// From an earlier authorization.
        Capture = "Capture",
        /// At once.
        Sale = "Sale",
    }
}

json_object! {
    /// A capture or a sale. What can still be refunded follows from the group's refunds.
    pub struct Payment {
        /// Our id.
        pub id: String = "id",
        /// Where it stands.
        pub status: TransactionStatus = "status",
        /// How it was taken.
        pub kind: PaymentKind = "type",
        /// The amount taken.
        pub amount: Amount = "amount",
        /// Its currency.
        pub currency: Currency = "currencyIsoCode",
        /// The authorization it was captured from.
        pub payment_authorization_id: Option<String> = "paymentAuthorizationId",
        /// Once this capture has happened, the gateway holds nothing more of the authorization.
        pub final_capture: bool = "finalCapture",
        /// The gateway's id of the payment.
        pub gateway_reference: Option<String> = "gatewayRefNumber",
        /// When it was recorded.
        pub date: Timestamp = "date",
        /// The operation that made it.
        pub operation_id: String = "operationId",
        /// What the core keeps and does not reason about, by the field's name in the object's description.
        pub details: Texts = "details",
    }
}
