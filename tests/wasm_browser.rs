//! The core as wasm, in a headless browser: where a page runs it.
#![cfg(target_arch = "wasm32")]

mod wasm_scenarios;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_good_request_is_valid() {
    wasm_scenarios::a_good_request_is_valid();
}

#[wasm_bindgen_test]
fn a_bad_request_names_its_fields() {
    wasm_scenarios::a_bad_request_names_its_fields();
}

#[wasm_bindgen_test]
fn money_has_its_currency_s_digits() {
    wasm_scenarios::money_has_its_currency_s_digits();
}

#[wasm_bindgen_test]
fn preview_says_what_a_first_payment_does() {
    wasm_scenarios::preview_says_what_a_first_payment_does();
}

#[wasm_bindgen_test]
fn a_payment_is_announced_then_answered() {
    wasm_scenarios::a_payment_is_announced_then_answered();
}

#[wasm_bindgen_test]
fn the_same_input_gives_the_same_step() {
    wasm_scenarios::the_same_input_gives_the_same_step();
}

#[wasm_bindgen_test]
fn bad_calls_leave_memory_flat() {
    wasm_scenarios::bad_calls_leave_memory_flat();
}
