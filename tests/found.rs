//! What the simulator and the kill test found, told as a shopper or a store met it: rare orders of ordinary things.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use checkout_payments::engine::StepStatus;
use checkout_payments::wire::core;
use serde_json::{Value, json};
use support::books::{is_settled, live, owed, state};
use support::gateway::{Inquiry, Scripted, Standing};
use support::scenes::{Existing, auth, capture, capture_answered, post_auth, world_with};
use support::step::Step;
use support::world::{HELD, World};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// The shopper pays, and the call is on its way; nobody has its answer yet.
fn call_of(world: &mut World, body: &str) -> Value {
    let step = Step::read(&core::begin_checkout_payment(&world.context(&json!({})), &world.row.state, body.as_bytes()));
    world.commit(&step);
    step.call().expect("a call").clone()
}

/// The answer of a call comes, perhaps late.
fn answer(world: &mut World, call: &Value, outcome: &Value) -> Step {
    let context = world.context(&json!({"callId": call["id"]}));
    let step = Step::read(&core::advance(&context, &world.row.state, &outcome.to_string()));
    world.commit(&step);
    step
}

/// Where the operation about the newest payment stands.
fn newest(world: &World) -> String {
    let state = state(world).unwrap();
    let payment = state.operations.iter().rev().find(|operation| operation.intent.is_some()).unwrap();
    payment.status.as_str().to_owned()
}

/// A payment was accepted by a gateway that can't be asked: it is waited for, not sent once more.
#[test]
fn an_accepted_payment_is_not_sent_again_where_nobody_can_be_asked() {
    let mut world = world_with(Existing::Pending);
    world.inquire = json!([]);
    world.recover_for(5);
    assert_eq!(world.pay(&auth("tok_old"), None).status, 202);
    assert_eq!(world.gateway.calls_since(0), "authorize 129.90");
}

/// The shopper has met the challenge and the answer is lost: the repeat is the same request to the letter, about the challenge.
#[test]
fn a_repeat_says_what_the_first_delivery_said() {
    let mut world = world_with(Existing::UnderReview);
    let call = call_of(&mut world, &auth("tok_old"));
    assert_eq!(call["gatewayReference"], *world.gateway.payments[0].reference, "the challenge that was met");
    answer(&mut world, &call, &json!({"resultCode": "Indeterminate", "gatewayReference": "gw_other"}));
    world.now += 5 * SECOND;
    let mut repeat = Step::read(&core::recover(&world.context(&json!({})), &world.row.state)).call().unwrap().clone();
    assert_ne!(repeat["id"], call["id"]);
    repeat["id"] = call["id"].clone();
    assert_eq!(repeat, call);
}

/// The bank asks once more, under another name: it is the newest challenge that the shopper has met.
#[test]
fn the_newest_challenge_is_gone_on_with() {
    let mut world = World::new();
    for challenge in [None, Some("gw_first"), Some("gw_second")] {
        let call = call_of(&mut world, &auth("tok_1"));
        assert_eq!(call["gatewayReference"].as_str(), challenge);
        let next = if challenge.is_none() { "gw_first" } else { "gw_second" };
        let asks = json!({"resultCode": "RequiresReview", "gatewayReference": next});
        assert_eq!(answer(&mut world, &call, &asks).status(), Some(202));
    }
}

/// authorize-first: a payment waits at the gateway and another is made instead, which is declined, or waits for a challenge that
/// nobody meets. The first one is nobody's then and is let go of at once, whatever becomes of the other; the old payment stands.
#[test]
fn what_was_given_up_unfinished_is_let_go_of_first() {
    for (scripted, status) in [(Scripted::Decline, 422), (Scripted::Review, 202), (Scripted::Pending, 202)] {
        let mut world = world_with(Existing::Authorization);
        world.release_order = "authorize-first";
        world.cart_of("99.00");
        world.gateway.script("authorize", &[Scripted::Pending, scripted]);
        assert_eq!(world.pay(&auth("tok_waits"), None).status, 202);
        let from = world.gateway.seen.len();
        assert_eq!(world.pay(&auth("tok_other"), None).status, status, "{scripted:?}");
        assert!(world.gateway.calls_since(from).ends_with("reverse 99.00, authorize 99.00"), "{scripted:?}");
        assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "-"), "{scripted:?}");
        let reference = world.gateway.payments[1].reference.clone();
        let _ = world.gateway.decide(&reference, true); // its notification is lost
        world.recover_for(4);
        assert_eq!(world.gateway.payments[1].held(), 0, "{scripted:?}");
    }
}

