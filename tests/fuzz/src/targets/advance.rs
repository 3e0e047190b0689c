//! `advance`.

use checkout_payments::wire::core;
use serde_json::{Value, json};

use super::context::context;
use super::edit::edited;
use super::given::Given;
use super::input::{Input, raw_texts};
use super::oracle::{self, Trust};
use crate::support::step::Step;

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if !input.flag() {
        let [context, state, outcome] = raw_texts(input.rest());
        oracle::step(&core::advance(&context, &state, &outcome), Trust::None);
        return;
    }
    let mut given = Given::read(&mut input);
    let steps = given.steps();
    let some = (!steps.is_empty()).then(|| input.choose(&steps));
    let call_id = some.map(|(operation, at, step)| {
        let mode = input.choose(&["first", "repeat", "question"]);
        format!("{operation}/{at}/{}/{mode}", step["attempt"])
    });
    // Without a call to answer the host has broken the contract.
    let is_answer = call_id.is_some() && some.is_some_and(|(_, _, step)| step["status"] != "planned");
    let outcome = outcome(some.map(|(_, _, step)| step), &mut input);
    given.context["callId"] = json!(call_id.unwrap_or_default());
    let (context, is_of_contract) = given.context_text(&mut input);
    let trust = Trust::of(is_of_contract && is_answer, given.state_is_whole);
    let step = oracle::step(&core::advance(&context, &given.state, &outcome), trust);
    follow(step, &given, trust, &mut input);
}

/// Answers what is called for, a few times, as long as the input goes on.
pub fn follow(mut step: Step, given: &Given, trust: Trust, input: &mut Input<'_>) {
    let mut now = given.context["now"].as_i64().unwrap_or(given.situation.now);
    for _ in 0..6 {
        let Some(call) = step.call().cloned() else { return };
        if input.is_empty() {
            return;
        }
        let mut context = context(now, input);
        now = context["now"].as_i64().unwrap_or(now);
        context["callId"] = call["id"].clone();
        let outcome = outcome(Some(&call), input);
        step = oracle::step(&core::advance(&context.to_string(), &step.state, &outcome), trust);
    }
}

/// Any outcome: about this call or step, or another, or spoilt.
fn outcome(about: Option<&Value>, input: &mut Input<'_>) -> String {
    const CODES: [&str; 7] =
        ["Success", "Decline", "PermanentFail", "RequiresReview", "ValidationError", "SystemError", "Indeterminate"];
    let kind = input.byte();
    if kind == 0xFF {
        return input.text();
    }
    let mut outcome = json!({"resultCode": input.choose(&CODES)});
    let flags = input.byte();
    for (bit, name) in [(1, "pending"), (2, "notFound"), (4, "captured")] {
        if flags & bit != 0 {
            outcome[name] = json!(true);
        }
    }
    if let Some(about) = about.filter(|_| flags & 8 == 0) {
        outcome["amount"] = about["amount"].clone();
        outcome["currencyIsoCode"] = about["currencyIsoCode"].clone();
    }
    match input.below(4) {
        0 => outcome["gatewayReference"] = json!(format!("gw_{}", input.below(8))),
        1 => outcome["gatewayReference"] = about.map(|about| about["gatewayReference"].clone()).unwrap_or_default(),
        2 => outcome["paymentData"] = json!({"reference": input.text()}),
        _ => {}
    }
    edited(&outcome, input).0
}
