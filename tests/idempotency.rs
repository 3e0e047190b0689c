//! The idempotency key, and repeats without one: never a second charge, never another answer for the same thing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use checkout_payments::wire::core;
use serde_json::json;
use support::books::{is_settled, live, owed};
use support::gateway::Scripted;
use support::scenes::{Existing, auth, post_auth, purchase_order, world_with};
use support::step::Step;
use support::world::{HELD, World};

const KEY: Option<&str> = Some("key-1");

/// Whatever the final answer was: the same text again, and nothing is sent.
#[test]
fn the_same_key_has_the_same_answer() {
    for scripted in
        [Scripted::Ok, Scripted::Decline, Scripted::Fail, Scripted::Invalid, Scripted::Review, Scripted::Pending]
    {
        let mut world = world_with(Existing::Authorization);
        world.gateway.script("authorize", &[scripted]);
        let first = world.pay(&auth("tok_new"), KEY);
        let (sent, version) = (world.gateway.seen.len(), world.row.version);
        for _ in 0..2 {
            assert_eq!(world.pay(&auth("tok_new"), KEY), first, "{scripted:?}");
        }
        assert_eq!((world.gateway.seen.len(), world.row.version), (sent, version), "{scripted:?}: nothing is done");
    }
}

/// Also when the key is of an earlier payment that another one has replaced since.
#[test]
fn the_key_of_a_replaced_payment_has_its_answer_still() {
    let mut world = World::new();
    let first = world.pay(&auth("tok_1"), KEY);
    assert_eq!(world.pay(&auth("tok_2"), Some("key-2")).status, 201);
    let sent = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_1"), KEY), first);
    assert_eq!(world.gateway.seen.len(), sent);
}

#[test]
fn another_request_under_the_same_key_names_what_differs() {
    let address = json!({"name": "Ada", "street": "1 Way", "country": "US"});
    let request = |kind: &str, token: &str| json!({"requestType": kind, "paymentToken": token});
    let mut with_address = request("Auth", "tok_1");
    with_address["billingAddress"] = address;
    let mut with_data = request("Auth", "tok_1");
    with_data["paymentsData"] = json!({"a": "b"});
    for (body, differing) in [
        (request("Auth", "tok_2"), vec!["paymentToken"]),
        (request("PostAuth", "tok_1"), vec!["requestType"]),
        (request("PostAuth", "tok_2"), vec!["paymentToken", "requestType"]),
        (with_address, vec!["billingAddress"]),
        (with_data, vec!["paymentsData"]),
    ] {
        let mut world = World::new();
        world.pay(&auth("tok_1"), KEY);
        let sent = world.gateway.seen.len();
        let reply = world.pay(&body.to_string(), KEY);
        assert_eq!(reply.short(), "422 ValidationError /commerce/payment", "{body}");
        let parameters = reply.json()["errors"][0]["invalidParameters"].as_array().unwrap().clone();
        let named: Vec<&str> = parameters.iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
        assert_eq!(named, differing, "{body}");
        assert!(!reply.body.contains("tok_"), "the token is not said again: {}", reply.body);
        assert_eq!(world.gateway.seen.len(), sent, "{body}");
    }
}

/// While a process drives the payment, every other request waits, whatever its key.
#[test]
fn a_payment_under_way_is_a_conflict() {
    let mut world = World::new();
    world.crash_at = Some(1); // announced, and the call takes its time
    world.try_pay(&auth("tok_1"), KEY).unwrap_err();
    for (body, key) in
        [(auth("tok_1"), KEY), (auth("tok_1"), None), (auth("tok_2"), Some("key-2")), (purchase_order("PO-1"), None)]
    {
        assert_eq!(world.pay(&body, key).short(), "409 CHECKOUT_CONFLICT");
    }
    assert!(world.gateway.seen.is_empty());
    // A host that knows that the process is gone need not wait.
    world.take_over = true;
    assert_eq!(world.pay(&auth("tok_1"), KEY).status, 201);
    is_settled(&world).unwrap();
}

#[test]
fn what_was_not_sent_is_sent_by_a_repeat() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Error]);
    assert_eq!(world.pay(&auth("tok_1"), KEY).short(), "422 SystemError /commerce/payment");
    assert_eq!(world.pay(&auth("tok_1"), KEY).short(), "201 Success");
    assert_eq!(world.gateway.payments.len(), 1);
    is_settled(&world).unwrap();
}

