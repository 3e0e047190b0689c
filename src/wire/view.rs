//! The view behind `GET …/payments`: the records, with their computed amounts, and what is under way or owed.

use crate::checkout::checkout_facts::Checkout;
use crate::checkout::order;
use crate::checkout::reentrancy::ReleaseOrder;
use crate::domain::json::{Amounts, Writer};
use crate::domain::timestamp::Timestamp;
use crate::engine::{self, EngineError, Operation, ReleaseOwed, State, Step, Unresolved};
use crate::gateway::Capabilities;
use crate::records::PaymentGroup;

/// The view as JSON, amounts as numbers. No token is in it.
///
/// # Errors
/// When a sum leaves the range.
pub fn payments(
    state: Option<&State>,
    checkout: &Checkout,
    release_order: ReleaseOrder,
    now: Timestamp,
    gateway: &Capabilities,
) -> Result<String, EngineError> {
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_object();
    let group = state.map(|state| &state.group);
    if let Some(group) = group {
        payment_group(&mut writer, group);
    }
    writer.member("grandTotalAmount", &checkout.amount);
    writer.member("currencyIsoCode", &checkout.currency);
    writer.text_member("releaseOrder", release_order.as_str());
    match group {
        Some(group) => records(&mut writer, group, &group.without_details())?,
        None => ["paymentAuthorizations", "paymentAuthAdjustments", "payments", "refunds"]
            .iter()
            .for_each(|key| empty(&mut writer, key)),
    }
    writer.key("operations");
    writer.begin_array();
    state.iter().flat_map(|state| &state.operations).for_each(|each| operation(&mut writer, each));
    writer.end_array();
    writer.key("releasesOwed");
    writer.begin_array();
    state.iter().flat_map(|state| &state.releases_owed).for_each(|owed| release_owed(&mut writer, owed));
    writer.end_array();
    all_unresolved(&mut writer, state, now, gateway);
    if let Some(live) = group.and_then(|group| group.live.as_ref()) {
        writer.key("livePayment");
        writer.begin_object();
        writer.text_member("type", &live.kind);
        writer.text_member("recordId", &live.record_id);
        writer.end_object();
    }
    cart_change(&mut writer, group, checkout)?;
    writer.end_object();
    Ok(writer.finish())
}

fn payment_group(writer: &mut Writer, group: &PaymentGroup) {
    writer.key("paymentGroup");
    writer.begin_object();
    writer.text_member("id", &group.id);
    writer.text_member("webstoreId", &group.webstore_id);
    writer.text_member("checkoutId", &group.checkout_id);
    writer.member("date", &group.date);
    writer.member("billingAddress", &group.billing_address);
    writer.member("order", &group.order);
    writer.end_object();
}

/// The records of `group`, which is `full` without what only the back office may read.
fn records(writer: &mut Writer, full: &PaymentGroup, group: &PaymentGroup) -> Result<(), EngineError> {
    writer.key("paymentAuthorizations");
    writer.begin_array();
    for authorization in &group.authorizations {
        writer.begin_object();
        authorization.write_members(writer);
        writer.member("balance", &group.authorization_balance(authorization)?);
        writer.end_object();
    }
    writer.end_array();
    writer.member("paymentAuthAdjustments", &group.adjustments);
    writer.key("payments");
    writer.begin_array();
    for payment in &group.payments {
        writer.begin_object();
        payment.write_members(writer);
        writer.member("refundableAmount", &full.refundable(payment)?);
        writer.member("netApplied", &full.net_applied(payment)?);
        writer.end_object();
    }
    writer.end_array();
    writer.member("refunds", &group.refunds);
    writer.member("purchaseOrder", &group.purchase_order);
    Ok(())
}

fn empty(writer: &mut Writer, key: &str) {
    writer.key(key);
    writer.raw("[]");
}

fn operation(writer: &mut Writer, operation: &Operation) {
    writer.begin_object();
    writer.text_member("id", &operation.id);
    writer.text_member("kind", operation.kind.as_str());
    writer.text_member("status", operation.status.as_str());
    writer.member("conclusion", &operation.conclusion);
    writer.member("requestType", &operation.intent.as_ref().map(|intent| intent.kind.clone()));
    writer.member("date", &operation.date);
    if operation.is_active() {
        writer.member("tries", &operation.tries);
        writer.member("lastTryAt", &operation.last_try_at);
        writer.member("nextTryAt", &operation.next_try_at);
    }
    writer.key("steps");
    writer.begin_array();
    operation.steps.iter().for_each(|each| step(writer, each));
    writer.end_array();
    writer.end_object();
}