/// The same with a wallet payment that was taken outside: its refund is refused, the new payment is undone. The old one is the
/// cart's; the wallet payment's refund is owed.
#[test]
fn a_refused_refund_of_what_is_not_the_cart_s_payment_is_owed() {
    let mut world = world_with(Existing::Authorization);
    world.release_order = "authorize-first";
    world.cart_of("99.00");
    world.gateway.mint("tok_wallet", "99.00", true);
    world.gateway.script("postauth", &[Scripted::Pending]);
    assert_eq!(world.pay(&post_auth("tok_wallet"), None).status, 202);
    world.gateway.script("refund", &[Scripted::Decline]);
    let reply = world.pay(&auth("tok_new"), None);
    assert_eq!(reply.short(), "422 SystemError /commerce/errors/payment-release-failure");
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "refund 99.00"));
    let reference = world.gateway.pending().remove(0);
    let _ = world.gateway.decide(&reference, true);
    world.recover_for(4);
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.payments[1].charged(), 0);
}

/// A wallet payment that was taken outside, and its notification is the first that is heard of it: it is a charge, not a hold,
/// and a change of payment refunds it.
#[test]
fn a_notification_says_that_a_payment_was_taken() {
    let mut world = World::new();
    world.gateway.mint("tok_wallet", "129.90", true);
    world.gateway.script("postauth", &[Scripted::TimeoutAfter]);
    assert_eq!(world.pay(&post_auth("tok_wallet"), None).status, 422);
    let reference = world.gateway.payments[0].reference.clone();
    let mut fact = world.gateway.decide(&reference, true);
    fact["captured"] = json!(true);
    assert!(world.notify(&fact));
    is_settled(&world).unwrap();
    let from = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    assert_eq!(world.gateway.calls_since(from), "refund 129.90, authorize 129.90");
    is_settled(&world).unwrap();
}

/// authorize-first: the outcome of an unknown payment comes while recovery is at another release. The payment goes on when that
/// has ended, for a group's calls are made one at a time.
#[test]
fn an_outcome_waits_for_the_call_that_is_on_its_way() {
    for heard in ["told", "answered", "asked in vain"] {
        let mut world = world_with(Existing::Authorization);
        world.gateway.script("reverse", &[Scripted::Decline]);
        assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
        world.now += 4 * SECOND;
        world.release_order = "authorize-first";
        world.cart_of("99.00");
        let call = call_of(&mut world, &auth("tok_3"));
        let mut outcome = world.send(&call);
        let lost = json!({"resultCode": "Indeterminate"});
        answer(&mut world, &call, &lost);
        let mut late = call;
        if heard == "asked in vain" {
            late["id"] = json!(late["id"].as_str().unwrap().replace("first", "repeat"));
            outcome = lost;
        }
        world.now += SECOND;
        world.points.clear();
        world.crash_at = Some(1);
        world.try_recover(None).expect_err("the release owed is announced, and the process dies");
        let from = world.gateway.seen.len();
        if heard == "told" {
            let reference = world.gateway.payments[2].reference.clone();
            let fact = world.gateway.decide(&reference, true);
            assert!(world.notify(&fact));
        } else {
            // Every commit is held to the invariant that one operation is driven at a time.
            assert!(answer(&mut world, &late, &outcome).call().is_none(), "{heard}");
        }
        assert_eq!(world.gateway.calls_since(from), "", "{heard}");
        world.now += HELD + SECOND;
        world.recover_for(3);
        is_settled(&world).unwrap();
        assert_eq!(live(&world), "Auth 99.00", "{heard}");
    }
}