/// The repeat resumes: the gateway is given the same key again and says what happened. With or without a key of the client.
#[test]
fn a_repeat_of_an_unknown_resumes_it() {
    for scripted in [Scripted::TimeoutBefore, Scripted::TimeoutAfter] {
        for key in [KEY, None] {
            for (operation, body) in [("authorize", auth("tok_1")), ("postauth", post_auth("tok_1"))] {
                let mut world = World::new();
                world.gateway.script(operation, &[scripted]);
                assert_eq!(world.pay(&body, key).short(), "422 SystemError /commerce/errors/payment-indeterminate");
                world.now += 1_000;
                assert_eq!(world.pay(&body, key).short(), "201 Success", "{scripted:?} {key:?}");
                assert_eq!(world.gateway.seen[0].key, world.gateway.seen[1].key, "the same key");
                assert_eq!(world.gateway.payments.len(), 1, "{scripted:?} {key:?}");
                is_settled(&world).unwrap();
            }
        }
    }
}

/// A repeat that still learns nothing says so, and sends nothing new.
#[test]
fn a_repeat_of_an_unknown_that_stays_unknown() {
    let mut world = World::new();
    world.gateway.down = true;
    for _ in 0..3 {
        assert_eq!(world.pay(&auth("tok_1"), None).short(), "422 SystemError /commerce/errors/payment-indeterminate");
    }
    world.gateway.down = false;
    assert_eq!(world.pay(&auth("tok_1"), None).status, 201);
    assert_eq!(world.gateway.payments.len(), 1);
    is_settled(&world).unwrap();
}

/// A different payment meets a hold of which nobody knows: it is written as owed, and the new payment goes on.
#[test]
fn another_payment_does_not_wait_for_an_unknown_hold() {
    for (scripted, exists) in [(Scripted::TimeoutBefore, false), (Scripted::TimeoutAfter, true)] {
        let mut world = World::new();
        world.gateway.script("authorize", &[scripted]);
        world.pay(&auth("tok_1"), None);
        world.gateway.inquiries.extend([support::gateway::Inquiry::Unavailable]);
        world.gateway.repeats.push_back(Scripted::TimeoutBefore);
        let from = world.gateway.seen.len();
        assert_eq!(world.pay(&auth("tok_2"), None).short(), "201 Success", "{scripted:?}");
        assert_eq!(world.gateway.calls_since(from), "authorize 129.90, inquire 129.90, authorize 129.90");
        assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "reverse 129.90"));
        // Then it is asked about until the gateway's word is proof; if it exists it is let go of.
        world.recover_for(12);
        is_settled(&world).unwrap();
        assert_eq!(world.gateway.payments.len(), if exists { 2 } else { 1 }, "{scripted:?}");
        assert_eq!(live(&world), "Auth 129.90");
    }
}

/// A refund of which nobody knows stops whatever comes after it: nothing is sent but the questions.
#[test]
fn another_payment_waits_for_an_unknown_refund() {
    let mut world = world_with(Existing::WhollyCaptured);
    world.gateway.script("refund", &[Scripted::TimeoutAfter]);
    assert_eq!(world.pay(&auth("tok_1"), None).short(), "422 SystemError /commerce/errors/payment-release-failure");
    world.gateway.down = true;
    let from = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_2"), None).short(), "422 SystemError /commerce/errors/payment-indeterminate");
    assert_eq!(world.gateway.calls_since(from), "refund 129.90, inquire 129.90");
    assert_eq!(world.gateway.seen[from].key, world.gateway.seen[from - 1].key, "the same refund");
    world.gateway.down = false;
    assert_eq!(world.pay(&auth("tok_2"), None).short(), "201 Success");
    assert_eq!(world.gateway.payments[0].charged(), 0);
    is_settled(&world).unwrap();
}

/// So does a payment made outside of which nobody knows: it may have been taken already.
#[test]
fn another_payment_waits_for_an_unknown_payment_made_outside() {
    let mut world = World::new();
    world.gateway.script("postauth", &[Scripted::TimeoutAfter]);
    world.pay(&post_auth("tok_1"), None);
    world.gateway.down = true;
    assert_eq!(world.pay(&auth("tok_2"), None).short(), "422 SystemError /commerce/errors/payment-indeterminate");
    assert!(world.gateway.seen.iter().all(|seen| seen.operation != "authorize"), "nothing new was sent");
    world.gateway.down = false;
    assert_eq!(world.pay(&auth("tok_2"), None).short(), "201 Success");
    is_settled(&world).unwrap();
}

