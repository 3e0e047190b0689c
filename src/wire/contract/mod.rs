//! The HTTP contract, made from the Rust types and tables and from the table of routes. `pkg/openapi.json` is its committed result;
//! this test fails when the two differ. `UPDATE_WIRE=1 cargo test --lib wire` writes it, and the TypeScript, anew.
//!
//! Nothing of this is in the wasm.

mod document;
pub mod forms;
mod host_schemas;
mod refusals;
mod routes;
mod schema;
pub mod shapes;

use super::typescript_objects::currency_codes;

/// Compares what was made with what is committed, or commits it when `UPDATE_WIRE` says so.
pub fn same_as_committed(file: &str, made: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_WIRE").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == made, "{file} differs: run UPDATE_WIRE=1 cargo test --lib wire");
}

#[test]
fn the_contract_is_what_the_rust_types_say() {
    let document = document::document(&currency_codes());
    same_as_committed("pkg/openapi.json", &(serde_json::to_string_pretty(&document).unwrap() + "\n"));
}

#[test]
fn every_code_of_the_contract_stands_in_the_list_of_errors_with_its_status() {
    let list = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/errors.md")).unwrap();
    for (status, code) in document::told_codes() {
        let row = list.lines().find(|line| line.starts_with(&format!("| `{code}` |")));
        let statuses =
            row.and_then(|row| row.split('|').nth(2)).unwrap_or_else(|| panic!("{code} is not in docs/errors.md"));
        assert!(statuses.contains(&status.to_string()), "docs/errors.md has {code} with {statuses}, not with {status}");
    }
}
