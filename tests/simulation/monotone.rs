//! Nothing that was recorded is ever deleted or rewritten: the next state holds the one before.

use checkout_payments::engine::kept_key::KeptKey;
use checkout_payments::engine::{Operation, State, Step};
use checkout_payments::records::{Payment, PaymentAuthAdjustment, PaymentAuthorization, Refund};

use super::status::{operation_may, record_may, step_may};

/// What of the state before is missing or rewritten in the next one.
pub fn lost(before: &State, next: &State) -> Result<(), String> {
    let (old, new) = (&before.group, &next.group);
    if (&old.id, &old.webstore_id, &old.checkout_id, old.date)
        != (&new.id, &new.webstore_id, &new.checkout_id, new.date)
    {
        return Err(format!("the group {} is another one: {}", old.id, new.id));
    }
    kept("authorizations", &old.authorizations, &new.authorizations, |old, new| {
        record_may(old.status, new.status) && PaymentAuthorization { status: old.status, ..new.clone() } == *old
    })?;
    kept("adjustments", &old.adjustments, &new.adjustments, |old, new| {
        record_may(old.status, new.status) && PaymentAuthAdjustment { status: old.status, ..new.clone() } == *old
    })?;
    kept("payments", &old.payments, &new.payments, |old, new| {
        record_may(old.status, new.status) && Payment { status: old.status, ..new.clone() } == *old
    })?;
    kept("refunds", &old.refunds, &new.refunds, |old, new| {
        record_may(old.status, new.status) && Refund { status: old.status, ..new.clone() } == *old
    })?;
    if old.order.is_some() && old.order != new.order {
        return Err(format!("the order {:?} became {:?}", old.order, new.order));
    }
    let numbers = |state: &State| state.group.purchase_order.as_ref().map_or(0, |order| 1 + order.replaced.len());
    if numbers(before) > numbers(next) {
        return Err("a purchase order number is gone".to_owned());
    }
    kept("operations", &before.operations, &next.operations, operation_holds)
}

fn kept<T: std::fmt::Debug>(name: &str, old: &[T], new: &[T], holds: impl Fn(&T, &T) -> bool) -> Result<(), String> {
    if old.len() > new.len() {
        return Err(format!("{} {name} became {}", old.len(), new.len()));
    }
    match old.iter().zip(new).find(|(old, new)| !holds(old, new)) {
        Some((old, new)) => Err(format!("of the {name}, {old:?} became {new:?}")),
        None => Ok(()),
    }
}

fn operation_holds(old: &Operation, new: &Operation) -> bool {
    old.id == new.id
        && old.kind == new.kind
        && old.date == new.date
        && keys_hold(old, new)
        && operation_may(old.status, new.status)
        && old.steps.len() <= new.steps.len()
        && old.steps.iter().zip(&new.steps).all(|(old, new)| step_holds(old, new))
}

/// The client's keys and what they were used for stay; of an operation that is over they may be forgotten after a day.
fn keys_hold(old: &Operation, new: &Operation) -> bool {
    let forgets = !old.is_active() && !new.is_active();
    let has = |key: &KeptKey| new.keys.iter().any(|kept| kept == key);
    (forgets || old.keys.iter().all(has))
        && (old.fingerprint == new.fingerprint || (forgets && new.fingerprint.is_empty() && new.keys.is_empty()))
}

/// The key of an attempt stays what it is: only the same key can tell what became of the first delivery.
fn step_holds(old: &Step, new: &Step) -> bool {
    old.operation == new.operation
        && old.role == new.role
        && old.reference == new.reference
        && (old.amount, old.currency) == (new.amount, new.currency)
        && old.target_id == new.target_id
        && step_may(old.status(), new.status())
        && old.attempt <= new.attempt
        && (old.attempt < new.attempt || old.key.is_none() || old.key == new.key)
        && (old.attempt < new.attempt || old.deliveries <= new.deliveries)
}
