//! What is unresolved is listed (DESIGN §6): since when, what was tried, what comes next. And what ends it: a replayed answer
//! leads to a question, an accepted release is asked about, a person is named when no way is left.
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
use support::books::{is_settled, live, owed};
use support::gateway::Scripted;
use support::scenes::{Existing, auth, post_auth, world_with};
use support::world::{DAY, World};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// What the view lists, shortly: `unknown authorize 129.90, tried 1, next repeat in 5 s`.
fn unresolved(world: &mut World) -> Vec<String> {
    let now = world.now;
    let short = |entry: &Value| {
        let at = entry["next"]["at"].as_str().unwrap();
        let at = checkout_payments::domain::timestamp::Timestamp::parse(at).unwrap().milliseconds();
        let person = if entry["next"]["needsPerson"] == true { ", a person" } else { "" };
        format!(
            "{} {} {:.2}, tried {}, next {} in {} s{person}",
            entry["why"].as_str().unwrap(),
            entry["operation"].as_str().unwrap(),
            entry["amount"].as_f64().unwrap(),
            entry["tries"],
            entry["next"]["way"].as_str().unwrap(),
            (at - now) / SECOND,
        )
    };
    world.view()["unresolved"].as_array().unwrap().iter().map(short).collect()
}

/// How each word about the first unresolved call was come by: `call, repeat, ourReference`.
fn heard(world: &mut World) -> String {
    let view = world.view();
    let words = view["unresolved"][0]["heard"].as_array().unwrap();
    words.iter().map(|word| word["way"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(", ")
}

#[test]
fn nothing_is_listed_when_nothing_is_unresolved() {
    for existing in [Existing::Nothing, Existing::Authorization, Existing::Sale, Existing::PurchaseOrder] {
        assert_eq!(unresolved(&mut world_with(existing)), [""; 0], "{existing:?}");
    }
    // The bank's challenge is the shopper's to meet.
    assert_eq!(unresolved(&mut world_with(Existing::UnderReview)), [""; 0]);
}

#[test]
fn an_unknown_payment_is_listed_until_it_is_known() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    world.pay(&auth("tok_1"), None);
    assert_eq!(unresolved(&mut world), ["unknown authorize 129.90, tried 1, next repeat in 5 s"]);
    assert_eq!(heard(&mut world), "call");
    world.gateway.down = true;
    world.now += 5 * SECOND;
    world.recover();
    assert_eq!(unresolved(&mut world), ["unknown authorize 129.90, tried 2, next repeat in 30 s"]);
    assert_eq!(heard(&mut world), "call, repeat, ourReference");
    world.gateway.down = false;
    world.recover_for(2);
    assert_eq!(unresolved(&mut world), [""; 0]);
}

/// Once only a daily look is left, a person should look too; so at once where no way is open.
#[test]
fn a_person_is_named_when_the_ways_are_exhausted() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::TimeoutBefore]);
    world.pay(&auth("tok_1"), None);
    world.gateway.down = true;
    world.recover_for(4);
    assert_eq!(unresolved(&mut world), ["unknown authorize 129.90, tried 4, next repeat in 0 s"]);
    world.recover_for(1);
    assert_eq!(
        unresolved(&mut world),
        ["unknown authorize 129.90, tried 5, next askByOurReference in 0 s, a person"],
        "a day later the gateway does not remember the key"
    );
    let words = heard(&mut world);
    assert_eq!(words.split(", ").count(), 8, "the newest words are kept: {words}");

    let mut world = World::new();
    world.inquire = json!([]);
    world.gateway.key_window = 0;
    world.gateway.script("authorize", &[Scripted::TimeoutBefore]);
    world.pay(&auth("tok_1"), None);
    assert_eq!(unresolved(&mut world), ["unknown authorize 129.90, tried 1, next wait in 5 s, a person"]);
    let from = world.gateway.seen.len();
    world.recover_for(9);
    assert_eq!(world.gateway.seen.len(), from, "nothing is sent where nothing can be asked");
}

