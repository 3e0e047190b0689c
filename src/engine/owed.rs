//! Releases owed: what must still be let go of at the gateway. Written down, retried until settled, and listed.

use super::env::Env;
use super::step::{Role, Stage, Step};
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::id::IdKind;
use crate::domain::json::json_object;
use crate::domain::timestamp::Timestamp;
use crate::gateway::GatewayOperation;
use crate::prelude::*;

json_object! {
    /// A release that did not succeed yet.
    pub struct ReleaseOwed {
        /// Our id.
        pub id: String = "id",
        /// The record to be released.
        pub record_id: String = "recordId",
        /// How: reverse or refund.
        pub operation: GatewayOperation = "operation",
        /// How much.
        pub amount: Amount = "amount",
        /// In which currency.
        pub currency: Currency = "currencyIsoCode",
        /// How often it was tried.
        pub tries: u32 = "tries",
        /// When to try next.
        pub next_try_at: Timestamp = "nextTryAt",
        /// When it was tried last.
        pub last_try_at: Option<Timestamp> = "lastTryAt",
        /// Since when it is owed.
        pub date: Timestamp = "date",
        /// The step to do: planned anew after a definite refusal, the very same one while its outcome is unknown.
        pub step: Step = "step",
    }
}

impl ReleaseOwed {
    /// From a release step that did not succeed.
    #[must_use]
    pub fn from_release(step: &Step, tries: u32, env: &mut Env) -> Self {
        let record_id = step.target_id.clone().unwrap_or_else(|| step.reference.clone());
        Self {
            id: env.ids.next(IdKind::ReleaseOwed),
            record_id,
            operation: step.operation,
            amount: step.amount,
            currency: step.currency,
            tries,
            next_try_at: env.next_try(tries),
            last_try_at: Some(env.now),
            date: env.now,
            step: step.left_to_do(&mut env.ids),
        }
    }

    /// From a hold that may exist at the gateway and is not wanted any more.
    #[must_use]
    pub fn from_unknown_hold(step: &Step, env: &mut Env) -> Self {
        let mut probe = step.clone();
        probe.role = Role::Probe;
        probe.stage = Stage::Start;
        Self {
            id: env.ids.next(IdKind::ReleaseOwed),
            record_id: step.reference.clone(),
            operation: GatewayOperation::Reverse,
            amount: step.amount,
            currency: step.currency,
            tries: 0,
            next_try_at: env.next_try(1),
            last_try_at: None,
            date: env.now,
            step: probe,
        }
    }

    /// Takes note of another try that did not settle it.
    pub fn tried(&mut self, step: &Step, env: &mut Env) {
        self.tries = self.tries.saturating_add(1);
        self.last_try_at = Some(env.now);
        self.next_try_at = env.next_try(self.tries);
        self.step = step.left_to_do(&mut env.ids);
    }
}
