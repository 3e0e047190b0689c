//! Holds the sources to the layers of DESIGN §3: arrows point down only.
//!
//! It reads `src/` as text. Comments and strings don't count; every path that begins with `crate`, `super` or `self` is
//! resolved to the layer it reaches, however it is written.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers and their heights; the prelude is below all of them. A layer may use itself and what is lower; layers of one height are siblings
/// and never meet.
const LAYERS: &[(&str, i32)] = &[
    ("prelude", -1),
    ("domain", 0),
    ("records", 1),
    ("gateway", 2),
    ("engine", 3),
    ("checkout", 4),
    ("payments", 4),
    ("billing", 4),
    ("wire", 5),
    ("wasm", 6),
];

/// What only the bindings may name.
const HOST_CRATES: &[&str] = &["wasm_bindgen", "js_sys", "web_sys", "serde_wasm_bindgen"];

/// What an amount must never pass through.
const FLOATS: &[&str] = &["f32", "f64"];

#[test]
fn no_arrow_points_up_or_sideways() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| forbidden_arrows(path, text)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn only_the_bindings_name_the_host() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|(path, _)| layer_of_file(path) != Some("wasm"))
        .flat_map(|(path, text)| named(path, text, HOST_CRATES))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_float_appears() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| named(path, text, FLOATS)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_crate_lists_its_layers_from_the_bottom_up() {
    let lib = fs::read_to_string(source_root().join("lib.rs")).unwrap();
    let tokens = tokens(&lib);
    let modules: Vec<&str> =
        tokens.windows(3).filter(|at| at[0] == "mod" && at[2] == ";").map(|at| at[1].as_str()).collect();
    let heights: Vec<i32> =
        modules.iter().map(|module| height(module).unwrap_or_else(|| panic!("{module} is no layer"))).collect();
    assert!(heights.is_sorted(), "{modules:?}");
    assert!(modules.contains(&"domain") && modules.contains(&"wire"), "{modules:?}");
}

#[test]
fn every_way_to_write_a_forbidden_arrow_is_caught() {
    for (file, text) in [
        ("domain/money.rs", "use crate::records::Payment;"),
        ("domain/money.rs", "use crate::{domain::amount, records::Payment};"),
        ("domain/money.rs", "use crate::{domain::{amount, currency}, wire};"),
        ("domain/money.rs", "use crate :: /* why */ records;"),
        ("domain/money.rs", "pub use crate::engine as below;"),
        ("domain/money.rs", "fn f() -> crate::engine::State { todo }"),
        ("domain/money.rs", "use super::super::records;"),
        ("domain/money.rs", "use super::super::{domain, records};"),
        ("domain/mod.rs", "use super::gateway::Call;"),
        ("domain/json/read.rs", "use super::super::super::engine;"),
        ("domain/money.rs", "mod tests { use super::super::super::engine; }"),
        ("domain/money.rs", "mod tests { mod deeper { use crate::wire; } }"),
        ("domain/money.rs", "use self::super::super::checkout;"),
        ("domain/money.rs", "use crate::*;"),
        ("domain/money.rs", "use super::super::*;"),
        ("domain/money.rs", "use crate as root;"),
        ("domain/money.rs", "use checkout_payments::wire;"),
        ("domain/money.rs", "macro_rules! m { () => { $crate::wire::x() } }"),
        ("domain/money.rs", "let s = \"\\\"\"; use crate::wire;"),
        ("domain/money.rs", "let c = '\"'; use crate::wire; let d = '\"';"),
        ("domain/money.rs", "let s = r#\"\"\"#; use crate::wire;"),
        ("checkout/request.rs", "use crate::payments::Sale;"),
        ("payments/sale.rs", "use crate::billing::Invoice;"),
        ("billing/mod.rs", "use super::checkout::request;"),
        ("wire/validate.rs", "use crate::wasm::bindings;"),
        ("records/payment.rs", "use crate::gateway::Call;"),
        ("gateway/mod.rs", "use crate::engine;"),
        ("engine/step.rs", "use crate::checkout::request;"),
        ("unknown/mod.rs", "use crate::domain;"),
    ] {
        assert!(!forbidden_arrows(Path::new(file), text).is_empty(), "{file}: {text}");
    }
    assert_eq!(named(Path::new("engine/step.rs"), "fn f(x: f64) {}", FLOATS).len(), 1);
    assert_eq!(named(Path::new("engine/step.rs"), "let x = 1.5f32;", FLOATS).len(), 1);
    assert_eq!(named(Path::new("wire/mod.rs"), "use wasm_bindgen::prelude::*;", HOST_CRATES).len(), 1);
}