#[test]
fn a_release_owed_is_listed_with_its_next_try() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("reverse", &[Scripted::Decline, Scripted::TimeoutAfter]);
    world.pay(&auth("tok_new"), None);
    assert_eq!(unresolved(&mut world), ["owed reverse 129.90, tried 1, next try in 5 s"]);
    world.gateway.repeats.push_back(Scripted::TimeoutBefore);
    world.now += 5 * SECOND;
    world.recover();
    assert_eq!(unresolved(&mut world), ["unknown reverse 129.90, tried 2, next repeat in 30 s"]);
    assert_eq!(heard(&mut world), "call, call", "the refusal of the first try is not forgotten");
}

#[test]
fn an_abandoned_hold_is_listed() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    world.pay(&auth("tok_1"), None);
    world.gateway.repeats.push_back(Scripted::TimeoutBefore);
    world.gateway.inquiries.push_back(support::gateway::Inquiry::Unavailable);
    assert_eq!(world.pay(&auth("tok_2"), None).status, 201);
    assert_eq!(unresolved(&mut world), ["abandoned authorize 129.90, tried 0, next askByOurReference in 5 s"]);
}

/// A process died over it: recovery comes to it at once.
#[test]
fn an_operation_that_nobody_drives_is_listed() {
    let mut world = World::new();
    world.crash_at = Some(2);
    world.try_pay(&auth("tok_1"), None).unwrap_err();
    assert_eq!(unresolved(&mut world), [""; 0], "as far as anybody knows it is being driven");
    world.now += support::world::HELD;
    assert_eq!(unresolved(&mut world), ["unknown authorize 129.90, tried 0, next repeat in 0 s"]);
}

/// A gateway that stored a 500 gives it to every repeat: it is recognised, by the gateway's word or by the very same answer
/// twice, and the gateway is asked instead of told once more.
#[test]
fn a_replayed_answer_leads_to_a_question() {
    let plain = json!({"resultCode": "Indeterminate", "gatewayResultCode": "500", "gatewayMessage": "api_error"});
    let mut said = plain.clone();
    said["replayed"] = json!(true);
    for stored in [plain, said] {
        let mut world = World::new();
        world.gateway.stored = Some(stored);
        world.pay(&auth("tok_1"), None);
        let rounds: Vec<String> = (0..3)
            .map(|_| {
                let from = world.gateway.seen.len();
                world.now = world.row.due.unwrap();
                world.recover();
                world.gateway.calls_since(from)
            })
            .collect();
        assert_eq!(rounds, ["authorize 129.90, inquire 129.90", "inquire 129.90", "inquire 129.90"]);
        world.gateway.stored = None;
        world.now += HOUR;
        world.recover();
        assert_eq!(live(&world), "-", "the gateway knows of no such payment, long after: that is proof");
        assert_eq!(world.pay(&auth("tok_1"), None).status, 201);
        assert_eq!(world.gateway.payments.len(), 1);
        is_settled(&world).unwrap();
    }
}

/// Where one can't ask, the repeat is the only way, replayed or not.
#[test]
fn a_replayed_answer_is_repeated_where_one_can_t_ask() {
    let mut world = World::new();
    world.inquire = json!([]);
    world.gateway.stored = Some(json!({"resultCode": "Indeterminate", "replayed": true}));
    world.pay(&auth("tok_1"), None);
    let from = world.gateway.seen.len();
    for _ in 0..3 {
        world.now = world.row.due.unwrap();
        world.recover();
    }
    assert_eq!(world.gateway.calls_since(from), "authorize 129.90, authorize 129.90, authorize 129.90");
}

/// Silence is not an answer: it may be another one next time.
#[test]
fn silence_is_no_replay() {
    let mut world = World::new();
    world.gateway.down = true;
    world.pay(&auth("tok_1"), None);
    for _ in 0..3 {
        let from = world.gateway.seen.len();
        world.now = world.row.due.unwrap();
        world.recover();
        assert_eq!(world.gateway.calls_since(from), "authorize 129.90, inquire 129.90");
    }
}

/// A repeat must arrive while the gateway remembers the key: none is sent in the window's last ten minutes, or last half.
#[test]
fn no_repeat_near_the_end_of_the_key_window() {
    for (window, after, calls) in [
        (DAY, DAY - 11 * MINUTE, "authorize 129.90, inquire 129.90"),
        (DAY, DAY - 9 * MINUTE, "inquire 129.90"),
        (10 * MINUTE, 4 * MINUTE, "authorize 129.90, inquire 129.90"),
        (10 * MINUTE, 6 * MINUTE, "inquire 129.90"),
    ] {
        let mut world = World::new();
        world.gateway.key_window = window;
        world.gateway.down = true;
        world.pay(&auth("tok_1"), None);
        let from = world.gateway.seen.len();
        world.now += after;
        world.recover();
        assert_eq!(world.gateway.calls_since(from), calls, "{after} ms after, of {window} ms");
    }
}

