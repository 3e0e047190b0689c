//! Making, changing and giving up a record: the group as it is, and as it shall be.

use super::fields::{Fields, STATUS, Written, of_record, refuse};
use super::moves::{check_move, check_unused};
use super::rules::{Facts, check_covered, record, references};
use crate::domain::error_code::ErrorCode;
use crate::domain::id::{IdKind, IdSource};
use crate::domain::input::PlatformRefusal;
use crate::domain::limits::TRANSACTIONS_MAX;
use crate::domain::timestamp::Timestamp;
use crate::engine::State;
use crate::payments::not_done::NotDone;
use crate::prelude::*;
use crate::records::processing_mode::PROCESSING_MODE;
use crate::records::{PaymentGroup, ProcessingMode, Transaction, TransactionKind, TransactionStatus};

const CANCELLATION_DATE: &str = "CancellationDate";

/// A new group of which this is said.
#[must_use]
pub fn new_group(written: Written, now: Timestamp, ids: &mut IdSource) -> State {
    let mut group = PaymentGroup::new(ids.next(IdKind::PaymentGroup), String::new(), String::new(), now);
    group.details = written.over(Fields::new());
    State::new(group)
}

/// Makes a record of this kind in a group, or changes the one that is `before`. Gives its id, if anything is different now. What is made
/// begins as a draft, whatever status it is made with.
///
/// # Errors
/// A refusal when the body and the records do not allow it.
pub fn write(
    state: &mut State,
    kind: TransactionKind,
    before: Option<&Transaction>,
    written: Written,
    facts: &Facts<'_>,
    now: Timestamp,
    ids: &mut IdSource,
) -> Result<Option<String>, NotDone> {
    let group = &mut state.group;
    let fields_before = before.map(|before| of_record(before, &group.id)).unwrap_or_default();
    let told: Vec<&'static str> = written.0.iter().map(|(name, _)| *name).collect();
    let fields = written.over(fields_before.clone());
    let changed: Vec<&str> = told.into_iter().filter(|name| fields.get(name) != fields_before.get(name)).collect();
    if changed.is_empty() {
        return Ok(None);
    }
    if fields.get(PROCESSING_MODE).is_none_or(|mode| mode != ProcessingMode::External.as_str()) {
        let message = "By hand a record is External: the others are made and changed by the gateway's word alone.";
        refuse(ErrorCode::FieldIntegrity, message, if before.is_some() { &changed } else { &[PROCESSING_MODE] })?;
    }
    references(&fields, &changed, facts)?;
    let (id, date) = match before {
        Some(before) => (before.id.clone(), before.date),
        None => {
            check_group(group)?;
            (ids.next(kind.id_kind()), now)
        }
    };
    let mut after = record(group, kind, id.clone(), fields, date)?;
    let from = before.map_or(TransactionStatus::Draft, |before| before.status);
    check_move(from, after.status)?;
    let cancels = after.status == TransactionStatus::Canceled && from != after.status;
    if from == TransactionStatus::Draft {
        check_covered(group, &after)?;
    } else {
        let goes_along = |name: &&str| *name == STATUS || *name == "Comments" || name.starts_with("Cancellation");
        if !(cancels && changed.iter().all(goes_along)) {
            let message =
                ["The record is ", from.as_str(), "; only a Draft can be edited. A Processed one can be canceled."];
            refuse(ErrorCode::InvalidStatus, &message.concat(), &changed)?;
        }
        check_unused(group, &after)?;
    }
    let is_voided = cancels && matches!(kind, TransactionKind::Payment | TransactionKind::Refund);
    if is_voided && !after.details.contains_key(CANCELLATION_DATE) {
        after.details.insert(CANCELLATION_DATE.to_owned(), now.text());
    }
    if before.is_some() {
        after.details.insert("LastModifiedDate".to_owned(), now.text());
    }
    group.put_external(after);
    Ok(Some(id))
}

/// Only a draft is given up, and is kept as Canceled; what is Canceled needs nothing more.
///
/// # Errors
/// A refusal when it is neither.
pub fn check_given_up(before: &Transaction) -> Result<(), PlatformRefusal> {
    if matches!(before.status, TransactionStatus::Draft | TransactionStatus::Canceled) {
        return Ok(());
    }
    let message =
        ["The record is ", before.status.as_str(), "; only a Draft can be given up, and is kept as Canceled."];
    refuse(ErrorCode::InvalidStatus, &message.concat(), &[])
}

/// A checkout's group has only its own payments, and no group has more records than a step can read.
fn check_group(group: &PaymentGroup) -> Result<(), PlatformRefusal> {
    if !group.checkout_id.is_empty() {
        let message = "The group belongs to a checkout; it takes only that checkout's payments.";
        refuse(ErrorCode::FieldIntegrity, message, &["PaymentGroupId"])?;
    }
    if group.transaction_count() >= TRANSACTIONS_MAX {
        let message =
            ["The payment group has ", &TRANSACTIONS_MAX.to_string(), " records, and takes no more."].concat();
        refuse(ErrorCode::LimitExceeded, &message, &["PaymentGroupId"])?;
    }
    Ok(())
}
