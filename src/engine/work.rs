//! One operation under the hands of one step: announce, settle, go on, finish.

use super::conclusion::Conclusion;
use super::env::{Env, HELD_MS};
use super::error::EngineError;
use super::operation::{Operation, OperationKind};
use super::owed::ReleaseOwed;
use super::state::State;
use super::status::{OperationEvent, OperationStatus, StepEvent, StepStatus};
use super::step::{Role, Stage, Step};
use super::{apply, resolve};
use crate::domain::money::Money;
use crate::gateway::{Call, GatewayOperation, Outcome, Verdict};
use crate::records::{LivePayment, PaymentGroup, PurchaseOrder};

/// What the host has to do next.
#[derive(Debug)]
pub enum Progress {
    /// Commit, then make this call.
    Call(Box<Call>),
    /// Commit; the operation has nothing more to do now. Its conclusion says what to tell.
    Settled,
}

/// How a call was made; it decides what its outcome proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// The first delivery of an attempt, by a live request.
    First,
    /// The same call once more, with the same key.
    Repeat,
    /// A question about the call.
    Question,
    /// The gateway spoke on its own.
    Notification,
}

/// One operation and what it may change.
#[derive(Debug)]
pub struct Work<'s> {
    /// The records.
    pub group: &'s mut PaymentGroup,
    /// The operation.
    pub operation: &'s mut Operation,
    /// The releases owed.
    pub owed: &'s mut Vec<ReleaseOwed>,
}

impl<'s> Work<'s> {
    /// The operation with this id, ready to be worked on.
    ///
    /// # Errors
    /// [`EngineError::NoSuchCall`] when the state does not have it.
    pub fn on(state: &'s mut State, operation_id: &str) -> Result<Self, EngineError> {
        let State {
            group,
            operations,
            releases_owed,
            ..
        } = state;
        let operation = operations
            .iter_mut()
            .find(|operation| operation.id == operation_id)
            .ok_or(EngineError::NoSuchCall)?;
        Ok(Self {
            group,
            operation,
            owed: releases_owed,
        })
    }