/// The gateway accepted the release of the old payment, and its notification is lost: it is asked.
#[test]
fn an_accepted_release_is_asked_about() {
    for (existing, release) in [(Existing::Authorization, "reverse"), (Existing::WhollyCaptured, "refund")] {
        for happened in [true, false] {
            let mut world = world_with(existing);
            world.gateway.script(release, &[Scripted::Pending]);
            assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
            assert_eq!(owed(&world), "-");
            let listed = format!("accepted {release} 129.90, tried 1, next askByOurReference in 300 s");
            assert_eq!(unresolved(&mut world), [listed]);
            // Still not decided: it is waited for, and asked again later.
            world.now += 5 * MINUTE;
            world.recover();
            let listed = format!("accepted {release} 129.90, tried 2, next askByOurReference in 3600 s");
            assert_eq!(unresolved(&mut world), [listed]);
            let reference = world.gateway.pending().remove(0);
            world.gateway.decide(&reference, happened);
            world.now += HOUR;
            world.recover();
            assert_eq!(owed(&world), if happened { "-".to_owned() } else { format!("{release} 129.90") });
            world.recover_for(2);
            is_settled(&world).unwrap();
            assert_eq!(unresolved(&mut world), [""; 0]);
            assert_eq!(live(&world), "Auth 129.90");
        }
    }
}

/// While an accepted release is waited for, the cart can be paid anew; a payment's late success still counts.
#[test]
fn an_accepted_release_stands_in_nobody_s_way() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("reverse", &[Scripted::Pending]);
    world.gateway.script("authorize", &[Scripted::Pending]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 202);
    let payment = world.gateway.payments[1].reference.clone();
    let failed = world.gateway.decide(&payment, false);
    world.notify(&failed);
    assert_eq!(live(&world), "-");
    let succeeded = world.gateway.decide(&payment, true);
    world.notify(&succeeded);
    assert_eq!(live(&world), "Auth 129.90", "nothing else stands for the cart");
    assert_eq!(world.pay(&auth("tok_3"), None).status, 201);
}

/// The same for what an operation took and then took back.
#[test]
fn an_accepted_undoing_is_asked_about() {
    let mut world = world_with(Existing::WhollyCaptured);
    world.release_order = "authorize-first";
    world.gateway.script("refund", &[Scripted::Decline]);
    world.gateway.script("reverse", &[Scripted::Pending]);
    let reply = world.pay(&auth("tok_new"), None);
    assert_eq!(reply.short(), "422 SystemError /commerce/errors/payment-release-failure");
    assert_eq!(unresolved(&mut world), ["accepted reverse 129.90, tried 1, next askByOurReference in 300 s"]);
    let reference = world.gateway.pending().remove(0);
    world.gateway.decide(&reference, false);
    world.recover_for(3);
    is_settled(&world).unwrap();
}

/// A key is kept for 24 hours at least after its operation last moved; then it is free, and the state forgets it.
#[test]
fn a_key_is_forgotten_after_a_day() {
    for body in [auth("tok_1"), post_auth("tok_1")] {
        let mut world = World::new();
        let first = world.pay(&body, Some("key-1"));
        world.now += DAY;
        assert_eq!(world.pay(&body, Some("key-1")), first, "after 24 hours it still has its answer");
        assert_eq!(world.gateway.payments.len(), 1);
        world.now += 2 * HOUR;
        assert_eq!(world.pay(&auth("tok_2"), Some("key-1")).status, 201, "another request may use it now");
        assert_eq!(world.gateway.payments.len(), 2);
        assert_eq!(world.row.state.matches("key-1").count(), 1, "the old one is forgotten");
        is_settled(&world).unwrap();
    }
}

/// An operation that is not over keeps its key, however long that takes.
#[test]
fn the_key_of_an_unresolved_payment_is_kept() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    world.pay(&auth("tok_1"), Some("key-1"));
    world.gateway.down = true;
    world.recover_for(9);
    world.now += DAY;
    world.gateway.down = false;
    assert_eq!(world.pay(&auth("tok_1"), Some("key-1")).status, 201);
    assert_eq!(world.gateway.payments.len(), 1);
}

