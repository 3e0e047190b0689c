//! The custom data of a request: at most four pairs of texts, for the gateway's adapter (`seeds/checkout-payments.txt`).
//!
//! It comes as an object or, as older clients send it, as a string that holds one. Everything wrong with it is a 422,
//! since the type in the resource's description is "string"; only a member that stands twice in the body itself is a 400.
//! A purchase order has no such data; an empty object says nothing and is let through.

use super::request_type::RequestType;
use crate::domain::input::refusal::Problem;
use crate::domain::input::shape::path_of;
use crate::domain::input::text_rules::TextRules;
use crate::domain::json::{Member, Value, parse};
use crate::domain::limits::{PAYMENTS_DATA_CHARS_MAX, PAYMENTS_DATA_PAIRS_MAX};
use crate::domain::sorted::{Sorted, Texts};
use crate::prelude::*;

/// The member of the request that holds the data.
pub(crate) const PAYMENTS_DATA: &str = "paymentsData";

const KEY: TextRules = TextRules::required(PAYMENTS_DATA_CHARS_MAX);
const VALUE: TextRules = TextRules::optional(PAYMENTS_DATA_CHARS_MAX);

/// The pairs in `value`; what is not acceptable is added to `problems`.
pub(super) fn read(value: &Value<'_>, request_type: RequestType, problems: &mut Vec<Problem>) -> Texts {
    let inner;
    let members = match value {
        Value::Null => Some(&[] as &[Member<'_>]),
        Value::Text(text) => {
            inner = parse(text).unwrap_or(Value::Null);
            inner.members()
        }
        Value::Object(members) => Some(members.as_slice()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    let Some(members) = members else {
        problems.push(Problem::new(PAYMENTS_DATA, "Must be an object of texts, or a string that holds one."));
        return Sorted::new();
    };
    if !members.is_empty() && request_type == RequestType::SimplePurchaseOrder {
        problems.push(Problem::new(PAYMENTS_DATA, "A purchase order does not take custom data."));
        return Sorted::new();
    }
    if members.len() > PAYMENTS_DATA_PAIRS_MAX {
        problems.push(Problem::new(
            PAYMENTS_DATA,
            &["At most ", &PAYMENTS_DATA_PAIRS_MAX.to_string(), " pairs are allowed."].concat(),
        ));
    }
    members.iter().filter_map(|member| pair(member, problems)).collect()
}

fn pair(member: &Member<'_>, problems: &mut Vec<Problem>) -> Option<(String, String)> {
    let path = path_of(PAYMENTS_DATA, &member.key);
    if let Some(detail) = KEY.broken_by(&member.key) {
        problems.push(Problem { name: path, detail: ["In the name of a pair: ", &detail].concat() });
        return None;
    }
    let Some(text) = member.value.text() else {
        problems.push(Problem { name: path, detail: ["Must be a string, not ", member.value.kind(), "."].concat() });
        return None;
    };
    if let Some(problem) = VALUE.problem(&path, text) {
        problems.push(problem);
        return None;
    }
    Some((member.key.clone().into_owned(), text.to_owned()))
}