    /// Does the next planned step, or finishes.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn go_on(&mut self, env: &mut Env) -> Result<Progress, EngineError> {
        let stopped = self.operation.conclusion.is_some_and(Conclusion::stops);
        let next = self
            .operation
            .steps
            .iter()
            .position(|step| step.status == StepStatus::Planned && (!stopped || step.role == Role::Undo));
        match next {
            Some(at) => self.announce(at, env).map(|call| Progress::Call(Box::new(call))),
            None => self.finish(env).map(|()| Progress::Settled),
        }
    }

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
        let verdict = proven(self.step(at)?, &outcome, delivery, env);
        if !self.step(at)?.is_open() || !self.operation.is_active() {
            return self.late(at, outcome, verdict, env);
        }
        if verdict != Verdict::Unknown {
            self.step_mut(at)?.outcome = Some(outcome.clone());
            self.operation.held_until = None;
            self.operation.next_try_at = None;
        }
        match verdict {
            Verdict::Done => self.done(at, &outcome, env),
            Verdict::Accepted => self.accepted(at, &outcome, env),
            Verdict::Review => self.review(at, env),
            Verdict::Refused | Verdict::NotSent | Verdict::NotFound => self.refused(at, &outcome, env),
            Verdict::Unknown => self.unknown(at, delivery, env),
        }
    }

    /// The step at `at`.
    ///
    /// # Errors
    /// [`EngineError::NoSuchCall`] when there is none.
    pub fn step(&self, at: usize) -> Result<&Step, EngineError> {
        self.operation.steps.get(at).ok_or(EngineError::NoSuchCall)
    }

    /// The step at `at`, to change.
    ///
    /// # Errors
    /// [`EngineError::NoSuchCall`] when there is none.
    pub fn step_mut(&mut self, at: usize) -> Result<&mut Step, EngineError> {
        self.operation.steps.get_mut(at).ok_or(EngineError::NoSuchCall)
    }

    /// Writes down that the step at `at` will be sent, for the first time in this attempt.
    ///
    /// # Errors
    /// When the status tables do not allow it.
    pub fn announce(&mut self, at: usize, env: &mut Env) -> Result<Call, EngineError> {
        let key = [
            &self.operation.id,
            "-",
            &at.to_string(),
            "-",
            &self.step(at)?.attempt.to_string(),
        ]
        .concat();
        if self.step(at)?.role == Role::Take
            && self
                .operation
                .steps
                .iter()
                .take(at)
                .any(|step| self.releases_live(step))
        {
            // The old payment is released or owed by now; only the new one can stand for the cart.
            self.group.live = None;
        }
        let now = env.now;
        let step = self.step_mut(at)?;
        step.take(StepEvent::Announce)?;
        step.key = Some(key);
        step.stage = Stage::Start;
        step.announced_at = Some(now);
        step.deliveries = 0;
        self.deliver(at, Delivery::First, env)
    }

    /// The call of the step at `at`, to be sent now. The operation counts as driven until the call must have been answered.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn deliver(&mut self, at: usize, delivery: Delivery, env: &mut Env) -> Result<Call, EngineError> {
        if self.operation.status != OperationStatus::Running {
            self.operation.take(OperationEvent::Resume)?;
        }
        self.operation.held_until = Some(env.now.plus(HELD_MS));
        let step = self.step_mut(at)?;
        if delivery != Delivery::Question {
            step.deliveries = step.deliveries.saturating_add(1);
            step.sent_at = Some(env.now);
        }
        self.call(at, delivery)
    }

    fn call(&self, at: usize, delivery: Delivery) -> Result<Call, EngineError> {
        let step = self.step(at)?;
        let question = delivery == Delivery::Question;
        let mode = match delivery {
            Delivery::First => "first",
            Delivery::Repeat => "repeat",
            Delivery::Question | Delivery::Notification => "question",
        };
        let intent = self
            .operation
            .intent
            .as_ref()
            .filter(|_| step.role == Role::Take && !question);
        Ok(Call {
            id: [
                &self.operation.id,
                "/",
                &at.to_string(),
                "/",
                &step.attempt.to_string(),
                "/",
                mode,
            ]
            .concat(),
            operation: if question {
                GatewayOperation::Inquire
            } else {
                step.operation
            },
            idempotency_key: step.key.clone().filter(|_| !question),
            our_reference: step.reference.clone(),
            group_id: self.group.id.clone(),
            checkout_id: self.group.checkout_id.clone(),
            webstore_id: self.group.webstore_id.clone(),
            amount: step.amount,
            currency: step.currency,
            payment_token: step.token.clone().filter(|_| !question),
            gateway_reference: self.reference_for_gateway(step, question),
            inquire_operation: question.then_some(step.operation),
            payments_data: intent.map(|intent| intent.payments_data.clone()).unwrap_or_default(),
            billing_address: intent.and_then(|intent| intent.billing_address.clone()),
        })
    }

    /// A question is about the payment the step made, as far as the gateway has named it; a call is about the one it acts on.
    fn reference_for_gateway(&self, step: &Step, question: bool) -> Option<String> {
        let made = step
            .outcome
            .as_ref()
            .and_then(|outcome| outcome.gateway_reference.clone());
        if question {
            made.or_else(|| step.gateway_reference.clone())
        } else {
            step.gateway_reference.clone().or(made)
        }
    }

    fn done(&mut self, at: usize, outcome: &Outcome, env: &mut Env) -> Result<Progress, EngineError> {
        self.step_mut(at)?.take(StepEvent::Succeed)?;
        apply::happened(self, at, outcome, false, env)?;
        self.resume()?;
        if self.step(at)?.role == Role::Probe {
            self.release_probed(at, env)?;
        }
        apply::refresh_live(self.group)?;
        self.go_on(env)
    }

    fn accepted(&mut self, at: usize, outcome: &Outcome, env: &mut Env) -> Result<Progress, EngineError> {
        apply::happened(self, at, outcome, true, env)?;
        match self.step(at)?.role {
            Role::Release | Role::Undo => {
                // The gateway took the release on; its record is Pending, and becomes owed again if it fails.
                self.step_mut(at)?.take(StepEvent::Succeed)?;
                self.resume()?;
                apply::refresh_live(self.group)?;
                self.go_on(env)
            }
            Role::Take | Role::Probe => {
                self.step_mut(at)?.take(StepEvent::Wait)?;
                if self.group.live.is_none() && self.step(at)?.role == Role::Take {
                    self.make_live(at)?;
                }
                self.operation.conclusion = Some(Conclusion::Pending);
                self.wait(env)
            }
        }
    }

    fn review(&mut self, at: usize, env: &mut Env) -> Result<Progress, EngineError> {
        match self.step(at)?.role {
            Role::Take => {
                self.step_mut(at)?.take(StepEvent::Wait)?;
                self.operation.conclusion = Some(Conclusion::Review);
                self.operation.take(OperationEvent::Wait)?;
                Ok(Progress::Settled)
            }
            // Nothing is held while the bank asks, so there is nothing to find or to let go of; not yet.
            Role::Probe | Role::Release | Role::Undo => {
                self.step_mut(at)?.take(StepEvent::Refuse)?;
                self.owe(at, env)?;
                self.resume()?;
                self.go_on(env)
            }
        }
    }

    fn refused(&mut self, at: usize, outcome: &Outcome, env: &mut Env) -> Result<Progress, EngineError> {
        self.step_mut(at)?.take(StepEvent::Refuse)?;
        apply::did_not_happen(self.group, self.operation, at)?;
        let step = self.step(at)?;
        match step.role {
            Role::Take => {
                let code = if outcome.not_found {
                    crate::domain::result_code::ResultCode::SystemError
                } else {
                    outcome.result_code
                };
                self.stop(Conclusion::of_refusal(code), env)?;
            }
            Role::Probe => self.operation.conclusion = None,
            Role::Release if step.is_charge() && self.operation.kind != OperationKind::Release => {
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
        self.step_mut(at)?.take(StepEvent::Lose)?;
        if delivery != Delivery::First
            && let Some(call) = resolve::next_question(self, at, env)?
        {
            return Ok(Progress::Call(Box::new(call)));
        }
        self.step_mut(at)?.stage = Stage::Start;
        let step = self.step(at)?;
        match step.role {
            Role::Take => {
                if !self.operation.conclusion.is_some_and(Conclusion::stops) {
                    self.operation.conclusion = Some(Conclusion::Indeterminate);
                }
                self.lose(env)
            }
            Role::Release if step.is_charge() && self.operation.kind != OperationKind::Release => {
                self.stop(Conclusion::ReleaseFailure, env)?;
                self.go_on(env)
            }
            Role::Release | Role::Undo | Role::Probe => {
                self.owe(at, env)?;
                self.go_on(env)
            }
        }
    }

    /// A fact about a step that was settled already, or whose operation was. A success stands; a late one is a hold or a charge
    /// that exists after all, so it is recorded, and let go of unless nothing else stands for the cart.
    fn late(&mut self, at: usize, outcome: Outcome, verdict: Verdict, env: &mut Env) -> Result<Progress, EngineError> {
        let open = self.step(at)?.is_open();
        match verdict {
            Verdict::Done if self.step(at)?.status != StepStatus::Succeeded => {
                self.step_mut(at)?.outcome = Some(outcome.clone());
                self.step_mut(at)?.take(StepEvent::Succeed)?;
                apply::happened(self, at, &outcome, false, env)?;
                self.late_success(at, env)?;
            }
            Verdict::Refused | Verdict::NotFound if open => {
                self.step_mut(at)?.take(StepEvent::Refuse)?;
                apply::did_not_happen(self.group, self.operation, at)?;
                let reference = self.step(at)?.reference.clone();
                self.owed
                    .retain(|owed| owed.step.role != Role::Probe || owed.step.reference != reference);
            }
            Verdict::Done
            | Verdict::Accepted
            | Verdict::Review
            | Verdict::Refused
            | Verdict::NotSent
            | Verdict::NotFound
            | Verdict::Unknown => {}
        }
        apply::refresh_live(self.group)?;
        Ok(Progress::Settled)
    }

    fn late_success(&mut self, at: usize, env: &mut Env) -> Result<(), EngineError> {
        let step = self.step(at)?.clone();
        self.owed.retain(|owed| owed.step.reference != step.reference);
        if matches!(step.role, Role::Release | Role::Undo) {
            return Ok(());
        }
        let wanted = self.operation.conclusion != Some(Conclusion::Replaced)
            && self.group.live.is_none()
            && self.group.order.is_none();
        if wanted && step.role == Role::Take {
            return self.make_live(at);
        }
        let release = apply::release_of(self, at, Role::Undo, env)?;
        self.owed
            .extend(release.map(|step| ReleaseOwed::from_release(&step, 0, env)));
        Ok(())
    }

    /// Ends what was tentative: the operation goes on.
    fn resume(&mut self) -> Result<(), EngineError> {
        if !self.operation.conclusion.is_some_and(Conclusion::stops) {
            self.operation.conclusion = None;
        }
        self.operation.take(OperationEvent::Resume)?;
        Ok(())
    }

    fn releases_live(&self, step: &Step) -> bool {
        let (Some(live), Some(target)) = (&self.group.live, &step.target_id) else {
            return false;
        };
        let captured = || {
            self.group
                .captures_of(&live.record_id)
                .any(|capture| &capture.id == target)
        };
        step.role == Role::Release && (&live.record_id == target || captured())
    }

    fn wait(&mut self, env: &mut Env) -> Result<Progress, EngineError> {
        self.operation.tries = self.operation.tries.saturating_add(1);
        self.operation.last_try_at = Some(env.now);
        self.operation.next_try_at = Some(env.next_try(self.operation.tries.saturating_add(2)));
        self.operation.take(OperationEvent::Wait)?;
        Ok(Progress::Settled)
    }

    fn lose(&mut self, env: &mut Env) -> Result<Progress, EngineError> {
        self.operation.held_until = None;
        self.operation.tries = self.operation.tries.saturating_add(1);
        self.operation.last_try_at = Some(env.now);
        self.operation.next_try_at = Some(env.next_try(self.operation.tries));
        self.operation.take(OperationEvent::Lose)?;
        Ok(Progress::Settled)
    }

    /// Stops the operation; what it took already is taken back.
    fn stop(&mut self, conclusion: Conclusion, env: &mut Env) -> Result<(), EngineError> {
        self.operation.conclusion = Some(conclusion);
        if self.operation.steps.iter().any(|step| step.role == Role::Undo) {
            return Ok(());
        }
        let taken: Vec<usize> = self
            .operation
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| step.role == Role::Take && step.status == StepStatus::Succeeded)
            .map(|(at, _)| at)
            .collect();
        for at in taken {
            let undo = apply::release_of(self, at, Role::Undo, env)?;
            self.operation.steps.extend(undo);
        }
        Ok(())
    }

    fn finish(&mut self, env: &mut Env) -> Result<(), EngineError> {
        let unresolved =
            self.operation.steps.iter().any(|step| {
                step.status == StepStatus::Unknown && (step.role == Role::Take || self.stops_on_unknown(step))
            });
        if unresolved {
            return self.lose(env).map(|_| ());
        }
        self.operation.held_until = None;
        self.operation.next_try_at = None;
        if self.operation.conclusion.is_some_and(Conclusion::stops) {
            self.operation.take(OperationEvent::Fail)?;
        } else {
            self.operation.conclusion = Some(Conclusion::Success);
            self.take_over_intent()?;
            self.settle_owed();
            self.operation.take(OperationEvent::Succeed)?;
        }
        self.operation.forget_tokens();
        Ok(())
    }

    fn stops_on_unknown(&self, step: &Step) -> bool {
        step.role == Role::Release && step.is_charge() && self.operation.kind != OperationKind::Release
    }

    fn take_over_intent(&mut self) -> Result<(), EngineError> {
        let Some(intent) = self.operation.intent.clone() else {
            return Ok(());
        };
        if intent.billing_address.is_some() {
            self.group.billing_address = intent.billing_address;
        }
        if let Some(number) = intent.purchase_order_number {
            let mut replaced = Vec::new();
            if let Some(old) = self.group.purchase_order.take() {
                replaced = old.replaced;
                replaced.push(old.number);
            }
            self.group.purchase_order = Some(PurchaseOrder { number, replaced });
            self.group.live = Some(LivePayment {
                kind: intent.kind,
                record_id: self.group.id.clone(),
                digest: intent.digest,
            });
            return Ok(());
        }
        if let Some(at) = self.operation.steps.iter().position(|step| step.role == Role::Take) {
            self.make_live(at)?;
        }
        Ok(())
    }

    fn make_live(&mut self, at: usize) -> Result<(), EngineError> {
        let record_id = self.step(at)?.record_id.clone();
        if let (Some(record_id), Some(intent)) = (record_id, &self.operation.intent) {
            self.group.live = Some(LivePayment {
                kind: intent.kind.clone(),
                record_id,
                digest: intent.digest.clone(),
            });
        }
        Ok(())
    }

    /// Writes a release that did not succeed down as owed, or takes note that one already owed was tried in vain.
    fn owe(&mut self, at: usize, env: &mut Env) -> Result<(), EngineError> {
        let step = self.step(at)?.clone();
        let known = self.operation.owed_id.clone();
        match self.owed.iter_mut().find(|owed| Some(&owed.id) == known.as_ref()) {
            Some(owed) => {
                owed.tried(&step, env);
                self.operation.conclusion = Some(Conclusion::ReleaseFailure);
            }
            None => self.owed.push(ReleaseOwed::from_release(&step, 1, env)),
        }
        Ok(())
    }

    fn settle_owed(&mut self) {
        if let Some(id) = &self.operation.owed_id {
            self.owed.retain(|owed| &owed.id != id);
        }
    }

    /// The abandoned hold exists: let go of it.
    fn release_probed(&mut self, at: usize, env: &mut Env) -> Result<(), EngineError> {
        let release = apply::release_of(self, at, Role::Release, env)?;
        self.operation.steps.extend(release);
        Ok(())
    }
}

