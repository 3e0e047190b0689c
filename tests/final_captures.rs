//! A gateway that lets go of the rest of a hold when it is captured: once the capture has happened, nothing of the rest counts as held, is
//! captured, reversed or owed; until the gateway says that it has, nothing is let go of. Expected results are written by hand.
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
use support::gateway::Scripted;
use support::scenes::{Existing, auth, world_with};
use support::world::{Reply, World};

/// A cart of $129.90, authorized at a gateway that takes one capture of a hold; and the hold's id.
fn authorized() -> (World, String) {
    let mut world = world_with(Existing::Nothing);
    world.gateway.captures_once = true;
    assert_eq!(world.pay(&auth("tok_old"), None).status, 201);
    let hold = state(&world).unwrap().group.live.as_ref().unwrap().record_id.clone();
    (world, hold)
}

fn ask(world: &mut World, operation: &str, target: &str, amount: &str) -> Reply {
    world.back_office(operation, Some(target), &json!({ "amount": amount }))
}

/// `201 Processed`, `422 AMOUNT_TOO_LARGE`
fn short(reply: &Reply) -> String {
    let body = reply.json();
    let members = ["payment", "paymentAuthAdjustment", "refund"];
    let status = members.iter().find_map(|member| body[member]["status"].as_str());
    let error = body[0]["errorCode"].as_str().or(body["error"]["errorCode"].as_str());
    format!("{} {}", reply.status, status.or(error).unwrap_or("-"))
}

/// What `GET …/payments` says is held.
fn balance(world: &mut World) -> String {
    format!("{:.2}", world.view()["paymentAuthorizations"][0]["balance"].as_f64().unwrap())
}

fn captured(world: &World) -> String {
    state(world).unwrap().group.payments.last().unwrap().id.clone()
}

/// The field of the newest row of this object, as the back office reads it.
fn field(world: &World, object: &str, name: &str) -> String {
    let rows = checkout_payments::payments::rows::rows(&state(world).unwrap(), "simulator");
    let row = rows.iter().rev().find(|row| row.object == object).unwrap_or_else(|| panic!("no {object}"));
    row.fields.get(name).unwrap_or_else(|| panic!("no {name}: {row:?}")).clone()
}

#[test]
fn the_rest_is_let_go_of_when_the_capture_has_happened() {
    let (mut world, hold) = authorized();
    assert_eq!(world.place_order("ORD-1").status, 201);
    assert_eq!(short(&ask(&mut world, "captures", &hold, "30.00")), "201 Processed");
    assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), ("0.00", "Auth 30.00"));
    assert_eq!(world.view()["payments"][0]["finalCapture"], json!(true));
    let said = world.explain()["now"].to_string();
    assert!(said.contains("$99.90 of it was let go of by the gateway when it was captured."), "{said}");
    // What was authorized is what was captured and released, for whoever adds up.
    assert_eq!(field(&world, "PaymentAuthorization", "Balance"), "0.00");
    assert_eq!(field(&world, "PaymentAuthorization", "TotalPaymentCaptureAmount"), "30.00");
    assert_eq!(field(&world, "PaymentAuthorization", "TotalAuthReversalAmount"), "99.90");
    assert_eq!(field(&world, "OrderPaymentSummary", "AuthorizationReversalAmount"), "99.90");
    assert_eq!(field(&world, "OrderPaymentSummary", "AvailableToCaptureAmount"), "0.00");
    // Nothing more is captured or reversed, and nothing is sent for it.
    let from = world.gateway.seen.len();
    assert_eq!(short(&ask(&mut world, "captures", &hold, "0.01")), "422 AMOUNT_TOO_LARGE");
    assert_eq!(short(&ask(&mut world, "reversals", &hold, "99.90")), "422 AMOUNT_TOO_LARGE");
    assert_eq!(world.gateway.calls_since(from), "");
    is_settled(&world).unwrap();
    // What was captured is given back; what was let go of does not come back with it.
    let capture = captured(&world);
    assert_eq!(short(&ask(&mut world, "refunds", &capture, "30.00")), "201 Processed");
    assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), ("0.00", "-"));
    is_settled(&world).unwrap();
}

/// The other gateways: the rest is held as before.
#[test]
fn where_the_gateway_keeps_the_rest_it_is_held() {
    let mut world = world_with(Existing::Authorization);
    let hold = state(&world).unwrap().group.live.as_ref().unwrap().record_id.clone();
    assert_eq!(short(&ask(&mut world, "captures", &hold, "30.00")), "201 Processed");
    assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), ("99.90", "Auth 129.90"));
    assert!(!world.row.state.contains("finalCapture"), "a state says it only where it is so");
    assert_eq!(field(&world, "PaymentAuthorization", "TotalAuthReversalAmount"), "0.00");
}

/// An order that is not placed counts what was captured only; paying anew gives that back, and sends no reversal.
#[test]
fn an_order_and_a_second_payment_count_what_was_captured() {
    let (mut world, hold) = authorized();
    assert_eq!(short(&ask(&mut world, "captures", &hold, "30.00")), "201 Processed");
    let refused = world.place_order("ORD-1");
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(refused.body.contains("30") && !refused.body.contains("ORD-1"), "{refused:?}");
    let from = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    assert_eq!(world.gateway.calls_since(from), "refund 30.00, authorize 129.90");
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "-"));
    is_settled(&world).unwrap();
}

