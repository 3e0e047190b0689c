//! Ending an operation, for now or for good: it waits, it is unresolved, it stops, it has gone through.

use super::apply;
use super::conclusion::Conclusion;
use super::env::Env;
use super::error::EngineError;
use super::operation::OperationKind;
use super::owed::ReleaseOwed;
use super::status::{OperationEvent, StepStatus};
use super::step::{Role, Step};
use super::work::{Progress, Work};
use crate::domain::amount::Amount;
use crate::prelude::*;
use crate::records::{LivePayment, PurchaseOrder};

impl Work<'_> {
    /// Ends what was tentative: the operation goes on.
    pub(super) fn resume(&mut self) -> Result<(), EngineError> {
        if !self.operation.conclusion.is_some_and(Conclusion::stops) {
            self.operation.conclusion = None;
        }
        self.operation.take(OperationEvent::Resume)?;
        Ok(())
    }

    /// A notification is due. Asking too, should it be lost, has time.
    pub(super) fn wait(&mut self, env: &mut Env) -> Result<Progress, EngineError> {
        self.try_later(2, OperationEvent::Wait, env)
    }

    /// An outcome is unknown, and is asked about again after a while.
    pub(super) fn lose(&mut self, env: &mut Env) -> Result<Progress, EngineError> {
        self.try_later(0, OperationEvent::Lose, env)
    }

    fn try_later(&mut self, patience: u32, event: OperationEvent, env: &mut Env) -> Result<Progress, EngineError> {
        self.operation.held_until = None;
        self.operation.tries = self.operation.tries.saturating_add(1);
        self.operation.last_try_at = Some(env.now);
        self.operation.next_try_at = Some(env.next_try(self.operation.tries.saturating_add(patience)));
        self.operation.take(event)?;
        Ok(Progress::Settled)
    }

    /// Stops the operation; what it took already is taken back.
    pub(super) fn stop(&mut self, conclusion: Conclusion, env: &mut Env) -> Result<(), EngineError> {
        self.operation.conclusion = Some(conclusion);
        if conclusion == Conclusion::ReleaseFailure {
            self.keep_what_stands();
        }
        self.owe_releases_left(env)?;
        if self.operation.steps.iter().any(|step| step.role == Role::Undo) {
            return Ok(());
        }
        let taken: Vec<usize> = self
            .operation
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| step.role == Role::Take && step.status() == StepStatus::Succeeded)
            .map(|(at, _)| at)
            .collect();
        for at in taken {
            let undo = apply::release_of(self, at, Role::Undo, env)?;
            self.operation.steps.extend(undo);
        }
        Ok(())
    }

    /// This operation ends, and not all its releases have gone through. The payment that stands for the cart goes on standing; any
    /// other that it was to let go of (an unfinished one whose place it took) is nobody's, so its release is owed.
    pub(super) fn owe_releases_left(&mut self, env: &mut Env) -> Result<(), EngineError> {
        let is_left = |step: &&Step| {
            let is_undone = matches!(step.status(), StepStatus::Planned | StepStatus::Refused);
            is_undone && step.role == Role::Release && !self.belongs_to_live(step)
        };
        let left: Vec<Step> = self.operation.steps.iter().filter(is_left).cloned().collect();
        for step in left {
            let Some(target) = &step.target_id else { continue };
            let is_owed = self.owed.iter().any(|owed| &owed.record_id == target);
            if !is_owed && self.group.left_of(target)?.is_some_and(Amount::is_positive) {
                self.owed.push(ReleaseOwed::from_release(&step, 0, env));
            }
        }
        Ok(())
    }

    /// The earlier payment stands after all, so what of it was refused a release is not to be let go of later. What is unknown
    /// stays owed: perhaps it is gone.
    fn keep_what_stands(&mut self) {
        let Some(live) = self.group.live.as_ref().map(|live| &live.record_id) else { return };
        self.owed.retain(|owed| &owed.record_id != live || owed.step.status() == StepStatus::Unknown);
    }

    pub(super) fn finish(&mut self, env: &mut Env) -> Result<(), EngineError> {
        let unresolved =
            self.operation.steps.iter().any(|step| {
                step.status() == StepStatus::Unknown && (step.role == Role::Take || self.stops_without(step))
            });
        if unresolved {
            return self.lose(env).map(|_| ());
        }
        if self.operation.kind == OperationKind::Release && self.operation.steps.iter().any(is_refused_release) {
            // It was refused to another operation that asked for the very same; the list of what is owed knows.
            self.operation.conclusion = Some(Conclusion::ReleaseFailure);
        }
        if self.operation.conclusion.is_some_and(Conclusion::stops) {
            return self.end(OperationEvent::Fail);
        }
        self.operation.conclusion = Some(Conclusion::Success);
        let stood = self.group.live.clone();
        self.take_over_intent()?;
        if let Some(stood) = stood {
            self.owe_what_is_left_of(&stood.record_id, env)?;
        }
        self.settle_owed(env)?;
        self.end(OperationEvent::Succeed)
    }

    /// Ends the operation for good: nothing of it is due any more.
    pub(super) fn end(&mut self, event: OperationEvent) -> Result<(), EngineError> {
        self.operation.held_until = None;
        self.operation.next_try_at = None;
        self.operation.take(event)?;
        self.operation.forget_tokens();
        Ok(())
    }

    /// Whether this operation stops when this step is not made, or is unknown: a refund that a new payment is to follow.
    pub(super) fn stops_without(&self, step: &Step) -> bool {
        step.role == Role::Release && step.is_charge() && self.operation.kind != OperationKind::Release
    }

    /// What stood before has been let go of as far as was left when that was planned. More is left when a reversal that the back office
    /// had asked for has failed since.
    fn owe_what_is_left_of(&mut self, stood: &str, env: &mut Env) -> Result<(), EngineError> {
        if self.is_of_live(stood) {
            return Ok(());
        }
        let captures = self.group.captures_of(stood).map(|capture| capture.id.clone());
        let records: Vec<String> = core::iter::once(stood.to_owned()).chain(captures).collect();
        self.owe_the_rest(&records, env)
    }

    /// The new payment is taken next: of what was let go of before it nothing may be left that is not owed.
    pub(super) fn owe_what_came_back(&mut self, env: &mut Env) -> Result<(), EngineError> {
        let released = |step: &&Step| step.role == Role::Release && step.status() == StepStatus::Succeeded;
        let steps = self.operation.steps.iter().filter(released);
        let records: Vec<String> = steps.filter_map(|step| step.target_id.clone()).collect();
        self.owe_the_rest(&records, env)
    }

    fn owe_the_rest(&mut self, records: &[String], env: &mut Env) -> Result<(), EngineError> {
        for id in records {
            if self.group.left_of(id)?.is_some() && self.owed.iter().all(|owed| owed.record_id != *id) {
                self.owe_release(id, Role::Release, env)?;
            }
        }
        Ok(())
    }

    /// Writes down that what is left of this record is to be let go of, if anything is.
    pub(super) fn owe_release(&mut self, record_id: &str, role: Role, env: &mut Env) -> Result<(), EngineError> {
        let release = apply::release_of_record(self.group, record_id, role, env)?;
        self.owed.extend(release.map(|step| ReleaseOwed::from_release(&step, 0, env)));
        Ok(())
    }

    fn take_over_intent(&mut self) -> Result<(), EngineError> {
        let Some(intent) = &self.operation.intent else {
            return Ok(());
        };
        if intent.billing_address.is_some() {
            self.group.billing_address.clone_from(&intent.billing_address);
        }
        if let Some(number) = &intent.purchase_order_number {
            let mut replaced = Vec::new();
            if let Some(old) = self.group.purchase_order.take() {
                replaced = old.replaced;
                if old.number != *number {
                    replaced.push(old.number);
                }
            }
            self.group.purchase_order = Some(PurchaseOrder { number: number.clone(), replaced });
            let record_id = self.group.id.clone();
            self.group.live = Some(LivePayment { kind: intent.kind.clone(), record_id, digest: intent.digest.clone() });
            return Ok(());
        }
        if let Some(at) = self.operation.steps.iter().position(|step| step.role == Role::Take) {
            self.make_live(at)?;
        }
        Ok(())
    }

    pub(super) fn make_live(&mut self, at: usize) -> Result<(), EngineError> {
        let record_id = self.step(at)?.record_id.clone();
        if let (Some(record_id), Some(intent)) = (record_id, &self.operation.intent) {
            self.group.live = Some(LivePayment { kind: intent.kind.clone(), record_id, digest: intent.digest.clone() });
        }
        Ok(())
    }

    /// Writes a release that did not succeed down as owed, or takes note that one already owed was tried in vain.
    pub(super) fn owe(&mut self, at: usize, env: &mut Env) -> Result<(), EngineError> {
        let step = self.step(at)?.clone();
        let known = self.operation.owed_id.clone();
        match self.owed.iter_mut().find(|owed| Some(&owed.id) == known.as_ref()) {
            Some(owed) => owed.tried(&step, env),
            None => self.owed.push(ReleaseOwed::from_release(&step, 1, env)),
        }
        if self.operation.kind == OperationKind::Release {
            self.operation.conclusion = Some(Conclusion::ReleaseFailure);
        }
        Ok(())
    }

    fn settle_owed(&mut self, env: &mut Env) -> Result<(), EngineError> {
        let settled = self.owed.iter().position(|owed| Some(&owed.id) == self.operation.owed_id.as_ref());
        let Some(settled) = settled.map(|at| self.owed.remove(at)) else { return Ok(()) };
        if settled.step.role == Role::Probe {
            return Ok(()); // what it has found was let go of with it
        }
        // More may be left of it than was owed: a reversal that the back office had asked for has failed since.
        self.owe_what_is_left_of(&settled.record_id, env)
    }

    /// The abandoned hold exists: let go of it.
    pub(super) fn release_probed(&mut self, at: usize, env: &mut Env) -> Result<(), EngineError> {
        let release = apply::release_of(self, at, Role::Release, env)?;
        self.operation.steps.extend(release);
        Ok(())
    }
}

/// A challenge that is called off has no record: refused, nothing is held.
fn is_refused_release(step: &Step) -> bool {
    let releases = matches!(step.role, Role::Release | Role::Undo) && step.target_id.is_some();
    releases && step.status() == StepStatus::Refused
}
