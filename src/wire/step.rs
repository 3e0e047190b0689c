//! A step as text: three lines, header, state, answer (`docs/core.md`, A step).

use super::context::Keeping;
use crate::checkout::reply;
use crate::domain::error_code::ErrorCode;
use crate::domain::error_code::platform_errors;
use crate::domain::json::{Amounts, Json, ReadError, Writer, json_object};
use crate::engine::{Answer, Begun, EngineError, OperationKind, Progress, State};
use crate::gateway::Call;
use crate::payments;
use crate::payments::rows::{Row, rows};
use crate::prelude::*;

/// What the host has to do.
#[derive(Debug, Default)]
pub struct Step {
    /// The state to commit first, with what the store keeps beside it.
    pub commit: Option<Committed>,
    /// The call to make then.
    pub call: Option<Box<Call>>,
    /// The call settles an earlier operation.
    pub resolving: bool,
    /// Where a request belongs.
    pub located: Option<Located>,
    /// The request is about another group: nothing is done in this one.
    pub elsewhere: bool,
    /// The request names this saved payment method: the host finds its account's state, and asks again.
    pub payment_method_id: Option<String>,
    /// There are payment methods to be saved for this account, together with this state.
    pub save_for_account: Option<String>,
    /// The answer to give.
    pub answer: Option<Answer>,
    /// The media type of the answer, unless it is JSON.
    pub content_type: Option<&'static str>,
    /// Nothing to do now.
    pub idle: bool,
    /// The operation it belongs to.
    pub operation_id: Option<String>,
    /// The number of the order that was placed.
    pub order_reference_number: Option<String>,
}

/// Room for a header with a call in it.
const USUAL_HEADER_BYTES: usize = 1024;

/// Room for the state of a checkout with a few payments, so that the text is not moved while it is written.
const USUAL_STATE_BYTES: usize = 8 * 1024;

/// A state as text. Said once: the optimiser would otherwise put a copy of all that is in a state at each place that writes one.
#[inline(never)]
#[must_use]
pub fn state_text(state: &State) -> String {
    let mut writer = Writer::with_room(Amounts::Texts, USUAL_STATE_BYTES);
    state.write(&mut writer);
    writer.finish()
}

/// A state as the store keeps it.
#[derive(Debug)]
pub struct Committed {
    state: String,
    due: Option<i64>,
    index: Vec<String>,
    rows: Vec<Row>,
}

impl Committed {
    /// The state as text, with its due time, its index, and its rows where the store keeps them.
    #[must_use]
    pub fn of(state: &State, keeping: &Keeping) -> Self {
        Self {
            state: state_text(state),
            due: state.due().map(|due| due.milliseconds()),
            index: state.index(&keeping.provider),
            rows: if keeping.rows { rows(state, &keeping.provider) } else { Vec::new() },
        }
    }
}

/// Why a step can't be made at all: the host broke the contract, or the store is damaged.
#[derive(Debug)]
pub struct Broken(String);

impl From<ReadError> for Broken {
    fn from(error: ReadError) -> Self {
        Self(["at ", &error.path, ": expected ", error.expected].concat())
    }
}

impl From<EngineError> for Broken {
    fn from(error: EngineError) -> Self {
        Self(error.message())
    }
}

json_object! {
    /// What of a request says where it belongs.
    pub struct Located {
        /// The payment group it names.
        pub group_id: Option<String> = "groupId",
        /// Its idempotency key, from the header or the body.
        pub idempotency_key: Option<String> = "idempotencyKey",
        /// The payer.
        pub account_id: Option<String> = "accountId",
    }
}

impl Step {
    /// An answer without a commit.
    #[must_use]
    pub fn answer(answer: Answer) -> Self {
        Self { answer: Some(answer), ..Self::default() }
    }

    /// What an operation's progress means for the host. A settled checkout payment gets its answer, which is stored with it.
    #[must_use]
    pub fn progress(state: &mut State, operation_id: String, progress: Progress, keeping: &Keeping) -> Self {
        let mut step = Self { operation_id: Some(operation_id.clone()), ..Self::default() };
        match progress {
            Progress::Call(call) => step.call = Some(call),
            Progress::Settled => step.answer = store_answer(state, &operation_id),
        }
        step.commit = Some(Committed::of(state, keeping));
        step.save_for_account = to_save(state);
        step
    }

