//! The answer to a request that makes no gateway call, kept under its idempotency key in a row of its own: committed with what the
//! request changes, so that either both are there or neither.

use super::kept_key::{KeptKey, is_old};
use super::operation::Answer;
use crate::domain::hash::hash;
use crate::domain::json::json_object;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

/// The version of the stored form.
pub const KEPT_ANSWER_SCHEMA: u32 = 1;

json_object! {
    /// A client's idempotency key, the request it was used for, and the answer to that.
    pub struct KeptAnswer {
        /// The version of the stored form.
        pub schema: u32 = "schema",
        /// The key, with a hash of each part of the request.
        pub kept: KeptKey = "kept",
        /// What the client was told.
        pub answer: Answer = "answer",
    }
}

impl KeptAnswer {
    /// Keeps an answer.
    #[must_use]
    pub fn new(key: &str, fingerprint: Texts, answer: Answer, now: Timestamp) -> Self {
        let kept = KeptKey { key: key.to_owned(), date: now, fingerprint: Some(fingerprint) };
        Self { schema: KEPT_ANSWER_SCHEMA, kept, answer }
    }

    /// Under which key of the store it is kept. A hash, because a client's key may be any text.
    #[must_use]
    pub fn row_key(key: &str) -> String {
        ["idempotency/", &hash(key)].concat()
    }

    /// Whether it has been kept long enough, so that the key may be used anew.
    #[must_use]
    pub fn is_old(&self, now: Timestamp) -> bool {
        is_old(self.kept.date, now)
    }
}
