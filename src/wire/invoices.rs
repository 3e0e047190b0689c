//! Invoices brought in, posted, ended and read, text in and text out (`docs/core.md`, A transaction).

use super::context::read;
use super::transaction::{Name, Request, Stop, Transaction, Written, invoice_key, transact, with_address};
use crate::billing::invoice_actions::{self, check_empty};
use crate::billing::invoice_request::InvoiceRequest;
use crate::billing::invoice_view;
use crate::domain::error_code::ErrorCode;
use crate::domain::hash::hash;
use crate::domain::id::IdKind;
use crate::domain::input::PlatformRefusal;
use crate::domain::json::json_object;
use crate::domain::sorted::{Sorted, Texts};
use crate::engine::{Answer, EngineError, differing_parts};
use crate::prelude::*;
use crate::records::{Invoice, InvoiceEvent};

json_object! {
    /// Which invoice a unique identifier belongs to. Committed with the invoice, so no two get the same.
    pub struct InvoiceIdentifier {
        /// The invoice.
        pub invoice_id: String = "invoiceId",
        /// A hash of each part of the request it was made by.
        pub fingerprint: Texts = "fingerprint",
    }
}

/// Takes an invoice in, as a draft or posted.
#[must_use]
pub fn ingest_invoice(context: &str, rows: &str, body: &[u8]) -> String {
    transact(context, rows, &mut |request| try_ingest(request, body))
}

/// Posts an invoice.
#[must_use]
pub fn post_invoice(context: &str, rows: &str, body: &[u8]) -> String {
    transact(context, rows, &mut |request| try_move(request, InvoiceEvent::Post, body))
}

/// Voids an invoice.
#[must_use]
pub fn void_invoice(context: &str, rows: &str, body: &[u8]) -> String {
    transact(context, rows, &mut |request| try_move(request, InvoiceEvent::Void, body))
}

/// Cancels an invoice that is a draft.
#[must_use]
pub fn cancel_invoice(context: &str, rows: &str, body: &[u8]) -> String {
    transact(context, rows, &mut |request| try_move(request, InvoiceEvent::Cancel, body))
}

/// The invoice with its lines and its settlement.
#[must_use]
pub fn read_invoice(context: &str, rows: &str) -> String {
    transact(context, rows, &mut |request| {
        let (_, invoice) = named(request)?;
        Ok(Transaction::answer(shown(200, &invoice)?))
    })
}

fn try_ingest(request: &mut Request<'_>, body: &[u8]) -> Result<Transaction, Stop> {
    let now = request.context.now;
    let wanted = InvoiceRequest::read(body, now)?;
    let content = wanted.fingerprint();
    let identifier_name = wanted.unique_identifier().map(identifier_key);
    request.need(identifier_name.as_slice())?;
    let parts = with_address(content.clone(), &["ingestInvoice"]);
    if let Some(answer) = request.repeated(&parts)? {
        return Ok(Transaction::answer(answer));
    }
    let mut rows = Vec::new();
    if let Some(name) = identifier_name {
        if let Some((_, value)) = request.row(&name) {
            return known_already(request, &name, &read("identifier", value)?, &content);
        }
        let Name::Key(key) = name else { return Err(EngineError::NoSuchRecord.into()) };
        rows.push((key, content));
    }
    let invoice = wanted.into_invoice(now, &mut request.ids).map_err(EngineError::from)?;
    let answer = shown(201, &invoice)?;
    let Name::Key(key) = invoice_key(&invoice.id) else { return Err(EngineError::NoSuchRecord.into()) };
    let mut written: Vec<Written> = rows
        .into_iter()
        .map(|(key, fingerprint)| Written::of(key, &InvoiceIdentifier { invoice_id: invoice.id.clone(), fingerprint }))
        .collect();
    written.push(request.written_invoice(key, invoice));
    Ok(request.done(written, parts, answer))
}

/// The same invoice again is answered by the one there is, as it is now; another one can't have its identifier.
fn known_already(
    request: &Request<'_>,
    name: &Name,
    known: &InvoiceIdentifier,
    content: &Texts,
) -> Result<Transaction, Stop> {
    let differing = differing_parts(content, &known.fingerprint);
    if !differing.is_empty() {
        let message =
            ["uniqueIdentifier belongs to another invoice. This one differs in: ", &differing.join(", "), "."];
        return Err(
            PlatformRefusal::not_possible(ErrorCode::DuplicateValue, &message.concat(), &["uniqueIdentifier"]).into()
        );
    }
    let invoice_name = invoice_key(&known.invoice_id);
    request.need(&[name.clone(), invoice_name.clone()])?;
    let (_, invoice) = request.invoice(&invoice_name)?.ok_or(EngineError::NoSuchRecord)?;
    Ok(Transaction::answer(shown(200, &invoice)?))
}

fn try_move(request: &mut Request<'_>, event: InvoiceEvent, body: &[u8]) -> Result<Transaction, Stop> {
    check_empty(body)?;
    let (key, mut invoice) = named(request)?;
    let parts = with_address(Sorted::new(), &[event.as_str(), &invoice.id]);
    if let Some(answer) = request.repeated(&parts)? {
        return Ok(Transaction::answer(answer));
    }
    invoice_actions::move_invoice(&mut invoice, event, request.context.now)?;
    let answer = shown(200, &invoice)?;
    Ok(request.done(vec![request.written_invoice(key, invoice)], parts, answer))
}

/// The invoice that the address names, with its key.
fn named(request: &Request<'_>) -> Result<(String, Invoice), Stop> {
    let id = request.record_id()?;
    let missing = || PlatformRefusal::not_found("There is no such invoice.");
    if !IdKind::Invoice.has_form(&id) {
        return Err(missing().into());
    }
    let name = invoice_key(&id);
    request.need(core::slice::from_ref(&name))?;
    Ok(request.invoice(&name)?.ok_or_else(missing)?)
}

fn identifier_key(identifier: &str) -> Name {
    Name::Key(["invoice-identifier/", &hash(identifier)].concat())
}

fn shown(status: u32, invoice: &Invoice) -> Result<Answer, EngineError> {
    Ok(Answer { status, body: invoice_view::view(invoice)? })
}
