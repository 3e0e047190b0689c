//! The functions that change several rows: `applyPayment`, `unapplyPayment`, `applyRefund`, those of invoices, and those of records made by
//! hand.

use std::sync::OnceLock;

use checkout_payments::domain::json::parse;
use checkout_payments::records::TransactionStatus;
use checkout_payments::wire::{applications, invoices, records};
use serde_json::{Value, json};

use super::edit::edited;
use super::input::{Input, raw};
use super::oracle;
use crate::support::ledger::{Change, Ledger};
use crate::support::world::START;

const FUNCTIONS: [(&str, Change); 11] = [
    ("applyPayment", applications::apply_payment),
    ("unapplyPayment", applications::unapply_payment),
    ("applyRefund", applications::apply_refund),
    ("ingestInvoice", invoices::ingest_invoice),
    ("postInvoice", invoices::post_invoice),
    ("voidInvoice", invoices::void_invoice),
    ("cancelInvoice", invoices::cancel_invoice),
    ("readInvoice", read_invoice),
    ("createRecord", records::create_record),
    ("updateRecord", records::update_record),
    ("giveUpRecord", give_up_record),
];

fn give_up_record(context: &str, rows: &str, _: &[u8]) -> String {
    records::give_up_record(context, rows)
}

fn read_invoice(context: &str, rows: &str, _: &[u8]) -> String {
    invoices::read_invoice(context, rows)
}

/// A ledger with one of everything, and the names of it.
struct Scene {
    ledger: Ledger,
    payment: String,
    refund: String,
    line: String,
    invoice: String,
    invoice_line: String,
    external: String,
}

fn scene() -> &'static Scene {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    SCENE.get_or_init(|| {
        let mut ledger = Ledger::new();
        let payment = ledger.pay(1, "100.00", "USD");
        let refund = ledger.refund(1, 1, "30.00", TransactionStatus::Processed);
        let (invoice, lines) = ledger.invoice("USD", &["50.00", "20.00"]);
        let line = ledger.apply(&payment, &lines[0], "10.00").json()["id"].as_str().unwrap().to_owned();
        let sale = json!({"Amount": 9, "CurrencyIsoCode": "USD", "ProcessingMode": "External", "Status": "Draft", "Type": "Sale",
            "PaymentGroupId": ledger.state(1).group.id});
        let external = ledger.ask(records::create_record, json!({"object": "Payment"}), &sale.to_string());
        let external = external.json()["id"].as_str().unwrap().to_owned();
        Scene { ledger, payment, refund, line, invoice, invoice_line: lines[0].clone(), external }
    })
}

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (_, function) = input.choose(&FUNCTIONS);
    if !input.flag() {
        let [context, rows, body] = raw(input.rest());
        let text = function(&String::from_utf8_lossy(context), &String::from_utf8_lossy(rows), body);
        transaction(&text, false);
        return;
    }
    let scene = scene();
    let (rows, rows_are_whole) = rows(scene, &mut input);
    let (context, was_spoilt) = edited(&context(scene, &mut input), &mut input);
    let body = body(scene, &mut input);
    transaction(&function(&context, &rows, body.as_bytes()), rows_are_whole && !was_spoilt);
}

/// The rows by every name that they may be asked for by, in one order.
fn names(scene: &Scene) -> Vec<(String, Option<String>)> {
    let invoice = format!("invoice/{}", scene.invoice);
    let group = "group/1".to_owned();
    let group_id = scene.ledger.state(1).group.id;
    [
        (&scene.payment, &group),
        (&scene.refund, &group),
        (&scene.external, &group),
        (&group_id, &group),
        (&invoice, &invoice),
        (&scene.invoice_line, &invoice),
    ]
    .map(|(name, key)| (name.clone(), Some(key.clone())))
    .into()
}

