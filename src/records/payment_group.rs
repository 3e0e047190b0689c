//! PaymentGroup: the aggregate that owns every payment record of one piece of business (`reference` §4.1).

use super::{
    ApplicationLine, LivePayment, Payment, PaymentAuthAdjustment, PaymentAuthorization, PurchaseOrder, Refund,
    TransactionStatus,
};
use crate::domain::address::Address;
use crate::domain::amount::{Amount, AmountError};
use crate::domain::currency::Currency;
use crate::domain::json::json_object;
use crate::domain::sorted::{Sorted, Texts};
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_object! {
    /// The order that was placed with this group's payment.
    pub struct PlacedOrder {
        /// Its number.
        pub reference_number: String = "orderReferenceNumber",
        /// When it was placed.
        pub date: Timestamp = "date",
    }
}

json_object! {
    /// All payment records of one checkout, or of one piece of business of the back office. Nothing in it is ever deleted.
    pub struct PaymentGroup {
        /// Our id.
        pub id: String = "id",
        /// The web store; empty when the group was not made by a checkout.
        pub webstore_id: String = "webstoreId",
        /// The checkout; empty likewise.
        pub checkout_id: String = "checkoutId",
        /// When it was made.
        pub date: Timestamp = "date",
        /// The billing address of the payment that stands.
        pub billing_address: Option<Address> = "billingAddress",
        /// Holds, oldest first.
        pub authorizations: Vec<PaymentAuthorization> = "paymentAuthorizations",
        /// Reversals, oldest first.
        pub adjustments: Vec<PaymentAuthAdjustment> = "paymentAuthAdjustments",
        /// Captures and sales, oldest first.
        pub payments: Vec<Payment> = "payments",
        /// Refunds, oldest first.
        pub refunds: Vec<Refund> = "refunds",
        /// What applied payments to invoices and refunds to payments, and what took that back, oldest first.
        pub application_lines: Vec<ApplicationLine> = "applicationLines",
        /// The purchase order, if that is how the cart is paid.
        pub purchase_order: Option<PurchaseOrder> = "purchaseOrder",
        /// The payment that stands for the cart.
        pub live: Option<LivePayment> = "livePayment",
        /// What stood for the cart until nothing of it was left: it stands again when what gave it back fails after all.
        pub stood: Option<LivePayment> = "stoodPayment",
        /// The order, once placed.
        pub order: Option<PlacedOrder> = "order",
        /// What the core keeps and does not reason about, by the field's name in the object's description.
        pub details: Texts = "details",
    }
}

/// Whether a record counts against what it was taken from: it happened, or the gateway accepted it.
pub(super) fn counts(status: TransactionStatus) -> bool {
    matches!(status, TransactionStatus::Processed | TransactionStatus::Pending)
}

/// What became of a hold's amount that was neither captured nor reversed.
#[derive(Debug)]
pub struct RestOfHold {
    /// It is held still.
    pub balance: Amount,
    /// The gateway let go of it by itself: a final capture happened.
    pub let_go: Amount,
}

impl RestOfHold {
    /// Of a hold that has these captures, and of which so much was reversed. A capture that is Pending has not let go of anything yet.
    pub(super) fn of<'p>(
        hold: &PaymentAuthorization,
        captures: impl Iterator<Item = &'p Payment>,
        reversed: Amount,
    ) -> Result<Self, AmountError> {
        let nothing = nothing_of(hold.currency);
        if !counts(hold.status) {
            return Ok(Self { balance: nothing, let_go: nothing });
        }
        let mut rest = hold.amount.checked_sub(reversed)?;
        let mut is_over = false;
        for capture in captures {
            rest = rest.checked_sub(capture.amount)?;
            is_over |= capture.final_capture && capture.status == TransactionStatus::Processed;
        }
        let let_go = is_over && rest.is_positive();
        Ok(if let_go { Self { balance: nothing, let_go: rest } } else { Self { balance: rest, let_go: nothing } })
    }
}

