//! Saved payment methods: tokenizing, saving with a payment, using, changing, importing. Expected results are written by hand (`reference`
//! §2.3, §2.4, §3.1, §3.2, §4.1, §4.8, §4.9).
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

use checkout_payments::records::{Account, PaymentMethod};
use checkout_payments::wire::context::read_state;
use checkout_payments::wire::methods;
use serde_json::{Value, json};
use support::books::is_settled;
use support::gateway::Scripted;
use support::world::{Reply, World};

fn card(token: &str) -> Value {
    json!({"cardPaymentMethod": {
        "gatewayToken": token, "accountId": "001", "cardHolderName": "Jo Doe", "cardLastFour": "4242", "expiryMonth": 1, "expiryYear": 30,
    }})
}

fn tokenize(world: &mut World, token: &str) -> String {
    let reply = world.try_tokenize(&card(token), None).unwrap();
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.json()["paymentMethod"]["id"].as_str().unwrap().to_owned()
}

fn sale(method: Value) -> Value {
    json!({"accountId": "001", "amount": "40.00", "currencyIsoCode": "USD", "paymentMethod": method})
}

fn row(more: Value) -> Value {
    let mut row = json!({
        "checksum": "fp", "paymentGatewayId": "simulator", "referenceOwnerId": "001", "gatewayReference": "cus", "gatewayToken": "lasting_x",
        "type": "card", "expiryMonth": 12, "expiryYear": 2027,
    });
    row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    row
}

fn import(world: &mut World, rows: Value) -> Reply {
    let body = rows.to_string().into_bytes();
    let done = world.about_rows(|context, rows| methods::import_payment_methods(context, rows, &body), &json!({}));
    world.write_rows(&done)
}

fn change(world: &mut World, id: &str, change: &Value) -> Reply {
    let body = change.to_string().into_bytes();
    let facts = json!({"paymentMethodId": id});
    let done = world.about_rows(|context, rows| methods::change_payment_method(context, rows, &body), &facts);
    world.write_rows(&done)
}

fn account(world: &World) -> Account {
    read_state(&world.account.state).unwrap().and_then(|state| state.account).unwrap()
}

/// `Active default 1/2030 lasting_x`, the tokens in the clear, for only this test may see them.
fn methods_of(world: &World) -> Vec<String> {
    let short = |method: &PaymentMethod| {
        let default = if method.is_default { " default" } else { "" };
        let expiry = method.expiry_month.zip(method.expiry_year).map(|(month, year)| format!(" {month}/{year}"));
        let token = method.token.as_ref().map(|token| format!(" {}", token.expose()));
        format!("{}{default}{}{}", method.status.as_str(), expiry.unwrap_or_default(), token.unwrap_or_default())
    };
    account(world).methods.iter().map(short).collect()
}

/// `422 INVALID_STATUS paymentMethod.id`, or the status alone.
fn short(reply: &Reply) -> String {
    let body = reply.json();
    let error = body["error"]["errorCode"].as_str().or(body[0]["errorCode"].as_str()).unwrap_or_default();
    let field = body[0]["fields"][0].as_str().unwrap_or_default();
    format!("{} {error} {field}", reply.status).trim_end().to_owned()
}

