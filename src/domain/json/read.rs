//! The trait of everything that is written to JSON and read back: the state, the host's context, outcomes.

use std::cell::Cell;

use super::value::{Member, Value};
use super::writer::Writer;

/// A text that is JSON but not what it should be. The host or the store made it, so this is their bug or damage, not the
/// shopper's input (which `checkout::request` reads on its own, with kinder answers).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The member at fault, as a path with dots.
    pub path: String,
    /// What was expected there.
    pub expected: &'static str,
}

impl ReadError {
    /// At the value being read itself.
    #[must_use]
    pub fn expected(expected: &'static str) -> Self {
        Self { path: String::new(), expected }
    }

    /// The same error, seen from one level up.
    #[must_use]
    pub fn under(mut self, key: &str) -> Self {
        self.path = if self.path.is_empty() { key.to_owned() } else { format!("{key}.{}", self.path) };
        self
    }
}

/// A type that is written to JSON and read back.
pub trait Json: Sized {
    /// Writes the value.
    fn write(&self, writer: &mut Writer);

    /// Reads the value back.
    ///
    /// # Errors
    /// When the JSON is of another kind or out of bounds.
    fn read(value: &Value<'_>) -> Result<Self, ReadError>;

    /// Whether a member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// The value of a member that is left out, if it may be.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

/// The members of an object, to read a type from.
#[derive(Debug)]
pub struct Members<'v, 'a> {
    all: &'v [Member<'a>],
    /// Behind the one that was found last: what this crate has written is read in the order it was written in.
    next: Cell<usize>,
}

impl<'v, 'a> Members<'v, 'a> {
    /// The members of `value`.
    ///
    /// # Errors
    /// When `value` is not an object.
    pub fn of(value: &'v Value<'a>) -> Result<Self, ReadError> {
        let all = value.members().ok_or_else(|| ReadError::expected("an object"))?;
        Ok(Self { all, next: Cell::new(0) })
    }

    /// The member under `key`.
    ///
    /// # Errors
    /// When it is missing though required, or not of its type.
    pub fn get<T: Json>(&self, key: &str) -> Result<T, ReadError> {
        match self.find(key) {
            Some(member) => T::read(&member.value).map_err(|error| error.under(key)),
            None => T::absent().ok_or_else(|| ReadError::expected("a value").under(key)),
        }
    }

    fn find(&self, key: &str) -> Option<&'v Member<'a>> {
        let (before, after) = self.all.split_at_checked(self.next.get())?;
        let has_key = |member: &&Member<'a>| member.key == key;
        let at = match after.iter().position(|member| has_key(&member)) {
            Some(at) => before.len() + at,
            None => before.iter().position(|member| has_key(&member))?,
        };
        self.next.set(at + 1);
        self.all.get(at)
    }
}

impl Json for String {
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }

    fn read(value: &Value<'_>) -> Result<Self, ReadError> {
        value.text().map(str::to_owned).ok_or_else(|| ReadError::expected("a string"))
    }
}

impl Json for bool {
    fn write(&self, writer: &mut Writer) {
        writer.raw(if *self { "true" } else { "false" });
    }

    fn read(value: &Value<'_>) -> Result<Self, ReadError> {
        if let Value::Bool(value) = value { Ok(*value) } else { Err(ReadError::expected("true or false")) }
    }

    // A flag is written only when it is set.
    fn is_absent(&self) -> bool {
        !*self
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl Json for u32 {
    fn write(&self, writer: &mut Writer) {
        writer.raw(&self.to_string());
    }

    fn read(value: &Value<'_>) -> Result<Self, ReadError> {
        if let Value::Number(text) = value { text.parse().ok() } else { None }
            .ok_or_else(|| ReadError::expected("a whole number"))
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.raw("null"),
        }
    }

    fn read(value: &Value<'_>) -> Result<Self, ReadError> {
        if matches!(value, Value::Null) { Ok(None) } else { T::read(value).map(Some) }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Json> Json for Vec<T> {
    fn write(&self, writer: &mut Writer) {
        writer.begin_array();
        for value in self {
            value.write(writer);
        }
        writer.end_array();
    }

    fn read(value: &Value<'_>) -> Result<Self, ReadError> {
        match value {
            Value::Array(values) => values
                .iter()
                .enumerate()
                .map(|(at, value)| T::read(value).map_err(|error| error.under(&at.to_string())))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
                Err(ReadError::expected("an array"))
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}
