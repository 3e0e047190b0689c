//! After every commit: the invariants of the engine, and the records against the gateway's own books.

use std::collections::BTreeMap;
use std::sync::Arc;

use checkout_payments::domain::timestamp::Timestamp;
use checkout_payments::engine::{OperationStatus, Role, State, StepStatus, invariants};
use checkout_payments::wire::context::read_state;

use super::money::cents;
use super::world::World;

/// The state of the world's row.
pub fn state(world: &World) -> Option<Arc<State>> {
    match &world.known {
        Some((version, state)) if *version == world.row.version => Some(Arc::clone(state)),
        Some(_) | None => read_state(&world.row.state).unwrap().map(Arc::new),
    }
}

/// Whether something is announced or unknown, so that the books may know more than the records. What the gateway has
/// accepted, or asks the shopper about, is known.
pub fn is_unknown(state: &State) -> bool {
    let waits = |status| status == OperationStatus::Waiting;
    let open = state.operations.iter().filter(|operation| operation.is_active()).any(|operation| {
        let steps = &operation.steps;
        steps.iter().any(|step| {
            step.status() == StepStatus::Unknown || (step.status() == StepStatus::Announced && !waits(operation.status))
        })
    });
    open || state
        .releases_owed
        .iter()
        .any(|owed| owed.step.status() == StepStatus::Unknown || owed.step.role == Role::Probe)
}

/// Whether an operation counts as driven, so that recovery leaves the whole group alone for now.
pub fn is_driven(world: &World) -> bool {
    let now = Timestamp::from_milliseconds(world.now).unwrap();
    state(world).is_some_and(|state| state.operations.iter().any(|operation| operation.is_held(now)))
}

/// Holds the committed state to all that must be true of it.
pub fn check(world: &World) {
    let Some(state) = state(world) else { return };
    assert_eq!(invariants::broken(&state).unwrap(), None, "{}", world.row.state);
    if state.account.is_some() {
        let has_token = world.row.state.contains("tok_");
        assert!(!has_token || waits(&state), "a single-use token outlived its operation: {}", world.row.state);
        return;
    }
    let running = state.operations.iter().any(|operation| operation.status == OperationStatus::Running);
    if running || is_unknown(&state) || world.decides_silently {
        return;
    }
    assert_eq!(
        records(&state),
        world.gateway.books(),
        "records and books, when nothing is unknown: {}",
        world.row.state
    );
    one_live_payment(&state).unwrap_or_else(|why| panic!("{why}"));
    let has_token = ["tok_", "lasting_"].iter().any(|token| world.row.state.contains(token));
    let needs_one = waits(&state) || !state.methods_to_save.is_empty();
    assert!(!has_token || needs_one, "a token outlived its operation: {}", world.row.state);
}

fn waits(state: &State) -> bool {
    state.active().is_some()
}

/// What is held and charged, by our records, under the gateway's references.
pub fn records(state: &State) -> BTreeMap<String, (i64, i64)> {
    let group = &state.group;
    let mut records: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for authorization in &group.authorizations {
        let reference = authorization.gateway_reference.clone().unwrap();
        records.entry(reference).or_default().0 += cents(&group.authorization_balance(authorization).unwrap().text());
    }
    for payment in &group.payments {
        let own = payment.gateway_reference.clone();
        let authorization = payment.payment_authorization_id.as_deref().and_then(|id| group.authorization(id));
        let reference = authorization.map_or(own, |authorization| authorization.gateway_reference.clone()).unwrap();
        records.entry(reference).or_default().1 += cents(&group.refundable(payment).unwrap().text());
    }
    records.retain(|_, amounts| *amounts != (0, 0));
    records
}

/// Every record with something left is the live payment's, or owed, or still being decided about.
pub fn one_live_payment(state: &State) -> Result<(), String> {
    let group = &state.group;
    if group.checkout_id.is_empty() {
        return Ok(()); // The back office may take as many as it likes.
    }
    let mut allowed: Vec<String> = state.releases_owed.iter().map(|owed| owed.record_id.clone()).collect();
    if let Some(live) = &group.live {
        allowed.push(live.record_id.clone());
        allowed.extend(group.captures_of(&live.record_id).map(|capture| capture.id.clone()));
    }
    // What an operation under way is still to let go of: authorize-first, the old payment stays until the new one stands.
    allowed.extend(
        state.active().into_iter().flat_map(|operation| &operation.steps).filter_map(|step| step.target_id.clone()),
    );
    allowed.extend(
        state.active().into_iter().flat_map(|operation| &operation.steps).filter_map(|step| step.record_id.clone()),
    );
    let holds = group.authorizations.iter().filter(|record| group.authorization_balance(record).unwrap().is_positive());
    let charges = group.payments.iter().filter(|record| group.refundable(record).unwrap().is_positive());
    for id in holds.map(|record| &record.id).chain(charges.map(|record| &record.id)) {
        let of_an_owed = group.payment(id).and_then(|payment| payment.payment_authorization_id.as_ref());
        if !allowed.contains(id) && of_an_owed.is_none_or(|authorization| !allowed.contains(authorization)) {
            return Err(format!("{id} is neither the live payment nor owed: {state:#?}"));
        }
    }
    Ok(())
}

/// Nothing is unknown or owed, the records and the books agree, and at most one payment of the cart stands.
pub fn is_settled(world: &World) -> Result<(), String> {
    let Some(state) = state(world) else {
        return if world.gateway.books().is_empty() { Ok(()) } else { Err("a payment without a record".to_owned()) };
    };
    if is_unknown(&state) {
        return Err("something is unknown".to_owned());
    }
    if !state.releases_owed.is_empty() {
        return Err(format!("owed: {:?}", state.releases_owed));
    }
    let books = world.gateway.books();
    if records(&state) != books {
        return Err(format!("records {:?}, books {books:?}", records(&state)));
    }
    if books.len() > 1 && !state.group.checkout_id.is_empty() {
        return Err(format!("more than one payment stands: {books:?}"));
    }
    Ok(())
}

/// What stands for the cart, as the view says: `Auth 99.00`, `PO PO-2`, or `-`.
pub fn live(world: &World) -> String {
    let Some(state) = state(world) else { return "-".to_owned() };
    let group = &state.group;
    let Some(live) = &group.live else { return "-".to_owned() };
    if let Some(order) = group.purchase_order.as_ref().filter(|_| live.record_id == group.id) {
        return format!("PO {}", order.number);
    }
    let (held, charged) = match group.authorization(&live.record_id) {
        Some(authorization) => {
            let charged: i64 = group
                .captures_of(&authorization.id)
                .map(|capture| cents(&group.refundable(capture).unwrap().text()))
                .sum();
            (cents(&group.authorization_balance(authorization).unwrap().text()), charged)
        }
        None => (0, cents(&group.refundable(group.payment(&live.record_id).unwrap()).unwrap().text())),
    };
    format!("{} {}", live.kind, super::money::text(held + charged))
}

/// What is owed: `reverse 129.90`, in order.
pub fn owed(world: &World) -> String {
    let Some(state) = state(world) else { return "-".to_owned() };
    let owed: Vec<String> =
        state.releases_owed.iter().map(|owed| format!("{} {}", owed.operation.as_str(), owed.amount.text())).collect();
    if owed.is_empty() { "-".to_owned() } else { owed.join(", ") }
}
