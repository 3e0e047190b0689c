//! Why a request that calls no gateway was not carried out.

use crate::domain::amount::AmountError;
use crate::domain::input::{PlatformRefusal, Problem};
use crate::engine::EngineError;

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDone {
    /// The request can't be carried out; the client is told why.
    Refused(PlatformRefusal),
    /// The state is damaged.
    Broken(EngineError),
}

impl From<PlatformRefusal> for NotDone {
    fn from(refusal: PlatformRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Problem> for NotDone {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem.into())
    }
}

impl From<EngineError> for NotDone {
    fn from(error: EngineError) -> Self {
        Self::Broken(error)
    }
}

impl From<AmountError> for NotDone {
    fn from(error: AmountError) -> Self {
        Self::Broken(error.into())
    }
}
