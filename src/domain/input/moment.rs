//! Times in requests: a day, or a time of day with its offset from UTC, as clients of this interface write them.

use crate::domain::date::Date;
use crate::domain::timestamp::Timestamp;

const MINUTE_MS: i64 = 60_000;

/// Why a text is no time, for people.
pub const EXPECTED: &str = "A time is expected, such as 2026-11-21T14:43:08.123Z, or a day, such as 2026-11-21.";

/// Reads `2026-11-21`, or `2026-11-21T14:43:08` with at most three decimals of the second and `Z`, `+01:00` or `+0100`.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    if let Some(date) = Date::parse(text) {
        return Some(date.start());
    }
    let (seconds, rest) = text.split_at_checked(19)?;
    let zone_at = rest.find(['Z', '+', '-'])?;
    let (fraction, zone) = rest.split_at_checked(zone_at)?;
    let milliseconds = match fraction.strip_prefix('.') {
        Some(digits) if (1..=3).contains(&digits.len()) => {
            [digits, "00".get(digits.len() - 1..).unwrap_or_default()].concat()
        }
        None if fraction.is_empty() => "000".to_owned(),
        Some(_) | None => return None,
    };
    let local = Timestamp::parse(&[seconds, ".", &milliseconds, "Z"].concat())?;
    let utc = local.milliseconds().checked_sub(offset_minutes(zone)?.checked_mul(MINUTE_MS)?)?;
    Timestamp::from_milliseconds(utc)
}

/// `Z`, `+01:00` or `+0100`, in minutes east of UTC.
fn offset_minutes(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':').or_else(|| digits.split_at_checked(2))?;
    let number = |text: &str, below: i64| {
        let is_pair = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i64>().ok().filter(|number| is_pair && *number < below)
    };
    Some(sign * (number(hours, 24)? * 60 + number(minutes, 60)?))
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
