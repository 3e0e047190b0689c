//! What a call of the core is given: a situation and a context, either of them spoilt or not.

use serde_json::Value;

use super::context::context;
use super::edit::edited;
use super::input::Input;
use super::situations::{self, Situation};

/// A state and how to call the core on it.
#[derive(Debug)]
pub struct Given {
    pub situation: &'static Situation,
    /// The state, spoilt or not; empty when there is none.
    pub state: String,
    /// Nobody has been at the state: it is one that the core has made.
    pub state_is_whole: bool,
    /// The context, not spoilt yet.
    pub context: Value,
}

impl Given {
    pub fn read(input: &mut Input<'_>) -> Self {
        let situation = input.pick(situations::all());
        let (state, was_spoilt) =
            if situation.text.is_empty() { (String::new(), false) } else { edited(&situation.state, input) };
        // As it is stored, unless it was spoilt: the members of a parsed object come in another order.
        let state = if was_spoilt { state } else { situation.text.clone() };
        Self { situation, state, state_is_whole: !was_spoilt, context: context(situation.now, input) }
    }

    /// The context as text, perhaps spoilt; whether state and context are of the contract, so that status 500 is a fault.
    pub fn context_text(&self, input: &mut Input<'_>) -> (String, bool) {
        let (text, was_spoilt) = edited(&self.context, input);
        (text, self.state_is_whole && !was_spoilt)
    }

    /// The steps of the state's operations: the operation's id, the place, the step.
    pub fn steps(&self) -> Vec<(&str, usize, &Value)> {
        let operations = self.situation.state["operations"].as_array().into_iter().flatten();
        operations
            .flat_map(|operation| {
                let steps = operation["steps"].as_array().into_iter().flatten().enumerate();
                steps.map(move |(at, step)| (operation["id"].as_str().unwrap_or_default(), at, step))
            })
            .collect()
    }
}
