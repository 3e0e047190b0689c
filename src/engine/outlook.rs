//! What is unresolved in a group: since when, what was heard, and what recovery will do about it next.

use super::env::BACK_OFF_MS;
use super::operation::Operation;
use super::owed::ReleaseOwed;
use super::resolve::next_stage;
use super::state::State;
use super::status::{OperationStatus, StepStatus};
use super::step::{Role, Stage, Step};
use crate::domain::json::json_enum;
use crate::domain::timestamp::Timestamp;
use crate::gateway::Capabilities;
use crate::prelude::*;

json_enum! {
    /// Why something is not over.
    pub enum Why {
        /// Nobody knows whether it happened.
        Unknown = "unknown",
        /// The gateway has accepted it and has not said what became of it.
        Accepted = "accepted",
        /// A release has to be done still.
        Owed = "owed",
        /// Perhaps the gateway holds money that nobody wants any more.
        Abandoned = "abandoned",
    }
}

json_enum! {
    /// What recovery does next.
    pub enum NextWay {
        /// The release is tried, as a new attempt.
        Try = "try",
        /// The very same call once more, with the same key.
        Repeat = "repeat",
        /// A question by our reference.
        AskByOurReference = "askByOurReference",
        /// A question by the gateway's reference.
        AskByGatewayReference = "askByGatewayReference",
        /// Nothing: no way is open. The gateway's notification or a person has to tell.
        Wait = "wait",
    }
}

/// One thing that is not over.
#[derive(Debug)]
pub struct Unresolved<'s> {
    /// Why.
    pub why: Why,
    /// The operation that waits for it, if one does.
    pub operation_id: Option<&'s str>,
    /// The entry of the list of what is owed, if it is there.
    pub owed_id: Option<&'s str>,
    /// The record it is about.
    pub record_id: &'s str,
    /// The call.
    pub step: &'s Step,
    /// Since when.
    pub since: Timestamp,
    /// How often it was tried.
    pub tries: u32,
    /// When it was tried last.
    pub last_try_at: Option<Timestamp>,
    /// When recovery comes to it next.
    pub next_at: Timestamp,
    /// What it does then.
    pub next_way: NextWay,
    /// A person should look: no way is open, or all of them were tried in vain until only a daily look is left.
    pub needs_person: bool,
}

/// Everything in the group that is not over, oldest first. What a process drives at this moment is not in it, nor a challenge
/// the shopper has to meet.
#[must_use]
pub fn unresolved<'s>(state: &'s State, now: Timestamp, gateway: &Capabilities) -> Vec<Unresolved<'s>> {
    let operations = state.operations.iter().filter(|operation| !operation.is_held(now));
    let mut all: Vec<Unresolved<'_>> =
        operations.filter_map(|operation| of_operation(operation, now, gateway)).collect();
    let owed = state.releases_owed.iter().filter(|owed| !state.is_being_settled(owed));
    all.extend(owed.map(|owed| of_owed(owed, now, gateway)));
    all.sort_by_key(|unresolved| unresolved.since);
    all
}

fn of_operation<'s>(operation: &'s Operation, now: Timestamp, gateway: &Capabilities) -> Option<Unresolved<'s>> {
    if !operation.is_active() || operation.waits_for_review() {
        return None;
    }
    let step = operation.open_step_to_resolve().and_then(|at| operation.steps.get(at))?;
    let accepted = operation.is_accepted();
    let why = if accepted { Why::Accepted } else { Why::Unknown };
    // Whoever drove it is gone: recovery takes it up at once.
    let next_at = if operation.status == OperationStatus::Running { now } else { operation.next_try_at.unwrap_or(now) };
    Some(
        Unresolved {
            why,
            operation_id: Some(&operation.id),
            owed_id: operation.owed_id.as_deref(),
            record_id: step.record_id.as_deref().unwrap_or(&step.reference),
            step,
            since: step.announced_at.unwrap_or(operation.date),
            tries: operation.tries,
            last_try_at: operation.last_try_at,
            next_at,
            next_way: next_way(step, accepted, next_at.max(now), gateway),
            needs_person: false,
        }
        .with_need(),
    )
}

fn of_owed<'s>(owed: &'s ReleaseOwed, now: Timestamp, gateway: &Capabilities) -> Unresolved<'s> {
    let why = match (owed.step.role, owed.step.status()) {
        (Role::Probe, _) => Why::Abandoned,
        (_, StepStatus::Unknown) => Why::Unknown,
        (_, _) => Why::Owed,
    };
    Unresolved {
        why,
        operation_id: None,
        owed_id: Some(&owed.id),
        record_id: &owed.record_id,
        step: &owed.step,
        since: owed.date,
        tries: owed.tries,
        last_try_at: owed.last_try_at,
        next_at: owed.next_try_at,
        next_way: next_way(&owed.step, false, owed.next_try_at.max(now), gateway),
        needs_person: false,
    }
    .with_need()
}

impl Unresolved<'_> {
    fn with_need(mut self) -> Self {
        let only_daily = usize::try_from(self.tries).is_ok_and(|tries| tries >= BACK_OFF_MS.len());
        // What the gateway has accepted it will tell by itself.
        let nobody_tells = self.next_way == NextWay::Wait && self.why != Why::Accepted;
        self.needs_person = only_daily || nobody_tells;
        self
    }
}

fn next_way(step: &Step, accepted: bool, at: Timestamp, gateway: &Capabilities) -> NextWay {
    if step.status() == StepStatus::Planned {
        return NextWay::Try;
    }
    match next_stage(step, Stage::Start, accepted, at, gateway) {
        Some(Stage::Repeated) => NextWay::Repeat,
        Some(Stage::AskedByOurs) => NextWay::AskByOurReference,
        Some(Stage::AskedByTheirs) => NextWay::AskByGatewayReference,
        Some(Stage::Start) | None => NextWay::Wait,
    }
}
