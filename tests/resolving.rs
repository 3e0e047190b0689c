//! Resolving an unknown (DESIGN §6): repeat, ask by our reference, ask by theirs, wait, ask again; and what proves what.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use checkout_payments::domain::result_code::ResultCode;
use checkout_payments::engine::{self, Progress};
use checkout_payments::gateway::Outcome;
use serde_json::json;
use support::books::{is_settled, live, owed, state};
use support::gateway::{Inquiry, Scripted};
use support::scenes::{Existing, auth, world_with};
use support::world::{DAY, HELD, World};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// A payment whose answer was lost, and a gateway that stays silent.
fn unknown(scripted: Scripted) -> World {
    let mut world = World::new();
    world.gateway.script("authorize", &[scripted]);
    world.pay(&auth("tok_1"), None);
    world.gateway.down = true;
    world
}

/// The waits before each round of questions.
#[test]
fn it_backs_off() {
    let mut world = unknown(Scripted::TimeoutAfter);
    let mut waits = Vec::new();
    for _ in 0..7 {
        let due = world.row.due.expect("it is due some time");
        waits.push(due - world.now);
        world.now = due - 1;
        let calls = world.gateway.seen.len();
        world.recover();
        assert_eq!(world.gateway.seen.len(), calls, "not before it is due");
        world.now = due;
        world.recover();
        assert!(world.gateway.seen.len() > calls, "when it is due");
    }
    assert_eq!(waits, [5 * SECOND, 30 * SECOND, 5 * MINUTE, HOUR, DAY, DAY, DAY]);
    world.gateway.down = false;
    world.recover_for(2);
    is_settled(&world).unwrap();
    assert_eq!(live(&world), "Auth 129.90");
}

/// The same back-off for a release that is owed.
#[test]
fn a_release_owed_backs_off_too() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("reverse", &[Scripted::Decline; 7]);
    world.pay(&auth("tok_new"), None);
    let mut waits = Vec::new();
    for _ in 0..6 {
        let due = world.row.due.unwrap();
        waits.push(due - world.now);
        world.now = due;
        world.recover();
        assert_eq!(owed(&world), "reverse 129.90");
    }
    assert_eq!(waits, [5 * SECOND, 30 * SECOND, 5 * MINUTE, HOUR, DAY, DAY]);
    let keys: std::collections::BTreeSet<_> = world.gateway.seen.iter().filter_map(|seen| seen.key.clone()).collect();
    assert_eq!(keys.len(), world.gateway.seen.len(), "a definite refusal is followed by a new attempt with a new key");
    world.recover_for(2);
    is_settled(&world).unwrap();
}

/// Repeat with the same key; then ask by our reference. Theirs is not known yet.
#[test]
fn the_order_of_the_questions() {
    let mut world = unknown(Scripted::TimeoutAfter);
    let from = world.gateway.seen.len();
    world.now += 5 * SECOND;
    world.recover();
    assert_eq!(world.gateway.calls_since(from), "authorize 129.90, inquire 129.90");
    assert_eq!(world.gateway.seen[0].key, world.gateway.seen[from].key);
    assert!(world.gateway.seen[from + 1].key.is_none(), "a question has no key");
    assert_eq!(world.gateway.seen[from + 1].by.as_deref(), Some("ourReference"));
}

/// When the gateway has named the payment before, it is asked by that name as well.
#[test]
fn their_reference_is_asked_by_when_it_is_known() {
    let mut world = world_with(Existing::UnderReview);
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    assert_eq!(world.pay(&auth("tok_old"), None).short(), "422 SystemError /commerce/errors/payment-indeterminate");
    world.gateway.down = true;
    let from = world.gateway.seen.len();
    world.now += 5 * SECOND;
    world.recover();
    assert_eq!(world.gateway.calls_since(from), "authorize 129.90, inquire 129.90, inquire 129.90");
    let by: Vec<_> = world.gateway.seen[from..].iter().map(|seen| seen.by.as_deref()).collect();
    assert_eq!(by, [None, Some("ourReference"), Some("gatewayReference")], "the adapter is told which way to ask");
    world.gateway.down = false;
    world.recover_for(3);
    is_settled(&world).unwrap();
    assert_eq!(live(&world), "Auth 129.90");
}

