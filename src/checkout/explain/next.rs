//! What will happen next, by itself or by somebody.

use super::phrases::{call, times};
use crate::domain::characters::capitalized;
use crate::domain::timestamp::Timestamp;
use crate::engine::{self, NextWay, Operation, OperationStatus, State, Unresolved, Why};
use crate::gateway::Capabilities;
use crate::prelude::*;

/// Something that is to come.
pub struct Coming {
    /// When, if that is known.
    pub at: Option<Timestamp>,
    /// What.
    pub text: String,
}

/// What is to come, in the order of time as far as that is known.
pub fn of(state: &State, now: Timestamp, gateway: &Capabilities) -> Vec<Coming> {
    let mut coming: Vec<Coming> =
        state.operations.iter().filter_map(|operation| of_operation(operation, now)).collect();
    let mut unresolved = engine::unresolved(state, now, gateway);
    unresolved.sort_by_key(|unresolved| unresolved.next_at);
    coming.extend(unresolved.iter().map(of_unresolved));
    if coming.is_empty() {
        coming.push(Coming { at: None, text: "Nothing more will happen by itself.".to_owned() });
    }
    coming
}

/// What waits for an answer or for the shopper.
fn of_operation(operation: &Operation, now: Timestamp) -> Option<Coming> {
    let text = if operation.is_held(now) {
        "The answer of a call is due. If none comes, the call counts as unknown and is asked about."
    } else if operation.waits_for_review() && operation.status == OperationStatus::Waiting {
        "The shopper has to meet the bank's challenge and send the same request again. Another payment lets go of it."
    } else {
        return None;
    };
    Some(Coming { at: operation.held_until.filter(|_| operation.is_held(now)), text: text.to_owned() })
}

fn of_unresolved(unresolved: &Unresolved<'_>) -> Coming {
    let name = call(unresolved.step);
    let tried = match unresolved.tries {
        0 => String::new(),
        tries => [" It was tried ", &times(tries), "."].concat(),
    };
    let what = match unresolved.next_way {
        NextWay::Try => [&name, " is tried again."].concat(),
        NextWay::Repeat => [&name, " is repeated with the same key, by which the gateway can't do it twice."].concat(),
        NextWay::AskByOurReference => ["the gateway is asked by our reference what became of ", &name, "."].concat(),
        NextWay::AskByGatewayReference => {
            ["the gateway is asked by its own reference what became of ", &name, "."].concat()
        }
        NextWay::Wait => ["the gateway's notification about ", &name, " is waited for; it can't be asked."].concat(),
    };
    let then = match (unresolved.why, unresolved.next_way) {
        (Why::Abandoned, _) => " If it exists, it is released: it is not wanted any more.",
        (_, NextWay::Try | NextWay::Wait) => "",
        (Why::Accepted, _) => " A notification may come before.",
        (_, _) => " If that tells nothing, the other ways are tried, and later all of them again.",
    };
    let person = if unresolved.needs_person {
        [" A person should look it up in the gateway's own books under our reference ", &unresolved.step.reference, "."]
            .concat()
    } else {
        String::new()
    };
    Coming { at: Some(unresolved.next_at), text: [&capitalized(&what), then, &tried, &person].concat() }
}