/// So does a capture of which nobody knows.
#[test]
fn another_payment_waits_for_an_unknown_capture() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("capture", &[Scripted::TimeoutAfter]);
    support::scenes::capture(&mut world, "30.00");
    world.gateway.down = true;
    assert_eq!(world.pay(&auth("tok_2"), None).short(), "422 SystemError /commerce/errors/payment-indeterminate");
    world.gateway.down = false;
    let from = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_2"), None).short(), "201 Success");
    let calls = "capture 30.00, reverse 99.90, refund 30.00, authorize 129.90";
    assert_eq!(world.gateway.calls_since(from), calls);
    is_settled(&world).unwrap();
}

/// Two requests decide on one version of the row: one is written; the other finds it changed, decides again, and waits.
#[test]
fn of_two_that_race_one_goes_on() {
    let mut world = World::new();
    let one = Step::read(&core::begin_checkout_payment(
        &world.context(&json!({})),
        &world.row.state,
        auth("tok_1").as_bytes(),
    ));
    let two = Step::read(&core::begin_checkout_payment(
        &world.context(&json!({})),
        &world.row.state,
        auth("tok_2").as_bytes(),
    ));
    assert!(one.commits() && two.commits() && two.call().is_some());
    world.commit(&one); // now the other's expected version is wrong: its commit conflicts and nothing of it was sent
    let again = Step::read(&core::begin_checkout_payment(
        &world.context(&json!({})),
        &world.row.state,
        auth("tok_2").as_bytes(),
    ));
    assert_eq!((again.status(), again.commits()), (Some(409), false));
    assert!(again.body.contains("CHECKOUT_CONFLICT"));
}

/// The process that announced a call may be late: its answer still counts, once, after another has taken over.
#[test]
fn an_answer_that_comes_after_the_takeover_changes_nothing() {
    let mut world = World::new();
    let step = Step::read(&core::begin_checkout_payment(
        &world.context(&json!({})),
        &world.row.state,
        auth("tok_1").as_bytes(),
    ));
    world.commit(&step);
    let call = step.call().unwrap().clone();
    let outcome = world.send(&call);
    world.now += HELD + 1;
    world.recover();
    assert_eq!(live(&world), "Auth 129.90");
    let context = world.context(&json!({"callId": call["id"]}));
    let late = Step::read(&core::advance(&context, &world.row.state, &outcome.to_string()));
    assert_eq!(late.status(), Some(201), "the client that waited is told the truth");
    world.commit(&late);
    is_settled(&world).unwrap();
}

/// Settled while the client was away: the same request, even without a key, is told what became of it; then it is a new one.
#[test]
fn an_answer_that_was_not_heard_is_given_once() {
    let mut world = World::new();
    world.crash_at = Some(1);
    world.try_pay(&auth("tok_1"), None).unwrap_err();
    world.now += HELD + 1;
    world.recover();
    let sent = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_1"), None).status, 201);
    assert_eq!(world.gateway.seen.len(), sent, "it was paid already");
    assert_eq!(world.pay(&auth("tok_1"), None).status, 201);
    assert_eq!(world.gateway.calls_since(sent), "reverse 129.90, authorize 129.90", "a second payment");
    is_settled(&world).unwrap();
}

/// A challenge that nobody saw is shown, not gone on with.
#[test]
fn a_challenge_that_was_not_heard_is_given_first() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Review]);
    world.crash_at = Some(2); // after the call
    world.try_pay(&auth("tok_1"), None).unwrap_err();
    world.now += HELD + 1;
    assert_eq!(world.pay(&auth("tok_1"), None).status, 202);
    assert_eq!(world.gateway.calls_since(0), "authorize 129.90, authorize 129.90");
    assert_eq!(world.gateway.seen[0].key, world.gateway.seen[1].key, "a repeat, no new attempt");
    assert_eq!(world.pay(&auth("tok_1"), None).status, 201);
    is_settled(&world).unwrap();
}

