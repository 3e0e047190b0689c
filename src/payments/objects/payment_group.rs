//! `PaymentGroup` as its readers know it (`reference` §4.1).

use super::field::{CURRENCY_ISO_CODE, Field};
use super::object::{ByHand, Object};
use super::runs::EVERY;

/// What holds the payment records of one piece of business together.
pub const PAYMENT_GROUP: Object = Object {
    name: "PaymentGroup",
    prefix: "pgrp",
    name_field: "PaymentGroupNumber",
    by_hand: ByHand::Make,
    runs: &[
        EVERY,
        &[
            CURRENCY_ISO_CODE.write_once(),
            Field::autonumber("PaymentGroupNumber"),
            Field::reference("SourceObjectId", &["Invoice", "Order"]).write_once(),
        ],
    ],
};
