//! `PaymentGroup` as its readers know it (`reference` §4.1).

use super::field::{CREATED_DATE, CURRENCY_ISO_CODE, Field, ID, IS_DELETED, LAST_MODIFIED_DATE, SYSTEM_MODSTAMP};
use super::object::Object;

/// What holds the payment records of one piece of business together.
pub const PAYMENT_GROUP: Object = Object {
    name: "PaymentGroup",
    prefix: "pgrp",
    name_field: "PaymentGroupNumber",
    fields: &[
        CREATED_DATE,
        CURRENCY_ISO_CODE,
        ID,
        IS_DELETED,
        LAST_MODIFIED_DATE,
        Field::autonumber("PaymentGroupNumber"),
        Field::reference("SourceObjectId", &["Invoice", "Order"]).write_once(),
        SYSTEM_MODSTAMP,
    ],
};
