//! The TypeScript of the object descriptions, made from `payments::objects`. `pkg/src/server/objects/descriptions.ts` is its
//! committed result; this test fails when the two differ. `UPDATE_WIRE=1 cargo test --lib wire` writes it anew.
//!
//! Labels are made here and nowhere else: they follow from the names, and the core needs none.

use super::contract::same_as_committed;
use crate::domain::currency::Currency;
use crate::payments::objects::{ByHand, Field, FieldType, OBJECTS, Object, Property};

const HEAD: &str = "\
// Made from src/payments/objects by src/wire/typescript_objects.rs; do not edit. `UPDATE_WIRE=1 cargo test --lib wire` makes it anew.

/** What a field holds. */
export type FieldType = {types};

/** What may be done with a field. */
export type Property = {properties};

/** One field of an object. */
export interface FieldDescription {
  /** Its API name. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly properties: readonly Property[];
  /** The most characters of its text; 0 where it is no text. */
  readonly length: number;
  /** It follows from other records, and nobody writes it. */
  readonly computed: boolean;
  /** Of a picklist. */
  readonly values?: readonly string[];
  /** Of a reference: the objects it may lead to. */
  readonly referenceTo?: readonly string[];
}

/** A kind of record. */
export interface ObjectDescription {
  /** Its API name. */
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** How the ids of its records begin, before the underscore. */
  readonly prefix: string;
  /** The field that people know a record by. */
  readonly nameField: string;
  /** What a person may do with its records at `sobjects/{name}`. */
  readonly byHand: \"read\" | \"make\" | \"change\";
  /** In the order of their names. */
  readonly fields: readonly FieldDescription[];
}
";

#[test]
fn typescript_of_the_objects_is_what_the_tables_say() {
    same_as_committed("pkg/src/server/objects/descriptions.ts", &typescript());
}

#[test]
fn labels_are_the_words_of_the_names() {
    for (name, expected) in [
        ("AccountId", "Account ID"),
        ("CurrencyIsoCode", "Currency ISO Code"),
        ("GatewayRefNumber", "Gateway Reference Number"),
        ("SfResultCode", "Salesforce Result Code"),
        ("TotalAuthReversalAmount", "Total Authorization Reversal Amount"),
        ("PaymentAuthAdjustment", "Payment Authorization Adjustment"),
        ("IpAddress", "IP Address"),
    ] {
        assert_eq!(label(name), expected);
    }
    assert_eq!(plural("Order Payment Summary"), "Order Payment Summaries");
    assert_eq!(plural("Payment"), "Payments");
}

fn typescript() -> String {
    let types = FieldType::ALL.iter().map(|each| each.as_str());
    let properties = Property::ALL.iter().map(|each| each.as_str());
    let mut text = HEAD.replace("{types}", &union(types)).replace("{properties}", &union(properties));
    text.push_str("\n// Every ISO 4217 code in use.\nconst CURRENCIES: readonly string[] = ");
    text.push_str(&list(&currency_codes()));
    text.push_str(";\n\n/** Every object, in the order of their names. */\nexport const OBJECTS: readonly ObjectDescription[] = [\n");
    OBJECTS.iter().for_each(|object| describe(&mut text, object));
    text.push_str("];\n");
    text
}

fn describe(text: &mut String, object: &Object) {
    let Object { name, prefix, name_field, by_hand, .. } = object;
    let by_hand = match by_hand {
        ByHand::Read => "read",
        ByHand::Make => "make",
        ByHand::Change => "change",
    };
    let mut fields: Vec<&Field> = object.fields().collect();
    fields.sort_by_key(|field| field.name.to_ascii_lowercase());
    let label = label(name);
    let plural = plural(&label);
    text.push_str(&format!("  {{\n    name: \"{name}\",\n    label: \"{label}\",\n    labelPlural: \"{plural}\",\n"));
    text.push_str(&format!(
        "    prefix: \"{prefix}\",\n    nameField: \"{name_field}\",\n    byHand: \"{by_hand}\",\n    fields: [\n"
    ));
    fields.iter().for_each(|field| text.push_str(&format!("      {},\n", described(field))));
    text.push_str("    ],\n  },\n");
}

fn described(field: &Field) -> String {
    let properties: Vec<&str> =
        Property::ALL.iter().filter(|each| field.may(**each)).map(|each| each.as_str()).collect();
    let mut text = format!(
        "{{ name: \"{}\", label: \"{}\", type: \"{}\", properties: {}, length: {}, computed: {}",
        field.name,
        label(field.name),
        field.field_type.as_str(),
        list(&properties),
        field.length,
        field.computed,
    );
    if field.field_type == FieldType::Picklist {
        let values = if field.values.is_empty() { "CURRENCIES".to_owned() } else { list(field.values) };
        text.push_str(&format!(", values: {values}"));
    }
    if !field.reference_to.is_empty() {
        text.push_str(&format!(", referenceTo: {}", list(field.reference_to)));
    }
    text.push_str(" }");
    text
}

/// Every ISO 4217 code in use.
pub fn currency_codes() -> Vec<&'static str> {
    let letters = || (b'A'..=b'Z').map(char::from);
    let codes =
        letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| String::from_iter([a, b, c]))));
    codes.filter_map(|code| Currency::parse(&code)).map(Currency::code).collect()
}

fn union<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(" | ")
}

fn list(texts: &[&str]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

/// `Gateway Reference Number` for `GatewayRefNumber`.
fn label(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut() {
            Some(word) if letter.is_lowercase() => word.push(letter),
            _ => words.push(letter.to_string()),
        }
    }
    let spelled = words.iter().map(|word| match word.as_str() {
        "Auth" => "Authorization",
        "Avs" => "AVS",
        "Id" => "ID",
        "Ip" => "IP",
        "Iso" => "ISO",
        "Mac" => "MAC",
        "Ref" => "Reference",
        "Sf" => "Salesforce",
        word => word,
    });
    spelled.collect::<Vec<_>>().join(" ")
}

fn plural(label: &str) -> String {
    label.strip_suffix('y').map_or_else(|| format!("{label}s"), |stem| format!("{stem}ies"))
}
