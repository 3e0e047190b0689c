//! The `wasm-bindgen` command, under a name the compiler lets a crate of version 0.1 have.

use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wbg: {error:#}");
            ExitCode::FAILURE
        }
    }
}
