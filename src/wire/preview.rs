//! `preview` as text in, text out (`docs/core.md`, validate and preview).

use crate::checkout::existing::Existing;
use crate::checkout::preview;
use crate::checkout::reentrancy::ReleaseOrder;
use crate::checkout::request_type::RequestType;
use crate::domain::amount::Amount;
use crate::domain::api_version::ApiVersion;
use crate::domain::currency::Currency;
use crate::domain::json::{Amounts, Members, ReadError, Writer, parse};
use crate::domain::money::Money;
use crate::prelude::*;

/// What a request will do to the payment the cart has. A text that is not of the contract gives `{"allowed": false, "status": 400, …}`.
#[must_use]
pub fn preview(existing: &str, request: &str, options: &str) -> String {
    try_preview(existing, request, options).unwrap_or_else(|error| misunderstood(&error))
}

/// An amount for people; the amount's own text when it is not money of that currency.
#[must_use]
pub fn format_money(amount: &str, currency: &str) -> String {
    let money = Amount::parse(amount)
        .ok()
        .zip(Currency::parse(currency))
        .and_then(|(amount, currency)| Money::new(amount, currency).ok());
    money.map_or_else(|| amount.to_owned(), Money::format)
}

/// How many decimals a currency's minor unit has (ISO 4217); nothing for a code that is not one.
#[must_use]
pub fn currency_decimals(currency: &str) -> Option<u32> {
    Currency::parse(currency).map(Currency::decimals)
}

fn try_preview(existing: &str, request: &str, options: &str) -> Result<String, ReadError> {
    let json = |name: &'static str, text| parse(text).map_err(|_| ReadError::expected("JSON").under(name));
    let view = json("existing", existing)?;
    let request = json("request", request)?;
    let options = json("options", options)?;
    let existing = Existing::of_view(&view).map_err(|error| error.under("existing"))?;
    let request_type = Members::of(&request)
        .and_then(|members| members.get::<RequestType>("requestType"))
        .map_err(|error| error.under("request"))?;
    let options = Members::of(&options)?;
    let version = options.get::<Option<String>>("apiVersion")?;
    let version = ApiVersion::parse_or_newest(version.as_deref())
        .map_err(|_| ReadError::expected("a version such as 63.0").under("options.apiVersion"))?;
    let order = options.get::<Option<ReleaseOrder>>("releaseOrder")?.unwrap_or(ReleaseOrder::ReleaseFirst);
    let money = Money::new(options.get("amount")?, options.get("currencyIsoCode")?).map_err(|_| {
        ReadError::expected("an amount with no more decimals than its currency has").under("options.amount")
    })?;
    Ok(preview::preview(existing, request_type, version, order, money))
}

fn misunderstood(error: &ReadError) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    writer.begin_object();
    writer.key("allowed");
    writer.raw("false");
    writer.key("status");
    writer.raw("400");
    writer.text_member("code", "INVALID_API_INPUT");
    writer.text_member("detail", &[&error.path, ": expected ", error.expected].concat());
    writer.end_object();
    writer.finish()
}
