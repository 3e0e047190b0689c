//! The core's text contract (`docs/core.md`): what a host writes to the core, and how it reads a step.

use checkout_payments::domain::json::{Members, Reader, parse};
use checkout_payments::domain::timestamp::Timestamp;
use checkout_payments::gateway::Call;
use checkout_payments::wire::{core, payments};

/// Which function of the core is asked, with all its arguments but context and state.
#[derive(Debug, Clone)]
pub enum Ask {
    Begin { body: String },
    Advance { outcome: String },
    Recover,
    Notify { fact: String },
    PlaceOrder,
    Read,
    BackOffice { body: String },
}

impl Ask {
    pub fn text(&self, context: &str, state: &str) -> String {
        match self {
            Self::Begin { body } => core::begin_checkout_payment(context, state, body.as_bytes()),
            Self::Advance { outcome } => core::advance(context, state, outcome),
            Self::Recover => core::recover(context, state),
            Self::Notify { fact } => core::notify(context, state, fact),
            Self::PlaceOrder => core::place_order(context, state),
            Self::Read => core::read_payments(context, state),
            Self::BackOffice { body } => payments::begin_payments(context, state, body.as_bytes()),
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Begin { .. } => "begin",
            Self::Advance { .. } => "advance",
            Self::Recover => "recover",
            Self::Notify { .. } => "notify",
            Self::PlaceOrder => "place order",
            Self::Read => "read",
            Self::BackOffice { .. } => "back office",
        }
    }
}

/// A step's three lines, read.
#[derive(Debug)]
pub struct Step {
    pub commit: bool,
    pub due: Option<i64>,
    pub index: Vec<String>,
    pub call: Option<Call>,
    pub resolving: bool,
    pub status: Option<u32>,
    pub idle: bool,
    pub elsewhere: bool,
    pub operation_id: Option<String>,
    pub state: String,
    pub body: String,
}

impl Step {
    /// Reads the three lines and holds them to the contract.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut lines = text.split('\n');
        let (Some(header), Some(state), Some(body), None) = (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err("it is not three lines".to_owned());
        };
        let value = parse(header).map_err(|error| error.message.clone())?;
        let mut reader = Reader::default();
        let step = Self::of(&reader.members(Some(&value)), &mut reader, state, body);
        let step = reader.finish(step).map_err(|error| format!("{}: expected {}", error.path, error.expected))?;
        let faults = [
            (step.commit == step.state.is_empty(), "a state comes with a commit, and only with one"),
            (step.call.is_some() && !step.commit, "a call is written down before it is sent"),
            (step.call.is_some() && step.status.is_some(), "a call or an answer, not both"),
            (step.status == Some(500), "the core could not use what it was handed"),
        ];
        match faults.iter().find(|(is_met, _)| *is_met) {
            Some((_, fault)) => Err((*fault).to_owned()),
            None => Ok(step),
        }
    }

    fn of(header: &Members<'_, '_>, reader: &mut Reader, state: &str, body: &str) -> Self {
        let due: Option<Timestamp> = header.take("due", reader);
        Self {
            commit: header.take("commit", reader),
            due: due.map(Timestamp::milliseconds),
            index: header.take("index", reader),
            call: header.take("call", reader),
            resolving: header.take("resolving", reader),
            status: header.take("status", reader),
            idle: header.take("idle", reader),
            elsewhere: header.take("elsewhere", reader),
            operation_id: header.take("operationId", reader),
            state: state.to_owned(),
            body: body.to_owned(),
        }
    }
}
