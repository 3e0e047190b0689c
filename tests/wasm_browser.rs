//! The core as wasm, in a headless browser: where a page runs it.
#![cfg(target_arch = "wasm32")]

#[macro_use]
mod wasm_scenarios;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

test_scenarios!();
