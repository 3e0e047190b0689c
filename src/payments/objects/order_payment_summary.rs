//! `OrderPaymentSummary` as its readers know it (`reference` §4.1).

use super::field::{CURRENCY_ISO_CODE, Field};
use super::object::{ByHand, Object};
use super::runs::EVERY;

/// The balances of what was authorized, captured and refunded for a placed order.
pub const ORDER_PAYMENT_SUMMARY: Object = Object {
    name: "OrderPaymentSummary",
    prefix: "ops",
    name_field: "Method",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        &[
            Field::computed("AuthorizationAmount"),
            Field::computed("AuthorizationReversalAmount"),
            Field::computed("AvailableToCaptureAmount"),
            Field::computed("AvailableToRefundAmount"),
            Field::computed("BalanceAmount"),
            Field::computed("CapturedAmount"),
            CURRENCY_ISO_CODE,
            Field::text("FullName"),
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
            Field::text("Type"),
        ],
    ],
};
