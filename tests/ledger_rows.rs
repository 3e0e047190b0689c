//! The rows of application lines, invoices and payment methods: against fields worked out by hand.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that is wrong should stop at the line that is wrong"
)]

mod support;

use checkout_payments::domain::json::{Json, parse};
use checkout_payments::domain::redacted::Redacted;
use checkout_payments::domain::timestamp::Timestamp;
use checkout_payments::engine::State;
use checkout_payments::payments::objects::object;
use checkout_payments::payments::rows::{Row, invoice_rows, rows};
use checkout_payments::records::{
    Account, ApplicationObject, InvoiceLineType, InvoiceStatus, MethodObject, MethodStatus, PaymentMethod,
    SettlementLevel, SettlementStatus, StoredInvoice, TransactionStatus,
};
use checkout_payments::wire::{core, methods};
use serde_json::json;
use support::ledger::{Ledger, id_of};
use support::rows::{check, table};
use support::world::{DAY, START};

fn rows_of(ledger: &Ledger, number: u32) -> Vec<Row> {
    let rows = rows(&ledger.state(number), "simulator");
    check(&rows);
    rows
}

fn rows_of_invoice(ledger: &Ledger, id: &str) -> Vec<Row> {
    let value = &ledger.rows[&format!("invoice/{id}")].value;
    let rows = invoice_rows(&StoredInvoice::read(&parse(value).unwrap()).unwrap().invoice);
    check(&rows);
    rows
}

/// `reference` §4.3, worked example.
#[test]
fn a_payment_applied_to_an_invoice_and_taken_back() {
    let mut ledger = Ledger::at_level("Invoice");
    let payment = ledger.pay(1, "100.00", "USD");
    let (invoice, _) = ledger.invoice("USD", &["80.00"]);
    let line = ledger.apply(&payment, &invoice, "80.00").json()["id"].as_str().unwrap().to_owned();
    let amounts = [
        "Type",
        "HasBeenUnapplied",
        "Amount",
        "ImpactAmount",
        "EffectiveImpactAmount",
        "PaymentBalance",
        "InvoiceBalance",
    ];
    let dates = ["AppliedDate", "UnappliedDate", "LastModifiedDate"];
    let of = "PaymentLineInvoice";
    assert_eq!(table(&rows_of(&ledger, 1), of, &amounts), ["Applied No 80.00 -80.00 -80.00 20.00 0.00"]);
    let (first, second) = ("2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z");
    assert_eq!(table(&rows_of(&ledger, 1), of, &dates), [format!("{first} - {first}")]);
    ledger.now += DAY;
    assert_eq!(ledger.unapply(&payment, &line).status, 201);
    assert_eq!(
        table(&rows_of(&ledger, 1), of, &amounts),
        ["Applied Yes 80.00 -80.00 0.00 20.00 0.00", "Unapplied NA 80.00 80.00 0.00 100.00 80.00"]
    );
    assert_eq!(
        table(&rows_of(&ledger, 1), of, &dates),
        [format!("{first} {second} {second}"), format!("- {second} {second}")]
    );
    let ids = ["PaymentId", "InvoiceId", "AssociatedPaymentLineId", "CurrencyIsoCode"];
    assert_eq!(
        table(&rows_of(&ledger, 1), of, &ids),
        [format!("{payment} {invoice} - USD"), format!("{payment} {invoice} {line} USD")]
    );
}

#[test]
fn a_payment_applied_to_a_line_and_a_refund_entered() {
    let mut ledger = Ledger::new();
    let payment = ledger.pay(1, "100.00", "USD");
    let (_, lines) = ledger.invoice("USD", &["50.00", "20.00"]);
    let body = json!({"appliedToId": lines[0], "amount": "40.00", "comments": "part", "effectiveDate": "2026-02-01", "associatedAccountId": "002"});
    assert_eq!(ledger.apply_with(&payment, &body, json!({})).status, 201);
    let refund = ledger.refund(1, 1, "30.00", TransactionStatus::Processed);
    assert_eq!(ledger.apply_refund(&refund, &payment, "30.00").status, 201);
    let rows = rows_of(&ledger, 1);
    let fields = [
        "Type",
        "UnappliedStatus",
        "Amount",
        "AppliedImpactAmount",
        "InvoiceLineBalance",
        "InvoiceBalance",
        "PaymentBalance",
    ];
    assert_eq!(table(&rows, "PaymentLineInvoiceLine", &fields), ["Applied No 40.00 -40.00 10.00 30.00 60.00"]);
    let fields = ["InvoiceLineId", "Comments", "EffectiveDate", "AssociatedAccountId"];
    assert_eq!(
        table(&rows, "PaymentLineInvoiceLine", &fields),
        [format!("{} part 2026-02-01T00:00:00.000Z 002", lines[0])]
    );
    let fields = [
        "Type",
        "HasBeenUnapplied",
        "Amount",
        "ImpactAmount",
        "RefundBalance",
        "PaymentBalance",
        "RefundId",
        "PaymentId",
    ];
    assert_eq!(
        table(&rows, "RefundLinePayment", &fields),
        [format!("Applied No 30.00 30.00 0.00 30.00 {refund} {payment}")]
    );
    assert_eq!(table(&rows, "Payment", &["NetApplied", "NetRefundApplied", "Balance"]), ["40.00 30.00 30.00"]);
}