/// A gateway that knows no keys, and a web server whose clock is behind: the shopper's repeat asks, and pays no second time.
#[test]
fn a_clock_that_is_behind_does_not_open_the_key_window() {
    let mut world = World::new();
    world.gateway.key_window = 0;
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    world.pay(&auth("tok_1"), None);
    world.now -= MINUTE;
    assert_eq!(world.pay(&auth("tok_1"), None).status, 201);
    assert_eq!(world.gateway.calls_since(0), "authorize 129.90, inquire 129.90");
}

/// authorize-first: nobody knows whether the refund happened, so the new hold is being undone. Then the gateway tells that the
/// refund did happen, and the process dies: the undoing is still looked after.
#[test]
fn a_payment_does_not_end_while_a_call_of_it_is_on_its_way() {
    let mut world = world_with(Existing::WhollyCaptured);
    world.release_order = "authorize-first";
    world.cart_of("99.00");
    world.gateway.script("refund", &[Scripted::TimeoutAfter]);
    world.crash_at = Some(7); // the reversal of the new hold is announced
    world.try_pay(&auth("tok_new"), None).unwrap_err();
    assert_eq!(world.gateway.calls_since(1), "capture 129.90, authorize 99.00, refund 129.90");
    let refund = world.gateway.payments[0].effects.last().unwrap().reference.clone();
    let fact = world.gateway.decide(&refund, true);
    assert!(world.notify(&fact));
    assert_eq!(newest(&world), "running");
    world.now += HELD + SECOND;
    world.recover_for(3);
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.books().len(), 0);
}

/// The release of the old payment was lost, tried once more and lost again. What the gateway tells of it at last is known
/// wherever it was not known, and when it tells a failure the release is tried anew, though nobody can be asked.
#[test]
fn what_is_told_of_a_release_is_known_everywhere() {
    for (tried_again, happened) in [(false, true), (false, false), (true, true)] {
        let mut world = world_with(Existing::Authorization);
        (world.inquire, world.gateway.key_window) = (json!([]), 0);
        world.gateway.script("reverse", &[Scripted::TimeoutAfter]);
        assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
        if tried_again {
            world.recover_for(2);
        }
        let from = world.gateway.seen.len();
        let effect = world.gateway.payments[0].effects[0].reference.clone();
        let fact = world.gateway.decide(&effect, happened);
        assert!(world.notify(&fact));
        let unknown = |world: &World| {
            let state = state(world).unwrap();
            let owed = state.releases_owed.iter().map(|owed| &owed.step);
            let steps = state.operations.iter().flat_map(|operation| &operation.steps).chain(owed);
            steps.filter(|step| step.status() == StepStatus::Unknown).count()
        };
        assert_eq!(unknown(&world), 0, "{tried_again} {happened}");
        world.recover_for(3);
        assert_eq!(world.gateway.calls_since(from), if happened { "" } else { "reverse 129.90" });
        is_settled(&world).unwrap();
    }
}

/// Nobody knew that the bank asked the shopper, who paid with another card meanwhile. When the challenge is found it is called
/// off; recovery never authorizes a payment that nobody wants.
#[test]
fn an_abandoned_challenge_is_called_off() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Review]);
    world.crash_at = Some(2); // the gateway has answered, and nobody has heard
    world.try_pay(&auth("tok_1"), None).unwrap_err();
    world.now += HELD + SECOND;
    world.gateway.repeats.push_back(Scripted::TimeoutBefore);
    world.gateway.inquiries.push_back(Inquiry::Unavailable);
    assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
    let from = world.gateway.seen.len();
    world.recover_for(4);
    assert_eq!(world.gateway.calls_since(from), "inquire 129.90, reverse 129.90");
    assert_eq!(world.gateway.payments[0].standing, Standing::Failed);
    is_settled(&world).unwrap();
}

