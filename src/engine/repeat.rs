//! A request that was made before: what its idempotency key, or its having gone unheard, says about it. The same for every use
//! of the engine.

use super::conclusion::Conclusion;
use super::kept_key::differing_parts;
use super::operation::{Answer, Operation};
use super::state::State;
use super::status::OperationStatus;
use super::work::Progress;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

/// What a request leads to.
#[derive(Debug)]
pub enum Begun {
    /// An answer; the state did not change.
    Answered(Answer),
    /// An answer that waited for this client; the state notes that it was given.
    Delivered(Answer),
    /// An operation goes on: this request's own.
    Own(String, Progress),
    /// An operation goes on: an earlier one that must be settled first. Then the request begins again.
    Earlier(String, Progress),
    /// This group has nothing to do with it.
    Elsewhere,
    /// It names this saved payment method, which is in another aggregate: the host has to find it first.
    NeedsMethod(String),
}

/// What an idempotency key was used for before.
#[derive(Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// For nothing that is still known.
    None,
    /// For a request that differs in these parts.
    Other(Vec<String>),
    /// For the same request: this operation has an answer for it.
    Answered(String),
    /// For the same request: this operation runs or is unknown, and is resumed; or it was provably not sent, and is taken anew, for a
    /// repeat is what the client was told to do.
    Open,
}

/// Who asks: the key and the parts of the request.
#[derive(Debug)]
pub struct Asker<'r> {
    /// The client's idempotency key.
    pub key: Option<&'r str>,
    /// A hash of each part of the request.
    pub parts: &'r Texts,
    /// When.
    pub now: Timestamp,
}

impl State {
    /// What this key was used for. A part named `aside` may differ.
    #[must_use]
    pub fn use_of_key(&self, asker: &Asker<'_>, aside: &str) -> KeyUse {
        let of_key = |operation: &&Operation| asker.key.is_some_and(|key| operation.fingerprint_of_key(key).is_some());
        let found = self.operations.iter().rev().find(of_key);
        let known = found.and_then(|operation| operation.fingerprint_of_key(asker.key?));
        let (Some(operation), Some(known)) = (found, known) else { return KeyUse::None };
        let differing: Vec<String> =
            differing_parts(asker.parts, known).into_iter().filter(|name| *name != aside).map(str::to_owned).collect();
        let waits = operation.status == OperationStatus::Waiting;
        let is_open = (operation.is_active() && !waits) || operation.conclusion == Some(Conclusion::SystemError);
        match (differing.is_empty(), is_open) {
            (false, _) => KeyUse::Other(differing),
            (true, true) => KeyUse::Open,
            (true, false) => KeyUse::Answered(operation.id.clone()),
        }
    }
}

impl Operation {
    /// Whether it was settled while nobody was there to hear it.
    #[must_use]
    pub fn is_unheard(&self) -> bool {
        self.undelivered && !self.is_active() && self.conclusion != Some(Conclusion::SystemError)
    }

    /// Whether it was settled unheard, and this is the same request once more: this is its answer then.
    #[must_use]
    pub fn was_unheard_by(&self, asker: &Asker<'_>) -> bool {
        self.is_unheard() && *asker.parts == self.fingerprint
    }

    /// Gives the operation's answer to this request, and from now on to every repeat under its key. `None`: too many keys ask for it
    /// already; the client has one of them, or waits.
    pub fn deliver(&mut self, asker: &Asker<'_>, answer: impl FnOnce(&Self) -> Answer) -> Option<Begun> {
        let known = self.keys.len();
        if !self.keep_key_of(asker) {
            return None;
        }
        let answer = self.answer.clone().unwrap_or_else(|| answer(self));
        if self.undelivered || self.keys.len() > known {
            self.undelivered = false;
            return Some(Begun::Delivered(answer));
        }
        Some(Begun::Answered(answer))
    }

    /// Keeps the key of this request, if it has one. `false` when there are too many already.
    pub fn keep_key_of(&mut self, asker: &Asker<'_>) -> bool {
        asker.key.is_none_or(|key| self.keep_key(key, asker.parts, asker.now))
    }
}
