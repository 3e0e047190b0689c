//! The trait of everything that is written to JSON and read back: the state, the host's context, outcomes.

use core::cell::Cell;

use super::parser::mark_of;
use super::value::{Member, Value};
use super::writer::Writer;
use crate::domain::digits::{Digits, decimal};
use crate::prelude::*;

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
        self.path = if self.path.is_empty() { key.to_owned() } else { [key, ".", &self.path].concat() };
        self
    }
}

/// A type that is written to JSON and read back.
pub trait Json: Sized {
    /// Writes the value.
    fn write(&self, writer: &mut Writer);

    /// Takes the value of a member; `None` when the member is left out. What can't be taken is told to `reader`, and what comes
    /// back in its place means nothing: so whole types are read without a way out, and its cleaning up, at each of their members.
    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self;

    /// Reads the value back.
    ///
    /// # Errors
    /// When the JSON is of another kind or out of bounds.
    fn read(value: &Value<'_>) -> Result<Self, ReadError> {
        let mut reader = Reader::default();
        let taken = Self::take(Some(value), &mut reader);
        reader.finish(taken)
    }

    /// Whether a member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Remembers the first thing that is not what it should be.
#[derive(Debug, Default)]
pub struct Reader {
    error: Option<ReadError>,
}

impl Reader {
    /// What was taken, unless something was amiss.
    ///
    /// # Errors
    /// The first thing that was.
    pub fn finish<T>(self, taken: T) -> Result<T, ReadError> {
        self.error.map_or(Ok(taken), Err)
    }

    /// What was made of `value`; when it is `None`, a value is missing or is not what was expected, and `blank` stands for it.
    #[inline]
    pub fn known<T>(&mut self, made: Option<T>, value: Option<&Value<'_>>, expected: &'static str, blank: T) -> T {
        made.unwrap_or_else(|| {
            self.amiss(value, expected);
            blank
        })
    }

    /// The members of an object; none when it is no object.
    #[inline]
    pub fn members<'v, 'a>(&mut self, value: Option<&'v Value<'a>>) -> Members<'v, 'a> {
        let members = value.and_then(Value::members);
        if members.is_none() {
            self.amiss(value, "an object");
        }
        Members::among(members.unwrap_or_default())
    }

    /// The place of a text among those that are known.
    pub fn one_of(&mut self, value: Option<&Value<'_>>, known: &[&str], expected: &'static str) -> usize {
        let text = value.and_then(Value::text);
        let place = text.and_then(|text| known.iter().position(|one| *one == text));
        self.known(place, value, expected, 0)
    }

    /// What is inside of a value, under this name or at this place.
    pub fn inside<T: Json>(&mut self, key: Key<'_>, value: Option<&Value<'_>>) -> T {
        self.within(key, |reader| T::take(value, reader))
    }

    /// What `take` makes of a value that stands under this name or at this place.
    #[inline]
    pub fn within<T>(&mut self, key: Key<'_>, take: impl FnOnce(&mut Self) -> T) -> T {
        let had_error = self.error.is_some();
        let taken = take(self);
        if self.error.is_some() != had_error {
            self.under(key);
        }
        taken
    }

    /// The value is there, but is not what was `expected`.
    #[cold]
    pub fn refuse(&mut self, expected: &'static str) {
        self.error.get_or_insert_with(|| ReadError::expected(expected));
    }

    #[cold]
    fn amiss(&mut self, value: Option<&Value<'_>>, expected: &'static str) {
        self.refuse(if value.is_some() { expected } else { "a value" });
    }

    #[cold]
    fn under(&mut self, key: Key<'_>) {
        self.error = self.error.take().map(|error| match key {
            Key::Name(name) => error.under(name),
            Key::Place(place) => error.under(&decimal(place)),
        });
    }
}

/// Where something is inside of a value.
#[derive(Debug, Clone, Copy)]
pub enum Key<'k> {
    /// The name of a member.
    Name(&'k str),
    /// The place in an array.
    Place(usize),
}

/// The members of an object, to read a type from.
#[derive(Debug)]
pub struct Members<'v, 'a> {
    all: &'v [Member<'a>],
    /// Behind the one that was found last: what this crate has written is read in the order it was written in.
    next: Cell<usize>,
    /// The marks of all keys: most of what a type may have is left out, and need not be looked for.
    marks: u64,
}

impl<'v, 'a> Members<'v, 'a> {
    fn among(all: &'v [Member<'a>]) -> Self {
        Self { all, next: Cell::new(0), marks: all.iter().fold(0, |marks, member| marks | mark_of(&member.key)) }
    }

    /// The member under `key`, as one of many that are taken.
    #[inline(never)] // one copy a type, not one a member
    pub fn take<T: Json>(&self, key: &str, reader: &mut Reader) -> T {
        reader.inside(Key::Name(key), self.find(key))
    }

    /// All of them, in the order of the text.
    #[must_use]
    pub fn all(&self) -> &'v [Member<'a>] {
        self.all
    }

    #[inline]
    fn find(&self, key: &str) -> Option<&'v Value<'a>> {
        if self.marks & mark_of(key) == 0 {
            return None;
        }
        let (before, after) = self.all.split_at_checked(self.next.get())?;
        let has_key = |member: &&Member<'a>| member.key == key;
        let at = match after.iter().position(|member| has_key(&member)) {
            Some(at) => before.len() + at,
            None => before.iter().position(|member| has_key(&member))?,
        };
        self.next.set(at + 1);
        self.all.get(at).map(|member| &member.value)
    }
}

impl Json for String {
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }

    #[inline]
    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let text = value.and_then(Value::text);
        reader.known(text, value, "a string", "").to_owned()
    }
}

impl Json for bool {
    fn write(&self, writer: &mut Writer) {
        writer.raw(if *self { "true" } else { "false" });
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let flag = match value {
            Some(Value::Bool(flag)) => Some(*flag),
            Some(_) => None,
            None => Some(false),
        };
        reader.known(flag, value, "true or false", false)
    }

    // A flag is written only when it is set.
    fn is_absent(&self) -> bool {
        !*self
    }
}

impl Json for u32 {
    fn write(&self, writer: &mut Writer) {
        writer.raw(Digits::of((*self).into()).text());
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let number = if let Some(Value::Number(text)) = value { text.parse().ok() } else { None };
        reader.known(number, value, "a whole number", 0)
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.raw("null"),
        }
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        if matches!(value, None | Some(Value::Null)) { None } else { Some(T::take(value, reader)) }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
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

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let values: Option<&[Value<'_>]> = match value {
            Some(Value::Array(values)) => Some(values),
            Some(_) => None,
            None => Some(&[]),
        };
        let values = reader.known(values, value, "an array", &[]);
        values.iter().enumerate().map(|(at, value)| reader.inside(Key::Place(at), Some(value))).collect()
    }
}
