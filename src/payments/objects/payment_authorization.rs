//! `PaymentAuthorization` as its readers know it (`reference` §4.1).

use super::field::{
    CREATED_DATE, CURRENCY_ISO_CODE, Field, ID, IS_DELETED, LAST_MODIFIED_DATE, PROCESSING_MODE, SF_RESULT_CODE,
    SYSTEM_MODSTAMP,
};
use super::object::Object;

/// Money held.
pub const PAYMENT_AUTHORIZATION: Object = Object {
    name: "PaymentAuthorization",
    prefix: "pauth",
    name_field: "PaymentAuthorizationNumber",
    fields: &[
        Field::reference("AccountId", &["Account"]),
        Field::amount("Amount"),
        Field::computed("Balance"),
        Field::note("Comments"),
        CREATED_DATE,
        CURRENCY_ISO_CODE,
        Field::date_time("Date"),
        Field::date_time("EffectiveDate"),
        Field::email("Email"),
        Field::date_time("ExpirationDate"),
        Field::text("GatewayAuthCode"),
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
        Field::autonumber("PaymentAuthorizationNumber"),
        Field::reference("PaymentGatewayId", &["PaymentGateway"]),
        Field::reference("PaymentGroupId", &["PaymentGroup"]),
        Field::reference("PaymentMethodId", &["PaymentMethod"]),
        Field::phone("Phone"),
        PROCESSING_MODE,
        SF_RESULT_CODE,
        Field::required_picklist("Status", &["Canceled", "Draft", "Failed", "Pending", "Processed"]),
        SYSTEM_MODSTAMP,
        Field::computed("TotalAuthReversalAmount"),
        Field::computed("TotalPaymentCaptureAmount"),
    ],
};