/// A pending payment whose place another one took: whether it fails is learnt by asking, too, so that its release is not tried
/// for ever, and what is nobody's does not stand for the cart.
#[test]
fn a_replaced_pending_payment_is_asked_about() {
    for happened in [true, false] {
        let mut world = world_with(Existing::Pending);
        world.gateway.script("reverse", &[Scripted::Decline; 3]);
        assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
        assert_eq!(owed(&world), "reverse 129.90");
        let listed = unresolved(&mut world);
        assert!(listed.iter().any(|entry| entry.starts_with("accepted authorize 129.90, tried 1")), "{listed:?}");
        world.recover_for(3); // two more tries to reverse it
        let reference = world.gateway.pending().remove(0);
        world.gateway.decide(&reference, happened); // the notification is lost
        world.recover();
        assert_eq!(
            owed(&world),
            "reverse 129.90",
            "also when there is nothing to release: the next look finds that out"
        );
        world.recover_for(2);
        is_settled(&world).unwrap();
        assert_eq!(unresolved(&mut world), [""; 0], "{happened}");
        assert_eq!(live(&world), "Auth 129.90");
    }
}

/// authorize-first, and the new payment is declined: the pending one is let go of, or the cart's if it stands for it.
#[test]
fn a_pending_payment_that_fails_unheard_does_not_stand() {
    let mut world = world_with(Existing::Pending);
    world.release_order = "authorize-first";
    world.gateway.script("authorize", &[Scripted::Decline]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 422);
    assert_eq!(live(&world), "Auth 129.90", "it is the gateway's to say");
    let reference = world.gateway.pending().remove(0);
    world.gateway.decide(&reference, false); // the notification is lost
    world.recover_for(3);
    assert_eq!(live(&world), "-");
    is_settled(&world).unwrap();
}

/// The pending payment that was replaced failed, and happened after all: nobody wants it, so it is let go of.
#[test]
fn a_replaced_payment_that_happens_after_all_is_let_go_of() {
    let mut world = world_with(Existing::Pending);
    world.gateway.script("reverse", &[Scripted::Decline; 3]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    world.recover_for(3);
    let reference = world.gateway.pending().remove(0);
    let _ = world.gateway.decide(&reference, false);
    world.recover_for(2);
    assert_eq!(owed(&world), "-");
    let succeeded = world.gateway.decide(&reference, true);
    assert!(world.notify(&succeeded));
    assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "reverse 129.90"));
    world.recover_for(2);
    is_settled(&world).unwrap();
}

/// A pending payment stands for the cart, the one that was to take its place failed, the order is placed: the pending one's success
/// is what the order is paid with.
#[test]
fn a_pending_payment_that_was_ordered_with_stands() {
    for heard in ["told", "asked"] {
        for captured in [false, true] {
            for policy in ["authorize-first", "release-first"] {
                let mut world = World::new();
                world.release_order = policy;
                world.gateway.mint("tok_wallet", "129.90", captured);
                world.gateway.script("postauth", &[Scripted::Pending]);
                assert_eq!(world.pay(&post_auth("tok_wallet"), None).status, 202);
                world
                    .gateway
                    .script(if policy == "authorize-first" { "authorize" } else { "refund" }, &[Scripted::Decline]);
                if policy == "release-first" && !captured {
                    continue; // the hold is let go of and the new payment stands
                }
                assert_eq!(world.pay(&auth("tok_new"), None).status, 422);
                assert_eq!(live(&world), "PostAuth 129.90");
                assert_eq!(world.place_order("O-1").status, 201);
                let reference = world.gateway.pending().remove(0);
                let mut fact = world.gateway.decide(&reference, true);
                fact["captured"] = json!(captured);
                if heard == "told" {
                    assert!(world.notify(&fact));
                    assert!(world.notify(&fact));
                }
                world.recover_for(4);
                is_settled(&world).unwrap();
                assert_eq!(live(&world), "PostAuth 129.90", "{heard} {captured} {policy}");
                let payment = &world.gateway.payments[0];
                assert_eq!(payment.held() + payment.charged(), 12990);
            }
        }
    }
}
