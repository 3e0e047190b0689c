//! `GET …/payments/explain`: what was decided, by which rule, on what evidence, and what will happen next.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use std::fmt::Write;

use serde_json::{Value, json};
use support::gateway::Scripted;
use support::scenes::{Existing, auth, purchase_order, world_with};
use support::world::World;

/// The explanation as a page of text: ids and times shortened, so that it can be compared with one written by hand.
fn page(world: &mut World) -> String {
    let explained = world.explain();
    let mut page = String::new();
    let mut line = |mark: &str, text: &Value| writeln!(page, "{mark} {}", short(text.as_str().unwrap())).unwrap();
    explained["now"].as_array().unwrap().iter().for_each(|text| line("=", text));
    for operation in explained["operations"].as_array().unwrap() {
        line("*", &operation["decided"]);
        line(" rule:", &operation["rule"]);
        operation["evidence"].as_array().unwrap().iter().for_each(|text| line(" -", text));
        line(" so:", &operation["result"]);
    }
    explained["next"].as_array().unwrap().iter().for_each(|next| line(">", &next["text"]));
    page
}

/// `pauth_01kd…` is `pauth_`, `2026-01-01T00:00:05.000Z` is `00:05`.
fn short(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if bare.len() == 24 && bare.ends_with('Z') {
            return word.replace(bare, bare.get(14..19).unwrap());
        }
        match bare.split_once("_01") {
            Some((kind, _)) => word.replace(bare, &format!("{kind}_")),
            None => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_cart_without_a_payment() {
    assert_eq!(page(&mut World::new()), "= No payment stands for the cart.\n");
}

#[test]
fn a_payment_that_replaced_another() {
    let mut world = world_with(Existing::Authorization);
    world.cart_of("99.00");
    world.pay(&auth("tok_new"), None);
    assert_eq!(
        page(&mut world),
        "\
= An authorization stands for the cart: $99.00 of it is held (pauth_).
* Auth was requested: authorize $129.90.
 rule: The cart had no payment to let go of: the new one is taken.
 - The authorization of $129.90 counts as done, by the gateway's answer, its reference is gw_1.
 so: It went through.
* Auth was requested: reverse $129.90 of pauth_, then authorize $99.00.
 rule: The cart had an authorization, and the store releases first: what is left of it is reversed, then the new payment is taken. A hold that can't be released now is owed and does not stop the shopper.
 - The reversal of $129.90 of pauth_ counts as done, by the gateway's answer, its reference is reverse_2.
 - The authorization of $99.00 counts as done, by the gateway's answer, its reference is gw_3.
 so: It went through.
> Nothing more will happen by itself.
"
    );
}

/// Nobody guesses: an unknown is called unknown, and what is heard later is told as it was heard.
#[test]
fn a_payment_of_which_nobody_knows() {
    let mut world = World::new();
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    world.gateway.repeats.push_back(Scripted::TimeoutBefore);
    world.pay(&auth("tok_1"), None);
    assert_eq!(
        page(&mut world),
        "\
= No payment stands for the cart.
* Auth was requested: authorize $129.90.
 rule: The cart had no payment to let go of: the new one is taken.
 - 00:00: the authorization of $129.90 was sent: no trustworthy answer.
 - The authorization of $129.90 was sent once and counts as unknown: no answer proves that it happened or that it did not.
 so: Nobody knows yet whether it happened. It counts neither as taken nor as failed until the gateway says.
> The authorization of $129.90 is repeated with the same key, by which the gateway can't do it twice. If that tells nothing, the other ways are tried, and later all of them again. It was tried once.
"
    );
    world.now += 5_000;
    world.recover();
    assert_eq!(
        page(&mut world),
        "\
= An authorization stands for the cart: $129.90 of it is held (pauth_).
* Auth was requested: authorize $129.90.
 rule: The cart had no payment to let go of: the new one is taken.
 - 00:00: the authorization of $129.90 was sent: no trustworthy answer.
 - 00:05: the authorization of $129.90 was repeated with the same key: no trustworthy answer.
 - 00:05: the authorization of $129.90 was asked about by our reference: the gateway says that it happened.
 - The authorization of $129.90 counts as done, by the gateway's answer to the question, its reference is gw_1.
 so: It went through.
> Nothing more will happen by itself.
"
    );
}

/// What each ending is called, and what comes of it.
#[test]
fn every_result_has_its_sentence() {
    let expectations = [
        (
            Scripted::Decline,
            "counts as not done, by the gateway's answer: Decline (card_declined).",
            "The gateway declined. Nothing was taken.",
        ),
        (
            Scripted::Fail,
            "counts as not done, by the gateway's answer: PermanentFail (account_closed).",
            "The gateway declined for good. Nothing was taken.",
        ),
        (
            Scripted::Invalid,
            "counts as not done, by the gateway's answer: ValidationError (incorrect_cvc).",
            "The gateway does not take this payment data. Nothing was taken.",
        ),
        (
            Scripted::Error,
            "counts as not done: it provably never left.",
            "The new payment was not taken. A repeat is safe.",
        ),
        (
            Scripted::Review,
            "waits for the shopper's bank, by the gateway's answer",
            "The bank asks the shopper first. Nothing is held yet.",
        ),
        (Scripted::Pending, "is accepted and not done", "The gateway has accepted it and will say what became of it."),
    ];
    for (scripted, evidence, result) in expectations {
        let mut world = World::new();
        world.gateway.script("authorize", &[scripted]);
        world.pay(&auth("tok_1"), None);
        let page = page(&mut world);
        assert!(page.contains(&format!("The authorization of $129.90 {evidence}")), "{scripted:?}: {page}");
        assert!(page.contains(&format!(" so: {result}\n")), "{scripted:?}: {page}");
    }
}

/// The rule that was followed, for each payment the cart had and each policy.
#[test]
fn every_rule_has_its_sentence() {
    for (existing, policy, begins) in [
        (Existing::Nothing, "release-first", "The cart had no payment to let go of"),
        (Existing::Authorization, "release-first", "The cart had an authorization, and the store releases first"),
        (Existing::Authorization, "authorize-first", "The cart had an authorization, and the store authorizes first"),
        (Existing::CapturedTwice, "release-first", "The cart had a captured payment, and the store releases first"),
        (Existing::Sale, "authorize-first", "The cart had a captured payment, and the store authorizes first"),
    ] {
        let mut world = world_with(existing);
        world.release_order = policy;
        world.pay(&auth("tok_new"), None);
        let explained = world.explain();
        let rule = explained["operations"].as_array().unwrap().last().unwrap()["rule"].as_str().unwrap().to_owned();
        assert!(rule.starts_with(begins), "{existing:?} {policy}: {rule}");
    }
    let mut world = World::new();
    world.pay(&purchase_order("PO-1"), None);
    world.pay(&purchase_order("PO-2"), None);
    let page = page(&mut world);
    assert!(page.contains("= Purchase order PO-2 stands for the cart."), "{page}");
    assert!(page.contains("the purchase order number is recorded, and no gateway is asked."), "{page}");
    assert!(page.contains("its number is replaced and kept in the history."), "{page}");
}

#[test]
fn what_is_to_come_is_said() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.script("reverse", &[Scripted::Decline]);
    world.pay(&auth("tok_new"), None);
    assert!(page(&mut world).ends_with("> The reversal of $129.90 of pauth_ is tried again. It was tried once.\n"));

    let mut world = world_with(Existing::UnderReview);
    assert!(page(&mut world).contains("> The shopper has to meet the bank's challenge"));

    let mut world = World::new();
    world.inquire = json!([]);
    world.gateway.key_window = 0;
    world.gateway.script("authorize", &[Scripted::TimeoutAfter]);
    world.pay(&auth("tok_1"), None);
    assert!(
        page(&mut world).contains("A person should look it up in the gateway's own books under our reference pauth_")
    );

    let mut world = world_with(Existing::PartlyCaptured);
    world.cart_of("150.00");
    let page = page(&mut world);
    assert!(page.contains("= $30.00 of it was captured (pay_)."), "{page}");
    assert!(page.contains("$129.90 is paid and the grand total is $150.00."), "{page}");
}

/// No token is told, whatever happened to it.
#[test]
fn no_token_is_in_it() {
    for scripted in Scripted::ALL {
        let mut world = World::new();
        world.gateway.script("authorize", &[scripted]);
        world.pay(&auth("tok_secret"), Some("key-1"));
        let explained = world.explain().to_string();
        assert!(!explained.contains("tok_secret") && !explained.contains("key-1"), "{scripted:?}: {explained}");
    }
}
