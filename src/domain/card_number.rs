//! Finds card numbers in any text, so that they are never accepted, logged or stored (DESIGN §5).
//!
//! A card number is 13 to 19 digits, spaces and dashes aside, that pass the Luhn check and begin as a card network's
//! numbers do. The digits of every script count. A number is made of whole groups of digits, so a longer unbroken run of
//! digits holds none; it may stand anywhere in a longer text.

use super::characters::{decimal_digit, is_dash, is_invisible};
use crate::prelude::*;

/// How the numbers of the networks begin: with a number from the first to the second, both of the same length.
///
/// Source: the networks' published ranges of issuer numbers (ISO/IEC 7812-1). Where a network's narrower range lies within
/// a row, the row stands for it.
const NETWORKS: &[(u32, u32)] = &[
    (4, 4),       // Visa
    (51, 55),     // Mastercard
    (2221, 2720), // Mastercard
    (34, 34),     // American Express
    (37, 37),     // American Express
    (6011, 6011), // Discover
    (644, 649),   // Discover
    (65, 65),     // Discover
    (300, 305),   // Diners Club
    (36, 36),     // Diners Club
    (38, 39),     // Diners Club
    (3528, 3589), // JCB
    (62, 62),     // UnionPay
    (2200, 2204), // Mir
    (50, 50),     // Maestro
    (56, 58),     // Maestro
    (60, 61),     // Maestro, RuPay
    (63, 63),     // Maestro
    (66, 69),     // Maestro
];

const DIGITS_MIN: usize = 13;
const DIGITS_MAX: usize = 19;
/// A telephone number has no more digits (ITU-T E.164).
const TELEPHONE_DIGITS_MAX: usize = 15;

/// Whether a card number stands anywhere in `text`.
///
/// Digits that might fit and are yet not taken for one: a telephone number (`+` and at most 15 digits), a UUID or another
/// hex id of at least 32 characters (one in some thousands would fit by chance), a record id of 15 digits with its
/// suffix `AAA`.
#[must_use]
pub fn contains_card_number(text: &str) -> bool {
    // Nearly every text: too few digits, whatever stands between them.
    if text.is_ascii() && text.bytes().filter(u8::is_ascii_digit).count() < DIGITS_MIN {
        return false;
    }
    let mut finder = Finder::default();
    let mut rest = text;
    loop {
        let word_length = rest.bytes().position(|byte| !is_of_word(byte)).unwrap_or(rest.len());
        let word = rest.get(..word_length).unwrap_or_default();
        if is_identifier(word) {
            finder.end_run(false);
        } else {
            word.bytes().for_each(|byte| finder.take(byte.into()));
        }
        let mut others = rest.get(word_length..).unwrap_or_default().chars();
        let Some(end_of_word) = others.next() else { break };
        finder.take(end_of_word);
        rest = others.as_str();
    }
    finder.end_run(false);
    finder.found
}

/// Only words of ASCII can be identifiers.
const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// Collects a run of digit groups and looks into it at its end.
#[derive(Default)]
struct Finder {
    digits: Vec<u8>,
    /// Where in `digits` each group begins.
    groups: Vec<usize>,
    in_group: bool,
    after_plus: bool,
    found: bool,
}

impl Finder {
    fn take(&mut self, character: char) {
        if let Some(digit) = decimal_digit(character) {
            if !self.in_group {
                self.groups.push(self.digits.len());
                self.in_group = true;
            }
            self.digits.push(digit);
        } else if is_dash(character) || character.is_whitespace() {
            self.in_group = false;
        } else if !is_invisible(character) {
            self.end_run(matches!(character, '+' | '＋'));
        }
    }

    fn end_run(&mut self, plus: bool) {
        let telephone = self.after_plus && self.digits.len() <= TELEPHONE_DIGITS_MAX;
        self.found |= !telephone && self.holds_card_number();
        self.digits.clear();
        self.groups.clear();
        self.in_group = false;
        self.after_plus = plus;
    }

    /// Whether any groups that follow one another make up a card number.
    fn holds_card_number(&mut self) -> bool {
        if self.digits.len() < DIGITS_MIN {
            return false;
        }
        self.groups.push(self.digits.len());
        let mut bounds = self.groups.as_slice();
        while let [start, ends @ ..] = bounds {
            for end in ends {
                if end - start > DIGITS_MAX {
                    break;
                }
                if self.digits.get(*start..*end).is_some_and(is_card_number) {
                    return true;
                }
            }
            bounds = ends;
        }
        false
    }
}

fn is_card_number(digits: &[u8]) -> bool {
    (DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()) && begins_as_a_network(digits) && passes_luhn(digits)
}

fn begins_as_a_network(digits: &[u8]) -> bool {
    let first_four = digits.iter().take(4).fold(0, |number, digit| number * 10 + u32::from(*digit));
    NETWORKS.iter().any(|(low, high)| {
        let longer_by = match low {
            0..=9 => 1000,
            10..=99 => 100,
            100..=999 => 10,
            _ => 1,
        };
        (*low..=*high).contains(&(first_four / longer_by))
    })
}

fn passes_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(*digit)) {
            (0, digit) => digit,
            (_, digit @ 0..=4) => digit * 2,
            (_, digit) => digit * 2 - 9,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn is_identifier(word: &str) -> bool {
    is_uuid(word) || is_long_hex(word) || is_record_id(word)
}

fn is_uuid(word: &str) -> bool {
    word.len() == 36
        && word.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_long_hex(word: &str) -> bool {
    word.len() >= 32
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn is_record_id(word: &str) -> bool {
    word.strip_suffix("AAA").is_some_and(|id| id.len() == 15 && id.bytes().all(|byte| byte.is_ascii_digit()))
}
