//! Which status may follow which in one commit: what the tables of the core reach, in as many moves as it takes.

use checkout_payments::engine::status::{OPERATION, STEP};
use checkout_payments::engine::{OperationStatus, StepStatus};
use checkout_payments::records::TransactionStatus;
use checkout_payments::records::state_table::{Named, StateTable};
use checkout_payments::records::status::TRANSACTION;

fn reaches<S: Named, E: Named>(table: &StateTable<S, E>, from: S, to: S) -> bool {
    let mut reached = vec![from];
    let mut at = 0;
    while at < reached.len() {
        for (before, _, after) in table.moves {
            if *before == reached[at] && !reached.contains(after) {
                reached.push(*after);
            }
        }
        at += 1;
    }
    reached.contains(&to)
}

pub fn operation_may(from: OperationStatus, to: OperationStatus) -> bool {
    from == to || reaches(&OPERATION, from, to)
}

pub fn step_may(from: StepStatus, to: StepStatus) -> bool {
    from == to || reaches(&STEP, from, to)
}

pub fn record_may(from: TransactionStatus, to: TransactionStatus) -> bool {
    from == to || reaches(&TRANSACTION, from, to)
}
