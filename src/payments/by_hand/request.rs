//! Reading a body against its object's description.

use super::fields::{PAYMENT_GROUP_ID, PAYMENT_METHOD_ID, Written, parent_field};
use crate::domain::currency::Currency;
use crate::domain::error_code::ErrorCode;
use crate::domain::input::amount_rules::AmountRules;
use crate::domain::input::members::read_body;
use crate::domain::input::shape::wrong_type;
use crate::domain::input::text_rules::TextRules;
use crate::domain::input::{PlatformRefusal, Problem, Refusal, moment};
use crate::domain::json::{Member, Value};
use crate::domain::limits::BODY_BYTES_MAX;
use crate::domain::shown::shown_name;
use crate::payments::objects::{Field, FieldType, Object, Property};
use crate::prelude::*;
use crate::records::{Transaction, TransactionKind};

/// The records that a body names, which have to be found before it can be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct References {
    /// The group to be in.
    pub group: Option<String>,
    /// What it takes from, with the field that says so.
    pub parent: Option<(&'static str, String)>,
    /// The payment method.
    pub method: Option<String>,
}

/// Reads a body that makes a record ([`Property::Create`]) or changes one ([`Property::Update`]).
///
/// # Errors
/// A refusal, by the order of precedence of this module.
pub fn read(object: &'static Object, usage: Property, body: &[u8]) -> Result<Written, PlatformRefusal> {
    let body = read_body(body, BODY_BYTES_MAX)?;
    let members = body.members().ok_or_else(|| {
        Refusal::misshapen("", &["The body must be an object, not ", body.kind(), "."].concat(), None)
    })?;
    let mut written = Written::default();
    let mut problems = Vec::new();
    for member in members {
        let field = writable(object, usage, &member.key)?;
        let value = value(field, member, &mut problems)?;
        if written.tells(field.name) {
            return Err(Refusal::duplicate(field.name, member.place.position()).into());
        }
        written.0.push((field.name, value));
    }
    let is_empty = |field: &&Field| {
        let required = !field.may(Property::Nillable) && !field.may(Property::DefaultedOnCreate);
        let may_be_silent = usage != Property::Create && !written.tells(field.name);
        required && field.may(usage) && written.get(field.name).is_none() && !may_be_silent
    };
    let missing: Vec<&str> = object.fields().filter(is_empty).map(|field| field.name).collect();
    if !missing.is_empty() {
        return Err(required(&missing));
    }
    if problems.is_empty() { Ok(written) } else { Err(Refusal::Invalid { problems }.into()) }
}

/// These fields may not be empty.
#[inline(never)]
pub(super) fn required(names: &[&str]) -> PlatformRefusal {
    let message = ["Required fields are missing: ", &names.join(", "), "."].concat();
    PlatformRefusal::new(400, ErrorCode::RequiredFieldMissing, &message, names)
}

fn writable(object: &'static Object, usage: Property, key: &str) -> Result<&'static Field, PlatformRefusal> {
    let Some(field) = object.field(key) else {
        let name = shown_name(key);
        let message = [object.name, " has no field ", name, "."].concat();
        return Err(PlatformRefusal::new(400, ErrorCode::InvalidField, &message, &[name]));
    };
    if !field.may(usage) {
        let when = if usage == Property::Create { "when a record is made" } else { "of a record" };
        let message = ["The field ", field.name, " can't be written ", when, "."].concat();
        return Err(PlatformRefusal::new(400, ErrorCode::InvalidFieldForInsertUpdate, &message, &[field.name]));
    }
    Ok(field)
}

/// The field's text, nothing when it is empty. A value that is not acceptable is added to `problems`.
fn value(field: &Field, member: &Member<'_>, problems: &mut Vec<Problem>) -> Result<Option<String>, PlatformRefusal> {
    let is_amount = field.field_type == FieldType::Currency;
    let text = match &member.value {
        Value::Null => return Ok(None),
        Value::Text(text) if text.is_empty() => return Ok(None),
        Value::Text(text) => text.as_ref(),
        Value::Number(text) if is_amount => text,
        Value::Number(_) | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            let expected = if is_amount { "a number" } else { "a string" };
            return Err(wrong_type("", member, expected).into());
        }
    };
    let read = match field.field_type {
        FieldType::Currency => {
            AmountRules::Positive.read(field.name, &member.value).map(|amount| amount.shortest_text())
        }
        FieldType::DateTime => {
            moment::parse(text).map(|time| time.text()).ok_or_else(|| Problem::new(field.name, moment::EXPECTED))
        }
        FieldType::Picklist if field.values.is_empty() => Currency::parse(text)
            .map(|currency| currency.code().to_owned())
            .ok_or_else(|| Problem::new(field.name, "It must be an ISO 4217 currency code in capitals.")),
        FieldType::Picklist if !field.values.contains(&text) => {
            Err(Problem::new(field.name, &["It must be one of ", &field.values.join(", "), "."].concat()))
        }
        FieldType::Picklist => Ok(text.to_owned()),
        FieldType::Id
        | FieldType::Reference
        | FieldType::Date
        | FieldType::Text
        | FieldType::TextArea
        | FieldType::Email
        | FieldType::Phone
        | FieldType::Boolean
        | FieldType::Double
        | FieldType::Int => {
            let lines = field.field_type == FieldType::TextArea;
            let rules = TextRules { lines, ..TextRules::optional(usize::try_from(field.length).unwrap_or_default()) };
            rules.problem(field.name, text).map_or_else(|| Ok(text.to_owned()), Err)
        }
    };
    Ok(Some(read.unwrap_or_else(|problem| {
        problems.push(problem);
        text.to_owned()
    })))
}

impl References {
    /// Those of a body about a record of this kind. What it does not tell is as in `before`.
    #[must_use]
    pub fn of(written: &Written, kind: Option<TransactionKind>, before: Option<&Transaction>) -> Self {
        let named = |name: &str| written.get(name).map(str::to_owned);
        let as_before = || before?.details.get(PAYMENT_METHOD_ID).cloned();
        Self {
            group: named(PAYMENT_GROUP_ID),
            parent: kind.and_then(parent_field).and_then(|field| Some((field, named(field)?))),
            method: if written.tells(PAYMENT_METHOD_ID) { named(PAYMENT_METHOD_ID) } else { as_before() },
        }
    }
}
