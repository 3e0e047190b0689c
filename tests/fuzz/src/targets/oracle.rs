//! What every answer of the core must be, whatever it was asked.

use checkout_payments::checkout::media_type::MediaType;
use checkout_payments::domain::json::{Amounts, Json, Writer};
use checkout_payments::engine::{State, invariants};
use checkout_payments::wire::context::read_state;
use serde_json::Value;

use crate::support::step::Step;

/// What is known of what the core was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// The host kept the contract, the store is whole: any status but 500.
    Contract,
    /// The state is whole; the rest may be anything.
    State,
    /// Nothing.
    None,
}

impl Trust {
    /// What is kept of it when the context is of the contract or not, the state whole or not.
    pub fn of(is_of_contract: bool, state_is_whole: bool) -> Self {
        match (is_of_contract, state_is_whole) {
            (_, false) => Self::None,
            (true, true) => Self::Contract,
            (false, true) => Self::State,
        }
    }
}

/// Holds a step to `docs/core.md`.
pub fn step(text: &str, trust: Trust) -> Step {
    let step = Step::parse(text);
    assert!(trust != Trust::Contract || step.status() != Some(500), "500 for what is of the contract: {text}");
    if step.status() == Some(500) {
        assert!(!step.commits() && step.call().is_none(), "nothing follows from what could not be used: {text}");
    }
    if step.status().is_some() {
        answer(&step, text);
    }
    if step.commits() {
        committed(&step, trust, text);
    }
    step
}

/// The body is what the header says.
fn answer(step: &Step, text: &str) {
    if step.header["contentType"] == MediaType::Xml.as_str() {
        roxmltree::Document::parse(&step.body).unwrap_or_else(|error| panic!("{error}: {text}"));
    } else {
        serde_json::from_str::<Value>(&step.body).unwrap_or_else(|error| panic!("{error}: {text}"));
    }
}

/// A state that is written down can be read again, says the same, and the header tells when and where to find it.
fn committed(step: &Step, trust: Trust, text: &str) {
    let state = read_state(&step.state).unwrap_or_else(|error| panic!("{error:?}: {text}")).unwrap();
    assert_eq!(written(&state), step.state, "the state that is read is the one that was written");
    assert_eq!(step.due(), state.due().map(|due| due.milliseconds()), "{text}");
    assert!(step.index().contains(&state.group.id), "a group is found by its id: {text}");
    if trust != Trust::None {
        assert_eq!(invariants::broken(&state), Ok(None), "{text}");
    }
}

fn written(state: &State) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    state.write(&mut writer);
    writer.finish()
}

/// A text that is JSON.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
