//! Taking the outcome of a step: what it proves, and what follows from it for the records and the operation.

use super::apply;
use super::conclusion::Conclusion;
use super::env::Env;
use super::error::EngineError;
use super::evidence::{self, DidNotHappen, Finding, Happened};
use super::operation::OperationKind;
use super::replace;
use super::resolve;
use super::status::{OperationEvent, StepStatus};
use super::step::{Role, Stage, Step};
use super::work::{Delivery, Progress, Work};
use crate::domain::amount::Amount;
use crate::domain::result_code::ResultCode;
use crate::gateway::{GatewayOperation, Outcome};
use crate::prelude::*;
use crate::records::TransactionStatus;

impl Work<'_> {
    /// Takes the outcome of the step at `at` and does what follows from it.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn settle(
        &mut self,
        at: usize,
        outcome: Outcome,
        delivery: Delivery,
        env: &mut Env,
    ) -> Result<Progress, EngineError> {
        let finding = evidence::find(self.step(at)?, &outcome, delivery, env);
        if !self.operation.is_active() || !self.operation.awaits(self.step(at)?) {
            return self.late(at, outcome, finding, delivery, env);
        }
        let role = self.step(at)?.role;
        let is_answered_at_once = delivery == Delivery::First
            && match finding {
                Finding::Done(_) | Finding::Accepted(_) | Finding::Review(_) => true,
                // A release that is refused is tried anew; what it met before is not lost.
                Finding::Refused(_) => !matches!(role, Role::Release | Role::Undo),
                Finding::Unknown => false,
            };
        if !is_answered_at_once {
            self.step_mut(at)?.hear(&outcome, delivery, env.now);
        }
        if !matches!(finding, Finding::Unknown) {
            self.step_mut(at)?.outcome = Some(outcome.without_token());
            self.operation.held_until = None;
            self.operation.next_try_at = None;
        }
        let progress = match finding {
            Finding::Done(proof) => self.done(at, &outcome, proof, env),
            Finding::Accepted(proof) => self.accepted(at, &outcome, proof, env),
            Finding::Review(proof) => self.review(at, &outcome, proof, env),
            Finding::Refused(proof) => self.refused(at, &outcome, proof, env),
            Finding::Unknown => self.unknown(at, delivery, env),
        }?;
        if matches!(finding, Finding::Done(_)) && delivery != Delivery::Notification {
            // The gateway has said all that it has to say: where it gave no lasting token, there is none.
            self.step_mut(at)?.method = None;
        }
        Ok(progress)
    }

    fn done(&mut self, at: usize, outcome: &Outcome, proof: Happened, env: &mut Env) -> Result<Progress, EngineError> {
        self.step_mut(at)?.succeed(proof)?;
        apply::happened(self, at, outcome, false, env)?;
        self.correct_release_failure(at)?;
        if self.step(at)?.role == Role::Take && self.is_overtaken_by_order(at)? {
            self.stop(Conclusion::Replaced, env)?;
        }
        self.resume()?;
        if self.step(at)?.role == Role::Probe {
            self.release_probed(at, env)?;
        }
        apply::refresh_live(self.group)?;
        self.go_on(env)
    }

    fn accepted(
        &mut self,
        at: usize,
        outcome: &Outcome,
        proof: Happened,
        env: &mut Env,
    ) -> Result<Progress, EngineError> {
        apply::happened(self, at, outcome, true, env)?;
        match self.step(at)?.role {
            Role::Release | Role::Undo if self.operation.is_accepted() => self.wait(env),
            // What the back office asked for is told as accepted; whether it comes about is asked by an operation of the engine's. A
            // payment method without its token is nothing yet: that is waited for.
            Role::Take
                if self.operation.kind == OperationKind::Payments
                    && self.step(at)?.operation != GatewayOperation::Tokenize =>
            {
                self.went_on(at, proof, env)
            }
            Role::Release | Role::Undo => {
                // The gateway took the release on; its record is Pending, and becomes owed again if it fails.
                self.correct_release_failure(at)?;
                self.went_on(at, proof, env)
            }
            Role::Take | Role::Probe => {
                self.step_mut(at)?.wait()?;
                if self.group.live.is_none() && self.step(at)?.role == Role::Take {
                    self.make_live(at)?;
                }
                self.operation.conclusion = Some(Conclusion::Pending);
                self.wait(env)
            }
        }
    }

    fn went_on(&mut self, at: usize, proof: Happened, env: &mut Env) -> Result<Progress, EngineError> {
        self.step_mut(at)?.succeed(proof)?;
        self.resume()?;
        apply::refresh_live(self.group)?;
        self.go_on(env)
    }

    fn review(
        &mut self,
        at: usize,
        outcome: &Outcome,
        proof: DidNotHappen,
        env: &mut Env,
    ) -> Result<Progress, EngineError> {
        match self.step(at)?.role {
            // Someone at the gateway has to look at a capture, a reversal or a refund first; it has not happened.
            Role::Take if self.step(at)?.target_id.is_some() => self.refused(at, outcome, proof, env),
            Role::Take => {
                self.step_mut(at)?.wait()?;
                self.operation.conclusion = Some(Conclusion::Review);
                self.operation.take(OperationEvent::Wait)?;
                Ok(Progress::Settled)
            }
            // Nothing is held while the bank asks. Nobody will go on with the challenge, so it is called off.
            Role::Probe => {
                let call_off = replace::call_off(self.step(at)?, env)?;
                self.step_mut(at)?.refuse(proof)?;
                self.operation.steps.extend(call_off);
                self.resume()?;
                self.go_on(env)
            }
            Role::Release | Role::Undo => self.refused(at, outcome, proof, env),
        }
    }

    fn refused(
        &mut self,
        at: usize,
        outcome: &Outcome,
        proof: DidNotHappen,
        env: &mut Env,
    ) -> Result<Progress, EngineError> {
        self.step_mut(at)?.refuse(proof)?;
        apply::did_not_happen(self.group, self.operation, at)?;
        self.stands_again(at, env)?;
        let step = self.step(at)?;
        match step.role {
            Role::Take => {
                let code = if outcome.not_found { ResultCode::SystemError } else { outcome.result_code };
                self.stop(Conclusion::of_refusal(code), env)?;
            }
            Role::Probe => self.operation.conclusion = None,
            Role::Release if self.stops_without(step) => {
                self.stop(Conclusion::ReleaseFailure, env)?;
            }
            // A challenge that was never finished has no record; the gateway's refusal says that nothing is held.
            Role::Release | Role::Undo if step.target_id.is_none() => {}
            Role::Release | Role::Undo => self.owe(at, env)?,
        }
        self.resume()?;
        self.go_on(env)
    }

    fn unknown(&mut self, at: usize, delivery: Delivery, env: &mut Env) -> Result<Progress, EngineError> {
        if delivery == Delivery::Notification {
            return Ok(Progress::Settled);
        }
        // What the gateway accepted stays accepted, however often it fails to say more.
        let accepted = self.operation.is_accepted();
        if delivery != Delivery::First
            && !self.another_runs
            && let Some(call) = resolve::next_question(self, at, env)?
        {
            return Ok(Progress::Call(Box::new(call)));
        }
        self.step_mut(at)?.stage = Stage::Start;
        if accepted {
            return self.wait(env);
        }
        self.step_mut(at)?.lose()?;
        let step = self.step(at)?;
        match step.role {
            Role::Take => {
                if !self.operation.conclusion.is_some_and(Conclusion::stops) {
                    self.operation.conclusion = Some(Conclusion::Indeterminate);
                }
                self.lose(env)
            }
            Role::Release if self.stops_without(step) => {
                self.stop(Conclusion::ReleaseFailure, env)?;
                self.go_on(env)
            }
            Role::Release | Role::Undo | Role::Probe => {
                self.owe(at, env)?;
                self.go_on(env)
            }
        }
    }

    /// A fact about a step that was settled already, or that the operation does not wait for any more. A success stands; a late
    /// one is a hold or a charge that exists after all, so it is recorded, and let go of unless nothing else stands for the
    /// cart.
    fn late(
        &mut self,
        at: usize,
        outcome: Outcome,
        finding: Finding,
        delivery: Delivery,
        env: &mut Env,
    ) -> Result<Progress, EngineError> {
        let open = self.step(at)?.is_open();
        match finding {
            Finding::Done(proof) if self.step(at)?.status() != StepStatus::Succeeded => {
                self.step_mut(at)?.hear(&outcome, delivery, env.now);
                self.step_mut(at)?.outcome = Some(outcome.without_token());
                self.step_mut(at)?.succeed(proof)?;
                apply::happened(self, at, &outcome, false, env)?;
                return self.late_success(at, env);
            }
            Finding::Refused(proof) if open => {
                self.step_mut(at)?.hear(&outcome, delivery, env.now);
                self.step_mut(at)?.refuse(proof)?;
                apply::did_not_happen(self.group, self.operation, at)?;
                self.stands_again(at, env)?;
                let step = self.step(at)?.clone();
                self.owed.retain(|owed| owed.step.role != Role::Probe || owed.step.reference != step.reference);
                // A release that was unknown is known to have failed: it is tried anew.
                for owed in self.owed.iter_mut().filter(|owed| owed.step.reference == step.reference) {
                    owed.tried(&step, env);
                }
            }
            Finding::Done(_) | Finding::Accepted(_) | Finding::Review(_) | Finding::Refused(_) | Finding::Unknown => {}
        }
        apply::refresh_live(self.group)?;
        Ok(Progress::Settled)
    }

    fn late_success(&mut self, at: usize, env: &mut Env) -> Result<Progress, EngineError> {
        let step = self.step(at)?.clone();
        self.owed.retain(|owed| owed.step.reference != step.reference);
        apply::refresh_live(self.group)?;
        match step.role {
            Role::Release | Role::Undo => self.correct_release_failure(at)?,
            // The money of a hold that is let go of is given back.
            Role::Take if self.is_capture_of_what_is_let_go(&step) => self.owe_release_of(at, env)?,
            Role::Take if self.is_asked_for_by_back_office(&step) => return self.conclude_late(env),
            // It was accepted before, and stands for the cart: what was to take its place was not made.
            Role::Take if self.is_live(&step) => {}
            Role::Take if self.is_still_wanted() => return self.conclude_late(env),
            Role::Take | Role::Probe => self.owe_release_of(at, env)?,
        }
        Ok(Progress::Settled)
    }

    /// As if it had been known in time: the same facts end in the same state.
    fn conclude_late(&mut self, env: &mut Env) -> Result<Progress, EngineError> {
        self.operation.conclusion = None;
        self.operation.take(OperationEvent::Resume)?;
        self.go_on(env)
    }

    /// The back office had a payment of the cart's given back, the gateway accepted that, and it has failed: the payment stands as it
    /// did. When another one has taken its place meanwhile, it is let go of.
    fn stands_again(&mut self, at: usize, env: &mut Env) -> Result<(), EngineError> {
        let step = self.step(at)?;
        let gives_back = matches!(step.operation, GatewayOperation::Reverse | GatewayOperation::Refund);
        let Some(id) = step.target_id.clone().filter(|_| gives_back && step.role == Role::Take) else { return Ok(()) };
        let left = self.group.left_of(&id)?.is_some_and(Amount::is_positive);
        let is_owed = self.owed.iter().any(|owed| owed.record_id == id);
        if self.group.checkout_id.is_empty() || !left || is_owed || self.is_of_live(&id) {
            return Ok(());
        }
        let of = self.group.payment(&id).and_then(|payment| payment.payment_authorization_id.as_ref());
        let stood = of.unwrap_or(&id);
        if self.group.live.is_none() && self.group.stood.as_ref().is_some_and(|before| before.record_id == *stood) {
            self.group.live = self.group.stood.take();
            return Ok(());
        }
        self.owe_release(&id, Role::Undo, env)
    }

    /// Nobody but the back office captures, and takes what is no checkout's. What it asked for stands whenever it comes about.
    fn is_asked_for_by_back_office(&self, step: &Step) -> bool {
        step.target_id.is_some() || self.group.checkout_id.is_empty()
    }

    /// Whether the step captured from a hold that does not stand any more: its release was sent, or is owed.
    fn is_capture_of_what_is_let_go(&self, step: &Step) -> bool {
        let Some(hold) = step.target_id.as_ref().filter(|_| step.operation == GatewayOperation::Capture) else {
            return false;
        };
        !self.is_of_live(hold) && self.owed.iter().any(|owed| &owed.record_id == hold)
    }

    fn is_live(&self, step: &Step) -> bool {
        self.group.live.as_ref().is_some_and(|live| Some(&live.record_id) == step.record_id.as_ref())
    }

    /// A refund that stopped the operation, unknown or refused, went through after all, or was accepted. The client was told that
    /// the new payment was not taken, and it was not: it stays so, but the earlier payment is gone, and a repeat is safe.
    fn correct_release_failure(&mut self, at: usize) -> Result<(), EngineError> {
        let stopped = self.stops_without(self.step(at)?);
        if stopped && self.operation.conclusion == Some(Conclusion::ReleaseFailure) {
            self.operation.conclusion = Some(Conclusion::SystemError);
        }
        Ok(())
    }

    /// Whether what this operation is about may still come to stand: no later request and no order has taken its place.
    fn is_still_wanted(&self) -> bool {
        let is_next = self.group.live.is_none() || self.releases_all_of_live();
        // An operation of the engine's own only asks about a payment that was left.
        let was_left =
            self.operation.conclusion == Some(Conclusion::Replaced) || self.operation.kind == OperationKind::Release;
        !was_left && self.group.order.is_none() && !self.beside_another && is_next && self.plan_fits()
    }

    /// Whether of each record that is still to be released there is left what the plan says.
    fn plan_fits(&self) -> bool {
        let planned = |step: &&Step| step.role == Role::Release && step.status() == StepStatus::Planned;
        self.operation.steps.iter().filter(planned).all(|step| {
            let Some(id) = &step.target_id else { return true };
            let left = self.group.left_of(id).ok().flatten();
            left.is_some() && left == self.to_be_released(id)
        })
    }

    /// Whether this operation lets go of all that is left of the payment that stands: it may have been captured since it was planned.
    fn releases_all_of_live(&self) -> bool {
        let Some(live) = &self.group.live else { return true };
        let captures = self.group.captures_of(&live.record_id).map(|capture| &capture.id);
        core::iter::once(&live.record_id).chain(captures).all(|id| {
            let left = self.group.left_of(id).ok().flatten();
            left.is_some_and(|left| !left.is_positive() || self.to_be_released(id) == Some(left))
        })
    }

    /// How much of this record the operation is to let go of and has not, in all its steps; what was accepted and then failed is not
    /// let go of.
    fn to_be_released(&self, record_id: &str) -> Option<Amount> {
        let failed = |step: &Step| {
            let status = step.record_id.as_deref().and_then(|id| self.group.status_of(id));
            status == Some(TransactionStatus::Failed)
        };
        let of_record = |step: &&Step| step.role == Role::Release && step.target_id.as_deref() == Some(record_id);
        let mut open = self
            .operation
            .steps
            .iter()
            .filter(of_record)
            .filter(|step| step.status() != StepStatus::Succeeded || failed(step));
        open.try_fold(Amount::ZERO, |sum, step| sum.checked_add(step.amount).ok())
    }

    /// The order was placed with another payment while this one was unknown or pending.
    fn is_overtaken_by_order(&self, at: usize) -> Result<bool, EngineError> {
        let made = self.step(at)?.record_id.as_ref();
        let stands = self.group.live.as_ref().map(|live| &live.record_id);
        Ok(self.group.order.is_some() && self.operation.intent.is_some() && made != stands)
    }

    /// What the step made is to be let go of, unless that is owed already.
    fn owe_release_of(&mut self, at: usize, env: &mut Env) -> Result<(), EngineError> {
        let made = self.step(at)?.record_id.clone().ok_or(EngineError::NoSuchRecord)?;
        if self.owed.iter().any(|owed| owed.record_id == made) {
            return Ok(());
        }
        self.owe_release(&made, Role::Undo, env)
    }
}
