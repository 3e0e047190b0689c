//! The members of a request's object, against the table of those it may have: their names and types. What their values may be is
//! checked by whoever reads them, by the rules of the same table.

use super::refusal::Refusal;
use super::schema::{Field, Kind};
use super::shape::{path_of, unknown, wrong_type};
use crate::domain::digits::decimal;
use crate::domain::json::{Value, parse_bytes};

/// What the value of a member of this kind must be. `null` stands for a member that is left out.
const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Text(_) | Kind::Time | Kind::Day | Kind::Currency | Kind::OneOf(_) | Kind::Exactly(_) => "a string",
        Kind::Amount | Kind::AmountOrZero | Kind::Count(_) => "a number",
        Kind::Flag => "true or false",
        Kind::List(..) => "an array",
        Kind::Pairs(..) | Kind::Object(_) => "an object",
        Kind::Never(_) => "nothing",
    }
}

const fn fits(kind: Kind, value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::Text(_) => matches!(
            kind,
            Kind::Text(_)
                | Kind::Time
                | Kind::Day
                | Kind::Currency
                | Kind::OneOf(_)
                | Kind::Exactly(_)
                | Kind::Amount
                | Kind::AmountOrZero
        ),
        Value::Number(_) => matches!(kind, Kind::Amount | Kind::AmountOrZero | Kind::Count(_)),
        Value::Bool(_) => matches!(kind, Kind::Flag),
        Value::Array(_) => matches!(kind, Kind::List(..)),
        Value::Object(_) => matches!(kind, Kind::Pairs(..) | Kind::Object(_)),
    }
}

/// Reads a JSON body of at most `bytes_max` bytes.
///
/// # Errors
/// A [`Refusal`] when it is too large, empty or not JSON.
pub fn read_body(body: &[u8], bytes_max: usize) -> Result<Value<'_>, Refusal> {
    if body.len() > bytes_max {
        let message = ["The body is larger than ", &decimal(bytes_max / 1024), " KiB."].concat();
        return Err(Refusal::misshapen("", &message, None));
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::unreadable("The body is empty.", None));
    }
    Ok(parse_bytes(body)?)
}

/// Checks that `value`, the one at the path `parent` (empty for the body itself), is an object of these members.
///
/// # Errors
/// A [`Refusal`] that names the first member at fault in the order of the text, else the first that is missing in the order of
/// `fields`.
pub fn check(parent: &str, value: &Value<'_>, fields: &[Field]) -> Result<(), Refusal> {
    let Some(members) = value.members() else {
        let what = if parent.is_empty() { "The body" } else { parent };
        return Err(Refusal::misshapen(parent, &[what, " must be an object, not ", value.kind(), "."].concat(), None));
    };
    for member in members {
        match fields.iter().find(|known| known.name == member.key) {
            None => return Err(unknown(parent, member, "")),
            Some(known) if !fits(known.kind, &member.value) => {
                return Err(wrong_type(parent, member, expected(known.kind)));
            }
            Some(_) => {}
        }
    }
    let is_missing = |known: &&Field| known.required != 0 && matches!(value.get(known.name), None | Some(Value::Null));
    match fields.iter().find(is_missing) {
        None => Ok(()),
        Some(missing) => {
            let path = path_of(parent, missing.name);
            Err(Refusal::misshapen(&path, &["The required member ", &path, " is missing."].concat(), None))
        }
    }
}

/// The member's value, unless it is left out or `null`.
#[must_use]
pub fn given<'v, 'a>(value: &'v Value<'a>, name: &str) -> Option<&'v Value<'a>> {
    value.get(name).filter(|value| !matches!(value, Value::Null))
}
