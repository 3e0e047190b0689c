//! What a step is given beside the state: time, entropy, the gateway's capabilities, and what the host knows.

use crate::domain::id::IdSource;
use crate::domain::timestamp::Timestamp;
use crate::gateway::Capabilities;

/// The surroundings of one step.
#[derive(Debug)]
pub struct Env {
    /// The host's clock.
    pub now: Timestamp,
    /// Ids made from the host's entropy.
    pub ids: IdSource,
    /// What the gateway's adapter can do.
    pub gateway: Capabilities,
    /// The host knows that nobody drives this group's running operation.
    pub take_over: bool,
    /// Recovery without waiting for a back-off: also what was last tried before this time is due.
    pub force_before: Option<Timestamp>,
}

/// A gateway call is given up after 120 s; until a little later an announced operation counts as driven.
pub const HELD_MS: i64 = 125_000;

/// When to ask again about an unknown or retry a release: after 5 s, 30 s, 5 min, 1 h, then daily.
pub const BACK_OFF_MS: [i64; 5] = [5_000, 30_000, 300_000, 3_600_000, 86_400_000];

impl Env {
    /// When to try again after `tries` tries.
    #[must_use]
    pub fn next_try(&self, tries: u32) -> Timestamp {
        let at = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
        let wait = BACK_OFF_MS.get(at).or(BACK_OFF_MS.last()).copied().unwrap_or(86_400_000);
        self.now.plus(wait)
    }

    /// Whether something that is to be tried at `next_try`, and was last tried at `last_try`, is due.
    #[must_use]
    pub fn is_due(&self, next_try: Option<Timestamp>, last_try: Option<Timestamp>) -> bool {
        next_try.is_some_and(|next| {
            next <= self.now || self.force_before.is_some_and(|before| last_try.is_none_or(|last| last < before))
        })
    }
}
