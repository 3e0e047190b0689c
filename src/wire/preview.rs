//! `preview` as text in, text out (`docs/core.md`, validate and preview).

use crate::checkout::existing::Existing;
use crate::checkout::preview;
use crate::checkout::reentrancy::ReleaseOrder;
use crate::checkout::request_type::RequestType;
use crate::domain::amount::Amount;
use crate::domain::api_version::ApiVersion;
use crate::domain::currency::Currency;
use crate::domain::json::{Amounts, Key, ReadError, Reader, Value, Writer, parse};
use crate::domain::money::Money;
use crate::prelude::*;

/// What a request will do to the payment the cart has. A text that is not of the contract gives `{"allowed": false, "status": 400, …}`.
#[must_use]
pub fn preview(existing: &str, request: &str, options: &str) -> String {
    let mut reader = Reader::default();
    let view = json("existing", existing, &mut reader);
    let request = json("request", request, &mut reader);
    let options = json("options", options, &mut reader);

    let existing = reader.within(Key::Name("existing"), |reader| Existing::of_view(&view, reader));
    let request_type = reader.within(Key::Name("request"), |reader| {
        reader.members(Some(&request)).take::<RequestType>("requestType", reader)
    });
    let options = reader.members(Some(&options));
    let version = options.take::<Option<String>>("apiVersion", &mut reader);
    let version = ApiVersion::parse_or_newest(version.as_deref()).unwrap_or_else(|_| {
        reader.within(Key::Name("options.apiVersion"), |reader| reader.refuse("a version such as 63.0"));
        ApiVersion::NEWEST
    });
    let order = options.take::<Option<ReleaseOrder>>("releaseOrder", &mut reader);
    let order = order.unwrap_or(ReleaseOrder::ReleaseFirst);
    let amount = options.take("amount", &mut reader);
    let currency = options.take("currencyIsoCode", &mut reader);
    let money = Money::read(amount, currency, "options.amount", &mut reader);

    match reader.finish(()) {
        Ok(()) => preview::preview(existing, request_type, version, order, money),
        Err(error) => misunderstood(&error),
    }
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

fn json<'t>(name: &str, text: &'t str, reader: &mut Reader) -> Value<'t> {
    parse(text).unwrap_or_else(|_| {
        reader.within(Key::Name(name), |reader| reader.refuse("JSON"));
        Value::Null
    })
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
