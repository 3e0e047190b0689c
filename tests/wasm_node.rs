//! The core as wasm, in Node: where a server runs it.
#![cfg(target_arch = "wasm32")]

#[macro_use]
mod wasm_scenarios;

use wasm_bindgen_test::wasm_bindgen_test;

test_scenarios!();
