//! Refund as its readers know it (`reference` §4.1).

use super::field::Field;
use super::object::{ByHand, Object};
use super::runs::{APPLIED, EVERY, MONEY, PAID};

/// Money given back.
pub const REFUND: Object = Object {
    name: "Refund",
    prefix: "ref",
    name_field: "RefundNumber",
    by_hand: ByHand::Change,
    runs: &[
        EVERY,
        MONEY,
        PAID,
        APPLIED,
        &[
            Field::reference("PaymentId", &["Payment"]),
            Field::autonumber("RefundNumber"),
            Field::required_picklist("Type", &["NonReferenced", "Referenced"]),
        ],
    ],
};
