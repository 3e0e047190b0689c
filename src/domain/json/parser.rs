//! From text to [`Value`]: strict JSON (RFC 8259), one pass, with line and column in every refusal.

use alloc::borrow::Cow;

use super::plain::plain_length;
use super::value::{Member, Place, Position, Value};
use crate::domain::limits::{JSON_DEPTH_MAX, JSON_MEMBERS_MAX};
use crate::domain::shown::shown_name;
use crate::prelude::*;

/// Why a text is not acceptable JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, for people.
    pub message: String,
    /// Where.
    pub position: Position,
    /// The path of the member that stands twice, when that is what is wrong: the text is JSON then, but its meaning is open.
    pub duplicate: Option<String>,
}

impl SyntaxError {
    fn new(message: &str, place: Place<'_>) -> Self {
        Self { message: message.to_owned(), position: place.position(), duplicate: None }
    }

    /// The same error, seen from one level up.
    fn under(mut self, key: &str) -> Self {
        self.duplicate = self.duplicate.map(|path| [shown_name(key), ".", &path].concat());
        self
    }
}

/// Reads one JSON value from bytes.
///
/// # Errors
/// When the bytes are not UTF-8 or the text is not acceptable JSON.
pub fn parse_bytes(bytes: &[u8]) -> Result<Value<'_>, SyntaxError> {
    match core::str::from_utf8(bytes) {
        Ok(text) => parse(text),
        Err(error) => {
            let valid =
                bytes.get(..error.valid_up_to()).and_then(|head| core::str::from_utf8(head).ok()).unwrap_or_default();
            Err(SyntaxError::new("the text is not valid UTF-8", Place::at(valid, valid.len())))
        }
    }
}

/// Reads one JSON value from text.
///
/// # Errors
/// When the text is not acceptable JSON: bad syntax, a duplicate key, a lone surrogate, or deeper or wider than the limits.
pub fn parse(text: &str) -> Result<Value<'_>, SyntaxError> {
    let mut parser = Parser { text, at: 0 };
    parser.skip_space();
    let value = parser.value(0).map_err(|error| *error)?;
    parser.skip_space();
    if parser.at < text.len() {
        return Err(*parser.error("expected the end of the text"));
    }
    Ok(value)
}

/// What a part of the text is. The error is boxed, for values are passed up far more often than errors.
type Parsed<T> = Result<T, Box<SyntaxError>>;

/// Room for the members of most objects, so that they are not moved while they are read.
const USUAL_MEMBERS: usize = 16;

