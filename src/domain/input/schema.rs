//! What the members of a request may be, as data: one table for every use of a form checks requests, and says what the form is.

use super::refusal::Problem;
use super::shape::path_of;
use super::text_rules::{CARD_NUMBER, TextRules};
use crate::domain::amount::Amount;
use crate::domain::card_number::contains_card_number;
use crate::domain::currency::Currency;
use crate::domain::date::Date;
use crate::domain::digits::decimal;
use crate::domain::json::{Json, Member, Value};
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

/// One member of an object of a request.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The member's name.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// The uses of the form that have it, one bit each.
    pub uses: u16,
    /// Those in which it must be there.
    pub required: u16,
}

/// What a member may hold. `null` is as good as nothing.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text under these rules.
    Text(TextRules),
    /// An amount above zero, as a number or as text.
    Amount,
    /// An amount that may be zero.
    AmountOrZero,
    /// An ISO 4217 code.
    Currency,
    /// A date, or a date with a time.
    Time,
    /// A day, without a time.
    Day,
    /// `true` or `false`.
    Flag,
    /// A whole number up to this.
    Count(u32),
    /// One of these texts, in any case.
    OneOf(&'static [&'static str]),
    /// One of these texts, written just so.
    Exactly(&'static [&'static str]),
    /// Pairs of texts: how many at most, of how many characters each.
    Pairs(usize, usize),
    /// An object with these members.
    Object(&'static [Field]),
    /// Objects with these members: how many at least, and at most.
    List(&'static [Field], usize, usize),
    /// Known and never taken; the reason is told.
    Never(&'static str),
}

impl Field {
    /// A member that must be there, of a form with one use.
    #[must_use]
    pub const fn needed(name: &'static str, kind: Kind) -> Self {
        Self::required(name, kind, 1, 1)
    }

    /// A member that may be left out, of a form with one use.
    #[must_use]
    pub const fn allowed(name: &'static str, kind: Kind) -> Self {
        Self::optional(name, kind, 1)
    }

    /// A member that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, kind: Kind, uses: u16) -> Self {
        Self { name, kind, uses, required: 0 }
    }

    /// A member that must be there in these uses.
    #[must_use]
    pub const fn required(name: &'static str, kind: Kind, uses: u16, required: u16) -> Self {
        Self { name, kind, uses, required }
    }
}

/// Adds everything that is wrong with `value` in this use to `problems`, in the order of the text, then what is missing.
pub fn check(value: &Value<'_>, path: &str, fields: &[Field], usage: u16, problems: &mut Vec<Problem>) {
    let Some(members) = value.members() else {
        problems.push(expected(path, "an object", value));
        return;
    };
    for member in members {
        let at = path_of(path, &member.key);
        match fields.iter().find(|field| field.uses & usage != 0 && field.name == member.key) {
            Some(_) if matches!(member.value, Value::Null) => {}
            Some(field) => check_value(&member.value, &at, field.kind, usage, problems),
            None => problems.push(unknown(&at, member)),
        }
    }
    let is_there = |field: &Field| value.get(field.name).is_some_and(|value| !matches!(value, Value::Null));
    for field in fields.iter().filter(|field| field.required & usage != 0 && !is_there(field)) {
        problems.push(Problem::new(&path_of(path, field.name), "A value is required."));
    }
}

fn check_value(value: &Value<'_>, at: &str, kind: Kind, usage: u16, problems: &mut Vec<Problem>) {
    let problem = match kind {
        Kind::Object(fields) => return check(value, at, fields, usage, problems),
        Kind::List(fields, _, most) => return check_list(value, at, fields, most, usage, problems),
        Kind::Pairs(most, chars) => return check_pairs(value, at, most, chars, problems),
        Kind::Never(reason) => Some(reason.to_owned()),
        Kind::Text(rules) => match value.text() {
            Some(text) => rules.broken_by(text),
            None => Some(expectation("a string", value)),
        },
        Kind::Amount => amount_problem(value, false),
        Kind::AmountOrZero => amount_problem(value, true),
        Kind::Currency => match value.text() {
            Some(text) if Currency::parse(text).is_some() => None,
            Some(_) => Some("Must be an ISO 4217 currency code in capitals.".to_owned()),
            None => Some(expectation("a string", value)),
        },
        Kind::Time => match value.text() {
            Some(text) if Timestamp::read_input(text).is_some() => None,
            Some(_) | None => Some(
                "Must be a date (2026-11-21) or a date and time with its offset (2026-11-21T14:30:00Z).".to_owned(),
            ),
        },
        Kind::Day => match value.text() {
            Some(text) if Date::parse(text).is_some() => None,
            Some(_) | None => Some("Must be a day, such as 2026-11-21.".to_owned()),
        },
        Kind::Flag => (!matches!(value, Value::Bool(_))).then(|| expectation("true or false", value)),
        Kind::Count(most) => match u32::read(value) {
            Ok(count) if count <= most => None,
            Ok(_) | Err(_) => Some(["Must be a whole number from 0 to ", &decimal(most), "."].concat()),
        },
        Kind::OneOf(texts) => {
            let known = |text: &str| texts.iter().any(|one| one.eq_ignore_ascii_case(text));
            (!value.text().is_some_and(known)).then(|| ["Must be one of ", &texts.join(", "), "."].concat())
        }
        Kind::Exactly(texts) => {
            let known = |text: &str| texts.contains(&text);
            (!value.text().is_some_and(known)).then(|| ["Must be one of ", &texts.join(", "), "."].concat())
        }
    };
    problems.extend(problem.map(|detail| Problem { name: at.to_owned(), detail }));
}

fn amount_problem(value: &Value<'_>, may_be_zero: bool) -> Option<String> {
    let text = match value {
        Value::Text(text) => text.as_ref(),
        Value::Number(text) => text,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            return Some(expectation("an amount", value));
        }
    };
    match Amount::parse(text) {
        Ok(amount) if amount.is_positive() || (may_be_zero && amount.is_zero()) => None,
        Ok(_) if may_be_zero => Some("Must not be negative.".to_owned()),
        Ok(_) => Some("Must be more than zero.".to_owned()),
        Err(_) => Some("Must be a decimal amount of at most 18 digits, such as 129.90.".to_owned()),
    }
}

