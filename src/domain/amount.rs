//! Decimal amounts: the strict text grammar and checked arithmetic.

use rust_decimal::Decimal;

use super::json::{Amounts, Json, Reader, Value, Writer};
use super::limits::AMOUNT_DIGITS_MAX;

/// An exact decimal amount. Not yet money: it has no currency (see [`super::money::Money`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

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
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads `-?(0|[1-9][0-9]*)(\.[0-9]+)?` of at most 18 digits: no `1e3`, `1_000`, `.5`, `+1`.
    ///
    /// # Errors
    /// [`AmountError::Grammar`] or [`AmountError::TooManyDigits`].
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) =
            digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
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
        let scale = u32::try_from(fraction.len()).map_err(|_| AmountError::TooManyDigits)?;
        Decimal::try_new(if negative { -units } else { units }, scale).map(Self).map_err(|_| AmountError::TooManyDigits)
    }

    /// The amount of so many units of the last of `decimals` decimals: 12990 with 2 is `129.90`; `None` beyond 18 digits.
    #[must_use]
    pub fn from_units(units: i128, decimals: u32) -> Option<Self> {
        Decimal::try_from_i128_with_scale(units, decimals).ok().map(Self).filter(|amount| amount.in_range())
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`AmountError::OutOfRange`] when it has more than 18 digits.
    pub fn checked_add(self, other: Self) -> Result<Self, AmountError> {
        self.0
            .checked_add(other.0)
            .map(|sum| self.kept(other, sum))
            .filter(|sum| sum.in_range())
            .ok_or(AmountError::OutOfRange)
    }

    /// The exact difference.
    ///
    /// # Errors
    /// [`AmountError::OutOfRange`] when it has more than 18 digits.
    pub fn checked_sub(self, other: Self) -> Result<Self, AmountError> {
        self.0
            .checked_sub(other.0)
            .map(|sum| self.kept(other, sum))
            .filter(|sum| sum.in_range())
            .ok_or(AmountError::OutOfRange)
    }

    /// So many times the amount.
    ///
    /// # Errors
    /// [`AmountError::OutOfRange`] when it has more than 18 digits.
    pub fn times(self, count: u32) -> Result<Self, AmountError> {
        let product = self.0.checked_mul(Decimal::from(count)).map(Self);
        product.filter(|product| product.in_range()).ok_or(AmountError::OutOfRange)
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
    pub fn is_positive(self) -> bool {
        self.0 > Decimal::ZERO
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// How many decimals it needs, trailing zeroes aside.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.0.normalize().scale()
    }

    /// The same amount, written with exactly `decimals` decimals; `None` when it has more.
    #[must_use]
    pub fn with_decimals(self, decimals: u32) -> Option<Self> {
        if self.decimals() > decimals {
            return None;
        }
        let mut scaled = self.0;
        scaled.rescale(decimals);
        Some(Self(scaled)).filter(|amount| amount.in_range())
    }

    /// The amount in units of its last decimal: `129.90` is 12990.
    #[must_use]
    pub fn units(self) -> i128 {
        self.0.mantissa()
    }

    /// The exact decimal text, with the decimals the amount carries.
    #[must_use]
    pub fn text(self) -> String {
        let scale = self.0.scale() as usize;
        let digits = self.0.mantissa().unsigned_abs().to_string();
        let padded =
            if digits.len() <= scale { format!("{}{digits}", "0".repeat(scale + 1 - digits.len())) } else { digits };
        let (whole, fraction) = padded.split_at_checked(padded.len() - scale).unwrap_or((&padded, ""));
        let sign = if self.0.is_sign_negative() && !self.0.is_zero() { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        [sign, whole, point, fraction].concat()
    }

    /// The sum or difference of two amounts, with as many decimals as the one that has more: nothing is `0.00`, not `0`.
    fn kept(self, other: Self, mut sum: Decimal) -> Self {
        sum.rescale(self.0.scale().max(other.0.scale()));
        Self(sum)
    }

    fn in_range(self) -> bool {
        self.0.mantissa().unsigned_abs() < 10_u128.pow(AMOUNT_DIGITS_MAX as u32)
    }
}

impl Json for Amount {
    fn write(&self, writer: &mut Writer) {
        match writer.amounts() {
            Amounts::Texts => writer.text(&self.text()),
            Amounts::Numbers => writer.raw(&self.text()),
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
