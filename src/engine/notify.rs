//! Notifications: facts, not orders. They may come repeated, late, early and in any order; the same facts end in the same state.

use super::env::Env;
use super::error::EngineError;
use super::owed::ReleaseOwed;
use super::state::State;
use super::status::StepStatus;
use super::step::Role;
use super::work::{Delivery, Progress, Work};
use crate::domain::result_code::ResultCode;
use crate::gateway::{Notification, NotificationEvent, Outcome};
use crate::prelude::*;
use crate::records::{TransactionEvent, TransactionStatus};

/// What a notification came to.
#[derive(Debug)]
pub enum Fact {
    /// The group knows nothing it could be about.
    Unmatched,
    /// It was taken in; this operation goes on.
    Taken(String, Progress),
}

/// Takes a verified fact.
///
/// # Errors
/// When the state is damaged.
pub fn notify(state: &mut State, notification: &Notification, env: &mut Env) -> Result<Fact, EngineError> {
    let Some((operation_id, at)) = find(state, notification) else {
        return Ok(Fact::Unmatched);
    };
    let happened = notification.event == NotificationEvent::Succeeded;
    let mut outcome = Outcome::of(if happened { ResultCode::Success } else { ResultCode::Decline });
    outcome.gateway_reference = Some(notification.gateway_reference.clone());
    outcome.amount = notification.amount;
    outcome.currency = notification.currency;
    outcome.captured = notification.captured;
    outcome.gateway_message.clone_from(&notification.gateway_message);
    outcome.gateway_token.clone_from(&notification.gateway_token);
    let mut work = Work::on(state, &operation_id)?;
    if work.step(at)?.status() == StepStatus::Succeeded {
        settle_record(&mut work, at, happened, env)?;
        return Ok(Fact::Taken(operation_id, Progress::Settled));
    }
    if work.operation.is_active() {
        work.operation.undelivered = true;
    }
    let progress = work.settle(at, outcome, Delivery::Notification, env)?;
    state.share_outcomes();
    state.await_accepted(env)?;
    Ok(Fact::Taken(operation_id, progress))
}

/// The step a notification is about: by our reference where the gateway gives it back, else by the gateway's and the kind of call.
fn find(state: &State, notification: &Notification) -> Option<(String, usize)> {
    let steps =
        || {
            state.operations.iter().rev().flat_map(|operation| {
                operation.steps.iter().enumerate().map(move |(at, step)| (&operation.id, at, step))
            })
        };
    let sent = |step: &super::Step| step.deliveries > 0;
    let by_ours = |(_, _, step): &(&String, usize, &super::Step)| {
        sent(step) && Some(&step.reference) == notification.our_reference.as_ref()
    };
    let by_theirs = |(_, _, step): &(&String, usize, &super::Step)| {
        let made = step.outcome.as_ref().and_then(|outcome| outcome.gateway_reference.as_ref());
        sent(step)
            && (made == Some(&notification.gateway_reference)
                || step.gateway_reference.as_ref() == Some(&notification.gateway_reference))
            && notification.operation.is_none_or(|operation| operation == step.operation)
    };
    steps().find(by_ours).or_else(|| steps().find(by_theirs)).map(|(id, at, _)| (id.clone(), at))
}

/// A fact about what the gateway took on before: the record's table decides. A release that failed after it was accepted is owed again.
fn settle_record(work: &mut Work<'_>, at: usize, happened: bool, env: &mut Env) -> Result<(), EngineError> {
    let step = work.step(at)?.clone();
    let Some(id) = step.record_id.clone() else {
        return Ok(());
    };
    let Some(before) = work.group.status_of(&id) else {
        return Ok(());
    };
    super::apply::move_record(
        work.group,
        &id,
        if happened { TransactionEvent::Succeed } else { TransactionEvent::Fail },
    )?;
    let after = work.group.status_of(&id);
    let released = matches!(step.role, Role::Release | Role::Undo);
    if released && before == TransactionStatus::Pending && after == Some(TransactionStatus::Failed) {
        work.owed.push(ReleaseOwed::from_release(&step, 1, env));
    }
    if released && before == TransactionStatus::Failed && after == Some(TransactionStatus::Processed) {
        work.owed.retain(|owed| Some(&owed.record_id) != step.target_id.as_ref());
    }
    super::apply::refresh_live(work.group)
}
