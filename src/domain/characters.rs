//! What a character is to a person who reads it: a digit in some script, a dash, nothing at all.
//!
//! Tables instead of a Unicode library: the storefront build pays for every byte.

use alloc::borrow::Cow;

use crate::prelude::*;

/// The zeroes of all scripts that write decimal digits (Unicode 14, general category Nd); nine more digits follow each.
const ZEROES: &[u32] = &[
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0,
    0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60,
    0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// The value of a decimal digit of any script: 7 for `7`, `７` and `٧`.
#[must_use]
pub fn decimal_digit(character: char) -> Option<u8> {
    let code = u32::from(character);
    let above = ZEROES.partition_point(|zero| *zero <= code);
    let zero = ZEROES.get(above.checked_sub(1)?)?;
    u8::try_from(code - zero).ok().filter(|value| *value < 10)
}

/// Whether it is a hyphen, a dash or a minus.
#[must_use]
pub fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Whether it shows nothing and takes no room, or is a filler that looks like a space.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Whether it commands a device instead of showing something: the C0 and C1 controls, and the line and paragraph separators.
#[must_use]
pub fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Whether a control character is among these, `allowed` aside. Most texts are printable ASCII, and one look at each byte says so.
#[must_use]
pub fn has_control(text: &str, allowed: Option<char>) -> bool {
    !text.bytes().all(|byte| matches!(byte, 0x20..0x7F))
        && text.chars().any(|character| is_control(character) && Some(character) != allowed)
}

/// The text with a capital first letter, as a sentence begins; for our own texts, which begin with A to Z.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// The text with each line ended by one character, where a page sends two.
#[must_use]
pub fn with_plain_lines(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte != b'\r') {
        return text.into();
    }
    let mut lines = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte == b'\r') {
        lines.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
        if !rest.starts_with('\n') {
            lines.push('\r');
        }
    }
    lines.push_str(rest);
    lines.into()
}

/// How many characters a text has. The standard library's way of counting them is a kilobyte of it.
#[must_use]
pub fn count(text: &str) -> usize {
    text.bytes().filter(|byte| !is_continuation(*byte)).count()
}

/// Whether a byte of UTF-8 goes on with a character.
const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// Whether a person sees nothing in `text`: it is empty, or all spaces and invisible characters.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || is_invisible(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_of_every_script_have_their_values() {
        assert!(ZEROES.windows(2).all(|pair| pair[0] + 10 <= pair[1]), "in order, without overlap");
        for (digits, values) in [
            ("0123456789", 0..10),
            ("０１２３４５６７８９", 0..10),
            ("٠١٢٣٤٥٦٧٨٩", 0..10),
            ("०१२३४५६७८९", 0..10),
            ("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", 0..10),
        ] {
            for (digit, value) in digits.chars().zip(values) {
                assert_eq!(decimal_digit(digit), Some(value), "{digit}");
            }
        }
        for other in ['/', ':', 'a', ' ', '\0', '①', '²', '½', '一', '\u{10FFFF}'] {
            assert_eq!(decimal_digit(other), None, "{other}");
        }
    }

    #[test]
    fn characters_are_counted_whatever_they_take() {
        for text in ["", "a", "ä", "€", "𝟎", "aä€𝟎\n", "\u{FEFF}"] {
            assert_eq!(count(text), text.chars().count(), "{text:?}");
        }
    }

    #[test]
    fn controls_are_seen_in_any_text() {
        for (text, allowed, found) in [
            ("", None, false),
            ("1 Test Way ~", None, false),
            ("Straße 1", None, false),
            ("a\tb", None, true),
            ("a\nb", Some('\n'), false),
            ("a\nb\r", Some('\n'), true),
            ("\u{7F}", None, true),
            ("\u{85}", None, true),
            ("a\u{2028}b", None, true),
        ] {
            assert_eq!(has_control(text, allowed), found, "{text:?}");
        }
        assert_eq!(with_plain_lines("a\r\nb\rc"), "a\nb\rc");
    }

    #[test]
    fn blank_is_what_a_person_sees_as_blank() {
        for blank in [
            "",
            " ",
            "\u{A0}\u{3000}",
            "\u{200B}",
            "\u{FEFF}\u{2060}",
            "\t\r\n",
            "\u{3164}",
            "\u{2800}",
            "\u{2003}\u{AD}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in ["x", " . ", "\u{200B}0", "\0", "ा"] {
            assert!(!is_blank(seen), "{seen:?}");
        }
    }
}
