//! Notifications are facts (DESIGN §6): what each is taken for. That repeated, reordered, lost, before or after the call's own
//! answer the end is the same is in `facts.rs`, exhaustively.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use serde_json::{Value, json};
use support::books::{is_settled, live, owed, state};
use support::gateway::{Scripted, notification};
use support::scenes::{Existing, auth, purchase_order, world_with};
use support::world::World;

/// The fact about the cart's pending authorization, as the gateway's books have it.
fn decided(world: &mut World, happened: bool) -> Value {
    let reference = world.gateway.pending().remove(0);
    world.gateway.decide(&reference, happened)
}

#[test]
fn a_pending_authorization_succeeds() {
    let mut world = world_with(Existing::Pending);
    let fact = decided(&mut world, true);
    for _ in 0..3 {
        assert!(world.notify(&fact));
        is_settled(&world).unwrap();
        assert_eq!(live(&world), "Auth 129.90");
    }
    assert_eq!(world.gateway.calls_since(0), "authorize 129.90", "nothing is asked any more");
    assert_eq!(world.row.due, None);
    assert_eq!(world.pay(&auth("tok_old"), None).status, 201, "the page that asks again is told");
}

#[test]
fn a_pending_authorization_fails() {
    let mut world = world_with(Existing::Pending);
    let fact = decided(&mut world, false);
    for _ in 0..3 {
        assert!(world.notify(&fact));
        is_settled(&world).unwrap();
        assert_eq!(live(&world), "-");
    }
    assert_eq!(world.pay(&auth("tok_old"), None).short(), "422 Decline /commerce/errors/payment-failure");
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201, "the cart can be paid again");
    is_settled(&world).unwrap();
}

/// A late failure never undoes a success of the same attempt.
#[test]
fn a_late_failure_changes_nothing() {
    let mut world = world_with(Existing::Authorization);
    let payment = world.gateway.payments[0].clone();
    let before = effect(&world);
    assert!(world.notify(&notification(&payment.reference, &payment.ours, "authorize", false)));
    assert_eq!(effect(&world), before);
    assert_eq!(live(&world), "Auth 129.90");
}

/// The gateway declined, and says later that it happened: the payment stands after all, for nothing else does.
#[test]
fn a_late_success_stands_when_nothing_else_does() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Pending]);
    world.pay(&auth("tok_1"), Some("key"));
    let reference = world.gateway.pending().remove(0);
    let failed = world.gateway.decide(&reference, false);
    assert!(world.notify(&failed));
    assert_eq!(live(&world), "-");
    let succeeded = world.gateway.decide(&reference, true);
    assert!(world.notify(&succeeded));
    assert_eq!(live(&world), "Auth 129.90");
    is_settled(&world).unwrap();
    assert_eq!(world.pay(&auth("tok_1"), Some("key")).status, 201, "the key's answer is the truth now");
}

/// But when the shopper has paid otherwise meanwhile, or is just doing so, it is let go of.
#[test]
fn a_late_success_is_let_go_of_when_another_payment_stands() {
    for meanwhile in ["paid", "pays", "ordered", "purchase order"] {
        let mut world = World::new();
        world.gateway.script("authorize", &[Scripted::Pending]);
        world.pay(&auth("tok_1"), None);
        let reference = world.gateway.pending().remove(0);
        let failed = world.gateway.decide(&reference, false);
        assert!(world.notify(&failed));
        match meanwhile {
            "paid" => assert_eq!(world.pay(&auth("tok_2"), None).status, 201),
            "purchase order" => assert_eq!(world.pay(&purchase_order("PO-1"), None).status, 201),
            "ordered" => {
                assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
                assert_eq!(world.place_order("O-1").status, 201);
            }
            _ => {
                world.gateway.script("authorize", &[Scripted::Review]);
                assert_eq!(world.pay(&auth("tok_2"), None).status, 202);
            }
        }
        let stood = live(&world);
        let succeeded = world.gateway.decide(&reference, true);
        assert!(world.notify(&succeeded), "{meanwhile}");
        assert!(world.notify(&succeeded), "{meanwhile}");
        assert_eq!((live(&world), owed(&world)), (stood, "reverse 129.90".to_owned()), "{meanwhile}");
        world.recover_for(4);
        assert_eq!(owed(&world), "-", "{meanwhile}");
        assert_eq!(world.gateway.payments[0].held(), 0, "{meanwhile}");
    }
}

/// A declined payment that has no record at all can be spoken of too.
#[test]
fn a_late_success_of_a_declined_call() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Decline]);
    world.pay(&auth("tok_1"), None);
    let ours = world.gateway.seen[0].ours.clone();
    assert!(world.row.index.contains(&ours), "it can be found by our reference");
    let outcome = json!({"resultCode": "Success", "gatewayReference": "gw_late"});
    let mut call =
        json!({"operation": "authorize", "amount": "129.90", "ourReference": ours, "idempotencyKey": "late"});
    call["paymentToken"] = json!("tok_1");
    let booked = world.gateway.process(&call, world.now);
    assert_eq!(booked["resultCode"], outcome["resultCode"]);
    assert!(world.notify(&notification(booked["gatewayReference"].as_str().unwrap(), &ours, "authorize", true)));
    assert_eq!(live(&world), "Auth 129.90");
    is_settled(&world).unwrap();
}

#[test]
fn an_unknown_reference_is_nobody_s() {
    let mut world = world_with(Existing::Authorization);
    let version = world.row.version;
    assert!(!world.notify(&notification("gw_other", "pauth_other", "authorize", true)));
    assert_eq!(world.row.version, version, "nothing is written");
}

