//! Beginning an operation and taking the outcomes of its calls.

use super::env::Env;
use super::error::EngineError;
use super::operation::{Operation, Plan};
use super::state::State;
use super::work::{Delivery, Progress, Work};
use crate::domain::id::IdKind;
use crate::gateway::{Outcome, Verdict};
use crate::prelude::*;

/// Begins an operation: it is written down, its first call announced. Gives its id too.
///
/// # Errors
/// When the state is damaged.
pub fn begin(state: &mut State, plan: Plan, env: &mut Env) -> Result<(String, Progress), EngineError> {
    let id = env.ids.next(IdKind::Operation);
    state.operations.push(Operation::new(id.clone(), plan, env.now));
    let progress = Work::on(state, &id)?.go_on(env)?;
    state.await_accepted(env)?;
    Ok((id, progress))
}

/// Takes the outcome of the call with this id and does what follows. Gives the id of the operation too.
///
/// # Errors
/// When the call is not one of this group's, or the state is damaged.
pub fn advance(
    state: &mut State,
    call_id: &str,
    outcome: Outcome,
    env: &mut Env,
) -> Result<(String, Progress), EngineError> {
    let mut parts = call_id.split('/');
    let mut part = || parts.next().ok_or(EngineError::NoSuchCall);
    let (operation_id, at, attempt, mode) = (part()?, part()?, part()?, part()?);
    let at = at.parse().map_err(|_| EngineError::NoSuchCall)?;
    let attempt: u32 = attempt.parse().map_err(|_| EngineError::NoSuchCall)?;
    let delivery = match mode {
        "first" => Delivery::First,
        "repeat" => Delivery::Repeat,
        "question" => Delivery::Question,
        _ => return Err(EngineError::NoSuchCall),
    };
    let mut work = Work::on(state, operation_id)?;
    let happened = matches!(outcome.verdict(), Verdict::Done | Verdict::Accepted);
    if attempt < work.step(at)?.attempt && !happened {
        // The late answer of an attempt before the present one: only a success says anything about the step.
        return Ok((operation_id.to_owned(), Progress::Settled));
    }
    let progress = work.settle(at, outcome, delivery, env)?;
    state.share_outcomes();
    state.await_accepted(env)?;
    Ok((operation_id.to_owned(), progress))
}

/// The shopper has met the bank's challenge, or wants to: the reviewed step is tried anew, as a new attempt with a new key.
///
/// # Errors
/// When the state is damaged.
pub fn try_reviewed_again(state: &mut State, operation_id: &str, env: &mut Env) -> Result<Progress, EngineError> {
    let mut work = Work::on(state, operation_id)?;
    let at = work.operation.open_step_to_resolve().ok_or(EngineError::NoSuchCall)?;
    let step = work.step_mut(at)?;
    step.attempt = step.attempt.checked_add(1).ok_or(EngineError::TooManyAttempts)?;
    work.announce(at, env).map(|call| Progress::Call(Box::new(call)))
}
