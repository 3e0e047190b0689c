//! Placing the order (DESIGN §5): only with a payment that is exactly the cart's, and once.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use serde_json::json;
use support::books::{is_settled, live};
use support::gateway::Scripted;
use support::money::numbers;
use support::scenes::{Existing, auth, purchase_order, world_with};
use support::world::{HELD, Point, World};

/// What the cart of $129.90 has; whether the order can be placed.
#[test]
fn each_payment_of_the_whole_total_places_the_order() {
    for (existing, status) in [
        (Existing::Nothing, 422),
        (Existing::Authorization, 201),
        (Existing::PartlyCaptured, 201),
        (Existing::CapturedTwice, 201),
        (Existing::WhollyCaptured, 201),
        (Existing::Sale, 201),
        (Existing::Reversed, 422),
        (Existing::PurchaseOrder, 201),
        (Existing::Pending, 201),
        (Existing::UnderReview, 422),
    ] {
        let mut world = world_with(existing);
        let calls = world.gateway.seen.len();
        let reply = world.place_order("O-1");
        assert_eq!(reply.status, status, "{existing:?}: {reply:?}");
        if status == 201 {
            assert_eq!(reply.json(), json!({"orderReferenceNumber": "O-1", "errors": []}), "{existing:?}");
        } else {
            assert_eq!(reply.json()["errors"][0]["type"], "/commerce/checkout/placeorder/payment", "{existing:?}");
            assert_eq!(numbers(&reply.body, "grandTotalAmount"), ["129.90"], "{existing:?}");
        }
        assert_eq!(world.gateway.seen.len(), calls, "{existing:?}: the gateway has nothing to do with it");
    }
}

/// A cent is a difference.
#[test]
fn the_amounts_must_be_equal() {
    for amount in ["129.89", "129.91", "0.00"] {
        let mut world = world_with(Existing::Authorization);
        world.cart_of(amount);
        let reply = world.place_order("O-1");
        assert_eq!(reply.status, 422, "{amount}");
        let body = reply.json();
        assert_eq!(numbers(&reply.body, "paidAmount"), ["129.90"], "{amount}");
        assert_eq!(numbers(&reply.body, "grandTotalAmount"), [amount]);
        assert_eq!(body["waysOut"], json!(["adjust", "payAgain", "reverse"]));
        let detail = body["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("$129.90") && detail.contains(&format!("${amount}")), "{detail}");
    }
}

/// The same total of another cart was not paid for; and the ways out are ways out.
#[test]
fn another_cart_is_not_the_one_that_was_paid_for() {
    let mut world = world_with(Existing::Authorization);
    world.checkout["digest"] = json!("cart-2");
    assert_eq!(world.place_order("O-1").status, 422);
    let change = world.view()["cartChange"].clone();
    assert_eq!(change["waysOut"], json!(["adjust", "payAgain", "reverse"]));
    assert_eq!(numbers(&world.view_text(), "paidAmount"), ["129.90"]);
    // adjust
    let mut adjusted = world.clone();
    adjusted.checkout["digest"] = json!("cart-1");
    assert_eq!(adjusted.view().get("cartChange"), None);
    assert_eq!(adjusted.place_order("O-1").status, 201);
    // pay again
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    assert_eq!(world.view().get("cartChange"), None);
    assert_eq!(world.place_order("O-1").status, 201);
    is_settled(&world).unwrap();
}

/// A currency is part of the cart.
#[test]
fn another_currency_is_another_cart() {
    let mut world = world_with(Existing::Authorization);
    world.checkout["currencyIsoCode"] = json!("EUR");
    let reply = world.place_order("O-1");
    assert_eq!(reply.status, 422);
    let body = reply.json();
    assert_eq!((&body["paidCurrencyIsoCode"], &body["currencyIsoCode"]), (&json!("USD"), &json!("EUR")));
}

/// A purchase order is for whatever the cart costs.
#[test]
fn a_purchase_order_is_for_any_amount() {
    let mut world = world_with(Existing::PurchaseOrder);
    world.cart_of("5000.00");
    assert_eq!(world.place_order("O-1").status, 201);
}

/// A cart that costs nothing needs no payment and takes none; its number is the host's to keep.
#[test]
fn a_free_cart_needs_no_payment() {
    let mut world = World::new();
    world.cart_of("0.00");
    let reply = world.pay(&auth("tok_1"), None);
    assert_eq!(reply.short(), "422 ValidationError /commerce/payment");
    assert!(reply.body.contains("nothing to pay"), "{}", reply.body);
    assert!(world.gateway.seen.is_empty());
    assert_eq!(world.place_order("O-1").json()["orderReferenceNumber"], "O-1");
    // A purchase order may go with it.
    assert_eq!(world.pay(&purchase_order("PO-1"), None).status, 201);
    assert_eq!(world.place_order("O-2").json()["orderReferenceNumber"], "O-2");
}

#[test]
fn a_repeat_gives_the_same_number() {
    let mut world = world_with(Existing::Authorization);
    assert_eq!(world.place_order("O-1").json()["orderReferenceNumber"], "O-1");
    let version = world.row.version;
    // Whatever the cart looks like by now: the order is placed.
    world.cart_of("1.00");
    world.checkout["status"] = json!("closed");
    assert_eq!(world.place_order("O-2").json()["orderReferenceNumber"], "O-1");
    assert_eq!(world.row.version, version);
    assert_eq!(world.view()["paymentGroup"]["order"]["orderReferenceNumber"], "O-1");
}

#[test]
fn a_closed_checkout_without_an_order_places_none() {
    let mut world = world_with(Existing::Authorization);
    world.checkout["status"] = json!("closed");
    assert_eq!(world.place_order("O-1").short(), "404 CHECKOUT_NOT_FOUND");
}

/// While a payment is being driven nobody can say what is paid.
#[test]
fn a_payment_under_way_is_waited_for() {
    let mut world = world_with(Existing::Authorization);
    world.crash_at = Some(1);
    world.try_pay(&auth("tok_new"), None).unwrap_err();
    assert_eq!(world.place_order("O-1").short(), "409 CHECKOUT_CONFLICT");
    world.now += HELD + 1;
    world.recover();
    assert_eq!(world.place_order("O-1").status, 201);
    is_settled(&world).unwrap();
}

/// An unknown could still change what stands: no order until it is known, or another payment is made.
#[test]
fn an_unknown_keeps_the_order_waiting() {
    for (existing, operation) in [(Existing::Authorization, "authorize"), (Existing::WhollyCaptured, "refund")] {
        let mut world = world_with(existing);
        world.release_order = "authorize-first";
        world.gateway.script(operation, &[Scripted::TimeoutAfter]);
        assert_eq!(world.pay(&auth("tok_new"), None).status, 422);
        assert_eq!(live(&world), "Auth 129.90", "the old one stands so far");
        let reply = world.place_order("O-1");
        assert_eq!(reply.status, 422, "{reply:?}");
        world.recover_for(3);
        is_settled(&world).unwrap();
        let stands = live(&world) == "Auth 129.90";
        assert_eq!(world.place_order("O-1").status, if stands { 201 } else { 422 }, "{operation}");
    }
}

/// What is owed a release does not pay for the order.
#[test]
fn what_is_owed_does_not_count() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("reverse", &[Scripted::Decline]);
    world.gateway.script("authorize", &[Scripted::Decline]);
    world.pay(&auth("tok_new"), None);
    let reply = world.place_order("O-1");
    assert_eq!(reply.status, 422);
    assert_eq!(numbers(&reply.body, "paidAmount"), ["0.00"]);
}