/// Only what the adapter can do is asked of it.
#[test]
fn an_adapter_that_can_t_be_asked_is_not() {
    for (inquire, questions) in [
        (json!([]), "authorize 129.90"),
        (json!(["ourReference"]), "authorize 129.90, inquire 129.90"),
        (json!(["gatewayReference"]), "authorize 129.90"),
    ] {
        let mut world = unknown(Scripted::TimeoutAfter);
        world.inquire = inquire;
        let from = world.gateway.seen.len();
        world.now += 5 * SECOND;
        world.recover();
        assert_eq!(world.gateway.calls_since(from), questions);
    }
}

/// After the window the gateway would take the key for a new one, and charge again: it is only asked.
#[test]
fn a_key_is_not_repeated_after_its_window() {
    let mut world = unknown(Scripted::TimeoutAfter);
    world.now += DAY;
    let from = world.gateway.seen.len();
    world.recover();
    assert_eq!(world.gateway.calls_since(from), "inquire 129.90");
    world.gateway.down = false;
    world.recover_for(2);
    assert_eq!(world.gateway.payments.len(), 1);
    is_settled(&world).unwrap();
}

/// Window closed and nobody to ask: it stays unknown, and a notification can still tell.
#[test]
fn what_can_t_be_asked_waits_for_a_notification() {
    let mut world = unknown(Scripted::TimeoutAfter);
    world.inquire = json!([]);
    world.now += DAY;
    let from = world.gateway.seen.len();
    world.recover();
    world.recover_all();
    assert_eq!(world.gateway.calls_since(from), "");
    assert!(world.row.due.unwrap() > world.now);
    let reference = world.gateway.payments[0].reference.clone();
    let fact = world.gateway.decide(&reference, true);
    assert!(world.notify(&fact));
    is_settled(&world).unwrap();
    assert_eq!(live(&world), "Auth 129.90");
}

/// The request may still be under way inside the gateway: "not found" is no proof until long after the last delivery.
#[test]
fn not_found_too_soon_proves_nothing() {
    for (after, proves) in [(9 * MINUTE, false), (11 * MINUTE, true)] {
        let mut world = unknown(Scripted::TimeoutBefore);
        world.gateway.down = false;
        world.gateway.key_window = MINUTE; // so that it is asked and not repeated
        world.now += after;
        let from = world.gateway.seen.len();
        world.recover();
        assert_eq!(world.gateway.calls_since(from), "inquire 129.90");
        let operation = &state(&world).unwrap().operations[0];
        assert_eq!(operation.status.as_str(), if proves { "failed" } else { "unresolved" }, "after {after} ms");
        assert_eq!(live(&world), "-");
    }
}

/// The adapter says how long.
#[test]
fn the_adapter_says_when_not_found_is_proof() {
    for (states, proves) in [(60 * MINUTE, false), (MINUTE, true)] {
        let mut world = unknown(Scripted::TimeoutBefore);
        world.gateway.down = false;
        world.gateway.key_window = MINUTE;
        world.not_found_after = Some(states);
        world.now += 2 * MINUTE;
        world.recover();
        let operation = &state(&world).unwrap().operations[0];
        assert_eq!(operation.status.as_str(), if proves { "failed" } else { "unresolved" }, "{states} ms");
    }
}

/// A payment that never was can be made again: a repeat is a new one.
#[test]
fn after_the_proof_a_repeat_is_a_new_payment() {
    let mut world = unknown(Scripted::TimeoutBefore);
    world.gateway.down = false;
    world.gateway.key_window = MINUTE;
    world.now += HOUR;
    world.recover();
    assert_eq!(world.pay(&auth("tok_1"), None).short(), "201 Success");
    assert_eq!(world.gateway.payments.len(), 1);
    is_settled(&world).unwrap();
}

/// A repeat that was provably not sent says nothing about the delivery before it.
#[test]
fn a_repeat_that_was_not_sent_proves_nothing() {
    for scripted in [Scripted::TimeoutBefore, Scripted::TimeoutAfter] {
        let mut world = World::new();
        world.gateway.script("authorize", &[scripted]);
        world.pay(&auth("tok_1"), None);
        world.gateway.repeats.push_back(Scripted::Error);
        world.gateway.inquiries.push_back(Inquiry::NotSent);
        world.now += 5 * SECOND;
        world.recover();
        assert_eq!(state(&world).unwrap().operations[0].status.as_str(), "unresolved", "{scripted:?}");
        world.recover_for(3);
        assert_eq!(live(&world), "Auth 129.90", "{scripted:?}");
        is_settled(&world).unwrap();
    }
}

