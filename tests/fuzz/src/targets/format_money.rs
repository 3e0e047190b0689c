//! `formatMoney`.

use checkout_payments::domain::amount::Amount;
use checkout_payments::wire::preview::{currency_decimals, format_money};

use super::input::raw_texts;

pub fn run(bytes: &[u8]) {
    let [amount, currency] = raw_texts(bytes);
    let text = format_money(&amount, &currency);
    if Amount::parse(&amount).is_err() || currency_decimals(&currency).is_none() {
        assert_eq!(text, amount, "what is no money stays as it is");
    } else if text != amount {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        assert!(digits(&text).starts_with(&digits(&amount)) || amount.contains('.'), "{amount} {currency}: {text}");
    }
}
