//! Amounts, currencies and money: the grammar by a table, the arithmetic by its laws, the format by examples.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

use checkout_payments::domain::amount::{Amount, AmountError};
use checkout_payments::domain::currency::Currency;
use checkout_payments::domain::json::{Amounts, Json, Value, Writer, parse};
use checkout_payments::domain::money::{Money, MoneyError};
use proptest::prelude::*;
use rust_decimal::Decimal;

const LARGEST: i128 = 999_999_999_999_999_999;

#[test]
fn the_grammar_takes_exactly_plain_decimals() {
    for (text, written) in [
        ("0", "0"),
        ("1", "1"),
        ("10", "10"),
        ("129.90", "129.90"),
        ("0.5", "0.5"),
        ("0.00", "0.00"),
        ("100.0000", "100.0000"),
        ("-1", "-1"),
        ("-0.01", "-0.01"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        ("999999999999999999", "999999999999999999"),
        ("-999999999999999999", "-999999999999999999"),
        ("9999999999999999.99", "9999999999999999.99"),
        ("0.12345678901234567", "0.12345678901234567"),
    ] {
        assert_eq!(Amount::parse(text).map(Amount::text), Ok(written.to_owned()), "{text}");
    }
    for text in [
        "",
        "-",
        ".",
        "-.",
        ".5",
        "5.",
        "-.5",
        "+1",
        "01",
        "00",
        "-01",
        "00.5",
        "1e3",
        "1E3",
        "1e-3",
        "1_000",
        "1,000",
        "1 000",
        " 1",
        "1 ",
        "1\n",
        "\u{a0}1",
        "--1",
        "1-",
        "1.2.3",
        "1..2",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "null",
        "1.0f",
        "１",
        "٣",
        "1٫5",
        "½",
        "$1",
        "1%",
        "1\0",
    ] {
        assert_eq!(Amount::parse(text), Err(AmountError::Grammar), "{text:?}");
    }
    for text in [
        "1000000000000000000",
        "9999999999999999999",
        "0.123456789012345678",
        "100000000000000000.00",
        &"9".repeat(5000),
    ] {
        assert_eq!(Amount::parse(text), Err(AmountError::TooManyDigits), "{text}");
    }
}

#[test]
fn json_gives_amounts_as_strings_or_as_numbers_of_their_own_digits() {
    let read = |json: &str| Amount::read(&parse(json).unwrap()).ok().map(Amount::text);
    for (json, expected) in [
        ("\"129.90\"", Some("129.90")),
        ("129.90", Some("129.90")),
        ("0.10", Some("0.10")),
        ("9007199254740993", Some("9007199254740993")),
        ("0.1000000000000000055511151231257827", None),
        ("1e2", None),
        ("true", None),
        ("null", None),
        ("[1]", None),
        ("{\"amount\":1}", None),
        ("\"1e2\"", None),
        ("\"\"", None),
    ] {
        assert_eq!(read(json).as_deref(), expected, "{json}");
    }
    let written = |amounts| {
        let mut writer = Writer::new(amounts);
        Amount::parse("129.90").unwrap().write(&mut writer);
        writer.finish()
    };
    assert_eq!(written(Amounts::Texts), "\"129.90\"");
    assert_eq!(written(Amounts::Numbers), "129.90");
}

/// The search finds each code of the table, and nothing else.
#[test]
fn every_currency_is_found() {
    let mut found = [0; 5];
    for (first, second, third) in ('A'..='Z')
        .flat_map(|first| ('A'..='Z').flat_map(move |second| ('A'..='Z').map(move |third| (first, second, third))))
    {
        let code = String::from_iter([first, second, third]);
        if let Some(currency) = Currency::parse(&code) {
            assert_eq!(currency.code(), code);
            found[currency.decimals() as usize] += 1;
        }
    }
    assert_eq!(found, [16, 0, 133, 7, 2], "by the number of decimals");
}

#[test]
fn currencies_have_the_decimals_of_iso_4217() {
    for (code, decimals) in [
        ("USD", 2),
        ("EUR", 2),
        ("GBP", 2),
        ("CHF", 2),
        ("HUF", 2),
        ("MGA", 2),
        ("MRU", 2),
        ("ISK", 0),
        ("JPY", 0),
        ("KRW", 0),
        ("VND", 0),
        ("CLP", 0),
        ("UGX", 0),
        ("XAF", 0),
        ("XPF", 0),
        ("BHD", 3),
        ("IQD", 3),
        ("JOD", 3),
        ("KWD", 3),
        ("LYD", 3),
        ("OMR", 3),
        ("TND", 3),
        ("CLF", 4),
        ("UYW", 4),
    ] {
        let currency = Currency::parse(code).unwrap();
        assert_eq!((currency.code(), currency.decimals()), (code, decimals));
    }
    for code in
        ["", "usd", "Usd", "US", "USDX", "XAU", "XXX", "XTS", "DEM", "BTC", "US D", "ＵＳＤ", "$", " ", "USD EUR"]
    {
        assert_eq!(Currency::parse(code), None, "{code}");
    }
    assert!(Currency::read(&Value::Number("840")).is_err());
}

#[test]
fn money_has_its_currencys_decimals_and_no_more() {
    let new = |amount: &str, code: &str| {
        Money::new(Amount::parse(amount).unwrap(), Currency::parse(code).unwrap()).map(|money| money.amount().text())
    };
    assert_eq!(new("129.9", "USD"), Ok("129.90".to_owned()));
    assert_eq!(new("129.900000", "USD"), Ok("129.90".to_owned()));
    assert_eq!(new("500", "JPY"), Ok("500".to_owned()));
    assert_eq!(new("500.00", "JPY"), Ok("500".to_owned()));
    assert_eq!(new("1", "KWD"), Ok("1.000".to_owned()));
    assert_eq!(new("1", "CLF"), Ok("1.0000".to_owned()));
    assert_eq!(new("129.905", "USD"), Err(MoneyError::TooPrecise));
    assert_eq!(new("0.5", "JPY"), Err(MoneyError::TooPrecise));
    assert_eq!(new("1.0001", "KWD"), Err(MoneyError::TooPrecise));
    assert_eq!(new("9999999999999999", "USD"), Ok("9999999999999999.00".to_owned()));
    assert_eq!(new("99999999999999999", "USD"), Err(MoneyError::OutOfRange));
    assert_eq!(new("999999999999999999", "JPY"), Ok("999999999999999999".to_owned()));
}

#[test]
fn money_is_written_for_people() {
    for (amount, code, expected) in [
        ("129.9", "USD", "$129.90"),
        ("0", "USD", "$0.00"),
        ("0.01", "USD", "$0.01"),
        ("999.99", "USD", "$999.99"),
        ("1000", "USD", "$1,000.00"),
        ("1129.9", "USD", "$1,129.90"),
        ("12345678.9", "EUR", "€12,345,678.90"),
        ("123456", "GBP", "£123,456.00"),
        ("500", "JPY", "¥500"),
        ("1234567", "JPY", "¥1,234,567"),
        ("12", "CHF", "CHF 12.00"),
        ("1.5", "KWD", "KWD 1.500"),
        ("1.5", "CLF", "CLF 1.5000"),
        ("-1129.9", "USD", "-$1,129.90"),
        ("-12", "CHF", "-CHF 12.00"),
        ("-0.00", "USD", "$0.00"),
        ("9999999999999999.99", "USD", "$9,999,999,999,999,999.99"),
    ] {
        let money = Money::new(Amount::parse(amount).unwrap(), Currency::parse(code).unwrap()).unwrap();
        assert_eq!(money.format(), expected);
    }
}

#[test]
fn two_currencies_never_meet_in_one_sum() {
    let money =
        |amount: &str, code: &str| Money::new(Amount::parse(amount).unwrap(), Currency::parse(code).unwrap()).unwrap();
    assert_eq!(money("1", "USD").checked_add(money("1", "EUR")), Err(MoneyError::CurrencyMismatch));
    assert_eq!(money("1", "USD").checked_sub(money("1", "EUR")), Err(MoneyError::CurrencyMismatch));
    assert_eq!(money("0.10", "USD").checked_add(money("0.20", "USD")), Ok(money("0.30", "USD")));
    assert_eq!(money("0.10", "USD").checked_sub(money("0.20", "USD")), Ok(money("-0.10", "USD")));
    let most = money("9999999999999999.99", "USD");
    assert_eq!(most.checked_add(money("0.01", "USD")), Err(MoneyError::OutOfRange));
    assert_eq!(most.checked_add(money("-0.01", "USD")), Ok(money("9999999999999999.98", "USD")));
}

/// An amount of `units` of its last decimal, written by hand.
#[test]
fn a_split_loses_no_minor_unit() {
    let rows: &[(&str, &str, &[u32], &[&str])] = &[
        ("100.00", "USD", &[1, 1, 1], &["33.34", "33.33", "33.33"]),
        ("0.05", "USD", &[1, 1], &["0.03", "0.02"]),
        ("0.01", "USD", &[1, 2, 1], &["0.00", "0.01", "0.00"]),
        ("100", "JPY", &[1, 1, 1], &["34", "33", "33"]),
        ("1.000", "KWD", &[2, 1], &["0.667", "0.333"]),
        ("10.00", "USD", &[70, 30, 0], &["7.00", "3.00", "0.00"]),
        ("-0.05", "USD", &[1, 1], &["-0.02", "-0.03"]),
        ("0.00", "USD", &[5], &["0.00"]),
        (
            "9999999999999999.99",
            "USD",
            &[4_294_967_295, 4_294_967_295],
            &["5000000000000000.00", "4999999999999999.99"],
        ),
    ];
    for (whole, code, weights, parts) in rows {
        let whole = Money::new(Amount::parse(whole).unwrap(), Currency::parse(code).unwrap()).unwrap();
        let split: Vec<String> = whole.allocate(weights).unwrap().iter().map(|part| part.amount().text()).collect();
        assert_eq!(&split, parts, "{weights:?}");
    }
    let whole = Money::zero(Currency::parse("USD").unwrap());
    assert_eq!(whole.allocate(&[]), Err(MoneyError::OutOfRange));
    assert_eq!(whole.allocate(&[0, 0]), Err(MoneyError::OutOfRange));
}

fn text_of(units: i128, decimals: usize) -> String {
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let sign = if units < 0 { "-" } else { "" };
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn amount_of(units: i128, decimals: usize) -> Amount {
    Amount::parse(&text_of(units, decimals)).unwrap()
}

proptest! {
    #[test]
    fn an_amount_is_written_as_it_was_read(units in -LARGEST..=LARGEST, decimals in 0_usize..=17) {
        let amount = amount_of(units, decimals);
        prop_assert_eq!(amount.text(), text_of(units, decimals));
        prop_assert_eq!(amount.units(), units);
        prop_assert_eq!(amount.is_zero(), units == 0);
        prop_assert_eq!(amount.is_positive(), units > 0);
    }

    #[test]
    fn sums_are_exact_or_refused(one in -LARGEST..=LARGEST, other in -LARGEST..=LARGEST, decimals in 0_usize..=17) {
        let expected = |units: i128| if units.abs() <= LARGEST { Ok(amount_of(units, decimals)) } else { Err(AmountError::OutOfRange) };
        prop_assert_eq!(amount_of(one, decimals).checked_add(amount_of(other, decimals)), expected(one + other));
        prop_assert_eq!(amount_of(one, decimals).checked_sub(amount_of(other, decimals)), expected(one - other));
    }

    #[test]
    fn a_sum_does_not_depend_on_the_order(parts in prop::collection::vec(-1_000_000_000_i128..1_000_000_000, 0..20)) {
        let forwards = Amount::sum(parts.iter().map(|units| amount_of(*units, 2))).unwrap();
        let backwards = Amount::sum(parts.iter().rev().map(|units| amount_of(*units, 2))).unwrap();
        prop_assert_eq!(forwards, backwards);
        prop_assert_eq!(forwards, amount_of(parts.iter().sum(), 2));
    }

    #[test]
    fn order_is_that_of_the_numbers(one in -LARGEST..=LARGEST, other in -LARGEST..=LARGEST, decimals in 0_usize..=17) {
        prop_assert_eq!(amount_of(one, decimals).cmp(&amount_of(other, decimals)), one.cmp(&other));
    }

    #[test]
    fn any_text_is_an_amount_or_refused(text in "[-+0-9.eE_, ]{0,24}") {
        if let Ok(amount) = Amount::parse(&text) {
            let negative_zero = amount.is_zero() && text.starts_with('-');
            prop_assert_eq!(amount.text(), if negative_zero { text[1..].to_owned() } else { text });
        }
    }

    #[test]
    fn the_format_has_the_amounts_digits(units in -LARGEST..=LARGEST, code in prop::sample::select(vec!["USD", "JPY", "KWD", "CLF"])) {
        let currency = Currency::parse(code).unwrap();
        let amount = amount_of(units, currency.decimals() as usize);
        let formatted = Money::new(amount, currency).unwrap().format();
        let kept: String = formatted.chars().filter(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '.')).collect();
        prop_assert_eq!(kept, amount.text());
    }

    #[test]
    fn the_parts_of_a_split_sum_up_to_the_whole(units in -LARGEST..=LARGEST, weights in prop::collection::vec(0_u32.., 1..12)) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let whole = Money::new(amount_of(units, 2), Currency::parse("USD").unwrap()).unwrap();
        let parts = whole.allocate(&weights).unwrap();
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        prop_assert_eq!(Amount::sum(parts.iter().map(|part| part.amount())), Ok(whole.amount()));
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = units * i128::from(*weight);
            prop_assert!((part.amount().units() * total - exact).abs() < total, "no part is a whole minor unit off");
        }
    }
}

