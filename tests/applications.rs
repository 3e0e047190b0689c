//! Applying payments to invoices and refunds to payments, and taking that back: against amounts and answers worked out by hand.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use checkout_payments::domain::amount::Amount;
use checkout_payments::domain::money::Money;
use checkout_payments::domain::timestamp::Timestamp;
use checkout_payments::engine::{Operation, OperationKind, Plan, Role, State, Step};
use checkout_payments::gateway::GatewayOperation;
use checkout_payments::records::{HasBeenUnapplied, InvoiceStatus, TransactionStatus};
use checkout_payments::wire::{applications, invoices};
use serde_json::{Value, json};
use support::ledger::{Change, Ledger, id_of};
use support::money::numbers;
use support::scenes::{Existing, auth, world_with};
use support::world::{DAY, Reply, START};

/// `total applied, total unapplied, net applied, refund applied, balance` of the payment of a group.
fn amounts(ledger: &Ledger, number: u32) -> [String; 5] {
    let group = ledger.state(number).group;
    let amounts = group.payment_amounts(&group.payments[0]).unwrap();
    [amounts.total_applied, amounts.total_unapplied, amounts.net_applied, amounts.net_refund_applied, amounts.balance]
        .map(Amount::text)
}

/// `50.00 of 80.00: Partially Settled, Invoice`
fn settlement(ledger: &mut Ledger, id: &str) -> String {
    let text = ledger.read_invoice_text(id);
    let view = ledger.read_invoice(id);
    let first = |member: &str| numbers(&text, member)[0].clone();
    let level = view["settlementLevel"].as_str().unwrap_or("-");
    let date = if view["fullSettlementDate"].is_string() { " since then" } else { "" };
    let status = view["settlementStatus"].as_str().unwrap();
    [&first("netPaymentsApplied"), " of ", &first("totalAmountWithTax"), ": ", status, date, ", ", level].concat()
}

/// `404 NOT_FOUND`, `422 AMOUNT_TOO_LARGE amount`
fn refusal(reply: &Reply) -> String {
    let body = reply.json();
    let errors = body.as_array().unwrap_or_else(|| panic!("{reply:?}"));
    assert!(errors.iter().all(|error| !error["message"].as_str().unwrap().is_empty()), "{reply:?}");
    let fields =
        errors.iter().filter_map(|error| error["fields"].as_array()).flatten().map(|field| field.as_str().unwrap());
    let status = reply.status.to_string();
    [status.as_str(), errors[0]["errorCode"].as_str().unwrap()].into_iter().chain(fields).collect::<Vec<_>>().join(" ")
}

fn made(reply: &Reply, date: &str) -> String {
    assert_eq!(reply.status, 201, "{reply:?}");
    let body = reply.json();
    assert_eq!(body.as_object().unwrap().len(), 2, "{reply:?}");
    assert!(Timestamp::parse(body[date].as_str().unwrap()).is_some(), "{reply:?}");
    body["id"].as_str().unwrap().to_owned()
}

fn state_with_refund(status: TransactionStatus) -> (Ledger, String, String) {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "100.00", "USD");
    let refund = ledger.refund(1, 1, "30.00", status);
    (ledger, payment, refund)
}

