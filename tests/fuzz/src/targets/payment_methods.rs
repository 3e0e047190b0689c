//! The functions about saved payment methods, over an account that was really made and spoilt rows and bodies.

use checkout_payments::engine::invariants;
use checkout_payments::wire::context::read_state;
use checkout_payments::wire::methods;
use serde_json::{Value, json};

use super::edit::edited;
use super::input::{Input, raw};
use super::oracle;

const FUNCTIONS: usize = 7;

const BODIES: [&str; 4] = [
    r#"{"isDefault":true,"status":"InActive","nickName":"Mine","expiryMonth":12,"expiryYear":2030}"#,
    r#"{"checksum":"fp","paymentGatewayId":"simulator","referenceOwnerId":"001","gatewayReference":"cus","gatewayToken":"secret_new","type":"card","expiryMonth":12,"expiryYear":2030,"isDefault":true}"#,
    r#"{"records":[{"Checksum":"fp","PaymentGatewayId":"simulator","ReferenceOwnerId":"001","GatewayReference":"cus","GatewayToken":"secret_new","Type":"sepa_debit","ExpiryMonth":"1","ExpiryYear":"31"}]}"#,
    r#"[{"checksum":"a","paymentGatewayId":"simulator","referenceOwnerId":"001","gatewayReference":"cus","status":"AwaitingPayment","type":"extd_wallet","extendedPaymentMethodType":"PayPal"},{"checksum":"a"},7]"#,
];

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if !input.flag() {
        let [context, rows, body] = raw(input.rest());
        let (context, rows) = (String::from_utf8_lossy(context), String::from_utf8_lossy(rows));
        (0..FUNCTIONS).for_each(|function| answered(&ask(function, &context, &rows, body), false));
        return;
    }
    let account = account();
    let id = account["account"]["paymentMethods"][0]["id"].clone();
    let names = ["account/001", id.as_str().unwrap(), "group"];
    let mut context = json!({
        "now": 1_767_225_600_000_u64, "entropy": "0".repeat(32), "gateway": {"provider": "simulator", "keyWindowMs": 86_400_000, "inquire": []},
        "paymentMethodId": id, "accountId": "001", "groupKey": "group", "pageSize": input.choose(&["1", "200", "0", "x"]),
    });
    if input.flag() {
        context["pageToken"] = id.clone();
    }
    context["loaded"] = names
        .iter()
        .map(|name| json!({"name": name, "key": if *name == "group" { "group" } else { "account/001" }}))
        .collect();
    let (state, spoilt) = if input.below(4) == 0 { edited(&account, &mut input) } else { (account.to_string(), false) };
    let state = state.replace('\n', " ");
    let rows = [state.as_str(); 3].join("\n");
    let (context, _) = edited(&context, &mut input);
    let body: Value = serde_json::from_str(input.choose(&BODIES)).unwrap();
    let (body, _) = edited(&body, &mut input);
    let function = input.below(FUNCTIONS);
    answered(&ask(function, &context, &rows, body.as_bytes()), !spoilt);
}

fn ask(function: usize, context: &str, rows: &str, body: &[u8]) -> String {
    match function {
        0 => methods::save_payment_methods(context, rows),
        1 => methods::change_payment_method(context, rows, body),
        2 => methods::cancel_payment_method(context, rows),
        3 => methods::read_payment_method(context, rows),
        4 => methods::list_payment_methods(context, rows),
        5 => methods::import_payment_method(context, rows, body),
        _ => methods::import_payment_methods(context, rows, body),
    }
}

/// An account with a method, and one that is to be saved for it.
fn account() -> Value {
    let method = json!({
        "id": "spm_01kdvds429e1r8000000000000", "object": "CardPaymentMethod", "status": "Active", "accountId": "001",
        "paymentGatewayId": "simulator", "gatewayToken": "secret_1", "checksum": "fp", "expiryMonth": 1, "expiryYear": 2030,
        "createdDate": "2026-01-01T00:00:00.000Z", "lastModifiedDate": "2026-01-01T00:00:00.000Z",
    });
    let mut to_save = method.clone();
    to_save["id"] = json!("spm_01kdvds429e1r8000000000001");
    json!({
        "schema": 1, "operations": [], "releasesOwed": [], "account": {"id": "001", "paymentMethods": [method]},
        "paymentMethodsToSave": [{"reference": "pay_1", "paymentMethod": to_save}],
        "group": {
            "id": "pgrp_1", "webstoreId": "", "checkoutId": "", "date": "2026-01-01T00:00:00.000Z", "paymentAuthorizations": [],
            "paymentAuthAdjustments": [], "payments": [], "refunds": [],
        },
    })
}

/// Holds an answer to `docs/core.md`, Rows. A step of three lines tells of the host's own bug.
fn answered(text: &str, is_whole: bool) {
    let mut lines = text.split('\n');
    let header = oracle::json(lines.next().unwrap());
    if header.get("load").is_some() {
        assert_eq!(lines.next(), None, "{text}");
        return;
    }
    if header["status"] == 500 {
        return assert!(header.get("rows").is_none(), "nothing follows from what could not be used: {text}");
    }
    let body = lines.next().unwrap();
    oracle::json(body);
    // An edit may have put the token's text where something stands that is told.
    assert!(!is_whole || !body.contains("secret_"), "a token is told: {text}");
    let values: Vec<&str> = lines.collect();
    assert_eq!(values.len(), header["rows"].as_array().unwrap().len(), "{text}");
    for value in values {
        let state = read_state(value).unwrap_or_else(|error| panic!("{error:?}: {text}")).unwrap();
        assert!(!is_whole || invariants::broken(&state) == Ok(None), "{text}");
    }
}