/// authorize-first: a declined payment succeeds late, and the old one, which it was to replace, has been captured meanwhile. What
/// was planned does not fit any more: the captured one stands.
#[test]
fn a_late_success_does_not_replace_what_was_captured_meanwhile() {
    let mut world = world_with(Existing::Authorization);
    world.release_order = "authorize-first";
    world.gateway.script("authorize", &[Scripted::Pending]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 202);
    let reference = world.gateway.pending().remove(0);
    let failed = world.gateway.decide(&reference, false);
    assert!(world.notify(&failed));
    capture(&mut world, "30.00");
    let from = world.gateway.seen.len();
    let succeeded = world.gateway.decide(&reference, true);
    assert!(world.notify(&succeeded));
    assert_eq!(world.gateway.calls_since(from), "", "nothing of the old payment is let go of");
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "reverse 129.90"));
    world.recover_for(2);
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.payments[0].charged(), 3000);
}

/// The same, and the old payment's refund was accepted meanwhile, for a payment that was declined too: it is not refunded twice.
#[test]
fn a_late_success_does_not_refund_twice() {
    let mut world = world_with(Existing::WhollyCaptured);
    world.release_order = "authorize-first";
    world.gateway.script("authorize", &[Scripted::Pending, Scripted::Decline]);
    assert_eq!(world.pay(&auth("tok_2"), None).status, 202);
    let reference = world.gateway.pending().remove(0);
    let failed = world.gateway.decide(&reference, false);
    assert!(world.notify(&failed));
    world.release_order = "release-first";
    world.gateway.script("refund", &[Scripted::Pending]);
    assert_eq!(world.pay(&auth("tok_3"), None).status, 422);
    let from = world.gateway.seen.len();
    let succeeded = world.gateway.decide(&reference, true);
    assert!(world.notify(&succeeded));
    assert_eq!(world.gateway.calls_since(from), "");
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("-", "reverse 129.90"));
    let refund = world.gateway.pending().remove(0);
    let _ = world.gateway.decide(&refund, true);
    world.recover_for(4);
    is_settled(&world).unwrap();
}

/// The challenge was met, and the payment is still on its way inside the gateway. Asked, the gateway knows of the challenge
/// only: that does not mean that the shopper has to meet it again. The payment arrives, and is found.
#[test]
fn the_challenge_of_the_attempt_before_proves_nothing() {
    let mut world = world_with(Existing::UnderReview);
    world.gateway.key_window = 0; // asked, not repeated
    let call = call_of(&mut world, &auth("tok_old"));
    let reply = answer(&mut world, &call, &json!({"resultCode": "Indeterminate"}));
    assert_eq!(reply.status(), Some(422));
    world.inquire = json!(["ourReference"]);
    world.now += 5 * SECOND;
    world.recover();
    assert_eq!(newest(&world), "unresolved");
    world.now += SECOND;
    world.gateway.process(&call, world.now); // it arrives
    world.recover_for(2);
    is_settled(&world).unwrap();
    assert_eq!(live(&world), "Auth 129.90");
}

/// Long after, it is proof: the payment never arrived, and the shopper may meet the challenge again.
#[test]
fn long_after_the_challenge_of_the_attempt_before_is_proof() {
    let mut world = world_with(Existing::UnderReview);
    world.gateway.key_window = 0;
    world.gateway.script("authorize", &[Scripted::TimeoutBefore]);
    assert_eq!(world.pay(&auth("tok_old"), None).status, 422);
    world.now += 10 * MINUTE;
    world.recover();
    assert_eq!(newest(&world), "waiting");
    assert_eq!(world.pay(&auth("tok_old"), None).status, 202, "it is shown first");
    assert_eq!(world.pay(&auth("tok_old"), None).status, 201);
    is_settled(&world).unwrap();
}

