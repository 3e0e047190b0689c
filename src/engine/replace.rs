//! A new request takes the place of an operation that waits or can't be resolved.

use super::apply;
use super::conclusion::Conclusion;
use super::env::Env;
use super::error::EngineError;
use super::operation::OperationKind;
use super::owed::ReleaseOwed;
use super::state::State;
use super::status::{OperationEvent, StepStatus};
use super::step::{Role, Step};
use super::work::Work;
use crate::domain::money::Money;
use crate::gateway::GatewayOperation;
use crate::prelude::*;

/// Ends the active operation so that a new one can begin. Gives the releases that the new one must do first, or `None` when
/// the active one can't be left: an unknown charge or refund stops whatever comes after it, and so does what the back office
/// asked for.
///
/// # Errors
/// When the state is damaged.
pub fn replace_active(state: &mut State, env: &mut Env) -> Result<Option<Vec<Step>>, EngineError> {
    let Some(id) = state.active().map(|operation| operation.id.clone()) else {
        return Ok(Some(Vec::new()));
    };
    let mut work = Work::on(state, &id)?;
    let mut releases = Vec::new();
    if let Some(at) = work.operation.open_step_to_resolve() {
        let of_back_office = work.operation.kind == OperationKind::Payments;
        if work.step(at)?.status() == StepStatus::Unknown && (of_back_office || work.step(at)?.may_have_charged()) {
            return Ok(None);
        }
        releases = let_go(&mut work, at, env)?;
    }
    work.owe_releases_left(env)?;
    work.operation.conclusion = Some(Conclusion::Replaced);
    work.end(OperationEvent::Fail)?;
    Ok(Some(releases))
}

fn let_go(work: &mut Work<'_>, at: usize, env: &mut Env) -> Result<Vec<Step>, EngineError> {
    let step = work.step(at)?.clone();
    if step.status() == StepStatus::Unknown {
        // Perhaps it holds money, perhaps not: written down, to be asked about and let go of.
        work.owed.push(ReleaseOwed::from_unknown_hold(&step, env));
        return Ok(Vec::new());
    }
    if let Some(record_id) = &step.record_id {
        // Accepted and pending. As part of the cart's payment it is released with the rest of that; else here.
        let is_of_live = work.is_of_live(record_id);
        let release = if is_of_live { None } else { apply::release_of(work, at, Role::Release, env)? };
        return Ok(release.into_iter().collect());
    }
    Ok(call_off(&step, env)?.into_iter().collect())
}

/// The step that tells the gateway that the challenge of `step` will not be finished, where the gateway has given it a reference.
///
/// # Errors
/// When the state is damaged.
pub fn call_off(step: &Step, env: &mut Env) -> Result<Option<Step>, EngineError> {
    let money = Money::new(step.amount, step.currency).map_err(|_| EngineError::Amount)?;
    let reference = step.outcome.as_ref().and_then(|outcome| outcome.gateway_reference.clone());
    Ok(reference.map(|reference| {
        let mut cancel = Step::planned(Role::Release, GatewayOperation::Reverse, money, &mut env.ids);
        cancel.gateway_reference = Some(reference);
        cancel
    }))
}
