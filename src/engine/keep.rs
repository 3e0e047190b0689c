//! Payment methods that a gateway gave a lasting token of. A tokenization saves its method in its own state, for that is the account's. A
//! payment's method belongs to another aggregate: it is written down as to be saved, with the payment, and saved in a commit of both
//! states (`reference` §2.4, §4.8).

use super::error::EngineError;
use super::state::State;
use super::work::Work;
use crate::domain::json::json_object;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::gateway::{GatewayOperation, Outcome};
use crate::prelude::*;
use crate::records::{Account, PaymentMethod, Saved};

/// The field of a record that names the payment method it was paid with.
pub const PAYMENT_METHOD_ID: &str = "PaymentMethodId";

json_object! {
    /// A payment method that is to be saved for its account.
    pub struct MethodToSave {
        /// Our reference of the call that brought its token.
        pub reference: String = "reference",
        /// The method, token and all.
        pub method: PaymentMethod = "paymentMethod",
    }
}

impl Work<'_> {
    /// Keeps the payment method of the step at `at`, if it has one and the gateway gave its lasting token.
    ///
    /// # Errors
    /// When the state is damaged.
    pub(super) fn keep_method(&mut self, at: usize, outcome: &Outcome, now: Timestamp) -> Result<(), EngineError> {
        let step = self.step_mut(at)?;
        let Some(token) = outcome.gateway_token.clone() else { return Ok(()) };
        let Some(mut method) = step.method.take() else { return Ok(()) };
        let (operation, reference) = (step.operation, step.reference.clone());
        let details = outcome.gateway_token_details.clone().map(|details| ("GatewayTokenDetails".to_owned(), details));
        method.details.extend(details);
        method.token = Some(token);
        method.checksum.clone_from(&outcome.checksum);
        method.customer_reference.clone_from(&outcome.customer_reference);
        (method.date, method.changed) = (now, now);
        if operation == GatewayOperation::Tokenize {
            let account = self.account.as_mut().ok_or(EngineError::NoSuchRecord)?;
            let id = account.save(method, now).id().to_owned();
            let step = self.step_mut(at)?;
            step.details.insert(PAYMENT_METHOD_ID.to_owned(), id.clone());
            step.record_id = Some(id);
        } else {
            self.to_save.push(MethodToSave { reference, method });
        }
        Ok(())
    }
}

impl State {
    /// Saves what this state has for an account; both states are to be committed together. Gives what each method came to. An account that
    /// is full takes no more: what could not be saved is not tried for ever.
    pub fn save_methods(&mut self, account: &mut Account, now: Timestamp) -> Vec<Saved> {
        let (mine, others): (Vec<_>, Vec<_>) =
            self.methods_to_save.drain(..).partition(|entry| entry.method.account_id == account.id);
        self.methods_to_save = others;
        let mut saved = Vec::new();
        for MethodToSave { reference, method } in mine {
            if !account.has_room_for(&method) {
                continue;
            }
            let outcome = account.save(method, now);
            self.note_method(&reference, outcome.id());
            saved.push(outcome);
        }
        saved
    }

    /// The records that were made by the call with this reference name the method they were paid with.
    fn note_method(&mut self, reference: &str, method_id: &str) {
        let steps = self.operations.iter_mut().flat_map(|operation| &mut operation.steps);
        let mut made = Vec::new();
        for step in steps.filter(|step| step.reference == reference) {
            step.details.insert(PAYMENT_METHOD_ID.to_owned(), method_id.to_owned());
            made.extend(step.record_id.clone());
        }
        for id in made {
            if let Some(details) = self.details_of_mut(&id) {
                details.insert(PAYMENT_METHOD_ID.to_owned(), method_id.to_owned());
            }
        }
    }

    fn details_of_mut(&mut self, record_id: &str) -> Option<&mut Texts> {
        let group = &mut self.group;
        let authorizations = group.authorizations.iter_mut().map(|record| (&record.id, &mut record.details));
        let payments = group.payments.iter_mut().map(|record| (&record.id, &mut record.details));
        authorizations.chain(payments).find(|(id, _)| *id == record_id).map(|(_, details)| details)
    }
}
