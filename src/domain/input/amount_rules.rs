//! The rules of an amount that comes in a request.

use super::refusal::Problem;
use crate::domain::amount::{Amount, AmountError};
use crate::domain::currency::Currency;
use crate::domain::digits::decimal;
use crate::domain::json::Value;

/// What an amount may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountRules {
    /// More than nothing.
    Positive,
    /// Nothing, or more.
    NotNegative,
}

impl AmountRules {
    /// The amount that stands in `value`, a number or a text, from its own digits.
    ///
    /// # Errors
    /// The first rule that it breaks, as a problem of the member `name`.
    pub fn read(self, name: &str, value: &Value<'_>) -> Result<Amount, Problem> {
        let amount = match value {
            Value::Text(text) => Amount::parse(text),
            Value::Number(text) => Amount::parse(text),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err(AmountError::Grammar),
        }
        .map_err(|error| Problem::new(name, reason(error)))?;
        match self {
            Self::Positive if !amount.is_positive() => Err(Problem::new(name, "It must be greater than zero.")),
            Self::NotNegative if amount < Amount::ZERO => Err(Problem::new(name, "It must not be negative.")),
            Self::Positive | Self::NotNegative => Ok(amount),
        }
    }
}

/// The amount with the decimals of its currency.
///
/// # Errors
/// When it has more, or too many digits then.
pub fn in_currency(name: &str, amount: Amount, currency: Currency) -> Result<Amount, Problem> {
    let decimals = currency.decimals();
    if amount.decimals() > decimals {
        let detail = ["At most ", &decimal(decimals), " decimals: ", currency.code(), " has no smaller unit."].concat();
        return Err(Problem::new(name, &detail));
    }
    amount.with_decimals(decimals).ok_or_else(|| Problem::new(name, reason(AmountError::TooManyDigits)))
}

const fn reason(error: AmountError) -> &'static str {
    match error {
        AmountError::Grammar => "A decimal amount is expected, such as 129.90.",
        AmountError::TooManyDigits | AmountError::OutOfRange => "At most 18 digits are allowed.",
    }
}
