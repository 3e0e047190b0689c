//! The status of a money record: authorization, adjustment, payment, refund (`seeds/payment-object.txt`, Status).

use super::state_table::{Named, StateTable};
use crate::domain::json::json_enum;

json_enum! {
    /// Where a money record stands.
    pub enum TransactionStatus {
        /// Can be edited; nothing happened yet.
        Draft = "Draft",
        /// The gateway accepted it; its notification is due.
        Pending = "Pending",
        /// It happened.
        Processed = "Processed",
        /// The gateway said that it did not happen after all.
        Failed = "Failed",
        /// Taken back by hand.
        Canceled = "Canceled",
    }
}

json_enum! {
    /// What can happen to a money record.
    pub enum TransactionEvent {
        /// The gateway says that it happened.
        Succeed = "succeed",
        /// The gateway says that it did not happen.
        Fail = "fail",
        /// A person posts a draft.
        Process = "process",
        /// A person cancels.
        Cancel = "cancel",
    }
}

impl Named for TransactionStatus {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for TransactionEvent {
    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl TransactionEvent {
    /// What a person does who moves a record to this status by hand (`seeds/payment-object.txt`, Status). The others are the gateway's
    /// word, or where a record begins.
    #[must_use]
    pub const fn by_hand(to: TransactionStatus) -> Option<Self> {
        match to {
            TransactionStatus::Processed => Some(Self::Process),
            TransactionStatus::Canceled => Some(Self::Cancel),
            TransactionStatus::Draft | TransactionStatus::Pending | TransactionStatus::Failed => None,
        }
    }
}

/// The legal moves. Facts of a gateway may come repeated and in any order: a success stands whatever came before or comes
/// after, so all orders of the same facts end in the same status.
pub const TRANSACTION: StateTable<TransactionStatus, TransactionEvent> = {
    use TransactionEvent::{Cancel, Fail, Process, Succeed};
    use TransactionStatus::{Canceled, Draft, Failed, Pending, Processed};
    StateTable {
        name: "transaction",
        moves: &[
            (Draft, Process, Processed),
            (Draft, Cancel, Canceled),
            (Pending, Succeed, Processed),
            (Pending, Fail, Failed),
            (Processed, Succeed, Processed),
            (Processed, Fail, Processed),
            (Processed, Cancel, Canceled),
            (Failed, Fail, Failed),
            (Failed, Succeed, Processed),
            (Canceled, Succeed, Canceled),
            (Canceled, Fail, Canceled),
        ],
    }
};
