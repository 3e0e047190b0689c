//! An operation: a plan under way, stored in the group as data.

use super::conclusion::Conclusion;
use super::error::EngineError;
use super::kept_key::KeptKey;
use super::status::{OPERATION, OperationEvent, OperationStatus, StepStatus};
use super::step::{Role, Step};
use crate::domain::address::Address;
use crate::domain::json::{json_enum, json_object};
use crate::domain::sorted::{Sorted, Texts};
use crate::domain::timestamp::Timestamp;
use crate::gateway::CallExtras;
use crate::prelude::*;
use crate::records::state_table::IllegalMove;

json_enum! {
    /// Who planned an operation.
    pub enum OperationKind {
        /// A checkout payment.
        CheckoutPayment = "checkoutPayment",
        /// The payments API, for the back office.
        Payments = "payments",
        /// The engine itself, to settle a release owed or to wait for what was accepted.
        Release = "release",
    }
}

json_object! {
    /// What the group is to look like once the operation has gone through.
    pub struct Intent {
        /// The request type of the payment that is to stand for the cart.
        pub kind: String = "type",
        /// The digest of the cart it is made for.
        pub digest: String = "digest",
        /// The billing address to take over.
        pub billing_address: Option<Address> = "billingAddress",
        /// Custom data for the gateway.
        pub payments_data: Texts = "paymentsData",
        /// The purchase order number to take over.
        pub purchase_order_number: Option<String> = "purchaseOrderNumber",
    }
}

json_object! {
    /// The answer that was or will be given, so that a repeat is answered alike.
    pub struct Answer {
        /// The HTTP status.
        pub status: u32 = "status",
        /// The body, as text.
        pub body: String = "body",
    }
}

json_object! {
    /// One operation.
    pub struct Operation {
        /// Our id.
        pub id: String = "id",
        /// Who planned it.
        pub kind: OperationKind = "kind",
        /// Where it stands.
        pub status: OperationStatus = "status",
        /// When it began.
        pub date: Timestamp = "date",
        /// Until when it counts as driven by the process that announced its last call.
        pub held_until: Option<Timestamp> = "heldUntil",
        /// How often its unknown was tried to be resolved.
        pub tries: u32 = "tries",
        /// When to try next.
        pub next_try_at: Option<Timestamp> = "nextTryAt",
        /// When it was tried last.
        pub last_try_at: Option<Timestamp> = "lastTryAt",
        /// The client's idempotency keys.
        pub keys: Vec<KeptKey> = "idempotencyKeys",
        /// A hash of each part of the request it was begun with, by the part's name.
        pub fingerprint: Texts = "fingerprint",
        /// What the group is to look like afterwards.
        pub intent: Option<Intent> = "intent",
        /// What its request has for the gateway.
        pub extras: Option<CallExtras> = "extras",
        /// What to do, in order.
        pub steps: Vec<Step> = "steps",
        /// What it came to.
        pub conclusion: Option<Conclusion> = "conclusion",
        /// What the client is told.
        pub answer: Option<Answer> = "answer",
        /// It was concluded while no client was there to hear it.
        pub undelivered: bool = "undelivered",
        /// The release owed that it is to settle.
        pub owed_id: Option<String> = "owedId",
    }
}

/// What a use of the engine wants done.
#[derive(Debug)]
pub struct Plan {
    /// Who planned it.
    pub kind: OperationKind,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// What the group is to look like afterwards.
    pub intent: Option<Intent>,
    /// The client's idempotency key.
    pub idempotency_key: Option<String>,
    /// A hash of each part of the request.
    pub fingerprint: Texts,
    /// What the request has for the gateway.
    pub extras: Option<CallExtras>,
}

impl Plan {
    /// The engine's own: this one step, to settle a release or to wait for what was accepted.
    #[must_use]
    pub fn to_settle(step: Step) -> Self {
        Self {
            kind: OperationKind::Release,
            steps: vec![step],
            intent: None,
            idempotency_key: None,
            fingerprint: Sorted::new(),
            extras: None,
        }
    }
}

impl Operation {
    /// The step at `at`.
    ///
    /// # Errors
    /// [`EngineError::NoSuchCall`] when there is none.
    pub fn step(&self, at: usize) -> Result<&Step, EngineError> {
        self.steps.get(at).ok_or(EngineError::NoSuchCall)
    }

    /// A running operation without an outcome yet.
    #[must_use]
    pub fn new(id: String, plan: Plan, date: Timestamp) -> Self {
        Self {
            id,
            kind: plan.kind,
            status: OperationStatus::Running,
            date,
            held_until: None,
            tries: 0,
            next_try_at: None,
            last_try_at: None,
            keys: plan.idempotency_key.into_iter().map(|key| KeptKey { key, date, fingerprint: None }).collect(),
            fingerprint: plan.fingerprint,
            intent: plan.intent,
            extras: plan.extras,
            steps: plan.steps,
            conclusion: None,
            answer: None,
            undelivered: false,
            owed_id: None,
        }
    }

    /// Moves the status.
    ///
    /// # Errors
    /// [`IllegalMove`] when the table does not list the move.
    pub fn take(&mut self, event: OperationEvent) -> Result<(), IllegalMove> {
        self.status = OPERATION.next(self.status, event)?;
        Ok(())
    }

    /// Whether it is still under way: running, waiting or unresolved.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self.status, OperationStatus::Running | OperationStatus::Waiting | OperationStatus::Unresolved)
    }

    /// Whether it does not know what became of this step of its own, and does not wait for it either.
    #[must_use]
    pub fn has_left_open(&self, step: &Step) -> bool {
        step.status() == StepStatus::Unknown || (step.status() == StepStatus::Announced && !self.is_active())
    }

    /// Whether another operation has to deal with it first. A release stands in nobody's way unless it is being driven.
    #[must_use]
    pub fn is_in_the_way(&self) -> bool {
        self.is_active() && (self.kind != OperationKind::Release || self.status == OperationStatus::Running)
    }

    /// Whether some process drives it now.
    #[must_use]
    pub fn is_held(&self, now: Timestamp) -> bool {
        self.status == OperationStatus::Running && self.held_until.is_some_and(|until| until > now)
    }

    /// The step this operation is about, if it has one.
    #[must_use]
    pub fn take_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.role == Role::Take)
    }

    /// Whether it waits for the shopper's bank.
    #[must_use]
    pub fn waits_for_review(&self) -> bool {
        self.status == OperationStatus::Waiting && self.conclusion == Some(Conclusion::Review)
    }

    /// Whether the gateway has accepted what it waits for, and has not said what became of it.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.conclusion == Some(Conclusion::Pending)
    }

    /// When it last did anything.
    pub(super) fn last_moved_at(&self) -> Timestamp {
        let sent = self.steps.iter().filter_map(|step| step.sent_at);
        sent.chain(self.last_try_at).fold(self.date, Timestamp::max)
    }

    /// Forgets what only an unfinished operation needs. A step that is owed has its own copy.
    pub fn forget_tokens(&mut self) {
        for step in &mut self.steps {
            step.token = None;
        }
    }
}
