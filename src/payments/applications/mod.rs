//! Applying payments to invoices and refunds to payments, and taking that back (`seeds/apis.txt`; `reference` §4.3). No gateway has a
//! part in it: each function takes the records as they are and gives them back as they shall be, all in one commit.

mod apply_payment;
mod apply_refund;
mod ledger;
pub mod request;
mod unapply_payment;

pub use apply_payment::{Target, apply_payment};
pub use apply_refund::apply_refund;
pub use request::{ApplyPayment, ApplyRefund, UnapplyPayment};
pub use unapply_payment::{find_line, unapply_payment};

use crate::domain::amount::AmountError;
use crate::domain::input::{PlatformRefusal, Problem};
use crate::engine::EngineError;

/// Why nothing was applied or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotApplied {
    /// The request can't be carried out; the client is told why.
    Refused(PlatformRefusal),
    /// The state is damaged.
    Broken(EngineError),
}

impl From<PlatformRefusal> for NotApplied {
    fn from(refusal: PlatformRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Problem> for NotApplied {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem.into())
    }
}

impl From<EngineError> for NotApplied {
    fn from(error: EngineError) -> Self {
        Self::Broken(error)
    }
}

impl From<AmountError> for NotApplied {
    fn from(error: AmountError) -> Self {
        Self::Broken(error.into())
    }
}
