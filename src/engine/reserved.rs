//! What of a payment is about to be given back, though no record says so yet.

use super::state::State;
use super::status::StepStatus;
use super::step::Step;
use crate::domain::amount::{Amount, AmountError};
use crate::gateway::GatewayOperation;
use crate::prelude::*;

impl State {
    /// The refunds of this payment that are planned, sent, unknown or owed, and have no record. A record that is Pending counts by
    /// itself.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn refunds_under_way(&self, payment_id: &str) -> Result<Amount, AmountError> {
        let of_operations = self.operations.iter().flat_map(|operation| {
            let goes_on = operation.is_active();
            operation.steps.iter().filter(move |step| {
                // A step that an ended operation never came to is not done any more; one whose outcome is unknown may be.
                step.status() == StepStatus::Unknown || (goes_on && step.status() != StepStatus::Refused)
            })
        });
        let of_owed = self.releases_owed.iter().map(|owed| &owed.step);
        let mut counted: Vec<&str> = Vec::new();
        let mut sum = Amount::ZERO;
        for step in of_operations.chain(of_owed).filter(|step| self.is_open_refund(step, payment_id)) {
            // The same call may stand in an operation, in what is owed, and in the operation that settles that.
            if !counted.contains(&step.reference.as_str()) {
                counted.push(&step.reference);
                sum = sum.checked_add(step.amount)?;
            }
        }
        Ok(sum)
    }

    fn is_open_refund(&self, step: &Step, payment_id: &str) -> bool {
        step.operation == GatewayOperation::Refund
            && step.target_id.as_deref() == Some(payment_id)
            && step.status() != StepStatus::Succeeded
            && self.group.status_of(&step.reference).is_none()
    }
}
