//! A step of an operation: one call to the gateway, from its plan to its outcome.

use super::evidence::{DidNotHappen, Happened};
use super::heard::Log;
use super::keep::PAYMENT_METHOD_ID;
use super::status::{STEP, StepEvent, StepStatus};
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::id::{IdKind, IdSource};
use crate::domain::json::{json_enum, json_object};
use crate::domain::money::Money;
use crate::domain::redacted::Redacted;
use crate::domain::sorted::{Sorted, Texts};
use crate::domain::timestamp::Timestamp;
use crate::gateway::{GatewayOperation, Outcome};
use crate::prelude::*;
use crate::records::PaymentMethod;
use crate::records::state_table::IllegalMove;

json_enum! {
    /// What a step is for; this decides what its outcome means for the operation.
    pub enum Role {
        /// It is what the operation is about. Refused or unknown, it stops the operation.
        Take = "take",
        /// It lets go of an older payment. A hold that can't be let go is owed; a charge that can't be stops the operation.
        Release = "release",
        /// It takes back what this operation took, after a stop. What can't be taken back is owed.
        Undo = "undo",
        /// It finds out whether an abandoned hold exists; if so, a release follows.
        Probe = "probe",
    }
}

json_enum! {
    /// How far the questions about an unknown have come in this round.
    pub enum Stage {
        /// Nothing asked yet.
        Start = "start",
        /// Repeated with the same key.
        Repeated = "repeated",
        /// Asked by our reference.
        AskedByOurs = "askedByOurs",
        /// Asked by the gateway's reference.
        AskedByTheirs = "askedByTheirs",
    }
}

json_object! {
    /// One step.
    pub struct Step {
        /// What to ask of the gateway.
        pub operation: GatewayOperation = "operation",
        /// What it is for.
        pub role: Role = "role",
        /// Where it stands.
        status: StepStatus = "status",
        /// How much.
        pub amount: Amount = "amount",
        /// In which currency.
        pub currency: Currency = "currencyIsoCode",
        /// Our reference: the id of the record it makes.
        pub reference: String = "reference",
        /// The record it made.
        pub record_id: Option<String> = "recordId",
        /// The record it acts on.
        pub target_id: Option<String> = "targetId",
        /// What the record it makes is to keep and the core does not reason about.
        pub details: Texts = "details",
        /// The gateway's id of the payment acted on, or of the one under review.
        pub gateway_reference: Option<String> = "gatewayReference",
        /// The shopper's token; forgotten once no call can need it any more.
        pub token: Option<Redacted> = "token",
        /// The payment method that is to be saved once the gateway gives a lasting token of it: as it will be, but for the token.
        pub method: Option<PaymentMethod> = "paymentMethod",
        /// Counts from 1; a new one only after a definite answer.
        pub attempt: u32 = "attempt",
        /// The gateway's idempotency key of this attempt.
        pub key: Option<String> = "key",
        /// How often this attempt was sent.
        pub deliveries: u32 = "deliveries",
        /// How far the questions have come.
        pub stage: Stage = "stage",
        /// When this attempt was announced first: the key window counts from here.
        pub announced_at: Option<Timestamp> = "announcedAt",
        /// When this attempt was sent last.
        pub sent_at: Option<Timestamp> = "sentAt",
        /// What the gateway said last.
        pub outcome: Option<Outcome> = "outcome",
        /// What was heard about it beside a first answer that settled it.
        pub heard: Log = "heard",
    }
}

impl Step {
    /// A planned step.
    #[must_use]
    pub fn planned(role: Role, operation: GatewayOperation, money: Money, ids: &mut IdSource) -> Self {
        Self {
            operation,
            role,
            status: StepStatus::Planned,
            amount: money.amount(),
            currency: money.currency(),
            reference: ids.next(record_kind(operation)),
            record_id: None,
            target_id: None,
            details: Sorted::new(),
            gateway_reference: None,
            token: None,
            method: None,
            attempt: 1,
            key: None,
            deliveries: 0,
            stage: Stage::Start,
            announced_at: None,
            sent_at: None,
            outcome: None,
            heard: Log::default(),
        }
    }

    /// The same step, acting on this record.
    #[must_use]
    pub fn on(mut self, target_id: &str, gateway_reference: Option<&str>) -> Self {
        self.target_id = Some(target_id.to_owned());
        self.gateway_reference = gateway_reference.map(str::to_owned);
        self
    }

    /// The same step, with the shopper's token.
    #[must_use]
    pub fn with_token(mut self, token: Redacted) -> Self {
        self.token = Some(token);
        self
    }

    /// The same step, paid with this saved method.
    #[must_use]
    pub fn paid_with(mut self, method: &PaymentMethod) -> Self {
        self.token.clone_from(&method.token);
        self.details.insert(PAYMENT_METHOD_ID.to_owned(), method.id.clone());
        self.details.insert("AccountId".to_owned(), method.account_id.clone());
        self
    }