/// `reference` §4.3, worked example.
#[test]
fn a_payment_of_100_settles_an_invoice_of_80_and_is_taken_back() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "100.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    assert_eq!(settlement(&mut ledger, &invoice), "0.00 of 80.00: Not Settled, -");
    let untouched = ledger.read_invoice(&invoice);

    let first = made(&ledger.apply(&payment, &invoice, "80.00"), "appliedDate");
    assert!(first.starts_with("pli_"), "{first}");
    assert_eq!(amounts(&ledger, 1), ["80.00", "0.00", "80.00", "0.00", "20.00"]);
    assert_eq!(settlement(&mut ledger, &invoice), "80.00 of 80.00: Settled since then, Invoice");
    let line = ledger.state(1).group.application_lines[0].clone();
    assert_eq!(line.impact_amount().unwrap().text(), "-80.00");
    assert_eq!(line.effective_impact_amount().unwrap().text(), "-80.00");
    assert_eq!((line.payment_balance.text(), line.invoice_balance.unwrap().text()), ("20.00".into(), "0.00".into()));
    assert_eq!(line.has_been_unapplied, HasBeenUnapplied::No);

    let second = made(&ledger.unapply(&payment, &first), "unappliedDate");
    assert_eq!(amounts(&ledger, 1), ["80.00", "80.00", "0.00", "0.00", "100.00"]);
    assert_eq!(ledger.read_invoice(&invoice), untouched, "the exact reverse");
    let lines = ledger.state(1).group.application_lines;
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].has_been_unapplied, HasBeenUnapplied::Yes);
    assert_eq!((&lines[1].id, lines[1].associated_line_id.as_ref()), (&second, Some(&first)));
    assert_eq!(lines[1].impact_amount().unwrap().text(), "80.00");
    assert_eq!(lines[1].has_been_unapplied, HasBeenUnapplied::NotApplicable);
    for line in &lines {
        assert_eq!(line.effective_impact_amount().unwrap().text(), "0.00");
    }
    assert_eq!(
        (lines[1].payment_balance.text(), lines[1].invoice_balance.unwrap().text()),
        ("100.00".into(), "80.00".into())
    );
}

/// Two payments of two groups settle one invoice, line by line.
#[test]
fn payments_of_several_groups_settle_one_invoice() {
    let mut ledger = Ledger::new();
    let one = ledger.pay(1, "50.00", "USD");
    let other = ledger.pay(2, "60.00", "USD");
    let (invoice, lines) = ledger.invoice("USD", &["70.00", "40.00"]);
    let first = made(&ledger.apply(&one, &lines[0], "50.00"), "appliedDate");
    assert!(first.starts_with("plil_"), "{first}");
    assert_eq!(settlement(&mut ledger, &invoice), "50.00 of 110.00: Partially Settled, InvoiceLine");
    made(&ledger.apply(&other, &lines[0], "20.00"), "appliedDate");
    made(&ledger.apply(&other, &lines[1], "40.00"), "appliedDate");
    assert_eq!(settlement(&mut ledger, &invoice), "110.00 of 110.00: Settled since then, InvoiceLine");
    assert_eq!(amounts(&ledger, 2), ["60.00", "0.00", "60.00", "0.00", "0.00"]);
    made(&ledger.unapply(&one, &first), "unappliedDate");
    assert_eq!(settlement(&mut ledger, &invoice), "60.00 of 110.00: Partially Settled, InvoiceLine");
    let of_lines = numbers(&ledger.read_invoice_text(&invoice), "balance");
    assert_eq!(of_lines, ["50.00", "50.00", "0.00"], "of the invoice, then of each line");
}

#[test]
fn tax_is_owed_too() {
    let mut ledger = Ledger::new();
    let payment = ledger.pay(1, "100.00", "USD");
    let body = json!({"status": "Posted", "currencyIsoCode": "USD", "lines": [{"lineAmount": 80, "taxAmount": 8.45}]});
    let invoice = ledger.ingest(&body).json();
    let line = invoice["lines"][0]["id"].as_str().unwrap();
    assert_eq!(refusal(&ledger.apply(&payment, line, "88.46")), "422 AMOUNT_TOO_LARGE amount");
    made(&ledger.apply(&payment, line, "88.45"), "appliedDate");
    assert_eq!(amounts(&ledger, 1)[4], "11.55");
}

/// Everything a line may say is kept as it was said.
#[test]
fn a_line_keeps_what_was_said() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "100.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    let body = json!({
        "appliedToId": invoice, "amount": 10.5, "associatedAccountId": "001-7", "comments": "two\nlines",
        "effectiveDate": "2026-02-01T12:00:00+01:00",
    });
    made(&ledger.apply_with(&payment, &body, json!({})), "appliedDate");
    let line = ledger.state(1).group.application_lines[0].clone();
    assert_eq!(line.amount.text(), "10.50");
    assert_eq!(line.associated_account_id.as_deref(), Some("001-7"));
    assert_eq!(line.comments.as_deref(), Some("two\nlines"));
    assert_eq!(line.effective_date.text(), "2026-02-01T11:00:00.000Z");
    assert_eq!(line.date.milliseconds(), START);
    assert!(ledger.rows["group/1"].index.contains(&line.id), "a line is found by its id");
}

