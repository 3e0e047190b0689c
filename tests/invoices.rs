//! Invoices brought in, posted and ended.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use checkout_payments::wire::invoices;
use serde_json::{Value, json};
use support::ledger::{Change, Ledger, id_of};
use support::world::Reply;

fn errors(reply: &Reply) -> Vec<String> {
    let body = reply.json();
    let told = |error: &Value| {
        let fields = error["fields"].as_array().cloned().unwrap_or_default();
        let fields: Vec<&str> = fields.iter().map(|field| field.as_str().unwrap()).collect();
        [&[error["errorCode"].as_str().unwrap()], &fields[..]].concat().join(" ")
    };
    body.as_array().unwrap_or_else(|| panic!("{reply:?}")).iter().map(told).collect()
}

fn changed(change: &Value) -> Value {
    let mut body = json!({"currencyIsoCode": "USD", "lines": [{"lineAmount": "10.00"}]});
    change.as_object().unwrap().iter().for_each(|(key, value)| body[key] = value.clone());
    body
}

#[test]
fn an_invoice_as_it_is_brought_and_read() {
    let mut ledger = Ledger::new();
    let body = json!({
        "uniqueIdentifier": "ERP 4711", "billingAccountId": "001-7", "currencyIsoCode": "USD", "invoiceDate": "2026-01-31",
        "dueDate": "2026-03-02", "shouldExcludePayment": true,
        "lines": [
            {"lineAmount": 30, "taxAmount": "2.55", "name": "Hat", "productId": "01t-1", "quantity": 3, "unitPrice": "10.00000"},
            {"lineAmount": "0", "type": "Adjustment"},
        ],
    });
    let reply = ledger.ingest(&body);
    assert_eq!(reply.status, 201, "{reply:?}");
    assert!(
        reply.body.contains("\"totalAmountWithTax\":32.55,\"balance\":32.55"),
        "amounts are printed exactly: {reply:?}"
    );
    assert!(reply.body.contains("\"unitPrice\":10.00000"), "a price may be finer than the currency: {reply:?}");
    let mut invoice = reply.json();
    for member in ["id", "lines"] {
        assert!(!invoice[member].is_null());
    }
    let lines = invoice["lines"].take();
    assert!(lines[0]["id"].as_str().unwrap().starts_with("invl_"));
    assert_eq!((&lines[0]["type"], &lines[0]["balance"]), (&json!("Charge"), &json!(32.55)));
    assert_eq!((&lines[1]["type"], &lines[1]["lineAmount"]), (&json!("Adjustment"), &json!(0.0)));
    let id = invoice["id"].take().as_str().unwrap().to_owned();
    let expected = json!({
        "id": null, "status": "Draft", "uniqueIdentifier": "ERP 4711", "billingAccountId": "001-7", "currencyIsoCode": "USD",
        "invoiceDate": "2026-01-31", "dueDate": "2026-03-02", "createdDate": "2026-01-01T00:00:00.000Z",
        "shouldExcludePayment": true, "totalAmountWithTax": 32.55, "balance": 32.55, "netPaymentsApplied": 0.0,
        "netCreditsApplied": 0.0, "settlementStatus": "Not Applicable", "lines": null,
    });
    assert_eq!(invoice, expected);
    let mut read = ledger.read_invoice(&id);
    assert_eq!(read["lines"].take(), lines);
    let row = &ledger.rows[&format!("invoice/{id}")];
    assert_eq!(row.index, [&id, lines[0]["id"].as_str().unwrap(), lines[1]["id"].as_str().unwrap()]);
}