    /// The same step, by which this payment method is saved.
    #[must_use]
    pub fn saving(mut self, method: PaymentMethod) -> Self {
        self.method = Some(method);
        self
    }

    /// The same step, whose record keeps these details.
    #[must_use]
    pub fn with_details(mut self, details: Texts) -> Self {
        self.details = details;
        self
    }

    /// Whether it moves money for good, so that an unknown outcome must stop whatever would come after it.
    #[must_use]
    pub fn is_charge(&self) -> bool {
        match self.operation {
            GatewayOperation::Capture | GatewayOperation::Sale | GatewayOperation::Refund => true,
            GatewayOperation::Authorize
            | GatewayOperation::PostAuth
            | GatewayOperation::Reverse
            | GatewayOperation::Tokenize
            | GatewayOperation::Inquire => false,
        }
    }

    /// Whether an unknown outcome of it may be a charge. A payment made outside may have been taken already.
    #[must_use]
    pub fn may_have_charged(&self) -> bool {
        self.is_charge() || self.operation == GatewayOperation::PostAuth
    }

    /// Where it stands. Only the moves below change it, and the two that settle it ask for proof.
    #[must_use]
    pub fn status(&self) -> StepStatus {
        self.status
    }

    /// It is written down and will be sent.
    ///
    /// # Errors
    /// [`IllegalMove`] when the table does not list the move; so with all moves.
    pub fn announce(&mut self) -> Result<(), IllegalMove> {
        self.take(StepEvent::Announce)
    }

    /// It happened.
    ///
    /// # Errors
    /// As [`Step::announce`].
    pub fn succeed(&mut self, _proof: Happened) -> Result<(), IllegalMove> {
        self.take(StepEvent::Succeed)
    }

    /// It did not happen.
    ///
    /// # Errors
    /// As [`Step::announce`].
    pub fn refuse(&mut self, _proof: DidNotHappen) -> Result<(), IllegalMove> {
        self.take(StepEvent::Refuse)
    }

    /// No trustworthy answer.
    ///
    /// # Errors
    /// As [`Step::announce`].
    pub fn lose(&mut self) -> Result<(), IllegalMove> {
        self.take(StepEvent::Lose)
    }

    /// The gateway waits, for the shopper's bank or for its own processing.
    ///
    /// # Errors
    /// As [`Step::announce`].
    pub fn wait(&mut self) -> Result<(), IllegalMove> {
        self.take(StepEvent::Wait)
    }

    /// Whether its outcome is known.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(self.status, StepStatus::Succeeded | StepStatus::Refused)
    }

    /// An open step learns what another operation has found out about the very same call.
    pub fn learn_from(&mut self, other: &Self) {
        if self.is_open() && other.is_settled() && other.reference == self.reference {
            self.status = other.status;
            self.record_id.clone_from(&other.record_id);
            self.outcome.clone_from(&other.outcome);
            self.heard.clone_from(&other.heard);
            self.token = None;
        }
    }

    /// What is left to do of a release that did not succeed. An unknown one is kept as it is, key and all: only the same key can
    /// tell. Any other is planned anew, with a new reference, so that the gateway does not replay its refusal.
    #[must_use]
    pub fn left_to_do(&self, ids: &mut IdSource) -> Self {
        if self.status == StepStatus::Unknown {
            return Self { stage: Stage::Start, ..self.clone() };
        }
        Self {
            status: StepStatus::Planned,
            reference: ids.next(record_kind(self.operation)),
            key: None,
            deliveries: 0,
            stage: Stage::Start,
            announced_at: None,
            sent_at: None,
            record_id: None,
            outcome: None,
            ..self.clone()
        }
    }

    /// The very same call as part of another plan, which lets go of what it acts on.
    #[must_use]
    pub fn as_release(&self) -> Self {
        Self { role: Role::Release, ..self.clone() }
    }

    /// The same step while the gateway, which has accepted it, still has to do it.
    #[must_use]
    pub fn awaited(&self) -> Self {
        Self { status: StepStatus::Announced, stage: Stage::Start, ..self.clone() }
    }

    fn take(&mut self, event: StepEvent) -> Result<(), IllegalMove> {
        self.status = STEP.next(self.status, event)?;
        Ok(())
    }

    /// Whether an outcome is still to come: announced or unknown.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.status, StepStatus::Announced | StepStatus::Unknown)
    }
}

fn record_kind(operation: GatewayOperation) -> IdKind {
    match operation {
        GatewayOperation::Authorize | GatewayOperation::PostAuth | GatewayOperation::Inquire => {
            IdKind::PaymentAuthorization
        }
        GatewayOperation::Tokenize => IdKind::PaymentMethod,
        GatewayOperation::Capture | GatewayOperation::Sale => IdKind::Payment,
        GatewayOperation::Reverse => IdKind::PaymentAuthAdjustment,
        GatewayOperation::Refund => IdKind::Refund,
    }
}
