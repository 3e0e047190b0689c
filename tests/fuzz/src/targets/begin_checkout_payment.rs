//! `beginCheckoutPayment`.

use checkout_payments::wire::core;

use super::given::Given;
use super::input::{Input, raw};
use super::oracle::{self, Trust};
use super::{advance, requests};

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if !input.flag() {
        let [context, state, body] = raw(input.rest());
        let (context, state) = (String::from_utf8_lossy(context), String::from_utf8_lossy(state));
        oracle::step(&core::begin_checkout_payment(&context, &state, body), Trust::None);
        return;
    }
    let given = Given::read(&mut input);
    let (context, is_of_contract) = given.context_text(&mut input);
    let body = requests::body(&mut input);
    let trust = Trust::of(is_of_contract, given.state_is_whole);
    let step = oracle::step(&core::begin_checkout_payment(&context, &given.state, &body), trust);
    advance::follow(step, &given, trust, &mut input);
}
