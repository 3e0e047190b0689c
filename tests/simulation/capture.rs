//! The back office captures a part of what is held, or the rest.

use checkout_payments::domain::amount::Amount;
use checkout_payments::domain::money::Money;
use checkout_payments::engine::{self, OperationKind, Plan, Role};
use checkout_payments::gateway::GatewayOperation;
use checkout_payments::wire::context::{Context, read, read_state};
use checkout_payments::wire::step::Step;

/// The step that announces the capture; an idle one when there is nothing to capture from now.
pub fn begin(context: &str, state: &str, cents: i64) -> String {
    let context: Context = read("context", context).unwrap();
    let mut env = context.env().unwrap();
    let provider = env.gateway.provider.clone();
    let idle = || Step { idle: true, ..Step::default() }.text();
    let Some(mut state) = read_state(state).unwrap().filter(|state| state.active().is_none()) else { return idle() };
    let live = state.group.live.as_ref().map(|live| live.record_id.clone()).unwrap_or_default();
    let Some(authorization) = state.group.authorization(&live).cloned() else { return idle() };
    let left = state.group.authorization_balance(&authorization).unwrap();
    let wanted = Amount::from_units(i128::from(cents), 2).unwrap();
    let amount = wanted.min(left);
    if !amount.is_positive() {
        return idle();
    }
    let money = Money::new(amount, authorization.currency).unwrap();
    let step = engine::Step::planned(Role::Take, GatewayOperation::Capture, money, &mut env.ids)
        .on(&authorization.id, authorization.gateway_reference.as_deref());
    let plan = Plan {
        kind: OperationKind::Payments,
        steps: vec![step],
        intent: None,
        idempotency_key: None,
        fingerprint: std::collections::BTreeMap::new(),
        extras: None,
    };
    let (id, progress) = engine::begin(&mut state, plan, &mut env).unwrap();
    Step::progress(&mut state, id, progress, &provider).text()
}
