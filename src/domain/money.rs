//! Money: an amount in a currency, exact to the minor unit.

use super::amount::{Amount, AmountError};
use super::currency::Currency;
use super::digits::parted;
use super::json::{Key, Reader};
use crate::prelude::*;

/// An amount in a currency, always carried with the currency's own number of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Amount,
    currency: Currency,
}

/// Why money can't be made or combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// More decimals than the currency has.
    TooPrecise,
    /// Two currencies in one sum.
    CurrencyMismatch,
    /// The amount, or a sum, left the range of 18 digits.
    OutOfRange,
}

impl From<AmountError> for MoneyError {
    fn from(_: AmountError) -> Self {
        Self::OutOfRange
    }
}

impl Money {
    /// Money of this amount.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] when the amount has more decimals than the currency; [`MoneyError::OutOfRange`] when it
    /// has more than 18 digits once it is written with the currency's decimals.
    pub fn new(amount: Amount, currency: Currency) -> Result<Self, MoneyError> {
        if amount.decimals() > currency.decimals() {
            return Err(MoneyError::TooPrecise);
        }
        let amount = amount.with_decimals(currency.decimals()).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { amount, currency })
    }

    /// Money that was read, its amount under `key`; no money when the amount has too many decimals, which `reader` is told.
    #[must_use]
    pub fn read(amount: Amount, currency: Currency, key: &str, reader: &mut Reader) -> Self {
        Self::new(amount, currency).unwrap_or_else(|_| {
            reader.within(Key::Name(key), |reader| {
                reader.refuse("an amount with no more decimals than its currency has");
            });
            Self::zero(currency)
        })
    }

    /// No money.
    #[must_use]
    pub fn zero(currency: Currency) -> Self {
        Self { amount: Amount::ZERO.with_decimals(currency.decimals()).unwrap_or(Amount::ZERO), currency }
    }

    /// The amount, with the currency's decimals.
    #[must_use]
    pub const fn amount(self) -> Amount {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::OutOfRange`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.amount.checked_add(other.amount)?, self.currency)
    }

    /// The exact difference.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::OutOfRange`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.amount.checked_sub(other.amount)?, self.currency)
    }

    /// Splits by weights, exactly: the parts sum up to the whole. Each part is rounded down to the minor unit; the units that
    /// are left go one each to the parts that lost most by it, earlier parts first (the method of largest remainders).
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when there are no weights, or none above zero.
    pub fn allocate(self, weights: &[u32]) -> Result<Vec<Self>, MoneyError> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if total == 0 {
            return Err(MoneyError::OutOfRange);
        }
        let units = self.amount.units();
        let shares = weights.iter().map(|weight| units * i128::from(*weight));
        let mut parts: Vec<(i128, i128)> =
            shares.map(|share| (share.div_euclid(total), share.rem_euclid(total))).collect();
        let left = units - parts.iter().map(|(floor, _)| floor).sum::<i128>();
        let mut by_loss: Vec<&mut (i128, i128)> = parts.iter_mut().collect();
        by_loss.sort_by_key(|(_, lost)| core::cmp::Reverse(*lost));
        by_loss.into_iter().take(usize::try_from(left).unwrap_or_default()).for_each(|part| part.0 += 1);
        parts.into_iter().map(|(units, _)| Self::from_units(units, self.currency)).collect()
    }

    fn from_units(units: i128, currency: Currency) -> Result<Self, MoneyError> {
        let amount = Amount::from_units(units, currency.decimals()).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { amount, currency })
    }

    /// For people: `$1,129.90`, `¥500`, `CHF 12.00`. The same on the page and on the server.
    #[must_use]
    pub fn format(self) -> String {
        let text = self.amount.text();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, fraction) = parted(digits);
        let mut formatted = [sign, &symbol(self.currency)].concat();
        for (at, digit) in whole.bytes().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                formatted.push(',');
            }
            formatted.push(digit.into());
        }
        if let Some(fraction) = fraction {
            formatted.push('.');
            formatted.push_str(fraction);
        }
        formatted
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::CurrencyMismatch) }
    }
}

fn symbol(currency: Currency) -> String {
    match currency.code() {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "JPY" => "¥".to_owned(),
        other => [other, " "].concat(),
    }
}
