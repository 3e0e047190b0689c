//! What a gateway has accepted and not yet done, while no operation waits for it any more: a release after which the payment went
//! on, or a payment whose place another one took. The gateway's notification may be lost; so each is waited for, and asked
//! about, by an operation of its own.

use super::conclusion::Conclusion;
use super::env::Env;
use super::error::EngineError;
use super::operation::{Operation, Plan};
use super::state::State;
use super::status::StepStatus;
use super::step::Step;
use super::work::Work;
use crate::domain::id::IdKind;
use crate::records::TransactionStatus;

impl State {
    /// Sees to it that everything accepted is waited for.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn await_accepted(&mut self, env: &mut Env) -> Result<(), EngineError> {
        for step in self.accepted_and_forgotten() {
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
        let pending = self.group.with_status(TransactionStatus::Pending);
        pending.filter_map(|id| self.nobody_waits_for(id)).map(Step::awaited).collect()
    }

    fn nobody_waits_for(&self, record_id: &str) -> Option<&Step> {
        let mut of_record = self
            .operations
            .iter()
            .rev()
            .flat_map(|operation| operation.steps.iter().map(move |step| (operation, step)))
            .filter(|(_, step)| step.record_id.as_deref() == Some(record_id));
        let (operation, newest) = of_record.next()?;
        let is_waited_for = operation.is_active() && newest.status() == StepStatus::Announced;
        (!is_waited_for).then_some(newest)
    }
}
