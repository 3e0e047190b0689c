//! What a gateway has accepted and not yet done, while no operation waits for it any more: a release after which the payment went
//! on, or a payment whose place another one took. The gateway's notification may be lost; so each is waited for, and asked
//! about, by an operation of its own. So is a payment that was heard to have happened by notification alone, when the gateway has a token to give.

use super::conclusion::Conclusion;
use super::env::Env;
use super::error::EngineError;
use super::operation::{Operation, Plan};
use super::state::State;
use super::status::StepStatus;
use super::step::Step;
use super::work::Work;
use crate::domain::id::IdKind;
use crate::prelude::*;
use crate::records::TransactionStatus;
use crate::records::positions::Positions;

impl State {
    /// Sees to it that everything accepted is waited for.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn await_accepted(&mut self, env: &mut Env) -> Result<(), EngineError> {
        let mut steps = self.accepted_and_forgotten();
        steps.extend(self.without_token());
        for step in steps {
            let id = env.ids.next(IdKind::Operation);
            let mut operation = Operation::new(id.clone(), Plan::to_settle(step), env.now);
            operation.conclusion = Some(Conclusion::Pending);
            self.operations.push(operation);
            Work::on(self, &id)?.wait(env)?;
        }
        Ok(())
    }

    /// The steps whose record the gateway has accepted and not yet done, and that no operation waits for.
    fn accepted_and_forgotten(&self) -> Vec<Step> {
        let pending: Vec<&str> = self.group.with_status(TransactionStatus::Pending).collect();
        if pending.is_empty() {
            return Vec::new();
        }
        let places = Positions::of(&pending, |id| Some(*id));
        // Of each record: the step of the newest operation that is about it, and whether that operation waits for it.
        let mut newest: Vec<Option<(bool, &Step)>> = vec![None; pending.len()];
        for operation in self.operations.iter().rev() {
            for step in &operation.steps {
                let is_waited_for = operation.is_active() && step.status() == StepStatus::Announced;
                for at in step.record_id.iter().flat_map(|id| places.under(id)) {
                    if let Some(newest) = newest.get_mut(at) {
                        newest.get_or_insert((is_waited_for, step));
                    }
                }
            }
        }
        newest
            .into_iter()
            .flatten()
            .filter(|(is_waited_for, _)| !is_waited_for)
            .map(|(_, step)| step.awaited())
            .collect()
    }

    /// The steps that happened, as a notification has told, and whose payment method is to be saved: the gateway is asked for the token, once.
    fn without_token(&mut self) -> Vec<Step> {
        let is_pending = |step: &Step| {
            step.record_id.as_deref().and_then(|id| self.group.status_of(id)) == Some(TransactionStatus::Pending)
        };
        // Few steps have a method, so few records are looked for.
        let has_none =
            |step: &Step| step.method.is_some() && step.status() == StepStatus::Succeeded && !is_pending(step);
        let all = || self.operations.iter().flat_map(|operation| &operation.steps);
        let mut found: Vec<Step> = all().filter(|step| has_none(step)).map(Step::awaited).collect();
        found.dedup_by(|one, other| one.reference == other.reference);
        for step in self.operations.iter_mut().flat_map(|operation| &mut operation.steps) {
            if step.is_settled() && found.iter().any(|found| found.reference == step.reference) {
                step.method = None;
            }
        }
        found
    }
}