proptest! {
    /// An amount is what a general decimal type says it is: its text, order, sum, difference, product and its shortest form.
    #[test]
    fn amounts_are_decimals(one in amounts(), other in amounts(), count in 0_u32..2_000_000, decimals in 0_u32..19) {
        let (a, b) = (Amount::parse(&one).unwrap(), Amount::parse(&other).unwrap());
        let (c, d) = (Decimal::from_str_exact(&one).unwrap(), Decimal::from_str_exact(&other).unwrap());
        let in_range = |exact: Decimal| exact.mantissa().unsigned_abs() < 10_u128.pow(18);
        let text = |exact: Decimal| in_range(exact).then(|| if exact.is_zero() { exact.abs() } else { exact }.to_string());
        let aligned = |mut exact: Decimal, decimals| { exact.rescale(decimals); exact };
        let both = c.scale().max(d.scale());
        prop_assert_eq!(Some(a.text()), text(c));
        prop_assert_eq!(a.cmp(&b), c.cmp(&d));
        prop_assert_eq!(a == b, c == d);
        prop_assert_eq!(a.checked_add(b).ok().map(Amount::text), text(aligned(c + d, both)));
        prop_assert_eq!(a.checked_sub(b).ok().map(Amount::text), text(aligned(c - d, both)));
        prop_assert_eq!(a.times(count).ok().map(Amount::text), text(aligned(c * Decimal::from(count), c.scale())));
        prop_assert_eq!(a.decimals(), c.normalize().scale());
        let exact = Some(aligned(c, decimals)).filter(|exact| *exact == c && exact.scale() == decimals);
        prop_assert_eq!(a.with_decimals(decimals).map(Amount::text), exact.and_then(text));
        prop_assert_eq!((a.is_zero(), a.is_positive()), (c.is_zero(), c > Decimal::ZERO));
    }
}

/// Texts of amounts, the long ones and those near one another too.
fn amounts() -> impl Strategy<Value = String> {
    let parts = (any::<bool>(), 0_u64..1_000_000_000_000_000_000, 0_usize..18, 0_u32..18);
    parts.prop_map(|(negative, units, decimals, shorter)| {
        let digits = format!("{:0>width$}", units / 10_u64.pow(shorter), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{}{whole}{point}{fraction}", if negative { "-" } else { "" })
    })
}
