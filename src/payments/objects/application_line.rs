//! The application lines as their readers know them (`reference` §4.1, Application lines).

use super::field::Field;
use super::object::{ByHand, Object};
use super::runs::{EVERY, LINE};

const HAS_BEEN_UNAPPLIED: &[&str] = &["NA", "No", "Yes"];

/// A payment applied to an invoice, or taken back from it.
pub const PAYMENT_LINE_INVOICE: Object = Object {
    name: "PaymentLineInvoice",
    prefix: "pli",
    name_field: "PaymentLineInvoiceNumber",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        LINE,
        &[
            Field::date_time("AppliedDate").read_only(),
            Field::reference("AssociatedAccountId", &["Account"]).read_only(),
            Field::reference("AssociatedPaymentLineId", &["PaymentLineInvoice"]).read_only(),
            Field::required_picklist("HasBeenUnapplied", HAS_BEEN_UNAPPLIED).read_only(),
            Field::computed("InvoiceBalance"),
            Field::reference("InvoiceId", &["Invoice"]).required().read_only(),
            Field::autonumber("PaymentLineInvoiceNumber"),
            Field::date_time("UnappliedDate").read_only(),
        ],
    ],
};

/// A payment applied to a line of an invoice, or taken back from it.
pub const PAYMENT_LINE_INVOICE_LINE: Object = Object {
    name: "PaymentLineInvoiceLine",
    prefix: "plil",
    name_field: "PaymentLineInvoiceLineNumber",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        LINE,
        &[
            Field::date_time("AppliedDateTime").read_only(),
            Field::computed("AppliedImpactAmount"),
            Field::reference("AssociatedAccountId", &["Account"]).read_only(),
            Field::computed("InvoiceBalance"),
            Field::computed("InvoiceLineBalance"),
            Field::reference("InvoiceLineId", &["InvoiceLine"]).required().read_only(),
            Field::autonumber("PaymentLineInvoiceLineNumber"),
            Field::reference("RelatedPaymentLineInvcLineId", &["PaymentLineInvoiceLine"]).read_only(),
            Field::date_time("UnappliedDateTime").read_only(),
            Field::required_picklist("UnappliedStatus", HAS_BEEN_UNAPPLIED).read_only(),
        ],
    ],
};

/// A refund entered at its payment.
pub const REFUND_LINE_PAYMENT: Object = Object {
    name: "RefundLinePayment",
    prefix: "rlp",
    name_field: "RefundLinePaymentNumber",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        LINE,
        &[
            Field::date_time("AppliedDate").read_only(),
            Field::reference("AssociatedRefundLinePaymentId", &["RefundLinePayment"]).read_only(),
            Field::required_picklist("HasBeenUnapplied", HAS_BEEN_UNAPPLIED).read_only(),
            Field::computed("RefundBalance"),
            Field::reference("RefundId", &["Refund"]).required().read_only(),
            Field::autonumber("RefundLinePaymentNumber"),
            Field::date_time("UnappliedDate").read_only(),
        ],
    ],
};