#[test]
fn what_is_allowed_is_let_through() {
    for (file, text) in [
        ("lib.rs", "pub mod domain; pub use crate::wire::validate;"),
        ("domain/money.rs", "use super::amount::Amount;"),
        ("domain/money.rs", "// use crate::wire;\n/* crate::engine /* nested */ */ /// [`crate::wire`]\n"),
        (
            "domain/money.rs",
            "let text = \"use crate::wire;\"; let raw = r#\"crate::wire\"#; let bytes = b\"crate::wire\";",
        ),
        ("domain/money.rs", "fn f<'a>(x: &'a str) -> &'a str { x }"),
        ("domain/money.rs", "mod tests { use super::*; use super::super::amount::Amount; }"),
        ("domain/json/read.rs", "use super::super::limits; use crate::domain::{json, limits};"),
        ("records/payment.rs", "use crate::domain::money::Money;"),
        ("engine/step.rs", "use crate::{domain, gateway::Call, records};"),
        ("checkout/xml/read.rs", "use crate::checkout::refusal::Refusal; use super::write;"),
        ("wasm/mod.rs", "use crate::wire; use crate::domain;"),
        ("wire/mod.rs", "use crate::{billing, checkout, payments};"),
        ("domain/money.rs", "pub(crate) use amount::Amount; pub(super) fn f() {} pub(in crate::domain) fn g() {}"),
    ] {
        assert_eq!(forbidden_arrows(Path::new(file), text), [] as [String; 0], "{file}: {text}");
    }
    assert_eq!(named(Path::new("domain/id.rs"), "// f64\nlet half64 = \"f64\";", FLOATS), [] as [String; 0]);
}

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file: its path below `src/`, and its text.
fn sources() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let root = source_root();
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 20, "the sources were found");
    files.sort();
    files
        .into_iter()
        .map(|file| (file.strip_prefix(&root).unwrap().to_owned(), fs::read_to_string(&file).unwrap()))
        .collect()
}

fn height(layer: &str) -> Option<i32> {
    LAYERS.iter().find(|(name, _)| *name == layer).map(|(_, height)| *height)
}

/// The first part of a file's module path: `wire` for `wire/validate.rs`; nothing for `lib.rs`.
fn layer_of_file(path: &Path) -> Option<&str> {
    let name = path.iter().next()?.to_str()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (name != "lib").then_some(name)
}

