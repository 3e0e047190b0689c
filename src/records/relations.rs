//! Which records of a group belong to which, found in one pass: for whoever asks it of all of them. Asked of the group itself, each answer
//! is a pass over the group.

use super::applied::{PaymentAmounts, RefundAmounts};
use super::payment_group::{PaymentGroup, RestOfHold, counts};
use super::positions::Positions;
use super::{ApplicationLine, Payment, PaymentAuthorization, Refund};
use crate::domain::amount::{Amount, AmountError};
use crate::prelude::*;

/// The relations of one group.
#[derive(Debug)]
pub struct Relations<'g> {
    group: &'g PaymentGroup,
    all_payments_count: bool,
    authorizations: Positions<'g>,
    payments: Positions<'g>,
    captures: Positions<'g>,
    reversals: Positions<'g>,
    refunds: Positions<'g>,
    lines_from: Positions<'g>,
    lines_to: Positions<'g>,
}

impl<'g> Relations<'g> {
    /// Those of this group.
    #[must_use]
    pub fn of(group: &'g PaymentGroup) -> Self {
        let PaymentGroup { authorizations, adjustments, payments, refunds, application_lines: lines, .. } = group;
        Self {
            group,
            all_payments_count: payments.iter().all(|payment| counts(payment.status)),
            authorizations: Positions::of(authorizations, |record| Some(&record.id)),
            payments: Positions::of(payments, |record| Some(&record.id)),
            captures: Positions::of(payments, |record| {
                record.payment_authorization_id.as_deref().filter(|_| counts(record.status))
            }),
            reversals: Positions::of(adjustments, |record| {
                counts(record.status).then_some(&record.payment_authorization_id)
            }),
            refunds: Positions::of(refunds, |record| counts(record.status).then_some(&record.payment_id)),
            lines_from: Positions::of(lines, |line| Some(&line.source_id)),
            lines_to: Positions::of(lines, |line| Some(&line.target_id)),
        }
    }

    /// The authorization with this id.
    #[must_use]
    pub fn authorization(&self, id: &str) -> Option<&'g PaymentAuthorization> {
        self.authorizations.under(id).find_map(|at| self.group.authorizations.get(at))
    }

    /// The payment with this id.
    #[must_use]
    pub fn payment(&self, id: &str) -> Option<&'g Payment> {
        self.payments.under(id).find_map(|at| self.group.payments.get(at))
    }

    /// What was captured of an authorization.
    ///
    /// # Errors
    /// When a sum leaves the range; so with all sums.
    pub fn captured(&self, authorization: &PaymentAuthorization) -> Result<Amount, AmountError> {
        Amount::sum(self.captures_of(authorization).map(|payment| payment.amount))
    }

    /// What was reversed of an authorization, without what the gateway let go of by itself.
    ///
    /// # Errors
    /// As [`Relations::captured`].
    pub fn reversed(&self, authorization: &PaymentAuthorization) -> Result<Amount, AmountError> {
        let of = self.reversals.under(&authorization.id).filter_map(|at| self.group.adjustments.get(at));
        Amount::sum(of.map(|reversal| reversal.amount))
    }

    /// As [`PaymentGroup::authorization_balance`].
    ///
    /// # Errors
    /// As [`Relations::captured`].
    pub fn authorization_balance(&self, authorization: &PaymentAuthorization) -> Result<Amount, AmountError> {
        self.rest_of(authorization).map(|rest| rest.balance)
    }

    /// What the gateway let go of by itself, with a final capture.
    ///
    /// # Errors
    /// As [`Relations::captured`].
    pub fn let_go(&self, authorization: &PaymentAuthorization) -> Result<Amount, AmountError> {
        self.rest_of(authorization).map(|rest| rest.let_go)
    }

    fn rest_of(&self, authorization: &PaymentAuthorization) -> Result<RestOfHold, AmountError> {
        RestOfHold::of(authorization, self.captures_of(authorization), self.reversed(authorization)?)
    }

    fn captures_of(&self, authorization: &PaymentAuthorization) -> impl Iterator<Item = &'g Payment> {
        self.captures.under(&authorization.id).filter_map(|at| self.group.payments.get(at))
    }

    /// As [`PaymentGroup::kept`].
    ///
    /// # Errors
    /// As [`Relations::captured`].
    pub fn kept(&self, payment: &Payment) -> Result<Amount, AmountError> {
        if !self.all_payments_count {
            // What was refunded of one that failed is other payments': the group knows of which.
            return self.group.kept(payment);
        }
        let of = self.refunds.under(&payment.id).filter_map(|at| self.group.refunds.get(at));
        payment.amount.checked_sub(Amount::sum(of.map(|refund| refund.amount))?)
    }

    /// As [`PaymentGroup::payment_amounts`].
    ///
    /// # Errors
    /// As [`Relations::captured`].
    pub fn payment_amounts(&self, payment: &Payment) -> Result<PaymentAmounts, AmountError> {
        PaymentAmounts::of(payment, &self.lines_of(&payment.id))
    }

    /// As [`PaymentGroup::refund_amounts`].
    ///
    /// # Errors
    /// As [`Relations::captured`].
    pub fn refund_amounts(&self, refund: &Refund) -> Result<RefundAmounts, AmountError> {
        RefundAmounts::of(refund, &self.lines_of(&refund.id))
    }

    #[inline(never)] // said once, for the wasm's size
    fn lines_of(&self, id: &str) -> Vec<&'g ApplicationLine> {
        let places = self.lines_from.under(id).chain(self.lines_to.under(id));
        places.filter_map(|at| self.group.application_lines.get(at)).collect()
    }
}