/// What is refused, and how. Each leaves every row as it was (`Ledger::ask` sees to that).
#[test]
fn what_can_not_be_applied() {
    let cases: &[(&str, Value, &str)] = &[
        ("equal to both balances", json!({}), "201"),
        ("zero", json!({"amount": 0}), "422 FIELD_INTEGRITY_EXCEPTION amount"),
        ("negative", json!({"amount": "-1.00"}), "422 FIELD_INTEGRITY_EXCEPTION amount"),
        ("too precise", json!({"amount": 1.005}), "422 FIELD_INTEGRITY_EXCEPTION amount"),
        ("no grammar", json!({"amount": "1e1"}), "422 FIELD_INTEGRITY_EXCEPTION amount"),
        ("19 digits", json!({"amount": "1000000000000000.000"}), "422 FIELD_INTEGRITY_EXCEPTION amount"),
        ("a cent too much", json!({"amount": "80.01"}), "422 AMOUNT_TOO_LARGE amount"),
        ("a lot too much", json!({"amount": "9999999999999999.99"}), "422 AMOUNT_TOO_LARGE amount"),
        ("no amount", json!({"amount": null}), "400 INVALID_API_INPUT amount"),
        ("an amount that is no number", json!({"amount": true}), "400 INVALID_API_INPUT amount"),
        ("no target", json!({"appliedToId": null}), "400 INVALID_API_INPUT appliedToId"),
        ("a blank target", json!({"appliedToId": " "}), "422 FIELD_INTEGRITY_EXCEPTION appliedToId"),
        ("a target that is no id", json!({"appliedToId": "INV-1"}), "400 INVALID_ID_FIELD appliedToId"),
        ("an unknown invoice", json!({"appliedToId": id_of("inv", 9)}), "400 INVALID_ID_FIELD appliedToId"),
        ("an unknown line", json!({"appliedToId": id_of("invl", 9)}), "400 INVALID_ID_FIELD appliedToId"),
        ("a payment", json!({"appliedToId": id_of("pay", 1)}), "400 INVALID_ID_FIELD appliedToId"),
        ("unknown member", json!({"amountt": 1}), "400 INVALID_API_INPUT amountt"),
        ("a bad date", json!({"effectiveDate": "2026-02-30"}), "422 FIELD_INTEGRITY_EXCEPTION effectiveDate"),
        ("a date that is no text", json!({"effectiveDate": 1}), "400 INVALID_API_INPUT effectiveDate"),
        ("a long comment", json!({"comments": "x".repeat(1001)}), "422 FIELD_INTEGRITY_EXCEPTION comments"),
        ("a card number", json!({"comments": "4111 1111 1111 1111"}), "422 FIELD_INTEGRITY_EXCEPTION comments"),
        ("a blank account", json!({"associatedAccountId": ""}), "422 FIELD_INTEGRITY_EXCEPTION associatedAccountId"),
        (
            "two faults",
            json!({"amount": 0, "effectiveDate": "soon"}),
            "422 FIELD_INTEGRITY_EXCEPTION amount effectiveDate",
        ),
    ];
    for (name, change, expected) in cases {
        let mut ledger = Ledger::at_level("Invoice");
        let payment = ledger.pay(1, "80.00", "USD");
        let (invoice, _) = ledger.invoice("USD", &["80.00"]);
        let mut body = json!({"appliedToId": invoice, "amount": "80.00"});
        change.as_object().unwrap().iter().for_each(|(key, value)| body[key] = value.clone());
        let reply = ledger.apply_with(&payment, &body, json!({}));
        if *expected == "201" {
            made(&reply, "appliedDate");
        } else {
            assert_eq!(refusal(&reply), *expected, "{name}");
        }
    }
}

