//! A money record as its fields, all of them texts, by their names: what a person writes, and what a change is held against.

use crate::domain::error_code::ErrorCode;
use crate::domain::hash::hash;
use crate::domain::input::PlatformRefusal;
use crate::domain::sorted::Texts;
use crate::payments::objects::{
    Object, PAYMENT, PAYMENT_AUTH_ADJUSTMENT, PAYMENT_AUTHORIZATION, PAYMENT_GROUP, REFUND,
};
use crate::prelude::*;
use crate::records::processing_mode::PROCESSING_MODE;
use crate::records::{PaymentKind, ProcessingMode, Transaction, TransactionKind, TransactionStatus};

/// The fields that are not empty: amounts without zeroes at their ends, times as RFC 3339.
pub type Fields = Texts;

/// What a body says of fields; nothing where it empties one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written(pub Vec<(&'static str, Option<String>)>);

pub(super) const ACCOUNT_ID: &str = "AccountId";
pub(super) const AMOUNT: &str = "Amount";
pub(super) const CURRENCY_ISO_CODE: &str = "CurrencyIsoCode";
pub(super) const PAYMENT_GROUP_ID: &str = "PaymentGroupId";
pub(super) const PAYMENT_METHOD_ID: &str = "PaymentMethodId";
pub(super) const STATUS: &str = "Status";
pub(super) const TYPE: &str = "Type";

/// The kind and the description of the object with this API name, if people may write its records; a group is no money record.
#[must_use]
pub fn object_of(name: &str) -> Option<(Option<TransactionKind>, &'static Object)> {
    [
        (Some(TransactionKind::Authorization), &PAYMENT_AUTHORIZATION),
        (Some(TransactionKind::Adjustment), &PAYMENT_AUTH_ADJUSTMENT),
        (Some(TransactionKind::Payment), &PAYMENT),
        (Some(TransactionKind::Refund), &REFUND),
        (None, &PAYMENT_GROUP),
    ]
    .into_iter()
    .find(|(_, object)| object.name == name)
}

/// The field that names what a record of this kind takes from.
pub(super) const fn parent_field(kind: TransactionKind) -> Option<&'static str> {
    match kind.parent() {
        Some(TransactionKind::Authorization) => Some("PaymentAuthorizationId"),
        Some(TransactionKind::Payment) => Some("PaymentId"),
        Some(TransactionKind::Adjustment | TransactionKind::Refund) | None => None,
    }
}

/// The fields of a record of the group with this id.
pub(super) fn of_record(record: &Transaction, group_id: &str) -> Fields {
    let mut fields = record.details.clone();
    let mut set = |name: &str, value: &str| fields.insert(name.to_owned(), value.to_owned());
    set(AMOUNT, &record.amount.shortest_text());
    set(CURRENCY_ISO_CODE, record.currency.code());
    set(STATUS, record.status.as_str());
    set(PROCESSING_MODE, record.mode().as_str());
    let kind = match record.kind {
        TransactionKind::Authorization => None,
        TransactionKind::Adjustment => Some("Reversal"),
        TransactionKind::Payment if record.parent_id.is_some() => Some(PaymentKind::Capture.as_str()),
        TransactionKind::Payment => Some(PaymentKind::Sale.as_str()),
        TransactionKind::Refund => Some("Referenced"),
    };
    kind.map(|kind| set(TYPE, kind));
    parent_field(record.kind).zip(record.parent_id.as_ref()).map(|(name, id)| set(name, id));
    if record.kind != TransactionKind::Adjustment {
        set(PAYMENT_GROUP_ID, group_id);
    }
    fields
}

/// What of the fields a record keeps as its details: all that it has no member of its own for.
pub(super) fn details(mut fields: Fields, kind: TransactionKind) -> Fields {
    for name in [AMOUNT, CURRENCY_ISO_CODE, STATUS, TYPE, PAYMENT_GROUP_ID].into_iter().chain(parent_field(kind)) {
        fields.remove(name);
    }
    fields.insert(PROCESSING_MODE.to_owned(), ProcessingMode::External.as_str().to_owned());
    fields
}

/// Between the request and the records something does not go together.
#[inline(never)]
pub(super) fn refuse(code: ErrorCode, message: &str, fields: &[&str]) -> Result<(), PlatformRefusal> {
    Err(PlatformRefusal::not_possible(code, message, fields))
}

impl Written {
    /// What gives a record up.
    #[must_use]
    pub fn canceled() -> Self {
        Self(vec![(STATUS, Some(TransactionStatus::Canceled.as_str().to_owned()))])
    }

    /// Whether it says anything of a field.
    #[must_use]
    pub fn tells(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| *field == name)
    }

    /// The value that it gives a field, if it does.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| *field == name)?.1.as_deref()
    }

    /// The fields as they are with it.
    pub(super) fn over(self, mut fields: Fields) -> Fields {
        for (name, value) in self.0 {
            match value {
                Some(value) => fields.insert(name.to_owned(), value),
                None => fields.remove(name),
            };
        }
        fields
    }

    /// A hash of each part, so that a repeat is recognised and a difference can be named.
    #[must_use]
    pub fn fingerprint(&self) -> Texts {
        let part = |(name, value): &(&'static str, Option<String>)| {
            ((*name).to_owned(), hash(value.as_deref().unwrap_or_default()))
        };
        self.0.iter().map(part).collect()
    }
}
