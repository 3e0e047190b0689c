//! Records that a person makes, changes and gives up: answers, fields and amounts worked out by hand.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use std::collections::BTreeMap;

use checkout_payments::engine::{State, invariants};
use checkout_payments::payments::rows::{Row, rows};
use checkout_payments::wire::context::read_state;
use checkout_payments::wire::records::{create_record, give_up_record, update_record};
use serde_json::{Value, json};
use support::ledger::{Change, Ledger, id_of};
use support::world::{DAY, Reply};

const GIVE_UP: Change = |context, rows, _| give_up_record(context, rows);

fn create(ledger: &mut Ledger, object: &str, fields: &Value) -> Reply {
    ledger.ask(create_record, json!({"object": object}), &fields.to_string())
}

fn update(ledger: &mut Ledger, object: &str, id: &str, fields: &Value) -> Reply {
    let reply = ledger.ask(update_record, json!({"object": object, "recordId": id}), &fields.to_string());
    assert!(reply.status != 204 || reply.body.is_empty(), "{reply:?}");
    reply
}

fn give_up(ledger: &mut Ledger, object: &str, id: &str) -> Reply {
    ledger.ask(GIVE_UP, json!({"object": object, "recordId": id}), "")
}

fn made(reply: &Reply) -> String {
    let body = reply.json();
    assert_eq!((reply.status, &body["success"], &body["errors"]), (201, &json!(true), &json!([])), "{reply:?}");
    body["id"].as_str().unwrap().to_owned()
}

/// `422 AMOUNT_TOO_LARGE Amount`; `204` where nothing is refused.
fn short(reply: &Reply) -> String {
    if reply.status < 300 {
        return reply.status.to_string();
    }
    let body = reply.json();
    let errors = body.as_array().unwrap_or_else(|| panic!("{reply:?}"));
    assert!(errors.iter().all(|error| !error["message"].as_str().unwrap().is_empty()), "{reply:?}");
    let fields =
        errors.iter().filter_map(|error| error["fields"].as_array()).flatten().map(|each| each.as_str().unwrap());
    let status = reply.status.to_string();
    [status.as_str(), errors[0]["errorCode"].as_str().unwrap()].into_iter().chain(fields).collect::<Vec<_>>().join(" ")
}

/// `base` with these members; `null` takes one away.
fn with(base: &Value, more: &Value) -> Value {
    let mut fields = base.clone();
    for (name, value) in more.as_object().unwrap() {
        if value.is_null() {
            fields.as_object_mut().unwrap().remove(name);
        } else {
            fields[name] = value.clone();
        }
    }
    fields
}

fn sale() -> Value {
    json!({"Amount": "100.00", "CurrencyIsoCode": "USD", "ProcessingMode": "External", "Status": "Processed", "Type": "Sale"})
}

fn draft() -> Value {
    with(&sale(), &json!({"Status": "Draft"}))
}

fn hold() -> Value {
    with(&sale(), &json!({"Type": null}))
}

fn refund_of(payment: &str, amount: &str) -> Value {
    json!({"Amount": amount, "PaymentId": payment, "ProcessingMode": "External", "Status": "Processed", "Type": "Referenced"})
}

fn reversal_of(hold: &str, amount: &str) -> Value {
    json!({"Amount": amount, "PaymentAuthorizationId": hold, "ProcessingMode": "External", "Status": "Processed", "Type": "Reversal"})
}

fn capture_of(hold: &str, amount: &str) -> Value {
    with(
        &sale(),
        &json!({"Amount": amount, "PaymentAuthorizationId": hold, "Type": "Capture", "CurrencyIsoCode": null}),
    )
}

fn state_with(ledger: &Ledger, id: &str) -> State {
    let row = ledger.rows.values().find(|row| row.index.iter().any(|text| text == id)).unwrap();
    read_state(&row.value).unwrap().unwrap()
}

/// The record as its readers see it; the engine's invariants hold whatever was written.
fn row(ledger: &Ledger, id: &str) -> BTreeMap<String, String> {
    let state = state_with(ledger, id);
    assert_eq!(invariants::broken(&state).unwrap(), None);
    let row: Row = rows(&state, "simulator").into_iter().find(|row| row.id == id).unwrap();
    row.fields.into_iter().collect()
}

