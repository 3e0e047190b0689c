//! The status of an invoice (`reference` §4.2). Those of the platform that name work under way (Draft In Progress, Posting In
//! Progress, Void In Progress, Pending, Error) have no place here: a move is one commit.

use super::state_table::{Named, StateTable};
use crate::domain::json::json_enum;

json_enum! {
    /// Where an invoice stands.
    pub enum InvoiceStatus {
        /// Nobody owes it yet.
        Draft = "Draft",
        /// It is owed, and payments can be applied.
        Posted = "Posted",
        /// It was owed, and is not any more.
        Voided = "Voided",
        /// It was given up before it was owed.
        Canceled = "Canceled",
    }
}

json_enum! {
    /// What the back office can do with an invoice.
    pub enum InvoiceEvent {
        /// From now on it is owed.
        Post = "post",
        /// It is owed no more.
        Void = "void",
        /// It is given up.
        Cancel = "cancel",
    }
}

impl Named for InvoiceStatus {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for InvoiceEvent {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// The legal moves. Voiding also needs that nothing is applied (`billing::invoice_status`).
pub const INVOICE: StateTable<InvoiceStatus, InvoiceEvent> = {
    use InvoiceEvent::{Cancel, Post, Void};
    use InvoiceStatus::{Canceled, Draft, Posted, Voided};
    StateTable { name: "invoice", moves: &[(Draft, Post, Posted), (Draft, Cancel, Canceled), (Posted, Void, Voided)] }
};
