//! Applying payments and refunds, text in and text out (`docs/core.md`, A transaction).

use super::transaction::{Name, Request, Stop, Transaction, invoice_key, transact, with_address};
use crate::domain::id::IdKind;
use crate::domain::input::PlatformRefusal;
use crate::domain::json::{Amounts, Writer, json_view};
use crate::domain::timestamp::Timestamp;
use crate::engine::{Answer, EngineError};
use crate::payments::applications::{self, ApplyPayment, ApplyRefund, Target, UnapplyPayment, find_line};
use crate::prelude::*;
use crate::records::{ApplicationLine, SettlementLevel};

/// Applies a payment to an invoice or to one of its lines (`reference` §4.3, Apply).
#[must_use]
pub fn apply_payment(context: &str, rows: &str, body: &[u8]) -> String {
    transact(context, rows, &mut |request| try_apply_payment(request, body))
}

/// Takes the application of a payment back (`reference` §4.3, Unapply).
#[must_use]
pub fn unapply_payment(context: &str, rows: &str, body: &[u8]) -> String {
    transact(context, rows, &mut |request| try_unapply_payment(request, body))
}

/// Applies a refund to its payment (`reference` §4.3, Refund line apply).
#[must_use]
pub fn apply_refund(context: &str, rows: &str, body: &[u8]) -> String {
    transact(context, rows, &mut |request| try_apply_refund(request, body))
}

const NO_PAYMENT: &str = "There is no such payment.";
const NO_REFUND: &str = "There is no such refund.";
const NO_LINE: &str = "The payment has no such line.";

fn try_apply_payment(request: &mut Request<'_>, body: &[u8]) -> Result<Transaction, Stop> {
    let payment_id = named(request.record_id()?, &[IdKind::Payment], NO_PAYMENT)?;
    let wanted = ApplyPayment::read(body)?;
    let target = Target::of(&wanted.applied_to_id)?;
    let invoice_name = match target {
        Target::Invoice(id) => invoice_key(id),
        Target::InvoiceLine(id) => Name::Index(id.to_owned()),
    };
    request.need(&[Name::Index(payment_id.clone()), invoice_name.clone()])?;
    let group = request.group(&payment_id)?.filter(|(_, state)| state.group.payment(&payment_id).is_some());
    let (group_key, mut state) = group.ok_or_else(|| PlatformRefusal::not_found(NO_PAYMENT))?;
    let parts = with_address(wanted.fingerprint(), &["apply", &payment_id]);
    if let Some(answer) = request.repeated(&parts)? {
        return Ok(Transaction::answer(answer));
    }
    let (row_key, mut invoice) = request.invoice(&invoice_name)?.ok_or_else(|| target.missing())?;
    let level = request.context.application_level.unwrap_or(SettlementLevel::InvoiceLine);
    let now = request.context.now;
    let line =
        applications::apply_payment(&mut state, &mut invoice, &payment_id, &wanted, level, now, &mut request.ids)?;
    let rows = vec![request.written_group(group_key, &state), request.written_invoice(row_key, invoice)];
    Ok(request.done(rows, parts, made(&line, AppliedLine::write)))
}

fn try_unapply_payment(request: &mut Request<'_>, body: &[u8]) -> Result<Transaction, Stop> {
    let payment_id = named(request.record_id()?, &[IdKind::Payment], NO_PAYMENT)?;
    let kinds = [IdKind::PaymentLineInvoice, IdKind::PaymentLineInvoiceLine];
    let line_id = named(request.line_id()?, &kinds, NO_LINE)?;
    let wanted = UnapplyPayment::read(body)?;
    request.need(&[Name::Index(payment_id.clone())])?;
    let group = request.group(&payment_id)?.filter(|(_, state)| state.group.payment(&payment_id).is_some());
    let (group_key, mut state) = group.ok_or_else(|| PlatformRefusal::not_found(NO_PAYMENT))?;
    let parts = with_address(wanted.fingerprint(), &["unapply", &payment_id, &line_id]);
    if let Some(answer) = request.repeated(&parts)? {
        return Ok(Transaction::answer(answer));
    }
    let invoice_id = find_line(&state.group, &payment_id, &line_id)?.invoice_id.clone().unwrap_or_default();
    let invoice_name = invoice_key(&invoice_id);
    request.need(&[Name::Index(payment_id.clone()), invoice_name.clone()])?;
    let (row_key, mut invoice) = request.invoice(&invoice_name)?.ok_or(EngineError::NoSuchRecord)?;
    let now = request.context.now;
    let line =
        applications::unapply_payment(&mut state, &mut invoice, &payment_id, &line_id, &wanted, now, &mut request.ids)?;
    let rows = vec![request.written_group(group_key, &state), request.written_invoice(row_key, invoice)];
    Ok(request.done(rows, parts, made(&line, UnappliedLine::write)))
}

fn try_apply_refund(request: &mut Request<'_>, body: &[u8]) -> Result<Transaction, Stop> {
    let refund_id = named(request.record_id()?, &[IdKind::Refund], NO_REFUND)?;
    let wanted = ApplyRefund::read(body)?;
    request.need(&[Name::Index(refund_id.clone())])?;
    let group = request.group(&refund_id)?.filter(|(_, state)| state.group.refund(&refund_id).is_some());
    let (group_key, mut state) = group.ok_or_else(|| PlatformRefusal::not_found(NO_REFUND))?;
    let parts = with_address(wanted.fingerprint(), &["applyRefund", &refund_id]);
    if let Some(answer) = request.repeated(&parts)? {
        return Ok(Transaction::answer(answer));
    }
    let now = request.context.now;
    let line = applications::apply_refund(&mut state, &refund_id, &wanted, now, &mut request.ids)?;
    let rows = vec![request.written_group(group_key, &state)];
    Ok(request.done(rows, parts, made(&line, AppliedLine::write)))
}

/// The id that the address names, if it has the form of one of these kinds: nothing else is looked for.
fn named(id: String, kinds: &[IdKind], missing: &str) -> Result<String, PlatformRefusal> {
    if kinds.iter().any(|kind| kind.has_form(&id)) { Ok(id) } else { Err(PlatformRefusal::not_found(missing)) }
}

json_view! {
    /// The line that applies a payment or a refund.
    struct AppliedLine(line: &ApplicationLine) {
        /// Its id.
        "id": String = text(&line.id),
        /// When it was written.
        "appliedDate": Timestamp = value(&line.date),
    }
}

json_view! {
    /// The line that takes an application back.
    struct UnappliedLine(line: &ApplicationLine) {
        /// Its id.
        "id": String = text(&line.id),
        /// When it was written.
        "unappliedDate": Timestamp = value(&line.date),
    }
}

fn made(line: &ApplicationLine, write: fn(&mut Writer, &ApplicationLine)) -> Answer {
    let mut writer = Writer::new(Amounts::Numbers);
    write(&mut writer, line);
    Answer { status: 201, body: writer.finish() }
}
