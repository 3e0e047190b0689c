//! The payments API, stopped at every point of every operation with every answer of the gateway, and at every point of the recovery
//! after that. Whatever happens: the gateway's books and our records agree, what was asked for is done once or not at all, and the
//! repeat under the same key says which.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that is wrong should stop at the line that is wrong; and this one says how much it has visited"
)]

mod support;

use serde_json::{Value, json};
use support::books::{is_settled, state};
use support::gateway::{Effect, Inquiry, Scripted, Standing};
use support::scenes::{Existing, world_with};
use support::world::{DAY, HELD, START, World};

const KEY: &str = "key-1";

/// One request, and the world it is made in.
struct Flow {
    name: String,
    world: World,
    operation: &'static str,
    target: Option<String>,
    body: Value,
}

fn flows() -> Vec<Flow> {
    let mut flows = Vec::new();
    for (operation, call) in [
        ("authorizations", "authorize"),
        ("sales", "sale"),
        ("captures", "capture"),
        ("reversals", "reverse"),
        ("refunds", "refund"),
    ] {
        for of_checkout in [false, true] {
            for first in Scripted::ALL {
                for second in [Scripted::Ok, Scripted::Decline, Scripted::TimeoutBefore] {
                    let acts = matches!(operation, "captures" | "reversals" | "refunds");
                    let challenge = first == Scripted::Review || second == Scripted::Review;
                    if (of_checkout && !acts) || (challenge && acts) {
                        continue;
                    }
                    // Also where the gateway lets go of the rest of what is captured.
                    let captures = [false, true].into_iter().filter(|once| !once || operation == "captures");
                    for captures_once in captures {
                        let (mut world, target) = world_for(operation, of_checkout, captures_once);
                        world.gateway.script(call, &[first, second]);
                        world.points.clear();
                        let body = if acts { json!({"amount": "40.00"}) } else { new_payment("40.00") };
                        let whose = if of_checkout { "a checkout's" } else { "its own" };
                        let once = if captures_once { ", captured once" } else { "" };
                        let name = format!("{operation} of {whose} group{once}, {first:?} then {second:?}");
                        flows.push(Flow { name, world, operation, target, body });
                    }
                }
            }
        }
    }
    flows
}

fn new_payment(amount: &str) -> Value {
    let method = json!({"alternativePaymentMethod": {"gatewayToken": "tok_1"}});
    json!({"accountId": "001", "amount": amount, "currencyIsoCode": "USD", "paymentMethod": method})
}

fn world_for(operation: &str, of_checkout: bool, captures_once: bool) -> (World, Option<String>) {
    let existing = if operation == "refunds" { Existing::WhollyCaptured } else { Existing::Authorization };
    let mut world = if of_checkout { world_with(existing) } else { World::new() };
    world.gateway.captures_once = captures_once;
    world.gateway.payments.iter_mut().for_each(|payment| payment.captured_once = captures_once);
    if !of_checkout && matches!(operation, "captures" | "reversals") {
        assert_eq!(world.back_office("authorizations", None, &new_payment("100.00")).status, 201);
    }
    if !of_checkout && operation == "refunds" {
        assert_eq!(world.back_office("sales", None, &new_payment("100.00")).status, 201);
    }
    let target = state(&world).and_then(|state| {
        let hold = state.group.authorizations.first().map(|record| record.id.clone());
        let charge = state.group.payments.first().map(|record| record.id.clone());
        if operation == "refunds" { charge } else { hold }
    });
    (world, target)
}

impl Flow {
    fn ask(&self, world: &mut World) -> Result<support::world::Reply, support::world::Crashed> {
        world.try_back_office(self.operation, self.target.as_deref(), &self.body, Some(KEY))
    }

    /// How often what was asked for stands in the gateway's books.
    fn times_done(&self, world: &World) -> usize {
        let payments = world.gateway.payments.iter();
        if self.target.is_none() {
            return payments.filter(|payment| payment.held() + payment.charged() == 4000).count();
        }
        let done = |effect: &&Effect| effect.amount == 4000 && effect.standing == Standing::Live;
        payments.flat_map(|payment| &payment.effects).filter(done).count()
    }