#[test]
fn bodies_that_are_no_request() {
    let mut ledger = Ledger::new();
    let payment = ledger.pay(1, "80.00", "USD");
    for (body, expected) in [
        ("", "400 JSON_PARSER_ERROR"),
        ("  ", "400 JSON_PARSER_ERROR"),
        ("{", "400 JSON_PARSER_ERROR"),
        ("[]", "400 INVALID_API_INPUT"),
        ("\"x\"", "400 INVALID_API_INPUT"),
        (r#"{"amount":1,"amount":2}"#, "400 INVALID_API_INPUT amount"),
        (&format!("{{\"comments\":\"{}\"}}", "x".repeat(70_000)), "400 INVALID_API_INPUT"),
    ] {
        let reply = ledger.ask(applications::apply_payment, json!({"recordId": payment}), body);
        assert_eq!(refusal(&reply), expected, "{body:.40}");
    }
}

#[test]
fn what_the_records_do_not_allow() {
    let status = |status: TransactionStatus| move |state: &mut State| state.group.payments[0].status = status;
    for (of, expected) in [
        (TransactionStatus::Draft, "422 INVALID_STATUS"),
        (TransactionStatus::Pending, "422 INVALID_STATUS"),
        (TransactionStatus::Failed, "422 INVALID_STATUS"),
        (TransactionStatus::Canceled, "422 INVALID_STATUS"),
    ] {
        let mut ledger = Ledger::at_level("Invoice");
        let payment = ledger.pay(1, "80.00", "USD");
        let (invoice, _) = ledger.invoice("USD", &["80.00"]);
        ledger.change(1, status(of));
        assert_eq!(refusal(&ledger.apply(&payment, &invoice, "1.00")), expected, "{of:?}");
    }

    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "80.00", "USD");
    let body = json!({"currencyIsoCode": "USD", "lines": [{"lineAmount": 80}]});
    for (moves, reached) in [
        (&[] as &[Change], InvoiceStatus::Draft),
        (&[invoices::cancel_invoice], InvoiceStatus::Canceled),
        (&[invoices::post_invoice, invoices::void_invoice], InvoiceStatus::Voided),
    ] {
        let invoice = ledger.ingest(&body).json()["id"].as_str().unwrap().to_owned();
        for change in moves {
            assert_eq!(ledger.move_invoice(*change, &invoice).status, 200);
        }
        assert_eq!(ledger.read_invoice(&invoice)["status"], reached.as_str());
        assert_eq!(refusal(&ledger.apply(&payment, &invoice, "1.00")), "422 INVALID_STATUS appliedToId");
    }

    let (euros, _) = ledger.invoice("EUR", &["80.00"]);
    assert_eq!(refusal(&ledger.apply(&payment, &euros, "1.00")), "422 CURRENCY_MISMATCH appliedToId");
    let yen = ledger.pay(2, "80", "JPY");
    let (invoice, _) = ledger.invoice("JPY", &["80"]);
    assert_eq!(refusal(&ledger.apply(&yen, &invoice, "1.5")), "422 FIELD_INTEGRITY_EXCEPTION amount");
    made(&ledger.apply(&yen, &invoice, "1.0"), "appliedDate");
    for wrong in ["pay_1", &id_of("pay", 7), &id_of("ref", 1), &id_of("pgrp", 1), "gateway:simulator:x", ""] {
        assert_eq!(refusal(&ledger.apply(wrong, &invoice, "1")), "404 NOT_FOUND", "{wrong}");
    }
}

/// The store's setting decides the level, and so does what is applied to the invoice already.
#[test]
fn one_level_at_a_time() {
    let mut ledger = Ledger::new();
    let payment = ledger.pay(1, "80.00", "USD");
    let (invoice, lines) = ledger.invoice("USD", &["40.00", "40.00"]);
    assert_eq!(refusal(&ledger.apply(&payment, &invoice, "1.00")), "422 APPLICATION_LEVEL_MISMATCH appliedToId");
    let first = made(&ledger.apply(&payment, &lines[0], "1.00"), "appliedDate");
    ledger.level = Some("Invoice");
    assert_eq!(refusal(&ledger.apply(&payment, &lines[0], "1.00")), "422 APPLICATION_LEVEL_MISMATCH appliedToId");
    assert_eq!(refusal(&ledger.apply(&payment, &invoice, "1.00")), "422 APPLICATION_LEVEL_MISMATCH appliedToId");
    made(&ledger.unapply(&payment, &first), "unappliedDate");
    made(&ledger.apply(&payment, &invoice, "1.00"), "appliedDate");
    assert_eq!(settlement(&mut ledger, &invoice), "1.00 of 80.00: Partially Settled, Invoice");
}

