//! The records of a group, an account or an invoice as flat rows, for those who query them: every field of every object's description
//! that is not empty, computed ones by their formulas. The host keeps them beside the state, in the same commit; they follow from it and from nothing else.

mod application_lines;
mod gateway_log;
mod invoices;
mod methods;
mod order_summary;
pub mod row;
mod transactions;

pub use invoices::invoice_rows;
pub use row::Row;

use crate::domain::id::gateway_id;
use crate::engine::{State, Step};
use crate::prelude::*;
use crate::records::positions::Positions;
use crate::records::relations::Relations;
use transactions::Frame;

/// The rows of everything in a group, or in an account. An amount that leaves the range is left out: a row must never keep a payment
/// from being written.
#[must_use]
pub fn rows(state: &State, provider: &str) -> Vec<Row> {
    let steps: Vec<&Step> = state.operations.iter().flat_map(|operation| &operation.steps).collect();
    let frame = Frame {
        state,
        relations: Relations::of(&state.group),
        gateway_id: gateway_id(provider),
        summary_id: order_summary::summary_id(&state.group),
        made_by: Positions::of(&steps, |step| step.record_id.as_deref()),
        steps: &steps,
    };
    let mut rows = Vec::new();
    match &state.account {
        None => rows.push(frame.payment_group()),
        // Its group only names its calls.
        Some(account) => rows.extend(account.methods.iter().map(methods::payment_method)),
    }
    frame.transactions(&mut rows);
    application_lines::application_lines(&state.group, &mut rows);
    let mut logs = Vec::new();
    frame.gateway_logs(&mut logs);
    rows.extend(frame.order_payment_summary(&logs));
    rows.append(&mut logs);
    rows
}