/// The process dies while it places the order: either nothing is written, and the repeat places it under the number that it brings;
/// or it is placed, and every repeat is given that number. What is told of the payment later changes nothing about it.
#[test]
fn no_crash_places_the_order_twice() {
    let mut visited = Vec::new();
    for existing in [
        Existing::Authorization,
        Existing::PartlyCaptured,
        Existing::CapturedTwice,
        Existing::WhollyCaptured,
        Existing::Sale,
        Existing::PurchaseOrder,
        Existing::Pending,
    ] {
        for (at, number) in [(0, "O-2"), (1, "O-1")] {
            let mut world = world_with(existing);
            let version = world.row.version;
            world.crash_at = Some(at);
            visited.push(world.try_place_order("O-1").unwrap_err().0);
            world.now += HELD + 1;
            world.recover();
            assert_eq!(world.row.version, version + at as u64, "{existing:?}");
            for repeat in ["O-2", "O-3"] {
                assert_eq!(
                    world.place_order(repeat).json()["orderReferenceNumber"],
                    number,
                    "{existing:?}, point {at}"
                );
            }
            assert_eq!(world.row.version, version + 1, "{existing:?}: placed once");
            for reference in world.gateway.pending() {
                let fact = world.gateway.decide(&reference, true);
                world.notify(&fact);
            }
            assert_eq!(world.place_order("O-4").json()["orderReferenceNumber"], number, "{existing:?}, point {at}");
            is_settled(&world).unwrap();
        }
    }
    let of = |point| visited.iter().filter(|visited| **visited == point).count();
    assert_eq!((of(Point::BeforeFirstCommit), of(Point::BeforeAnswer), visited.len()), (7, 7, 14));
}
