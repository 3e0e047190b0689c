//! Idempotency keys: of an operation, the one it was begun with, and those of later requests that were given its answer; and how
//! requests are told apart.

use super::operation::Operation;
use crate::domain::json::json_object;
use crate::domain::limits::{IDEMPOTENCY_KEY_KEPT_MS, IDEMPOTENCY_KEYS_MAX};
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

json_object! {
    /// A client's idempotency key.
    pub struct KeptKey {
        /// The key.
        pub key: String = "key",
        /// When it was used first.
        pub date: Timestamp = "date",
        /// A hash of each part of the request it was used for, where that is not the request the operation was begun with.
        pub fingerprint: Option<Texts> = "fingerprint",
    }
}

/// Whether what was last used at `since` has been kept long enough.
pub(super) fn is_old(since: Timestamp, now: Timestamp) -> bool {
    now.since(since) > IDEMPOTENCY_KEY_KEPT_MS
}

/// The parts in which two requests differ, by their fingerprints: a part that only one of them has differs, too.
#[must_use]
pub fn differing_parts<'f>(one: &'f Texts, other: &'f Texts) -> Vec<&'f str> {
    let differs = |part: &&String| one.get(part) != other.get(part);
    let only_other = other.keys().filter(|part| !one.contains_key(part));
    one.keys().filter(differs).chain(only_other).map(String::as_str).collect()
}

impl Operation {
    /// The fingerprint of the request that this key was used for; `None` when it is no key of this operation.
    #[must_use]
    pub fn fingerprint_of_key(&self, key: &str) -> Option<&Texts> {
        let kept = self.keys.iter().find(|kept| kept.key == key)?;
        Some(kept.fingerprint.as_ref().unwrap_or(&self.fingerprint))
    }

    /// Keeps a key, so that a repeat under it is told what became of this operation. `false` when it has too many already.
    pub fn keep_key(&mut self, key: &str, fingerprint: &Texts, now: Timestamp) -> bool {
        if self.fingerprint_of_key(key).is_some() {
            return true;
        }
        if self.keys.len() >= IDEMPOTENCY_KEYS_MAX {
            return false;
        }
        let fingerprint = (*fingerprint != self.fingerprint).then(|| fingerprint.clone());
        self.keys.push(KeptKey { key: key.to_owned(), date: now, fingerprint });
        true
    }

    /// Forgets the keys that have been kept long enough, and with the last of them what only a repeat needs.
    pub fn forget_old_keys(&mut self, now: Timestamp) {
        if self.is_active() {
            return;
        }
        let moved = self.last_moved_at();
        self.keys.retain(|kept| !is_old(moved.max(kept.date), now));
        if self.keys.is_empty() && is_old(moved, now) {
            self.fingerprint.clear();
            self.answer = None;
        }
    }
}
