//! `PaymentAuthAdjustment` as its readers know it (`reference` §4.1).

use super::field::Field;
use super::object::{ByHand, Object};
use super::runs::{EVERY, MONEY};

/// A hold let go of, wholly or in part.
pub const PAYMENT_AUTH_ADJUSTMENT: Object = Object {
    name: "PaymentAuthAdjustment",
    prefix: "padj",
    name_field: "PaymentAuthAdjustmentNumber",
    by_hand: ByHand::Change,
    runs: &[
        EVERY,
        MONEY,
        &[
            Field::autonumber("PaymentAuthAdjustmentNumber"),
            Field::reference("PaymentAuthorizationId", &["PaymentAuthorization"]).required().write_once(),
            Field::required_picklist("Type", &["Reversal"]),
        ],
    ],
};
