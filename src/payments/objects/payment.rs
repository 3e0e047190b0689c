//! Payment as its readers know it (`seeds/payment-object.txt`, which this follows word for word up to Type).

use super::field::Field;
use super::object::{ByHand, Object};
use super::runs::{APPLIED, EVERY, MONEY, PAID};

/// Money taken.
pub const PAYMENT: Object = Object {
    name: "Payment",
    prefix: "pay",
    name_field: "PaymentNumber",
    by_hand: ByHand::Change,
    runs: &[
        EVERY,
        MONEY,
        PAID,
        APPLIED,
        &[
            Field::computed("NetRefundApplied"),
            Field::reference("PaymentAuthorizationId", &["PaymentAuthorization"]),
            Field::autonumber("PaymentNumber"),
            Field::computed("TotalRefundApplied"),
            Field::computed("TotalRefundUnapplied"),
            Field::required_picklist("Type", &["Capture", "Sale"]),
        ],
    ],
};