    /// Everything is told, asked and tried, until nothing is due; then the client repeats its request.
    fn settle(&self, mut world: World, happened: bool, what: &str) {
        let case = || format!("{}, {what}", self.name);
        (world.take_over, world.crash_at) = (true, None);
        decide_all(&mut world, happened);
        is_settled(&world).unwrap_or_else(|why| panic!("{}: {why}", case()));
        let asked = |world: &World| self.times_done(world);
        let before = asked(&world);
        assert!(before <= 1, "{}: done {before} times", case());
        // A challenge is gone on with only by another key; each other request is done with or taken up.
        let reply = self.ask(&mut world).unwrap();
        decide_all(&mut world, happened);
        let after = asked(&world);
        match reply.status {
            201 => assert!(after == 1 || (after == 0 && !happened), "{}: told that it happened: {after}", case()),
            202 => assert_eq!(after, 0, "{}: a challenge is no payment", case()),
            // Provably not sent before, so it was sent now, and recovery has found out.
            422 if reply.body.contains("PAYMENT_INDETERMINATE") => assert!(after <= 1, "{}: {after}", case()),
            422 => assert_eq!(after, before, "{}: {reply:?}", case()),
            // Kept for a day and an hour; the questions about what the gateway does not decide go on for longer.
            404 if world.now - START > DAY + DAY / 24 => assert_eq!(after, before, "{}", case()),
            other => panic!("{}: answered {other}: {reply:?}", case()),
        }
        is_settled(&world).unwrap_or_else(|why| panic!("{}, after the repeat: {why}", case()));
    }
}

fn decide_all(world: &mut World, happened: bool) {
    // In small steps, so that little time goes by before what was accepted is decided: a key is kept for a day.
    for _ in 0..12 {
        for reference in world.gateway.pending() {
            let fact = world.gateway.decide(&reference, happened);
            if !world.row.state.is_empty() {
                world.notify(&fact);
            }
        }
        world.recover_for(2);
    }
}

/// Every point of every flow, with each way in which the first questions are answered.
#[test]
fn every_point_of_every_operation() {
    let (mut flows_seen, mut points, mut in_recovery) = (0, 0, 0);
    for flow in flows() {
        flows_seen += 1;
        for inquiries in [&[] as &[Inquiry], &[Inquiry::Unavailable; 2], &[Inquiry::NotFound]] {
            for happened in [true, false] {
                for at in 0.. {
                    let mut world = flow.world.clone();
                    world.gateway.inquiries.extend(inquiries);
                    world.crash_at = Some(at);
                    if flow.ask(&mut world).is_ok() {
                        flow.settle(world, happened, "not stopped");
                        break;
                    }
                    points += 1;
                    let what = format!("stopped at {:?}", world.points.last().unwrap());
                    world.now += if at % 2 == 0 { HELD + 1 } else { 1 };
                    in_recovery += stop_in_recovery(&flow, &world, happened, &what);
                    flow.settle(world, happened, &what);
                }
            }
        }
    }
    println!("{flows_seen} flows, {points} points, {in_recovery} more in recoveries");
    assert!(points > 2_000 && in_recovery > 1_000, "{points} {in_recovery}");
}

/// Each point of the first recovery after a stop.
fn stop_in_recovery(flow: &Flow, stopped: &World, happened: bool, what: &str) -> usize {
    let mut visited = 0;
    for at in 0.. {
        let mut world = stopped.clone();
        world.take_over = true;
        world.points.clear();
        world.crash_at = Some(at);
        if world.try_recover(None).is_ok() {
            return visited;
        }
        visited += 1;
        let what = format!("{what}, then in recovery at {:?}", world.points.last().unwrap());
        world.now += 1;
        flow.settle(world, happened, &what);
    }
    visited
}
