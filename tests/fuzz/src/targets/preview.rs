//! `preview`.

use checkout_payments::wire::core;
use checkout_payments::wire::preview::preview;
use serde_json::json;

use super::edit::edited;
use super::given::Given;
use super::input::{Input, raw_texts};
use super::oracle::{self, Trust};
use super::requests;

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (existing, request, options) = if input.flag() {
        structured(&mut input)
    } else {
        let [existing, request, options] = raw_texts(input.rest());
        (existing, request, options)
    };
    let answer = oracle::json(&preview(&existing, &request, &options));
    match answer["allowed"].as_bool() {
        Some(true) => assert!(answer["steps"].is_array() && answer["summary"].is_string(), "{answer}"),
        Some(false) => assert!([400, 422].contains(&answer["status"].as_u64().unwrap()), "{answer}"),
        None => panic!("allowed or not? {answer}"),
    }
}

/// The view of a group, as a page has got it, a request and options; each perhaps spoilt.
fn structured(input: &mut Input<'_>) -> (String, String, String) {
    let given = Given::read(input);
    let (context, is_of_contract) = given.context_text(input);
    let trust = Trust::of(is_of_contract, given.state_is_whole);
    let view = oracle::step(&core::read_payments(&context, &given.state), trust).body;
    let (view, _) = edited(&oracle::json(&view), input);
    let request = requests::json(input);
    let checkout = &given.context["checkout"];
    let mut options = json!({"amount": checkout["amount"], "currencyIsoCode": checkout["currencyIsoCode"]});
    for name in ["apiVersion", "releaseOrder"] {
        if !given.context[name].is_null() {
            options[name] = given.context[name].clone();
        }
    }
    (view, request, edited(&options, input).0)
}
