//! What was decided for a cart, by which rule, on what evidence, and what will happen next, in plain sentences: the answer of
//! `GET …/payments/explain`. Everything here is read from the state; nothing is decided.

mod evidence;
mod next;
mod phrases;
mod rules;

use super::checkout_facts::Checkout;
use super::order;
use crate::domain::json::{Amounts, Writer, json_view};
use crate::domain::timestamp::Timestamp;
use crate::engine::{EngineError, Operation, OperationStatus, State};
use crate::gateway::Capabilities;
use crate::prelude::*;
use crate::records::PaymentGroup;
use next::Coming;
use phrases::money;

/// The explanation as JSON (`docs/core.md`, explain). No token is in it.
///
/// # Errors
/// When a sum leaves the range.
pub fn explain(
    state: Option<&State>,
    checkout: &Checkout,
    now: Timestamp,
    gateway: &Capabilities,
) -> Result<String, EngineError> {
    let now_stands = standing(state.map(|state| &state.group), checkout)?;
    let coming = state.map(|state| next::of(state, now, gateway)).unwrap_or_default();
    let mut writer = Writer::new(Amounts::Numbers);
    Explanation::write(&mut writer, &now_stands, state, &coming);
    Ok(writer.finish())
}

json_view! {
    /// What was decided for a cart, by which rule, on what evidence, and what will happen next, in plain sentences.
    struct Explanation(now: &[String], state: Option<&State>, coming: &[Coming]) {
        /// What stands for the cart.
        "now": Vec<String> = list(now, |writer: &mut Writer, text: &String| writer.text(text)),
        /// What was asked for, oldest first.
        "operations": Vec<ExplainedOperation> = list(operations_of(state), |writer: &mut Writer, (state, earlier, operation)| {
            ExplainedOperation::write(writer, state, earlier, operation);
        }),
        /// What will happen, soonest first.
        "next": Vec<ComingEvent> = list(coming, ComingEvent::write),
    }
}

json_view! {
    /// One thing that was asked for, and why it went as it did.
    struct ExplainedOperation(state: &State, earlier: &[Operation], operation: &Operation) {
        /// Its id.
        "id": String = text(&operation.id),
        /// When it began.
        "date": Timestamp = value(&operation.date),
        /// Where it stands.
        "status": OperationStatus = value(&operation.status),
        /// What was decided.
        "decided": String = text(&rules::decision(operation)),
        /// By which rule.
        "rule": String = text(rules::rule(operation, earlier)),
        /// On what evidence.
        "evidence": Vec<String> = value(&evidence::of(operation, &state.group)),
        /// What it came to.
        "result": String = text(rules::result(operation)),
    }
}

json_view! {
    /// Something that will happen.
    struct ComingEvent(coming: &Coming) {
        /// When, where that is known.
        "at": Option<Timestamp> = value(&coming.at),
        /// What.
        "text": String = text(&coming.text),
    }
}

/// Each operation, with those before it.
fn operations_of(state: Option<&State>) -> impl Iterator<Item = (&State, &[Operation], &Operation)> {
    let all = state.into_iter().flat_map(|state| state.operations.iter().enumerate().map(move |each| (state, each)));
    all.map(|(state, (at, operation))| (state, state.operations.get(..at).unwrap_or_default(), operation))
}

/// What stands for the cart now.
fn standing(group: Option<&PaymentGroup>, checkout: &Checkout) -> Result<Vec<String>, EngineError> {
    let mut now = Vec::new();
    let Some((group, live)) = group.and_then(|group| group.live.as_ref().map(|live| (group, live))) else {
        return Ok(vec!["No payment stands for the cart.".to_owned()]);
    };
    let id = live.record_id.as_str();
    if let Some(record) = group.authorization(id) {
        let rest = group.rest_of(record)?;
        let held = money(rest.balance, record.currency);
        now.push(["An authorization stands for the cart: ", &held, " of it is held (", id, ")."].concat());
        for capture in group.captures_of(id) {
            let kept = group.kept(capture)?;
            now.push([&money(kept, capture.currency), " of it was captured (", &capture.id, ")."].concat());
        }
        if rest.let_go.is_positive() {
            let let_go = money(rest.let_go, record.currency);
            now.push([&let_go, " of it was let go of by the gateway when it was captured."].concat());
        }
    } else if let Some(record) = group.payment(id) {
        let kept = group.kept(record)?;
        now.push(["A payment of ", &money(kept, record.currency), " stands for the cart (", id, ")."].concat());
    } else if let Some(order) = &group.purchase_order {
        now.push(["Purchase order ", &order.number, " stands for the cart."].concat());
    }
    match &group.order {
        Some(order) => now.push(["The order ", &order.reference_number, " was placed with it."].concat()),
        None => {
            if let Some(mismatch) = order::mismatch(Some(group), checkout)? {
                let (paid, total) = (mismatch.paid.format(), money(checkout.amount, checkout.currency));
                let ways: Vec<&str> = mismatch.ways_out.iter().map(|way| way.as_str()).collect();
                now.push(
                    [
                        "The cart has changed since: ",
                        &paid,
                        " is paid and the grand total is ",
                        &total,
                        ". Before the order can be placed, one of these is needed: ",
                        &ways.join(", "),
                        ".",
                    ]
                    .concat(),
                );
            }
        }
    }
    Ok(now)
}
