//! `listRows`.

use checkout_payments::wire::core;

use super::given::Given;
use super::input::{Input, raw_texts};
use super::oracle::{self, Trust};

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if !input.flag() {
        let [context, state] = raw_texts(input.rest());
        oracle::step(&core::list_rows(&context, &state), Trust::None);
        return;
    }
    let given = Given::read(&mut input);
    let (context, is_of_contract) = given.context_text(&mut input);
    // The rows are of a group: without one, the host has broken the contract.
    let trust = Trust::of(is_of_contract && !given.state.is_empty(), given.state_is_whole);
    let step = oracle::step(&core::list_rows(&context, &given.state), trust);
    assert!(!step.commits(), "reading writes nothing: {step:?}");
    assert!(!given.state_is_whole || !step.body.contains("tok_"), "no token is shown: {step:?}");
}
