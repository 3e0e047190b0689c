//! The payments API: what each operation does with each answer of the gateway, and which requests are refused and why. Expected
//! results are written by hand (`reference` §3, §4.1).
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that is wrong should stop at the line that is wrong; and this one says how much it has visited"
)]

mod support;

use serde_json::{Value, json};
use support::books::{is_settled, live, owed};
use support::gateway::Scripted;
use support::scenes::{Existing, auth, world_with};
use support::world::{DAY, Reply, START, World};

fn method(token: &str) -> Value {
    json!({"alternativePaymentMethod": {"gatewayToken": token}})
}

fn authorization(amount: &str) -> Value {
    json!({"accountId": "001", "amount": amount, "currencyIsoCode": "USD", "paymentMethod": method("tok_1")})
}

/// A group with an authorization of $100.00 in it, and its id.
fn authorized() -> (World, String) {
    let mut world = World::new();
    let reply = world.back_office("authorizations", None, &authorization("100.00"));
    assert_eq!(reply.status, 201, "{reply:?}");
    let id = made(&reply, "paymentAuthorization");
    (world, id)
}

fn made(reply: &Reply, member: &str) -> String {
    reply.json()[member]["id"].as_str().unwrap_or_else(|| panic!("{reply:?}")).to_owned()
}

/// `201 payment Processed`, `422 PAYMENT_DECLINED`, `422 AMOUNT_TOO_LARGE amount`
fn short(reply: &Reply) -> String {
    let body = reply.json();
    let status = reply.status.to_string();
    let error = body["error"]["errorCode"].as_str().or(body[0]["errorCode"].as_str());
    if let Some(error) = error {
        let field = body[0]["fields"][0].as_str().unwrap_or_default();
        return format!("{status} {error} {field}").trim_end().to_owned();
    }
    let members = ["paymentAuthorization", "payment", "paymentAuthAdjustment", "refund"];
    let record = members.iter().find_map(|member| body[member]["status"].as_str().map(|is| format!(" {member} {is}")));
    [status, record.unwrap_or_else(|| " -".to_owned())].concat()
}

/// Every operation, every answer: what the client is told, what is held and charged at the gateway once all is settled, and how often
/// the call was made.
#[test]
fn each_operation_with_each_answer() {
    use Scripted::{Decline, Error, Fail, Invalid, Ok, Pending, TimeoutAfter, TimeoutBefore};
    const DONE: &str = "201";
    // operation, record member, (held, charged) before, after it happened
    let operations = [
        ("authorizations", "authorize", "paymentAuthorization", (0, 0), (4000, 0)),
        ("sales", "sale", "payment", (0, 0), (0, 4000)),
        ("captures", "capture", "payment", (10000, 0), (6000, 4000)),
        ("reversals", "reverse", "paymentAuthAdjustment", (10000, 0), (6000, 0)),
        ("refunds", "refund", "refund", (0, 10000), (0, 6000)),
    ];
    let answers = [
        (Ok, DONE, "Processed", true),
        (Pending, DONE, "Pending", true),
        (Decline, "422 PAYMENT_DECLINED", "", false),
        (Fail, "422 PAYMENT_DECLINED", "", false),
        (Invalid, "422 PAYMENT_DATA_REFUSED", "", false),
        (Error, "422 PAYMENT_NOT_SENT", "", false),
        (TimeoutBefore, "422 PAYMENT_INDETERMINATE", "", true), // the repeat does now what had not happened
        (TimeoutAfter, "422 PAYMENT_INDETERMINATE", "", true),
    ];
    for (operation, call, member, before, after) in operations {
        for (answer, told, status, happens) in answers {
            let case = format!("{operation} {answer:?}");
            let (mut world, target) = before_operation(operation);
            world.gateway.script(call, &[answer]);
            let body = if target.is_some() { json!({"amount": "40.00"}) } else { authorization("40.00") };
            let reply = world.try_back_office(operation, target.as_deref(), &body, Some("key-1")).unwrap();
            let expected = if told == DONE { format!("201 {member} {status}") } else { told.to_owned() };
            assert_eq!(short(&reply), expected, "{case}");
            for reference in world.gateway.pending() {
                let fact = world.gateway.decide(&reference, true);
                assert!(world.notify(&fact), "{case}");
            }
            world.recover_for(20);
            is_settled(&world).unwrap_or_else(|why| panic!("{case}: {why}"));
            let books = world.gateway.books().into_values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            assert_eq!(books, if happens { after } else { before }, "{case}");
            // The key's answer: what it came to, and nothing more is done; what was not sent is done now.
            let calls = world.gateway.seen.len();
            let again = world.try_back_office(operation, target.as_deref(), &body, Some("key-1")).unwrap();
            match answer {
                Ok | Decline | Fail | Invalid => assert_eq!(again, reply, "{case}"),
                Pending => assert_eq!(again.status, 201, "{case}"),
                Error | TimeoutBefore | TimeoutAfter => {
                    assert_eq!(short(&again), format!("201 {member} Processed"), "{case}");
                }
                Scripted::Review => panic!("not in the table"),
            }
            assert_eq!(world.gateway.seen.len(), calls + usize::from(answer == Error), "{case}");
        }
    }
}

