//! What was heard about a call, and how: the record of every try that brought no proof, and of the word that settled it when
//! that was not the call's own first answer. It is what `explain` tells, and what shows that a gateway only repeats itself.

use super::step::{Stage, Step};
use super::work::Delivery;
use crate::domain::json::{Json, Reader, Value, Writer, json_enum, json_object};
use crate::domain::result_code::ResultCode;
use crate::domain::timestamp::Timestamp;
use crate::gateway::{Outcome, RetryCategory, RetryDecision};
use crate::prelude::*;

json_enum! {
    /// How a word of the gateway was come by.
    pub enum Way {
        /// The first delivery of the call.
        Call = "call",
        /// The same call once more, with the same key.
        Repeat = "repeat",
        /// A question by our reference.
        OurReference = "ourReference",
        /// A question by the gateway's reference.
        GatewayReference = "gatewayReference",
        /// Nothing could be asked.
        NoWay = "noWay",
        /// The gateway spoke on its own.
        Notification = "notification",
    }
}

json_object! {
    /// One word of the gateway, or its silence.
    pub struct Heard {
        /// When.
        pub at: Timestamp = "at",
        /// How it was come by.
        pub way: Way = "way",
        /// What it said; `Indeterminate` is silence, or an answer nobody can trust.
        pub result_code: ResultCode = "resultCode",
        /// It knows of no such call.
        pub not_found: bool = "notFound",
        /// It is the stored answer to an earlier delivery.
        pub replayed: bool = "replayed",
        /// The gateway's own code.
        pub gateway_result_code: Option<String> = "gatewayResultCode",
        /// The gateway's words.
        pub gateway_message: Option<String> = "gatewayMessage",
        /// Of a refusal: why, for whoever decides about another try.
        pub retry_category: Option<RetryCategory> = "retryCategory",
        /// Of a refusal: whether the same method may be tried again by itself.
        pub retry_decision: Option<RetryDecision> = "retryDecision",
    }
}

/// As many words as are kept: one round of every way, and what led to it. Older ones go first.
const KEPT: usize = 8;

/// The newest words about one call, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log(Vec<Heard>);

impl Log {
    /// The words that are kept.
    pub fn iter(&self) -> core::slice::Iter<'_, Heard> {
        self.0.iter()
    }

    /// The newest.
    #[must_use]
    pub fn last(&self) -> Option<&Heard> {
        self.0.last()
    }

    fn push(&mut self, heard: Heard) {
        if self.0.len() == KEPT {
            self.0.remove(0);
        }
        self.0.push(heard);
    }

    /// Whether one more repeat would only bring the answer that is known already: the gateway says that it replays a stored
    /// one, or it gave the very same unreadable answer twice.
    fn shows_a_replay(&self) -> bool {
        let mut deliveries = self.0.iter().rev().filter(|heard| matches!(heard.way, Way::Call | Way::Repeat));
        let Some(last) = deliveries.next().filter(|last| last.way == Way::Repeat) else { return false };
        let is_same = |before: &Heard| {
            before.result_code == last.result_code
                && before.gateway_result_code == last.gateway_result_code
                && before.gateway_message == last.gateway_message
        };
        let was_answered = last.gateway_result_code.is_some();
        last.result_code == ResultCode::Indeterminate
            && (last.replayed || (was_answered && deliveries.next().is_some_and(is_same)))
    }
}

impl Json for Log {
    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        Self(Vec::take(value, reader))
    }

    // Most calls are answered at once, and need no log.
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl Step {
    /// Takes note of a word about this step. The first answer that settles the step is in its outcome and is not logged.
    pub fn hear(&mut self, outcome: &Outcome, delivery: Delivery, at: Timestamp) {
        let way = match (delivery, self.stage) {
            (Delivery::First, _) => Way::Call,
            (Delivery::Repeat, _) => Way::Repeat,
            (Delivery::Notification, _) => Way::Notification,
            (Delivery::Question, Stage::AskedByOurs) => Way::OurReference,
            (Delivery::Question, Stage::AskedByTheirs) => Way::GatewayReference,
            (Delivery::Question, Stage::Start | Stage::Repeated) => Way::NoWay,
        };
        self.heard.push(Heard {
            at,
            way,
            result_code: outcome.result_code,
            not_found: outcome.not_found,
            replayed: outcome.replayed,
            gateway_result_code: outcome.gateway_result_code.clone(),
            gateway_message: outcome.gateway_message.clone(),
            retry_category: outcome.retry_category,
            retry_decision: outcome.retry_decision,
        });
    }

    /// Whether the gateway keeps giving the same answer to this key, and it is one that proves nothing.
    #[must_use]
    pub fn is_replayed(&self) -> bool {
        self.heard.shows_a_replay()
    }
}
