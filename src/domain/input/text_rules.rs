//! The rules that every text of a request must keep, in the order in which they are checked.

use super::refusal::Problem;
use crate::domain::card_number::contains_card_number;
use crate::domain::characters::{count, has_control, is_blank};
use crate::domain::digits::decimal;
use crate::prelude::*;

/// What a text may be.
#[derive(Debug, Clone, Copy)]
pub struct TextRules {
    /// Characters (not bytes) at most.
    pub chars_max: usize,
    /// A person must see something in it.
    pub required: bool,
    /// It may have several lines.
    pub lines: bool,
    /// It is a purchase order number, which may look like a card number.
    pub card_number_allowed: bool,
}

impl TextRules {
    /// One line of at most `chars_max` characters, which may be empty.
    pub const fn optional(chars_max: usize) -> Self {
        Self { chars_max, required: false, lines: false, card_number_allowed: false }
    }

    /// One line of at most `chars_max` characters, not blank.
    pub const fn required(chars_max: usize) -> Self {
        Self { required: true, ..Self::optional(chars_max) }
    }

    /// The first rule that `text` breaks, as a detail for people. An absent text is blank.
    pub fn broken_by(self, text: &str) -> Option<String> {
        if self.required && is_blank(text) {
            return Some("A value is required.".to_owned());
        }
        if !self.card_number_allowed && contains_card_number(text) {
            return Some(CARD_NUMBER.to_owned());
        }
        if has_control(text, self.lines.then_some('\n')) {
            return Some("Control characters are not allowed.".to_owned());
        }
        if count(text) > self.chars_max {
            return Some(["At most ", &decimal(self.chars_max), " characters are allowed."].concat());
        }
        None
    }

    /// As [`TextRules::broken_by`], as a problem of the member `name`.
    pub fn problem(self, name: &str, text: &str) -> Option<Problem> {
        self.broken_by(text).map(|detail| Problem { name: name.to_owned(), detail })
    }
}

/// What is said of a card number. The number itself is never repeated.
pub const CARD_NUMBER: &str = "This looks like a card number. Card numbers are never accepted here.";
