//! The functions of the core, text in and text out (`docs/core.md`, Exports). Tested natively; the bindings only pass them on.

use super::context::{Context, read, read_state};
use super::step::{Broken, Committed, Step, respond};
use super::view;
use crate::checkout::checkout_facts::{Checkout, CheckoutStatus};
use crate::checkout::media_type::MediaType;
use crate::checkout::payment::{self, Setting};
use crate::checkout::reentrancy::ReleaseOrder;
use crate::checkout::request::CheckoutPaymentRequest;
use crate::checkout::{explain, order, reply, xml};
use crate::domain::api_version::ApiVersion;
use crate::domain::characters::count;
use crate::domain::error_code::ErrorCode;
use crate::domain::error_code::platform_errors;
use crate::domain::input::refusal::Refusal;
use crate::domain::json::{Amounts, Json, ReadError, Writer};
use crate::domain::limits::IDEMPOTENCY_KEY_CHARS_MAX;
use crate::engine::{self, Answer, Fact, OperationKind, Recovery, State};
use crate::gateway::{Notification, Outcome};
use crate::payments::rows::{invoice_rows, rows};
use crate::prelude::*;
use crate::records::StoredInvoice;

/// Reads and validates a checkout payment request, decides, announces the first step.
#[must_use]
pub fn begin_checkout_payment(context: &str, state: &str, body: &[u8]) -> String {
    respond(try_begin(context, state, body))
}

/// Takes the gateway's outcome of a call, decides what is next.
#[must_use]
pub fn advance(context: &str, state: &str, outcome: &str) -> String {
    respond(try_advance(context, state, outcome))
}

/// The next piece of recovery a group needs.
#[must_use]
pub fn recover(context: &str, state: &str) -> String {
    respond(try_recover(context, state))
}

/// Takes a verified fact that arrived by notification.
#[must_use]
pub fn notify(context: &str, state: &str, notification: &str) -> String {
    respond(try_notify(context, state, notification))
}

/// Checks payment = grand total and gives the order its number.
#[must_use]
pub fn place_order(context: &str, state: &str) -> String {
    respond(try_place_order(context, state))
}

/// The view behind `GET …/payments`.
#[must_use]
pub fn read_payments(context: &str, state: &str) -> String {
    respond(try_read_payments(context, state))
}

/// What of a group is unresolved: since when, what was tried, what comes next.
#[must_use]
pub fn list_unresolved(context: &str, state: &str) -> String {
    respond(try_list_unresolved(context, state))
}

/// The records of a group, an account or an invoice as flat rows, for a store that did not keep them when that was written.
#[must_use]
pub fn list_rows(context: &str, state: &str) -> String {
    respond(try_list_rows(context, state))
}

/// What was decided, by which rule, on what evidence, and what comes next, in sentences.
#[must_use]
pub fn explain(context: &str, state: &str) -> String {
    respond(try_explain(context, state))
}

fn try_begin(context: &str, state: &str, body: &[u8]) -> Result<Step, Broken> {
    let mut context: Context = read("context", context)?;
    let mut env = context.env()?;
    let keeping = context.keeping();
    let checkout = checkout(&mut context)?;
    let accept = MediaType::of_accept(context.accept.as_deref());
    let version = match version_of(&context) {
        Ok(version) => version,
        Err(refusal) => return Ok(in_format(Step::answer(reply::answered(&refusal)), accept)),
    };
    // The stored answer of a key outlives the cart; anything else about a closed cart is refused, whatever it says.
    let closed = checkout.status == CheckoutStatus::Closed;
    if closed && context.idempotency_key.is_none() {
        return Ok(in_format(Step::answer(reply::closed()), accept));
    }
    let Some(media_type) = MediaType::of_content(context.content_type.as_deref()) else {
        let message = "The body must be application/json or application/xml, in UTF-8.";
        let body = platform_errors(ErrorCode::UnsupportedMediaType, message);
        let answer = if closed { reply::closed() } else { Answer { status: 415, body } };
        return Ok(in_format(Step::answer(answer), accept));
    };
    let request = match CheckoutPaymentRequest::read(body, media_type, version) {
        Ok(request) => request,
        Err(_) if closed => return Ok(in_format(Step::answer(reply::closed()), accept)),
        Err(refusal) => return Ok(in_format(Step::answer(reply::answered(&refusal)), accept)),
    };
    let idempotency_key = context.idempotency_key.take();
    let setting = Setting {
        checkout,
        version,
        release_order: release_order(&context),
        idempotency_key,
        resolved: context.resolved,
        account: context.found_account()?,
    };
    let mut state = read_state(state)?;
    let begun = payment::begin(&mut state, request, &setting, &mut env)?;
    let step = Step::begun(begun, state.as_mut(), &keeping)?;
    Ok(in_format(step, accept))
}

fn try_advance(context: &str, state: &str, outcome: &str) -> Result<Step, Broken> {
    let context: Context = read("context", context)?;
    let mut env = context.env()?;
    let keeping = context.keeping();
    let mut state = existing(state)?;
    let call_id = context.call_id.as_deref().ok_or_else(|| ReadError::expected("a string").under("context.callId"))?;
    // An adapter that answers nonsense has not answered: the call stays unknown.
    let outcome = read::<Outcome>("outcome", outcome)
        .unwrap_or_else(|_| Outcome::of(crate::domain::result_code::ResultCode::Indeterminate));
    let (id, progress) = engine::advance(&mut state, call_id, outcome, &mut env)?;
    // Only the checkout's resource is told in XML too.
    let of_checkout = state.operation(&id).is_some_and(|operation| operation.kind == OperationKind::CheckoutPayment);
    let step = Step::progress(&mut state, id, progress, &keeping);
    Ok(if of_checkout { in_format(step, MediaType::of_accept(context.accept.as_deref())) } else { step })
}

