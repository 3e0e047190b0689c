//! Moving a record's status by hand, exactly as `seeds/payment-object.txt` lists it (Status).

use super::fields::{STATUS, refuse};
use crate::domain::error_code::ErrorCode;
use crate::domain::input::PlatformRefusal;
use crate::payments::not_done::NotDone;
use crate::records::status::TRANSACTION;
use crate::records::{PaymentGroup, Transaction, TransactionEvent, TransactionKind, TransactionStatus};

/// Whether the move is one of those that people may make.
///
/// # Errors
/// When it is not; the message has those that are.
pub(super) fn check_move(from: TransactionStatus, to: TransactionStatus) -> Result<(), PlatformRefusal> {
    let is_legal = TransactionEvent::by_hand(to).is_some_and(|event| TRANSACTION.next(from, event) == Ok(to));
    if from == to || is_legal {
        return Ok(());
    }
    let message = [
        "A record that is ",
        from.as_str(),
        " can't be made ",
        to.as_str(),
        ". By hand: Draft to Processed, Draft to Canceled, Processed to Canceled.",
    ];
    refuse(ErrorCode::InvalidStatus, &message.concat(), &[STATUS])
}

/// A record that happened can be canceled once nothing builds on it any more: Canceled means that it is unapplied.
///
/// # Errors
/// A refusal that says what does, or when a sum leaves the range.
pub(super) fn check_unused(group: &PaymentGroup, record: &Transaction) -> Result<(), NotDone> {
    let id = record.id.as_str();
    let used = match record.kind {
        TransactionKind::Authorization => {
            let is_used = group.captures_of(id).next().is_some() || group.reversals_of(id).next().is_some();
            is_used.then_some("It has captures or reversals: cancel them first.")
        }
        TransactionKind::Adjustment => None,
        TransactionKind::Payment => {
            let payment = group.payment(id);
            let applied = payment.map(|payment| group.net_applied(payment)).transpose()?;
            if applied.is_some_and(|applied| applied.is_positive()) {
                Some("It is applied to an invoice: take that back first.")
            } else {
                group.refunds_of(id).next().map(|_| "It has refunds: cancel them first.")
            }
        }
        TransactionKind::Refund => {
            let amounts = group.refund(id).map(|refund| group.refund_amounts(refund)).transpose()?;
            let entered = amounts.is_some_and(|amounts| amounts.net_applied.is_positive());
            entered.then_some("It is entered at its payment, which can't be taken back.")
        }
    };
    match used {
        Some(message) => Ok(refuse(ErrorCode::InvalidStatus, message, &[STATUS])?),
        None => Ok(()),
    }
}
