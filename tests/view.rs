//! The view behind `GET …/payments`, the billing address, and what is never in either: a token.
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
use support::books::state;
use support::gateway::Scripted;
use support::money::numbers;
use support::scenes::{Existing, auth, purchase_order, world_with};
use support::world::World;

#[test]
fn a_cart_without_a_payment_has_empty_lists() {
    let expected = json!({
        "grandTotalAmount": 129.90, "currencyIsoCode": "USD", "releaseOrder": "release-first",
        "paymentAuthorizations": [], "paymentAuthAdjustments": [], "payments": [], "refunds": [], "operations": [], "releasesOwed": [], "unresolved": [],
    });
    assert_eq!(World::new().view(), expected);
}

/// The members that DESIGN §8 names, and their amounts as JSON numbers, printed from the decimal.
#[test]
fn a_partly_captured_payment() {
    let mut world = world_with(Existing::PartlyCaptured);
    let view = world.view();
    let authorization = &view["paymentAuthorizations"][0];
    let payment = &view["payments"][0];
    let text = world.view_text();
    assert_eq!(numbers(&text, "balance"), ["99.90"]);
    assert_eq!(numbers(&text, "refundableAmount"), ["30.00"]);
    assert_eq!(numbers(&text, "grandTotalAmount"), ["129.90"]);
    assert_eq!(numbers(&text, "amount"), ["129.90", "30.00", "129.90", "30.00"], "records, then steps");
    assert_eq!(authorization["status"], "Processed");
    assert_eq!(payment["paymentAuthorizationId"], authorization["id"]);
    assert_eq!(view["livePayment"], json!({"type": "Auth", "recordId": authorization["id"]}));
    let statuses: Vec<&Value> =
        view["operations"].as_array().unwrap().iter().map(|operation| &operation["status"]).collect();
    assert_eq!(statuses, ["succeeded", "succeeded"]);
}

#[test]
fn a_release_that_is_owed_is_listed() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("reverse", &[Scripted::Decline]);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    let view = world.view();
    let owed = &view["releasesOwed"][0];
    assert_eq!(owed["recordId"], view["paymentAuthorizations"][0]["id"]);
    assert_eq!((&owed["operation"], &owed["tries"]), (&json!("reverse"), &json!(1)));
    assert_eq!(owed["nextTryAt"], "2026-01-01T00:00:06.000Z");
    assert_eq!(view["livePayment"]["recordId"], view["paymentAuthorizations"][1]["id"]);
}

/// Every record is found by its own id and by the gateway's reference.
#[test]
fn every_record_is_in_the_index() {
    let mut world = world_with(Existing::CapturedTwice);
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    let view = world.view();
    let mut records = 0;
    for list in ["paymentAuthorizations", "paymentAuthAdjustments", "payments", "refunds"] {
        for record in view[list].as_array().unwrap() {
            let reference = format!("gateway:simulator:{}", record["gatewayRefNumber"].as_str().unwrap());
            for text in [record["id"].as_str().unwrap(), &reference] {
                assert!(world.row.index.iter().any(|known| known == text), "{text} is not in {:?}", world.row.index);
            }
            records += 1;
        }
    }
    assert_eq!(records, 7, "2 authorizations, 1 reversal, 2 captures, 2 refunds");
}

/// Texts that must not come out: what the shopper's tokens are called in these tests.
fn has_token(text: &str) -> bool {
    text.contains("tok_")
}

#[test]
fn no_token_is_in_the_view_nor_in_what_is_finished() {
    for scripted in Scripted::ALL {
        for existing in [Existing::Nothing, Existing::Authorization, Existing::WhollyCaptured, Existing::UnderReview] {
            let mut world = world_with(existing);
            world.gateway.script("authorize", &[scripted]);
            let reply = world.pay(&auth("tok_new"), None);
            assert!(!has_token(&reply.body), "{existing:?} {scripted:?}: {reply:?}");
            assert!(!has_token(&world.view().to_string()), "{existing:?} {scripted:?}");
            finished_operations_have_no_token(&world);
            // A later payment takes the place of whatever was not finished.
            world.gateway.down = true;
            world.pay(&auth("tok_later"), None);
            finished_operations_have_no_token(&world);
            world.now = world.row.due.unwrap_or(world.now);
            world.recover();
            assert!(!has_token(&world.view().to_string()), "{existing:?} {scripted:?}");
            finished_operations_have_no_token(&world);
            world.gateway.down = false;
            world.recover_for(12);
            finished_operations_have_no_token(&world);
        }
    }
}