fn step(writer: &mut Writer, step: &Step) {
    writer.begin_object();
    writer.text_member("operation", step.operation.as_str());
    writer.text_member("role", step.role.as_str());
    writer.text_member("status", step.status().as_str());
    writer.member("amount", &step.amount);
    writer.member("currencyIsoCode", &step.currency);
    writer.member("recordId", &step.record_id);
    writer.member("targetId", &step.target_id);
    writer.member("attempt", &step.attempt);
    writer.member("deliveries", &step.deliveries);
    writer.member("announcedAt", &step.announced_at);
    writer.member("sentAt", &step.sent_at);
    if let Some(outcome) = &step.outcome {
        writer.text_member("resultCode", outcome.result_code.as_str());
        writer.member("gatewayResultCode", &outcome.gateway_result_code);
    }
    writer.end_object();
}

fn release_owed(writer: &mut Writer, owed: &ReleaseOwed) {
    writer.begin_object();
    writer.text_member("id", &owed.id);
    writer.text_member("recordId", &owed.record_id);
    writer.text_member("operation", owed.operation.as_str());
    writer.member("amount", &owed.amount);
    writer.member("currencyIsoCode", &owed.currency);
    writer.member("tries", &owed.tries);
    writer.member("nextTryAt", &owed.next_try_at);
    writer.member("lastTryAt", &owed.last_try_at);
    writer.member("date", &owed.date);
    writer.end_object();
}

/// What of a group is unresolved, for the list of all groups of which something is.
#[must_use]
pub fn unresolved_group(state: &State, now: Timestamp, gateway: &Capabilities) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_object();
    writer.text_member("paymentGroupId", &state.group.id);
    writer.text_member("webstoreId", &state.group.webstore_id);
    writer.text_member("checkoutId", &state.group.checkout_id);
    all_unresolved(&mut writer, Some(state), now, gateway);
    writer.end_object();
    writer.finish()
}

fn all_unresolved(writer: &mut Writer, state: Option<&State>, now: Timestamp, gateway: &Capabilities) {
    writer.key("unresolved");
    writer.begin_array();
    let all = state.map(|state| engine::unresolved(state, now, gateway)).unwrap_or_default();
    all.iter().for_each(|each| unresolved(writer, each));
    writer.end_array();
}

/// Since when it is unresolved, what was tried, what comes next.
fn unresolved(writer: &mut Writer, unresolved: &Unresolved<'_>) {
    writer.begin_object();
    writer.text_member("why", unresolved.why.as_str());
    writer.member("operationId", &unresolved.operation_id.map(str::to_owned));
    writer.member("releaseOwedId", &unresolved.owed_id.map(str::to_owned));
    writer.text_member("recordId", unresolved.record_id);
    writer.text_member("operation", unresolved.step.operation.as_str());
    writer.member("amount", &unresolved.step.amount);
    writer.member("currencyIsoCode", &unresolved.step.currency);
    writer.member("since", &unresolved.since);
    writer.member("tries", &unresolved.tries);
    writer.member("lastTryAt", &unresolved.last_try_at);
    writer.member("heard", &unresolved.step.heard);
    writer.key("next");
    writer.begin_object();
    writer.member("at", &unresolved.next_at);
    writer.text_member("way", unresolved.next_way.as_str());
    writer.member("needsPerson", &unresolved.needs_person);
    writer.end_object();
    writer.end_object();
}

/// The cart is no longer the one that was paid for: both amounts and the ways out.
fn cart_change(writer: &mut Writer, group: Option<&PaymentGroup>, checkout: &Checkout) -> Result<(), EngineError> {
    let Some(group) = group.filter(|group| group.live.is_some() && group.order.is_none()) else {
        return Ok(());
    };
    if let Some(mismatch) = order::mismatch(Some(group), checkout)? {
        writer.key("cartChange");
        writer.begin_object();
        writer.member("paidAmount", &mismatch.paid.amount());
        writer.text_member("paidCurrencyIsoCode", mismatch.paid.currency().code());
        writer.member("grandTotalAmount", &checkout.amount);
        writer.member("waysOut", &mismatch.ways_out);
        writer.end_object();
    }
    Ok(())
}