    /// Before anything else is done with a state, what it has for an account is saved.
    #[must_use]
    pub fn saving(state: Option<&State>) -> Option<Self> {
        let save_for_account = Some(to_save(state?)?);
        Some(Self { save_for_account, ..Self::default() })
    }

    /// What a request has led to.
    ///
    /// # Errors
    /// When it led to an operation of no state.
    pub fn begun(begun: Begun, state: Option<&mut State>, keeping: &Keeping) -> Result<Self, EngineError> {
        Ok(match (begun, state) {
            (Begun::Elsewhere, _) => Self { elsewhere: true, ..Self::default() },
            (Begun::NeedsMethod(id), _) => Self { payment_method_id: Some(id), ..Self::default() },
            (Begun::Answered(answer), _) | (Begun::Delivered(answer), None) => Self::answer(answer),
            (Begun::Delivered(answer), Some(state)) => {
                Self { commit: Some(Committed::of(state, keeping)), answer: Some(answer), ..Self::default() }
            }
            (Begun::Own(id, progress), Some(state)) => Self::progress(state, id, progress, keeping),
            (Begun::Earlier(id, progress), Some(state)) => {
                Self { resolving: true, ..Self::progress(state, id, progress, keeping) }
            }
            (Begun::Own(..) | Begun::Earlier(..), None) => return Err(EngineError::NoSuchRecord),
        })
    }

    /// The three lines.
    #[must_use]
    pub fn text(self) -> String {
        let mut writer = Writer::with_room(Amounts::Texts, USUAL_HEADER_BYTES);
        writer.begin_object();
        writer.member("commit", &self.commit.is_some());
        if let Some(committed) = &self.commit {
            if let Some(due) = committed.due {
                writer.key("due");
                writer.raw(&due.to_string());
            }
            writer.member("index", &committed.index);
            if !committed.rows.is_empty() {
                writer.member("rows", &committed.rows);
            }
        }
        writer.member("call", &self.call.map(|call| *call));
        writer.member("resolving", &self.resolving);
        if let Some(answer) = &self.answer {
            writer.member("status", &answer.status);
        }
        writer.member("contentType", &self.content_type.map(str::to_owned));
        writer.member("idle", &self.idle);
        writer.member("elsewhere", &self.elsewhere);
        writer.member("located", &self.located);
        writer.member("paymentMethodId", &self.payment_method_id);
        writer.member("saveForAccount", &self.save_for_account);
        writer.member("operationId", &self.operation_id);
        writer.member("orderReferenceNumber", &self.order_reference_number);
        writer.end_object();
        let state = self.commit.map(|committed| committed.state).unwrap_or_default();
        let body = self.answer.map(|answer| answer.body).unwrap_or_default();
        [writer.finish(), state, body].join("\n")
    }
}

/// The account that something of this state is to be saved for.
fn to_save(state: &State) -> Option<String> {
    state.methods_to_save.first().map(|entry| entry.method.account_id.clone())
}

/// The step as text, whatever it is.
#[must_use]
pub fn respond(step: Result<Step, Broken>) -> String {
    match step {
        Ok(step) => step.text(),
        Err(why) => broken(&why),
    }
}

/// A step that tells the host of its own bug, or of a damaged store. Nothing is committed.
#[must_use]
pub fn broken(why: &Broken) -> String {
    let message = ["The payments core could not use what its host handed in: ", &why.0].concat();
    Step::answer(Answer { status: 500, body: platform_errors(ErrorCode::InternalError, &message) }).text()
}

fn store_answer(state: &mut State, operation_id: &str) -> Option<Answer> {
    let operation = state.operation_mut(operation_id)?;
    match operation.kind {
        OperationKind::CheckoutPayment => {
            let answer = reply::answer(operation);
            operation.answer = Some(answer.clone());
            Some(answer)
        }
        OperationKind::Payments => {
            let operation = state.operation(operation_id)?;
            let answer = payments::answer::answer(state, operation);
            state.operation_mut(operation_id)?.answer = Some(answer.clone());
            Some(answer)
        }
        OperationKind::Release => None,
    }
}
