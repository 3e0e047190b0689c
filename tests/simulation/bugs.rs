//! Deliberate faults of the host, to see that the simulator can fail. Each is a thing that a real host may get wrong.

/// What the simulated host does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// A call leaves before the write that announces it is committed.
    SendsBeforeCommit,
    /// The store writes whatever version it finds.
    IgnoresVersion,
    /// The last commit before a crash was not durable.
    LosesLastCommit,
    /// It never says that nobody drives an operation, not even after a restart.
    NeverTakesOver,
    /// After a restart a repeat is sent, and noted, with a key of its own.
    FreshKeyAfterRestart,
    /// No trustworthy answer is handed over as a refusal.
    IndeterminateIsDecline,
    /// A time-out is handed over as "not sent".
    TimeoutIsNotSent,
    /// The signature of a notification is not looked at.
    AcceptsForgedNotices,
    /// A notification that no group knows is dropped.
    DropsUnknownNotices,
    /// The client is told before it is written down.
    AnswersBeforeCommit,
    /// When a group needs recovery is not stored.
    ForgetsDue,
    /// Under which references a group can be found is not stored.
    ForgetsIndex,
    /// A notification that arrives is acknowledged first, and worked on later.
    AcknowledgesTooEarly,
}

impl Bug {
    pub const ALL: [Self; 13] = [
        Self::SendsBeforeCommit,
        Self::IgnoresVersion,
        Self::LosesLastCommit,
        Self::NeverTakesOver,
        Self::FreshKeyAfterRestart,
        Self::IndeterminateIsDecline,
        Self::TimeoutIsNotSent,
        Self::AcceptsForgedNotices,
        Self::DropsUnknownNotices,
        Self::AnswersBeforeCommit,
        Self::ForgetsDue,
        Self::ForgetsIndex,
        Self::AcknowledgesTooEarly,
    ];
}
