//! The money records as one: what authorization, reversal, payment and refund have in common, for whoever treats them alike.

use super::{
    Payment, PaymentAuthAdjustment, PaymentAuthorization, PaymentGroup, PaymentKind, ProcessingMode, Refund,
    TransactionStatus,
};
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::id::IdKind;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

/// Which money record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionKind {
    /// A hold.
    Authorization,
    /// The reversal of a hold.
    Adjustment,
    /// A capture or sale.
    Payment,
    /// A refund.
    Refund,
}

/// A money record, whichever it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// Which it is.
    pub kind: TransactionKind,
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub status: TransactionStatus,
    /// Its amount.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
    /// What it takes from: the authorization of a reversal or capture, the payment of a refund.
    pub parent_id: Option<String>,
    /// When it was recorded.
    pub date: Timestamp,
    /// What else is kept.
    pub details: Texts,
}

impl TransactionKind {
    /// What its ids begin with.
    #[must_use]
    pub const fn id_kind(self) -> IdKind {
        match self {
            Self::Authorization => IdKind::PaymentAuthorization,
            Self::Adjustment => IdKind::PaymentAuthAdjustment,
            Self::Payment => IdKind::Payment,
            Self::Refund => IdKind::Refund,
        }
    }

    /// What a record of this kind takes from.
    #[must_use]
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::Authorization => None,
            Self::Adjustment | Self::Payment => Some(Self::Authorization),
            Self::Refund => Some(Self::Payment),
        }
    }
}

impl Transaction {
    /// Who made it.
    #[must_use]
    pub fn mode(&self) -> ProcessingMode {
        ProcessingMode::of(&self.details)
    }
}

impl PaymentGroup {
    /// The money record with this id.
    #[must_use]
    pub fn transaction(&self, id: &str) -> Option<Transaction> {
        let (kind, status, amount, currency, parent_id, date, details) = if let Some(record) = self.authorization(id) {
            let PaymentAuthorization { status, amount, currency, date, details, .. } = record;
            (TransactionKind::Authorization, status, amount, currency, None, date, details)
        } else if let Some(record) = self.adjustments.iter().find(|record| record.id == id) {
            let PaymentAuthAdjustment { status, amount, currency, payment_authorization_id, date, details, .. } =
                record;
            (TransactionKind::Adjustment, status, amount, currency, Some(payment_authorization_id), date, details)
        } else if let Some(record) = self.payment(id) {
            let Payment { status, amount, currency, payment_authorization_id, date, details, .. } = record;
            (TransactionKind::Payment, status, amount, currency, payment_authorization_id.as_ref(), date, details)
        } else {
            let Refund { status, amount, currency, payment_id, date, details, .. } = self.refund(id)?;
            (TransactionKind::Refund, status, amount, currency, Some(payment_id), date, details)
        };
        Some(Transaction {
            kind,
            id: id.to_owned(),
            status: *status,
            amount: *amount,
            currency: *currency,
            parent_id: parent_id.cloned(),
            date: *date,
            details: details.clone(),
        })
    }

    /// How many money records there are.
    #[must_use]
    pub fn transaction_count(&self) -> usize {
        self.authorizations.len() + self.adjustments.len() + self.payments.len() + self.refunds.len()
    }

    /// Puts a record that a person made in the place of what has its id, or at the end. No gateway and no operation made it, so it has
    /// neither's names; what its gateway is said to have said is among its details. A payment with a parent is a capture.
    pub fn put_external(&mut self, record: Transaction) {
        let Transaction { kind, id, status, amount, currency, parent_id, date, details } = record;
        let operation_id = String::new();
        match kind {
            TransactionKind::Authorization => {
                let record = PaymentAuthorization {
                    id,
                    status,
                    amount,
                    currency,
                    gateway_reference: None,
                    gateway_authorization_code: None,
                    date,
                    expiration_date: None,
                    operation_id,
                    details,
                };
                let at = self.authorizations.iter().position(|known| known.id == record.id);
                put(&mut self.authorizations, at, record);
            }
            TransactionKind::Adjustment => {
                let record = PaymentAuthAdjustment {
                    id,
                    status,
                    amount,
                    currency,
                    payment_authorization_id: parent_id.unwrap_or_default(),
                    gateway_reference: None,
                    date,
                    operation_id,
                    details,
                };
                let at = self.adjustments.iter().position(|known| known.id == record.id);
                put(&mut self.adjustments, at, record);
            }
            TransactionKind::Payment => {
                let record = Payment {
                    id,
                    status,
                    kind: if parent_id.is_some() { PaymentKind::Capture } else { PaymentKind::Sale },
                    amount,
                    currency,
                    payment_authorization_id: parent_id,
                    final_capture: false,
                    gateway_reference: None,
                    date,
                    operation_id,
                    details,
                };
                let at = self.payments.iter().position(|known| known.id == record.id);
                put(&mut self.payments, at, record);
            }
            TransactionKind::Refund => {
                let record = Refund {
                    id,
                    status,
                    amount,
                    currency,
                    payment_id: parent_id.unwrap_or_default(),
                    gateway_reference: None,
                    date,
                    operation_id,
                    details,
                };
                let at = self.refunds.iter().position(|known| known.id == record.id);
                put(&mut self.refunds, at, record);
            }
        }
    }
}

fn put<T>(records: &mut Vec<T>, at: Option<usize>, record: T) {
    match at.and_then(|at| records.get_mut(at)) {
        Some(known) => *known = record,
        None => records.push(record),
    }
}
