//! The operations of the payments API (`reference` §3).

use crate::domain::json::json_enum;
use crate::gateway::GatewayOperation;

json_enum! {
    /// An operation, by the last word of its path.
    pub enum PaymentsOperation {
        /// Hold money.
        Authorize = "authorizations",
        /// Take over a payment that was made outside.
        PostAuth = "postAuths",
        /// Take money that is held.
        Capture = "captures",
        /// Let go of money that is held.
        Reverse = "reversals",
        /// Take money at once.
        Sale = "sales",
        /// Give money back.
        Refund = "refunds",
        /// Keep a payment method for later.
        Tokenize = "payment-methods",
    }
}

impl PaymentsOperation {
    /// Its bit in the tables of [`super::form`].
    #[must_use]
    pub const fn bit(self) -> u16 {
        1 << self as u16
    }

    /// What the gateway is asked to do.
    #[must_use]
    pub const fn of_gateway(self) -> GatewayOperation {
        match self {
            Self::Authorize => GatewayOperation::Authorize,
            Self::PostAuth => GatewayOperation::PostAuth,
            Self::Capture => GatewayOperation::Capture,
            Self::Reverse => GatewayOperation::Reverse,
            Self::Sale => GatewayOperation::Sale,
            Self::Refund => GatewayOperation::Refund,
            Self::Tokenize => GatewayOperation::Tokenize,
        }
    }

    /// Whether it acts on a record that is there; else it makes the first one of its group.
    #[must_use]
    pub const fn acts_on_record(self) -> bool {
        matches!(self, Self::Capture | Self::Reverse | Self::Refund)
    }
}