/// What an outcome proves about a step, given how it was come by.
fn proven(step: &Step, outcome: &Outcome, delivery: Delivery, env: &Env) -> Verdict {
    let verdict = outcome.verdict();
    match verdict {
        Verdict::NotSent if delivery == Delivery::First && step.deliveries == 1 => Verdict::NotSent,
        // That this delivery was not sent says nothing about the one before it.
        Verdict::NotSent => Verdict::Unknown,
        Verdict::NotFound => {
            let late_enough = step
                .sent_at
                .is_some_and(|sent| env.now.since(sent) >= env.gateway.not_found_after());
            if delivery == Delivery::Question && late_enough {
                Verdict::NotFound
            } else {
                Verdict::Unknown
            }
        }
        Verdict::Done | Verdict::Accepted if !matches_step(step, outcome) => {
            // A payment made outside that is not the cart's was never ours. Any other is an answer nobody can trust.
            if step.operation == GatewayOperation::PostAuth {
                Verdict::Refused
            } else {
                Verdict::Unknown
            }
        }
        Verdict::Done | Verdict::Accepted | Verdict::Review | Verdict::Refused | Verdict::Unknown => verdict,
    }
}

fn matches_step(step: &Step, outcome: &Outcome) -> bool {
    let currency = outcome.currency.unwrap_or(step.currency);
    let amount = outcome.amount.unwrap_or(step.amount);
    currency == step.currency && Money::new(amount, currency).is_ok_and(|money| money.amount() == step.amount)
}