#[test]
fn what_is_no_invoice() {
    let line = |change: Value| {
        let mut line = json!({"lineAmount": "10.00"});
        change.as_object().unwrap().iter().for_each(|(key, value)| line[key] = value.clone());
        json!({"lines": [line]})
    };
    let many = |count: usize| json!({"lines": vec![json!({"lineAmount": 1}); count]});
    let cases: &[(Value, i64, &[&str])] = &[
        (json!({}), 201, &[]),
        (many(500), 201, &[]),
        (many(501), 422, &["FIELD_INTEGRITY_EXCEPTION lines"]),
        (json!({"lines": []}), 422, &["FIELD_INTEGRITY_EXCEPTION lines"]),
        (json!({"lines": {}}), 400, &["INVALID_API_INPUT lines"]),
        (json!({"lines": [1]}), 400, &["INVALID_API_INPUT lines.0"]),
        (json!({"lines": null}), 400, &["INVALID_API_INPUT lines"]),
        (json!({"currencyIsoCode": null}), 400, &["INVALID_API_INPUT currencyIsoCode"]),
        (json!({"currencyIsoCode": "usd"}), 422, &["FIELD_INTEGRITY_EXCEPTION currencyIsoCode"]),
        (json!({"total": 1}), 400, &["INVALID_API_INPUT total"]),
        (json!({"status": "Voided"}), 422, &["FIELD_INTEGRITY_EXCEPTION status"]),
        (json!({"invoiceDate": "2026-02-30"}), 422, &["FIELD_INTEGRITY_EXCEPTION invoiceDate"]),
        (json!({"dueDate": "2026-02-01T00:00:00Z"}), 422, &["FIELD_INTEGRITY_EXCEPTION dueDate"]),
        (json!({"uniqueIdentifier": " "}), 422, &["FIELD_INTEGRITY_EXCEPTION uniqueIdentifier"]),
        (json!({"shouldExcludePayment": "no"}), 400, &["INVALID_API_INPUT shouldExcludePayment"]),
        (line(json!({"lineAmount": null})), 400, &["INVALID_API_INPUT lines.0.lineAmount"]),
        (line(json!({"lineAmount": "10.001"})), 422, &["FIELD_INTEGRITY_EXCEPTION lines.0.lineAmount"]),
        (line(json!({"taxAmount": -1})), 422, &["FIELD_INTEGRITY_EXCEPTION lines.0.taxAmount"]),
        (line(json!({"unitPrice": -1})), 422, &["FIELD_INTEGRITY_EXCEPTION lines.0.unitPrice"]),
        (line(json!({"type": "Gift"})), 422, &["FIELD_INTEGRITY_EXCEPTION lines.0.type"]),
        (line(json!({"sku": "x"})), 400, &["INVALID_API_INPUT lines.0.sku"]),
        (
            line(json!({"name": "4111111111111111", "lineAmount": "x"})),
            422,
            &["FIELD_INTEGRITY_EXCEPTION lines.0.name", "FIELD_INTEGRITY_EXCEPTION lines.0.lineAmount"],
        ),
        (
            json!({"lines": vec![json!({"lineAmount": "9999999999999999.99"}); 2]}),
            422,
            &["FIELD_INTEGRITY_EXCEPTION lines"],
        ),
    ];
    for (change, status, expected) in cases {
        let reply = Ledger::new().ingest(&changed(change));
        assert_eq!(reply.status, *status, "{change:.80} {reply:?}");
        if *status != 201 {
            assert_eq!(errors(&reply), *expected, "{change:.80}");
        }
    }
}

#[test]
fn a_unique_identifier_is_taken_once() {
    let mut ledger = Ledger::new();
    let body = changed(&json!({"uniqueIdentifier": "ERP 4711", "status": "Posted"}));
    let first = ledger.ingest(&body);
    assert_eq!(first.status, 201);
    let rows = ledger.rows.len();
    ledger.now += 1;
    let again = ledger.ingest(&body);
    assert_eq!((again.status, again.json()), (200, first.json()), "the same invoice again, as it is");
    let id = first.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(ledger.move_invoice(invoices::void_invoice, &id).status, 200);
    assert_eq!(ledger.ingest(&body).json()["status"], "Voided");
    let other =
        ledger.ingest(&changed(&json!({"uniqueIdentifier": "ERP 4711", "status": "Posted", "dueDate": "2026-02-02"})));
    assert_eq!((other.status, errors(&other)), (422, vec!["DUPLICATE_VALUE uniqueIdentifier".to_owned()]));
    assert!(other.body.contains("dueDate"), "{other:?}");
    assert_eq!(ledger.rows.len(), rows, "one invoice");
    assert_eq!(ledger.ingest(&changed(&json!({"uniqueIdentifier": "ERP 4712"}))).status, 201);
}

