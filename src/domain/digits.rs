//! Numbers as decimal text without an allocation: the state is full of times, amounts and counts.

use super::json::Writer;
use crate::prelude::*;

/// Room for a time, which is the longest: `2026-11-21T14:43:08.123Z`.
const LENGTH: usize = 24;

/// A short text of ASCII that is written from its end.
#[derive(Debug)]
pub struct Digits {
    bytes: [u8; LENGTH],
    start: usize,
}

impl Digits {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { bytes: [b' '; LENGTH], start: LENGTH }
    }

    /// A text of this shape, its places yet to be filled.
    #[must_use]
    pub fn shaped(bytes: [u8; LENGTH]) -> Self {
        Self { bytes, start: 0 }
    }

    /// The lowest `width` digits of a number, from this place on.
    #[inline]
    pub fn fill(&mut self, at: usize, width: usize, number: u32) {
        let mut rest = number;
        for place in self.bytes.get_mut(at..at + width).unwrap_or_default().iter_mut().rev() {
            *place = b'0' | u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
        }
    }

    /// A number in decimal.
    #[must_use]
    pub fn of(number: u64) -> Self {
        let mut digits = Self::new();
        digits.prepend(number, 1);
        digits
    }

    /// A number before what stands there already, with at least so many digits.
    #[inline]
    pub fn prepend(&mut self, number: u64, least: usize) {
        let mut rest = number;
        let mut written = 0;
        // a division of 64 bits takes several times as long as one of 32
        while u32::try_from(rest).is_err() {
            self.prepend_digit(rest % 10);
            rest /= 10;
            written += 1;
        }
        let mut rest = u32::try_from(rest).unwrap_or_default();
        while rest > 0 || written < least {
            self.prepend_digit((rest % 10).into());
            rest /= 10;
            written += 1;
        }
    }

    #[inline]
    fn prepend_digit(&mut self, digit: u64) {
        self.prepend_byte(b'0' | u8::try_from(digit).unwrap_or_default());
    }

    /// One character of ASCII before what stands there already.
    #[inline]
    pub fn prepend_byte(&mut self, byte: u8) {
        debug_assert!(byte.is_ascii() && self.start > 0, "a short text of ASCII");
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }

    /// The text.
    #[inline]
    #[must_use]
    pub fn text(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Writes it as a string of JSON.
    pub fn write(&self, writer: &mut Writer) {
        writer.plain(self.text());
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Digits> for String {
    fn from(digits: Digits) -> Self {
        digits.text().to_owned()
    }
}

/// A number in decimal, in a text of its own.
#[must_use]
pub fn decimal(number: impl TryInto<u64>) -> String {
    Digits::of(number.try_into().unwrap_or(u64::MAX)).into()
}

/// What stands before the first point, and what behind it.
#[must_use]
pub fn parted(text: &str) -> (&str, Option<&str>) {
    let point = text.bytes().position(|byte| byte == b'.').unwrap_or(text.len());
    (text.get(..point).unwrap_or_default(), text.get(point + 1..))
}

#[cfg(test)]
mod tests {
    use super::{Digits, parted};

    #[test]
    fn a_text_parts_at_its_first_point() {
        for (text, parts) in [
            ("", ("", None)),
            ("12", ("12", None)),
            ("1.25", ("1", Some("25"))),
            (".", ("", Some(""))),
            ("1.2.3", ("1", Some("2.3"))),
            ("ä.€", ("ä", Some("€"))),
        ] {
            assert_eq!(parted(text), parts, "{text}");
        }
    }

    #[test]
    fn numbers_as_text() {
        for number in [0, 1, 9, 10, 99, 100, 1_234_567_890, u64::MAX] {
            assert_eq!(Digits::of(number).text(), number.to_string());
        }
        let mut digits = Digits::of(5);
        digits.prepend_byte(b'.');
        digits.prepend(7, 3);
        assert_eq!(digits.text(), "007.5");
        let mut none = Digits::new();
        none.prepend(0, 0);
        assert_eq!(none.text(), "");
    }
}