#[test]
fn a_tokenization_with_each_answer() {
    use Scripted::{Decline, Error, Fail, Invalid, Ok, Pending, Review, TimeoutAfter, TimeoutBefore};
    let answers = [
        (Ok, "201", true),
        (Pending, "202", true),
        (Review, "202", false),
        (Decline, "422 PAYMENT_DECLINED", false),
        (Fail, "422 PAYMENT_DECLINED", false),
        (Invalid, "422 PAYMENT_DATA_REFUSED", false),
        (Error, "422 PAYMENT_NOT_SENT", false),
        (TimeoutBefore, "422 PAYMENT_INDETERMINATE", true),
        (TimeoutAfter, "422 PAYMENT_INDETERMINATE", true),
    ];
    for (answer, told, saved) in answers {
        let mut world = World::new();
        world.gateway.script("tokenize", &[answer]);
        let reply = world.try_tokenize(&card("tok_a"), Some("key-1")).unwrap();
        assert_eq!(short(&reply), told, "{answer:?}");
        assert_eq!(reply.json().get("paymentMethod").is_some(), answer == Ok, "{answer:?}: {reply:?}");
        world.swap_rows();
        for reference in world.gateway.pending() {
            // It says that it happened, and not with which token: that is asked for.
            let fact = world.gateway.decide(&reference, true);
            assert!(world.notify(&fact), "{answer:?}");
        }
        world.recover_for(20);
        world.swap_rows();
        let expected: &[&str] = if saved { &["Active 1/2030 lasting_a"] } else { &[] };
        assert_eq!(methods_of(&world), expected, "{answer:?}");
        let again = world.try_tokenize(&card("tok_a"), Some("key-1")).unwrap();
        if saved || answer == Error {
            assert_eq!(short(&again), "201", "{answer:?}");
            let body = again.json();
            assert_eq!(body["paymentMethod"]["status"], "Active", "{answer:?}");
            assert_eq!(body["paymentMethod"]["accountId"], "001", "{answer:?}");
            assert_eq!(methods_of(&world).len(), 1, "{answer:?}");
        }
        let texts = [reply.body, again.body, format!("{:?}", read_state(&world.account.state))];
        assert!(!texts.iter().any(|text| text.contains("lasting_") || text.contains("tok_a")), "{answer:?}: {texts:?}");
    }
}