#[test]
fn an_invoice_with_its_lines_as_it_is_settled() {
    let mut ledger = Ledger::at_level("Invoice");
    let line = json!({"type": "Charge", "name": "Hat", "productId": "01t1", "quantity": "2.5", "unitPrice": "0.001", "lineAmount": "40.00", "taxAmount": "8.00"});
    let body = json!({"status": "Posted", "uniqueIdentifier": "INV-1", "billingAccountId": "001", "currencyIsoCode": "USD",
        "invoiceDate": "2026-01-01", "dueDate": "2026-01-31", "lines": [line, {"lineAmount": "2.00"}]});
    let id = ledger.ingest(&body).json()["id"].as_str().unwrap().to_owned();
    let payment = ledger.pay(1, "100.00", "USD");
    let amounts = [
        "Status",
        "SettlementStatus",
        "SettlementLevel",
        "TotalAmountWithTax",
        "NetPaymentsApplied",
        "Balance",
        "FullSettlementDate",
    ];
    assert_eq!(table(&rows_of_invoice(&ledger, &id), "Invoice", &amounts), ["Posted Not Settled - 50.00 0.00 50.00 -"]);
    ledger.apply(&payment, &id, "20.00");
    assert_eq!(
        table(&rows_of_invoice(&ledger, &id), "Invoice", &amounts),
        ["Posted Partially Settled Invoice 50.00 20.00 30.00 -"]
    );
    ledger.now += DAY;
    ledger.apply(&payment, &id, "30.00");
    let rows = rows_of_invoice(&ledger, &id);
    assert_eq!(table(&rows, "Invoice", &amounts), ["Posted Settled Invoice 50.00 50.00 0.00 2026-01-02T00:00:00.000Z"]);
    let fields = [
        "UniqueIdentifier",
        "BillingAccountId",
        "InvoiceDate",
        "DueDate",
        "ShouldExcludePayment",
        "PostedDate",
        "LastModifiedDate",
    ];
    assert_eq!(
        table(&rows, "Invoice", &fields),
        ["INV-1 001 2026-01-01 2026-01-31 false 2026-01-01T00:00:00.000Z 2026-01-02T00:00:00.000Z"]
    );
    let fields =
        ["Type", "Name", "Product2Id", "Quantity", "UnitPrice", "LineAmount", "TaxAmount", "Balance", "InvoiceStatus"];
    assert_eq!(
        table(&rows, "InvoiceLine", &fields),
        ["Charge Hat 01t1 2.5 0.001 40.00 8.00 48.00 Posted", "Charge - - - - 2.00 0.00 2.00 Posted"]
    );
    assert_eq!(table(&rows, "InvoiceLine", &["InvoiceId"]), [id.clone(), id.clone()]);
    // Those that are listed later are those of the commit.
    let context = json!({"now": ledger.now, "entropy": "0".repeat(32), "gateway": {"provider": "simulator", "keyWindowMs": 0, "inquire": []}});
    let listed = core::list_rows(&context.to_string(), &ledger.rows[&format!("invoice/{id}")].value);
    let listed: serde_json::Value = serde_json::from_str(listed.split('\n').nth(2).unwrap()).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 3);
    assert_eq!(listed[0]["fields"]["Balance"], "0.00");
}

#[test]
fn the_lists_of_values_are_those_of_the_records() {
    let values = |name: &str, field: &str| object(name).unwrap().field(field).unwrap().values.to_vec();
    let sorted = |texts: &mut dyn Iterator<Item = &'static str>| {
        let mut texts: Vec<&str> = texts.collect();
        texts.sort_unstable();
        texts
    };
    assert_eq!(values("Invoice", "Status"), sorted(&mut InvoiceStatus::ALL.iter().map(|each| each.as_str())));
    assert_eq!(
        values("Invoice", "SettlementStatus"),
        sorted(&mut SettlementStatus::ALL.iter().map(|each| each.as_str()))
    );
    assert_eq!(
        values("Invoice", "SettlementLevel"),
        sorted(&mut SettlementLevel::ALL.iter().map(|each| each.as_str()))
    );
    assert_eq!(values("InvoiceLine", "Type"), sorted(&mut InvoiceLineType::ALL.iter().map(|each| each.as_str())));
    for each in ApplicationObject::ALL {
        assert_eq!(object(each.as_str()).unwrap().prefix, each.id_kind().prefix());
    }
    for each in MethodObject::ALL {
        let described = object(each.as_str()).unwrap().field("Status").unwrap().values;
        let method = method(*each, "1");
        let table: Vec<&str> = method.table().moves.iter().map(|(from, _, _)| from.as_str()).collect();
        assert!(table.iter().all(|status| described.contains(status)), "{}", each.as_str());
        assert!(described.iter().all(|status| table.contains(status)), "{}", each.as_str());
    }
}

