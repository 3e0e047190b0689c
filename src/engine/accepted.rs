//! Releases that a gateway has accepted and not yet done. Its notification may be lost; so each is waited for, and asked about,
//! by an operation of its own. The payment it was released for has gone on long since.

use std::collections::BTreeMap;

use super::conclusion::Conclusion;
use super::env::Env;
use super::error::EngineError;
use super::operation::{Operation, OperationKind, Plan};
use super::state::State;
use super::status::StepStatus;
use super::step::{Role, Step};
use super::work::Work;
use crate::domain::id::IdKind;
use crate::records::TransactionStatus;

impl State {
    /// Sees to it that every accepted release is waited for.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn await_accepted(&mut self, env: &mut Env) -> Result<(), EngineError> {
        for step in self.accepted_releases() {
            let id = env.ids.next(IdKind::Operation);
            let plan = Plan {
                kind: OperationKind::Release,
                steps: vec![step],
                intent: None,
                idempotency_key: None,
                fingerprint: BTreeMap::new(),
            };
            let mut operation = Operation::new(id.clone(), plan, env.now);
            operation.conclusion = Some(Conclusion::Pending);
            self.operations.push(operation);
            Work::on(self, &id)?.wait(env)?;
        }
        Ok(())
    }

    /// The steps whose record the gateway has accepted and not yet done, and that nothing waits for.
    fn accepted_releases(&self) -> Vec<Step> {
        let pending = |status: TransactionStatus| status == TransactionStatus::Pending;
        let adjustments =
            self.group.adjustments.iter().filter(|record| pending(record.status)).map(|record| &record.id);
        let refunds = self.group.refunds.iter().filter(|record| pending(record.status)).map(|record| &record.id);
        adjustments.chain(refunds).filter_map(|id| self.nobody_waits_for(id)).map(Step::awaited).collect()
    }

    fn nobody_waits_for(&self, record_id: &str) -> Option<&Step> {
        let mut of_record = self
            .operations
            .iter()
            .rev()
            .flat_map(|operation| operation.steps.iter().map(move |step| (operation, step)))
            .filter(|(_, step)| step.reference == record_id && matches!(step.role, Role::Release | Role::Undo));
        let (operation, newest) = of_record.next()?;
        let is_waited_for = operation.is_active() && newest.status() == StepStatus::Announced;
        (!is_waited_for).then_some(newest)
    }
}