#[test]
fn what_is_refused_to_a_tokenization() {
    let of_card = |more: Value| {
        let mut body = card("tok_a");
        body["cardPaymentMethod"].as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let bank = json!({"gatewayToken": "tok_b", "accountId": "001", "accountNumber": "12345678"});
    let cases = [
        (json!({}), "400 INVALID_API_INPUT cardPaymentMethod"),
        (json!([]), "400 INVALID_API_INPUT the body"),
        (json!({"paymentMethod": {"id": "spm_1"}}), "400 INVALID_API_INPUT paymentMethod"),
        (
            json!({"cardPaymentMethod": {"gatewayToken": "t", "accountId": "1"}, "bankPaymentMethod": {"gatewayToken": "t", "accountId": "1"}}),
            "400 INVALID_API_INPUT cardPaymentMethod",
        ),
        (json!({"bankPaymentMethod": bank}), "400 INVALID_API_INPUT bankPaymentMethod.accountNumber"),
        (of_card(json!({"accountId": null})), "400 INVALID_API_INPUT cardPaymentMethod.accountId"),
        (of_card(json!({"accountId": ""})), "400 INVALID_API_INPUT cardPaymentMethod.accountId"),
        (
            of_card(json!({"gatewayToken": "4111 1111 1111 1111"})),
            "400 INVALID_API_INPUT cardPaymentMethod.gatewayToken",
        ),
        (of_card(json!({"gatewayToken": "x".repeat(256)})), "400 INVALID_API_INPUT cardPaymentMethod.gatewayToken"),
        (of_card(json!({"cvv": "123"})), "400 INVALID_API_INPUT cardPaymentMethod.cvv"),
        (of_card(json!({"nickName": "5555555555554444"})), "400 INVALID_API_INPUT cardPaymentMethod.nickName"),
        (of_card(json!({"expiryMonth": 13})), "400 INVALID_API_INPUT cardPaymentMethod.expiryMonth"),
        (of_card(json!({"expiryMonth": 0})), "400 INVALID_API_INPUT cardPaymentMethod.expiryMonth"),
        (of_card(json!({"expiryYear": null})), "400 INVALID_API_INPUT cardPaymentMethod.expiryYear"),
        (of_card(json!({"expiryMonth": null})), "400 INVALID_API_INPUT cardPaymentMethod.expiryMonth"),
        (of_card(json!({"cardType": "Store"})), "400 INVALID_API_INPUT cardPaymentMethod.cardType"),
        (
            json!({"paymentGatewayId": "elsewhere", "cardPaymentMethod": {"gatewayToken": "t", "accountId": "001"}}),
            "400 INVALID_ID_FIELD paymentGatewayId",
        ),
    ];
    for (body, expected) in cases {
        let mut world = World::new();
        let reply = world.try_tokenize(&body, None).unwrap();
        assert_eq!(short(&reply), expected, "{body}");
        assert!(world.gateway.seen.is_empty() && world.account.version == 0, "nothing was done: {body}");
        assert!(!reply.body.contains("4111") && !reply.body.contains("5555"), "{reply:?}");
    }
}

/// Each kind of method becomes its object.
#[test]
fn what_a_method_becomes() {
    let cases = [
        (json!({"cardPaymentMethod": {"gatewayToken": "tok_a", "accountId": "001"}}), "CardPaymentMethod"),
        (
            json!({"alternativePaymentMethod": {"gatewayToken": "tok_a", "accountId": "001"}}),
            "AlternativePaymentMethod",
        ),
        (
            json!({"alternativePaymentMethod": {"gatewayToken": "tok_a", "accountId": "001", "name": "ApplePay"}}),
            "DigitalWallet",
        ),
        (
            json!({"bankPaymentMethod": {"gatewayToken": "tok_a", "accountId": "001", "bankType": "SepaDebit"}}),
            "AlternativePaymentMethod",
        ),
    ];
    for (body, object) in cases {
        let mut world = World::new();
        assert_eq!(world.try_tokenize(&body, None).unwrap().status, 201, "{body}");
        assert_eq!(account(&world).methods[0].object.as_str(), object, "{body}");
    }
}

/// The same card once more, by another token, changes what is known of it; another card is another method; one that was canceled is made anew.
#[test]
fn the_same_method_is_saved_once() {
    let mut world = World::new();
    let first = tokenize(&mut world, "tok_a#1");
    let again = tokenize(&mut world, "tok_a#2");
    assert_eq!(first, again);
    assert_eq!(methods_of(&world), ["Active 1/2030 lasting_a#2"]);
    let other = tokenize(&mut world, "tok_b");
    assert_ne!(first, other);
    assert_eq!(short(&change(&mut world, &first, &json!({"status": "InActive"}))), "200");
    assert_eq!(tokenize(&mut world, "tok_a#3"), first, "what was put aside can be used again");
    assert_eq!(short(&change(&mut world, &first, &json!({"status": "Canceled"}))), "200");
    let anew = tokenize(&mut world, "tok_a#4");
    assert_ne!(first, anew);
    assert_eq!(methods_of(&world), ["Canceled 1/2030", "Active 1/2030 lasting_b", "Active 1/2030 lasting_a#4"]);
}

#[test]
fn a_saved_method_is_used() {
    for operation in ["sales", "authorizations"] {
        let mut world = World::new();
        let id = tokenize(&mut world, "tok_a");
        let reply = world.back_office(operation, None, &sale(json!({ "id": id })));
        assert_eq!(reply.status, 201, "{reply:?}");
        let body = reply.json();
        assert_eq!(body["paymentMethod"], json!({"id": id, "accountId": "001", "status": "Active"}));
        is_settled(&world).unwrap();
        let state = read_state(&world.row.state).unwrap().unwrap();
        let details = state.group.payments.iter().map(|record| &record.details);
        let details = details.chain(state.group.authorizations.iter().map(|record| &record.details));
        assert!(details.clone().all(|details| details.get("PaymentMethodId") == Some(&id)) && details.count() == 1);
    }
    // Whose it is need not be said.
    let mut world = World::new();
    let id = tokenize(&mut world, "tok_a");
    let reply =
        world.back_office("sales", None, &json!({"amount": 1, "currencyIsoCode": "USD", "paymentMethod": {"id": id}}));
    assert_eq!(reply.json()["payment"]["accountId"], "001", "{reply:?}");
    // Any other text is the gateway's own.
    assert_eq!(World::new().back_office("sales", None, &sale(json!({"id": "pm_1MqLiJLkdIwHu7"}))).status, 201);
}

/// A method that can't be used: nothing is sent, nothing is written. The repeat of what was answered before is answered as before.
#[test]
fn what_can_not_be_used() {
    let unusable: [(&str, Value, &str); 6] = [
        ("unknown", json!({}), "400 INVALID_ID_FIELD paymentMethod.id"),
        ("canceled", json!({"status": "Canceled"}), "422 INVALID_STATUS paymentMethod.id"),
        ("put aside", json!({"status": "InActive"}), "422 INVALID_STATUS paymentMethod.id"),
        ("expired", json!({"expiryMonth": 12, "expiryYear": 2025}), "422 PAYMENT_METHOD_EXPIRED paymentMethod.id"),
        ("last month", json!({"expiryMonth": 1, "expiryYear": 2026}), "201"),
        ("another account's", json!({}), "422 FIELD_INTEGRITY_EXCEPTION paymentMethod.id"),
    ];
    for (case, changed, expected) in unusable {
        let mut world = World::new();
        let id = tokenize(&mut world, "tok_a");
        assert_eq!(short(&change(&mut world, &id, &changed)), "200", "{case}");
        let id = if case == "unknown" { "spm_01kdvds429e1r8000000000000".to_owned() } else { id };
        let mut body = sale(json!({ "id": id }));
        if case.starts_with("another") {
            body["accountId"] = json!("002");
        }
        let seen = world.gateway.seen.len();
        let reply = world.try_back_office("sales", None, &body, Some("key-1")).unwrap();
        assert_eq!(short(&reply), expected, "{case}");
        if expected == "201" {
            assert_eq!(short(&change(&mut world, &id, &json!({"status": "Canceled"}))), "200");
            assert_eq!(world.try_back_office("sales", None, &body, Some("key-1")).unwrap(), reply, "{case}");
        } else {
            assert_eq!((world.gateway.seen.len(), world.row.version), (seen, 0), "{case}");
        }
    }
}

/// A shopper may use the methods of the checkout's account, and can't tell another account's from none.
#[test]
fn a_checkout_uses_a_saved_method() {
    let pay = |world: &mut World, id: &str| {
        let body = json!({"requestType": "Auth", "paymentToken": id}).to_string();
        world.pay(&body, None)
    };
    let cases = [
        (Some("001"), json!({}), "201 Success"),
        (Some("001"), json!({"status": "Canceled"}), "422 ValidationError /commerce/payment"),
        (Some("001"), json!({"expiryMonth": 12, "expiryYear": 2025}), "422 ValidationError /commerce/payment"),
        (Some("002"), json!({}), "422 ValidationError /commerce/payment"),
        (None, json!({}), "422 ValidationError /commerce/payment"),
    ];
    for (of_checkout, changed, expected) in cases {
        let mut world = World::new();
        let id = tokenize(&mut world, "tok_a");
        assert_eq!(short(&change(&mut world, &id, &changed)), "200");
        if let Some(account) = of_checkout {
            world.checkout["accountId"] = json!(account);
        }
        let reply = pay(&mut world, &id);
        assert_eq!(reply.short(), expected, "{of_checkout:?} {changed}");
        if expected == "201 Success" {
            let state = read_state(&world.row.state).unwrap().unwrap();
            assert_eq!(state.group.authorizations[0].details.get("PaymentMethodId"), Some(&id));
            is_settled(&world).unwrap();
        } else {
            assert_eq!(world.row.version, 0, "nothing was written: {of_checkout:?}");
            assert_eq!(reply.json()["errors"][0]["invalidParameters"][0]["name"], "paymentToken", "{reply:?}");
        }
        if of_checkout != Some("001") {
            assert_eq!(reply, pay(&mut world, "spm_01kdvds429e1r8000000000000"), "as if there were none");
        }
        assert!(!reply.body.contains("lasting_") && !world.view_text().contains("lasting_"));
    }
}

/// Money first, then the method: whatever the gateway answers, the method is saved when and only when there is a token of it.
#[test]
fn a_payment_saves_its_method() {
    use Scripted::{Decline, Ok, Pending, TimeoutAfter, TimeoutBefore};
    for (operation, call) in [("sales", "sale"), ("authorizations", "authorize")] {
        for (answer, saved) in
            [(Ok, true), (Pending, true), (Decline, false), (TimeoutBefore, true), (TimeoutAfter, true)]
        {
            let case = format!("{operation} {answer:?}");
            let mut world = World::new();
            world.gateway.script(call, &[answer]);
            let method = json!({"cardPaymentMethod": {"gatewayToken": "tok_a", "expiryMonth": 1, "expiryYear": 2030}, "saveForFuture": true});
            let reply = world.try_back_office(operation, None, &sale(method.clone()), Some("key-1")).unwrap();
            for reference in world.gateway.pending() {
                let fact = world.gateway.decide(&reference, true);
                world.notify(&fact);
            }
            world.recover_for(20);
            let again = world.try_back_office(operation, None, &sale(method), Some("key-1")).unwrap();
            if matches!(answer, Ok | Decline) {
                assert_eq!(reply, again, "{case}");
            }
            if !saved {
                assert_eq!(world.account.version, 0, "{case}");
                continue;
            }
            assert_eq!(methods_of(&world), ["Active 1/2030 lasting_a"], "{case}");
            let id = account(&world).methods[0].id.clone();
            assert_eq!(
                again.json()["paymentMethod"],
                json!({"id": id, "accountId": "001", "status": "Active"}),
                "{case}"
            );
            assert!(!world.row.state.contains("lasting_"), "{case}: {}", world.row.state);
            assert!(world.row.state.contains(&format!("\"PaymentMethodId\":\"{id}\"")), "{case}");
        }
    }
    // Nobody's method can't be saved.
    let method = json!({"cardPaymentMethod": {"gatewayToken": "tok_a"}, "saveForFuture": true});
    let body = json!({"amount": 1, "currencyIsoCode": "USD", "paymentMethod": method});
    let reply = World::new().back_office("sales", None, &body);
    assert_eq!(short(&reply), "400 INVALID_API_INPUT paymentMethod.saveForFuture");
    let other = json!({"cardPaymentMethod": {"gatewayToken": "tok_a", "accountId": "002"}, "saveForFuture": true});
    assert_eq!(
        short(&World::new().back_office("sales", None, &sale(other))),
        "400 INVALID_API_INPUT paymentMethod.accountId"
    );
}

#[test]
fn what_a_person_changes() {
    let cases: [(Value, &str, &str); 17] = [
        (json!({}), "200", "Active 1/2030 lasting_a"),
        (json!({"isDefault": null}), "200", "Active 1/2030 lasting_a"),
        (json!({"isDefault": true}), "200", "Active default 1/2030 lasting_a"),
        (json!({"nickName": "Mine"}), "200", "Active 1/2030 lasting_a"),
        (json!({"expiryMonth": 2, "expiryYear": 31}), "200", "Active 2/2031 lasting_a"),
        (json!({"status": "InActive"}), "200", "InActive 1/2030 lasting_a"),
        (json!({"status": "canceled"}), "200", "Canceled 1/2030"),
        (json!({"status": "Errored"}), "422 INVALID_STATUS status", "Active 1/2030 lasting_a"),
        (json!({"status": "Gone"}), "400 INVALID_API_INPUT status", "Active 1/2030 lasting_a"),
        (json!({"status": "InActive", "isDefault": true}), "422 INVALID_STATUS isDefault", "Active 1/2030 lasting_a"),
        (
            json!({"expiryMonth": 12, "expiryYear": 2025, "isDefault": true}),
            "422 PAYMENT_METHOD_EXPIRED isDefault",
            "Active 1/2030 lasting_a",
        ),
        (json!({"expiryMonth": 12}), "400 INVALID_API_INPUT expiryYear", "Active 1/2030 lasting_a"),
        (
            json!({"expiryMonth": "12", "expiryYear": 2030}),
            "400 INVALID_API_INPUT expiryMonth",
            "Active 1/2030 lasting_a",
        ),
        (json!({"nickName": "x".repeat(81)}), "400 INVALID_API_INPUT nickName", "Active 1/2030 lasting_a"),
        (json!({"nickName": "4111111111111111"}), "400 INVALID_API_INPUT nickName", "Active 1/2030 lasting_a"),
        (json!({"gatewayToken": "stolen"}), "400 INVALID_API_INPUT gatewayToken", "Active 1/2030 lasting_a"),
        (json!({"isDefault": "yes"}), "400 INVALID_API_INPUT isDefault", "Active 1/2030 lasting_a"),
    ];
    for (changed, told, then) in cases {
        let mut world = World::new();
        let id = tokenize(&mut world, "tok_a");
        let reply = change(&mut world, &id, &changed);
        assert_eq!(short(&reply), told, "{changed}");
        assert_eq!(methods_of(&world), [then], "{changed}");
        assert!(!reply.body.contains("lasting_"), "{reply:?}");
    }
    let mut world = World::new();
    let [a, b] = ["tok_a", "tok_b"].map(|token| tokenize(&mut world, token));
    for id in [&a, &b] {
        assert_eq!(short(&change(&mut world, id, &json!({"isDefault": true}))), "200");
    }
    assert_eq!(methods_of(&world), ["Active 1/2030 lasting_a", "Active default 1/2030 lasting_b"]);
    // Given up for good: the same again is nothing new, anything else is refused.
    assert_eq!(short(&change(&mut world, &b, &json!({"status": "Canceled"}))), "200");
    let version = world.account.version;
    assert_eq!(short(&change(&mut world, &b, &json!({"status": "Canceled"}))), "200");
    assert_eq!(short(&change(&mut world, &b, &json!({"status": "Active"}))), "422 INVALID_STATUS status");
    assert_eq!(short(&change(&mut world, &b, &json!({"nickName": "Old"}))), "422 INVALID_STATUS status");
    assert_eq!(world.account.version, version);
    assert_eq!(short(&change(&mut world, "spm_of_nobody", &json!({}))), "404 NOT_FOUND");
}

#[test]
fn each_row_of_an_import() {
    let cases: [(Value, &str); 25] = [
        (row(json!({})), "created"),
        (row(json!({"expiryMonth": "12", "expiryYear": "27", "isDefault": "TRUE"})), "created"),
        (
            json!({
                "Checksum": "fp", "PaymentGatewayId": "simulator", "ReferenceOwnerId": "001", "GatewayReference": "cus", "GatewayToken": "t",
                "Type": "sepa_debit",
            }),
            "created",
        ),
        (row(json!({"status": "AwaitingPayment", "gatewayToken": null})), "created"),
        (row(json!({"type": "extd_wallet", "extendedPaymentMethodType": "PayPal"})), "created"),
        (row(json!({"checksum": null})), "INVALID_API_INPUT checksum"),
        (row(json!({"checksum": " "})), "INVALID_API_INPUT checksum"),
        (row(json!({"gatewayReference": null})), "INVALID_API_INPUT gatewayReference"),
        (row(json!({"referenceOwnerId": null})), "INVALID_API_INPUT referenceOwnerId"),
        (row(json!({"gatewayToken": null})), "INVALID_API_INPUT gatewayToken"),
        (row(json!({"gatewayToken": "4111111111111111"})), "INVALID_API_INPUT gatewayToken"),
        (row(json!({"type": "cash"})), "INVALID_API_INPUT type"),
        (row(json!({"type": "extd_apm_type"})), "INVALID_API_INPUT extendedPaymentMethodType"),
        (row(json!({"expiryMonth": null, "expiryYear": null})), "INVALID_API_INPUT expiryMonth"),
        (row(json!({"expiryMonth": 13})), "INVALID_API_INPUT expiryMonth"),
        (row(json!({"expiryMonth": "0"})), "INVALID_API_INPUT expiryMonth"),
        (row(json!({"expiryYear": "soon"})), "INVALID_API_INPUT expiryYear"),
        (row(json!({"last4": "12345"})), "INVALID_API_INPUT last4"),
        (row(json!({"name": "x".repeat(256)})), "INVALID_API_INPUT name"),
        (row(json!({"status": "Canceled"})), "INVALID_API_INPUT status"),
        (row(json!({"status": "Errored", "isDefault": true})), "INVALID_API_INPUT isDefault"),
        (row(json!({"CHECKSUM": "other"})), "INVALID_API_INPUT checksum"),
        (row(json!({"4111111111111111": "x"})), "INVALID_API_INPUT …"),
        (row(json!({"paymentGatewayId": "elsewhere"})), "INVALID_ID_FIELD paymentGatewayId"),
        (json!("not a row"), "INVALID_API_INPUT the body"),
    ];
    for (row, expected) in cases {
        let mut world = World::new();
        let reply = import(&mut world, json!([row]));
        assert_eq!(reply.status, 200, "{row}");
        let told = &reply.json()["rows"][0];
        let error = &told["errors"][0];
        let found = match error["errorCode"].as_str() {
            Some(code) => format!("{code} {}", error["fields"][0].as_str().unwrap()),
            None => told["status"].as_str().unwrap().to_owned(),
        };
        assert_eq!(found, expected, "{row}: {reply:?}");
        assert_eq!(world.account.version > 0, expected == "created", "{row}");
        assert!(!reply.body.contains("lasting_") && !reply.body.contains("4111"), "{reply:?}");
    }
}

/// The right rows of an import are saved, whatever the others are; the same import once more changes nothing.
#[test]
fn an_import_and_the_same_again() {
    let rows = json!({"records": [
        row(json!({"checksum": "a", "gatewayToken": "lasting_a", "isDefault": true})),
        row(json!({"checksum": "b", "gatewayToken": "lasting_b", "expiryMonth": 99})),
        row(json!({"checksum": "c", "gatewayToken": "lasting_c"})),
        row(json!({"checksum": "a", "gatewayToken": "lasting_d"})),
        row(json!({"checksum": "e", "gatewayToken": "lasting_c"})),
        row(json!({"checksum": "f", "gatewayToken": "lasting_f", "isDefault": true})),
    ]});
    let mut world = World::new();
    let report = |reply: &Reply| -> Vec<String> {
        let rows = reply.json()["rows"].as_array().unwrap().clone();
        let short = |row: &Value| {
            let code = row["errors"][0]["errorCode"].as_str().unwrap_or_default();
            format!("{} {} {code}", row["row"], row["status"].as_str().unwrap()).trim_end().to_owned()
        };
        rows.iter().map(short).collect()
    };
    let failed = [
        "2 failed INVALID_API_INPUT",
        "4 failed DUPLICATE_VALUE",
        "5 failed DUPLICATE_VALUE",
        "6 failed DUPLICATE_VALUE",
    ];
    let expected = |word: &str| {
        let mut lines = vec![format!("1 {word}"), failed[0].to_owned(), format!("3 {word}")];
        lines.extend(failed[1..].iter().map(|line| (*line).to_owned()));
        lines
    };
    let first = import(&mut world, rows.clone());
    assert_eq!(report(&first), expected("created"));
    assert_eq!(first.json()["created"], 2);
    assert_eq!(first.json()["failed"], 4);
    let (version, before) = (world.account.version, methods_of(&world));
    assert_eq!(before, ["Active default 12/2027 lasting_a", "Active 12/2027 lasting_c"]);
    let again = import(&mut world, rows);
    assert_eq!(report(&again), expected("unchanged"));
    assert_eq!((world.account.version, methods_of(&world)), (version, before), "nothing was written");
    let changed =
        import(&mut world, json!([row(json!({"checksum": "a", "gatewayToken": "lasting_new", "expiryMonth": 11}))]));
    assert_eq!(report(&changed), ["1 updated"]);
    assert_eq!(methods_of(&world)[0], "Active default 11/2027 lasting_new");
    // What was brought in can be used at once.
    let id = changed.json()["rows"][0]["id"].clone();
    assert_eq!(world.back_office("sales", None, &sale(json!({ "id": id }))).status, 201);
}

#[test]
fn an_import_that_is_none() {
    let many = Value::Array((0..501).map(|_| row(json!({}))).collect());
    for body in [json!({}), json!([]), json!({"records": 1}), json!({"records": [], "more": 1}), json!("x"), many] {
        let mut world = World::new();
        assert_eq!(short(&import(&mut world, body)), "400 INVALID_API_INPUT records");
        assert_eq!(world.account.version, 0);
    }
}

/// An account has at most so many methods: nothing more is sent to the gateway, and a payment goes through without its method.
#[test]
fn an_account_that_is_full() {
    let mut world = World::new();
    let rows = (0..500).map(|at| row(json!({"checksum": format!("fp{at}"), "gatewayToken": format!("lasting_{at}")})));
    assert_eq!(import(&mut world, rows.collect()).json()["created"], 500);
    assert_eq!(short(&world.try_tokenize(&card("tok_a"), None).unwrap()), "422 LIMIT_EXCEEDED");
    assert!(world.gateway.seen.is_empty());
    let more = import(&mut world, json!([row(json!({"checksum": "new", "gatewayToken": "lasting_new"}))]));
    assert_eq!(more.json()["rows"][0]["errors"][0]["errorCode"], "LIMIT_EXCEEDED");
    let method = json!({"cardPaymentMethod": {"gatewayToken": "tok_a"}, "saveForFuture": true});
    let reply = world.back_office("sales", None, &sale(method));
    assert_eq!((reply.status, reply.json().get("paymentMethod")), (201, None), "{reply:?}");
    assert!(!world.row.state.contains("lasting_"), "and is not tried for ever");
    assert_eq!(account(&world).methods.len(), 500);
}

#[test]
fn a_list_by_pages() {
    let mut world = World::new();
    let ids: Vec<String> = ["tok_a", "tok_b", "tok_c"].map(|token| tokenize(&mut world, token)).into();
    let mut page = |size: &str, token: Option<&str>| {
        let mut facts = json!({"accountId": "001", "pageSize": size});
        if let Some(token) = token {
            facts["pageToken"] = json!(token);
        }
        let done = world.about_rows(methods::list_payment_methods, &facts);
        world.write_rows(&done)
    };
    let ids_of = |reply: &Reply| -> Vec<String> {
        let methods = reply.json()["paymentMethods"].as_array().unwrap().clone();
        methods.iter().map(|method| method["id"].as_str().unwrap().to_owned()).collect()
    };
    let first = page("2", None);
    assert_eq!(ids_of(&first), ids[..2]);
    let token = first.json()["nextPageToken"].as_str().unwrap().to_owned();
    let second = page("2", Some(&token));
    assert_eq!((ids_of(&second), second.json().get("nextPageToken")), (ids[2..].to_vec(), None));
    for (size, token) in [("0", None), ("201", None), ("-1", None), ("many", None), ("1", Some("spm_of_nobody"))] {
        assert_eq!(page(size, token).status, 400, "{size} {token:?}");
    }
    assert!(!first.body.contains("lasting_"), "{first:?}");
}
