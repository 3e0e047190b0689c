//! What a cart has when a request arrives, and the requests.

use checkout_payments::domain::amount::Amount;
use checkout_payments::domain::currency::Currency;
use checkout_payments::domain::id::IdSource;
use checkout_payments::domain::json::{Amounts, Json, Writer};
use checkout_payments::domain::money::Money;
use checkout_payments::domain::timestamp::Timestamp;
use checkout_payments::engine::{self, Env, OperationKind, Plan, Progress, Role};
use checkout_payments::gateway::{Capabilities, GatewayOperation};
use serde_json::{Value, json};

use super::books;
use super::gateway::Scripted;
use super::world::World;

/// What the cart has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    Nothing,
    Authorization,
    /// $129.90 authorized, $30.00 of it captured.
    PartlyCaptured,
    /// $129.90 authorized, $30.00 and $20.00 of it captured.
    CapturedTwice,
    WhollyCaptured,
    /// A payment made outside, already taken.
    Sale,
    /// Authorized, and then let go of: the payment that was to follow was declined.
    Reversed,
    PurchaseOrder,
    /// Accepted by the gateway, not decided.
    Pending,
    /// The bank asks the shopper.
    UnderReview,
}

impl Existing {
    pub const ALL: [Self; 10] = [
        Self::Nothing,
        Self::Authorization,
        Self::PartlyCaptured,
        Self::CapturedTwice,
        Self::WhollyCaptured,
        Self::Sale,
        Self::Reversed,
        Self::PurchaseOrder,
        Self::Pending,
        Self::UnderReview,
    ];
}

pub fn auth(token: &str) -> String {
    json!({"requestType": "Auth", "paymentToken": token}).to_string()
}

pub fn post_auth(token: &str) -> String {
    json!({"requestType": "PostAuth", "paymentToken": token}).to_string()
}

pub fn purchase_order(number: &str) -> String {
    json!({"requestType": "SimplePurchaseOrder", "paymentToken": number}).to_string()
}

/// A world in which the cart of $129.90 has this.
pub fn world_with(existing: Existing) -> World {
    let mut world = World::new();
    let pay = |world: &mut World, body: &str, status: i64| {
        let reply = world.pay(body, None);
        assert_eq!(reply.status, status, "{existing:?}: {reply:?}");
    };
    match existing {
        Existing::Nothing => {}
        Existing::Authorization => pay(&mut world, &auth("tok_old"), 201),
        Existing::PartlyCaptured => {
            pay(&mut world, &auth("tok_old"), 201);
            capture(&mut world, "30.00");
        }
        Existing::CapturedTwice => {
            pay(&mut world, &auth("tok_old"), 201);
            capture(&mut world, "30.00");
            capture(&mut world, "20.00");
        }
        Existing::WhollyCaptured => {
            pay(&mut world, &auth("tok_old"), 201);
            capture(&mut world, "129.90");
        }
        Existing::Sale => {
            world.gateway.mint("tok_sale", "129.90", true);
            pay(&mut world, &post_auth("tok_sale"), 201);
        }
        Existing::Reversed => {
            pay(&mut world, &auth("tok_old"), 201);
            world.gateway.script("authorize", &[Scripted::Decline]);
            pay(&mut world, &auth("tok_declined"), 422);
        }
        Existing::PurchaseOrder => pay(&mut world, &purchase_order("PO-1"), 201),
        Existing::Pending => {
            world.gateway.script("authorize", &[Scripted::Pending]);
            pay(&mut world, &auth("tok_old"), 202);
        }
        Existing::UnderReview => {
            world.gateway.script("authorize", &[Scripted::Review]);
            pay(&mut world, &auth("tok_old"), 202);
        }
    }
    world.now += 1_000;
    world.points.clear();
    world
}

/// The back office captures part of the live authorization.
pub fn capture(world: &mut World, amount: &str) {
    let live = books::state(world).unwrap().group.live.as_ref().unwrap().record_id.clone();
    let reply = world.back_office("captures", Some(&live), &json!({ "amount": amount }));
    assert!(matches!(reply.status, 201 | 422), "{reply:?}");
}

/// The same; the gateway's answer is told in its own way.
pub fn capture_answered(world: &mut World, amount: &str, told: fn(&mut Value)) {
    let mut state = books::state(world).unwrap().as_ref().clone();
    let mut env = env(world);
    let authorization = state.group.authorization(&state.group.live.as_ref().unwrap().record_id).unwrap().clone();
    let money = Money::new(Amount::parse(amount).unwrap(), Currency::parse("USD").unwrap()).unwrap();
    let step = engine::Step::planned(Role::Take, GatewayOperation::Capture, money, &mut env.ids)
        .on(&authorization.id, authorization.gateway_reference.as_deref());
    let plan = Plan {
        kind: OperationKind::Payments,
        steps: vec![step],
        intent: None,
        idempotency_key: None,
        fingerprint: checkout_payments::domain::sorted::Texts::new(),
        extras: None,
    };
    let (_, progress) = engine::begin(&mut state, plan, &mut env).unwrap();
    let Progress::Call(call) = progress else { panic!("a capture is a call") };
    write(world, &state);
    let mut outcome = world.send(&value(&*call));
    told(&mut outcome);
    let outcome = checkout_payments::wire::context::read("outcome", &outcome.to_string()).unwrap();
    engine::advance(&mut state, &call.id, outcome, &mut env).unwrap();
    write(world, &state);
    books::check(world);
}

/// The engine's surroundings, as the host would hand them in.
pub fn env(world: &mut World) -> Env {
    let context: Value = serde_json::from_str(&world.context(&json!({}))).unwrap();
    let now = Timestamp::from_milliseconds(world.now).unwrap();
    let gateway: Capabilities =
        checkout_payments::wire::context::read("gateway", &context["gateway"].to_string()).unwrap();
    let ids = IdSource::new(now, context["entropy"].as_str().unwrap()).unwrap();
    Env { now, ids, gateway, take_over: false, force_before: None }
}

fn write(world: &mut World, state: &engine::State) {
    world.row.version += 1;
    world.row.state = text(state);
    world.row.due = state.due().map(|due| due.milliseconds());
}

fn text<T: Json>(value: &T) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    value.write(&mut writer);
    writer.finish()
}

fn value<T: Json>(data: &T) -> Value {
    serde_json::from_str(&text(data)).unwrap()
}