/// The world in which an operation is asked for, and the record it acts on.
fn before_operation(operation: &str) -> (World, Option<String>) {
    match operation {
        "captures" | "reversals" => {
            let (world, id) = authorized();
            (world, Some(id))
        }
        "refunds" => {
            let mut world = World::new();
            let reply = world.back_office("sales", None, &authorization("100.00"));
            let id = made(&reply, "payment");
            (world, Some(id))
        }
        _ => (World::new(), None),
    }
}

/// What a request is refused for before anything is sent, whatever stands.
#[test]
fn what_is_refused() {
    let amount = |amount: Value| json!({ "amount": amount });
    let cases = [
        ("captures", amount(json!("100.01")), "422 AMOUNT_TOO_LARGE amount"),
        ("captures", amount(json!(0)), "400 INVALID_API_INPUT amount"),
        ("captures", amount(json!(-1)), "400 INVALID_API_INPUT amount"),
        ("captures", amount(json!("1.001")), "400 INVALID_API_INPUT amount"),
        ("captures", amount(json!("1e2")), "400 INVALID_API_INPUT amount"),
        ("captures", amount(json!("1234567890123456789")), "400 INVALID_API_INPUT amount"),
        ("captures", amount(json!("99999999999999999.99")), "400 INVALID_API_INPUT amount"),
        ("captures", amount(json!([1])), "400 INVALID_API_INPUT amount"),
        ("captures", json!({}), "400 INVALID_API_INPUT amount"),
        ("captures", json!([]), "400 INVALID_API_INPUT the body"),
        ("captures", json!({"amount": 1, "currencyIsoCode": "USD"}), "400 INVALID_API_INPUT currencyIsoCode"),
        ("captures", json!({"amount": 1, "accountId": "002"}), "422 FIELD_INTEGRITY_EXCEPTION accountId"),
        (
            "captures",
            json!({"amount": 1, "paymentGroupId": "pgrp_other"}),
            "422 FIELD_INTEGRITY_EXCEPTION paymentGroupId",
        ),
        ("captures", json!({"amount": 1, "effectiveDate": "21-11-2026"}), "400 INVALID_API_INPUT effectiveDate"),
        ("captures", json!({"amount": 1, "effectiveDate": "2026-02-30"}), "400 INVALID_API_INPUT effectiveDate"),
        ("captures", json!({"amount": 1, "comments": "x".repeat(1001)}), "400 INVALID_API_INPUT comments"),
        ("captures", json!({"amount": 1, "comments": "4111 1111 1111 1111"}), "400 INVALID_API_INPUT comments"),
        ("reversals", amount(json!("100.01")), "422 AMOUNT_TOO_LARGE amount"),
        ("refunds", amount(json!(1)), "404 ELSEWHERE"),
    ];
    for (operation, body, expected) in cases {
        let (mut world, id) = authorized();
        let target = if operation == "refunds" { "pay_of_nobody" } else { &id };
        let seen = world.gateway.seen.len();
        assert_eq!(short(&world.back_office(operation, Some(target), &body)), expected, "{operation} {body}");
        assert_eq!(world.gateway.seen.len(), seen, "nothing was sent: {operation} {body}");
    }
}

