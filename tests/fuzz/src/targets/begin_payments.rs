//! `beginPayments`, and `locatePayments` with the same body.

use checkout_payments::wire::payments;
use serde_json::{Value, json};

use super::advance;
use super::edit::edited;
use super::given::Given;
use super::input::{Input, raw};
use super::oracle::{self, Trust};

const OPERATIONS: [&str; 7] =
    ["authorizations", "postAuths", "captures", "reversals", "sales", "refunds", "payment-methods"];

const BODIES: [&str; 6] = [
    r#"{"amount":"30.00"}"#,
    r#"{"amount":129.90,"comments":"by phone","additionalData":{"a":"1"},"clientContext":"batch"}"#,
    r#"{"accountId":"001","amount":"10.00","currencyIsoCode":"USD","effectiveDate":"2026-11-21T10:00:00+01:00","paymentMethod":{"alternativePaymentMethod":{"gatewayToken":"tok_new"}}}"#,
    r#"{"accountId":"001","amount":5,"currencyIsoCode":"KWD","paymentMethod":{"id":"pm_1"},"paymentGroup":{"createPaymentGroup":true,"sourceObjectId":"801"},"idempotencyKey":"key-1"}"#,
    r#"{"amount":"33.00","currencyIsoCode":"USD","paymentMethod":{"cardPaymentMethod":{"gatewayToken":"tok_new","expiryMonth":12,"expiryYear":2030,"cardType":"VISA"},"saveForFuture":true},"enhancedPaymentData":{"totalTaxAmount":3,"lineItems":[{"quantity":3,"unitPrice":"10.00","lineItemTotal":"30.00","name":"Hat"}]}}"#,
    r#"{"cardPaymentMethod":{"gatewayToken":"tok_new"},"address":{"city":"Los Angeles"},"paymentGatewayId":"simulator"}"#,
];

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if !input.flag() {
        let [context, state, body] = raw(input.rest());
        let (context, state) = (String::from_utf8_lossy(context), String::from_utf8_lossy(state));
        oracle::step(&payments::locate_payments(&context, body), Trust::None);
        oracle::step(&payments::begin_payments(&context, &state, body), Trust::None);
        return;
    }
    let mut given = Given::read(&mut input);
    given.context["operation"] = json!(input.choose(&OPERATIONS));
    let records = records(&given.situation.state);
    if !records.is_empty() && input.below(4) > 0 {
        given.context["targetId"] = input.pick(&records).clone();
    }
    let (context, is_of_contract) = given.context_text(&mut input);
    let mut body: Value = serde_json::from_str(input.choose(&BODIES)).unwrap();
    if input.below(4) == 0 {
        body["paymentGroupId"] = given.situation.state["group"]["id"].clone();
    }
    let body = if input.below(12) == 0 { input.rest().to_vec() } else { edited(&body, &mut input).0.into_bytes() };
    let trust = Trust::of(is_of_contract, given.state_is_whole);
    oracle::step(&payments::locate_payments(&context, &body), trust);
    let step = oracle::step(&payments::begin_payments(&context, &given.state, &body), trust);
    advance::follow(step, &given, trust, &mut input);
}

/// The ids of the state's records.
fn records(state: &Value) -> Vec<Value> {
    let kinds = ["paymentAuthorizations", "payments", "refunds", "paymentAuthAdjustments"];
    let all = kinds.iter().flat_map(|kind| state["group"][kind].as_array().into_iter().flatten());
    all.map(|record| record["id"].clone()).collect()
}
