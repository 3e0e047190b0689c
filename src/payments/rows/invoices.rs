//! The rows of an invoice and its lines (`reference` §4.2).

use super::row::Row;
use crate::domain::amount::Amount;
use crate::domain::date::Date;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;
use crate::records::{Invoice, InvoiceLine};

/// The rows of an invoice and of its lines. When it was last changed is told as far as it is known: moved, or settled.
#[must_use]
pub fn invoice_rows(invoice: &Invoice) -> Vec<Row> {
    let moved = [invoice.posted_date, invoice.ended_date, invoice.full_settlement_date].into_iter().flatten().max();
    let moved = moved.unwrap_or(invoice.date);
    let mut row = new_row(invoice, "Invoice", "InvoiceNumber", &invoice.id, moved);
    row.set("Status", invoice.status.as_str());
    row.set_some("UniqueIdentifier", invoice.unique_identifier.as_deref());
    row.set_some("BillingAccountId", invoice.account_id.as_deref());
    row.set("InvoiceDate", &invoice.invoice_date.text());
    row.set_some("DueDate", invoice.due_date.map(Date::text).as_deref());
    row.set_some("PostedDate", invoice.posted_date.map(Timestamp::text).as_deref());
    row.set_some("FullSettlementDate", invoice.full_settlement_date.map(Timestamp::text).as_deref());
    row.set_some("SettlementLevel", invoice.settlement_level.map(|level| level.as_str()));
    row.set_some("SettlementStatus", invoice.settlement_status().ok().map(|status| status.as_str()));
    row.flag("ShouldExcludePayment", invoice.should_exclude_payment);
    row.amount("TotalAmountWithTax", invoice.currency, invoice.total_amount_with_tax().ok());
    row.amount("Balance", invoice.currency, invoice.balance().ok());
    row.amount("NetPaymentsApplied", invoice.currency, Some(invoice.net_payments_applied));
    row.amount("NetCreditsApplied", invoice.currency, Some(invoice.net_credits_applied));
    core::iter::once(row).chain(invoice.lines.iter().map(|line| line_row(invoice, line, moved))).collect()
}

fn line_row(invoice: &Invoice, line: &InvoiceLine, moved: Timestamp) -> Row {
    let mut row = new_row(invoice, "InvoiceLine", "InvoiceLineNumber", &line.id, moved);
    row.set("InvoiceId", &invoice.id);
    row.set("InvoiceStatus", invoice.status.as_str());
    row.set("Type", line.kind.as_str());
    row.set_some("Name", line.name.as_deref());
    row.set_some("Product2Id", line.product_id.as_deref());
    row.set_some("Quantity", line.quantity.map(Amount::text).as_deref());
    // It may be finer than the currency.
    row.set_some("UnitPrice", line.unit_price.map(Amount::text).as_deref());
    for (name, amount) in [
        ("LineAmount", Some(line.line_amount)),
        ("TaxAmount", Some(line.tax_amount)),
        ("NetPaymentsApplied", Some(line.net_payments_applied)),
        ("NetCreditsApplied", Some(line.net_credits_applied)),
        ("Balance", line.balance().ok()),
    ] {
        row.amount(name, invoice.currency, amount);
    }
    row
}

fn new_row(invoice: &Invoice, object: &str, number_field: &str, id: &str, moved: Timestamp) -> Row {
    let mut row = Row::of(object, Some(number_field), id, &Texts::new());
    row.dated(invoice.date, moved);
    row.set("CurrencyIsoCode", invoice.currency.code());
    row
}
