//! The amounts of a payment and of a refund that follow from the application lines of their group (`seeds/payment-object.txt`;
//! `reference` §4.1). They are stored nowhere, so they can't disagree with the lines.

use super::application_line::{ApplicationLine, ApplicationObject, ApplicationType};
use super::payment_group::PaymentGroup;
use super::{Payment, Refund, TransactionStatus};
use crate::domain::amount::{Amount, AmountError};
use crate::domain::currency::Currency;
use crate::prelude::*;

/// The computed amounts of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentAmounts {
    /// Of all lines that apply it to an invoice, taken back or not (TotalApplied).
    pub total_applied: Amount,
    /// Of all lines that take back (TotalUnapplied).
    pub total_unapplied: Amount,
    /// What is applied now (NetApplied): the difference.
    pub net_applied: Amount,
    /// Of all lines that apply a refund to it (TotalRefundApplied).
    pub total_refund_applied: Amount,
    /// Of all lines that take such back (TotalRefundUnapplied).
    pub total_refund_unapplied: Amount,
    /// What of refunds is applied to it now (NetRefundApplied): the difference.
    pub net_refund_applied: Amount,
    /// Amount − NetApplied − NetRefundApplied of a payment that happened, else nothing (Balance).
    pub balance: Amount,
    /// The effect on what the customer owes (ImpactAmount): −Amount of a payment that happened, else nothing.
    pub impact_amount: Amount,
}

/// The computed amounts of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundAmounts {
    /// Of all lines that apply it to a payment (TotalApplied).
    pub total_applied: Amount,
    /// Of all lines that take such back (TotalUnapplied).
    pub total_unapplied: Amount,
    /// What is applied now (NetApplied): the difference.
    pub net_applied: Amount,
    /// Amount − NetApplied of a refund that happened, else nothing (Balance).
    pub balance: Amount,
    /// The effect on what the customer owes (ImpactAmount): Amount of a refund that happened, else nothing.
    pub impact_amount: Amount,
}

struct Totals {
    applied: Amount,
    unapplied: Amount,
}

impl PaymentGroup {
    /// The computed amounts of a payment of this group.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn payment_amounts(&self, payment: &Payment) -> Result<PaymentAmounts, AmountError> {
        PaymentAmounts::of(payment, &self.lines())
    }

    /// The computed amounts of a refund of this group.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn refund_amounts(&self, refund: &Refund) -> Result<RefundAmounts, AmountError> {
        RefundAmounts::of(refund, &self.lines())
    }

    /// What of a payment is applied to invoices now.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn net_applied(&self, payment: &Payment) -> Result<Amount, AmountError> {
        Totals::applied_of(payment, &self.lines())?.net()
    }

    fn lines(&self) -> Vec<&ApplicationLine> {
        self.application_lines.iter().collect()
    }
}

impl PaymentAmounts {
    /// Those of a payment, of lines among which all of its own are.
    ///
    /// # Errors
    /// When a sum leaves the range.
    #[inline(never)] // said once, for the wasm's size; so below
    pub fn of(payment: &Payment, lines: &[&ApplicationLine]) -> Result<Self, AmountError> {
        let of_payment = Totals::applied_of(payment, lines)?;
        let of_refunds = Totals::of(payment.currency, lines, |line| {
            line.object == ApplicationObject::RefundLinePayment && line.target_id == payment.id
        })?;
        let net_applied = of_payment.net()?;
        let net_refund_applied = of_refunds.net()?;
        let happened = amount_if(payment.status, payment.amount, payment.currency);
        Ok(Self {
            total_applied: of_payment.applied,
            total_unapplied: of_payment.unapplied,
            net_applied,
            total_refund_applied: of_refunds.applied,
            total_refund_unapplied: of_refunds.unapplied,
            net_refund_applied,
            balance: happened.checked_sub(net_applied)?.checked_sub(net_refund_applied)?,
            impact_amount: zero(payment.currency).checked_sub(happened)?,
        })
    }
}

impl RefundAmounts {
    /// Those of a refund, of lines among which all of its own are.
    ///
    /// # Errors
    /// When a sum leaves the range.
    #[inline(never)]
    pub fn of(refund: &Refund, lines: &[&ApplicationLine]) -> Result<Self, AmountError> {
        let totals = Totals::of(refund.currency, lines, |line| {
            line.object == ApplicationObject::RefundLinePayment && line.source_id == refund.id
        })?;
        let net_applied = totals.net()?;
        let happened = amount_if(refund.status, refund.amount, refund.currency);
        Ok(Self {
            total_applied: totals.applied,
            total_unapplied: totals.unapplied,
            net_applied,
            balance: happened.checked_sub(net_applied)?,
            impact_amount: happened,
        })
    }
}

impl Totals {
    /// Of all lines that apply this payment to an invoice.
    fn applied_of(payment: &Payment, lines: &[&ApplicationLine]) -> Result<Self, AmountError> {
        Self::of(payment.currency, lines, |line| line.object.is_of_payment() && line.source_id == payment.id)
    }

    fn of(
        currency: Currency,
        lines: &[&ApplicationLine],
        counts: impl Fn(&ApplicationLine) -> bool,
    ) -> Result<Self, AmountError> {
        let mut totals = Self { applied: zero(currency), unapplied: zero(currency) };
        for line in lines.iter().filter(|line| counts(line)) {
            let total = match line.kind {
                ApplicationType::Applied => &mut totals.applied,
                ApplicationType::Unapplied => &mut totals.unapplied,
            };
            *total = total.checked_add(line.amount)?;
        }
        Ok(totals)
    }

    fn net(&self) -> Result<Amount, AmountError> {
        self.applied.checked_sub(self.unapplied)
    }
}

fn amount_if(status: TransactionStatus, amount: Amount, currency: Currency) -> Amount {
    if status == TransactionStatus::Processed { amount } else { zero(currency) }
}

/// Nothing, with the currency's decimals.
fn zero(currency: Currency) -> Amount {
    Amount::ZERO.with_decimals(currency.decimals()).unwrap_or(Amount::ZERO)
}
