//! The members of a request's object, against the list of those it may have.

use super::refusal::Refusal;
use super::shape::{path_of, unknown, wrong_type};
use crate::domain::json::{Value, parse_bytes};

/// What the value of a member must be. `null` stands for a member that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A string.
    Text,
    /// A number, or a string that holds one.
    Decimal,
    /// `true` or `false`.
    Flag,
    /// An array.
    List,
}

/// One member that an object may have.
#[derive(Debug, Clone, Copy)]
pub struct Allowed {
    name: &'static str,
    expected: Expected,
    required: bool,
}

impl Allowed {
    /// A member that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, expected: Expected) -> Self {
        Self { name, expected, required: false }
    }

    /// A member that must be there.
    #[must_use]
    pub const fn required(name: &'static str, expected: Expected) -> Self {
        Self { name, expected, required: true }
    }
}

impl Expected {
    const fn text(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Decimal => "a number",
            Self::Flag => "true or false",
            Self::List => "an array",
        }
    }

    const fn fits(self, value: &Value<'_>) -> bool {
        match value {
            Value::Null => true,
            Value::Text(_) => matches!(self, Self::Text | Self::Decimal),
            Value::Number(_) => matches!(self, Self::Decimal),
            Value::Bool(_) => matches!(self, Self::Flag),
            Value::Array(_) => matches!(self, Self::List),
            Value::Object(_) => false,
        }
    }
}

/// Reads a JSON body of at most `bytes_max` bytes.
///
/// # Errors
/// A [`Refusal`] when it is too large, empty or not JSON.
pub fn read_body(body: &[u8], bytes_max: usize) -> Result<Value<'_>, Refusal> {
    if body.len() > bytes_max {
        let message = ["The body is larger than ", &(bytes_max / 1024).to_string(), " KiB."].concat();
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
/// `allowed`.
pub fn check(parent: &str, value: &Value<'_>, allowed: &[Allowed]) -> Result<(), Refusal> {
    let Some(members) = value.members() else {
        let what = if parent.is_empty() { "The body" } else { parent };
        return Err(Refusal::misshapen(parent, &[what, " must be an object, not ", value.kind(), "."].concat(), None));
    };
    for member in members {
        match allowed.iter().find(|known| known.name == member.key) {
            None => return Err(unknown(parent, member, "")),
            Some(known) if !known.expected.fits(&member.value) => {
                return Err(wrong_type(parent, member, known.expected.text()));
            }
            Some(_) => {}
        }
    }
    let is_missing = |known: &&Allowed| known.required && matches!(value.get(known.name), None | Some(Value::Null));
    match allowed.iter().find(is_missing) {
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
