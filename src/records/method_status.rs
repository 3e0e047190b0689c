//! The status of a payment method (`reference` §4.1, Payment methods): one list of states, and a table for each family of objects.

use super::state_table::{Named, StateTable};
use crate::domain::json::json_enum;

json_enum! {
    /// Where a payment method stands.
    pub enum MethodStatus {
        /// It can be used.
        Active = "Active",
        /// Put aside; it can be used again once it is made active.
        InActive = "InActive",
        /// The gateway has to do something still before it can be used.
        AwaitingPayment = "AwaitingPayment",
        /// The gateway says that it does not work.
        Errored = "Errored",
        /// Its time is over.
        Expired = "Expired",
        /// Given up for good.
        Canceled = "Canceled",
    }
}

json_enum! {
    /// What can happen to a payment method.
    pub enum MethodEvent {
        /// It can be used, also once more: it was saved again, or a person says so.
        Activate = "activate",
        /// A person puts it aside.
        Deactivate = "deactivate",
        /// The gateway has to do something first.
        Await = "await",
        /// The gateway says that it does not work.
        Err = "err",
        /// Its time is over.
        Expire = "expire",
        /// A person gives it up.
        Cancel = "cancel",
    }
}

impl MethodEvent {
    /// What must happen to a method so that it has this status.
    #[must_use]
    pub const fn leading_to(status: MethodStatus) -> Self {
        match status {
            MethodStatus::Active => Self::Activate,
            MethodStatus::InActive => Self::Deactivate,
            MethodStatus::AwaitingPayment => Self::Await,
            MethodStatus::Errored => Self::Err,
            MethodStatus::Expired => Self::Expire,
            MethodStatus::Canceled => Self::Cancel,
        }
    }
}

impl Named for MethodStatus {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for MethodEvent {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// The legal moves of a card, a wallet and an alternative payment method. What is given up stays so.
pub const PAYMENT_METHOD: StateTable<MethodStatus, MethodEvent> = {
    use MethodEvent::{Activate, Cancel, Deactivate};
    use MethodStatus::{Active, Canceled, InActive};
    StateTable {
        name: "payment method",
        moves: &[
            (Active, Activate, Active),
            (Active, Deactivate, InActive),
            (Active, Cancel, Canceled),
            (InActive, Activate, Active),
            (InActive, Deactivate, InActive),
            (InActive, Cancel, Canceled),
            (Canceled, Cancel, Canceled),
        ],
    }
};

/// The legal moves of a saved payment method. The reference has no end for one; here it is canceled, for nothing is ever deleted.
pub const SAVED_PAYMENT_METHOD: StateTable<MethodStatus, MethodEvent> = {
    use MethodEvent::{Activate, Await, Cancel, Err, Expire};
    use MethodStatus::{Active, AwaitingPayment, Canceled, Errored, Expired};
    StateTable {
        name: "saved payment method",
        moves: &[
            (AwaitingPayment, Await, AwaitingPayment),
            (AwaitingPayment, Activate, Active),
            (AwaitingPayment, Err, Errored),
            (AwaitingPayment, Cancel, Canceled),
            (Active, Activate, Active),
            (Active, Err, Errored),
            (Active, Expire, Expired),
            (Active, Cancel, Canceled),
            (Errored, Activate, Active),
            (Errored, Err, Errored),
            (Errored, Cancel, Canceled),
            (Expired, Activate, Active),
            (Expired, Expire, Expired),
            (Expired, Cancel, Canceled),
            (Canceled, Cancel, Canceled),
        ],
    }
};