/// A process stalls over the call, another takes over and learns of the challenge, the shopper meets it. Then the first process
/// wakes: its call was never sent, or met the challenge. That says nothing about the payment that is on its way now.
#[test]
fn the_late_answer_of_the_attempt_before_proves_nothing() {
    for late in ["SystemError", "RequiresReview", "Decline", "Indeterminate"] {
        let mut world = World::new();
        world.gateway.script("authorize", &[Scripted::Review]);
        let stalled = call_of(&mut world, &auth("tok_1"));
        world.now += HELD + SECOND;
        assert_eq!(world.pay(&auth("tok_1"), None).status, 202);
        let call = call_of(&mut world, &auth("tok_1"));
        world.gateway.process(&call, world.now); // it happens, and its answer will be lost
        answer(&mut world, &stalled, &json!({"resultCode": late}));
        assert_eq!(newest(&world), "running", "{late}");
        world.now += HELD + SECOND;
        world.recover_for(3);
        assert_eq!(live(&world), "Auth 129.90", "{late}");
        is_settled(&world).unwrap();
    }
}

/// A hold that nobody wants was found to be accepted: it is waited for, and its group is due when it is asked about again. Every
/// look of recovery holds to that: idle means that nothing is due now.
#[test]
fn what_is_waited_for_is_not_due_before_its_time() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Pending]);
    world.crash_at = Some(2);
    world.try_pay(&auth("tok_1"), None).unwrap_err();
    world.now += HELD + SECOND;
    world.gateway.repeats.push_back(Scripted::TimeoutBefore);
    world.gateway.inquiries.push_back(Inquiry::Unavailable);
    assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
    world.now = world.row.due.unwrap();
    world.recover();
    assert_eq!(world.row.due, Some(world.now + 5 * MINUTE));
    let reference = world.gateway.pending().remove(0);
    let _ = world.gateway.decide(&reference, true);
    world.recover_for(3);
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.payments[0].held(), 0);
}

/// While a payment is being driven its group is due when that may have ended, whatever else is overdue.
#[test]
fn nothing_is_due_beside_what_is_driven() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("reverse", &[Scripted::Decline]);
    assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
    world.now += MINUTE; // the release owed is overdue
    call_of(&mut world, &auth("tok_3"));
    assert_eq!(world.row.due, Some(world.now + HELD));
}

/// authorize-first: the cart's payment is pending, and the one that was to take its place was declined. A process that stalled
/// over the first one's call hears at last that it succeeded: it stands.
#[test]
fn a_late_success_of_the_cart_s_payment_is_not_let_go_of() {
    let mut world = World::new();
    world.release_order = "authorize-first";
    world.gateway.script("authorize", &[Scripted::Pending, Scripted::Decline]);
    let stalled = call_of(&mut world, &auth("tok_1"));
    world.now += HELD + SECOND;
    assert_eq!(world.pay(&auth("tok_1"), None).status, 202);
    assert_eq!(world.pay(&auth("tok_2"), None).status, 422);
    let reference = world.gateway.pending().remove(0);
    let _ = world.gateway.decide(&reference, true);
    answer(&mut world, &stalled, &json!({"resultCode": "Success", "gatewayReference": reference}));
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "-"));
    world.recover_for(3);
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.payments[0].held(), 12990);
}

/// Someone at the gateway has to look at the refund first: it has not happened, so the new payment is not taken. A hold's
/// reversal that is looked at first is owed, and stops nobody.
#[test]
fn a_refund_that_is_looked_at_first_stops_the_new_payment() {
    for (existing, calls, then) in [
        (Existing::WhollyCaptured, "refund 129.90", ("Auth 129.90", "-")),
        (Existing::Authorization, "reverse 129.90, authorize 129.90", ("-", "reverse 129.90")),
    ] {
        let mut world = world_with(existing);
        world.gateway.stored = Some(json!({"resultCode": "RequiresReview"}));
        let from = world.gateway.seen.len();
        world.pay(&auth("tok_new"), None);
        assert_eq!(world.gateway.calls_since(from), calls);
        assert_eq!((live(&world).as_str(), owed(&world).as_str()), then);
    }
}

