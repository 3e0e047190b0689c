//! What the page is told beforehand is what happens: the same steps, amounts and order, for every pair and policy.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use checkout_payments::wire::preview::preview;
use serde_json::{Value, json};
use support::scenes::{Existing, auth, post_auth, purchase_order, world_with};

#[test]
fn what_is_previewed_is_what_happens() {
    let mut allowed = 0;
    let mut refused = 0;
    for existing in Existing::ALL {
        for (request, body) in [
            ("authorize", auth("tok_new")),
            ("postauth", post_auth("tok_new")),
            ("purchaseOrder", purchase_order("PO-2")),
        ] {
            for release_order in ["release-first", "authorize-first"] {
                for version in ["62.0", "63.0", "64.0", "67.0"] {
                    let name = format!("{existing:?} × {request} × {release_order} × {version}");
                    let mut world = world_with(existing);
                    world.release_order = release_order;
                    world.api_version = Some(version);
                    world.cart_of("99.00");
                    let view = world.view().to_string();
                    let options = json!({"apiVersion": version, "releaseOrder": release_order, "amount": "99.00", "currencyIsoCode": "USD"});
                    let said: Value = serde_json::from_str(&preview(&view, &body, &options.to_string())).unwrap();
                    let from = world.gateway.seen.len();
                    let reply = world.pay(&body, None);
                    assert_eq!(said["allowed"], reply.status == 201, "{name}: {said} {reply:?}");
                    if reply.status != 201 {
                        refused += 1;
                        assert_eq!(said["status"], reply.status, "{name}");
                        assert_eq!(said["detail"], reply.json()["errors"][0]["detail"], "{name}");
                        continue;
                    }
                    allowed += 1;
                    assert_eq!(steps(&said, &name), happened(&world.gateway.seen[from..], existing, request), "{name}");
                }
            }
        }
    }
    assert!(allowed > 100 && refused > 50, "{allowed} allowed, {refused} refused");
}

/// `reverse 129.90, authorize 99.00, purchaseOrder`
fn steps(said: &Value, name: &str) -> Vec<String> {
    let steps = said["steps"].as_array().unwrap();
    for step in steps {
        let text = step["text"].as_str().unwrap();
        assert!(said["summary"].as_str().unwrap().contains(text), "{name}: {said}");
        if let Some(amount) = step["amount"].as_str() {
            assert!(text.contains(&format!("${amount}")), "{name}: {text}");
        }
    }
    let short = |step: &Value| match step["amount"].as_str() {
        Some(amount) => format!("{} {amount}", step["operation"].as_str().unwrap()),
        None => step["operation"].as_str().unwrap().to_owned(),
    };
    steps.iter().map(short).collect()
}

/// The same of the calls. Questions are not steps, nor is the end of a challenge: nothing is held then.
fn happened(seen: &[support::gateway::Seen], existing: Existing, request: &str) -> Vec<String> {
    let step = |seen: &&support::gateway::Seen| {
        seen.operation != "inquire" && !(existing == Existing::UnderReview && seen.operation == "reverse")
    };
    let mut happened: Vec<String> = seen.iter().filter(step).map(support::gateway::Seen::short).collect();
    if request == "purchaseOrder" {
        happened.push("purchaseOrder".to_owned());
    }
    happened
}

/// The sentences, for one row of each kind.
#[test]
fn the_sentences() {
    for (existing, body, release_order, summary) in [
        (Existing::Nothing, auth("tok"), "release-first", "$99.00 will be authorized."),
        (
            Existing::Authorization,
            auth("tok"),
            "release-first",
            "Your authorization of $129.90 will be reversed first. Then $99.00 will be authorized.",
        ),
        (
            Existing::Authorization,
            auth("tok"),
            "authorize-first",
            "$99.00 will be authorized first. Then your authorization of $129.90 will be reversed.",
        ),
        (
            Existing::PartlyCaptured,
            post_auth("tok"),
            "release-first",
            "Your authorization of $99.90 will be reversed first. Then your payment of $30.00 will be refunded. \
             Then your wallet payment of $99.00 will be checked and recorded.",
        ),
        (Existing::Nothing, purchase_order("PO-2"), "release-first", "Your purchase order number will be recorded."),
        (
            Existing::PurchaseOrder,
            purchase_order("PO-2"),
            "release-first",
            "Your purchase order number will be replaced.",
        ),
    ] {
        let mut world = world_with(existing);
        world.release_order = release_order;
        let view = world.view().to_string();
        let options = json!({"releaseOrder": release_order, "amount": "99.00", "currencyIsoCode": "USD"}).to_string();
        let said: Value = serde_json::from_str(&preview(&view, &body, &options)).unwrap();
        assert_eq!(said["summary"], summary, "{existing:?}");
    }
}

#[test]
fn a_refusal_says_why() {
    let mut world = world_with(Existing::Authorization);
    let view = world.view().to_string();
    let options = json!({"amount": "99.00", "currencyIsoCode": "USD"}).to_string();
    let said: Value = serde_json::from_str(&preview(&view, &purchase_order("PO-1"), &options)).unwrap();
    assert_eq!(
        (&said["allowed"], &said["status"], &said["code"]),
        (&json!(false), &json!(422), &json!("payment_type_change"))
    );
    let options = json!({"apiVersion": "62.0", "amount": "99.00", "currencyIsoCode": "USD"}).to_string();
    let said: Value = serde_json::from_str(&preview(&view, &auth("tok"), &options)).unwrap();
    assert_eq!(said["code"], "payment_exists");
}

/// What is not of the contract is said to be so, and nothing panics.
#[test]
fn nonsense_is_not_allowed() {
    let good = json!({"amount": "99.00", "currencyIsoCode": "USD"}).to_string();
    for (view, request, options) in [
        ("", "{}", good.as_str()),
        ("{}", "", good.as_str()),
        ("{}", "{}", good.as_str()),
        ("[]", "{\"requestType\":\"Auth\"}", ""),
        ("{}", "{\"requestType\":\"Auth\"}", "{\"amount\":\"1.001\",\"currencyIsoCode\":\"USD\"}"),
        ("{}", "{\"requestType\":\"Cash\"}", good.as_str()),
        ("{\"livePayment\":7}", "{\"requestType\":\"Auth\"}", good.as_str()),
        ("{\"livePayment\":{\"recordId\":\"x\"},\"payments\":{}}", "{\"requestType\":\"Auth\"}", good.as_str()),
    ] {
        let said: Value = serde_json::from_str(&preview(view, request, options)).unwrap();
        assert_eq!((&said["allowed"], &said["status"]), (&json!(false), &json!(400)), "{view} {request} {options}");
    }
}