/// Records of the wrong kind in the path: they are in the group, and can't be acted on in this way.
#[test]
fn records_of_the_wrong_kind() {
    let (mut world, hold) = authorized();
    let payment = made(&world.back_office("captures", Some(&hold), &json!({"amount": 10})), "payment");
    for (operation, target) in [("refunds", &hold), ("captures", &payment), ("reversals", &payment)] {
        let reply = world.back_office(operation, Some(target), &json!({"amount": 1}));
        assert_eq!(short(&reply), "404 NOT_FOUND", "{operation}");
    }
}

/// The rules between members, and of payment methods.
#[test]
fn members_that_do_not_go_together() {
    let with = |more: Value| {
        let mut body = authorization("10.00");
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let card = json!({"gatewayToken": "tok", "cardNumber": "4111111111111111"});
    let cases = [
        (with(json!({"paymentMethod": {}})), "paymentMethod"),
        (
            with(json!({"paymentMethod": {"id": "pm_1", "alternativePaymentMethod": {"gatewayToken": "t"}}})),
            "paymentMethod",
        ),
        (with(json!({"paymentMethod": {"id": "pm_1", "saveForFuture": true}})), "paymentMethod.saveForFuture"),
        (with(json!({"paymentMethod": {"id": "pm_1", "address": {"city": "X"}}})), "paymentMethod.address"),
        (with(json!({"paymentMethod": {"cardPaymentMethod": card}})), "paymentMethod.cardPaymentMethod.cardNumber"),
        (with(json!({"paymentMethod": {"cardPaymentMethod": {}}})), "paymentMethod.cardPaymentMethod.gatewayToken"),
        (with(json!({"paymentGroup": {"id": "pgrp_1"}, "paymentGroupId": "pgrp_1"})), "paymentGroup"),
        (with(json!({"paymentGroup": {"id": "pgrp_1", "createPaymentGroup": true}})), "paymentGroup.id"),
        (with(json!({"paymentGroup": {"id": "pgrp_1", "sourceObjectId": "801"}})), "paymentGroup.id"),
        (with(json!({"currencyIsoCode": "usd"})), "currencyIsoCode"),
        (
            with(json!({"additionalData": {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6"}})),
            "additionalData",
        ),
        (with(json!({"additionalData": {"a": 1}})), "additionalData.a"),
        (with(json!({"clientContext": "only with captures and refunds"})), "clientContext"),
        (with(json!({"accountId": null})), "accountId"),
    ];
    for (body, field) in cases {
        let reply = World::new().back_office("authorizations", None, &body);
        assert_eq!(short(&reply), format!("400 INVALID_API_INPUT {field}"), "{body}");
        assert!(!reply.body.contains("4111"), "a card number is not told back");
    }
    let currency = World::new().back_office("authorizations", None, &with(json!({"paymentGatewayId": "elsewhere"})));
    assert_eq!(short(&currency), "400 INVALID_ID_FIELD paymentGatewayId");
}

/// Several captures, reversals and refunds, each up to what is left, and a capture that the gateway has yet to do counts.
#[test]
fn in_parts_to_the_last_cent() {
    let (mut world, hold) = authorized();
    let mut ask = |operation: &str, target: &str, amount: &str| {
        world.back_office(operation, Some(target), &json!({"amount": amount}))
    };
    let first = made(&ask("captures", &hold, "33.33"), "payment");
    assert_eq!(short(&ask("reversals", &hold, "0.01")), "201 paymentAuthAdjustment Processed");
    assert_eq!(short(&ask("captures", &hold, "66.67")), "422 AMOUNT_TOO_LARGE amount");
    assert_eq!(short(&ask("captures", &hold, "66.66")), "201 payment Processed");
    assert_eq!(short(&ask("reversals", &hold, "0.01")), "422 AMOUNT_TOO_LARGE amount");
    assert_eq!(short(&ask("refunds", &first, "33.00")), "201 refund Processed");
    assert_eq!(short(&ask("refunds", &first, "0.34")), "422 AMOUNT_TOO_LARGE amount");
    assert_eq!(short(&ask("refunds", &first, "0.33")), "201 refund Processed");
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.books().into_values().collect::<Vec<_>>(), [(0, 6666)]);
}

#[test]
fn a_capture_that_is_pending_counts() {
    let (mut world, hold) = authorized();
    world.gateway.script("capture", &[Scripted::Pending]);
    assert_eq!(short(&world.back_office("captures", Some(&hold), &json!({"amount": 60}))), "201 payment Pending");
    assert_eq!(
        short(&world.back_office("captures", Some(&hold), &json!({"amount": 50}))),
        "422 AMOUNT_TOO_LARGE amount"
    );
    let reference = world.gateway.pending().remove(0);
    let fact = world.gateway.decide(&reference, false);
    assert!(world.notify(&fact));
    assert_eq!(short(&world.back_office("captures", Some(&hold), &json!({"amount": 50}))), "201 payment Processed");
    is_settled(&world).unwrap();
}

#[test]
fn nothing_is_captured_after_expiry() {
    let mut world = World::new();
    world.gateway.expires_at = Some(world.now + 7 * DAY);
    let hold = made(&world.back_office("authorizations", None, &authorization("100.00")), "paymentAuthorization");
    let mut ask = |at: i64, operation: &str, amount: &str| {
        world.now = at;
        short(&world.back_office(operation, Some(&hold), &json!({ "amount": amount })))
    };
    assert_eq!(ask(START + 7 * DAY - 1, "captures", "1.00"), "201 payment Processed");
    assert_eq!(ask(START + 7 * DAY, "captures", "1.00"), "422 AUTHORIZATION_EXPIRED expirationDate");
    // What is held may still be let go of.
    assert_eq!(ask(START + 8 * DAY, "reversals", "99.00"), "201 paymentAuthAdjustment Processed");
    is_settled(&world).unwrap();
}

/// A call that nobody knows of stops what depends on it, until it is known; then both are done.
#[test]
fn an_unknown_capture_stops_the_next() {
    let (mut world, hold) = authorized();
    world.gateway.down = true;
    let first = world.try_back_office("captures", Some(&hold), &json!({"amount": 60}), Some("one")).unwrap();
    assert_eq!(short(&first), "422 PAYMENT_INDETERMINATE");
    let second = world.try_back_office("captures", Some(&hold), &json!({"amount": 40}), Some("two")).unwrap();
    assert_eq!(short(&second), "422 PAYMENT_INDETERMINATE");
    world.gateway.down = false;
    let second = world.try_back_office("captures", Some(&hold), &json!({"amount": 40}), Some("two")).unwrap();
    assert_eq!(short(&second), "201 payment Processed");
    let first = world.try_back_office("captures", Some(&hold), &json!({"amount": 60}), Some("one")).unwrap();
    assert_eq!(short(&first), "201 payment Processed");
    is_settled(&world).unwrap();
    assert_eq!(world.gateway.books().into_values().collect::<Vec<_>>(), [(0, 10000)]);
}

/// A challenge: the first answer says what the payer has to do; the same request in that group, under another key or none, goes on
/// with it, and makes no second payment beside it.
#[test]
fn a_challenge_is_gone_on_with() {
    for (operation, member) in [("sales", "payment"), ("authorizations", "paymentAuthorization")] {
        for group in [None, Some(json!({"createPaymentGroup": true, "sourceObjectId": "order-1"}))] {
            for key in [Some("two"), None] {
                let mut world = World::new();
                let call = operation.trim_end_matches('s').replace("authorization", "authorize");
                world.gateway.script(&call, &[Scripted::Review]);
                let mut body = authorization("10.00");
                if let Some(group) = group.clone() {
                    body["paymentGroup"] = group;
                }
                let first = world.try_back_office(operation, None, &body, Some("one")).unwrap();
                assert_eq!(first.status, 202, "{first:?}");
                assert_eq!(world.try_back_office(operation, None, &body, Some("one")).unwrap(), first);
                let mut again = body.clone();
                again.as_object_mut().unwrap().remove("paymentGroup");
                again["paymentGroupId"] = json!(made(&first, "paymentGroup"));
                let reply = world.try_back_office(operation, None, &again, key).unwrap();
                assert_eq!(short(&reply), format!("201 {member} Processed"), "{reply:?}");
                assert_eq!(world.gateway.payments.len(), 1, "{operation} {key:?}");
                is_settled(&world).unwrap();
            }
        }
    }
}

/// Going on with a challenge, nobody is there to hear the answer: a repeat is given it, and makes no second payment.
#[test]
fn a_challenge_that_was_met_unheard_is_not_paid_again() {
    for key in [Some("two"), None] {
        let mut world = World::new();
        world.gateway.script("sale", &[Scripted::Review, Scripted::TimeoutAfter]);
        let body = authorization("10.00");
        let first = world.try_back_office("sales", None, &body, Some("one")).unwrap();
        let mut again = body.clone();
        again["paymentGroupId"] = json!(made(&first, "paymentGroup"));
        let lost = world.try_back_office("sales", None, &again, key).unwrap();
        assert_eq!(short(&lost), "422 PAYMENT_INDETERMINATE", "{lost:?}");
        world.recover_for(5);
        let reply = world.try_back_office("sales", None, &again, key).unwrap();
        assert_eq!(short(&reply), "201 payment Processed", "{reply:?}");
        assert_eq!(world.gateway.payments.len(), 1, "{key:?}");
        is_settled(&world).unwrap();
    }
}

/// A key is for one request; the difference is named. After a day and an hour it is free again, and belongs to another group.
#[test]
fn a_key_is_for_one_request() {
    let (mut world, hold) = authorized();
    let mut ask =
        |operation: &str, body: Value| world.try_back_office(operation, Some(&hold), &body, Some("key")).unwrap();
    assert_eq!(short(&ask("captures", json!({"amount": "10.00"}))), "201 payment Processed");
    assert_eq!(short(&ask("captures", json!({"amount": 10}))), "201 payment Processed");
    assert_eq!(short(&ask("captures", json!({"amount": "10.01"}))), "422 IDEMPOTENCY_KEY_REUSED amount");
    assert_eq!(short(&ask("captures", json!({"amount": 10, "comments": "x"}))), "422 IDEMPOTENCY_KEY_REUSED comments");
    assert_eq!(short(&ask("reversals", json!({"amount": 10}))), "422 IDEMPOTENCY_KEY_REUSED path");
    assert_eq!(world.gateway.books().into_values().collect::<Vec<_>>(), [(9000, 1000)]);
    let body = authorization("5.00");
    assert_eq!(world.try_back_office("sales", None, &body, Some("key")).unwrap().status, 422);
    world.now += DAY + DAY / 12;
    assert_eq!(short(&world.try_back_office("sales", None, &body, Some("key")).unwrap()), "404 ELSEWHERE");
}

/// The back office and the shopper in one group: what was captured is refunded when the shopper pays otherwise; what was reversed is
/// not let go of twice; and a new hold of the back office has no place in a checkout's group.
#[test]
fn beside_a_checkout() {
    for (operation, amount, calls) in [
        ("captures", "30.00", "reverse 99.90, refund 30.00, authorize 129.90"),
        ("reversals", "29.90", "reverse 100.00, authorize 129.90"),
        ("reversals", "129.90", "authorize 129.90"),
    ] {
        let mut world = world_with(Existing::Authorization);
        let hold = support::books::state(&world).unwrap().group.live.as_ref().unwrap().record_id.clone();
        assert_eq!(world.back_office(operation, Some(&hold), &json!({ "amount": amount })).status, 201);
        let from = world.gateway.seen.len();
        assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
        assert_eq!(world.gateway.calls_since(from), calls);
        assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "-"));
        is_settled(&world).unwrap();
        let group = support::books::state(&world).unwrap().group.id.clone();
        let mut body = authorization("1.00");
        body["paymentGroupId"] = json!(group);
        assert_eq!(short(&world.back_office("sales", None, &body)), "422 FIELD_INTEGRITY_EXCEPTION paymentGroup.id");
    }
}

/// What the back office asked for and nobody knows of stops a payment of the shopper's, and an order.
#[test]
fn an_unknown_reversal_stops_the_shopper() {
    let mut world = world_with(Existing::Authorization);
    let hold = support::books::state(&world).unwrap().group.live.as_ref().unwrap().record_id.clone();
    world.gateway.down = true;
    let reply = world.back_office("reversals", Some(&hold), &json!({"amount": "129.90"}));
    assert_eq!(short(&reply), "422 PAYMENT_INDETERMINATE");
    assert_eq!(world.place_order("O-1").status, 422);
    let reply = world.pay(&auth("tok_new"), None);
    assert_eq!(reply.short(), "422 SystemError /commerce/errors/payment-indeterminate");
    world.gateway.down = false;
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    is_settled(&world).unwrap();
    assert_eq!(live(&world), "Auth 129.90");
}

/// Level 3: the lines must come to the amount, each to its own total.
#[test]
fn lines_come_to_the_amount() {
    let line = |quantity: u32, price: &str, total: &str| json!({"quantity": quantity, "unitPrice": price, "lineItemTotal": total});
    let lines = "enhancedPaymentData.lineItems";
    let cases = [
        ("30.00", json!({"lineItems": [line(3, "10.00", "30.00")]}), "201 payment Processed".to_owned()),
        (
            "33.00",
            json!({"totalTaxAmount": 2, "shippingAmount": "1.50", "discountAmount": "0.50", "lineItems": [line(3, "10", "30")]}),
            "201 payment Processed".to_owned(),
        ),
        ("30.01", json!({"lineItems": [line(3, "10.00", "30.00")]}), format!("400 INVALID_API_INPUT {lines}")),
        (
            "30.00",
            json!({"lineItems": [line(3, "10.00", "30.01")]}),
            format!("400 INVALID_API_INPUT {lines}[0].lineItemTotal"),
        ),
        (
            "30.00",
            json!({"lineItems": [{"quantity": 1, "unitPrice": 1}]}),
            format!("400 INVALID_API_INPUT {lines}[0].lineItemTotal"),
        ),
        ("30.00", json!({"taxRate": -1}), "400 INVALID_API_INPUT enhancedPaymentData.taxRate".to_owned()),
        ("5.00", json!({"totalTaxAmount": "0.40", "shipToZip": "90210"}), "201 payment Processed".to_owned()),
    ];
    for (amount, data, expected) in cases {
        let mut body = authorization(amount);
        body["enhancedPaymentData"] = data.clone();
        assert_eq!(short(&World::new().back_office("sales", None, &body)), expected, "{data}");
    }
}

/// The gateway accepts that the back office gives a payment of the cart's back, and fails: it stands as it did. When the shopper has
/// paid otherwise meanwhile, it is let go of after all; and when it happened in the end, nothing is left of it.
#[test]
fn what_could_not_be_given_back_stands() {
    for (existing, operation, call) in
        [(Existing::Authorization, "reversals", "reverse"), (Existing::WhollyCaptured, "refunds", "refund")]
    {
        for (paid_again, stands, calls) in
            [(false, "Auth 129.90", String::new()), (true, "Auth 129.90", format!("authorize 129.90, {call} 129.90"))]
        {
            let mut world = world_with(existing);
            let group = support::books::state(&world).unwrap().group.clone();
            let charge = group.payments.first().map(|payment| payment.id.clone());
            let target = if operation == "refunds" { charge.unwrap() } else { group.live.unwrap().record_id };
            world.gateway.script(call, &[Scripted::Pending]);
            let reply = world.back_office(operation, Some(&target), &json!({"amount": "129.90"}));
            assert!(short(&reply).ends_with("Pending"), "{reply:?}");
            assert_eq!(live(&world), "-");
            let from = world.gateway.seen.len();
            if paid_again {
                assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
            }
            let reference = world.gateway.pending().remove(0);
            let fact = world.gateway.decide(&reference, false);
            assert!(world.notify(&fact));
            world.recover_for(5);
            assert_eq!((live(&world).as_str(), owed(&world).as_str()), (stands, "-"), "{operation} {paid_again}");
            assert_eq!(world.gateway.calls_since(from), calls);
            is_settled(&world).unwrap();
        }
    }
}

/// A gateway is named by its own name, or by its record's id; the records name it by the latter.
#[test]
fn a_gateway_is_named_either_way() {
    for (name, expected) in [
        ("simulator", "201 payment Processed"),
        ("pgw_simulator", "201 payment Processed"),
        ("pgw_other", "400 INVALID_ID_FIELD paymentGatewayId"),
        ("other", "400 INVALID_ID_FIELD paymentGatewayId"),
    ] {
        let mut world = World::new();
        let mut body = authorization("10.00");
        body["paymentGatewayId"] = json!(name);
        assert_eq!(short(&world.back_office("sales", None, &body)), expected, "{name}");
        if expected.starts_with("201") {
            let rows = checkout_payments::payments::rows::rows(&support::books::state(&world).unwrap(), "simulator");
            let payment = rows.iter().find(|row| row.object == "Payment").unwrap();
            assert_eq!(payment.fields.get("PaymentGatewayId").map(String::as_str), Some("pgw_simulator"), "{name}");
        }
    }
}

/// Two captures under one name, one of them still pending: the refund of the pending one goes through, that of the other is refused,
/// and then the pending one fails. So the money that came back was the other's: nothing is kept of it, and nothing refunded twice.
#[test]
fn a_refund_of_a_capture_that_failed_was_of_the_other() {
    let mut world = world_with(Existing::Authorization);
    world.gateway.nameless_captures = true;
    let hold = support::books::state(&world).unwrap().group.live.as_ref().unwrap().record_id.clone();
    world.gateway.script("capture", &[Scripted::Pending]);
    for status in ["Pending", "Processed"] {
        let reply = world.back_office("captures", Some(&hold), &json!({"amount": "40.00"}));
        assert!(short(&reply).ends_with(status), "{reply:?}");
    }
    world.gateway.script("refund", &[Scripted::Ok, Scripted::Decline]);
    let reply = world.pay(&auth("tok_new"), None);
    assert_eq!(reply.short(), "422 SystemError /commerce/errors/payment-release-failure");
    let reference = world.gateway.pending().remove(0);
    let mut fact = world.gateway.decide(&reference, false);
    fact["gatewayReference"] = json!(world.gateway.payments[0].reference);
    assert!(world.notify(&fact));
    is_settled(&world).unwrap();
    let from = world.gateway.seen.len();
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
    assert_eq!(world.gateway.calls_since(from), "reverse 40.00, authorize 129.90");
    is_settled(&world).unwrap();
}

/// What the gateway said had failed happened after all, also when the engine's own question was told so.
#[test]
fn a_failure_that_was_none_is_recorded() {
    for (operation, call) in [("captures", "capture"), ("reversals", "reverse")] {
        let (mut world, hold) = authorized();
        world.gateway.script(call, &[Scripted::Pending]);
        assert_eq!(world.back_office(operation, Some(&hold), &json!({"amount": "40.00"})).status, 201);
        let reference = world.gateway.pending().remove(0);
        for happened in [false, true] {
            let fact = world.gateway.decide(&reference, happened);
            assert!(world.notify(&fact));
            is_settled(&world).unwrap_or_else(|why| panic!("{operation} {happened}: {why}"));
        }
    }
}

/// Authorize-first: the shopper's new payment waits, the old one is let go of when it stands; and of the old one more is left by then
/// than when that was planned, for a reversal of a part of it has failed. All of it is let go of.
#[test]
fn more_is_left_than_when_it_was_planned() {
    // The release of the rest succeeds at once, or is owed first.
    for release in [Scripted::Ok, Scripted::Error, Scripted::TimeoutBefore] {
        for reversal_fails_first in [true, false] {
            let mut world = world_with(Existing::Authorization);
            world.release_order = "authorize-first";
            let hold = support::books::state(&world).unwrap().group.live.as_ref().unwrap().record_id.clone();
            world.gateway.script("reverse", &[Scripted::Pending, release]);
            assert_eq!(world.back_office("reversals", Some(&hold), &json!({"amount": "29.90"})).status, 201);
            world.gateway.script("authorize", &[Scripted::Pending]);
            assert_eq!(world.pay(&auth("tok_new"), None).status, 202);
            let mut pending = world.gateway.pending();
            pending.sort_by_key(|reference| reference.starts_with("reverse") != reversal_fails_first);
            for reference in pending {
                let fact = world.gateway.decide(&reference, !reference.starts_with("reverse"));
                assert!(world.notify(&fact));
            }
            world.recover_for(8);
            is_settled(&world).unwrap_or_else(|why| panic!("{release:?} {reversal_fails_first}: {why}"));
            assert_eq!((live(&world).as_str(), owed(&world).as_str()), ("Auth 129.90", "-"));
        }
    }
}
