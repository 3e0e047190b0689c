//! Times in requests: a day, or a time of day with its offset from UTC, as clients of this interface write them.

use crate::domain::digits::parted;
use crate::domain::timestamp::Timestamp;

/// Why a text is no time, for people.
pub const EXPECTED: &str = "A time is expected, such as 2026-11-21T14:43:08.123Z, or a day, such as 2026-11-21.";

/// Reads what [`Timestamp::read_input`] does, with at most three decimals of the second.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    let decimals = parted(text).1.map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if decimals > 3 { None } else { Timestamp::read_input(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_write_is_read() {
        for (text, expected) in [
            ("2026-11-21T14:43:08.123Z", "2026-11-21T14:43:08.123Z"),
            ("2026-11-21T14:43:08Z", "2026-11-21T14:43:08.000Z"),
            ("2026-11-21T14:43:08.5Z", "2026-11-21T14:43:08.500Z"),
            ("2026-11-21T14:43:08.000+0000", "2026-11-21T14:43:08.000Z"),
            ("2026-11-21T00:30:00+01:00", "2026-11-20T23:30:00.000Z"),
            ("2026-11-21T23:30:00-05:30", "2026-11-22T05:00:00.000Z"),
            ("2026-11-21", "2026-11-21T00:00:00.000Z"),
        ] {
            assert_eq!(parse(text).map(Timestamp::text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in [
            "",
            "today",
            "2026-02-30",
            "2026-11-21T25:00:00Z",
            "2026-11-21T14:43:08",
            "2026-11-21T14:43:08.1234Z",
            "2026-11-21T14:43:08.Z",
            "2026-11-21T14:43:08+1:00",
            "2026-11-21T14:43:08+24:00",
            "2026-11-21T14:43:08+0160",
            "2026-11-21T14:43:08Z ",
            "2026-11-21 14:43:08Z",
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00+01:00",
            "2026-11-21T14:43:0\u{e9}Z",
            "1763736188",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
