//! The TypeScript of every type that crosses the boundary, made from the Rust types. `pkg/src/wire.ts` is its committed result;
//! this test fails when the two differ. `UPDATE_WIRE=1 cargo test --lib wire` writes it anew.

use std::collections::BTreeSet;

use super::contract::forms::{Form, form_of, forms};
use super::contract::same_as_committed;
use super::contract::shapes::{SHAPES, Type, member, sentences};
use crate::domain::input::schema::Kind;
use crate::domain::json::Shape;

const HEAD: &str = "\
// Made from the Rust types by src/wire/typescript.rs; do not edit. `UPDATE_WIRE=1 cargo test --lib wire` makes it anew.

/** Decimal text of a strict grammar, exact, at most 18 digits: `\"129.90\"`. */
export type Amount = string;

/** An ISO 4217 code. */
export type Currency = string;

/** RFC 3339 in UTC with milliseconds; the core also takes milliseconds since 1970. */
export type Timestamp = string | number;
";

#[test]
fn typescript_is_what_the_rust_types_say() {
    same_as_committed("pkg/src/wire.ts", &typescript());
}

fn typescript() -> String {
    let mut text = HEAD.to_owned();
    for shape in SHAPES {
        text.push('\n');
        text.push_str(&comment(&sentences(shape.documentation), ""));
        if shape.texts.is_empty() {
            let bases: Vec<&str> = shape.base.iter().map(|base| base.name).collect();
            let extends = if bases.is_empty() { String::new() } else { format!(" extends {}", bases.join(", ")) };
            text.push_str(&format!("export interface {}{extends} {{\n", shape.name));
            for (key, rust, documentation) in shape.members {
                let (optional, of_type) = member(rust);
                text.push_str(&comment(&sentences(documentation), "  "));
                let optional = if optional { "?" } else { "" };
                text.push_str(&format!("  readonly {key}{optional}: {};\n", type_of(&of_type, shape)));
            }
            text.push_str("}\n");
        } else {
            text.push_str(&format!("export type {} =\n", shape.name));
            let last = shape.texts.len() - 1;
            for (at, (value, documentation)) in shape.texts.iter().enumerate() {
                text.push_str(&comment(&sentences(documentation), "  "));
                text.push_str(&format!("  | \"{value}\"{}\n", if at == last { ";" } else { "" }));
            }
        }
    }
    let all = forms();
    all.iter().for_each(|form| write_form(&mut text, form, &all));
    text.push_str(&amount_members());
    text
}

/// The members that hold amounts, which the bodies of HTTP answers have as numbers.
fn amount_members() -> String {
    let members = SHAPES.iter().flat_map(|shape| shape.members);
    let amounts = members.filter(|(_, rust, _)| matches!(member(rust).1, Type::Amount));
    let names: BTreeSet<String> = amounts.map(|(key, ..)| format!("\"{key}\"")).collect();
    let names: Vec<String> = names.into_iter().collect();
    format!(
        "\n/** The members of answers that hold amounts: numbers in HTTP, decimal text here. */\n\
         export const AMOUNT_MEMBERS: ReadonlySet<string> = new Set([{}]);\n",
        names.join(", ")
    )
}

fn write_form(text: &mut String, form: &Form, all: &[Form]) {
    text.push_str(&format!("\n/** {} */\nexport interface {} {{\n", form.documentation, form.name));
    for field in form.members() {
        let optional = if form.needs(field) { "" } else { "?" };
        if let Some(typescript) = kind(field.kind, form.usage, all) {
            text.push_str(&format!("  readonly {}{optional}: {typescript};\n", field.name));
        }
    }
    text.push_str("}\n");
}

/// The type of what a client may give; `None` for what is never taken.
fn kind(kind: Kind, usage: u16, forms: &[Form]) -> Option<String> {
    let name = |fields| form_of(forms, fields, usage).name;
    Some(match kind {
        Kind::Text(_) | Kind::Time | Kind::Day => "string".to_owned(),
        Kind::Amount | Kind::AmountOrZero => "Amount | number".to_owned(),
        Kind::Currency => "Currency".to_owned(),
        Kind::Flag => "boolean".to_owned(),
        Kind::Count(_) => "number".to_owned(),
        Kind::OneOf(texts) | Kind::Exactly(texts) => {
            texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(" | ")
        }
        Kind::Pairs(..) => "Readonly<Record<string, string>>".to_owned(),
        Kind::Object(fields) => name(fields).to_owned(),
        Kind::List(fields, ..) => format!("readonly {}[]", name(fields)),
        Kind::Never(_) => return None,
    })
}

fn type_of(of_type: &Type, shape: &Shape) -> String {
    match of_type {
        Type::Text => "string".to_owned(),
        // What is written only, is written as text.
        Type::Timestamp if shape.is_view => "string".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::Date => "string".to_owned(),
        Type::Count => "number".to_owned(),
        Type::Flag => "boolean".to_owned(),
        Type::Amount => "Amount".to_owned(),
        Type::Currency => "Currency".to_owned(),
        Type::Map => "Readonly<Record<string, string>>".to_owned(),
        Type::List(item) => format!("readonly {}[]", type_of(item, shape)),
        Type::Named(shape) => shape.name.to_owned(),
    }
}

fn comment(text: &str, indent: &str) -> String {
    format!("{indent}/** {text} */\n")
}
