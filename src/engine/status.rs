//! The states of operations and steps, and their legal moves, as data.

use crate::domain::json::json_enum;
use crate::records::state_table::{Named, StateTable};

json_enum! {
    /// Where a step stands.
    pub enum StepStatus {
        /// To be done; nothing has been sent.
        Planned = "planned",
        /// Written down before it is sent; no outcome yet.
        Announced = "announced",
        /// It happened, or the gateway accepted it.
        Succeeded = "succeeded",
        /// Evidence says that it did not happen.
        Refused = "refused",
        /// Sent, and no trustworthy answer.
        Unknown = "unknown",
    }
}

json_enum! {
    /// What can happen to a step.
    pub enum StepEvent {
        /// It is written down and will be sent.
        Announce = "announce",
        /// The gateway says that it happened.
        Succeed = "succeed",
        /// There is evidence that it did not happen.
        Refuse = "refuse",
        /// No trustworthy answer.
        Lose = "lose",
        /// The gateway waits: for the shopper's bank, or for its own processing.
        Wait = "wait",
    }
}

json_enum! {
    /// Where an operation stands.
    pub enum OperationStatus {
        /// A step is announced and its outcome is due.
        Running = "running",
        /// A challenge or a notification is due.
        Waiting = "waiting",
        /// An unknown is being resolved.
        Unresolved = "unresolved",
        /// It went through.
        Succeeded = "succeeded",
        /// It did not go through.
        Failed = "failed",
    }
}

json_enum! {
    /// What can happen to an operation.
    pub enum OperationEvent {
        /// A challenge or a notification is due.
        Wait = "wait",
        /// A step's outcome is unknown.
        Lose = "lose",
        /// It goes on.
        Resume = "resume",
        /// All steps are done.
        Succeed = "succeed",
        /// It stops.
        Fail = "fail",
    }
}

impl Named for StepStatus {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for StepEvent {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for OperationStatus {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for OperationEvent {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// The legal moves of a step. A success stands whatever comes later; a late success corrects a refusal; and nothing leads
/// from unknown to refused but evidence.
pub const STEP: StateTable<StepStatus, StepEvent> = {
    use StepEvent::{Announce, Lose, Refuse, Succeed, Wait};
    use StepStatus::{Announced, Planned, Refused, Succeeded, Unknown};
    StateTable {
        name: "step",
        moves: &[
            (Planned, Announce, Announced),
            (Announced, Announce, Announced),
            (Announced, Succeed, Succeeded),
            (Announced, Refuse, Refused),
            (Announced, Lose, Unknown),
            (Announced, Wait, Announced),
            (Unknown, Succeed, Succeeded),
            (Unknown, Refuse, Refused),
            (Unknown, Lose, Unknown),
            (Unknown, Wait, Announced),
            (Refused, Succeed, Succeeded),
        ],
    }
};

/// The legal moves of an operation. What has failed goes on only when the gateway says later that its payment happened.
pub const OPERATION: StateTable<OperationStatus, OperationEvent> = {
    use OperationEvent::{Fail, Lose, Resume, Succeed, Wait};
    use OperationStatus::{Failed, Running, Succeeded, Unresolved, Waiting};
    StateTable {
        name: "operation",
        moves: &[
            (Running, Resume, Running),
            (Running, Wait, Waiting),
            (Running, Lose, Unresolved),
            (Running, Succeed, Succeeded),
            (Running, Fail, Failed),
            (Waiting, Resume, Running),
            (Waiting, Wait, Waiting),
            (Waiting, Lose, Unresolved),
            (Waiting, Succeed, Succeeded),
            (Waiting, Fail, Failed),
            (Unresolved, Resume, Running),
            (Unresolved, Wait, Waiting),
            (Unresolved, Lose, Unresolved),
            (Unresolved, Succeed, Succeeded),
            (Unresolved, Fail, Failed),
            (Failed, Resume, Running),
        ],
    }
};