/// A capture that is under way is refunded once when the shopper pays otherwise, with the rest of the cart's payment.
#[test]
fn a_capture_that_is_under_way_is_refunded_once() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("capture", &[Scripted::Pending]);
    capture(&mut world, "30.00");
    let from = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    assert_eq!(world.gateway.calls_since(from), "reverse 99.90, refund 30.00, authorize 129.90");
    let reference = world.gateway.pending().remove(0);
    let fact = world.gateway.decide(&reference, true);
    assert!(world.notify(&fact));
    is_settled(&world).unwrap();
}

/// A gateway gives captures no name of their own. One that failed happened after all, when another payment had taken the place of
/// its authorization: it is refunded by the authorization's name.
#[test]
fn a_capture_without_a_name_is_refunded_by_its_authorization_s() {
    let mut world = world_with(Existing::Authorization);
    world.inquire = json!([]);
    world.gateway.script("capture", &[Scripted::Pending]);
    capture_answered(&mut world, "30.00", |outcome| {
        outcome.as_object_mut().unwrap().remove("gatewayReference");
    });
    world.gateway.script("refund", &[Scripted::Decline]);
    assert_eq!(world.pay(&auth("tok_2"), None).status, 422, "the rest was reversed, the capture not refunded");
    let reference = world.gateway.pending().remove(0);
    let failed = world.gateway.decide(&reference, false);
    assert!(world.notify(&failed));
    world.gateway.script("reverse", &[Scripted::Decline]);
    assert_eq!(world.pay(&auth("tok_3"), None).status, 201);
    let succeeded = world.gateway.decide(&reference, true);
    assert!(world.notify(&succeeded));
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "reverse 30.00, refund 30.00"));
    let from = world.gateway.seen.len();
    world.recover_for(2);
    assert_eq!(world.gateway.calls_since(from), "refund 30.00");
    is_settled(&world).unwrap();
}

/// A reversal is unknown and owed when the shopper pays again: it is not planned a second time, for both might be done.
#[test]
fn a_reversal_of_which_nobody_knows_is_not_planned_twice() {
    let mut world = world_with(Existing::PartlyCaptured);
    world.gateway.script("reverse", &[Scripted::TimeoutAfter]);
    world.gateway.script("refund", &[Scripted::Decline]);
    assert_eq!(world.pay(&auth("tok_1"), None).status, 422);
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "reverse 99.90"));
    let from = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
    assert_eq!(world.gateway.calls_since(from), "refund 30.00, authorize 129.90");
    assert_eq!(owed(&world), "reverse 99.90");
    world.recover_for(2);
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.payments[0].held(), 0);
}

/// The release of a payment is unknown, then the payment itself is said to have failed, and then to have happened after all. The
/// release was found out about meanwhile: nothing stands, and nothing is tried in vain.
#[test]
fn a_release_of_which_nobody_knows_is_found_out_about_though_the_payment_failed() {
    let mut world = world_with(Existing::Pending);
    world.gateway.script("reverse", &[Scripted::TimeoutAfter]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    let waits = world.gateway.payments[0].reference.clone();
    let failed = world.gateway.decide(&waits, false);
    assert!(world.notify(&failed));
    world.recover_for(3);
    assert_eq!(owed(&world), "-");
    let happened = world.gateway.decide(&waits, true);
    assert!(world.notify(&happened));
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "-"), "it was reversed long ago");
    is_settled(&world).unwrap();
}

