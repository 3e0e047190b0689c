//! An invoice as the back office reads it: with its totals, its lines, and how far it is settled.

use crate::domain::amount::AmountError;
use crate::domain::json::{Amounts, Writer};
use crate::records::Invoice;

/// The invoice as JSON, amounts as numbers.
///
/// # Errors
/// When a sum leaves the range.
pub fn view(invoice: &Invoice) -> Result<String, AmountError> {
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_object();
    writer.text_member("id", &invoice.id);
    writer.text_member("status", invoice.status.as_str());
    writer.member("uniqueIdentifier", &invoice.unique_identifier);
    writer.member("billingAccountId", &invoice.account_id);
    writer.member("currencyIsoCode", &invoice.currency);
    writer.member("invoiceDate", &invoice.invoice_date);
    writer.member("dueDate", &invoice.due_date);
    writer.member("createdDate", &invoice.date);
    writer.member("postedDate", &invoice.posted_date);
    writer.member("endedDate", &invoice.ended_date);
    writer.key("shouldExcludePayment");
    writer.raw(if invoice.should_exclude_payment { "true" } else { "false" });
    writer.member("totalAmountWithTax", &invoice.total_amount_with_tax()?);
    writer.member("balance", &invoice.balance()?);
    writer.member("netPaymentsApplied", &invoice.net_payments_applied);
    writer.member("netCreditsApplied", &invoice.net_credits_applied);
    writer.member("settlementStatus", &invoice.settlement_status()?);
    writer.member("settlementLevel", &invoice.settlement_level);
    writer.member("fullSettlementDate", &invoice.full_settlement_date);
    writer.key("lines");
    writer.begin_array();
    for line in &invoice.lines {
        writer.begin_object();
        line.write_members(&mut writer);
        writer.member("balance", &line.balance()?);
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    Ok(writer.finish())
}