/// Not every gateway gives our reference back.
#[test]
fn a_fact_without_our_reference_is_matched_by_theirs() {
    let mut world = world_with(Existing::Pending);
    let mut fact = decided(&mut world, true);
    fact.as_object_mut().unwrap().remove("ourReference");
    assert!(world.notify(&fact));
    is_settled(&world).unwrap();
    // The reversal of it has a fact of its own, under its own name.
    world.gateway.script("reverse", &[Scripted::Pending]);
    world.pay(&auth("tok_new"), None);
    let mut fact = decided(&mut world, false);
    fact.as_object_mut().unwrap().remove("ourReference");
    assert!(world.notify(&fact));
    assert_eq!(owed(&world), "reverse 129.90");
}

/// A fact about another amount is not about this payment.
#[test]
fn a_fact_about_another_amount_is_not_believed() {
    let mut world = world_with(Existing::Pending);
    let reference = world.gateway.pending().remove(0);
    let ours = world.gateway.payments[0].ours.clone();
    let mut fact = notification(&reference, &ours, "authorize", true);
    fact["amount"] = json!("1.00");
    fact["currencyIsoCode"] = json!("USD");
    world.notify(&fact);
    assert_eq!(state(&world).unwrap().operations[0].status.as_str(), "waiting");
    assert_eq!(world.pay(&auth("tok_old"), None).status, 202);
}

/// A release that was accepted and then failed is owed again, whichever it is; a failure told twice is owed once.
#[test]
fn a_pending_release_that_fails_is_owed_again() {
    for (existing, release) in [(Existing::Authorization, "reverse"), (Existing::WhollyCaptured, "refund")] {
        let mut world = world_with(existing);
        world.gateway.script(release, &[Scripted::Pending]);
        assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
        let fact = decided(&mut world, false);
        for _ in 0..2 {
            assert!(world.notify(&fact));
            assert_eq!(owed(&world), format!("{release} 129.90"));
        }
        world.recover_for(3);
        is_settled(&world).unwrap();
        assert_eq!(live(&world), "Auth 129.90");
    }
}

/// The release of the old payment was lost and is owed, and the new one waits: what is told of the one does not end the other.
#[test]
fn a_fact_about_a_release_owed_leaves_the_waiting_payment_alone() {
    for (scripted, status, stands) in [
        (Scripted::Review, "202 RequiresReview", "-"),
        (Scripted::Pending, "202 RequiresReview", "Auth 129.90"),
        (Scripted::TimeoutAfter, "422 SystemError /commerce/errors/payment-indeterminate", "-"),
    ] {
        for happened in [true, false] {
            let mut world = world_with(Existing::Authorization);
            world.gateway.script("reverse", &[Scripted::TimeoutAfter]);
            world.gateway.script("authorize", &[scripted]);
            assert_eq!(world.pay(&auth("tok_new"), Some("key")).short(), status);
            let effect = world.gateway.payments[0].effects[0].clone();
            let operation = |world: &World| format!("{:?}", state(world).unwrap().operations[1].status);
            let before = operation(&world);
            let fact = world.gateway.decide(&effect.reference, happened);
            assert!(world.notify(&fact));
            assert_eq!((operation(&world), live(&world).as_str()), (before, stands), "{scripted:?}");
            assert_eq!(owed(&world), if happened { "-" } else { "reverse 129.90" }, "{scripted:?}");
            if scripted != Scripted::TimeoutAfter {
                assert_eq!(world.pay(&auth("tok_new"), Some("key")).short(), status);
            }
        }
    }
}

/// authorize-first: the pending payment's success brings the release of the old one with it; its failure leaves the old one.
#[test]
fn a_fact_lets_the_operation_go_on() {
    for (happened, calls, stands) in [(true, "reverse 129.90", "Auth 99.00"), (false, "", "Auth 129.90")] {
        let mut world = world_with(Existing::Authorization);
        world.release_order = "authorize-first";
        world.cart_of("99.00");
        world.gateway.script("authorize", &[Scripted::Pending]);
        assert_eq!(world.pay(&auth("tok_new"), None).status, 202);
        assert_eq!(live(&world), "Auth 129.90", "the old one stays until the new one stands");
        let from = world.gateway.seen.len();
        let fact = decided(&mut world, happened);
        assert!(world.notify(&fact));
        assert_eq!(world.gateway.calls_since(from), calls);
        assert_eq!(live(&world), stands);
        is_settled(&world).unwrap();
    }
}

/// The order was placed with the old payment while the new one was pending: its late success is let go of.
#[test]
fn a_pending_payment_does_not_replace_the_one_that_was_ordered_with() {
    let mut world = world_with(Existing::Authorization);
    world.release_order = "authorize-first";
    world.gateway.script("authorize", &[Scripted::Pending]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 202);
    assert_eq!(world.place_order("O-1").status, 201);
    let stands = state(&world).unwrap().group.live.clone();
    let fact = decided(&mut world, true);
    assert!(world.notify(&fact));
    assert_eq!(state(&world).unwrap().group.live, stands);
    world.recover_for(3);
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.payments[0].held(), 12990);
}

/// What the facts came to, without times, ids and tries.
fn effect(world: &World) -> String {
    let state = state(world).unwrap();
    let group = &state.group;
    let holds = group.authorizations.iter().filter(|record| group.authorization_balance(record).unwrap().is_positive());
    let mut records: Vec<String> =
        holds.map(|record| format!("{} {}", record.amount.text(), record.status.as_str())).collect();
    records.extend(
        group
            .adjustments
            .iter()
            .filter(|record| record.status.as_str() != "Failed")
            .map(|record| format!("reversed {}", record.amount.text())),
    );
    let last = state.operations.iter().rev().find(|operation| operation.intent.is_some()).unwrap();
    format!("{records:?} live {} owed {} {}", live(world), owed(world), last.status.as_str())
}
