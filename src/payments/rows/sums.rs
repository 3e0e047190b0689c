//! The computed amounts of a payment: what was applied of it, what was given back, and what is left (`reference` §4.1).

use crate::domain::amount::Amount;
use crate::records::{Payment, PaymentGroup, TransactionStatus};

/// What was applied, and what of that was unapplied again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Applied {
    pub applied: Amount,
    pub unapplied: Amount,
}

impl Default for Applied {
    fn default() -> Self {
        Self { applied: Amount::ZERO, unapplied: Amount::ZERO }
    }
}

impl Applied {
    /// What is applied now; `None` beyond the range.
    pub(super) fn net(self) -> Option<Amount> {
        self.applied.checked_sub(self.unapplied).ok()
    }
}

/// Nothing.
pub(super) fn zero() -> Amount {
    Amount::ZERO
}

/// What of a payment was applied to invoices. There are no application lines yet: nothing.
pub(super) fn applied_to_invoices(_group: &PaymentGroup, _payment: &Payment) -> Option<Applied> {
    Some(Applied::default())
}

/// What was given back of a payment: its refunds that happened. A refund made against a payment is applied to it by that.
pub(super) fn refunded(group: &PaymentGroup, payment: &Payment) -> Option<Applied> {
    let of_payment = group.refunds_of(&payment.id).filter(|refund| refund.status == TransactionStatus::Processed);
    Amount::sum(of_payment.map(|refund| refund.amount)).ok().map(|applied| Applied { applied, unapplied: Amount::ZERO })
}

/// What of a payment is free to be applied or refunded: its amount less what is applied and what was given back, for a payment that
/// happened. A refund that the gateway has accepted is not free any more either.
pub(super) fn balance(group: &PaymentGroup, payment: &Payment) -> Option<Amount> {
    if payment.status != TransactionStatus::Processed {
        return Some(zero());
    }
    let applied = applied_to_invoices(group, payment)?.net()?;
    group.refundable(payment).ok()?.checked_sub(applied).ok()
}
