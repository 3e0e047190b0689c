//! Invoice: what a customer owes, and how far payments have settled it (`reference` §4.2). An aggregate of its own, because payments
//! of several groups settle one invoice.

use super::invoice_line::InvoiceLine;
use super::invoice_status::{INVOICE, InvoiceEvent, InvoiceStatus};
use super::state_table::IllegalMove;
use crate::domain::amount::{Amount, AmountError};
use crate::domain::currency::Currency;
use crate::domain::date::Date;
use crate::domain::json::{json_enum, json_object};
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

/// The version of the stored form.
pub const INVOICE_SCHEMA: u32 = 1;

json_object! {
    /// An invoice as the host stores it.
    pub struct StoredInvoice {
        /// The version of the stored form.
        pub schema: u32 = "schema",
        /// The invoice.
        pub invoice: Invoice = "invoice",
    }
}

json_enum! {
    /// How far an invoice is settled.
    pub enum SettlementStatus {
        /// There is nothing to settle: it is not posted, or it costs nothing.
        NotApplicable = "Not Applicable",
        /// Nothing is applied to it.
        NotSettled = "Not Settled",
        /// Something is owed still.
        PartiallySettled = "Partially Settled",
        /// Nothing is owed any more.
        Settled = "Settled",
    }
}

json_enum! {
    /// At which level payments are applied.
    pub enum SettlementLevel {
        /// At the invoice as a whole.
        Invoice = "Invoice",
        /// At each of its lines.
        InvoiceLine = "InvoiceLine",
    }
}

json_object! {
    /// An invoice. Its totals and its settlement status follow from its lines and from what is applied.
    pub struct Invoice {
        /// Our id.
        pub id: String = "id",
        /// Where it stands.
        pub status: InvoiceStatus = "status",
        /// The name by which whoever brought it tells it from others.
        pub unique_identifier: Option<String> = "uniqueIdentifier",
        /// Who owes it.
        pub account_id: Option<String> = "billingAccountId",
        /// Its currency, and that of its lines.
        pub currency: Currency = "currencyIsoCode",
        /// The day it is of.
        pub invoice_date: Date = "invoiceDate",
        /// The day it is due.
        pub due_date: Option<Date> = "dueDate",
        /// When it was brought.
        pub date: Timestamp = "createdDate",
        /// When it was posted.
        pub posted_date: Option<Timestamp> = "postedDate",
        /// When it was voided or canceled.
        pub ended_date: Option<Timestamp> = "endedDate",
        /// No payment is to be collected for it automatically.
        pub should_exclude_payment: bool = "shouldExcludePayment",
        /// What is applied of payments now (NetPaymentsApplied).
        pub net_payments_applied: Amount = "netPaymentsApplied",
        /// What is applied of credits now (NetCreditsApplied).
        pub net_credits_applied: Amount = "netCreditsApplied",
        /// The level of what is applied now; none while nothing is.
        pub settlement_level: Option<SettlementLevel> = "settlementLevel",
        /// Since when nothing is owed any more.
        pub full_settlement_date: Option<Timestamp> = "fullSettlementDate",
        /// Its lines, in order.
        pub lines: Vec<InvoiceLine> = "lines",
    }
}

impl Invoice {
    /// What it comes to (TotalAmountWithTax).
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn total_amount_with_tax(&self) -> Result<Amount, AmountError> {
        let nothing = self.net_payments_applied.checked_sub(self.net_payments_applied)?;
        self.lines.iter().try_fold(nothing, |total, line| total.checked_add(line.amount_with_tax()?))
    }

    /// What is owed still (Balance).
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn balance(&self) -> Result<Amount, AmountError> {
        self.total_amount_with_tax()?.checked_sub(self.net_payments_applied)?.checked_sub(self.net_credits_applied)
    }

    /// How far it is settled (SettlementStatus).
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn settlement_status(&self) -> Result<SettlementStatus, AmountError> {
        let total = self.total_amount_with_tax()?;
        let balance = self.balance()?;
        Ok(if self.status != InvoiceStatus::Posted || total.is_zero() {
            SettlementStatus::NotApplicable
        } else if balance.is_zero() {
            SettlementStatus::Settled
        } else if balance == total {
            SettlementStatus::NotSettled
        } else {
            SettlementStatus::PartiallySettled
        })
    }

    /// Whether anything is applied to it.
    #[must_use]
    pub fn is_settled_in_part(&self) -> bool {
        self.net_payments_applied.is_positive() || self.net_credits_applied.is_positive()
    }

    /// The line with this id.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&InvoiceLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// Takes note that a payment is applied, to the invoice as a whole or to one of its lines.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn settle(&mut self, line_id: Option<&str>, amount: Amount, now: Timestamp) -> Result<(), AmountError> {
        self.net_payments_applied = self.net_payments_applied.checked_add(amount)?;
        if let Some(line) = self.line_mut(line_id) {
            line.net_payments_applied = line.net_payments_applied.checked_add(amount)?;
        }
        self.settlement_level = Some(level_of(line_id));
        if self.balance()?.is_zero() {
            self.full_settlement_date = Some(now);
        }
        Ok(())
    }

    /// The exact reverse of [`Invoice::settle`].
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn unsettle(&mut self, line_id: Option<&str>, amount: Amount) -> Result<(), AmountError> {
        self.net_payments_applied = self.net_payments_applied.checked_sub(amount)?;
        if let Some(line) = self.line_mut(line_id) {
            line.net_payments_applied = line.net_payments_applied.checked_sub(amount)?;
        }
        self.full_settlement_date = None;
        if !self.is_settled_in_part() {
            self.settlement_level = None;
        }
        Ok(())
    }

    /// Moves the status, and notes when.
    ///
    /// # Errors
    /// [`IllegalMove`] when the table does not list the move.
    pub fn take(&mut self, event: InvoiceEvent, now: Timestamp) -> Result<(), IllegalMove> {
        self.status = INVOICE.next(self.status, event)?;
        match event {
            InvoiceEvent::Post => self.posted_date = Some(now),
            InvoiceEvent::Void | InvoiceEvent::Cancel => self.ended_date = Some(now),
        }
        Ok(())
    }

    fn line_mut(&mut self, id: Option<&str>) -> Option<&mut InvoiceLine> {
        self.lines.iter_mut().find(|line| id == Some(line.id.as_str()))
    }
}

/// The level at which a payment is applied that names this line, or none.
#[must_use]
pub const fn level_of(line_id: Option<&str>) -> SettlementLevel {
    if line_id.is_some() { SettlementLevel::InvoiceLine } else { SettlementLevel::Invoice }
}