/// `["checkout", "xml", "read"]` for `checkout/xml/read.rs`.
fn module_path(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> = path.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

fn may_use(from: &str, to: &str) -> bool {
    match (height(from), height(to)) {
        (Some(from_height), Some(to_height)) => from == to || to_height < from_height,
        _ => false,
    }
}

fn forbidden_arrows(path: &Path, text: &str) -> Vec<String> {
    let Some(from) = layer_of_file(path) else {
        return Vec::new();
    };
    let tokens = tokens(text);
    let mut faults = Vec::new();
    for target in targets(&tokens, &module_path(path)) {
        let to = target.first().map_or("the crate's root", String::as_str);
        if !may_use(from, to) {
            faults.push(format!("src/{}: {from} must not use {to}", path.display()));
        }
    }
    if tokens.iter().any(|token| token == "checkout_payments") {
        faults.push(format!("src/{}: the crate names itself; write crate::", path.display()));
    }
    faults
}

fn named(path: &Path, text: &str, names: &[&str]) -> Vec<String> {
    tokens(text)
        .iter()
        .filter(|token| {
            let number = token.starts_with(|first: char| first.is_ascii_digit());
            names.iter().any(|name| token == name || (number && token.ends_with(name)))
        })
        .map(|token| format!("src/{}: {token} must not appear here", path.display()))
        .collect()
}

/// The module paths, from the crate's root, that the paths in `tokens` lead to.
fn targets(tokens: &[String], file_module: &[String]) -> Vec<Vec<String>> {
    let mut targets = Vec::new();
    let mut module = file_module.to_vec();
    // How many braces were open where each inline module began.
    let mut inline = Vec::new();
    let mut open = 0;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => open += 1,
            "}" => {
                open -= 1;
                if inline.last() == Some(&open) {
                    inline.pop();
                    module.pop();
                }
            }
            "mod" if tokens.get(at + 2).is_some_and(|next| next == "{") => {
                inline.push(open);
                module.push(tokens[at + 1].clone());
            }
            "crate" | "super" | "self" if at == 0 || tokens[at - 1] != "::" => {
                // `pub(crate)`, `pub(super)` and a method's `self` lead nowhere; `crate as root` leads to the root.
                let next = tokens.get(at + 1).map_or("", String::as_str);
                if next == "::" || (next == "as" && tokens[at] != "self") {
                    at = follow(tokens, at, module.clone(), &mut targets);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    targets
}

/// Follows one path, or tree of paths, from `at`; gives the place behind it.
fn follow(tokens: &[String], mut at: usize, mut base: Vec<String>, targets: &mut Vec<Vec<String>>) -> usize {
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("crate") => base.clear(),
            Some("super") => {
                base.pop();
            }
            Some("self") => {}
            Some("*") => {
                targets.push(base);
                return at + 1;
            }
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = if tokens[at] == "," { at + 1 } else { follow(tokens, at, base.clone(), targets) };
                }
                return at + 1;
            }
            Some(name) if is_name(name) => base.push(name.to_owned()),
            _ => {
                targets.push(base);
                return at + 1;
            }
        }
        at += 1;
        if tokens.get(at).is_none_or(|next| next != "::") {
            targets.push(base);
            // Behind the path there may be `as name`.
            while tokens.get(at).is_some_and(|next| next == "as") {
                at += 2;
            }
            return at;
        }
        at += 1;
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Names, numbers, `::` and single signs, without comments, strings and lifetimes.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut index = 0;
    while index < chars.len() {
        let here = at(index);
        if here == '/' && at(index + 1) == '/' {
            while index < chars.len() && at(index) != '\n' {
                index += 1;
            }
        } else if here == '/' && at(index + 1) == '*' {
            index = end_of_comment(&chars, index);
        } else if let Some(end) = end_of_string(&chars, index) {
            index = end;
        } else if here == '\'' {
            index = end_of_char_or_lifetime(&chars, index);
        } else if here.is_alphanumeric() || here == '_' {
            let start = index;
            let number = here.is_ascii_digit();
            let within = |index: usize| {
                at(index).is_alphanumeric()
                    || at(index) == '_'
                    || (number && at(index) == '.' && at(index + 1).is_ascii_digit())
            };
            while within(index) {
                index += 1;
            }
            tokens.push(chars[start..index].iter().collect());
        } else if here == ':' && at(index + 1) == ':' {
            tokens.push("::".to_owned());
            index += 2;
        } else {
            if !here.is_whitespace() {
                tokens.push(here.to_string());
            }
            index += 1;
        }
    }
    tokens
}

fn end_of_comment(chars: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut index = start;
    while index < chars.len() {
        match (chars[index], chars.get(index + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                index += 1;
            }
            ('*', Some('/')) => {
                depth -= 1;
                index += 1;
            }
            _ => {}
        }
        index += 1;
        if depth == 0 {
            break;
        }
    }
    index
}

/// The place behind a string of any kind that begins at `start`.
fn end_of_string(chars: &[char], start: usize) -> Option<usize> {
    let rest: String = chars[start..].iter().take(20).collect();
    let prefixed = start > 0 && (chars[start - 1].is_alphanumeric() || chars[start - 1] == '_');
    let after_prefix = ["br", "cr", "b", "c", "r", ""]
        .iter()
        .find(|prefix| rest.strip_prefix(**prefix).is_some_and(|rest| rest.starts_with(['"', '#'])))?;
    if prefixed && !after_prefix.is_empty() {
        return None;
    }
    let mut index = start + after_prefix.len();
    if after_prefix.contains('r') {
        let hashes = chars[index..].iter().take_while(|sign| **sign == '#').count();
        index += hashes;
        if chars.get(index) != Some(&'"') {
            return None;
        }
        index += 1;
        while index < chars.len() {
            if chars[index] == '"' && chars[index + 1..].iter().take_while(|sign| **sign == '#').count() >= hashes {
                return Some(index + 1 + hashes);
            }
            index += 1;
        }
        return Some(index);
    }
    if chars.get(index) != Some(&'"') {
        return None;
    }
    index += 1;
    while index < chars.len() && chars[index] != '"' {
        index += if chars[index] == '\\' { 2 } else { 1 };
    }
    Some(index + 1)
}

fn end_of_char_or_lifetime(chars: &[char], start: usize) -> usize {
    if chars.get(start + 1) == Some(&'\\') {
        // the quote behind the escaped character, which may itself be a quote
        let mut index = start + 3;
        while index < chars.len() && chars[index] != '\'' {
            index += 1;
        }
        return index + 1;
    }
    if chars.get(start + 2) == Some(&'\'') {
        return start + 3;
    }
    let mut index = start + 1;
    while index < chars.len() && (chars[index].is_alphanumeric() || chars[index] == '_') {
        index += 1;
    }
    index
}
