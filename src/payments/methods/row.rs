//! One row of an import: its members by their names in any case, its texts as what they mean, for a CSV has texts alone.

use crate::domain::input::refusal::Problem;
use crate::domain::input::schema::{Field, Kind, check};
use crate::domain::json::{Json, Member, Value};
use crate::prelude::*;

/// The row as the table names its members. A blank text is no value, as in a CSV.
pub fn normalized<'v>(row: &'v Value<'_>, fields: &[Field]) -> Value<'v> {
    let Some(members) = row.members() else { return borrowed(row) };
    let members = members.iter().map(|member| {
        let field = fields.iter().find(|field| field.name.eq_ignore_ascii_case(member.key.trim()));
        Member {
            key: field.map_or_else(|| member.key.as_ref().into(), |field| field.name.into()),
            place: member.place,
            value: field.map_or_else(|| borrowed(&member.value), |field| meant(&member.value, field.kind)),
        }
    });
    Value::Object(members.collect())
}

/// Everything that is wrong with a row by itself.
pub fn problems(row: &Value<'_>, fields: &[Field], usage: u16) -> Vec<Problem> {
    let mut problems = Vec::new();
    check(row, "", fields, usage, &mut problems);
    let members = row.members().unwrap_or_default();
    let twice = |(at, member): &(usize, &Member<'_>)| members.iter().take(*at).any(|other| other.key == member.key);
    // A name that is unknown was refused already, and must not be told back unchecked.
    let known = |name: &str| fields.iter().find(|field| field.name == name).map(|field| field.name);
    let names = members.iter().enumerate().filter(twice).filter_map(|(_, member)| known(&member.key));
    problems.extend(names.map(|name| Problem::new(name, "Stands twice.")));
    problems
}

/// The text of a member, if it has one.
pub fn text(row: &Value<'_>, name: &str) -> Option<String> {
    row.get(name).and_then(Value::text).map(str::to_owned)
}

/// The number of a member, if it has one.
pub fn count(row: &Value<'_>, name: &str) -> Option<u32> {
    row.get(name).and_then(|value| u32::read(value).ok())
}

fn meant<'v>(value: &'v Value<'_>, kind: Kind) -> Value<'v> {
    let Value::Text(text) = value else { return borrowed(value) };
    let text = text.trim();
    if text.is_empty() {
        return Value::Null;
    }
    if let Kind::OneOf(texts) = kind {
        return Value::Text(texts.iter().find(|one| one.eq_ignore_ascii_case(text)).copied().unwrap_or(text).into());
    }
    let is_flag = |word: &str| matches!(kind, Kind::Flag) && text.eq_ignore_ascii_case(word);
    if matches!(kind, Kind::Count(_)) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Value::Number(text)
    } else if is_flag("true") || is_flag("false") {
        Value::Bool(is_flag("true"))
    } else {
        Value::Text(text.into())
    }
}

fn borrowed<'v>(value: &'v Value<'_>) -> Value<'v> {
    match value {
        Value::Null => Value::Null,
        Value::Bool(flag) => Value::Bool(*flag),
        Value::Number(text) => Value::Number(text),
        Value::Text(text) => Value::Text(text.as_ref().into()),
        // No row holds these: what they hold is not looked at.
        Value::Array(_) => Value::Array(Vec::new()),
        Value::Object(_) => Value::Object(Vec::new()),
    }
}