fn try_recover(context: &str, state: &str) -> Result<Step, Broken> {
    let context: Context = read("context", context)?;
    let mut env = context.env()?;
    let keeping = context.keeping();
    let Some(mut state) = read_state(state)? else {
        return Ok(Step { idle: true, ..Step::default() });
    };
    if let Some(step) = Step::saving(Some(&state)) {
        return Ok(step);
    }
    match engine::recover(&mut state, &mut env)? {
        Recovery::Idle => Ok(Step { idle: true, ..Step::default() }),
        Recovery::Goes(id, progress) => Ok(Step::progress(&mut state, id, progress, &keeping)),
    }
}

fn try_notify(context: &str, state: &str, notification: &str) -> Result<Step, Broken> {
    let context: Context = read("context", context)?;
    let mut env = context.env()?;
    let keeping = context.keeping();
    let mut state = existing(state)?;
    let notification: Notification = read("notification", notification)?;
    match engine::notify(&mut state, &notification, &mut env)? {
        Fact::Unmatched => Ok(Step::answer(Answer { status: 200, body: "{\"matched\":false}".to_owned() })),
        Fact::Taken(id, progress) => {
            let mut step = Step::progress(&mut state, id, progress, &keeping);
            if step.call.is_none() {
                step.answer = Some(Answer { status: 200, body: "{\"matched\":true}".to_owned() });
            }
            Ok(step)
        }
    }
}

fn try_place_order(context: &str, state: &str) -> Result<Step, Broken> {
    let mut context: Context = read("context", context)?;
    let keeping = context.keeping();
    let checkout = checkout(&mut context)?;
    let number = context
        .order_reference_number
        .as_deref()
        .ok_or_else(|| ReadError::expected("a string").under("context.orderReferenceNumber"))?;
    let mut state = read_state(state)?;
    let placed = order::place(state.as_mut(), &checkout, number, context.now)?;
    // An order without any payment (a cart that costs nothing) leaves no group; its number is the host's to keep.
    let commit = state.as_ref().filter(|_| placed.changed).map(|state| Committed::of(state, &keeping));
    let number = state
        .as_ref()
        .and_then(|state| state.group.order.as_ref())
        .map_or(number, |order| &order.reference_number)
        .to_owned();
    let order_reference_number = (placed.answer.status == 201).then_some(number);
    Ok(Step { commit, answer: Some(placed.answer), order_reference_number, ..Step::default() })
}

fn try_read_payments(context: &str, state: &str) -> Result<Step, Broken> {
    let mut context: Context = read("context", context)?;
    let checkout = checkout(&mut context)?;
    let state = read_state(state)?;
    let body =
        view::payments(state.as_ref(), &checkout, release_order(&context), context.now, &context.capabilities()?)?;
    Ok(Step::answer(Answer { status: 200, body }))
}

fn try_list_unresolved(context: &str, state: &str) -> Result<Step, Broken> {
    let context: Context = read("context", context)?;
    let body = view::unresolved_group(&existing(state)?, context.now, &context.capabilities()?);
    Ok(Step::answer(Answer { status: 200, body }))
}

fn try_list_rows(context: &str, state: &str) -> Result<Step, Broken> {
    let context: Context = read("context", context)?;
    let mut writer = Writer::new(Amounts::Texts);
    // An invoice is stored in a form of its own.
    let rows = match read::<StoredInvoice>("invoice", state) {
        Ok(stored) => invoice_rows(&stored.invoice),
        Err(_) => rows(&existing(state)?, &context.keeping().provider),
    };
    rows.write(&mut writer);
    Ok(Step::answer(Answer { status: 200, body: writer.finish() }))
}

fn try_explain(context: &str, state: &str) -> Result<Step, Broken> {
    let mut context: Context = read("context", context)?;
    let checkout = checkout(&mut context)?;
    let state = read_state(state)?;
    let body = explain::explain(state.as_ref(), &checkout, context.now, &context.capabilities()?)?;
    Ok(Step::answer(Answer { status: 200, body }))
}

/// The version and the idempotency key come in the path and the headers, before the body is looked at.
fn version_of(context: &Context) -> Result<ApiVersion, Refusal> {
    let version = ApiVersion::parse_or_newest(context.api_version.as_deref())?;
    if context.idempotency_key.as_ref().is_some_and(|key| count(key) > IDEMPOTENCY_KEY_CHARS_MAX) {
        let message =
            ["An idempotency key has at most ", &IDEMPOTENCY_KEY_CHARS_MAX.to_string(), " characters."].concat();
        return Err(Refusal::misshapen("idempotencyKey", &message, None));
    }
    Ok(version)
}

fn existing(state: &str) -> Result<State, ReadError> {
    read_state(state)?.ok_or_else(|| ReadError::expected("a state").under("state"))
}

fn checkout(context: &mut Context) -> Result<Checkout, ReadError> {
    context.checkout.take().ok_or_else(|| ReadError::expected("an object").under("context.checkout"))
}

fn release_order(context: &Context) -> ReleaseOrder {
    context.release_order.unwrap_or(ReleaseOrder::ReleaseFirst)
}

fn in_format(mut step: Step, accept: MediaType) -> Step {
    if accept == MediaType::Xml
        && let Some(answer) = &mut step.answer
        && let Some(xml) = xml::answer(&answer.body)
    {
        answer.body = xml;
        step.content_type = Some(MediaType::Xml.as_str());
    }
    step
}