fn shown(ledger: &Ledger, id: &str, names: &[&str]) -> String {
    let fields = row(ledger, id);
    names.iter().map(|name| fields.get(*name).map_or("-", String::as_str)).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_payment_made_outside_is_kept_with_all_that_was_said_of_it() {
    let mut ledger = Ledger::new();
    let said = json!({
        "AccountId": "001", "Comments": "cash\nat the counter", "Date": "2026-01-02", "EffectiveDate": "2026-01-03T01:00:00+01:00",
        "Email": "a@example.com", "GatewayRefNumber": "terminal-7", "GatewayResultCode": "00", "IpAddress": "192.0.2.7",
        "Phone": "+1 555 0100", "SfResultCode": "Success", "GatewayRefDetails": "<a/>", "PaymentGatewayId": "pgw_simulator",
        "CancellationSfResultCode": "", "MacAddress": null,
    });
    let id = made(&create(&mut ledger, "Payment", &with(&sale(), &said)));
    assert!(id.starts_with("pay_"), "{id}");
    let fields = row(&ledger, &id);
    let shown = |name: &str| fields.get(name).map_or("-", String::as_str);
    for (name, value) in [
        ("AccountId", "001"),
        ("Amount", "100.00"),
        ("Balance", "100.00"),
        ("CancellationSfResultCode", "-"),
        ("Comments", "cash\nat the counter"),
        ("CurrencyIsoCode", "USD"),
        ("Date", "2026-01-02T00:00:00.000Z"),
        ("EffectiveDate", "2026-01-03T00:00:00.000Z"),
        ("GatewayRefNumber", "terminal-7"),
        ("ImpactAmount", "-100.00"),
        ("MacAddress", "-"),
        ("NetApplied", "0.00"),
        ("PaymentGatewayId", "pgw_simulator"),
        ("PaymentGroupId", &state_with(&ledger, &id).group.id),
        ("PaymentNumber", &id.to_uppercase().replace("PAY_", "P-")),
        ("ProcessingMode", "External"),
        ("SfResultCode", "Success"),
        ("Status", "Processed"),
        ("Type", "Sale"),
    ] {
        assert_eq!(shown(name), value, "{name}");
    }
    // A notification that names the terminal's number must not find this group.
    assert!(ledger.rows.values().all(|row| !row.index.iter().any(|text| text.contains("terminal-7"))));
    let state = state_with(&ledger, &id);
    assert_eq!((state.group.live, state.group.checkout_id.as_str(), state.operations.len()), (None, "", 0));
    let bare = made(&create(&mut ledger, "Payment", &sale()));
    assert!(!row(&ledger, &bare).contains_key("PaymentGatewayId"), "no gateway took it");
}

#[test]
fn status_moves_by_hand_are_those_of_the_seed_and_no_other() {
    let all = ["Draft", "Pending", "Processed", "Failed", "Canceled"];
    let legal = [("Draft", "Processed"), ("Draft", "Canceled"), ("Processed", "Canceled")];
    for object in ["Payment", "PaymentAuthorization", "PaymentAuthAdjustment", "Refund"] {
        for from in ["Draft", "Processed", "Canceled"] {
            for to in all {
                let mut ledger = Ledger::new();
                let payment = made(&create(&mut ledger, "Payment", &sale()));
                let authorization = made(&create(&mut ledger, "PaymentAuthorization", &hold()));
                let whole = match object {
                    "Payment" => sale(),
                    "PaymentAuthorization" => hold(),
                    "PaymentAuthAdjustment" => reversal_of(&authorization, "40.00"),
                    _ => refund_of(&payment, "40.00"),
                };
                let first = if from == "Canceled" { "Draft" } else { from };
                let id = made(&create(&mut ledger, object, &with(&whole, &json!({"Status": first}))));
                if from == "Canceled" {
                    assert_eq!(update(&mut ledger, object, &id, &json!({"Status": "Canceled"})).status, 204);
                }
                let reply = update(&mut ledger, object, &id, &json!({"Status": to}));
                let expected =
                    if from == to || legal.contains(&(from, to)) { "204" } else { "422 INVALID_STATUS Status" };
                assert_eq!(short(&reply), expected, "{object}: {from} to {to}");
                let now = if reply.status == 204 { to } else { from };
                assert_eq!(row(&ledger, &id)["Status"], now, "{object}: {from} to {to}");
            }
        }
    }
}

#[test]
fn a_draft_is_edited_posted_and_canceled_with_its_dates() {
    let mut ledger = Ledger::new();
    let id = made(&create(&mut ledger, "Payment", &with(&draft(), &json!({"Comments": "first"}))));
    let of = ["Status", "Amount", "CurrencyIsoCode", "Balance", "ImpactAmount", "Comments"];
    assert_eq!(shown(&ledger, &id, &of), "Draft 100.00 USD 0.00 0.00 first");
    ledger.now += DAY;
    let edit = json!({"Amount": 5, "CurrencyIsoCode": "KWD", "Comments": null, "status": "Processed"});
    assert_eq!(short(&update(&mut ledger, "Payment", &id, &edit)), "204");
    assert_eq!(shown(&ledger, &id, &of), "Processed 5.000 KWD 5.000 -5.000 -");
    assert_eq!(
        shown(&ledger, &id, &["CreatedDate", "LastModifiedDate"]),
        "2026-01-01T00:00:00.000Z 2026-01-02T00:00:00.000Z"
    );
    let before = ledger.rows.clone();
    // The same once more, an amount written otherwise: nothing is different, and nothing is written.
    let again = json!({"Amount": "5.000", "Status": "Processed", "Comments": ""});
    assert_eq!(short(&update(&mut ledger, "Payment", &id, &again)), "204");
    assert_eq!(ledger.rows, before);
    for (edit, expected) in [
        (json!({"Amount": 6}), "422 INVALID_STATUS Amount"),
        (json!({"Comments": "x"}), "422 INVALID_STATUS Comments"),
        (json!({"CancellationDate": "2026-01-01"}), "422 INVALID_STATUS CancellationDate"),
        (json!({"Amount": 6, "Status": "Canceled"}), "422 INVALID_STATUS Amount Status"),
    ] {
        assert_eq!(short(&update(&mut ledger, "Payment", &id, &edit)), expected, "{edit}");
    }
    ledger.now += DAY;
    let cancel = json!({"Status": "Canceled", "CancellationGatewayRefNumber": "void-1", "Comments": "by mistake"});
    assert_eq!(short(&update(&mut ledger, "Payment", &id, &cancel)), "204");
    let of = ["Status", "Balance", "ImpactAmount", "CancellationDate", "CancellationGatewayRefNumber", "Comments"];
    assert_eq!(shown(&ledger, &id, &of), "Canceled 0.000 0.000 2026-01-03T00:00:00.000Z void-1 by mistake");
    assert_eq!(short(&update(&mut ledger, "Payment", &id, &json!({"Comments": "x"}))), "422 INVALID_STATUS Comments");
}

#[test]
fn a_draft_is_given_up_and_kept() {
    let mut ledger = Ledger::new();
    let id = made(&create(&mut ledger, "Payment", &draft()));
    assert_eq!(short(&give_up(&mut ledger, "Payment", &id)), "204");
    assert_eq!(shown(&ledger, &id, &["Status", "IsDeleted"]), "Canceled false");
    assert_eq!(short(&give_up(&mut ledger, "Payment", &id)), "204");
    let posted = made(&create(&mut ledger, "Payment", &sale()));
    assert_eq!(short(&give_up(&mut ledger, "Payment", &posted)), "422 INVALID_STATUS");
    let of_gateway = ledger.pay(1, "100.00", "USD");
    assert_eq!(short(&give_up(&mut ledger, "Payment", &of_gateway)), "422 INVALID_STATUS");
    for (object, id) in [("Payment", id_of("pay", 9)), ("Payment", "pay_x".to_owned()), ("Refund", posted.clone())] {
        assert_eq!(short(&give_up(&mut ledger, object, &id)), "404 NOT_FOUND", "{object} {id}");
    }
    assert_eq!(short(&give_up(&mut ledger, "Invoice", &posted)), "404 NOT_FOUND");
    let group = state_with(&ledger, &posted).group.id;
    assert_eq!(short(&give_up(&mut ledger, "PaymentGroup", &group)), "404 NOT_FOUND");
}

#[test]
fn a_hold_made_outside_with_its_captures_and_reversals() {
    let mut ledger = Ledger::new();
    let id = made(&create(
        &mut ledger,
        "PaymentAuthorization",
        &with(&hold(), &json!({"AccountId": "001", "GatewayAuthCode": "A1", "ExpirationDate": "2026-02-01"})),
    ));
    let of = [
        "Status",
        "Balance",
        "TotalPaymentCaptureAmount",
        "TotalAuthReversalAmount",
        "GatewayAuthCode",
        "ExpirationDate",
    ];
    assert_eq!(shown(&ledger, &id, &of), "Processed 100.00 0.00 0.00 A1 2026-02-01T00:00:00.000Z");
    let capture = made(&create(&mut ledger, "Payment", &capture_of(&id, "60.00")));
    let reversal = made(&create(&mut ledger, "PaymentAuthAdjustment", &reversal_of(&id, "30")));
    assert_eq!(shown(&ledger, &id, &of[..4]), "Processed 10.00 60.00 30.00");
    assert_eq!(
        shown(&ledger, &capture, &["Type", "CurrencyIsoCode", "AccountId", "PaymentAuthorizationId"]),
        format!("Capture USD 001 {id}")
    );
    assert_eq!(row(&ledger, &capture)["PaymentGroupId"], row(&ledger, &id)["PaymentGroupId"]);
    // A draft takes nothing until it is posted.
    let later = made(&create(&mut ledger, "Payment", &with(&capture_of(&id, "10.01"), &json!({"Status": "Draft"}))));
    assert_eq!(shown(&ledger, &id, &of[..2]), "Processed 10.00");
    let post = json!({"Status": "Processed"});
    assert_eq!(short(&update(&mut ledger, "Payment", &later, &post)), "422 AMOUNT_TOO_LARGE Amount");
    assert_eq!(short(&update(&mut ledger, "Payment", &later, &with(&post, &json!({"Amount": "10.00"})))), "204");
    assert_eq!(shown(&ledger, &id, &of[..2]), "Processed 0.00");
    for (object, fields) in [("Payment", capture_of(&id, "0.01")), ("PaymentAuthAdjustment", reversal_of(&id, "0.01"))]
    {
        assert_eq!(short(&create(&mut ledger, object, &fields)), "422 AMOUNT_TOO_LARGE Amount", "{object}");
    }
    let cancel = json!({"Status": "Canceled"});
    assert_eq!(short(&update(&mut ledger, "PaymentAuthorization", &id, &cancel)), "422 INVALID_STATUS Status");
    for (object, each) in [("Payment", &capture), ("Payment", &later), ("PaymentAuthAdjustment", &reversal)] {
        assert_eq!(short(&update(&mut ledger, object, each, &cancel)), "204", "{object}");
    }
    assert_eq!(shown(&ledger, &id, &of[..4]), "Processed 100.00 0.00 0.00");
    assert_eq!(short(&update(&mut ledger, "PaymentAuthorization", &id, &cancel)), "204");
    assert_eq!(
        short(&create(&mut ledger, "Payment", &capture_of(&id, "1.00"))),
        "422 INVALID_STATUS PaymentAuthorizationId"
    );
}

#[test]
fn a_payment_made_outside_settles_an_invoice_and_is_given_back() {
    let mut ledger = Ledger::at_level("Invoice");
    let id = made(&create(&mut ledger, "Payment", &sale()));
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    let applied = ledger.apply(&id, &invoice, "80.00");
    assert_eq!(applied.status, 201, "{applied:?}");
    let of = ["TotalApplied", "NetApplied", "NetRefundApplied", "Balance"];
    assert_eq!(shown(&ledger, &id, &of), "80.00 80.00 0.00 20.00");
    let cancel = json!({"Status": "Canceled"});
    assert_eq!(short(&update(&mut ledger, "Payment", &id, &cancel)), "422 INVALID_STATUS Status");
    assert_eq!(short(&create(&mut ledger, "Refund", &refund_of(&id, "20.01"))), "422 AMOUNT_TOO_LARGE Amount");
    let refund = made(&create(&mut ledger, "Refund", &refund_of(&id, "20.00")));
    assert_eq!(
        shown(&ledger, &refund, &["Balance", "ImpactAmount", "CurrencyIsoCode", "Type", "PaymentId"]),
        format!("20.00 20.00 USD Referenced {id}")
    );
    assert_eq!(short(&create(&mut ledger, "Refund", &refund_of(&id, "0.01"))), "422 AMOUNT_TOO_LARGE Amount");
    // What was given back can't be applied to anything, entered or not.
    let (other, _) = ledger.invoice("USD", &["80.00"]);
    assert_eq!(short(&ledger.apply(&id, &other, "0.01")), "422 AMOUNT_TOO_LARGE amount");
    assert_eq!(ledger.apply_refund(&refund, &id, "20.00").status, 201);
    assert_eq!(shown(&ledger, &id, &of), "80.00 80.00 20.00 0.00");
    assert_eq!(short(&update(&mut ledger, "Refund", &refund, &cancel)), "422 INVALID_STATUS Status");
    let line = applied.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(ledger.unapply(&id, &line).status, 201);
    assert_eq!(short(&update(&mut ledger, "Payment", &id, &cancel)), "422 INVALID_STATUS Status", "it has a refund");
}

#[test]
fn a_refund_that_is_canceled_gives_the_payment_its_money_back() {
    let mut ledger = Ledger::at_level("Invoice");
    let id = made(&create(&mut ledger, "Payment", &sale()));
    let refund = made(&create(&mut ledger, "Refund", &refund_of(&id, "100.00")));
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    assert_eq!(short(&ledger.apply(&id, &invoice, "80.00")), "422 AMOUNT_TOO_LARGE amount");
    assert_eq!(short(&update(&mut ledger, "Refund", &refund, &json!({"Status": "Canceled"}))), "204");
    assert_eq!(shown(&ledger, &refund, &["Balance", "ImpactAmount"]), "0.00 0.00");
    assert_eq!(ledger.apply(&id, &invoice, "80.00").status, 201);
    let draft = made(&create(&mut ledger, "Payment", &draft()));
    assert_eq!(short(&ledger.apply(&draft, &invoice, "1.00")), "422 INVALID_STATUS");
    assert_eq!(short(&create(&mut ledger, "Refund", &refund_of(&draft, "1.00"))), "422 INVALID_STATUS PaymentId");
}

/// What a person writes never disturbs what the gateway's word decides.
#[test]
fn what_a_gateway_made_is_not_touched_by_hand() {
    let mut ledger = Ledger::new();
    let id = ledger.pay(1, "100.00", "USD");
    let refund = ledger.refund(1, 1, "30.00", checkout_payments::records::TransactionStatus::Pending);
    for (object, each, edit, expected) in [
        ("Payment", &id, json!({"Status": "Canceled"}), "422 FIELD_INTEGRITY_EXCEPTION Status"),
        ("Payment", &id, json!({"Amount": 1}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
        ("Payment", &id, json!({"Comments": "x", "Amount": 100}), "422 FIELD_INTEGRITY_EXCEPTION Comments"),
        ("Payment", &id, json!({"Amount": "100.0", "Status": "Processed"}), "204"),
        ("Refund", &refund, json!({"Status": "Processed"}), "422 FIELD_INTEGRITY_EXCEPTION Status"),
        ("Refund", &refund, json!({"Status": "Failed"}), "422 FIELD_INTEGRITY_EXCEPTION Status"),
    ] {
        assert_eq!(short(&update(&mut ledger, object, each, &edit)), expected, "{edit}");
    }
    assert_eq!(
        short(&create(&mut ledger, "Refund", &refund_of(&id, "1.00"))),
        "422 FIELD_INTEGRITY_EXCEPTION PaymentId"
    );
    let group = id_of("pgrp", 1);
    let beside = made(&create(&mut ledger, "Payment", &with(&sale(), &json!({"PaymentGroupId": group}))));
    assert_eq!(row(&ledger, &beside)["PaymentGroupId"], group, "a back office's group may have both");
    ledger.change(1, |state| state.group.checkout_id = "checkout".to_owned());
    let joins = with(&sale(), &json!({"PaymentGroupId": group}));
    assert_eq!(short(&create(&mut ledger, "Payment", &joins)), "422 FIELD_INTEGRITY_EXCEPTION PaymentGroupId");
}

#[test]
fn bad_input_is_refused_by_name_and_changes_nothing() {
    let mut ledger = Ledger::new();
    let other = made(&create(&mut ledger, "Payment", &sale()));
    let authorization =
        made(&create(&mut ledger, "PaymentAuthorization", &with(&hold(), &json!({"AccountId": "001"}))));
    let elsewhere = state_with(&ledger, &other).group.id;
    let euros =
        made(&create(&mut ledger, "PaymentGroup", &json!({"CurrencyIsoCode": "EUR", "SourceObjectId": "00003"})));
    let card = "4111 1111 1111 1111";
    for (more, expected) in [
        (json!({"Amount": null}), "400 REQUIRED_FIELD_MISSING Amount"),
        (json!({"Amount": "", "Status": null}), "400 REQUIRED_FIELD_MISSING Amount Status"),
        (json!({"ProcessingMode": null, "Type": null}), "400 REQUIRED_FIELD_MISSING ProcessingMode Type"),
        (json!({"CurrencyIsoCode": null}), "400 REQUIRED_FIELD_MISSING CurrencyIsoCode"),
        (json!({"Nothing": 1}), "400 INVALID_FIELD Nothing"),
        (json!({"amount": 1}), "400 INVALID_API_INPUT Amount"),
        (json!({card: 1}), "400 INVALID_FIELD …"),
        (json!({"Id": "pay_x"}), "400 INVALID_FIELD_FOR_INSERT_UPDATE Id"),
        (json!({"Balance": 1}), "400 INVALID_FIELD_FOR_INSERT_UPDATE Balance"),
        (json!({"ClientContext": "x"}), "400 INVALID_FIELD_FOR_INSERT_UPDATE ClientContext"),
        (json!({"PaymentNumber": "P-1"}), "400 INVALID_FIELD_FOR_INSERT_UPDATE PaymentNumber"),
        (json!({"Amount": true}), "400 INVALID_API_INPUT Amount"),
        (json!({"Comments": 7}), "400 INVALID_API_INPUT Comments"),
        (json!({"Date": {}}), "400 INVALID_API_INPUT Date"),
        (json!({"Amount": 0}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
        (json!({"Amount": "-1"}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
        (json!({"Amount": "1e3"}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
        (json!({"Amount": "1.001"}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
        (json!({"Amount": "1234567890123456789"}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
        (json!({"Amount": "123456789012345678"}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
        (json!({"CurrencyIsoCode": "usd"}), "422 FIELD_INTEGRITY_EXCEPTION CurrencyIsoCode"),
        (json!({"CurrencyIsoCode": "JPY", "Amount": "1.5"}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
        (json!({"Date": "02-01-2026"}), "422 FIELD_INTEGRITY_EXCEPTION Date"),
        (json!({"Type": "sale", "Amount": 0}), "422 FIELD_INTEGRITY_EXCEPTION Amount Type"),
        (json!({"SfResultCode": "Fine"}), "422 FIELD_INTEGRITY_EXCEPTION SfResultCode"),
        (json!({"Comments": card}), "422 FIELD_INTEGRITY_EXCEPTION Comments"),
        (json!({"GatewayRefDetails": card}), "422 FIELD_INTEGRITY_EXCEPTION GatewayRefDetails"),
        (json!({"AccountId": "4111111111111111"}), "422 FIELD_INTEGRITY_EXCEPTION AccountId"),
        (json!({"Comments": "x".repeat(1001)}), "422 FIELD_INTEGRITY_EXCEPTION Comments"),
        (json!({"Email": "x".repeat(81)}), "422 FIELD_INTEGRITY_EXCEPTION Email"),
        (json!({"GatewayRefNumber": "two\nlines"}), "422 FIELD_INTEGRITY_EXCEPTION GatewayRefNumber"),
        (json!({"ProcessingMode": "Salesforce"}), "422 FIELD_INTEGRITY_EXCEPTION ProcessingMode"),
        (json!({"Status": "Pending"}), "422 INVALID_STATUS Status"),
        (json!({"Status": "Failed"}), "422 INVALID_STATUS Status"),
        (json!({"Type": "Capture"}), "400 REQUIRED_FIELD_MISSING PaymentAuthorizationId"),
        (json!({"PaymentAuthorizationId": authorization}), "422 FIELD_INTEGRITY_EXCEPTION Type"),
        (json!({"PaymentAuthorizationId": other, "Type": "Capture"}), "400 INVALID_ID_FIELD PaymentAuthorizationId"),
        (
            json!({"PaymentAuthorizationId": id_of("pauth", 7), "Type": "Capture"}),
            "400 INVALID_ID_FIELD PaymentAuthorizationId",
        ),
        (
            json!({"PaymentAuthorizationId": authorization, "Type": "Capture", "PaymentGroupId": elsewhere}),
            "422 FIELD_INTEGRITY_EXCEPTION PaymentAuthorizationId",
        ),
        (
            json!({"PaymentAuthorizationId": authorization, "Type": "Capture", "AccountId": "002"}),
            "422 FIELD_INTEGRITY_EXCEPTION AccountId",
        ),
        (
            json!({"PaymentAuthorizationId": authorization, "Type": "Capture", "CurrencyIsoCode": "EUR"}),
            "422 CURRENCY_MISMATCH CurrencyIsoCode",
        ),
        (
            json!({"PaymentAuthorizationId": authorization, "Type": "Capture", "Amount": "100.01"}),
            "422 AMOUNT_TOO_LARGE Amount",
        ),
        (json!({"PaymentGroupId": other}), "400 INVALID_ID_FIELD PaymentGroupId"),
        (json!({"PaymentGroupId": id_of("pgrp", 7)}), "400 INVALID_ID_FIELD PaymentGroupId"),
        (json!({"PaymentGroupId": euros}), "422 CURRENCY_MISMATCH CurrencyIsoCode"),
        (json!({"PaymentGatewayId": "pgw_other"}), "400 INVALID_ID_FIELD PaymentGatewayId"),
        (json!({"PaymentMethodId": "spm_x"}), "400 INVALID_ID_FIELD PaymentMethodId"),
        (json!({"OrderPaymentSummaryId": "ops_x"}), "422 FIELD_INTEGRITY_EXCEPTION OrderPaymentSummaryId"),
    ] {
        let fields = with(&sale(), &more);
        assert_eq!(short(&create(&mut ledger, "Payment", &fields)), expected, "{more}");
        let reply = create(&mut ledger, "Payment", &fields);
        assert!(!reply.body.contains("4111"), "{reply:?}");
    }
    for (object, fields, expected) in [
        ("Refund", with(&refund_of(&other, "1"), &json!({"PaymentId": null})), "400 REQUIRED_FIELD_MISSING PaymentId"),
        (
            "Refund",
            with(&refund_of(&other, "1"), &json!({"Type": "NonReferenced"})),
            "422 FIELD_INTEGRITY_EXCEPTION Type",
        ),
        ("Refund", refund_of(&authorization, "1"), "400 INVALID_ID_FIELD PaymentId"),
        (
            "PaymentAuthAdjustment",
            json!({}),
            "400 REQUIRED_FIELD_MISSING Amount ProcessingMode Status PaymentAuthorizationId Type",
        ),
        ("PaymentAuthorization", with(&hold(), &json!({"Type": "Sale"})), "400 INVALID_FIELD Type"),
        ("PaymentGroup", json!({"CurrencyIsoCode": "XYZ"}), "422 FIELD_INTEGRITY_EXCEPTION CurrencyIsoCode"),
        ("PaymentGateway", json!({}), "404 NOT_FOUND"),
        ("payment", sale(), "404 NOT_FOUND"),
    ] {
        assert_eq!(short(&create(&mut ledger, object, &fields)), expected, "{object} {fields}");
    }
    for (body, expected) in [
        ("", "400 JSON_PARSER_ERROR"),
        ("{", "400 JSON_PARSER_ERROR"),
        ("[]", "400 INVALID_API_INPUT"),
        ("{\"Amount\":1,\"Amount\":2}", "400 INVALID_API_INPUT Amount"),
    ] {
        assert_eq!(short(&ledger.ask(create_record, json!({"object": "Payment"}), body)), expected, "{body}");
    }
    let draft = made(&create(&mut ledger, "Payment", &draft()));
    for (edit, expected) in [
        (json!({"ProcessingMode": "External"}), "400 INVALID_FIELD_FOR_INSERT_UPDATE ProcessingMode"),
        (json!({"Amount": null}), "400 REQUIRED_FIELD_MISSING Amount"),
        (json!({"Status": ""}), "400 REQUIRED_FIELD_MISSING Status"),
        (json!({"CurrencyIsoCode": null}), "400 REQUIRED_FIELD_MISSING CurrencyIsoCode"),
        (json!({"PaymentGroupId": elsewhere}), "422 FIELD_INTEGRITY_EXCEPTION PaymentGroupId"),
        (json!({"Type": "Capture"}), "400 REQUIRED_FIELD_MISSING PaymentAuthorizationId"),
        (json!({"Amount": "0.001"}), "422 FIELD_INTEGRITY_EXCEPTION Amount"),
    ] {
        assert_eq!(short(&update(&mut ledger, "Payment", &draft, &edit)), expected, "{edit}");
    }
}

#[test]
fn a_key_makes_it_once_and_no_key_makes_another() {
    let mut ledger = Ledger::new();
    let first = made(&create(&mut ledger, "Payment", &sale()));
    assert_ne!(made(&create(&mut ledger, "Payment", &sale())), first);
    let keyed = |ledger: &mut Ledger, of: Change, facts: Value, body: &Value| {
        let mut facts = facts;
        facts["idempotencyKey"] = json!("key");
        ledger.ask(of, facts, &body.to_string())
    };
    let payment = json!({"object": "Payment"});
    let once = keyed(&mut ledger, create_record, payment.clone(), &sale());
    let before = ledger.rows.clone();
    let again = keyed(&mut ledger, create_record, payment.clone(), &with(&sale(), &json!({"Amount": 100})));
    assert_eq!((again.body, &ledger.rows), (once.body.clone(), &before));
    let other = keyed(&mut ledger, create_record, payment, &with(&sale(), &json!({"Amount": 101})));
    assert_eq!(short(&other), "422 IDEMPOTENCY_KEY_REUSED Amount");
    let facts = json!({"object": "Payment", "recordId": made(&once)});
    let other = keyed(&mut ledger, update_record, facts, &json!({"Status": "Canceled"}));
    assert!(short(&other).starts_with("422 IDEMPOTENCY_KEY_REUSED"), "{other:?}");
}

#[test]
fn two_changes_at_once_do_not_take_the_same_money() {
    let mut ledger = Ledger::new();
    let id = made(&create(&mut ledger, "Payment", &sale()));
    let key = ledger.rows.iter().find(|(_, row)| row.index.contains(&id)).unwrap().0.clone();
    ledger.disturbed = Some(key);
    made(&create(&mut ledger, "Refund", &refund_of(&id, "60.00")));
    assert_eq!(ledger.disturbed, None, "somebody else was first, and it was asked again");
    assert_eq!(short(&create(&mut ledger, "Refund", &refund_of(&id, "60.00"))), "422 AMOUNT_TOO_LARGE Amount");
}