/// A request that was given the answer of an earlier one, under a key of its own, has that answer for good.
#[test]
fn a_key_that_was_given_an_earlier_answer_keeps_it() {
    // The answer that nobody heard.
    let mut world = World::new();
    world.crash_at = Some(1);
    world.try_pay(&auth("tok_1"), Some("key-a")).unwrap_err();
    world.now += HELD + 1;
    world.recover();
    let first = world.pay(&auth("tok_1"), Some("key-b"));
    assert_eq!(first.status, 201);
    let sent = world.gateway.seen.len();
    for key in ["key-b", "key-a", "key-b"] {
        assert_eq!(world.pay(&auth("tok_1"), Some(key)), first, "{key}");
    }
    assert_eq!(world.gateway.seen.len(), sent, "nothing is sent");
    assert_eq!(world.pay(&auth("tok_2"), Some("key-b")).short(), "422 ValidationError /commerce/payment");

    // The answer of a payment that was unknown.
    let mut world = World::new();
    world.gateway.down = true;
    world.pay(&auth("tok_1"), Some("key-a"));
    let unknown = "422 SystemError /commerce/errors/payment-indeterminate";
    assert_eq!(world.pay(&auth("tok_1"), Some("key-b")).short(), unknown);
    world.gateway.down = false;
    world.now += 30_000;
    world.recover();
    let sent = world.gateway.seen.len();
    for key in ["key-b", "key-a", "key-b"] {
        assert_eq!(world.pay(&auth("tok_1"), Some(key)).status, 201, "{key}");
    }
    assert_eq!(world.gateway.seen.len(), sent, "nothing is sent");

    // The answer after the bank's challenge, with whatever the page sent along.
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Review]);
    assert_eq!(world.pay(&auth("tok_1"), Some("key-a")).status, 202);
    let met = json!({"requestType": "Auth", "paymentToken": "tok_1", "paymentsData": {"challenge": "met"}}).to_string();
    assert_eq!(world.pay(&met, Some("key-b")).status, 201);
    let sent = world.gateway.seen.len();
    assert_eq!(world.pay(&met, Some("key-b")).status, 201);
    assert_eq!(world.pay(&auth("tok_1"), Some("key-a")).status, 201);
    assert_eq!(world.pay(&auth("tok_1"), Some("key-b")).status, 422, "that was another request");
    assert_eq!(world.gateway.seen.len(), sent, "nothing is sent");
}

/// Also while what came after the challenge is unknown: the key resumes it and leaves nothing behind.
#[test]
fn a_key_of_the_challenge_resumes_what_came_of_it() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Review, Scripted::TimeoutAfter]);
    assert_eq!(world.pay(&auth("tok_1"), Some("key-a")).status, 202);
    let met = json!({"requestType": "Auth", "paymentToken": "tok_1", "paymentsData": {"challenge": "met"}}).to_string();
    assert_eq!(world.pay(&met, Some("key-b")).status, 422);
    world.gateway.repeats.push_back(Scripted::TimeoutBefore);
    world.gateway.inquiries.extend([support::gateway::Inquiry::Unavailable; 2]);
    assert_eq!(world.pay(&met, Some("key-b")).status, 422, "still unknown");
    assert_eq!(world.pay(&met, Some("key-b")).status, 201);
    assert_eq!(world.gateway.payments.len(), 1);
    assert_eq!(owed(&world), "-");
    is_settled(&world).unwrap();
}

/// A client that makes up a new key for every repeat is held off in the end, for the state is not endless.
#[test]
fn endless_keys_are_held_off() {
    let mut world = World::new();
    world.gateway.down = true;
    world.pay(&auth("tok_1"), Some("key-0"));
    let replies: Vec<i64> = (1..40).map(|at| world.pay(&auth("tok_1"), Some(&format!("key-{at}"))).status).collect();
    assert_eq!(replies.iter().filter(|status| **status == 422).count(), 31, "{replies:?}");
    assert!(replies[31..].iter().all(|status| *status == 409), "{replies:?}");
    world.gateway.down = false;
    assert_eq!(world.pay(&auth("tok_1"), Some("key-5")).status, 201);
    assert_eq!(world.gateway.payments.len(), 1);
}

/// The stored answer outlives the cart: the shopper who lost it learns it though the order has been placed meanwhile.
#[test]
fn a_key_has_its_answer_after_the_order_too() {
    let mut world = World::new();
    let first = world.pay(&auth("tok_1"), KEY);
    assert_eq!(world.place_order("O-1").status, 201);
    world.checkout["status"] = json!("closed");
    assert_eq!(world.pay(&auth("tok_1"), KEY), first);
    for (body, key) in [(auth("tok_1"), None), (auth("tok_1"), Some("key-2")), ("nonsense".to_owned(), KEY)] {
        assert_eq!(world.pay(&body, key).short(), "404 CHECKOUT_NOT_FOUND", "{body} {key:?}");
    }
    assert_eq!(world.pay(&auth("tok_2"), KEY).short(), "422 ValidationError /commerce/payment");
    assert_eq!(world.gateway.payments.len(), 1);
}
