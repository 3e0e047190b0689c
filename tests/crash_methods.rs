//! Tokenizing a payment method, and saving one with a payment, stopped at every point with every answer of the gateway, and at every point of the
//! recovery after that. Whatever happens: the method is saved once or not at all, the repeat under the same key says which, and no token is left
//! where it does not belong.
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

use std::collections::BTreeSet;

use checkout_payments::wire::context::read_state;
use serde_json::{Value, json};
use support::books::is_settled;
use support::gateway::{Inquiry, Scripted};
use support::world::{Crashed, HELD, Point, Reply, World};

const KEY: &str = "key-1";

/// One request, and the world it is made in.
struct Flow {
    name: String,
    world: World,
    operation: &'static str,
}

fn flows() -> Vec<Flow> {
    let mut flows = Vec::new();
    for (operation, call) in [("payment-methods", "tokenize"), ("sales", "sale"), ("authorizations", "authorize")] {
        for known in [false, true] {
            for first in Scripted::ALL {
                for second in [Scripted::Ok, Scripted::Decline, Scripted::TimeoutBefore] {
                    if first == Scripted::Review || second == Scripted::Review {
                        continue; // a challenge is gone on with by another key: see tests/payment_methods.rs
                    }
                    let mut world = World::new();
                    if known {
                        let reply = world.try_tokenize(&tokenization("tok_card#0"), None).unwrap();
                        assert_eq!(reply.status, 201, "{reply:?}");
                    }
                    world.gateway.script(call, &[first, second]);
                    world.points.clear();
                    let before = if known { "saved before" } else { "new" };
                    flows.push(Flow {
                        name: format!("{operation}, {before}, {first:?} then {second:?}"),
                        world,
                        operation,
                    });
                }
            }
        }
    }
    flows
}

fn tokenization(token: &str) -> Value {
    json!({"cardPaymentMethod": {"gatewayToken": token, "accountId": "001", "cardLastFour": "4242"}})
}

fn payment() -> Value {
    let card = json!({"gatewayToken": "tok_card#1", "cardLastFour": "4242"});
    let method = json!({"cardPaymentMethod": card, "saveForFuture": true});
    json!({"accountId": "001", "amount": "40.00", "currencyIsoCode": "USD", "paymentMethod": method})
}

impl Flow {
    fn ask(&self, world: &mut World) -> Result<Reply, Crashed> {
        if self.operation == "payment-methods" {
            // A crash must not leave the rows swapped: the world goes on after it.
            world.swap_rows();
            let reply = world.try_back_office(self.operation, None, &tokenization("tok_card#1"), Some(KEY));
            world.swap_rows();
            return reply;
        }
        world.try_back_office(self.operation, None, &payment(), Some(KEY))
    }

    fn recover(&self, world: &mut World, passes: usize) {
        self.swapped(world, |world| world.recover_for(passes));
    }

    fn swapped<T>(&self, world: &mut World, work: impl FnOnce(&mut World) -> T) -> T {
        let swaps = self.operation == "payment-methods";
        if swaps {
            world.swap_rows();
        }
        let result = work(world);
        if swaps {
            world.swap_rows();
        }
        result
    }

    fn decide_all(&self, world: &mut World, happened: bool) {
        for _ in 0..12 {
            for reference in world.gateway.pending() {
                let fact = world.gateway.decide(&reference, happened);
                self.swapped(world, |world| {
                    if !world.row.state.is_empty() {
                        world.notify(&fact);
                    }
                });
            }
            self.recover(world, 2);
        }
    }

    /// Everything is told, asked and tried; then the client repeats its request.
    fn settle(&self, mut world: World, happened: bool, what: &str) {
        let case = || format!("{}, {what}", self.name);
        (world.take_over, world.crash_at) = (true, None);
        self.decide_all(&mut world, happened);
        let before = methods(&world);
        let reply = self.ask(&mut world).unwrap();
        self.decide_all(&mut world, happened);
        is_settled(&world).unwrap_or_else(|why| panic!("{}: {why}", case()));
        let after = methods(&world);
        assert!(after.len() <= 1, "{}: saved {} times", case(), after.len());
        if before.is_empty() && reply.status == 201 {
            assert!(after.len() == 1, "{}: told that it happened, and nothing was saved", case());
        }
        if reply.status == 201 {
            let id = reply.json()["paymentMethod"]["id"].as_str().map(str::to_owned);
            assert!(id.is_some_and(|id| after.contains(&id)), "{}: {reply:?}, {after:?}", case());
        }
        let group = if self.operation == "payment-methods" { "" } else { &world.row.state };
        assert!(!group.contains("lasting_") && !group.contains("tok_"), "{}: a token is left: {group}", case());
        // The same key, the same answer, for ever.
        let again = self.ask(&mut world).unwrap();
        if reply.status == 201 {
            assert_eq!(again, reply, "{}", case());
            assert_eq!(methods(&world), after, "{}", case());
        }
    }
}

/// The ids of the account's methods that are not canceled.
fn methods(world: &World) -> BTreeSet<String> {
    let account = read_state(&world.account.state).unwrap().and_then(|state| state.account);
    account.into_iter().flat_map(|account| account.methods).map(|method| method.id).collect()
}

/// Every point of every flow, with each way in which the first questions are answered.
#[test]
fn every_point_of_saving_a_method() {
    let (mut flows_seen, mut points, mut in_recovery, mut before_saving) = (0, 0, 0, 0);
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
                    let point = *world.points.last().unwrap();
                    before_saving += usize::from(point == Point::BeforeSaving);
                    let what = format!("stopped at {point:?}");
                    world.now += if at % 2 == 0 { HELD + 1 } else { 1 };
                    in_recovery += stop_in_recovery(&flow, &world, happened, &what);
                    flow.settle(world, happened, &what);
                }
            }
        }
    }
    println!(
        "{flows_seen} flows, {points} points, {in_recovery} more in recoveries; {before_saving} between payment and method"
    );
    assert!(points > 900 && in_recovery > 500 && before_saving > 50, "{points} {in_recovery} {before_saving}");
}

/// Each point of the first recovery after a stop.
fn stop_in_recovery(flow: &Flow, stopped: &World, happened: bool, what: &str) -> usize {
    let mut visited = 0;
    for at in 0.. {
        let mut world = stopped.clone();
        world.take_over = true;
        world.points.clear();
        world.crash_at = Some(at);
        if flow.swapped(&mut world, |world| world.try_recover(None)).is_ok() {
            return visited;
        }
        visited += 1;
        let what = format!("{what}, then in recovery at {:?}", world.points.last().unwrap());
        world.now += 1;
        flow.settle(world, happened, &what);
    }
    visited
}
