//! `recover`.

use checkout_payments::wire::core;

use super::advance;
use super::given::Given;
use super::input::{Input, raw_texts};
use super::oracle::{self, Trust};

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if !input.flag() {
        let [context, state] = raw_texts(input.rest());
        oracle::step(&core::recover(&context, &state), Trust::None);
        return;
    }
    let given = Given::read(&mut input);
    let (context, is_of_contract) = given.context_text(&mut input);
    let trust = Trust::of(is_of_contract, given.state_is_whole);
    let step = oracle::step(&core::recover(&context, &given.state), trust);
    advance::follow(step, &given, trust, &mut input);
}
