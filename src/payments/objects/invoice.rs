//! Invoice and `InvoiceLine` as their readers know them (`reference` §4.2).

use super::field::{CURRENCY_ISO_CODE, Field};
use super::object::{ByHand, Object};
use super::runs::EVERY;

const INVOICE_STATUS: &[&str] = &["Canceled", "Draft", "Posted", "Voided"];

/// What a customer owes.
pub const INVOICE: Object = Object {
    name: "Invoice",
    prefix: "inv",
    name_field: "InvoiceNumber",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        &[
            Field::computed("Balance"),
            Field::reference("BillingAccountId", &["Account"]).read_only(),
            CURRENCY_ISO_CODE.read_only(),
            Field::day("DueDate"),
            Field::date_time("FullSettlementDate").read_only(),
            Field::day("InvoiceDate").required(),
            Field::autonumber("InvoiceNumber"),
            Field::computed("NetCreditsApplied"),
            Field::computed("NetPaymentsApplied"),
            Field::date_time("PostedDate").read_only(),
            Field::picklist("SettlementLevel", &["Invoice", "InvoiceLine"]).read_only(),
            Field::required_picklist(
                "SettlementStatus",
                &["Not Applicable", "Not Settled", "Partially Settled", "Settled"],
            )
            .read_only(),
            Field::flag("ShouldExcludePayment"),
            Field::required_picklist("Status", INVOICE_STATUS).read_only(),
            Field::computed("TotalAmountWithTax"),
            Field::text("UniqueIdentifier").read_only(),
        ],
    ],
};

/// One item of an invoice.
pub const INVOICE_LINE: Object = Object {
    name: "InvoiceLine",
    prefix: "invl",
    name_field: "InvoiceLineNumber",
    by_hand: ByHand::Read,
    runs: &[
        EVERY,
        &[
            Field::computed("Balance"),
            CURRENCY_ISO_CODE.read_only(),
            Field::reference("InvoiceId", &["Invoice"]).required().read_only(),
            Field::autonumber("InvoiceLineNumber"),
            Field::required_picklist("InvoiceStatus", INVOICE_STATUS).read_only(),
            Field::amount("LineAmount").read_only(),
            Field::text("Name").read_only(),
            Field::computed("NetCreditsApplied"),
            Field::computed("NetPaymentsApplied"),
            Field::reference("Product2Id", &["Product2"]).read_only(),
            Field::decimal("Quantity"),
            Field::amount("TaxAmount").read_only(),
            Field::required_picklist("Type", &["Adjustment", "Charge", "Tax"]).read_only(),
            Field::computed("UnitPrice"),
        ],
    ],
};
