//! Days of the calendar, for what has no time of day: an invoice's date and the day it is due.

use super::json::{Json, Reader, Value, Writer};
use super::timestamp::Timestamp;
use crate::prelude::*;

/// A day. On the wire: `2026-11-21`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(Timestamp);

impl Date {
    /// The day of this time, in UTC.
    #[must_use]
    pub fn of(time: Timestamp) -> Self {
        Self::parse(&Self(time).text()).unwrap_or(Self(time))
    }

    /// Reads `2026-11-21`; a day that no calendar has is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Timestamp::parse(&[text, "T00:00:00.000Z"].concat()).map(Self)
    }

    /// `2026-11-21`
    #[must_use]
    pub fn text(self) -> String {
        self.0.text().chars().take(10).collect()
    }

    /// Its first moment, in UTC.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        self.0
    }
}

impl Json for Date {
    fn write(&self, writer: &mut Writer) {
        writer.text(&self.text());
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let date = value.and_then(Value::text).and_then(Self::parse);
        reader.known(date, value, "a day such as \"2026-11-21\"", Self(Timestamp::EPOCH))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for (text, known) in [
            ("2026-11-21", true),
            ("2028-02-29", true),
            ("1970-01-01", true),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-11-31", false),
            ("1969-12-31", false),
            ("2026-11-21T00:00:00.000Z", false),
            ("21.11.2026", false),
            ("", false),
        ] {
            assert_eq!(Date::parse(text).map(Date::text), known.then(|| text.to_owned()), "{text}");
        }
        let late = Timestamp::parse("2026-11-21T23:59:59.999Z").unwrap();
        assert_eq!(Date::of(late), Date::parse("2026-11-21").unwrap());
    }
}