/// Nor does a "not sent" for the first delivery, when a process that took over has delivered it too.
#[test]
fn a_first_delivery_that_was_not_sent_proves_nothing_after_a_takeover() {
    let mut world = World::new();
    world.crash_at = Some(1);
    world.try_pay(&auth("tok_1"), None).unwrap_err();
    let call_id = format!("{}/0/1/first", state(&world).unwrap().operations[0].id);
    world.now += HELD + SECOND;
    world.gateway.down = true;
    world.recover();
    let context = world.context(&json!({"callId": call_id}));
    let late = checkout_payments::wire::core::advance(&context, &world.row.state, r#"{"resultCode":"SystemError"}"#);
    world.commit(&support::step::Step::read(&late));
    assert_eq!(state(&world).unwrap().operations[0].status.as_str(), "unresolved");
    world.gateway.down = false;
    world.recover_for(3);
    is_settled(&world).unwrap();
}

/// An adapter that answers nonsense, or about another amount, has not answered.
#[test]
fn nonsense_is_no_answer() {
    for outcome in [
        "",
        "null",
        "{}",
        r#"{"resultCode":"Perhaps"}"#,
        r#"{"resultCode":"Decline","retryCategory":"TryTomorrow"}"#,
        r#"{"resultCode":"Decline","retryDecision":"retriable"}"#,
        r#"{"resultCode":"Success","gatewayReference":"gw_x","amount":"1.00","currencyIsoCode":"USD"}"#,
        r#"{"resultCode":"Success","gatewayReference":"gw_x","amount":"129.90","currencyIsoCode":"EUR"}"#,
        r#"{"resultCode":"Success","amount":"129.9000001"}"#,
        r#"{"notFound":true,"resultCode":"Success"}"#,
    ] {
        let mut world = World::new();
        world.crash_at = Some(1);
        world.try_pay(&auth("tok_1"), None).unwrap_err();
        let call_id = format!("{}/0/1/first", state(&world).unwrap().operations[0].id);
        let context = world.context(&json!({"callId": call_id}));
        let step =
            support::step::Step::read(&checkout_payments::wire::core::advance(&context, &world.row.state, outcome));
        world.commit(&step);
        assert_eq!(step.status(), Some(422), "{outcome}");
        assert!(step.body.contains("payment-indeterminate"), "{outcome}: {}", step.body);
        assert_eq!(state(&world).unwrap().operations[0].status.as_str(), "unresolved", "{outcome}");
    }
}

/// A pass without back-off tries each piece once, and no piece twice.
#[test]
fn a_pass_tries_each_piece_once() {
    let mut world = world_with(Existing::PartlyCaptured);
    world.gateway.script("reverse", &[Scripted::Decline; 9]);
    world.gateway.script("authorize", &[Scripted::TimeoutBefore]);
    world.pay(&auth("tok_new"), None);
    assert_eq!(owed(&world), "reverse 99.90");
    world.gateway.inquiries.extend([Inquiry::Unavailable; 9]);
    world.gateway.repeats.extend([Scripted::TimeoutBefore; 9]);
    for _ in 0..3 {
        world.now += 1;
        let from = world.gateway.seen.len();
        world.recover_all();
        assert_eq!(world.gateway.calls_since(from), "authorize 129.90, inquire 129.90, reverse 99.90");
    }
}

/// What is owed is let go of while another payment waits for the shopper: that may take for ever.
#[test]
fn a_release_owed_does_not_wait_for_the_shopper() {
    for scripted in [Scripted::Review, Scripted::Pending, Scripted::TimeoutBefore] {
        let mut world = world_with(Existing::Authorization);
        world.gateway.script("reverse", &[Scripted::Decline]);
        world.gateway.script("authorize", &[scripted]);
        world.pay(&auth("tok_new"), None);
        if scripted == Scripted::TimeoutBefore {
            world.gateway.repeats.extend([Scripted::TimeoutBefore; 9]);
            world.gateway.inquiries.extend([Inquiry::Unavailable; 9]);
        }
        assert_eq!(owed(&world), "reverse 129.90");
        world.now += 5 * SECOND;
        world.recover();
        assert_eq!(owed(&world), "-", "{scripted:?}");
        assert_eq!(world.gateway.payments[0].held(), 0, "{scripted:?}");
    }
}

/// An accepted payment stays accepted, however often the gateway fails to say more.
#[test]
fn what_was_accepted_stays_accepted() {
    let mut world = world_with(Existing::Pending);
    world.gateway.down = true;
    for _ in 0..4 {
        world.now = world.row.due.unwrap();
        world.recover();
        assert_eq!(state(&world).unwrap().operations[0].status.as_str(), "waiting");
        assert_eq!(world.pay(&auth("tok_old"), None).short(), "202 RequiresReview");
    }
    assert!(world.gateway.seen.iter().skip(1).all(|seen| seen.operation == "inquire"), "asked, never sent again");
    world.gateway.down = false;
    let reference = world.gateway.pending().remove(0);
    world.gateway.decide(&reference, true); // the notification is lost
    world.recover_for(2);
    is_settled(&world).unwrap();
    assert_eq!(live(&world), "Auth 129.90");
}

/// An abandoned hold is asked about, not repeated: a repeat could make it. Where one can't ask, the repeat is the only way.
#[test]
fn an_abandoned_hold_is_asked_about() {
    for (inquire, calls) in [
        (json!(["ourReference"]), "inquire 129.90, reverse 129.90"),
        (json!(["gatewayReference"]), "authorize 129.90, reverse 129.90"),
        (json!([]), "authorize 129.90, reverse 129.90"),
    ] {
        let mut world = unknown(Scripted::TimeoutAfter);
        world.inquire = inquire.clone();
        world.gateway.down = false;
        world.gateway.repeats.push_back(Scripted::TimeoutBefore);
        world.gateway.inquiries.push_back(Inquiry::Unavailable);
        assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
        world.gateway.inquiries.clear();
        let from = world.gateway.seen.len();
        world.now = world.row.due.unwrap();
        world.recover();
        assert_eq!(world.gateway.calls_since(from), calls, "{inquire}");
        is_settled(&world).unwrap();
    }
}

/// A release that was being driven when the process died counts as driven until it is taken up; so it is, before the payment
/// that has come due meanwhile.
#[test]
fn an_abandoned_release_is_taken_up_before_a_payment_that_is_due() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.down = true;
    world.pay(&auth("tok_new"), None);
    world.now += 5 * SECOND;
    assert_eq!(world.try_recover(None), Ok(true), "the payment is asked about");
    world.points.clear();
    world.crash_at = Some(1);
    world.try_recover(None).expect_err("the release is announced, and the process dies");
    world.now += HELD + SECOND;
    let from = world.gateway.seen.len();
    world.recover(); // holds every commit to the invariant that one operation is driven at a time
    assert!(world.gateway.seen[from].short().starts_with("reverse"), "{}", world.gateway.calls_since(from));
    world.gateway.down = false;
    world.recover_for(3);
    is_settled(&world).unwrap();
}

/// The late refusal of a reversal reaches the payment that first sent it while an operation of recovery asks for the very same. The
/// hold stays owed, whatever becomes of that operation.
#[test]
fn a_release_refused_to_one_operation_is_not_settled_by_the_other() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("reverse", &[Scripted::TimeoutBefore]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    let mut state = (*state(&world).unwrap()).clone();
    let first = [&state.operations.last().unwrap().id, "/0/1/first"].concat();
    world.now += 10_000;
    let mut env = support::scenes::env(&mut world);
    assert!(matches!(engine::recover(&mut state, &mut env).unwrap(), engine::Recovery::Goes(_, Progress::Call(_))));
    engine::advance(&mut state, &first, Outcome::of(ResultCode::Decline), &mut env).unwrap();
    // Its process has died.
    world.now += 126_000;
    let mut env = support::scenes::env(&mut world);
    assert!(matches!(engine::recover(&mut state, &mut env).unwrap(), engine::Recovery::Goes(_, Progress::Settled)));
    assert_eq!(state.releases_owed.len(), 1);
}
