//! Payment line unapply: the exact reverse of an application, as a second line beside the first.

use super::ledger::{append, applied};
use super::request::UnapplyPayment;
use crate::domain::error_code::ErrorCode;
use crate::domain::id::IdSource;
use crate::domain::input::PlatformRefusal;
use crate::domain::money::Money;
use crate::domain::timestamp::Timestamp;
use crate::engine::{EngineError, State};
use crate::payments::not_done::NotDone;
use crate::records::application_line::{ApplicationLine, ApplicationObject, ApplicationType, HasBeenUnapplied};
use crate::records::{Invoice, PaymentGroup};

/// The line with this id that applies, or took back, part of this payment.
///
/// # Errors
/// 404 when the payment has no such line.
pub fn find_line<'g>(
    group: &'g PaymentGroup,
    payment_id: &str,
    line_id: &str,
) -> Result<&'g ApplicationLine, PlatformRefusal> {
    let is_it =
        |line: &&ApplicationLine| line.id == line_id && line.object.is_of_payment() && line.source_id == payment_id;
    let missing = || PlatformRefusal::not_found("The payment has no such line.");
    group.application_lines.iter().find(is_it).ok_or_else(missing)
}

/// Takes a line of a payment of `state` back; `invoice` is the one it is applied to. Both change, or neither is to be committed. Gives
/// the line that takes back. The store's application level does not matter: what was applied can always be taken back.
///
/// # Errors
/// A refusal when the payment has no such line, or the line was taken back or takes back itself.
pub fn unapply_payment(
    state: &mut State,
    invoice: &mut Invoice,
    payment_id: &str,
    line_id: &str,
    request: &UnapplyPayment,
    now: Timestamp,
    ids: &mut IdSource,
) -> Result<ApplicationLine, NotDone> {
    let group = &mut state.group;
    let line = find_line(group, payment_id, line_id)?.clone();
    check_counts(&line)?;
    let invoice_line_id = (line.object == ApplicationObject::PaymentLineInvoiceLine).then_some(line.target_id.as_str());
    invoice.unsettle(invoice_line_id, line.amount)?;
    if let Some(first) = group.application_lines.iter_mut().find(|other| other.id == line_id) {
        first.has_been_unapplied = HasBeenUnapplied::Yes;
    }
    let money = Money::new(line.amount, line.currency).map_err(|_| EngineError::Amount)?;
    let reverse = ApplicationLine {
        kind: ApplicationType::Unapplied,
        has_been_unapplied: HasBeenUnapplied::NotApplicable,
        associated_line_id: Some(line.id.clone()),
        associated_account_id: line.associated_account_id.clone(),
        invoice_id: line.invoice_id.clone(),
        invoice_balance: Some(invoice.balance()?),
        invoice_line_balance: invoice_line_id.and_then(|id| invoice.line(id)).map(|line| line.balance()).transpose()?,
        ..applied(line.object, payment_id, &line.target_id, money, &request.remarks, now, ids)
    };
    append(group, reverse, payment_id)
}

fn check_counts(line: &ApplicationLine) -> Result<(), PlatformRefusal> {
    let message = match line.has_been_unapplied {
        HasBeenUnapplied::No => return Ok(()),
        HasBeenUnapplied::Yes => "The line was taken back already.",
        HasBeenUnapplied::NotApplicable => {
            "The line takes another one back; only a line of type Applied can be taken back."
        }
    };
    Err(PlatformRefusal::not_possible(ErrorCode::InvalidStatus, message, &[]))
}
