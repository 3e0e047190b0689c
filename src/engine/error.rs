//! What can go wrong inside the engine. None of it is the shopper's doing: the host broke the contract or the state is damaged.

use crate::domain::amount::AmountError;
use crate::prelude::*;
use crate::records::state_table::IllegalMove;

/// A broken contract or a damaged state. Nothing was changed that would be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineError {
    /// A status table does not have the move.
    IllegalMove(IllegalMove),
    /// A sum left the range.
    Amount,
    /// A step's attempts can't be counted any further. None is made so often: the state is damaged.
    TooManyAttempts,
    /// The host named an operation or step that the state does not have.
    NoSuchCall,
    /// A record points to one that the group does not have.
    NoSuchRecord,
}

impl From<IllegalMove> for EngineError {
    fn from(error: IllegalMove) -> Self {
        Self::IllegalMove(error)
    }
}

impl From<AmountError> for EngineError {
    fn from(_: AmountError) -> Self {
        Self::Amount
    }
}

impl EngineError {
    /// The message, for the log and for whoever maintains the host.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::IllegalMove(illegal) => [
                "a ",
                illegal.machine,
                " in state ",
                illegal.state,
                " can't take the event ",
                illegal.event,
                "; it could take: ",
                &illegal.legal.join(", "),
            ]
            .concat(),
            Self::Amount => "a sum of amounts left the range of 18 digits".to_owned(),
            Self::TooManyAttempts => "a step was attempted more often than can be counted".to_owned(),
            Self::NoSuchCall => "the call is not one of this group's".to_owned(),
            Self::NoSuchRecord => "a record points to one that the group does not have".to_owned(),
        }
    }
}