/// One bit of 64 for a key: only keys with the same bit can be the same.
#[inline]
pub(super) fn mark_of(key: &str) -> u64 {
    let last = key.as_bytes().last().copied().unwrap_or_default();
    1 << ((usize::from(last) ^ (key.len() << 2)) & 63)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

#[allow(
    clippy::inline_always,
    reason = "a build for size would call each of these at every byte: a sixth of its time, for 300 bytes"
)]
impl<'a> Parser<'a> {
    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline(always)]
    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    #[inline]
    fn place(&self) -> Place<'a> {
        Place::at(self.text, self.at)
    }

    fn error(&self, message: &str) -> Box<SyntaxError> {
        self.error_at(self.at, message)
    }

    fn error_at(&self, at: usize, message: &str) -> Box<SyntaxError> {
        Box::new(SyntaxError::new(message, Place::at(self.text, at)))
    }

    #[inline(always)]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Parsed<Value<'a>> {
        if depth > JSON_DEPTH_MAX {
            return Err(self.error("the text is nested too deeply"));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Value::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'\'') => Err(self.error("expected a value; a string is written in double quotes, not single ones")),
            Some(_) => Err(self.error("expected a value")),
            None => Err(self.error("expected a value, found the end of the text")),
        }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Parsed<Value<'a>> {
        if self.slice(self.at, self.at + word.len()) == word {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.error("expected a value"))
        }
    }

    fn object(&mut self, depth: usize) -> Parsed<Value<'a>> {
        self.at += 1;
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Object(Vec::new()));
        }
        let mut members: Vec<Member<'a>> = Vec::with_capacity(USUAL_MEMBERS);
        let mut marks = 0;
        loop {
            self.skip_space();
            let place = self.place();
            if self.peek() != Some(b'"') {
                return Err(self.error("expected a member name in double quotes"));
            }
            let key = self.string()?;
            let mark = mark_of(&key);
            if marks & mark != 0 && members.iter().any(|member| member.key == key) {
                let duplicate = Some(shown_name(&key).to_owned());
                return Err(Box::new(SyntaxError { duplicate, ..SyntaxError::new("a member stands twice", place) }));
            }
            if members.len() >= JSON_MEMBERS_MAX {
                return Err(Box::new(SyntaxError::new("an object has too many members", place)));
            }
            self.skip_space();
            if !self.take(b':') {
                return Err(self.error("expected \":\" after a member name"));
            }
            self.skip_space();
            let value = self.value(depth + 1).map_err(|error| Box::new(error.under(&key)))?;
            members.push(Member { key, place, value });
            marks |= mark;
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Object(members));
            }
            if !self.take(b',') {
                return Err(self.error("expected \",\" or \"}\" after a member"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Parsed<Value<'a>> {
        self.at += 1;
        let mut values = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::Array(values));
        }
        loop {
            self.skip_space();
            values.push(self.value(depth + 1)?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(values));
            }
            if !self.take(b',') {
                return Err(self.error("expected \",\" or \"]\" after a value"));
            }
        }
    }

    #[inline(always)]
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
        }
        found
    }

    fn number(&mut self) -> Parsed<Value<'a>> {
        let start = self.at;
        self.take(b'-');
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(self.error("expected a digit")),
        }
        if self.take(b'.') {
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.error("a number does not begin with a zero"));
        }
        Ok(Value::Number(self.slice(start, self.at)))
    }

    fn some_digits(&mut self) -> Parsed<()> {
        if matches!(self.peek(), Some(b'0'..=b'9')) {
            self.digits();
            Ok(())
        } else {
            Err(self.error("expected a digit"))
        }
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    #[inline]
    fn string(&mut self) -> Parsed<Cow<'a, str>> {
        self.at += 1;
        let start = self.at;
        self.skip_plain();
        if self.take(b'"') {
            return Ok(Cow::Borrowed(self.slice(start, self.at - 1)));
        }
        self.escaped_string(start).map(Cow::Owned)
    }

    /// A string up to its end, from an escape in it or from what must not stand in it.
    #[cold]
    fn escaped_string(&mut self, start: usize) -> Parsed<String> {
        let mut text = self.slice(start, self.at).to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                None => return Err(self.error("a string does not end")),
                Some(0..0x20) => return Err(self.error("a control character in a string must be escaped")),
                Some(_) => {
                    let from = self.at;
                    self.skip_plain();
                    text.push_str(self.slice(from, self.at));
                }
            }
        }
    }

    /// Moves on to the quote that ends a string, to an escape, or to what must not stand there.
    #[inline]
    fn skip_plain(&mut self) {
        self.at += plain_length(self.text.as_bytes().get(self.at..).unwrap_or_default());
    }

    fn escape(&mut self) -> Parsed<char> {
        let start = self.at;
        self.at += 1;
        let escaped = self.peek();
        self.at += 1;
        Ok(match escaped {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => return Err(self.error_at(start, "an escape that JSON does not have")),
        })
    }

    fn unicode_escape(&mut self, start: usize) -> Parsed<char> {
        let first = self.four_hex(start)?;
        let code = match first {
            0xD800..=0xDBFF => {
                if self.slice(self.at, self.at + 2) != "\\u" {
                    return Err(self.error_at(start, LONE_SURROGATE));
                }
                self.at += 2;
                let second = self.four_hex(start)?;
                if !(0xDC00..=0xDFFF).contains(&second) {
                    return Err(self.error_at(start, LONE_SURROGATE));
                }
                0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            _ => first,
        };
        char::from_u32(code).ok_or_else(|| self.error_at(start, LONE_SURROGATE))
    }

    fn four_hex(&mut self, start: usize) -> Parsed<u32> {
        let digits = self.slice(self.at, self.at + 4);
        let code = digits.bytes().try_fold(0, |code, byte| Some(code << 4 | char::from(byte).to_digit(16)?));
        self.at += 4;
        code.filter(|_| digits.len() == 4).ok_or_else(|| self.error_at(start, "expected four hex digits after \"\\u\""))
    }
}

const LONE_SURROGATE: &str = "a lone surrogate is not a character";
