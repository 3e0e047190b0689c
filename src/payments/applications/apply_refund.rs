//! Refund line apply: what was given back is entered at the payment it came from.

use super::ledger::{append, applied, check_covers, check_room, payment};
use super::request::ApplyRefund;
use crate::domain::error_code::ErrorCode;
use crate::domain::id::{IdKind, IdSource};
use crate::domain::input::PlatformRefusal;
use crate::domain::input::amount_rules::in_currency;
use crate::domain::money::Money;
use crate::domain::timestamp::Timestamp;
use crate::engine::{EngineError, State};
use crate::payments::not_done::NotDone;
use crate::records::TransactionStatus;
use crate::records::application_line::{ApplicationLine, ApplicationObject};

const APPLIED_TO_ID: &str = "appliedToId";

/// Applies a refund of `state` to its payment. Gives the line. A refund is of one payment and can be applied to no other: the money
/// came from there, so the payment's free balance has been without it since the refund was asked for.
///
/// # Errors
/// A refusal when refund, payment or a balance does not allow it.
pub fn apply_refund(
    state: &mut State,
    refund_id: &str,
    request: &ApplyRefund,
    now: Timestamp,
    ids: &mut IdSource,
) -> Result<ApplicationLine, NotDone> {
    let group = &mut state.group;
    let refund = group.refund(refund_id).ok_or(EngineError::NoSuchRecord)?;
    check_target(&request.applied_to_id, &refund.payment_id)?;
    if refund.status != TransactionStatus::Processed {
        let message = ["The refund is ", refund.status.as_str(), "; only a Processed refund can be applied."].concat();
        return Err(PlatformRefusal::not_possible(ErrorCode::InvalidStatus, &message, &[]).into());
    }
    let payment_id = refund.payment_id.clone();
    let amount = in_currency("amount", request.amount, refund.currency)?;
    let money = Money::new(amount, refund.currency).map_err(|_| EngineError::Amount)?;
    check_room(group)?;
    let refund_balance = group.refund_amounts(refund)?.balance;
    check_covers(refund_balance, amount, "the refund's balance")?;
    let payment_balance = group.payment_amounts(payment(group, &payment_id)?)?.balance;
    check_covers(payment_balance, amount, "the payment's balance")?;

    let line = ApplicationLine {
        refund_balance: Some(refund_balance.checked_sub(amount)?),
        ..applied(ApplicationObject::RefundLinePayment, refund_id, &payment_id, money, &request.remarks, now, ids)
    };
    append(group, line, &payment_id)
}

fn check_target(applied_to_id: &str, payment_id: &str) -> Result<(), PlatformRefusal> {
    if applied_to_id == payment_id {
        return Ok(());
    }
    let message = if IdKind::Payment.has_form(applied_to_id) {
        "The refund is of another payment; it can be applied to its own only."
    } else {
        "appliedToId is the id of no payment."
    };
    Err(PlatformRefusal::unknown_reference(APPLIED_TO_ID, message))
}