fn rows(scene: &Scene, input: &mut Input<'_>) -> (String, bool) {
    let mut whole = true;
    let values: Vec<String> = names(scene)
        .iter()
        .map(|(_, key)| {
            let value = &scene.ledger.rows[key.as_ref().unwrap()].value;
            let (text, was_spoilt) = edited(&serde_json::from_str(value).unwrap(), input);
            whole &= !was_spoilt;
            if was_spoilt { text } else { value.clone() }
        })
        .collect();
    (values.join("\n"), whole)
}

fn context(scene: &Scene, input: &mut Input<'_>) -> Value {
    let loaded: Vec<Value> = names(scene).iter().map(|(name, key)| json!({"name": name, "key": key})).collect();
    let ids = [&scene.payment, &scene.refund, &scene.invoice, &scene.line, &scene.external].map(String::as_str);
    let mut context = json!({
        "now": START + i64::from(input.number()),
        "entropy": format!("{:032x}", u128::from(input.byte()) << 64),
        "gateway": {"provider": "simulator", "keyWindowMs": 0, "inquire": []},
        "object": input.choose(&["Payment", "Refund", "PaymentAuthorization", "PaymentAuthAdjustment", "PaymentGroup", "Invoice"]),
        "recordId": input.choose(&ids),
        "lineId": input.choose(&[scene.line.as_str(), "pli_x", ""]),
        "applicationLevel": input.choose(&["InvoiceLine", "Invoice"]),
        "loaded": loaded,
    });
    if input.flag() {
        context["idempotencyKey"] = json!(input.text());
    }
    context
}

fn body(scene: &Scene, input: &mut Input<'_>) -> String {
    let line =
        json!({"type": "Tax", "name": "x", "quantity": 2, "unitPrice": "0.001", "lineAmount": "9.99", "taxAmount": 1});
    let bodies = [
        json!({"appliedToId": scene.invoice_line, "amount": "40.00", "comments": "x", "effectiveDate": "2026-01-01"}),
        json!({"appliedToId": scene.invoice, "amount": 1, "associatedAccountId": "001"}),
        json!({"appliedToId": scene.payment, "amount": 30.0, "effectiveDate": "2026-01-01T00:00:00+01:00"}),
        json!({}),
        json!({"currencyIsoCode": "USD", "status": "Posted", "invoiceDate": "2026-01-01", "dueDate": "2026-02-01", "lines": [line]}),
        json!({"Amount": "4.50", "CurrencyIsoCode": "USD", "ProcessingMode": "External", "Status": "Processed", "Type": "Sale", "Date": "2026-01-01",
            "PaymentGroupId": scene.ledger.state(1).group.id, "Comments": "x"}),
        json!({"Amount": "4.50", "PaymentId": scene.external, "ProcessingMode": "External", "Status": "Draft", "Type": "Referenced"}),
        json!({"Status": "Processed", "Amount": 8, "CancellationDate": null}),
        json!({"currencyIsoCode": "JPY", "uniqueIdentifier": "x", "shouldExcludePayment": true, "lines": [{"lineAmount": 1}]}),
    ];
    edited(input.pick(&bodies), input).0
}

/// Holds a transaction to `docs/core.md`. One that could not be used is told as a step.
fn transaction(text: &str, is_of_contract: bool) {
    let lines: Vec<&str> = text.split('\n').collect();
    let header = oracle::json(lines[0]);
    if header["status"] == 500 {
        assert!(!is_of_contract && header["commit"].is_null() && header["rows"].is_null(), "{text}");
        return;
    }
    if header["load"].is_array() {
        assert_eq!(lines.len(), 1, "{text}");
        return;
    }
    let status = header["status"].as_u64().unwrap();
    assert!([200, 201, 204, 400, 404, 422].contains(&status), "{text}");
    let rows = header["rows"].as_array().unwrap();
    assert!(rows.is_empty() || status < 300, "a refusal writes nothing: {text}");
    assert_eq!(lines.len(), 2 + rows.len(), "{text}");
    let is_silent = status == 204 && lines[1].is_empty();
    lines[if is_silent { 2 } else { 1 }..].iter().for_each(|line| assert!(parse(line).is_ok(), "{text}"));
}
