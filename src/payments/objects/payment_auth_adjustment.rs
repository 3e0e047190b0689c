//! `PaymentAuthAdjustment` as its readers know it (`reference` §4.1).

use super::field::{
    CREATED_DATE, CURRENCY_ISO_CODE, Field, ID, IS_DELETED, LAST_MODIFIED_DATE, PROCESSING_MODE, SF_RESULT_CODE,
    SYSTEM_MODSTAMP,
};
use super::object::Object;

/// A hold let go of, wholly or in part.
pub const PAYMENT_AUTH_ADJUSTMENT: Object = Object {
    name: "PaymentAuthAdjustment",
    prefix: "padj",
    name_field: "PaymentAuthAdjustmentNumber",
    fields: &[
        Field::reference("AccountId", &["Account"]),
        Field::amount("Amount"),
        Field::note("Comments"),
        CREATED_DATE,
        CURRENCY_ISO_CODE,
        Field::date_time("Date"),
        Field::date_time("EffectiveDate"),
        Field::email("Email"),
        Field::date_time("GatewayDate"),
        Field::note("GatewayRefDetails"),
        Field::text("GatewayRefNumber"),
        Field::text("GatewayResultCode"),
        Field::text("GatewayResultCodeDescription"),
        ID,
        Field::text("IpAddress"),
        IS_DELETED,
        LAST_MODIFIED_DATE,
        Field::viewed("LastReferencedDate"),
        Field::viewed("LastViewedDate"),
        Field::text("MacAddress"),
        Field::reference("OrderPaymentSummaryId", &["OrderPaymentSummary"]),
        Field::autonumber("PaymentAuthAdjustmentNumber"),
        Field::reference("PaymentAuthorizationId", &["PaymentAuthorization"]).required().write_once(),
        Field::phone("Phone"),
        PROCESSING_MODE,
        SF_RESULT_CODE,
        Field::required_picklist("Status", &["Canceled", "Draft", "Failed", "Pending", "Processed"]),
        SYSTEM_MODSTAMP,
        Field::required_picklist("Type", &["Reversal"]),
    ],
};
