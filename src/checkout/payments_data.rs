//! The custom data of a request: at most four pairs of texts, for the gateway's adapter (`seeds/checkout-payments.txt`).
//!
//! It comes as an object or, as older clients send it, as a string that holds one. Everything wrong with it is a 422,
//! since the type in the resource's description is "string"; only a member that stands twice in the body itself is a 400.
//! A purchase order has no such data; an empty object says nothing and is let through.

use alloc::borrow::Cow;

use super::request_type::RequestType;
use crate::domain::digits::decimal;
use crate::domain::input::refusal::Problem;
use crate::domain::input::shape::path_of;
use crate::domain::input::text_rules::TextRules;
use crate::domain::json::{Member, Value, parse};
use crate::domain::limits::{PAYMENTS_DATA_CHARS_MAX, PAYMENTS_DATA_PAIRS_MAX};
use crate::domain::sorted::Texts;
use crate::prelude::*;

/// The member of the request that holds the data.
pub(crate) const PAYMENTS_DATA: &str = "paymentsData";

const KEY: TextRules = TextRules::required(PAYMENTS_DATA_CHARS_MAX);
const VALUE: TextRules = TextRules::optional(PAYMENTS_DATA_CHARS_MAX);

/// Adds what is not acceptable of the pairs in `value` to `problems`.
pub(super) fn check(value: &Value<'_>, request_type: RequestType, problems: &mut Vec<Problem>) {
    let object = unpacked(value);
    let Some(members) = object.as_ref().and_then(|object| object.members()) else {
        problems.push(Problem::new(PAYMENTS_DATA, "Must be an object of texts, or a string that holds one."));
        return;
    };
    if !members.is_empty() && request_type == RequestType::SimplePurchaseOrder {
        problems.push(Problem::new(PAYMENTS_DATA, "A purchase order does not take custom data."));
        return;
    }
    if members.len() > PAYMENTS_DATA_PAIRS_MAX {
        problems.push(Problem::new(
            PAYMENTS_DATA,
            &["At most ", &decimal(PAYMENTS_DATA_PAIRS_MAX), " pairs are allowed."].concat(),
        ));
    }
    problems.extend(members.iter().filter_map(problem_of_pair));
}

/// The pairs in `value`, which was checked.
pub(super) fn read(value: &Value<'_>) -> Texts {
    let object = unpacked(value);
    let members = object.as_ref().and_then(|object| object.members()).unwrap_or_default();
    let pair = |member: &Member<'_>| Some((member.key.clone().into_owned(), member.value.text()?.to_owned()));
    members.iter().filter_map(pair).collect()
}

/// The value itself, or the one that its text holds.
fn unpacked<'v>(value: &'v Value<'v>) -> Option<Cow<'v, Value<'v>>> {
    if let Value::Text(text) = value { parse(text).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(value)) }
}

fn problem_of_pair(member: &Member<'_>) -> Option<Problem> {
    let name = path_of(PAYMENTS_DATA, &member.key);
    if let Some(detail) = KEY.broken_by(&member.key) {
        return Some(Problem { name, detail: ["In the name of a pair: ", &detail].concat() });
    }
    match member.value.text() {
        Some(text) => VALUE.problem(&name, text),
        None => Some(Problem { name, detail: ["Must be a string, not ", member.value.kind(), "."].concat() }),
    }
}
