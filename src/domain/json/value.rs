//! A JSON text as a tree that borrows from the text.

use alloc::borrow::Cow;

use crate::domain::characters::count;
use crate::prelude::*;

/// A JSON value. Numbers keep their own text, so that no amount ever passes through a float.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as its text stands in the input.
    Number(&'a str),
    /// A string, unescaped.
    Text(Cow<'a, str>),
    /// An array.
    Array(Vec<Value<'a>>),
    /// An object, its members in the order of the text; keys are unique.
    Object(Vec<Member<'a>>),
}

/// One member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// The key, unescaped.
    pub key: Cow<'a, str>,
    /// Where the key begins in the text.
    pub place: Place<'a>,
    /// The value.
    pub value: Value<'a>,
}

/// Where something stands: what of the text stands before it. Its line and column are counted when a message names them, which is
/// seldom; the state has many members and no such message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    before: &'a str,
}

impl<'a> Place<'a> {
    /// At this byte of the text.
    #[inline]
    #[must_use]
    pub fn at(text: &'a str, byte: usize) -> Self {
        Self { before: text.get(..byte).unwrap_or(text) }
    }

    /// For messages.
    #[must_use]
    pub fn position(self) -> Position {
        let line = self.before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let line_start = self.before.bytes().rposition(|byte| byte == b'\n').map_or(0, |at| at + 1);
        let column = count(self.before.get(line_start..).unwrap_or_default()) + 1;
        Position { line: to_u32(line), column: to_u32(column) }
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A place in a text, for messages to people. Both count from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl<'a> Value<'a> {
    /// The members, if this is an object.
    #[must_use]
    pub fn members(&self) -> Option<&[Member<'a>]> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The value under `key`, if this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.members()?.iter().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The name of this kind of value, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}
