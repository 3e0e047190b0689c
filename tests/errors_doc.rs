//! `docs/errors.md` explains every code that the sources can give, and no other.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use checkout_payments::checkout::answer::ErrorType;
use checkout_payments::checkout::reentrancy::Objection;
use checkout_payments::domain::error_code::ErrorCode;
use checkout_payments::domain::result_code::ResultCode;

#[test]
fn every_code_of_the_core_is_explained() {
    let codes = ErrorCode::ALL.iter().map(|code| code.as_str());
    let types = ErrorType::ALL.iter().map(|error_type| error_type.as_str());
    let objections = Objection::ALL.iter().map(|objection| objection.as_str());
    for code in codes.chain(types).chain(objections) {
        assert!(explained().contains(code), "docs/errors.md does not explain {code}");
    }
}

#[test]
fn every_code_of_the_host_is_explained() {
    let thrown = codes_in_host();
    assert!(thrown.contains("CHECKOUT_NOT_FOUND"), "the host's sources were read: {thrown:?}");
    for code in thrown {
        assert!(explained().contains(&code), "docs/errors.md does not explain {code}");
    }
}

#[test]
fn every_code_of_the_package_is_explained() {
    let text = fs::read_to_string(root().join("pkg/src/errors.ts")).unwrap();
    let list = text.lines().skip_while(|line| !line.starts_with("export type ErrorCode")).skip(1);
    let codes: Vec<&str> = list
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.trim().strip_prefix("| \"")?.split('"').next())
        .collect();
    assert!(codes.contains(&"network_failed"), "{codes:?}");
    for code in codes {
        assert!(explained().contains(code), "docs/errors.md does not explain {code}");
    }
}

#[test]
fn nothing_is_explained_that_does_not_exist() {
    let known = codes_in_host();
    for code in explained().iter().filter(|code| is_error_code(code)) {
        assert!(
            known.contains(code) || ErrorCode::parse(code).is_some(),
            "docs/errors.md explains {code}, which nothing gives"
        );
    }
    for uri in explained().iter().filter(|code| code.starts_with("/commerce")) {
        assert!(ErrorType::parse(uri).is_some(), "docs/errors.md explains {uri}, which nothing gives");
    }
}

#[test]
fn the_types_table_names_result_codes_that_exist() {
    let text = doc();
    let rows = text.lines().filter(|line| line.starts_with("| `/commerce"));
    for row in rows {
        let code = row.split('|').nth(2).unwrap().trim();
        assert!(code == "–" || ResultCode::parse(code).is_some(), "{row}");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn doc() -> String {
    fs::read_to_string(root().join("docs/errors.md")).unwrap()
}

/// Every text in backquotes.
fn explained() -> BTreeSet<String> {
    doc()
        .lines()
        .filter(|line| !line.starts_with("```"))
        .flat_map(|line| line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// `LIKE_THIS`
fn is_error_code(text: &str) -> bool {
    text.contains('_') && text.chars().all(|sign| sign.is_ascii_uppercase() || sign == '_')
}

/// The error codes that stand as strings in the host's sources, `pkg/src` and `www/server`.
fn codes_in_host() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut folders = vec![root().join("pkg/src"), root().join("www/server")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "ts" || extension == "js") {
                codes.extend(refusals(&fs::read_to_string(&path).unwrap()));
            }
        }
    }
    codes
}

/// The codes behind a status: `(404, "NOT_FOUND"`.
fn refusals(text: &str) -> Vec<String> {
    text.split("(")
        .filter_map(|call| {
            let (status, rest) = call.split_once(", \"")?;
            let code = rest.split('"').next()?;
            (status.parse::<u16>().is_ok() && is_error_code(code)).then(|| code.to_owned())
        })
        .collect()
}
