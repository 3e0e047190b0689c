//! `OrderPaymentSummary` as its readers know it (`reference` §4.1).

use super::field::{CREATED_DATE, CURRENCY_ISO_CODE, Field, ID, IS_DELETED, LAST_MODIFIED_DATE, SYSTEM_MODSTAMP};
use super::object::Object;

/// The balances of what was authorized, captured and refunded for a placed order.
pub const ORDER_PAYMENT_SUMMARY: Object = Object {
    name: "OrderPaymentSummary",
    prefix: "ops",
    name_field: "Method",
    fields: &[
        Field::computed("AuthorizationAmount"),
        Field::computed("AuthorizationReversalAmount"),
        Field::computed("AvailableToCaptureAmount"),
        Field::computed("AvailableToRefundAmount"),
        Field::computed("BalanceAmount"),
        Field::computed("CapturedAmount"),
        CREATED_DATE,
        CURRENCY_ISO_CODE,
        Field::text("FullName"),
        ID,
        IS_DELETED,
        LAST_MODIFIED_DATE,
        Field::reference("LastPaymentGatewayLogId", &["PaymentGatewayLog"]).read_only(),
        Field::note("LastPaymentGatewayMessage").read_only(),
        Field::text("Method").required(),
        Field::reference("OrderSummaryId", &["OrderSummary"]).required().write_once(),
        Field::reference("PaymentMethodId", &["PaymentMethod"]),
        Field::computed("PendingAuthorizationAmount"),
        Field::computed("PendingCaptureAmount"),
        Field::computed("PendingRefundAmount"),
        Field::computed("PendingReverseAuthAmount"),
        Field::computed("RefundedAmount"),
        SYSTEM_MODSTAMP,
        Field::text("Type"),
    ],
};
