//! Times and ids: their texts, and that ids sort by the time they were made.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use checkout_payments::domain::id::{IdKind, IdSource};
use checkout_payments::domain::json::{Json, parse};
use checkout_payments::domain::timestamp::Timestamp;
use proptest::prelude::*;

const LAST: i64 = 253_402_300_799_999;

#[test]
fn known_times_have_known_texts() {
    for (milliseconds, text) in [
        (0, "1970-01-01T00:00:00.000Z"),
        (1, "1970-01-01T00:00:00.001Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_763_735_000_123, "2025-11-21T14:23:20.123Z"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (LAST, "9999-12-31T23:59:59.999Z"),
    ] {
        let time = Timestamp::from_milliseconds(milliseconds).unwrap();
        assert_eq!(time.text(), text);
        assert_eq!(Timestamp::parse(text), Some(time));
    }
    assert_eq!(Timestamp::from_milliseconds(-1), None);
    assert_eq!(Timestamp::from_milliseconds(LAST + 1), None);
}

#[test]
fn other_texts_are_no_times() {
    for text in [
        "",
        "2026-11-21",
        "2026-11-21T14:43:08Z",
        "2026-11-21T14:43:08.1Z",
        "2026-11-21T14:43:08.1234Z",
        "2026-11-21T14:43:08.123",
        "2026-11-21T14:43:08.123z",
        "2026-11-21t14:43:08.123Z",
        "2026-11-21 14:43:08.123Z",
        "2026-11-21T14:43:08,123Z",
        "2026-11-21T14:43:08.123+00:00",
        "2026-02-29T00:00:00.000Z",
        "2100-02-29T00:00:00.000Z",
        "2026-04-31T00:00:00.000Z",
        "2026-00-01T00:00:00.000Z",
        "2026-13-01T00:00:00.000Z",
        "2026-01-00T00:00:00.000Z",
        "2026-01-01T24:00:00.000Z",
        "2026-01-01T00:60:00.000Z",
        "2016-12-31T23:59:60.000Z",
        "1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00.000Z",
        "+026-01-01T00:00:00.000Z",
        " 026-01-01T00:00:00.000Z",
        "２026-01-01T00:00:00.00Z",
    ] {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

#[test]
fn json_gives_times_as_text_or_as_whole_milliseconds() {
    let read = |json: &str| Timestamp::read(&parse(json).unwrap()).ok().map(Timestamp::milliseconds);
    for (json, expected) in [
        ("0", Some(0)),
        ("1763735000123", Some(1_763_735_000_123)),
        ("\"2025-11-21T14:23:20.123Z\"", Some(1_763_735_000_123)),
        ("-1", None),
        ("1.5", None),
        ("1e3", None),
        ("99999999999999999999", None),
        ("\"1763735000123\"", None),
        ("null", None),
    ] {
        assert_eq!(read(json), expected, "{json}");
    }
}

#[test]
fn entropy_is_32_hex_digits() {
    let now = Timestamp::from_milliseconds(0).unwrap();
    for (entropy, good) in [
        ("00112233445566778899aabbccddeeff", true),
        ("00112233445566778899AABBCCDDEEFF", true),
        ("ffffffffffffffffffffffffffffffff", true),
        ("00112233445566778899aabbccddeef", false),
        ("00112233445566778899aabbccddeeff0", false),
        ("+0112233445566778899aabbccddeeff", false),
        ("00112233445566778899aabbccddeefg", false),
        ("００112233445566778899aabbccddee", false),
        ("", false),
    ] {
        assert_eq!(IdSource::new(now, entropy).is_some(), good, "{entropy}");
    }
}

#[test]
fn an_id_is_a_known_uuid_in_a_known_alphabet() {
    let now = Timestamp::from_milliseconds(0x0123_4567_89AB).unwrap();
    let mut ids = IdSource::new(now, "00000000000000000000000000000000").unwrap();
    // 01234567-89ab-7000-8000-000000000000 in the 26 digits of TypeID
    assert_eq!(ids.next(IdKind::Payment), "pay_014d2pf2dbe008000000000000");
}

/// The 128 bits behind the underscore.
fn uuid(id: &str) -> u128 {
    let (_, digits) = id.rsplit_once('_').unwrap();
    digits.bytes().fold(0, |value, digit| {
        let five_bits = b"0123456789abcdefghjkmnpqrstvwxyz".iter().position(|known| *known == digit).unwrap();
        (value << 5) | five_bits as u128
    })
}

fn entropy() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<u128>().prop_map(|bits| format!("{bits:032x}")),
        Just("f".repeat(32)),
        Just("0".repeat(32)),
        (0_u128..8).prop_map(|less| format!("{:032x}", (1_u128 << 74) - 1 - less)),
    ]
}

const KINDS: [IdKind; 7] = [
    IdKind::PaymentGroup,
    IdKind::PaymentAuthorization,
    IdKind::PaymentAuthAdjustment,
    IdKind::Payment,
    IdKind::Refund,
    IdKind::Operation,
    IdKind::ReleaseOwed,
];

proptest! {
    #[test]
    fn a_time_is_read_as_it_was_written(milliseconds in 0..=LAST) {
        let time = Timestamp::from_milliseconds(milliseconds).unwrap();
        prop_assert_eq!(Timestamp::parse(&time.text()), Some(time));
        prop_assert_eq!(time.text().len(), 24);
    }

    #[test]
    fn texts_of_times_sort_as_the_times_do(one in 0..=LAST, other in 0..=LAST) {
        let text = |milliseconds| Timestamp::from_milliseconds(milliseconds).unwrap().text();
        prop_assert_eq!(text(one).cmp(&text(other)), one.cmp(&other));
    }

    #[test]
    fn time_does_not_run_out(milliseconds in 0..=LAST, more in any::<i64>()) {
        let time = Timestamp::from_milliseconds(milliseconds).unwrap();
        let later = time.plus(more);
        prop_assert!((0..=LAST).contains(&later.milliseconds()));
        prop_assert!(Timestamp::parse(&later.text()).is_some());
        prop_assert_eq!(later.since(time), later.milliseconds() - milliseconds);
    }

    #[test]
    fn an_id_is_a_prefix_and_a_uuid_of_version_7(milliseconds in 0..=LAST, entropy in entropy(), kind in prop::sample::select(&KINDS[..])) {
        let now = Timestamp::from_milliseconds(milliseconds).unwrap();
        let id = IdSource::new(now, &entropy).unwrap().next(kind);
        let (prefix, digits) = id.split_once('_').unwrap();
        prop_assert_eq!(prefix, kind.prefix());
        prop_assert_eq!(digits.len(), 26);
        prop_assert!(digits.starts_with(|first: char| ('0'..='7').contains(&first)));
        let uuid = uuid(&id);
        prop_assert_eq!(uuid >> 80, milliseconds as u128);
        prop_assert_eq!((uuid >> 76) & 15, 7, "version");
        prop_assert_eq!((uuid >> 62) & 3, 2, "variant");
    }

    #[test]
    fn ids_of_one_step_differ_and_sort_in_the_order_they_were_made(entropy in entropy(), count in 2_usize..20) {
        let mut ids = IdSource::new(Timestamp::from_milliseconds(1).unwrap(), &entropy).unwrap();
        let made: Vec<String> = (0..count).map(|_| ids.next(IdKind::Payment)).collect();
        prop_assert!(made.is_sorted_by(|one, other| one < other), "{made:?}");
    }

    #[test]
    fn ids_sort_by_time(one in 0..=LAST, other in 0..=LAST, entropies in (entropy(), entropy())) {
        prop_assume!(one != other);
        let id = |milliseconds, entropy: &str| {
            IdSource::new(Timestamp::from_milliseconds(milliseconds).unwrap(), entropy).unwrap().next(IdKind::Refund)
        };
        prop_assert_eq!(id(one, &entropies.0).cmp(&id(other, &entropies.1)), one.cmp(&other));
    }
}
