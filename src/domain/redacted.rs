//! Texts that must not reach a log.

use core::fmt;

use super::json::{Json, Reader, Value, Writer};
use crate::prelude::*;

/// A payment token. It is stored while a call may have to be repeated with it, and sent to the gateway; `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted(String);

impl Redacted {
    /// Hides `text`.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the gateway.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Redacted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl Json for Redacted {
    fn write(&self, writer: &mut Writer) {
        writer.text(&self.0);
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        Self(String::take(value, reader))
    }
}
