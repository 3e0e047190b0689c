//! The billing address of a request (`reference/salesforce.md` §1.3).
//!
//! Optional as a whole; then name, street and country are required. A blank optional text counts as absent, since that is
//! how a form sends a field that was left empty. `shipToPhoneNumber` is ignored (`seeds/checkout-payments.txt`), whatever
//! it holds, except a card number: that is refused wherever it stands. No member depends on the version.

use crate::domain::address::Address;
use crate::domain::card_number::contains_card_number;
use crate::domain::characters::{is_blank, with_plain_lines};
use crate::domain::country::is_country_code;
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::input::shape::{is_text_or_null, unknown, wrong_type};
use crate::domain::input::text_rules::{CARD_NUMBER, TextRules};
use crate::domain::json::Value;
use crate::domain::limits;
use crate::prelude::*;

/// The member of the request that holds the address.
pub(crate) const BILLING_ADDRESS: &str = "billingAddress";

const NAME: &str = "name";
const STREET: &str = "street";
const CITY: &str = "city";
const REGION: &str = "region";
/// An ISO 3166-1 code.
pub(crate) const COUNTRY: &str = "country";
const POSTAL_CODE: &str = "postalCode";
const FIRST_NAME: &str = "firstName";
const LAST_NAME: &str = "lastName";
/// Whether the address becomes the default.
pub(crate) const IS_DEFAULT: &str = "isDefault";
/// Ignored.
pub(crate) const SHIP_TO_PHONE_NUMBER: &str = "shipToPhoneNumber";

/// The texts and their rules, in the order in which their problems are listed.
pub(crate) const TEXTS: &[(&str, TextRules)] = &[
    (NAME, TextRules::required(limits::ADDRESS_NAME_CHARS_MAX)),
    (STREET, TextRules { lines: true, ..TextRules::required(limits::ADDRESS_STREET_CHARS_MAX) }),
    (CITY, TextRules::optional(limits::ADDRESS_CITY_CHARS_MAX)),
    (REGION, TextRules::optional(limits::ADDRESS_REGION_CHARS_MAX)),
    (COUNTRY, TextRules::required(limits::ADDRESS_COUNTRY_CHARS_MAX)),
    (POSTAL_CODE, TextRules::optional(limits::ADDRESS_POSTAL_CODE_CHARS_MAX)),
    (FIRST_NAME, TextRules::optional(limits::ADDRESS_PERSON_NAME_CHARS_MAX)),
    (LAST_NAME, TextRules::optional(limits::ADDRESS_PERSON_NAME_CHARS_MAX)),
];

/// Refuses an address that is not an object, or has members that are unknown or of the wrong type.
pub(super) fn check_shape(value: &Value<'_>) -> Result<(), Refusal> {
    for member in value.members().unwrap_or_default() {
        let key = member.key.as_ref();
        if key == IS_DEFAULT {
            if !matches!(member.value, Value::Bool(_) | Value::Null) {
                return Err(wrong_type(BILLING_ADDRESS, member, "true or false"));
            }
        } else if key == SHIP_TO_PHONE_NUMBER || TEXTS.iter().any(|(name, _)| *name == key) {
            if !is_text_or_null(&member.value) {
                return Err(wrong_type(BILLING_ADDRESS, member, "a string"));
            }
        } else {
            return Err(unknown(BILLING_ADDRESS, member, hint(key)));
        }
    }
    Ok(())
}

/// Adds what of an address, whose shape was checked, is not acceptable to `problems`.
pub(super) fn check(value: &Value<'_>, problems: &mut Vec<Problem>) {
    let street = with_plain_lines(text(value, STREET));
    for (name, rules) in TEXTS {
        let text = if *name == STREET { street.as_ref() } else { text(value, name) };
        let broken = rules.broken_by(text).or_else(|| if *name == COUNTRY { country_problem(text) } else { None });
        problems.extend(broken.map(|detail| problem(name, &detail)));
    }
    if contains_card_number(text(value, SHIP_TO_PHONE_NUMBER)) {
        problems.push(problem(SHIP_TO_PHONE_NUMBER, CARD_NUMBER));
    }
}

/// The address in `value`, which was checked.
pub(super) fn read(value: &Value<'_>) -> Address {
    let optional = |name: &str| Some(text(value, name)).filter(|text| !is_blank(text)).map(str::to_owned);
    Address {
        name: text(value, NAME).to_owned(),
        street: with_plain_lines(text(value, STREET)).into_owned(),
        country: text(value, COUNTRY).to_owned(),
        city: optional(CITY),
        region: optional(REGION),
        postal_code: optional(POSTAL_CODE),
        first_name: optional(FIRST_NAME),
        last_name: optional(LAST_NAME),
        is_default: matches!(value.get(IS_DEFAULT), Some(Value::Bool(true))),
    }
}

fn text<'v>(address: &'v Value<'_>, name: &str) -> &'v str {
    address.get(name).and_then(Value::text).unwrap_or_default()
}

fn problem(name: &str, detail: &str) -> Problem {
    Problem { name: [BILLING_ADDRESS, ".", name].concat(), detail: detail.to_owned() }
}

fn country_problem(text: &str) -> Option<String> {
    if is_country_code(text) {
        None
    } else if is_country_code(&text.to_ascii_uppercase()) {
        Some("A country code is written in capitals.".to_owned())
    } else {
        Some("This is not an ISO 3166-1 country code of two letters.".to_owned())
    }
}

/// What to say to a client that was written for the first version of the address.
fn hint(key: &str) -> &'static str {
    match key {
        "countryCode" => " Its name is country.",
        "regionCode" => " Its name is region.",
        _ => "",
    }
}
