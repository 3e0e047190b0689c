//! Runs `#[wasm_bindgen_test]` tests in Node or in a headless browser; cargo calls it for every test binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wbg-test-runner: {error:#}");
            ExitCode::FAILURE
        }
    }
}
