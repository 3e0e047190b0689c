//! The finder of card numbers: every network in every spelling is found, and what only resembles one is not.

#![cfg(not(target_arch = "wasm32"))]

use checkout_payments::domain::card_number::contains_card_number;
use proptest::prelude::*;

/// Beginnings of the networks' numbers, and lengths they are issued in. By hand, apart from the table in the source.
const NETWORKS: &[(&str, &[usize])] = &[
    ("4", &[13, 16, 19]),
    ("51", &[16]),
    ("52", &[16]),
    ("53", &[16]),
    ("54", &[16]),
    ("55", &[16]),
    ("2221", &[16]),
    ("2300", &[16]),
    ("2699", &[16]),
    ("2720", &[16]),
    ("34", &[15]),
    ("37", &[15]),
    ("6011", &[16, 19]),
    ("644", &[16]),
    ("649", &[16]),
    ("65", &[16]),
    ("300", &[14, 16]),
    ("305", &[14]),
    ("36", &[14, 19]),
    ("38", &[16]),
    ("39", &[16]),
    ("3528", &[16]),
    ("3589", &[19]),
    ("62", &[16, 17, 18, 19]),
    ("2200", &[16]),
    ("2204", &[16]),
    ("5018", &[13, 19]),
    ("5020", &[16]),
    ("5038", &[16]),
    ("56", &[16]),
    ("57", &[16]),
    ("58", &[16]),
    ("6304", &[16]),
    ("6759", &[16]),
    ("6761", &[18]),
    ("6763", &[16]),
];

/// Beginnings that are no network's.
const OTHERS: &[&str] = &[
    "0", "1", "20", "2199", "2205", "2220", "2721", "28", "31", "33", "306", "3527", "3590", "59", "643", "7", "8", "9",
];

fn luhn_sum(digits: &str) -> u32 {
    digits.bytes().rev().enumerate().fold(0, |sum, (place, digit)| {
        let value = u32::from(digit - b'0') * (1 + u32::from(place % 2 == 1));
        sum + value / 10 + value % 10
    })
}

/// `digits` and the one more that makes them pass.
fn with_check_digit(digits: &str) -> String {
    let check = (10 - luhn_sum(&format!("{digits}0")) % 10) % 10;
    format!("{digits}{check}")
}

/// Numbers of the networks.
fn card_number() -> impl Strategy<Value = String> {
    let cases: Vec<(&str, usize)> =
        NETWORKS.iter().flat_map(|(prefix, lengths)| lengths.iter().map(|length| (*prefix, *length))).collect();
    prop::sample::select(cases).prop_flat_map(|(prefix, length)| {
        let rest = length - 1 - prefix.len();
        prop::collection::vec(prop::char::range('0', '9'), rest)
            .prop_map(move |rest| with_check_digit(&format!("{prefix}{}", String::from_iter(rest))))
    })
}

/// `number` with what `separator` gives between its groups of `size` digits.
fn grouped(number: &str, size: usize, separator: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    digits.chunks(size).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(separator)
}

#[test]
fn published_test_numbers_are_found() {
    for number in [
        "4111111111111111",
        "4242424242424242",
        "4012888888881881",
        "4000056655665556",
        "4222222222222",
        "5555555555554444",
        "5105105105105100",
        "2223003122003222",
        "2223000048400011",
        "378282246310005",
        "371449635398431",
        "6011111111111117",
        "6011000990139424",
        "30569309025904",
        "38520000023237",
        "36227206271667",
        "3530111333300000",
        "3566002020360505",
        "6200000000000005",
        "6205500000000000004",
        "6759649826438453",
        "6799990100000000019",
    ] {
        assert!(contains_card_number(number), "{number}");
        assert!(contains_card_number(&format!("card: {number}.")), "{number}");
    }
}

#[test]
fn texts_of_daily_life_hold_none() {
    for text in [
        "",
        "123 Acme Drive",
        "pi_0swefj329r4ljsdfk",
        "pi_3MtwBwLkdIwHu7ix28a3tqPa",
        "cardPaymentMethodId",
        "03O000000000001AAA",
        "0aQ5e000000CaRoEAK",
        "000348957393223",
        "550e8400-e29b-41d4-a716-446655440000",
        "pauth_01jd6kz3f5e8tbc4v0w1x2y3z4",
        "+1 (415) 555-0100",
        "+49 1512 3456704",
        "+44 20 7946 0958",
        "415-555-0100",
        "8515131751004933",
        "2026-11-21T14:43:08.123Z",
        "1763735000123",
        "ISBN 978-3-16-148410-0",
        "１２３−４５６",
    ] {
        assert!(!contains_card_number(text), "{text}");
    }
}

#[test]
fn a_text_of_the_largest_body_is_searched_quickly() {
    let started = std::time::Instant::now();
    for text in ["4 ".repeat(32_768), "4".repeat(65_536), "4111111111111112 ".repeat(3_855), "4-".repeat(32_768)] {
        let _ = contains_card_number(&text);
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_networks_numbers_are_found(number in card_number()) {
        prop_assert!(contains_card_number(&number));
    }

    #[test]
    fn grouping_hides_nothing(number in card_number(), size in 1_usize..8, separator in prop::sample::select(vec![" ", "-", "  ", " - ", "\u{a0}", "–", "−", "\u{200b}", "\n", "\u{2009}"])) {
        prop_assert!(contains_card_number(&grouped(&number, size, separator)));
    }

    #[test]
    fn other_digits_hide_nothing(number in card_number(), zero in prop::sample::select(vec!['０', '٠', '۰', '०', '০', '๐', '𝟎', '𝟬'])) {
        let written: String = number.bytes().filter_map(|digit| char::from_u32(u32::from(zero) + u32::from(digit - b'0'))).collect();
        prop_assert!(contains_card_number(&written), "{}", written);
    }

    #[test]
    fn words_around_hide_nothing(number in card_number(), before in "[a-zA-Z:,._# ]{0,12}", after in "([a-zA-Z:,._# ][a-z0-9]{0,3})?") {
        // letters right beside it may make it a long id of hex digits, which is let through
        let text = format!("{before}{number}{after}");
        prop_assert!(contains_card_number(&text), "{}", text);
    }

    #[test]
    fn one_digit_changed_is_no_card_number(number in card_number(), at in 0_usize..13, by in 1_u8..10) {
        let mut digits: Vec<u8> = number.into_bytes();
        if let Some(digit) = digits.get_mut(at) {
            *digit = b'0' + (*digit - b'0' + by) % 10;
        }
        let text = String::from_utf8(digits).unwrap_or_default();
        prop_assert!(!contains_card_number(&text), "{}", text);
    }

    #[test]
    fn numbers_of_no_network_are_let_through(prefix in prop::sample::select(OTHERS), length in 13_usize..=19, rest in "[0-9]{18}") {
        let head: String = prefix.chars().chain(rest.chars()).take(length - 1).collect();
        prop_assert!(!contains_card_number(&with_check_digit(&head)), "{}", head);
    }

    #[test]
    fn a_longer_run_of_digits_holds_none(number in card_number(), before in "[0-9]{1,9}", after in "[0-9]{1,9}") {
        let run = format!("{before}{number}{after}");
        prop_assume!(run.len() > 19);
        prop_assert!(!contains_card_number(&run), "{}", run);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = contains_card_number(&text);
    }
}
