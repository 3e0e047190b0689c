//! A host's context, every member of it a choice of the input; well-formed before it is spoilt.

use serde_json::{Value, json};

use super::input::Input;

const SECOND: i64 = 1_000;
const DAY: i64 = 86_400_000;

/// Totals a cart may have, each money of its currency.
const TOTALS: [(&str, &str); 7] = [
    ("129.90", "USD"),
    ("99.00", "USD"),
    ("0.00", "USD"),
    ("9999999999999999.99", "USD"),
    ("129.90", "EUR"),
    ("1299", "JPY"),
    ("1.500", "KWD"),
];

/// The context of a call some time after `since`.
pub fn context(since: i64, input: &mut Input<'_>) -> Value {
    let waits = [0, SECOND, 5 * SECOND, 126 * SECOND, 700 * SECOND, 3_600 * SECOND, DAY, 400 * DAY, -DAY];
    let (amount, currency) = input.choose(&TOTALS);
    let now = since + input.choose(&waits);
    let inquire =
        [json!(["ourReference", "gatewayReference"]), json!(["ourReference"]), json!(["gatewayReference"]), json!([])];
    let mut context = json!({
        "now": now,
        "entropy": format!("{:032x}", u128::from(input.byte()) << 64),
        "gateway": {"provider": "simulator", "keyWindowMs": input.choose(&[86_400_000_u32, 0, 1_000, u32::MAX]), "inquire": input.pick(&inquire)},
        "checkout": {
            "id": "2z9000000000001AAA", "webstoreId": "0ZE000000000001GAA", "status": input.choose(&["open", "closed"]),
            "amount": amount, "currencyIsoCode": currency, "digest": input.choose(&["cart-1", "cart-2"]),
        },
        "orderReferenceNumber": "ORD-1",
    });
    if input.choose(&[false, true]) {
        context["gateway"]["captureReleasesRest"] = json!(true);
    }
    let mut optional = |name: &str, choices: &[Value]| {
        let choice = input.below(choices.len() + 1);
        if let Some(value) = choice.checked_sub(1).map(|at| choices[at].clone()) {
            context[name] = value;
        }
    };
    optional("releaseOrder", &[json!("release-first"), json!("authorize-first")]);
    optional("takeOver", &[json!(true), json!(false)]);
    optional("resolved", &[json!(true)]);
    optional("passStartedAt", &[json!(now), json!(0)]);
    optional("idempotencyKey", &[json!("key-1"), json!("key-2"), json!("k".repeat(256))]);
    optional("apiVersion", &["55.0", "62.0", "63.0", "64.0", "67.0", "54.0"].map(|version| json!(version)));
    optional(
        "contentType",
        &["application/xml", "application/json; charset=utf-8", "text/plain"].map(|kind| json!(kind)),
    );
    optional("accept", &["application/xml", "application/xml;q=0.5, */*;q=0.1", "*/*"].map(|kind| json!(kind)));
    optional("accountId", &[json!("001000000000001AAA")]);
    context
}
