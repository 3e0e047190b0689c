//! What a shopper's browser loads: validation, preview, money formatting. In both builds.

use wasm_bindgen::prelude::wasm_bindgen;

use super::text;
use crate::prelude::*;
use crate::wire;

/// The verdict on a request, field by field.
#[wasm_bindgen]
#[must_use]
pub fn validate(request: &[u8], options: &[u8]) -> String {
    wire::validate::validate(text(request), text(options))
}

/// What a request will do to the payment the cart has.
#[wasm_bindgen]
#[must_use]
pub fn preview(existing: &[u8], request: &[u8], options: &[u8]) -> String {
    wire::preview::preview(text(existing), text(request), text(options))
}

/// An amount for people.
#[wasm_bindgen(js_name = formatMoney)]
#[must_use]
pub fn format_money(amount: &[u8], currency: &[u8]) -> String {
    wire::preview::format_money(text(amount), text(currency))
}

/// How many decimals a currency has; undefined for a code that is not one.
#[wasm_bindgen(js_name = currencyDecimals)]
#[must_use]
pub fn currency_decimals(currency: &[u8]) -> Option<u32> {
    wire::preview::currency_decimals(text(currency))
}