#[test]
fn a_line_is_taken_back_once() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "80.00", "USD");
    let other = ledger.pay(2, "80.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    let line = made(&ledger.apply(&payment, &invoice, "30.00"), "appliedDate");
    let foreign = made(&ledger.apply(&other, &invoice, "30.00"), "appliedDate");
    for (payment, line, expected) in [
        (&payment, &foreign, "404 NOT_FOUND"),
        (&other, &line, "404 NOT_FOUND"),
        (&payment, &id_of("pli", 1), "404 NOT_FOUND"),
        (&payment, &id_of("plil", 1), "404 NOT_FOUND"),
        (&payment, &invoice, "404 NOT_FOUND"),
        (&id_of("pay", 9), &line, "404 NOT_FOUND"),
    ] {
        assert_eq!(refusal(&ledger.unapply(payment, line)), expected);
    }
    let reverse = made(&ledger.unapply(&payment, &line), "unappliedDate");
    assert_eq!(refusal(&ledger.unapply(&payment, &line)), "422 INVALID_STATUS");
    assert_eq!(refusal(&ledger.unapply(&payment, &reverse)), "422 INVALID_STATUS");
    for (body, expected) in [
        (r#"{"amount":1}"#, "400 INVALID_API_INPUT amount"),
        (r#"{"effectiveDate":"never"}"#, "422 FIELD_INTEGRITY_EXCEPTION effectiveDate"),
        ("nothing", "400 JSON_PARSER_ERROR"),
    ] {
        let facts = json!({"recordId": other, "lineId": foreign});
        assert_eq!(refusal(&ledger.ask(applications::unapply_payment, facts, body)), expected, "{body}");
    }
}

/// What was given back can't be applied, from the moment it may be gone.
#[test]
fn what_is_given_back_is_not_applied() {
    for (status, left) in [
        (TransactionStatus::Processed, "70.00"),
        (TransactionStatus::Pending, "70.00"),
        (TransactionStatus::Failed, "100.00"),
        (TransactionStatus::Canceled, "100.00"),
    ] {
        let (mut ledger, payment, _) = state_with_refund(status);
        let (invoice, _) = ledger.invoice("USD", &["100.01"]);
        let cent_more = (Amount::parse(left).unwrap().checked_add(Amount::parse("0.01").unwrap())).unwrap().text();
        assert_eq!(refusal(&ledger.apply(&payment, &invoice, &cent_more)), "422 AMOUNT_TOO_LARGE amount", "{status:?}");
        made(&ledger.apply(&payment, &invoice, left), "appliedDate");
        let group = ledger.state(1).group;
        assert_eq!(group.refundable(&group.payments[0]).unwrap().text(), "0.00", "nothing applied is refunded");
    }
}

/// A refund that has no record yet, because it is planned, sent or unknown, counts as well.
#[test]
fn what_is_about_to_be_given_back_is_not_applied() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "100.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["100.00"]);
    ledger.change(1, |state| {
        let currency = state.group.payments[0].currency;
        let money = Money::new(Amount::parse("40.00").unwrap(), currency).unwrap();
        let now = Timestamp::from_milliseconds(START).unwrap();
        let mut ids = checkout_payments::domain::id::IdSource::new(now, &"1".repeat(32)).unwrap();
        let step = Step::planned(Role::Release, GatewayOperation::Refund, money, &mut ids).on(&payment, None);
        let mut operation = Operation::new("op_1".to_owned(), Plan::to_settle(step), now);
        operation.kind = OperationKind::Payments;
        state.operations.push(operation);
    });
    assert_eq!(refusal(&ledger.apply(&payment, &invoice, "60.01")), "422 AMOUNT_TOO_LARGE amount");
    made(&ledger.apply(&payment, &invoice, "60.00"), "appliedDate");
}

#[test]
fn a_refund_is_entered_at_its_payment() {
    let (mut ledger, payment, refund) = state_with_refund(TransactionStatus::Processed);
    assert_eq!(amounts(&ledger, 1), ["0.00", "0.00", "0.00", "0.00", "100.00"], "no line, no entry");
    let other = ledger.pay(2, "100.00", "USD");
    for (refund, to, amount, expected) in [
        (refund.as_str(), other.as_str(), "10.00", "400 INVALID_ID_FIELD appliedToId"),
        (&refund, "x", "10.00", "400 INVALID_ID_FIELD appliedToId"),
        (&refund, &payment, "30.01", "422 AMOUNT_TOO_LARGE amount"),
        (&refund, &payment, "0", "422 FIELD_INTEGRITY_EXCEPTION amount"),
        (&refund, &payment, "1.001", "422 FIELD_INTEGRITY_EXCEPTION amount"),
        (&id_of("ref", 9), &payment, "1.00", "404 NOT_FOUND"),
        (&payment, &payment, "1.00", "404 NOT_FOUND"),
    ] {
        assert_eq!(refusal(&ledger.apply_refund(refund, to, amount)), expected, "{refund} {to} {amount}");
    }
    let line = made(&ledger.apply_refund(&refund, &payment, "10.00"), "appliedDate");
    assert!(line.starts_with("rlp_"), "{line}");
    made(&ledger.apply_refund(&refund, &payment, "20"), "appliedDate");
    assert_eq!(refusal(&ledger.apply_refund(&refund, &payment, "0.01")), "422 AMOUNT_TOO_LARGE amount");
    assert_eq!(amounts(&ledger, 1), ["0.00", "0.00", "0.00", "30.00", "70.00"]);
    let group = ledger.state(1).group;
    let of_refund = group.refund_amounts(&group.refunds[0]).unwrap();
    assert_eq!(
        [of_refund.total_applied, of_refund.net_applied, of_refund.balance].map(Amount::text),
        ["30.00", "30.00", "0.00"]
    );
    let line = &group.application_lines[0];
    assert_eq!([line.refund_balance.unwrap(), line.payment_balance].map(Amount::text), ["20.00", "90.00"]);
    assert_eq!(line.impact_amount().unwrap().text(), "10.00");
    assert_eq!(group.payment_amounts(&group.payments[0]).unwrap().impact_amount.text(), "-100.00");
    // a refund's line is no payment line
    assert_eq!(refusal(&ledger.unapply(&payment, &line.id)), "404 NOT_FOUND");

    let (mut ledger, payment, refund) = state_with_refund(TransactionStatus::Pending);
    assert_eq!(refusal(&ledger.apply_refund(&refund, &payment, "1.00")), "422 INVALID_STATUS");
}

#[test]
fn the_same_key_again() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "100.00", "USD");
    let other = ledger.pay(2, "100.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    let key = || json!({"idempotencyKey": "key 1"});
    let first = ledger.apply_with(&payment, &json!({"appliedToId": invoice, "amount": "20.00"}), key());
    ledger.now += DAY;
    let again = ledger.apply_with(&payment, &json!({"amount": 20, "appliedToId": invoice}), key());
    assert_eq!(again, first, "the same request, written otherwise, a day later");
    assert_eq!(ledger.state(1).group.application_lines.len(), 1);

    for (of, body, expected) in [
        (&payment, json!({"appliedToId": invoice, "amount": "20.01"}), "422 IDEMPOTENCY_KEY_REUSED amount"),
        (
            &payment,
            json!({"appliedToId": invoice, "amount": 20, "comments": "x"}),
            "422 IDEMPOTENCY_KEY_REUSED comments",
        ),
        (&other, json!({"appliedToId": invoice, "amount": "20.00"}), "422 IDEMPOTENCY_KEY_REUSED address"),
    ] {
        assert_eq!(refusal(&ledger.apply_with(of, &body, key())), expected);
    }
    let line = first.json()["id"].as_str().unwrap().to_owned();
    let unapply = json!({"recordId": payment, "lineId": line, "idempotencyKey": "key 1"});
    assert_eq!(
        refusal(&ledger.ask(applications::unapply_payment, unapply, "")),
        "422 IDEMPOTENCY_KEY_REUSED address amount appliedToId"
    );
    let unapply = json!({"recordId": payment, "lineId": line, "idempotencyKey": "key 2"});
    let back = ledger.ask(applications::unapply_payment, unapply.clone(), "");
    assert_eq!(back.status, 201);
    assert_eq!(ledger.ask(applications::unapply_payment, unapply, "{}"), back);

    // what was refused keeps no key
    let too_much = json!({"appliedToId": invoice, "amount": "80.01"});
    let facts = json!({"idempotencyKey": "key 3"});
    assert_eq!(ledger.apply_with(&payment, &too_much, facts.clone()).status, 422);
    assert_eq!(ledger.apply_with(&payment, &json!({"appliedToId": invoice, "amount": "80"}), facts).status, 201);

    // and after 25 hours it is forgotten
    ledger.now += DAY;
    let anew = ledger.apply_with(&other, &json!({"appliedToId": invoice, "amount": "1.00"}), key());
    assert_eq!(refusal(&anew), "422 AMOUNT_TOO_LARGE amount", "a new request: the invoice is settled");
    let facts = json!({"idempotencyKey": "x".repeat(256)});
    assert_eq!(refusal(&ledger.apply_with(&other, &json!({}), facts)), "400 INVALID_API_INPUT");
}

