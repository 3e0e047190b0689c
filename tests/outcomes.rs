//! Each outcome of the call that takes the payment, and what the shopper is answered (DESIGN §5, Answer).
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