fn nothing_of(currency: Currency) -> Amount {
    Amount::ZERO.with_decimals(currency.decimals()).unwrap_or(Amount::ZERO)
}

impl PaymentGroup {
    /// A group without payments.
    #[must_use]
    pub fn new(id: String, webstore_id: String, checkout_id: String, date: Timestamp) -> Self {
        Self {
            id,
            webstore_id,
            checkout_id,
            date,
            billing_address: None,
            authorizations: Vec::new(),
            adjustments: Vec::new(),
            payments: Vec::new(),
            refunds: Vec::new(),
            application_lines: Vec::new(),
            purchase_order: None,
            live: None,
            stood: None,
            order: None,
            details: Sorted::new(),
        }
    }

    /// The same without what only the back office may read.
    #[must_use]
    pub fn without_details(&self) -> Self {
        let mut group = self.clone();
        group.details.clear();
        group.authorizations.iter_mut().for_each(|record| record.details.clear());
        group.adjustments.iter_mut().for_each(|record| record.details.clear());
        group.payments.iter_mut().for_each(|record| record.details.clear());
        group.refunds.iter_mut().for_each(|record| record.details.clear());
        group.application_lines.clear();
        group
    }

    /// The authorization with this id.
    #[must_use]
    pub fn authorization(&self, id: &str) -> Option<&PaymentAuthorization> {
        self.authorizations.iter().find(|authorization| authorization.id == id)
    }

