//! Amounts in the tests: cents of a two-decimal currency, so that the tests do not lean on the arithmetic they test.

/// `"129.90"` is 12990, and `"0"` is 0. Panics on anything that is not such a text.
pub fn cents(text: &str) -> i64 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
    assert_eq!(fraction.len(), 2, "{text} has not two decimals");
    whole.parse::<i64>().unwrap() * 100 + fraction.parse::<i64>().unwrap()
}

/// 12990 is `"129.90"`.
pub fn text(cents: i64) -> String {
    assert!(cents >= 0, "{cents} cents");
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The digits of every number that stands under `member` in a JSON text, as they stand there: a parser would make floats of them.
pub fn numbers(json: &str, member: &str) -> Vec<String> {
    let key = format!("\"{member}\":");
    let digits = |rest: &str| rest.chars().take_while(|sign| sign.is_ascii_digit() || ".-".contains(*sign)).collect();
    json.split(&key).skip(1).map(digits).collect()
}
