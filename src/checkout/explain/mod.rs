//! What was decided for a cart, by which rule, on what evidence, and what will happen next, in plain sentences: the answer of
//! `GET …/payments/explain`. Everything here is read from the state; nothing is decided.

mod evidence;
mod next;
mod phrases;
mod rules;

use super::checkout_facts::Checkout;
use super::order;
use crate::domain::json::{Amounts, Writer};
use crate::domain::timestamp::Timestamp;
use crate::engine::{EngineError, State};
use crate::gateway::Capabilities;
use crate::records::PaymentGroup;
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
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_object();
    writer.member("now", &standing(state.map(|state| &state.group), checkout)?);
    writer.key("operations");
    writer.begin_array();
    if let Some(state) = state {
        for (at, operation) in state.operations.iter().enumerate() {
            let earlier = state.operations.get(..at).unwrap_or_default();
            writer.begin_object();
            writer.text_member("id", &operation.id);
            writer.member("date", &operation.date);
            writer.text_member("status", operation.status.as_str());
            writer.text_member("decided", &rules::decision(operation));
            writer.text_member("rule", rules::rule(operation, earlier));
            writer.member("evidence", &evidence::of(operation, &state.group));
            writer.text_member("result", rules::result(operation));
            writer.end_object();
        }
    }
    writer.end_array();
    writer.key("next");
    writer.begin_array();
    let coming = state.map(|state| next::of(state, now, gateway)).unwrap_or_default();
    for next::Coming { at, text } in coming {
        writer.begin_object();
        writer.member("at", &at);
        writer.text_member("text", &text);
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    Ok(writer.finish())
}

/// What stands for the cart now.
fn standing(group: Option<&PaymentGroup>, checkout: &Checkout) -> Result<Vec<String>, EngineError> {
    let mut now = Vec::new();
    let Some((group, live)) = group.and_then(|group| group.live.as_ref().map(|live| (group, live))) else {
        return Ok(vec!["No payment stands for the cart.".to_owned()]);
    };
    let id = live.record_id.as_str();
    if let Some(record) = group.authorization(id) {
        let left = group.authorization_balance(record)?;
        now.push(
            ["An authorization stands for the cart: ", &money(left, record.currency), " of it is held (", id, ")."]
                .concat(),
        );
        for capture in group.captures_of(id) {
            let kept = group.kept(capture)?;
            now.push([&money(kept, capture.currency), " of it was captured (", &capture.id, ")."].concat());
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
