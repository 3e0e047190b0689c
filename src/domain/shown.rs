//! Names that came from outside, as a message may repeat them.

use super::card_number::contains_card_number;
use super::characters::{count, has_control, is_blank};

/// A longer name is not repeated, so that a huge request does not make a huge answer.
const NAME_CHARS_MAX: usize = 40;

/// `name`, or `…` where it is long, holds a control character or a card number, or is blank.
#[must_use]
pub fn shown_name(name: &str) -> &str {
    let hidden =
        is_blank(name) || count(name) > NAME_CHARS_MAX || has_control(name, None) || contains_card_number(name);
    if hidden { "…" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_unless_it_is_long_unprintable_or_a_card_number() {
        assert_eq!(shown_name("billingAddress"), "billingAddress");
        assert_eq!(shown_name("Straße"), "Straße");
        assert_eq!(shown_name(&"x".repeat(40)), "x".repeat(40));
        for hidden in ["", &"x".repeat(41), "a\nb", "4111111111111111", "card 4111-1111-1111-1111"] {
            assert_eq!(shown_name(hidden), "…", "{hidden:?}");
        }
    }
}
