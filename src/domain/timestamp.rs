//! Points in time, handed in by the host: the core reads no clock.

use time::{Date, Month, UtcDateTime};

use super::digits::Digits;
use super::json::{Json, Reader, Value, Writer};
use crate::prelude::*;

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z. On the wire: RFC 3339 in UTC with milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// 9999-12-31T23:59:59.999Z: the last time that RFC 3339 can write.
const MILLISECONDS_MAX: i64 = 253_402_300_799_999;

impl Timestamp {
    /// The time `milliseconds` after 1970, if it is between 1970 and 9999.
    #[must_use]
    pub fn from_milliseconds(milliseconds: i64) -> Option<Self> {
        (0..=MILLISECONDS_MAX).contains(&milliseconds).then_some(Self(milliseconds))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// The year and the month, 1 to 12, in UTC.
    #[must_use]
    pub fn year_and_month(self) -> (u32, u32) {
        let time = UtcDateTime::from_unix_timestamp(self.0.div_euclid(1000)).unwrap_or(UtcDateTime::UNIX_EPOCH);
        (u32::try_from(time.year()).unwrap_or_default(), u32::from(u8::from(time.month())))
    }

    /// This time and `milliseconds` more, at most the end of 9999.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds).clamp(0, MILLISECONDS_MAX))
    }

    /// How many milliseconds this time is after `earlier`; negative when it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// `2026-11-21T14:43:08.123Z`
    #[must_use]
    pub fn text(self) -> String {
        self.digits().into()
    }

    fn digits(self) -> Digits {
        let time = UtcDateTime::from_unix_timestamp(self.0.div_euclid(1000)).unwrap_or(UtcDateTime::UNIX_EPOCH);
        let (year, month, day) = time.to_calendar_date();
        let (hour, minute, second) = time.as_hms();
        let mut text = Digits::shaped(*b"0000-00-00T00:00:00.000Z");
        for (at, width, number) in [
            (0, 4, year.unsigned_abs()),
            (5, 2, u8::from(month).into()),
            (8, 2, day.into()),
            (11, 2, hour.into()),
            (14, 2, minute.into()),
            (17, 2, second.into()),
            (20, 3, u32::try_from(self.0.rem_euclid(1000)).unwrap_or_default()),
        ] {
            text.fill(at, width, number);
        }
        text
    }

    /// Reads what [`Timestamp::text`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 24] = text.as_bytes().try_into().ok()?;
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', time @ ..] = bytes else { return None };
        let [h1, h2, b':', n1, n2, b':', s1, s2, b'.', f1, f2, f3, b'Z'] = time else { return None };
        let two = |tens, ones| number(&[tens, ones]).and_then(|number| u8::try_from(number).ok());
        let month = Month::try_from(two(m1, m2)?).ok()?;
        let date = Date::from_calendar_date(number(&[y1, y2, y3, y4])?.into(), month, two(d1, d2)?).ok()?;
        let time = time::Time::from_hms_milli(two(h1, h2)?, two(n1, n2)?, two(s1, s2)?, number(&[f1, f2, f3])?).ok()?;
        let moment = UtcDateTime::new(date, time);
        Self::from_milliseconds(moment.unix_timestamp() * 1000 + i64::from(moment.millisecond()))
    }
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);

    /// Reads a time as clients write it: a date (its first moment, in UTC), or a date and time with an offset (`Z`, `+01:00`,
    /// `+0000`), its seconds with up to nine decimals. `None` for anything else.
    #[must_use]
    pub fn read_input(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let Some(rest) = rest.strip_prefix('T') else {
            return if rest.is_empty() { Self::parse(&[date, "T00:00:00.000Z"].concat()) } else { None };
        };
        let (time, rest) = rest.split_at_checked(8)?;
        let (fraction, offset) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at_checked(rest.bytes().take_while(u8::is_ascii_digit).count())?,
            None => ("0", rest),
        };
        if fraction.is_empty() || fraction.len() > 9 {
            return None;
        }
        let milliseconds: String = fraction.chars().chain("00".chars()).take(3).collect();
        let local = Self::parse(&[date, "T", time, ".", &milliseconds, "Z"].concat())?;
        Self::from_milliseconds(local.0.checked_sub(offset_ms(offset)?)?)
    }
}

/// The number of a few digits.
#[inline]
fn number(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0')))
}

fn offset_ms(offset: &str) -> Option<i64> {
    if offset == "Z" {
        return Some(0);
    }
    let (sign, digits) = match offset.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at_checked(2)?,
    };
    let number = |digits: &str, most: i64| {
        let is_number = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|number: &i64| is_number && *number <= most)
    };
    Some(sign * (number(hours, 23)? * 60 + number(minutes, 59)?) * 60_000)
}

impl Json for Timestamp {
    fn write(&self, writer: &mut Writer) {
        self.digits().write(writer);
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let time = match value {
            Some(Value::Text(text)) => Self::parse(text),
            Some(Value::Number(text)) => text.parse().ok().and_then(Self::from_milliseconds),
            _ => None,
        };
        let expected = "a time: RFC 3339 in UTC with milliseconds, or milliseconds since 1970";
        reader.known(time, value, expected, Self::EPOCH)
    }
}
