//! Recovery: the same code as a normal run, for what nobody drives, what is unknown, and what is owed.

use super::Conclusion;
use super::env::Env;
use super::error::EngineError;
use super::operation::{Operation, Plan};
use super::resolve::resolve;
use super::state::State;
use super::status::{OperationStatus, StepStatus};
use super::work::{Progress, Work};
use crate::domain::id::IdKind;
use crate::prelude::*;

/// What recovery found to do.
#[derive(Debug)]
pub enum Recovery {
    /// Nothing now.
    Idle,
    /// This operation goes on.
    Goes(String, Progress),
}

/// The next piece of recovery this group needs, one at a time.
///
/// # Errors
/// When the state is damaged.
pub fn recover(state: &mut State, env: &mut Env) -> Result<Recovery, EngineError> {
    let running = state.operations.iter().find(|operation| operation.status == OperationStatus::Running);
    if running.is_some_and(|operation| operation.is_held(env.now) && !env.take_over) {
        return Ok(Recovery::Idle);
    }
    // One that runs goes first: beside it, no other may be driven.
    let is_due =
        |operation: &&Operation| operation.is_active() && env.is_due(operation.next_try_at, operation.last_try_at);
    let next = running.or_else(|| state.operations.iter().find(is_due));
    match next.map(|operation| operation.id.clone()) {
        Some(id) => resolve(state, &id, env).map(|progress| Recovery::Goes(id, progress)),
        // What only waits, for a notification or for its next try, does not keep a hold from being let go.
        None => settle_a_release(state, env),
    }
}

fn settle_a_release(state: &mut State, env: &mut Env) -> Result<Recovery, EngineError> {
    let due = state
        .releases_owed
        .iter()
        .find(|owed| env.is_due(Some(owed.next_try_at), owed.last_try_at) && !state.is_being_settled(owed))
        .cloned();
    let Some(mut owed) = due else { return Ok(Recovery::Idle) };
    if owed.step.status() == StepStatus::Planned
        && let Some(left) = state.group.left_of(&owed.record_id)?.filter(|left| left.is_positive())
    {
        // A part of it may have been captured or let go of since.
        owed.step.amount = owed.step.amount.min(left);
    }
    let id = env.ids.next(IdKind::Operation);
    let mut operation = Operation::new(id.clone(), Plan::to_settle(owed.step.clone()), env.now);
    operation.owed_id = Some(owed.id.clone());
    state.operations.push(operation);
    let planned = owed.step.status() == StepStatus::Planned;
    if planned && nothing_left(state, &owed.record_id)? {
        state.releases_owed.retain(|other| other.id != owed.id);
        let work = Work::on(state, &id)?;
        work.operation.steps.clear();
        work.operation.conclusion = Some(Conclusion::Success);
        work.operation.take(super::OperationEvent::Succeed)?;
        return Ok(Recovery::Goes(id, Progress::Settled));
    }
    let progress = if planned { Work::on(state, &id)?.go_on(env)? } else { resolve(state, &id, env)? };
    if let Some(operation) = state.operation_mut(&id) {
        operation.undelivered = false;
    }
    Ok(Recovery::Goes(id, progress))
}

/// A hold that failed or was released meanwhile needs no release any more. But a release that was sent, and of which nobody knows, is
/// still to be found out about: the hold may happen after all.
fn nothing_left(state: &State, record_id: &str) -> Result<bool, EngineError> {
    let left = state.group.left_of(record_id)?;
    Ok(left.is_some_and(|left| !left.is_positive()))
}
