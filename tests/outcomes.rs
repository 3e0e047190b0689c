//! Each outcome of the call that takes the payment, and what the shopper is answered (DESIGN §5, Answer).
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use support::books::{self, live};
use support::gateway::Scripted;
use support::scenes::{auth, post_auth};
use support::world::World;

/// What the gateway does, the answer, and what stands for the cart.
const TABLE: [(Scripted, &str, &str); 9] = [
    (Scripted::Ok, "201 Success", "Auth 129.90"),
    (Scripted::Pending, "202 RequiresReview", "Auth 129.90"),
    (Scripted::Review, "202 RequiresReview", "-"),
    (Scripted::Decline, "422 Decline /commerce/errors/payment-failure", "-"),
    (Scripted::Fail, "422 Decline /commerce/errors/payment-failure", "-"),
    (Scripted::Invalid, "422 ValidationError /commerce/payment", "-"),
    (Scripted::Error, "422 SystemError /commerce/payment", "-"),
    (Scripted::TimeoutBefore, "422 SystemError /commerce/errors/payment-indeterminate", "-"),
    (Scripted::TimeoutAfter, "422 SystemError /commerce/errors/payment-indeterminate", "-"),
];

#[test]
fn each_outcome_has_its_answer() {
    for (operation, body) in [("authorize", auth("tok_1")), ("postauth", post_auth("tok_1"))] {
        for (scripted, answer, stands) in TABLE {
            let mut world = World::new();
            world.gateway.script(operation, &[scripted]);
            let reply = world.pay(&body, None);
            assert_eq!(reply.short(), answer, "{operation} {scripted:?}");
            assert_eq!(
                live(&world),
                stands.replace("Auth", if operation == "authorize" { "Auth" } else { "PostAuth" }),
                "{operation} {scripted:?}"
            );
            assert_eq!(world.gateway.seen.len(), 1, "{operation} {scripted:?}: {:?}", world.gateway.seen);
        }
    }
}

/// What the page needs to go on is handed over; a refusal hands over nothing.
#[test]
fn the_page_gets_what_it_needs_to_go_on() {
    for (scripted, data) in [(Scripted::Review, "{\"reference\":\"gw_1\"}"), (Scripted::Decline, "{}")] {
        let mut world = World::new();
        world.gateway.script("authorize", &[scripted]);
        assert_eq!(world.pay(&auth("tok_1"), None).json()["paymentData"], data, "{scripted:?}");
    }
}

/// A payment made outside must be the cart's: another amount is no payment for it.
#[test]
fn an_outside_payment_of_another_amount_is_not_taken() {
    let mut world = World::new();
    world.gateway.mint("tok_outside", "129.89", true);
    let reply = world.pay(&post_auth("tok_outside"), None);
    assert_eq!(reply.short(), "422 ValidationError /commerce/payment");
    assert_eq!(live(&world), "-");
    assert!(books::records(&books::state(&world).unwrap()).is_empty());
}

/// After the bank's challenge, the page may hand over the payment under review instead of repeating its request: it is the same one.
#[test]
fn a_payment_under_review_is_finished_by_handing_it_over() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Review]);
    assert_eq!(world.pay(&auth("tok_1"), Some("key-1")).short(), "202 RequiresReview");
    let reply = world.pay(&post_auth("gw_1"), Some("key-2"));
    assert_eq!(reply.short(), "201 Success");
    assert_eq!(live(&world), "Auth 129.90");
    assert_eq!(world.gateway.calls_since(0), "authorize 129.90, authorize 129.90");
    for key in [Some("key-2"), Some("key-3"), None] {
        assert_eq!(world.pay(&post_auth("gw_1"), key).short(), "201 Success", "{key:?}");
    }
    assert_eq!(world.gateway.seen.len(), 2, "it stands, so nothing is done");
    assert_eq!(world.pay(&post_auth("gw_1"), Some("key-1")).status, 422, "that key is of another request");
}

/// The same when the gateway has told of it before the page does.
#[test]
fn a_payment_that_the_gateway_has_told_of_is_not_let_go_of_when_the_page_hands_it_over() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::Pending]);
    world.pay(&auth("tok_1"), Some("key-1"));
    let told = world.gateway.decide("gw_1", true);
    assert!(world.notify(&told));
    assert_eq!(world.pay(&post_auth("gw_1"), Some("key-2")).short(), "201 Success");
    assert_eq!((live(&world), world.gateway.seen.len()), ("Auth 129.90".to_owned(), 1));
}

/// Another payment is another payment, and so is the same one for another cart.
#[test]
fn another_payment_takes_the_place_of_the_one_under_review() {
    for (outside, amount) in [("tok_outside", "129.90"), ("gw_1", "99.00")] {
        let mut world = World::new();
        world.gateway.script("authorize", &[Scripted::Review]);
        world.pay(&auth("tok_1"), None);
        world.cart_of(amount);
        world.gateway.mint("tok_outside", amount, false);
        world.pay(&post_auth(outside), None);
        assert!(
            world.gateway.calls_since(1).starts_with("reverse 129.90, postauth "),
            "{}",
            world.gateway.calls_since(1)
        );
    }
}
