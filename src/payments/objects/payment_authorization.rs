//! `PaymentAuthorization` as its readers know it (`reference` §4.1).

use super::field::Field;
use super::object::{ByHand, Object};
use super::runs::{EVERY, MONEY, PAID};

/// Money held.
pub const PAYMENT_AUTHORIZATION: Object = Object {
    name: "PaymentAuthorization",
    prefix: "pauth",
    name_field: "PaymentAuthorizationNumber",
    by_hand: ByHand::Change,
    runs: &[
        EVERY,
        MONEY,
        PAID,
        &[
            Field::date_time("ExpirationDate"),
            Field::text("GatewayAuthCode"),
            Field::autonumber("PaymentAuthorizationNumber"),
            Field::computed("TotalAuthReversalAmount"),
            Field::computed("TotalPaymentCaptureAmount"),
        ],
    ],
};
