//! The functions of the payments API, text in and text out (`docs/core.md`, Exports).

use super::context::{Context, read, read_state};
use super::step::{Broken, Located, Step, respond};
use crate::checkout::media_type::MediaType;
use crate::domain::error_code::ErrorCode;
use crate::domain::json::ReadError;
use crate::engine::Answer;
use crate::payments::answer;
use crate::payments::begin::{self, Setting};
use crate::payments::operation::PaymentsOperation;
use crate::payments::request::{PaymentsRequest, invalid};
use crate::prelude::*;

/// Where a request belongs: which group it names, under which key it is kept, which payment method it means.
#[must_use]
pub fn locate_payments(context: &str, body: &[u8]) -> String {
    respond(try_locate(context, body))
}

/// Reads and checks a request, decides, announces the call.
#[must_use]
pub fn begin_payments(context: &str, state: &str, body: &[u8]) -> String {
    respond(try_begin(context, state, body))
}

fn try_locate(context: &str, body: &[u8]) -> Result<Step, Broken> {
    let context: Context = read("context", context)?;
    let (request, key) = match request(&context, body)? {
        Ok(request) => request,
        Err(answer) => return Ok(Step::answer(answer)),
    };
    let located =
        Located { group_id: request.group_id.clone(), idempotency_key: key, account_id: request.account_id.clone() };
    Ok(Step { located: Some(located), ..Step::default() })
}

fn try_begin(context: &str, state: &str, body: &[u8]) -> Result<Step, Broken> {
    let context: Context = read("context", context)?;
    let (request, idempotency_key) = match request(&context, body)? {
        Ok(request) => request,
        Err(answer) => return Ok(Step::answer(answer)),
    };
    let mut env = context.env()?;
    let keeping = context.keeping();
    let setting = Setting {
        target: context.target_id.clone(),
        idempotency_key,
        resolved: context.resolved,
        account: context.found_account()?,
    };
    let mut state = read_state(state)?;
    if let Some(step) = Step::saving(state.as_ref()) {
        return Ok(step);
    }
    let begun = begin::begin(&mut state, request, &setting, &mut env)?;
    Ok(Step::begun(begun, state.as_mut(), &keeping)?)
}

type Read = Result<(PaymentsRequest, Option<String>), Answer>;

/// The request and its idempotency key, or the answer that says what is wrong with them.
fn request(context: &Context, body: &[u8]) -> Result<Read, Broken> {
    let operation: PaymentsOperation =
        context.operation.ok_or_else(|| ReadError::expected("an operation").under("context.operation"))?;
    if MediaType::of_content(context.content_type.as_deref()) != Some(MediaType::Json) {
        let message = "The body must be application/json, in UTF-8.";
        return Ok(Err(answer::refused(415, ErrorCode::UnsupportedMediaType, message, &[])));
    }
    let mut request = match PaymentsRequest::read(operation, context.target_id.as_deref(), body) {
        Ok(request) => request,
        Err(refusal) => return Ok(Err(answer::of_refusal(&refusal))),
    };
    let key = match (context.idempotency_key.clone(), request.idempotency_key.take()) {
        (Some(_), Some(_)) => {
            let refusal = invalid("idempotencyKey", "Give it in the body or in the header, not in both.");
            return Ok(Err(answer::of_refusal(&refusal)));
        }
        (header, body) => header.or(body),
    };
    Ok(Ok((request, key)))
}
