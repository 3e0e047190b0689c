//! `notify`.

use checkout_payments::wire::core;
use serde_json::json;

use super::advance;
use super::edit::edited;
use super::given::Given;
use super::input::{Input, raw_texts};
use super::oracle::{self, Trust};

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if !input.flag() {
        let [context, state, notification] = raw_texts(input.rest());
        oracle::step(&core::notify(&context, &state, &notification), Trust::None);
        return;
    }
    let given = Given::read(&mut input);
    let (notification, notification_was_spoilt) = notification(&given, &mut input);
    let (context, is_of_contract) = given.context_text(&mut input);
    let is_of_contract = is_of_contract && !notification_was_spoilt && !given.state.is_empty();
    let trust = Trust::of(is_of_contract, given.state_is_whole);
    let step = oracle::step(&core::notify(&context, &given.state, &notification), trust);
    advance::follow(step, &given, trust, &mut input);
}

/// A notification about one of the group's steps, or about none; whether it was spoilt.
fn notification(given: &Given, input: &mut Input<'_>) -> (String, bool) {
    let mut notification = json!({
        "provider": "simulator", "gatewayReference": "gw_unknown", "event": input.choose(&["succeeded", "failed"]),
    });
    let steps = given.steps();
    if !steps.is_empty() {
        let (_, _, step) = input.choose(&steps);
        let named = input.byte();
        if named & 1 == 0 {
            notification["ourReference"] = step["reference"].clone();
        }
        if named & 2 == 0 {
            notification["operation"] = step["operation"].clone();
        }
        if named & 4 == 0 {
            notification["amount"] = step["amount"].clone();
            notification["currencyIsoCode"] = step["currencyIsoCode"].clone();
        }
        let reference = [&step["outcome"]["gatewayReference"], &step["gatewayReference"]];
        if let Some(reference) = input.choose(&reference).as_str() {
            notification["gatewayReference"] = json!(reference);
        }
    }
    edited(&notification, input)
}
