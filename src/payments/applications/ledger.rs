//! Writing a line of the ledger, with the balances as they are after it.

use super::request::Remarks;
use crate::domain::amount::Amount;
use crate::domain::error_code::ErrorCode;
use crate::domain::id::IdSource;
use crate::domain::input::PlatformRefusal;
use crate::domain::limits::APPLICATION_LINES_MAX;
use crate::domain::money::Money;
use crate::domain::timestamp::Timestamp;
use crate::engine::EngineError;
use crate::payments::not_done::NotDone;
use crate::prelude::*;
use crate::records::application_line::{ApplicationLine, ApplicationObject, ApplicationType, HasBeenUnapplied};
use crate::records::{Payment, PaymentGroup};

/// A line that applies `money` of `source_id` to `target_id`, not yet in the ledger and without balances.
pub fn applied(
    object: ApplicationObject,
    source_id: &str,
    target_id: &str,
    money: Money,
    remarks: &Remarks,
    now: Timestamp,
    ids: &mut IdSource,
) -> ApplicationLine {
    ApplicationLine {
        id: ids.next(object.id_kind()),
        object,
        kind: ApplicationType::Applied,
        source_id: source_id.to_owned(),
        target_id: target_id.to_owned(),
        invoice_id: None,
        amount: money.amount(),
        currency: money.currency(),
        date: now,
        effective_date: remarks.effective_date.unwrap_or(now),
        comments: remarks.comments.clone(),
        associated_account_id: None,
        associated_line_id: None,
        has_been_unapplied: HasBeenUnapplied::No,
        payment_balance: money.amount(),
        refund_balance: None,
        invoice_balance: None,
        invoice_line_balance: None,
    }
}

/// Puts a line at the end of the ledger, and gives it the payment's balance as it is with it.
pub fn append(
    group: &mut PaymentGroup,
    mut line: ApplicationLine,
    payment_id: &str,
) -> Result<ApplicationLine, NotDone> {
    group.application_lines.push(line.clone());
    line.payment_balance = group.payment_amounts(payment(group, payment_id)?)?.balance;
    if let Some(last) = group.application_lines.last_mut() {
        last.clone_from(&line);
    }
    Ok(line)
}

/// The payment with this id, which is known to be there.
pub fn payment<'g>(group: &'g PaymentGroup, id: &str) -> Result<&'g Payment, NotDone> {
    group.payment(id).ok_or(NotDone::Broken(EngineError::NoSuchRecord))
}

/// Refuses one more line where there are as many as there may be. To take one back is always possible.
pub fn check_room(group: &PaymentGroup) -> Result<(), PlatformRefusal> {
    if group.application_lines.len() < APPLICATION_LINES_MAX {
        return Ok(());
    }
    let message =
        ["The payment's group has ", &APPLICATION_LINES_MAX.to_string(), " lines, and takes no more."].concat();
    Err(PlatformRefusal::not_possible(ErrorCode::LimitExceeded, &message, &[]))
}

/// Refuses an amount that a balance does not have. Equality is allowed.
pub fn check_covers(balance: Amount, amount: Amount, whose: &str) -> Result<(), PlatformRefusal> {
    if amount <= balance {
        return Ok(());
    }
    let message = ["The amount is more than ", whose, ", which is ", &balance.text(), "."].concat();
    Err(PlatformRefusal::not_possible(ErrorCode::AmountTooLarge, &message, &["amount"]))
}
