//! A group's records as flat rows, for those who query them: every field of every object's description that is not empty, computed
//! ones by their formulas. The host keeps them beside the state, in the same commit; they follow from it and from nothing else.

mod gateway_log;
mod order_summary;
pub mod row;
mod transactions;

pub use row::Row;

use crate::engine::{State, Step};
use crate::records::positions::Positions;
use crate::records::relations::Relations;
use transactions::Frame;

/// The rows of everything in the group. An amount that leaves the range is left out: a row must never keep a payment from being
/// written.
#[must_use]
pub fn rows(state: &State, provider: &str) -> Vec<Row> {
    let steps: Vec<&Step> = state.operations.iter().flat_map(|operation| &operation.steps).collect();
    let frame = Frame {
        state,
        relations: Relations::of(&state.group),
        gateway_id: ["pgw_", provider].concat(),
        summary_id: order_summary::summary_id(&state.group),
        made_by: Positions::of(&steps, |step| step.record_id.as_deref()),
        steps: &steps,
    };
    let mut rows = vec![frame.payment_group()];
    frame.transactions(&mut rows);
    let mut logs = Vec::new();
    frame.gateway_logs(&mut logs);
    rows.extend(frame.order_payment_summary(&logs));
    rows.append(&mut logs);
    rows
}
