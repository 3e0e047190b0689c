//! What the gateway and the host of one history are like, for its whole length.

use checkout_payments::engine::Step;

use super::random::Random;

/// How much of what a notification is about it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeForm {
    pub our_reference: bool,
    pub operation: bool,
    pub amount: bool,
}

#[derive(Debug, Clone)]
pub struct Traits {
    /// What the adapter states: for so long a key is remembered, ms.
    pub key_window: i64,
    pub by_ours: bool,
    pub by_theirs: bool,
    /// Captures have a reference of their own.
    pub captures_have_references: bool,
    /// Reversals and refunds have a reference of their own.
    pub releases_have_references: bool,
    /// A hold is captured once; what that leaves is let go of.
    pub captures_once: bool,
    /// It says so when an answer is the stored one to an earlier delivery.
    pub marks_replays: bool,
    /// Also what was answered is told of.
    pub tells_all: bool,
    pub notice: NoticeForm,
    pub processes: usize,
    /// The store is the one process's own.
    pub exclusive: bool,
    /// How often a pass of recovery is made, ms.
    pub recovery_every: i64,
    /// The adapter's capabilities, as the context has them.
    pub text: String,
}

/// A call may be this late and no later: an adapter that states less than its network can do would lie.
pub const LATEST: i64 = 240_000;
/// The host's clock is at most so wrong, either way.
pub const CLOCK_OFF: i64 = 60_000;
/// A gateway remembers keys longer than its adapter states: by what the network and a clock can be wrong.
pub const MARGIN: i64 = LATEST + 2 * CLOCK_OFF + 600_000;

pub const PROVIDER: &str = "sim";

impl Traits {
    pub fn drawn(random: &Random) -> Self {
        const MINUTE: i64 = 60_000;
        let key_window = random.weighted(&[(60, 24 * 60 * MINUTE), (25, 10 * MINUTE), (15, 0)]);
        let (by_ours, by_theirs) =
            random.weighted(&[(50, (true, true)), (20, (true, false)), (15, (false, true)), (15, (false, false))]);
        let not_found_after = random.weighted(&[(60, None), (20, Some(10 * MINUTE)), (20, Some(60 * MINUTE))]);
        let exclusive = random.chance(750);
        let (captures_have_references, releases_have_references) = (random.chance(700), random.chance(700));
        let notice = NoticeForm {
            // What has no reference of the gateway's can only be spoken of by ours.
            our_reference: random.chance(600) || !captures_have_references || !releases_have_references,
            operation: random.chance(1000),
            amount: random.chance(500),
        };
        let captures_once = random.chance(300);
        Self {
            key_window,
            by_ours,
            by_theirs,
            captures_have_references,
            releases_have_references,
            captures_once,
            marks_replays: random.chance(500),
            tells_all: random.chance(300),
            notice,
            processes: if exclusive { 1 } else { 1 + random.index(2) },
            exclusive,
            recovery_every: random.between(5_000, 60_000),
            text: capabilities(key_window, by_ours, by_theirs, not_found_after, captures_once),
        }
    }
}

impl Traits {
    /// Whether the gateway can be asked about this call, by ours or by what it has named itself.
    pub fn can_ask(&self, step: &Step) -> bool {
        let named = step.outcome.as_ref().is_some_and(|outcome| outcome.gateway_reference.is_some());
        self.by_ours || (self.by_theirs && named)
    }
}

fn capabilities(
    key_window: i64,
    by_ours: bool,
    by_theirs: bool,
    not_found_after: Option<i64>,
    captures_once: bool,
) -> String {
    let ways: Vec<&str> = [(by_ours, "\"ourReference\""), (by_theirs, "\"gatewayReference\"")]
        .into_iter()
        .filter_map(|(can, way)| can.then_some(way))
        .collect();
    let after = not_found_after.map(|after| format!(",\"notFoundAfterMs\":{after}")).unwrap_or_default();
    let once = if captures_once { ",\"captureReleasesRest\":true" } else { "" };
    let ways = ways.join(",");
    format!("{{\"provider\":\"{PROVIDER}\",\"keyWindowMs\":{key_window},\"inquire\":[{ways}]{after}{once}}}")
}