    /// The payment with this id.
    #[must_use]
    pub fn payment(&self, id: &str) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.id == id)
    }

    /// What is left of an authorization: its amount less captures and reversals; nothing when it failed or was canceled, or once a
    /// final capture happened.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn authorization_balance(&self, authorization: &PaymentAuthorization) -> Result<Amount, AmountError> {
        self.rest_of(authorization).map(|rest| rest.balance)
    }

    /// What of an authorization was neither captured nor reversed: held still, or let go of by the gateway.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn rest_of(&self, authorization: &PaymentAuthorization) -> Result<RestOfHold, AmountError> {
        let reversed = Amount::sum(self.reversals_of(&authorization.id).map(|reversal| reversal.amount))?;
        RestOfHold::of(authorization, self.captures_of(&authorization.id), reversed)
    }

    /// The captures made from an authorization that count.
    pub fn captures_of<'s>(&'s self, authorization_id: &'s str) -> impl Iterator<Item = &'s Payment> {
        self.payments.iter().filter(move |payment| {
            payment.payment_authorization_id.as_deref() == Some(authorization_id) && counts(payment.status)
        })
    }

    /// The refund with this id.
    #[must_use]
    pub fn refund(&self, id: &str) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.id == id)
    }

    /// The reversals of an authorization that count.
    pub fn reversals_of<'s>(&'s self, authorization_id: &'s str) -> impl Iterator<Item = &'s PaymentAuthAdjustment> {
        let is_of = move |reversal: &&PaymentAuthAdjustment| reversal.payment_authorization_id == authorization_id;
        self.adjustments.iter().filter(move |reversal| is_of(reversal) && counts(reversal.status))
    }

    /// The refunds of a payment that count.
    pub fn refunds_of<'s>(&'s self, payment_id: &'s str) -> impl Iterator<Item = &'s Refund> {
        self.refunds.iter().filter(move |refund| refund.payment_id == payment_id && counts(refund.status))
    }

    /// What of a payment can be refunded, or applied to an invoice: what is kept of it and not applied. Nothing when a refund that
    /// was taken for failed went through after the money was applied.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn refundable(&self, payment: &Payment) -> Result<Amount, AmountError> {
        let kept = self.kept(payment)?;
        let applied = self.net_applied(payment)?;
        if applied.is_positive() { Ok(kept.checked_sub(applied)?.max(applied.checked_sub(applied)?)) } else { Ok(kept) }
    }

    /// What of a payment has not been refunded, applied or not; nothing when it failed or was canceled.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn kept(&self, payment: &Payment) -> Result<Amount, AmountError> {
        if !counts(payment.status) {
            return Ok(nothing_of(payment.currency));
        }
        self.not_refunded(payment)?.checked_sub(self.refunded_for_failed(payment)?)
    }

    fn not_refunded(&self, payment: &Payment) -> Result<Amount, AmountError> {
        let refunded = Amount::sum(self.refunds_of(&payment.id).map(|refund| refund.amount))?;
        payment.amount.checked_sub(refunded)
    }

    /// What was refunded as of a payment that failed in the end, and therefore was of this one: a gateway that knows all captures of an
    /// authorization by its name gives back of whichever there are. The first are taken first.
    fn refunded_for_failed(&self, payment: &Payment) -> Result<Amount, AmountError> {
        let zero = nothing_of(payment.currency);
        let name = self.reference_to_refund(payment);
        if name.is_none() || self.payments.iter().all(|other| counts(other.status)) {
            return Ok(zero);
        }
        let of_that_name = || self.payments.iter().filter(|other| self.reference_to_refund(other) == name);
        let failed = of_that_name().filter(|other| !counts(other.status));
        let mut open = Amount::sum(failed.flat_map(|other| self.refunds_of(&other.id)).map(|refund| refund.amount))?;
        for other in of_that_name().filter(|other| counts(other.status)) {
            let share = self.not_refunded(other)?.min(open);
            if other.id == payment.id {
                return Ok(share);
            }
            open = open.checked_sub(share)?;
        }
        Ok(zero)
    }

    /// The gateway's name to refund a payment by: that of the payment itself; where it gave none, that of its authorization.
    #[must_use]
    pub fn reference_to_refund<'g>(&'g self, payment: &'g Payment) -> Option<&'g str> {
        payment.gateway_reference.as_deref().or_else(|| {
            let of = payment.payment_authorization_id.as_deref().and_then(|id| self.authorization(id));
            of.and_then(|authorization| authorization.gateway_reference.as_deref())
        })
    }

    /// What is left of an authorization or payment to be let go of: its balance, or what of it has not been refunded; `None` when
    /// the group has no such record.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn left_of(&self, record_id: &str) -> Result<Option<Amount>, AmountError> {
        if let Some(authorization) = self.authorization(record_id) {
            return self.authorization_balance(authorization).map(Some);
        }
        self.payment(record_id).map(|payment| self.refundable(payment)).transpose()
    }

    /// Every record's id and status, whatever its kind.
    fn statuses(&self) -> impl Iterator<Item = (&str, TransactionStatus)> {
        let authorizations = self.authorizations.iter().map(|record| (record.id.as_str(), record.status));
        let adjustments = self.adjustments.iter().map(|record| (record.id.as_str(), record.status));
        let payments = self.payments.iter().map(|record| (record.id.as_str(), record.status));
        let refunds = self.refunds.iter().map(|record| (record.id.as_str(), record.status));
        authorizations.chain(adjustments).chain(payments).chain(refunds)
    }

    /// The status of the record with this id, whatever its kind.
    #[must_use]
    pub fn status_of(&self, id: &str) -> Option<TransactionStatus> {
        self.statuses().find(|(known, _)| *known == id).map(|(_, status)| status)
    }

    /// The ids of all records with this status, whatever their kind.
    pub fn with_status(&self, status: TransactionStatus) -> impl Iterator<Item = &str> {
        self.statuses().filter(move |(_, of_record)| *of_record == status).map(|(id, _)| id)
    }

    /// The same, to change.
    pub fn status_of_mut(&mut self, id: &str) -> Option<&mut TransactionStatus> {
        let authorizations = self.authorizations.iter_mut().map(|record| (&record.id, &mut record.status));
        let adjustments = self.adjustments.iter_mut().map(|record| (&record.id, &mut record.status));
        let payments = self.payments.iter_mut().map(|record| (&record.id, &mut record.status));
        let refunds = self.refunds.iter_mut().map(|record| (&record.id, &mut record.status));
        let mut all = authorizations.chain(adjustments).chain(payments).chain(refunds);
        all.find(|(known, _)| known.as_str() == id).map(|(_, status)| status)
    }
}
