//! What is noted of each commit, so that the report tells what has happened: how the unknown came to be known, and what became of
//! what was owed.

use std::collections::BTreeSet;

use checkout_payments::engine::step::Stage;
use checkout_payments::engine::{
    Conclusion, Operation, OperationStatus, ReleaseOwed, Role, State, Step, StepStatus, Way,
};
use checkout_payments::gateway::GatewayOperation;

use super::world::World;

impl World {
    pub fn note_unknown(&self, operation: &Operation, before: Option<&Operation>, unknown: &mut BTreeSet<String>) {
        if operation.status == OperationStatus::Unresolved {
            unknown.insert(operation.id.clone());
        } else if before.is_some_and(Operation::is_active) && !operation.is_active() && unknown.remove(&operation.id) {
            self.count(
                "unknown payments",
                operation.conclusion.map_or("", |conclusion| match conclusion {
                    Conclusion::Success => "resolved: it went through",
                    Conclusion::Replaced => "replaced by a later one",
                    Conclusion::Decline
                    | Conclusion::PermanentFail
                    | Conclusion::ValidationError
                    | Conclusion::Review
                    | Conclusion::Pending
                    | Conclusion::SystemError
                    | Conclusion::Indeterminate
                    | Conclusion::ReleaseFailure => "resolved: it did not go through",
                }),
            );
        }
    }

    pub fn note_owed(&self, before: &State, next: &State) {
        let gone = |owed: &&ReleaseOwed| next.releases_owed.iter().all(|other| other.id != owed.id);
        for owed in before.releases_owed.iter().filter(gone) {
            self.count(
                "releases owed",
                if owed.operation == GatewayOperation::Refund { "refund settled" } else { "reversal settled" },
            );
        }
        let fresh = |owed: &&ReleaseOwed| before.releases_owed.iter().all(|other| other.id != owed.id);
        for owed in next.releases_owed.iter().filter(fresh) {
            let unknown = owed.step.status() == StepStatus::Unknown;
            self.count(
                "releases owed",
                match (owed.step.role, unknown) {
                    (Role::Probe, _) => "for a hold that may exist",
                    (_, true) => "because it is unknown",
                    _ => "because it was refused",
                },
            );
        }
    }
}

/// How something that was unknown, or accepted and not done, came to be known; none when it was answered at once.
pub fn how_resolved(before: &Step, step: &Step) -> Option<(&'static str, &'static str)> {
    if !before.is_open() || !step.is_settled() {
        return None;
    }
    let heard = step.heard.iter().last().filter(|_| step.heard != before.heard);
    let was_unknown = before.status() == StepStatus::Unknown || before.deliveries > 1 || before.stage != Stage::Start;
    let how = match heard.map(|heard| heard.way) {
        Some(Way::Repeat) => "by a repeat",
        Some(Way::OurReference) => "by a question by ours",
        Some(Way::GatewayReference) => "by a question by theirs",
        Some(Way::Notification) => "by notification",
        Some(Way::Call | Way::NoWay) | None if was_unknown => "by a late answer",
        Some(Way::Call | Way::NoWay) | None => return None,
    };
    Some((if before.record_id.is_some() { "accepted, then known" } else { "unknown, then known" }, how))
}

/// The request type, as it is counted.
pub fn kind(kind: &str) -> &'static str {
    match kind {
        "Auth" => "Auth",
        "PostAuth" => "PostAuth",
        _ => "SimplePurchaseOrder",
    }
}
