//! An invoice as the back office reads it: with its totals, its lines, and how far it is settled.

use crate::domain::amount::{Amount, AmountError};
use crate::domain::currency::Currency;
use crate::domain::date::Date;
use crate::domain::json::{Amounts, Writer, json_view};
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;
use crate::records::{Invoice, InvoiceLine, InvoiceStatus, SettlementLevel, SettlementStatus};

/// The invoice as JSON, amounts as numbers.
///
/// # Errors
/// When a sum leaves the range.
pub fn view(invoice: &Invoice) -> Result<String, AmountError> {
    let amounts = Computed {
        total_with_tax: invoice.total_amount_with_tax()?,
        balance: invoice.balance()?,
        settlement_status: invoice.settlement_status()?,
        line_balances: invoice.lines.iter().map(InvoiceLine::balance).collect::<Result<_, _>>()?,
    };
    let mut writer = Writer::new(Amounts::Numbers);
    InvoiceView::write(&mut writer, invoice, &amounts);
    Ok(writer.finish())
}

/// What follows from the invoice's lines and from what is applied.
struct Computed {
    total_with_tax: Amount,
    balance: Amount,
    settlement_status: SettlementStatus,
    line_balances: Vec<Amount>,
}

json_view! {
    /// An invoice with its lines and its settlement.
    struct InvoiceView(invoice: &Invoice, computed: &Computed) {
        /// Its id.
        "id": String = text(&invoice.id),
        /// Where it stands.
        "status": InvoiceStatus = value(&invoice.status),
        /// The name by which whoever brought it tells it from others.
        "uniqueIdentifier": Option<String> = value(&invoice.unique_identifier),
        /// Who owes it.
        "billingAccountId": Option<String> = value(&invoice.account_id),
        /// Its currency, and that of its lines.
        "currencyIsoCode": Currency = value(&invoice.currency),
        /// The day it is of.
        "invoiceDate": Date = value(&invoice.invoice_date),
        /// The day it is due.
        "dueDate": Option<Date> = value(&invoice.due_date),
        /// When it was brought.
        "createdDate": Timestamp = value(&invoice.date),
        /// When it was posted.
        "postedDate": Option<Timestamp> = value(&invoice.posted_date),
        /// When it was voided or canceled.
        "endedDate": Option<Timestamp> = value(&invoice.ended_date),
        /// No payment is to be collected for it automatically.
        "shouldExcludePayment": Flag = flag(invoice.should_exclude_payment),
        /// What it comes to.
        "totalAmountWithTax": Amount = value(&computed.total_with_tax),
        /// What is owed still.
        "balance": Amount = value(&computed.balance),
        /// What is applied of payments now.
        "netPaymentsApplied": Amount = value(&invoice.net_payments_applied),
        /// What is applied of credits now.
        "netCreditsApplied": Amount = value(&invoice.net_credits_applied),
        /// How far it is settled.
        "settlementStatus": SettlementStatus = value(&computed.settlement_status),
        /// The level of what is applied now; none while nothing is.
        "settlementLevel": Option<SettlementLevel> = value(&invoice.settlement_level),
        /// Since when nothing is owed any more.
        "fullSettlementDate": Option<Timestamp> = value(&invoice.full_settlement_date),
        /// Its lines, in order.
        "lines": Vec<InvoiceLineView> = list(invoice.lines.iter().zip(&computed.line_balances), |writer: &mut Writer, (line, balance)| {
            InvoiceLineView::write(writer, line, *balance);
        }),
    }
}

json_view! {
    /// One line of an invoice, and what of it is owed still.
    struct InvoiceLineView(line: &InvoiceLine, balance: Amount) {
        ..InvoiceLine(line);
        /// What of it is owed still, as far as payments are applied to lines.
        "balance": Amount = value(&balance),
    }
}
