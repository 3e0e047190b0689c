//! JSON Schema (2020-12, as OpenAPI 3.1 has it) of the bodies and of the answers.

use serde_json::{Map, Value, json};

use super::forms::{Form, form_of};
use super::shapes::{Type, member, sentences};
use crate::domain::characters::is_control;
use crate::domain::input::schema::Kind;
use crate::domain::input::text_rules::TextRules;
use crate::domain::json::Shape;
use crate::domain::limits::AMOUNT_DIGITS_MAX;

/// Where a schema stands.
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The schema of a body.
pub fn of_form(form: &Form, forms: &[Form]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in form.members() {
        let schema = of_kind(field.kind, form.usage, forms);
        if form.needs(field) {
            required.push(field.name);
        }
        // `null` is as good as nothing, so what must be there must not be null.
        let schema = if form.needs(field) { schema } else { or_null(schema) };
        properties.insert(field.name.to_owned(), schema);
    }
    let mut schema = json!({
        "type": "object",
        "description": form.documentation,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if !form.one_of.is_empty() {
        schema["oneOf"] = form.one_of.iter().map(|one| exactly(one, form.one_of)).collect();
    }
    schema
}

/// This member is given and none of the others is.
fn exactly(one: &str, all: &[&str]) -> Value {
    let others = all.iter().filter(|other| **other != one);
    let mut properties: Map<String, Value> =
        others.map(|other| ((*other).to_owned(), json!({ "type": "null" }))).collect();
    properties.insert(one.to_owned(), json!({ "not": { "type": "null" } }));
    json!({ "required": [one], "properties": properties })
}

fn of_kind(kind: Kind, usage: u16, forms: &[Form]) -> Value {
    let form = |fields| reference(form_of(forms, fields, usage).name);
    match kind {
        Kind::Text(rules) => text(rules),
        Kind::Amount => reference("PositiveAmountInput"),
        Kind::AmountOrZero => reference("AmountInput"),
        Kind::Currency => reference("Currency"),
        Kind::Time => reference("TimeInput"),
        Kind::Day => json!({ "type": "string", "format": "date", "examples": ["2026-11-21"] }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Count(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        Kind::OneOf(texts) => json!({ "type": "string", "enum": texts, "description": "Read in any case." }),
        Kind::Exactly(texts) => json!({ "type": "string", "enum": texts }),
        Kind::Pairs(most, chars) => json!({
            "type": "object",
            "maxProperties": most,
            "propertyNames": text(TextRules::required(chars)),
            "additionalProperties": text(TextRules::optional(chars)),
        }),
        Kind::Object(fields) => form(fields),
        Kind::List(fields, least, most) => json!({
            "type": "array", "items": form(fields), "minItems": least, "maxItems": most,
        }),
        Kind::Never(reason) => json!({ "type": "null", "description": reason }),
    }
}

/// The schema with `null` beside what it takes.
fn or_null(mut schema: Value) -> Value {
    match schema.get("type") {
        Some(Value::String(kind)) if kind == "null" => {}
        Some(Value::String(kind)) => {
            schema["type"] = json!([kind, "null"]);
            if let Some(Value::Array(texts)) = schema.get_mut("enum") {
                texts.push(Value::Null);
            }
        }
        _ => schema = json!({ "anyOf": [schema, { "type": "null" }] }),
    }
    schema
}

/// A text by its rules. That it must hold no card number is said in words: no pattern can tell.
fn text(rules: TextRules) -> Value {
    let mut schema = json!({ "type": "string", "pattern": pattern(rules) });
    if rules.required {
        schema["minLength"] = json!(1);
    }
    if rules.chars_max < usize::MAX {
        schema["maxLength"] = json!(rules.chars_max);
    }
    schema
}

/// No control character; and where something is required, one that a person can see.
fn pattern(rules: TextRules) -> String {
    let control = |sign: char| is_control(sign) && !(rules.lines && sign == '\n');
    let plain = class(control);
    if rules.required { format!("^[^{plain}]*[^{plain}\\s][^{plain}]*$") } else { format!("^[^{plain}]*$") }
}

/// The characters below U+10000 as a class of a regular expression.
fn class(has: impl Fn(char) -> bool) -> String {
    let signs = (0..0x10000_u32).filter_map(char::from_u32).filter(|sign| has(*sign)).map(u32::from);
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for sign in signs {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == sign => *end = sign,
            _ => ranges.push((sign, sign)),
        }
    }
    let range = |(from, to): &(u32, u32)| {
        if from == to { format!("\\u{from:04x}") } else { format!("\\u{from:04x}-\\u{to:04x}") }
    };
    ranges.iter().map(range).collect()
}

/// The schema of what stands in an answer.
pub fn of_shape(shape: &Shape) -> Value {
    let description = plain(&sentences(shape.documentation));
    if !shape.texts.is_empty() {
        let texts: Vec<&str> = shape.texts.iter().map(|(text, _)| *text).collect();
        let told: Vec<String> =
            shape.texts.iter().map(|(text, why)| format!("- `{text}`: {}", plain(&sentences(why)))).collect();
        return json!({ "type": "string", "enum": texts, "description": format!("{description}\n\n{}", told.join("\n")) });
    }
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (key, rust, documentation) in members(shape) {
        let (optional, of_type) = member(rust);
        if !optional {
            required.push(key);
        }
        let mut schema = of_type_named(&of_type);
        schema["description"] = json!(plain(&sentences(documentation)));
        properties.insert(key.to_owned(), schema);
    }
    json!({
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// The shape's members, those of the record that it begins with first.
fn members(shape: &Shape) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut all: Vec<_> = shape.base.iter().flat_map(|base| members(base)).collect();
    all.extend(shape.members);
    all
}

fn of_type_named(of_type: &Type) -> Value {
    match of_type {
        Type::Text => json!({ "type": "string" }),
        Type::Count => json!({ "type": "integer", "minimum": 0 }),
        Type::Flag => json!({ "type": "boolean" }),
        Type::Amount => reference("Amount"),
        Type::Currency => reference("Currency"),
        Type::Timestamp => json!({
            "type": "string",
            "format": "date-time",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
        }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::Map => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Type::List(item) => json!({ "type": "array", "items": of_type_named(item) }),
        Type::Named(shape) => reference(shape.name),
    }
}

/// Without what is meant for readers of the sources.
fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some((before, rest)) = text.split_once(" (`") {
        let Some((_, after)) = rest.split_once(')') else { break };
        text = format!("{before}{after}");
    }
    text.replace("[`", "`").replace("`]", "`")
}

/// The types that no table has by a name: what amounts, currencies and times look like.
pub fn basics(currencies: &[&str]) -> Vec<(&'static str, Value)> {
    let digits = "0|[1-9][0-9]*";
    let number = json!({ "type": "number", "minimum": 0, "maximum": 999_999_999_999_999_999_u64 });
    let positive = json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 999_999_999_999_999_999_u64 });
    let text = |pattern: String| json!({ "type": "string", "pattern": pattern, "maxLength": AMOUNT_DIGITS_MAX + 1 });
    let given = format!(
        "A number or a decimal text, written without an exponent, of at most {AMOUNT_DIGITS_MAX} digits. What is in a currency has no more decimals than it."
    );
    vec![
        (
            "Amount",
            json!({
                "type": "number",
                "minimum": 0,
                "description": "Printed exactly, with the currency's decimals: a reader that keeps numbers as floats may lose the last digits of more than 15.",
                "examples": [129.90],
            }),
        ),
        (
            "AmountInput",
            json!({ "oneOf": [number, text(format!("^({digits})(\\.[0-9]+)?$"))], "description": given, "examples": ["129.90"] }),
        ),
        (
            "PositiveAmountInput",
            json!({
                "oneOf": [positive, text("^([1-9][0-9]*(\\.[0-9]+)?|0\\.0*[1-9][0-9]*)$".to_owned())],
                "description": format!("More than zero. {given}"),
                "examples": ["129.90"],
            }),
        ),
        (
            "Currency",
            json!({ "type": "string", "enum": currencies, "description": "The ISO 4217 code of a currency in use.", "examples": ["USD"] }),
        ),
        (
            "TimeInput",
            json!({
                "type": "string",
                "anyOf": [{ "format": "date" }, { "format": "date-time" }],
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?(Z|[+-][0-9]{2}:?[0-9]{2}))?$",
                "description": "A day from 1970 on, or a time with its offset from UTC.",
                "examples": ["2026-11-21", "2026-11-21T14:30:00Z"],
            }),
        ),
    ]
}