#[test]
fn an_idempotency_key_makes_one_invoice() {
    let mut ledger = Ledger::new();
    let body = changed(&json!({})).to_string();
    let facts = || json!({"idempotencyKey": "k"});
    let first = ledger.ask(invoices::ingest_invoice, facts(), &body);
    assert_eq!(ledger.ask(invoices::ingest_invoice, facts(), &body), first);
    let other = ledger.ask(invoices::ingest_invoice, facts(), &changed(&json!({"status": "Posted"})).to_string());
    assert_eq!(errors(&other), ["IDEMPOTENCY_KEY_REUSED status"]);
    assert_eq!(ledger.rows.len(), 2, "the invoice, and the answer under its key");
}

/// One line a status it is in, one column an action: the status after it, or why not.
#[test]
fn actions_by_status() {
    let actions: [(&str, Change); 3] =
        [("post", invoices::post_invoice), ("void", invoices::void_invoice), ("cancel", invoices::cancel_invoice)];
    for (reach, after) in [
        (&[] as &[&str], ["Posted", "-", "Canceled"]),
        (&["post"], ["-", "Voided", "-"]),
        (&["post", "void"], ["-", "-", "-"]),
        (&["cancel"], ["-", "-", "-"]),
    ] {
        for (at, (_, action)) in actions.iter().enumerate() {
            let mut ledger = Ledger::new();
            let id = ledger.ingest(&changed(&json!({}))).json()["id"].as_str().unwrap().to_owned();
            for name in reach {
                let change = actions.iter().find(|(known, _)| known == name).unwrap().1;
                assert_eq!(ledger.move_invoice(change, &id).status, 200);
            }
            let reply = ledger.move_invoice(*action, &id);
            if after[at] == "-" {
                assert_eq!((reply.status, errors(&reply)), (422, vec!["INVALID_STATUS".to_owned()]), "{reach:?} {at}");
            } else {
                assert_eq!((reply.status, &reply.json()["status"]), (200, &json!(after[at])), "{reach:?} {at}");
            }
        }
    }
}

#[test]
fn an_invoice_that_is_settled_in_part_is_not_voided() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "1.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    let line = ledger.apply(&payment, &invoice, "1.00").json()["id"].as_str().unwrap().to_owned();
    assert_eq!(errors(&ledger.move_invoice(invoices::void_invoice, &invoice)), ["INVALID_STATUS"]);
    assert_eq!(ledger.unapply(&payment, &line).status, 201);
    assert_eq!(ledger.move_invoice(invoices::void_invoice, &invoice).status, 200);
    assert_eq!(ledger.read_invoice(&invoice)["settlementStatus"], "Not Applicable");
}

#[test]
fn what_is_not_there() {
    let mut ledger = Ledger::new();
    for id in [id_of("inv", 1), "x".to_owned(), String::new(), id_of("pay", 1)] {
        let read: Change = |context, rows, _| invoices::read_invoice(context, rows);
        for change in [read, invoices::post_invoice] {
            let reply = ledger.move_invoice(change, &id);
            assert_eq!((reply.status, errors(&reply)), (404, vec!["NOT_FOUND".to_owned()]), "{id}");
        }
    }
    let id = ledger.invoice("USD", &["1.00"]).0;
    let facts = json!({"recordId": id});
    assert_eq!(
        errors(&ledger.ask(invoices::void_invoice, facts.clone(), r#"{"reason":"x"}"#)),
        ["INVALID_API_INPUT reason"]
    );
    assert_eq!(ledger.ask(invoices::void_invoice, facts, "{}").status, 200);
}

/// A host that breaks the contract hears so, and nothing is written.
#[test]
fn a_row_that_is_damaged_is_a_500() {
    let mut ledger = Ledger::new();
    let id = ledger.invoice("USD", &["1.00"]).0;
    for value in ["{", "{}", &ledger.rows[&format!("invoice/{id}")].value.replace("\"schema\":1", "\"schema\":2")] {
        let mut ledger = ledger.clone();
        ledger.rows.get_mut(&format!("invoice/{id}")).unwrap().value = value.to_owned();
        assert_eq!(ledger.move_invoice(invoices::void_invoice, &id).status, 500, "{value:.30}");
    }
}
