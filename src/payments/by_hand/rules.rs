//! What a record made by hand must be by itself, and beside the record that it takes from.

use super::fields::{
    ACCOUNT_ID, AMOUNT, CURRENCY_ISO_CODE, Fields, PAYMENT_GROUP_ID, PAYMENT_METHOD_ID, STATUS, TYPE, details,
    parent_field, refuse,
};
use super::request::required;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::error_code::ErrorCode;
use crate::domain::id::gateway_id;
use crate::domain::input::PlatformRefusal;
use crate::domain::input::amount_rules::in_currency;
use crate::domain::timestamp::Timestamp;
use crate::engine::EngineError;
use crate::payments::not_done::NotDone;
use crate::prelude::*;
use crate::records::{
    PaymentGroup, PaymentKind, PaymentMethod, ProcessingMode, Transaction, TransactionKind, TransactionStatus,
};

/// What the host has found beside the group.
#[derive(Debug)]
pub struct Facts<'f> {
    /// The host's first gateway.
    pub provider: &'f str,
    /// The payment method that the body names, if there is one.
    pub method: Option<&'f PaymentMethod>,
}

/// The record that these fields make.
///
/// # Errors
/// The first rule that they break.
pub(super) fn record(
    group: &PaymentGroup,
    kind: TransactionKind,
    id: String,
    fields: Fields,
    date: Timestamp,
) -> Result<Transaction, NotDone> {
    let parent = parent(group, kind, &fields)?;
    check_type(kind, parent.as_ref(), &fields)?;
    let currency = currency(group, parent.as_ref(), &fields)?;
    let given = fields.get(AMOUNT).and_then(|amount| Amount::parse(amount).ok()).ok_or_else(|| required(&[AMOUNT]))?;
    let amount = in_currency(AMOUNT, given, currency)?;
    let status = fields.get(STATUS).and_then(|status| TransactionStatus::parse(status));
    let status = status.ok_or_else(|| required(&[STATUS]))?;
    if fields.get(PAYMENT_GROUP_ID).is_some_and(|id| *id != group.id) {
        refuse(ErrorCode::FieldIntegrity, "A record stays in its payment group.", &[PAYMENT_GROUP_ID])?;
    }
    let payer = parent.as_ref().and_then(|parent| parent.details.get(ACCOUNT_ID));
    if let (Some(payer), Some(account)) = (payer, fields.get(ACCOUNT_ID))
        && payer != account
    {
        refuse(ErrorCode::FieldIntegrity, "What it takes from is another account's.", &[ACCOUNT_ID])?;
    }
    let parent_id = parent.map(|parent| parent.id);
    Ok(Transaction { kind, id, status, amount, currency, parent_id, date, details: details(fields, kind) })
}

/// What the record takes from: it must be of the right kind, and made by hand itself. What a gateway holds or took is moved by the
/// gateway alone.
fn parent(
    group: &PaymentGroup,
    kind: TransactionKind,
    fields: &Fields,
) -> Result<Option<Transaction>, PlatformRefusal> {
    let Some(field) = parent_field(kind) else { return Ok(None) };
    let Some(id) = fields.get(field) else { return Ok(None) };
    let found = group.transaction(id).filter(|parent| Some(parent.kind) == kind.parent());
    let found = found.ok_or_else(|| unknown(field))?;
    if found.mode() != ProcessingMode::External {
        let message = "It was made through the gateway, and is captured, reversed and refunded through it alone.";
        refuse(ErrorCode::FieldIntegrity, message, &[field])?;
    }
    Ok(Some(found))
}

/// The id in this field names nothing of the kind that is meant.
#[inline(never)]
pub fn unknown(field: &str) -> PlatformRefusal {
    PlatformRefusal::unknown_reference(field, &["There is no such record as ", field, " names."].concat())
}

