//! Resolving an unknown: repeat with the same key while the gateway remembers it, ask by our reference, ask by the gateway's,
//! then wait and ask again.

use super::env::Env;
use super::error::EngineError;
use super::operation::Operation;
use super::state::State;
use super::status::{OperationStatus, StepStatus};
use super::step::{Role, Stage, Step};
use super::work::{Delivery, Progress, Work};
use crate::domain::result_code::ResultCode;
use crate::domain::timestamp::Timestamp;
use crate::gateway::{Call, Capabilities, GatewayOperation, InquireBy, Outcome};
use crate::prelude::*;

/// Asks about an active operation, if there is something to ask. An announced call that nobody drives any more is asked about
/// as an unknown one is; it stays announced until the round of questions has ended, for it has not been dealt with before.
///
/// # Errors
/// When the state is damaged.
pub fn resolve(state: &mut State, operation_id: &str, env: &mut Env) -> Result<Progress, EngineError> {
    let mut work = Work::on(state, operation_id)?;
    work.operation.undelivered = true;
    let Some(at) = work.operation.open_step_to_resolve() else {
        return work.go_on(env);
    };
    work.step_mut(at)?.stage = Stage::Start;
    work.operation.last_try_at = Some(env.now);
    match next_question(&mut work, at, env)? {
        Some(call) => Ok(Progress::Call(Box::new(call))),
        // Nothing can be asked; a notification or a person has to tell.
        None => work.settle(at, Outcome::of(ResultCode::Indeterminate), Delivery::Question, env),
    }
}

/// The next question of this round about the step at `at`, if one is left.
///
/// # Errors
/// When the state is damaged.
pub fn next_question(work: &mut Work<'_>, at: usize, env: &mut Env) -> Result<Option<Call>, EngineError> {
    let accepted = work.operation.is_accepted();
    let step = work.step(at)?;
    let Some(stage) = next_stage(step, step.stage, accepted, env.now, &env.gateway) else {
        return Ok(None);
    };
    work.step_mut(at)?.stage = stage;
    let delivery = if stage == Stage::Repeated { Delivery::Repeat } else { Delivery::Question };
    work.deliver(at, delivery, env).map(Some)
}

/// The next way of a round that is open for a step after `done`. `accepted`: the gateway has, and it is not done yet.
#[must_use]
pub fn next_stage(step: &Step, done: Stage, accepted: bool, now: Timestamp, gateway: &Capabilities) -> Option<Stage> {
    let can_ask = |by: InquireBy| gateway.inquire.contains(&by);
    // A clock that was set back, or another process's, may show an earlier time than the announcement's.
    let age = |announced| now.since(announced).max(0);
    let window_open =
        step.announced_at.is_some_and(|announced| age(announced) < gateway.repeats_within()) && step.key.is_some();
    let their_reference = step.outcome.as_ref().is_some_and(|outcome| outcome.gateway_reference.is_some())
        || (step.gateway_reference.is_some() && step.operation == GatewayOperation::PostAuth);
    let by_ours = can_ask(InquireBy::OurReference);
    let by_theirs = can_ask(InquireBy::GatewayReference) && their_reference;
    // Repeating the call of an abandoned hold could make the hold; so it is asked about, and repeated only where one can't ask.
    // Where the gateway only replays an answer that proves nothing, one more repeat tells nothing new. And an accepted call is
    // not repeated at all: the gateway has it, and would say again that it has.
    let only_ask = (step.role == Role::Probe || step.is_replayed()) && (by_ours || by_theirs);
    [
        (Stage::Repeated, window_open && !only_ask && !accepted),
        (Stage::AskedByOurs, by_ours),
        (Stage::AskedByTheirs, by_theirs),
    ]
    .into_iter()
    .find(|(stage, possible)| *possible && *stage > done)
    .map(|(stage, _)| stage)
}

impl Operation {
    /// The place of the step whose outcome this operation itself must learn: the one on its way, else an unknown one (an
    /// unknown refund stays while what was taken is being undone).
    #[must_use]
    pub fn open_step_to_resolve(&self) -> Option<usize> {
        let on_its_way = self.steps.iter().position(|step| step.status() == StepStatus::Announced);
        on_its_way.or_else(|| self.steps.iter().position(|step| self.awaits(step)))
    }

    /// Whether it had to wait with a call of its own while another operation was being driven: nothing of it is unknown, so it needs
    /// no question to go on.
    #[must_use]
    pub fn waits_for_its_turn(&self) -> bool {
        self.status == OperationStatus::Unresolved && self.open_step_to_resolve().is_none()
    }

    /// Whether this operation goes on with the outcome of this step of its own. With that of an unknown release it has gone on
    /// already, unless that is a refund which it stopped for: the list of what is owed takes care of it.
    #[must_use]
    pub fn awaits(&self, step: &Step) -> bool {
        let is_owed = match step.role {
            Role::Release => !step.is_charge(),
            Role::Undo => true,
            Role::Take | Role::Probe => false,
        } && self.owed_id.is_none();
        match step.status() {
            StepStatus::Announced => true,
            StepStatus::Unknown => !is_owed,
            StepStatus::Planned | StepStatus::Succeeded | StepStatus::Refused => false,
        }
    }
}
