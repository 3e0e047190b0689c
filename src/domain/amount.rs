//! Decimal amounts: the strict text grammar and checked arithmetic.

use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use core::num::NonZeroU64;

use super::digits::{Digits, parted};
use super::json::{Amounts, Json, Reader, Value, Writer};
use super::limits::AMOUNT_DIGITS_MAX;
use crate::prelude::*;

/// An exact decimal amount. Not yet money: it has no currency (see [`super::money::Money`]).
///
/// Whole units of its last decimal, in 64 bits: 18 digits fit, and whatever is computed of two amounts fits in 128. A general decimal
/// type was ten kilobytes of the storefront build and slower by half.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// At most 18 digits.
    units: i64,
    /// At most 18.
    decimals: u8,
}

/// Why a text is not an amount, or a sum does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// The text does not follow the grammar.
    Grammar,
    /// More digits than [`AMOUNT_DIGITS_MAX`].
    TooManyDigits,
    /// A sum or difference left the range.
    OutOfRange,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self { units: 0, decimals: 0 };

    /// Reads `-?(0|[1-9][0-9]*)(\.[0-9]+)?` of at most 18 digits: no `1e3`, `1_000`, `.5`, `+1`.
    ///
    /// # Errors
    /// [`AmountError::Grammar`] or [`AmountError::TooManyDigits`].
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = parted(digits);
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole)
            || (whole.len() > 1 && whole.starts_with('0'))
            || fraction.is_some_and(|part| !all_digits(part))
        {
            return Err(AmountError::Grammar);
        }
        let fraction = fraction.unwrap_or_default();
        if whole.len() + fraction.len() > AMOUNT_DIGITS_MAX {
            return Err(AmountError::TooManyDigits);
        }
        let mut units: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            units = units
                .checked_mul(10)
                .and_then(|units| units.checked_add(i64::from(byte - b'0')))
                .ok_or(AmountError::TooManyDigits)?;
        }
        let decimals = u8::try_from(fraction.len()).map_err(|_| AmountError::TooManyDigits)?;
        Ok(Self { units: if negative { -units } else { units }, decimals })
    }

    /// The amount of so many units of the last of `decimals` decimals: 12990 with 2 is `129.90`; `None` beyond 18 digits.
    #[must_use]
    pub fn from_units(units: i128, decimals: u32) -> Option<Self> {
        let decimals = u8::try_from(decimals).ok().filter(|decimals| usize::from(*decimals) <= AMOUNT_DIGITS_MAX)?;
        let units =
            i64::try_from(units).ok().filter(|units| units.unsigned_abs() < power_of_ten(AMOUNT_DIGITS_MAX).get())?;
        Some(Self { units, decimals })
    }

    /// The exact sum, with as many decimals as the one that has more: nothing is `0.00`, not `0`.
    ///
    /// # Errors
    /// [`AmountError::OutOfRange`] when it has more than 18 digits.
    pub fn checked_add(self, other: Self) -> Result<Self, AmountError> {
        let decimals = self.decimals.max(other.decimals);
        Self::from_units(self.units_with(decimals) + other.units_with(decimals), decimals.into())
            .ok_or(AmountError::OutOfRange)
    }

    /// The exact difference, likewise.
    ///
    /// # Errors
    /// [`AmountError::OutOfRange`] when it has more than 18 digits.
    pub fn checked_sub(self, other: Self) -> Result<Self, AmountError> {
        self.checked_add(Self { units: -other.units, ..other })
    }

    /// So many times the amount.
    ///
    /// # Errors
    /// [`AmountError::OutOfRange`] when it has more than 18 digits.
    pub fn times(self, count: u32) -> Result<Self, AmountError> {
        Self::from_units(i128::from(self.units) * i128::from(count), self.decimals.into())
            .ok_or(AmountError::OutOfRange)
    }

    /// The exact sum of many.
    ///
    /// # Errors
    /// [`AmountError::OutOfRange`] when it has more than 18 digits.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, AmountError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Whether it is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.units > 0
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// How many decimals it needs, trailing zeroes aside.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.shortest().decimals.into()
    }

    /// The same amount, written with exactly `decimals` decimals; `None` when it has more.
    #[must_use]
    pub fn with_decimals(self, decimals: u32) -> Option<Self> {
        let shortest = self.shortest();
        let decimals = u8::try_from(decimals).ok().filter(|decimals| shortest.decimals <= *decimals)?;
        Self::from_units(shortest.units_with(decimals), decimals.into())
    }

    /// The amount in units of its last decimal: `129.90` is 12990.
    #[must_use]
    pub fn units(self) -> i128 {
        self.units.into()
    }

    /// The exact decimal text, with the decimals the amount carries.
    #[must_use]
    pub fn text(self) -> String {
        self.digits().into()
    }

    fn digits(self) -> Digits {
        let decimals = usize::from(self.decimals);
        let one = power_of_ten(decimals);
        let units = self.units.unsigned_abs();
        let mut text = Digits::new();
        if decimals > 0 {
            text.prepend(units % one, decimals);
            text.prepend_byte(b'.');
        }
        text.prepend(units / one, 1);
        if self.units < 0 {
            text.prepend_byte(b'-');
        }
        text
    }

    /// The exact decimal text without zeroes at its end: `20` and `20.00` are both `20`.
    #[must_use]
    pub fn shortest_text(self) -> String {
        self.shortest().text()
    }

    /// Without trailing zeroes.
    fn shortest(self) -> Self {
        let mut shortest = self;
        while shortest.decimals > 0 && shortest.units % 10 == 0 {
            shortest = Self { units: shortest.units / 10, decimals: shortest.decimals - 1 };
        }
        shortest
    }

    /// Its units with so many decimals, not fewer than it has.
    fn units_with(self, decimals: u8) -> i128 {
        i128::from(self.units) * i128::from(power_of_ten(usize::from(decimals.saturating_sub(self.decimals))).get())
    }
}

/// At most the 18th.
fn power_of_ten(exponent: usize) -> NonZeroU64 {
    let power = (0..exponent.min(AMOUNT_DIGITS_MAX)).fold(1, |power, _| power * 10);
    NonZeroU64::new(power).unwrap_or(NonZeroU64::MIN)
}

// Equal amounts are equal, however many decimals they carry.
impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        let decimals = self.decimals.max(other.decimals);
        self.units_with(decimals).cmp(&other.units_with(decimals))
    }
}

impl Hash for Amount {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { units, decimals } = self.shortest();
        (units, decimals).hash(state);
    }
}

impl Json for Amount {
    fn write(&self, writer: &mut Writer) {
        match writer.amounts() {
            Amounts::Texts => self.digits().write(writer),
            Amounts::Numbers => writer.raw(self.digits().text()),
        }
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let text = match value {
            Some(Value::Text(text)) => text,
            Some(Value::Number(text)) => *text,
            _ => "",
        };
        reader.known(Self::parse(text).ok(), value, "a decimal amount of at most 18 digits", Self::ZERO)
    }
}