/// The one that is given; else that of what it takes from, else of the group.
fn currency(group: &PaymentGroup, parent: Option<&Transaction>, fields: &Fields) -> Result<Currency, PlatformRefusal> {
    let of_group = group.details.get(CURRENCY_ISO_CODE).and_then(|code| Currency::parse(code));
    let given = fields.get(CURRENCY_ISO_CODE).and_then(|code| Currency::parse(code));
    let of_parent = parent.map(|parent| parent.currency);
    let currency = given.or(of_parent).or(of_group).ok_or_else(|| required(&[CURRENCY_ISO_CODE]))?;
    if of_parent.or(of_group).is_some_and(|expected| expected != currency) {
        let message = "What it takes from, or its payment group, has another currency.";
        refuse(ErrorCode::CurrencyMismatch, message, &[CURRENCY_ISO_CODE])?;
    }
    Ok(currency)
}

/// A capture takes from an authorization and a sale from none; a refund is of a payment.
fn check_type(kind: TransactionKind, parent: Option<&Transaction>, fields: &Fields) -> Result<(), PlatformRefusal> {
    let given = fields.get(TYPE).map(String::as_str);
    let is_capture = given == Some(PaymentKind::Capture.as_str());
    match (kind, parent) {
        (TransactionKind::Payment, Some(_)) if !is_capture => {
            refuse(ErrorCode::FieldIntegrity, "Only a Capture takes from an authorization.", &[TYPE])
        }
        (TransactionKind::Refund, _) if given == Some("NonReferenced") => {
            refuse(ErrorCode::FieldIntegrity, "A refund is of a payment: its Type is Referenced.", &[TYPE])
        }
        (TransactionKind::Payment, None) if !is_capture => Ok(()),
        (TransactionKind::Payment | TransactionKind::Refund, None) => Err(required(parent_field(kind).as_slice())),
        (TransactionKind::Authorization | TransactionKind::Adjustment, _) | (_, Some(_)) => Ok(()),
    }
}

/// The ids among these fields, as far as they are `changed`, must name what is there.
///
/// # Errors
/// The first that does not.
pub(super) fn references(fields: &Fields, changed: &[&str], facts: &Facts<'_>) -> Result<(), PlatformRefusal> {
    let given = |name: &str| fields.get(name).filter(|_| changed.contains(&name));
    if given("PaymentGatewayId").is_some_and(|id| *id != gateway_id(facts.provider)) {
        return Err(unknown("PaymentGatewayId"));
    }
    if given("OrderPaymentSummaryId").is_some() {
        let message = "An order's summary is of what the gateway took for it.";
        refuse(ErrorCode::FieldIntegrity, message, &["OrderPaymentSummaryId"])?;
    }
    if given(PAYMENT_METHOD_ID).is_some() && facts.method.is_none() {
        return Err(unknown(PAYMENT_METHOD_ID));
    }
    if let (Some(method), Some(account), true) =
        (facts.method, fields.get(ACCOUNT_ID), fields.contains_key(PAYMENT_METHOD_ID))
        && *account != method.account_id
    {
        refuse(ErrorCode::FieldIntegrity, "The payment method is another account's.", &[PAYMENT_METHOD_ID])?;
    }
    Ok(())
}

/// A record that is Processed takes from one that is, and no more than is left of it. `group` does not count the record yet.
///
/// # Errors
/// A refusal, or when a sum leaves the range.
pub(super) fn check_covered(group: &PaymentGroup, record: &Transaction) -> Result<(), NotDone> {
    let (TransactionStatus::Processed, Some(parent_id), Some(field)) =
        (record.status, record.parent_id.as_deref(), parent_field(record.kind))
    else {
        return Ok(());
    };
    let status = group.status_of(parent_id).ok_or(EngineError::NoSuchRecord)?;
    if status != TransactionStatus::Processed {
        let message = ["What it takes from is ", status.as_str(), "; it must be Processed."].concat();
        refuse(ErrorCode::InvalidStatus, &message, &[field])?;
    }
    let left = group.left_of(parent_id)?.ok_or(EngineError::NoSuchRecord)?;
    if record.amount > left {
        let message = ["The amount is more than what is left of what it takes from: ", &left.text(), "."].concat();
        refuse(ErrorCode::AmountTooLarge, &message, &[AMOUNT])?;
    }
    Ok(())
}
