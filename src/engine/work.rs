//! One operation under the hands of one step: what it may change, and how its calls are announced.

use super::conclusion::Conclusion;
use super::env::{Env, HELD_MS};
use super::error::EngineError;
use super::keep::MethodToSave;
use super::operation::Operation;
use super::owed::ReleaseOwed;
use super::state::State;
use super::status::{OperationEvent, OperationStatus, StepStatus};
use super::step::{Role, Stage, Step};
use crate::domain::sorted::Sorted;
use crate::gateway::{Call, GatewayOperation, InquireBy};
use crate::prelude::*;
use crate::records::{Account, PaymentGroup};

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
    /// The first delivery of an attempt.
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
    /// The account whose payment methods this state owns, if it is one.
    pub account: &'s mut Option<Account>,
    /// The payment methods that are to be saved for accounts.
    pub to_save: &'s mut Vec<MethodToSave>,
    /// Whether another operation of the group is under way.
    pub beside_another: bool,
    /// Whether another operation of the group is being driven, so that this one has to wait with calls of its own.
    pub another_runs: bool,
}

impl<'s> Work<'s> {
    /// The operation with this id, ready to be worked on.
    ///
    /// # Errors
    /// [`EngineError::NoSuchCall`] when the state does not have it.
    pub fn on(state: &'s mut State, operation_id: &str) -> Result<Self, EngineError> {
        let State { group, operations, releases_owed, account, methods_to_save, .. } = state;
        let others = || operations.iter().filter(|other| other.id != operation_id);
        let beside_another = others().any(Operation::is_in_the_way);
        let another_runs = others().any(|other| other.status == OperationStatus::Running);
        let operation =
            operations.iter_mut().find(|operation| operation.id == operation_id).ok_or(EngineError::NoSuchCall)?;
        Ok(Self {
            group,
            operation,
            owed: releases_owed,
            account,
            to_save: methods_to_save,
            beside_another,
            another_runs,
        })
    }

    /// Does the next planned step, or finishes.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn go_on(&mut self, env: &mut Env) -> Result<Progress, EngineError> {
        if self.operation.steps.iter().any(|step| step.status() == StepStatus::Announced) {
            // A fact came by notification while a call is on its way: who made the call goes on with its outcome.
            self.operation.held_until = Some(env.now.plus(HELD_MS));
            return Ok(Progress::Settled);
        }
        let stopped = self.operation.conclusion.is_some_and(Conclusion::stops);
        let next = self
            .operation
            .steps
            .iter()
            .position(|step| step.status() == StepStatus::Planned && (!stopped || step.role == Role::Undo));
        match next {
            Some(_) if self.another_runs => self.lose(env),
            Some(at) => {
                if self.step(at)?.role == Role::Take {
                    self.owe_what_came_back(env)?;
                }
                self.announce(at, env).map(|call| Progress::Call(Box::new(call)))
            }
            None => self.finish(env).map(|()| Progress::Settled),
        }
    }

    /// The step at `at`.
    ///
    /// # Errors
    /// [`EngineError::NoSuchCall`] when there is none.
    pub fn step(&self, at: usize) -> Result<&Step, EngineError> {
        self.operation.step(at)
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
        let key = [&self.operation.id, "-", &at.to_string(), "-", &self.step(at)?.attempt.to_string()].concat();
        if self.step(at)?.role == Role::Take
            && self.operation.steps.iter().take(at).any(|step| self.releases_live(step))
        {
            // The old payment is released or owed by now; only the new one can stand for the cart.
            self.group.live = None;
        }
        let now = env.now;
        let is_about = payment_it_is_about(self.step(at)?);
        let step = self.step_mut(at)?;
        step.announce()?;
        // What a repeat must say too: the gateway compares the requests of one key.
        step.gateway_reference = is_about;
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
        let is_asked_for = step.role == Role::Take && !question;
        let intent = self.operation.intent.as_ref().filter(|_| is_asked_for);
        Ok(Call {
            id: [&self.operation.id, "/", &at.to_string(), "/", &step.attempt.to_string(), "/", mode].concat(),
            operation: if question { GatewayOperation::Inquire } else { step.operation },
            idempotency_key: step.key.clone().filter(|_| !question),
            our_reference: step.reference.clone(),
            group_id: self.group.id.clone(),
            checkout_id: self.group.checkout_id.clone(),
            webstore_id: self.group.webstore_id.clone(),
            amount: step.amount,
            currency: step.currency,
            payment_token: step.token.clone().filter(|_| !question),
            gateway_reference: if question { payment_it_is_about(step) } else { step.gateway_reference.clone() },
            inquire_operation: question.then_some(step.operation),
            inquire_by: match step.stage {
                Stage::AskedByOurs if question => Some(InquireBy::OurReference),
                Stage::AskedByTheirs if question => Some(InquireBy::GatewayReference),
                Stage::Start | Stage::Repeated | Stage::AskedByOurs | Stage::AskedByTheirs => None,
            },
            payments_data: intent.map(|intent| intent.payments_data.clone()).unwrap_or_default(),
            billing_address: intent.and_then(|intent| intent.billing_address.clone()),
            details: if is_asked_for { step.details.clone() } else { Sorted::new() },
            extras: self.operation.extras.clone().filter(|_| is_asked_for),
        })
    }

    pub(super) fn releases_live(&self, step: &Step) -> bool {
        step.role == Role::Release && self.belongs_to_live(step)
    }

    /// Whether the step acts on the payment that stands for the cart, or on a capture of it.
    pub(super) fn belongs_to_live(&self, step: &Step) -> bool {
        step.target_id.as_deref().is_some_and(|target| self.is_of_live(target))
    }

    /// Whether this record is the payment that stands for the cart, or a capture of it.
    pub(super) fn is_of_live(&self, record_id: &str) -> bool {
        let Some(live) = &self.group.live else { return false };
        let captured = || self.group.captures_of(&live.record_id).any(|capture| capture.id == record_id);
        live.record_id == record_id || captured()
    }
}

/// The payment that the step has made, as far as the gateway has named it (a question is about that one, and so is a new attempt
/// after a review); else the one it acts on.
fn payment_it_is_about(step: &Step) -> Option<String> {
    let made = step.outcome.as_ref().and_then(|outcome| outcome.gateway_reference.clone());
    made.or_else(|| step.gateway_reference.clone())
}