#[test]
fn a_lost_race_is_asked_anew() {
    for row in ["group/1", "invoice"] {
        let mut ledger = Ledger::at_level("Invoice");
        let payment = ledger.pay(1, "100.00", "USD");
        let (invoice, _) = ledger.invoice("USD", &["80.00"]);
        let key = if row == "invoice" { format!("invoice/{invoice}") } else { row.to_owned() };
        ledger.disturbed = Some(key);
        ledger.asked = 0;
        made(&ledger.apply(&payment, &invoice, "80.00"), "appliedDate");
        assert_eq!(ledger.asked, 3, "to be told what to read, in vain, and anew");
    }
}

#[test]
fn before_its_version_the_resource_is_not_there() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "100.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    for (version, status) in [("63.0", 404), ("68.0", 404), ("64.0", 201), ("67.0", 201)] {
        let body = json!({"appliedToId": invoice, "amount": 1});
        assert_eq!(ledger.apply_with(&payment, &body, json!({"apiVersion": version})).status, status, "{version}");
    }
}

#[test]
fn a_group_takes_so_many_lines_and_gives_all_back() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "100.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    let first = made(&ledger.apply(&payment, &invoice, "0.01"), "appliedDate");
    ledger.change(1, |state| {
        let line = state.group.application_lines[0].clone();
        let zero = Amount::parse("0.00").unwrap();
        let fill = (1..2000).map(|at| checkout_payments::records::ApplicationLine {
            id: id_of("pli", at),
            amount: zero,
            ..line.clone()
        });
        state.group.application_lines.extend(fill);
    });
    assert_eq!(refusal(&ledger.apply(&payment, &invoice, "0.01")), "422 LIMIT_EXCEEDED");
    made(&ledger.unapply(&payment, &first), "unappliedDate");
}

