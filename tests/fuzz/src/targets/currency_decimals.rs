//! `currencyDecimals`.

use checkout_payments::wire::preview::currency_decimals;

pub fn run(bytes: &[u8]) {
    let code = String::from_utf8_lossy(bytes);
    if let Some(decimals) = currency_decimals(&code) {
        assert!(decimals <= 4 && code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
    }
}