/// Accepted is not done: the rest is held until the gateway says that the capture happened, and stays held when it says that it did not.
#[test]
fn a_pending_capture_lets_go_of_nothing() {
    for happened in [true, false] {
        let (mut world, hold) = authorized();
        world.gateway.script("capture", &[Scripted::Pending]);
        assert_eq!(short(&ask(&mut world, "captures", &hold, "30.00")), "201 Pending");
        assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), ("99.90", "Auth 129.90"));
        let reference = world.gateway.pending().remove(0);
        let fact = world.gateway.decide(&reference, happened);
        assert!(world.notify(&fact));
        let expected = if happened { ("0.00", "Auth 30.00") } else { ("129.90", "Auth 129.90") };
        assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), expected);
        is_settled(&world).unwrap();
    }
}

/// An unknown capture is no success: nothing is let go of until the gateway says what became of it, and then as that says.
#[test]
fn an_unknown_capture_lets_go_of_nothing() {
    for happened in [true, false] {
        let (mut world, hold) = authorized();
        world.gateway.key_window = 0; // it is asked about and not repeated
        world.gateway.script("capture", &[if happened { Scripted::TimeoutAfter } else { Scripted::TimeoutBefore }]);
        assert_eq!(short(&ask(&mut world, "captures", &hold, "30.00")), "422 PAYMENT_INDETERMINATE");
        assert_eq!(balance(&mut world), "129.90", "{happened}");
        world.recover_for(10);
        let expected = if happened { ("0.00", "Auth 30.00") } else { ("129.90", "Auth 129.90") };
        assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), expected, "{happened}");
        is_settled(&world).unwrap();
    }
}

/// A success stands, whatever is told after it; one that comes after a failure lets go of the rest then.
#[test]
fn late_facts_end_in_the_same_records() {
    for told in [&[true, false] as &[bool], &[false, true], &[true, true, false]] {
        let (mut world, hold) = authorized();
        world.gateway.script("capture", &[Scripted::Pending]);
        assert_eq!(short(&ask(&mut world, "captures", &hold, "30.00")), "201 Pending");
        let reference = world.gateway.pending().remove(0);
        let facts: Vec<Value> = told.iter().map(|happened| world.gateway.decide(&reference, *happened)).collect();
        world.gateway.decide(&reference, true);
        world.decides_silently = true;
        facts.iter().for_each(|fact| assert!(world.notify(fact)));
        world.decides_silently = false;
        assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), ("0.00", "Auth 30.00"), "{told:?}");
        is_settled(&world).unwrap_or_else(|why| panic!("{told:?}: {why}"));
    }
}

/// The rest was on its way back when the capture happened: no more is let go of than there was, whichever is told first.
#[test]
fn a_reversal_beside_the_capture() {
    for reversal_first in [true, false] {
        for reversal_happens in [true, false] {
            let (mut world, hold) = authorized();
            world.gateway.script("capture", &[Scripted::Pending]);
            world.gateway.script("reverse", &[Scripted::Pending]);
            assert_eq!(short(&ask(&mut world, "captures", &hold, "30.00")), "201 Pending");
            assert_eq!(short(&ask(&mut world, "reversals", &hold, "99.90")), "201 Pending");
            let mut pending = world.gateway.pending();
            pending.sort_by_key(|reference| reference.starts_with("reverse") != reversal_first);
            world.decides_silently = true;
            for reference in pending {
                let fact = world.gateway.decide(&reference, reversal_happens || !reference.starts_with("reverse"));
                assert!(world.notify(&fact));
            }
            world.decides_silently = false;
            assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), ("0.00", "Auth 30.00"));
            assert_eq!(field(&world, "PaymentAuthorization", "TotalAuthReversalAmount"), "99.90");
            is_settled(&world).unwrap();
        }
    }
}

/// Authorize-first: the release of the rest was planned, and the capture happens before its turn comes. The gateway has nothing to reverse
/// any more; the shopper is not held up by that, and nothing stays owed.
#[test]
fn a_release_that_was_planned_finds_nothing_left() {
    let (mut world, hold) = authorized();
    world.release_order = "authorize-first";
    world.gateway.script("capture", &[Scripted::Pending]);
    assert_eq!(short(&ask(&mut world, "captures", &hold, "30.00")), "201 Pending");
    world.gateway.script("authorize", &[Scripted::Pending]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 202);
    for kind in ["capture", "gw"] {
        let reference = world.gateway.pending().into_iter().find(|reference| reference.starts_with(kind)).unwrap();
        let fact = world.gateway.decide(&reference, true);
        assert!(world.notify(&fact));
    }
    world.recover_for(5);
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "-"));
    is_settled(&world).unwrap();
}

/// A capture that was written before the gateway was known to do so keeps what it says: the rest is held.
#[test]
fn what_was_captured_before_is_read_as_it_was() {
    let mut world = world_with(Existing::PartlyCaptured);
    world.gateway.captures_once = true; // the adapter says so from now on
    assert_eq!((balance(&mut world).as_str(), live(&world).as_str()), ("99.90", "Auth 129.90"));
}