fn check_list(value: &Value<'_>, at: &str, fields: &[Field], most: usize, usage: u16, problems: &mut Vec<Problem>) {
    let Value::Array(items) = value else {
        problems.push(expected(at, "an array", value));
        return;
    };
    if items.len() > most {
        problems.push(Problem::new(at, &["At most ", &decimal(most), " are allowed."].concat()));
        return;
    }
    for (index, item) in items.iter().enumerate() {
        check(item, &[at, "[", &decimal(index), "]"].concat(), fields, usage, problems);
    }
}

fn check_pairs(value: &Value<'_>, at: &str, most: usize, chars: usize, problems: &mut Vec<Problem>) {
    let Some(members) = value.members() else {
        problems.push(expected(at, "an object of texts", value));
        return;
    };
    if members.len() > most {
        problems.push(Problem::new(at, &["At most ", &decimal(most), " pairs are allowed."].concat()));
    }
    for member in members {
        let path = path_of(at, &member.key);
        if let Some(detail) = TextRules::required(chars).broken_by(&member.key) {
            problems.push(Problem { name: path, detail: ["In the name of a pair: ", &detail].concat() });
            continue;
        }
        match member.value.text() {
            Some(text) => problems.extend(TextRules::optional(chars).problem(&path, text)),
            None => problems.push(expected(&path, "a string", &member.value)),
        }
    }
}

fn unknown(at: &str, member: &Member<'_>) -> Problem {
    // A card number must not get in as the name of a member either, and is not told back.
    let detail = if contains_card_number(&member.key) { CARD_NUMBER } else { "There is no such member here." };
    Problem::new(at, detail)
}

fn expected(at: &str, what: &str, found: &Value<'_>) -> Problem {
    let name = if at.is_empty() { "the body" } else { at };
    Problem::new(name, &expectation(what, found))
}

fn expectation(what: &str, found: &Value<'_>) -> String {
    ["Expected ", what, ", found ", found.kind(), "."].concat()
}