fn method(object: MethodObject, token: &str) -> PaymentMethod {
    let date = Timestamp::from_milliseconds(START).unwrap();
    let details = [
        ("GatewayTokenDetails", "tok_details"),
        ("CardHolderName", "Jane Doe"),
        ("CardLastFour", "0042"),
        ("IsAutoPayEnabled", "true"),
    ];
    let details = details.into_iter().filter(|_| object == MethodObject::Card);
    PaymentMethod {
        id: id_of("spm", token.parse().unwrap()),
        object,
        status: MethodStatus::Active,
        account_id: "001".to_owned(),
        gateway_id: "simulator".to_owned(),
        merchant_account_id: None,
        token: Some(Redacted::new(["tok_", token].concat())),
        customer_reference: Some("cus_1".to_owned()),
        checksum: Some("sum".to_owned()),
        is_default: false,
        expiry_month: Some(9),
        expiry_year: Some(2030),
        nickname: Some("mine".to_owned()),
        date,
        changed: date.plus(1000),
        details: details.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    }
}

#[test]
fn payment_methods_without_their_tokens() {
    let date = Timestamp::from_milliseconds(START).unwrap();
    let mut state = State::of_account(id_of("pgrp", 1), "001".to_owned(), date);
    let objects = [MethodObject::Card, MethodObject::Wallet, MethodObject::Alternative];
    let methods: Vec<PaymentMethod> =
        objects.iter().zip(["1", "2", "3"]).map(|(each, token)| method(*each, token)).collect();
    state.account = Some(Account { methods, ..Account::new("001".to_owned()) });
    let of_account = rows(&state, "simulator");
    check(&of_account);
    let fields = [
        "AccountId",
        "Status",
        "CardHolderName",
        "CardLastFour",
        "ExpiryMonth",
        "ExpiryYear",
        "IsDefault",
        "IsAutoPayEnabled",
        "PaymentGatewayId",
        "GatewayReference",
        "NickName",
        "ProcessingMode",
        "LastModifiedDate",
    ];
    assert_eq!(
        table(&of_account, "CardPaymentMethod", &fields),
        ["001 Active Jane Doe 0042 9 2030 false true pgw_simulator cus_1 mine Salesforce 2026-01-01T00:00:01.000Z"]
    );
    assert_eq!(table(&of_account, "DigitalWallet", &["AccountId", "IsAutoPayEnabled"]), ["001 false"]);
    assert_eq!(table(&of_account, "AlternativePaymentMethod", &["Id"]), [id_of("spm", 3)]);
    assert_eq!(of_account.len(), 3, "an account has no payment group for its readers");
}

#[test]
fn a_payment_method_whose_token_was_made_elsewhere() {
    let mut ledger = Ledger::new();
    let body = json!({"checksum": "fp_1", "paymentGatewayId": "simulator", "referenceOwnerId": "001", "gatewayReference": "cus_7",
        "gatewayToken": "tok_x", "type": "card", "last4": "0042", "expiryMonth": 9, "expiryYear": 2030, "network": "visa",
        "name": "Jane Doe", "usageType": "OffSession", "isDefault": true, "isMerchantCreated": true, "billingCity": "Utrecht"});
    let reply = ledger.ask(methods::import_payment_method, json!({}), &body.to_string());
    assert_eq!(reply.status, 201, "{reply:?}");
    let state = checkout_payments::wire::context::read_state(&ledger.rows["account/001"].value).unwrap().unwrap();
    let of_account = rows(&state, "simulator");
    check(&of_account);
    let fields = [
        "ReferenceOwnerId",
        "Checksum",
        "GatewayReference",
        "Type",
        "Last4",
        "Network",
        "Name",
        "UsageType",
        "IsDefault",
        "IsMerchantCreated",
        "BillingCity",
        "ProcessingMode",
        "Status",
    ];
    assert_eq!(
        table(&of_account, "SavedPaymentMethod", &fields),
        ["001 fp_1 cus_7 card 0042 visa Jane Doe OffSession true true Utrecht External Active"]
    );
}