fn finished_operations_have_no_token(world: &World) {
    let stored: Value = serde_json::from_str(&world.row.state).unwrap();
    let operations = stored["operations"].as_array().unwrap();
    let finished =
        operations.iter().filter(|operation| operation["status"] == "succeeded" || operation["status"] == "failed");
    for operation in finished {
        assert!(!has_token(&operation.to_string()), "{operation}");
    }
    let state = state(world).unwrap();
    assert!(!has_token(&format!("{state:?}")), "Debug hides it too");
}

/// A changed billing address is taken over in every row that goes through, and in none that does not.
#[test]
fn the_billing_address_is_taken_over_by_what_goes_through() {
    let with_address = |body: String, street: &str| {
        let mut body: Value = serde_json::from_str(&body).unwrap();
        body["billingAddress"] = json!({"name": "Ada", "street": street, "country": "US", "isDefault": true});
        body.to_string()
    };
    let street = |world: &mut World| world.view()["paymentGroup"]["billingAddress"]["street"].clone();
    for (existing, body, scripted, taken_over) in [
        (Existing::Nothing, auth("tok_new"), Scripted::Ok, true),
        (Existing::Authorization, auth("tok_new"), Scripted::Ok, true),
        (Existing::WhollyCaptured, auth("tok_new"), Scripted::Ok, true),
        (Existing::PurchaseOrder, purchase_order("PO-2"), Scripted::Ok, true),
        (Existing::Authorization, auth("tok_new"), Scripted::Decline, false),
        (Existing::Authorization, auth("tok_new"), Scripted::TimeoutAfter, false),
        (Existing::Authorization, auth("tok_new"), Scripted::Review, false),
        (Existing::Authorization, purchase_order("PO-2"), Scripted::Ok, false),
        (Existing::PurchaseOrder, auth("tok_new"), Scripted::Ok, false),
    ] {
        let mut world = world_with(existing);
        world.gateway.script("authorize", &[scripted]);
        let reply = world.pay(&with_address(body, "New Street"), None);
        let expected = if taken_over { json!("New Street") } else { Value::Null };
        assert_eq!(street(&mut world), expected, "{existing:?} {scripted:?}: {reply:?}");
        if reply.status == 201 {
            // A request without an address keeps the one there is.
            let again = if existing == Existing::PurchaseOrder { purchase_order("PO-3") } else { auth("tok_3") };
            assert_eq!(world.pay(&again, None).status, 201);
            assert_eq!(street(&mut world), "New Street", "{existing:?}");
        }
    }
    // A payment that was unknown and went through takes its address over then.
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    world.pay(&with_address(auth("tok_1"), "New Street"), None);
    world.recover_for(2);
    assert_eq!(street(&mut world), "New Street");
}

/// An address and custom data go to the gateway with the payment, and not with a release.
#[test]
fn the_gateway_gets_what_the_request_says() {
    let mut world = world_with(Existing::Authorization);
    let body = json!({
        "requestType": "Auth", "paymentToken": "tok_new", "paymentsData": {"channel": "web"},
        "billingAddress": {"name": "Ada", "street": "1 Way", "country": "US"},
    });
    let text = checkout_payments::wire::core::begin_checkout_payment(
        &world.context(&json!({})),
        &world.row.state,
        body.to_string().as_bytes(),
    );
    let step = support::step::Step::read(&text);
    let release = step.call().unwrap().clone();
    assert_eq!(release["operation"], "reverse");
    assert!(
        release.get("paymentToken").is_none()
            && release.get("billingAddress").is_none()
            && release.get("paymentsData").is_none()
    );
    world.commit(&step);
    let outcome = world.send(&release);
    let context = world.context(&json!({"callId": release["id"]}));
    let step = support::step::Step::read(&checkout_payments::wire::core::advance(
        &context,
        &world.row.state,
        &outcome.to_string(),
    ));
    let take = step.call().unwrap();
    assert_eq!((&take["paymentToken"], &take["paymentsData"]["channel"]), (&json!("tok_new"), &json!("web")));
    assert_eq!(take["billingAddress"]["street"], "1 Way");
    assert_eq!((&take["amount"], &take["currencyIsoCode"]), (&json!("129.90"), &json!("USD")));
}
