//! What a shopper's browser loads: validation, preview, money formatting. In both builds.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::wire;

/// The verdict on a request, field by field.
#[wasm_bindgen]
#[must_use]
pub fn validate(request: &str, options: &str) -> String {
    wire::validate::validate(request, options)
}

/// What a request will do to the payment the cart has.
#[wasm_bindgen]
#[must_use]
pub fn preview(existing: &str, request: &str, options: &str) -> String {
    wire::preview::preview(existing, request, options)
}

/// An amount for people.
#[wasm_bindgen(js_name = formatMoney)]
#[must_use]
pub fn format_money(amount: &str, currency: &str) -> String {
    wire::preview::format_money(amount, currency)
}

/// How many decimals a currency has; undefined for a code that is not one.
#[wasm_bindgen(js_name = currencyDecimals)]
#[must_use]
pub fn currency_decimals(currency: &str) -> Option<u32> {
    wire::preview::currency_decimals(currency)
}
