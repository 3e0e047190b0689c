//! From values to compact JSON text.

use super::plain::plain_length;
use super::read::Json;
use crate::prelude::*;

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amounts {
    /// As strings, `"129.90"`: in the state and towards gateways.
    Texts,
    /// As numbers, `129.90`, printed exactly from the decimal: in HTTP answers, as the clients of this interface expect.
    Numbers,
}

/// Writes compact JSON, without raw line breaks. Commas come by themselves.
#[derive(Debug)]
pub struct Writer {
    text: String,
    amounts: Amounts,
}

impl Writer {
    /// An empty text.
    #[must_use]
    pub fn new(amounts: Amounts) -> Self {
        Self { text: String::new(), amounts }
    }

    /// An empty text with room for so many bytes.
    #[must_use]
    pub fn with_room(amounts: Amounts, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), amounts }
    }

    /// How amounts are to be written.
    #[must_use]
    pub fn amounts(&self) -> Amounts {
        self.amounts
    }

    /// The text written so far.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    /// Begins an object.
    pub fn begin_object(&mut self) {
        self.separate();
        self.text.push('{');
    }

    /// Ends an object.
    pub fn end_object(&mut self) {
        self.text.push('}');
    }

    /// Begins an array.
    pub fn begin_array(&mut self) {
        self.separate();
        self.text.push('[');
    }

    /// Ends an array.
    pub fn end_array(&mut self) {
        self.text.push(']');
    }

    /// A member, left out when its value is absent.
    pub fn member<T: Json>(&mut self, key: &str, value: &T) {
        if !value.is_absent() {
            self.key(key);
            value.write(self);
        }
    }

    /// A member that holds text.
    pub fn text_member(&mut self, key: &str, value: &str) {
        self.key(key);
        self.text(value);
    }

    /// A member whose name this crate gave it, as it stands in the text: `"name":`.
    pub fn named<T: Json>(&mut self, name: &'static str, value: &T) {
        if !value.is_absent() {
            self.name(name);
            value.write(self);
        }
    }

    /// A name as it stands in the text, `"name":`; its value must follow.
    #[inline]
    pub fn name(&mut self, name: &'static str) {
        self.separate();
        self.text.push_str(name);
    }

    /// A key; its value must follow.
    #[inline]
    pub fn key(&mut self, key: &str) {
        self.text(key);
        self.text.push(':');
    }

    /// A string.
    pub fn text(&mut self, value: &str) {
        self.separate();
        self.text.reserve(value.len() + 2);
        self.text.push('"');
        let plain = plain_length(value.as_bytes());
        if plain == value.len() {
            self.text.push_str(value);
        } else {
            self.escaped(value, plain);
        }
        self.text.push('"');
    }

    /// What needs escapes, the first of them behind so many bytes.
    #[cold]
    fn escaped(&mut self, value: &str, plain: usize) {
        let mut rest = value;
        let mut plain = plain;
        while let Some(byte) = rest.as_bytes().get(plain) {
            self.text.push_str(rest.get(..plain).unwrap_or_default());
            self.escape(*byte);
            rest = rest.get(plain + 1..).unwrap_or_default();
            plain = plain_length(rest.as_bytes());
        }
        self.text.push_str(rest);
    }

    /// A string in which nothing needs an escape.
    pub fn plain(&mut self, value: &str) {
        self.separate();
        self.text.push('"');
        self.text.push_str(value);
        self.text.push('"');
    }

    /// An array, each item written by `write`.
    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.begin_array();
        for item in items {
            write(self, item);
        }
        self.end_array();
    }

    /// A value that is JSON already: a number, a literal, or a text this writer made.
    #[inline]
    pub fn raw(&mut self, json: &str) {
        self.separate();
        self.text.push_str(json);
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.text.push_str("\\\""),
            b'\\' => self.text.push_str("\\\\"),
            b'\n' => self.text.push_str("\\n"),
            b'\r' => self.text.push_str("\\r"),
            b'\t' => self.text.push_str("\\t"),
            other => {
                self.text.push_str("\\u00");
                self.text.push(char::from_digit(u32::from(other >> 4), 16).unwrap_or('0'));
                self.text.push(char::from_digit(u32::from(other & 15), 16).unwrap_or('0'));
            }
        }
    }

    #[inline]
    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }
}
