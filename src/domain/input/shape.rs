//! Refusals for members that are unknown or of the wrong type (400).

use super::refusal::Refusal;
use crate::domain::json::{Member, Value};
use crate::domain::shown::shown_name;
use crate::prelude::*;

/// Refuses a member that `parent` (empty for the body itself) does not have.
pub fn unknown(parent: &str, member: &Member<'_>, hint: &str) -> Refusal {
    let path = path_of(parent, &member.key);
    Refusal::misshapen(&path, &["Unknown member ", &path, ".", hint].concat(), Some(member.place.position()))
}

/// Refuses a member that is not what was `expected`.
pub fn wrong_type(parent: &str, member: &Member<'_>, expected: &str) -> Refusal {
    let path = path_of(parent, &member.key);
    let message = ["Invalid value for ", &path, ": expected ", expected, ", found ", member.value.kind(), "."].concat();
    Refusal::misshapen(&path, &message, Some(member.place.position()))
}

/// The path of the member `name` of `parent`, as far as it may be shown.
pub fn path_of(parent: &str, name: &str) -> String {
    let dot = if parent.is_empty() { "" } else { "." };
    [parent, dot, shown_name(name)].concat()
}

/// Whether the value is text, or absent by being null.
pub fn is_text_or_null(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(_) | Value::Null)
}
