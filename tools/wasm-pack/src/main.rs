//! The `wasm-pack` command, pinned by `tools/Cargo.lock`. It differs from the published one in one thing: it does not ask the
//! network whether there is a newer version.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = wasm_pack::Cli::parse();
    wasm_pack::PBAR.set_log_level(args.log_level);
    if args.quiet {
        wasm_pack::PBAR.set_quiet(true);
    }
    match wasm_pack::command::run_wasm_pack(args.cmd) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wasm-pack: {error:#}");
            ExitCode::FAILURE
        }
    }
}