/// authorize-first: the old payment's refund is unknown, and so is that of the new payment, which was to be undone. The gateway tells
/// of the latter while the former is still unknown: it is not owed any more.
#[test]
fn what_is_told_of_an_undone_payment_is_taken_off_what_is_owed() {
    let mut world = world_with(Existing::WhollyCaptured);
    world.release_order = "authorize-first";
    (world.inquire, world.gateway.key_window) = (json!([]), 0);
    world.gateway.mint("tok_new", "129.90", true);
    world.gateway.script("refund", &[Scripted::TimeoutAfter, Scripted::TimeoutAfter]);
    assert_eq!(world.pay(&post_auth("tok_new"), None).status, 422);
    assert_eq!((newest(&world).as_str(), owed(&world).as_str()), ("unresolved", "refund 129.90"));
    let undone = world.gateway.payments[1].effects.last().unwrap().reference.clone();
    let fact = world.gateway.decide(&undone, true);
    assert!(world.notify(&fact));
    assert_eq!((newest(&world).as_str(), owed(&world).as_str()), ("unresolved", "-"));
    let released = world.gateway.payments[0].effects.last().unwrap().reference.clone();
    let fact = world.gateway.decide(&released, true);
    assert!(world.notify(&fact));
    is_settled(&world).unwrap();
}

/// authorize-first: the new payment was accepted, and while a process asks about an older release, which then dies, the gateway says
/// that it succeeded: to let go of the old payment it has to wait for its turn. Whoever comes next, with the same request or with
/// another one, finds it gone on with: there is no conflict that nobody causes, and its hold is not forgotten.
#[test]
fn a_payment_that_waited_for_its_turn_is_gone_on_with() {
    for (next, declined) in [("tok_3", false), ("tok_4", false), ("tok_4", true)] {
        let mut world = world_with(Existing::Authorization);
        world.release_order = "authorize-first";
        world.gateway.script("reverse", &[Scripted::Pending]);
        assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
        world.gateway.script("authorize", &[Scripted::Pending]);
        assert_eq!(world.pay(&auth("tok_3"), None).status, 202);
        world.now = world.row.due.unwrap();
        let asks = Step::read(&core::recover(&world.context(&json!({})), &world.row.state));
        world.commit(&asks);
        assert!(asks.call().is_some());
        let reference = world.gateway.pending().remove(1);
        let fact = world.gateway.decide(&reference, true);
        assert!(world.notify(&fact));
        assert_eq!(newest(&world), "unresolved");
        world.now += HELD + SECOND;
        if declined {
            world.gateway.script("authorize", &[Scripted::Decline]);
        }
        assert_eq!(world.pay(&auth(next), None).status, if declined { 422 } else { 201 }, "{next}");
        assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "-"), "{next}");
        let reference = world.gateway.pending().remove(0);
        let _ = world.gateway.decide(&reference, true);
        world.recover_for(4);
        is_settled(&world).unwrap();
    }
}

/// The rest of a hold is being reversed, of which nobody knows, when the capture that was to have the other part turns out to have
/// failed. The next payment lets go of that part, too: an unknown release of a part is not one of the whole.
#[test]
fn an_unknown_release_of_a_part_leaves_the_rest_to_be_released() {
    for happened in [true, false] {
        let mut world = world_with(Existing::Authorization);
        world.gateway.script("capture", &[Scripted::Pending]);
        capture(&mut world, "30.00");
        let captured = world.gateway.pending().remove(0);
        world.gateway.script("reverse", &[if happened { Scripted::TimeoutAfter } else { Scripted::TimeoutBefore }]);
        world.gateway.script("refund", &[Scripted::Decline]);
        assert_eq!(world.pay(&auth("tok_2"), None).status, 422);
        assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "reverse 99.90"));
        let failed = world.gateway.decide(&captured, false);
        assert!(world.notify(&failed));
        let from = world.gateway.seen.len();
        assert_eq!(world.pay(&auth("tok_3"), None).status, 201);
        assert_eq!(world.gateway.calls_since(from), "reverse 30.00, authorize 129.90");
        assert_eq!(owed(&world), "reverse 99.90");
        world.recover_for(3);
        is_settled(&world).unwrap();
        assert_eq!(world.gateway.payments[0].held(), 0);
    }
}