/// A payment that settles an invoice can't be given back by a change of the cart's payment; the order can be placed with it.
#[test]
fn the_carts_payment_is_not_released_while_it_is_applied() {
    let mut world = world_with(Existing::Sale);
    let mut ledger = Ledger::at_level("Invoice");
    let (invoice, _) = ledger.invoice("USD", &["100.00"]);
    ledger.put_group(1, &checkout_payments::wire::context::read_state(&world.row.state).unwrap().unwrap());
    let payment = ledger.state(1).group.payments[0].id.clone();
    let line = made(&ledger.apply(&payment, &invoice, "0.01"), "appliedDate");
    world.row.state.clone_from(&ledger.rows["group/1"].value);
    world.row.version += 1;
    world.known = None;

    let view = world.view();
    assert_eq!(view["payments"][0]["netApplied"], json!(0.01));
    let reply = world.pay(&auth("tok_new"), None);
    assert_eq!(reply.short(), "422 ValidationError /commerce/payment");
    assert!(reply.body.contains("settles an invoice"), "{reply:?}");
    let options = json!({"amount": "129.90", "currencyIsoCode": "USD"}).to_string();
    let preview = checkout_payments::wire::preview::preview(&world.view_text(), &auth("tok_new"), &options);
    assert!(preview.contains("payment_applied"), "the page knows it beforehand: {preview}");

    ledger.put_group(1, &checkout_payments::wire::context::read_state(&world.row.state).unwrap().unwrap());
    made(&ledger.unapply(&payment, &line), "unappliedDate");
    world.row.state.clone_from(&ledger.rows["group/1"].value);
    world.known = None;
    assert_eq!(world.pay(&auth("tok_new"), None).status, 201);
}
