//! The bodies of the three requests (`reference` §4.3).
//!
//! The order of precedence: 400 for a body that is too large, empty, not JSON, not an object, or has a member that is unknown, of
//! the wrong type or missing, the first fault in the text; then 422 for all values that are not acceptable.

use crate::domain::amount::Amount;
use crate::domain::hash::hash;
use crate::domain::input::amount_rules::AmountRules;
use crate::domain::input::members::{check, given, read_body};
use crate::domain::input::moment;
use crate::domain::input::schema::{Field, Kind};
use crate::domain::input::text_rules::TextRules;
use crate::domain::input::{Problem, Refusal};
use crate::domain::json::Value;
use crate::domain::limits::{BODY_BYTES_MAX, COMMENTS_CHARS_MAX, FOREIGN_ID_CHARS_MAX};
use crate::domain::sorted::{Sorted, Texts};
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;

/// Apply this much of a payment to an invoice or to one of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyPayment {
    /// The invoice or the invoice line.
    pub applied_to_id: String,
    /// How much.
    pub amount: Amount,
    /// The account it is made for.
    pub associated_account_id: Option<String>,
    /// What is said of it.
    pub remarks: Remarks,
}

/// Take a payment line back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnapplyPayment {
    /// What is said of it.
    pub remarks: Remarks,
}

/// Apply this much of a refund to its payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyRefund {
    /// The payment.
    pub applied_to_id: String,
    /// How much.
    pub amount: Amount,
    /// What is said of it.
    pub remarks: Remarks,
}

/// What every line may say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarks {
    /// For people.
    pub comments: Option<String>,
    /// When it takes effect; at once when it is left out.
    pub effective_date: Option<Timestamp>,
}

const APPLIED_TO_ID: &str = "appliedToId";
const AMOUNT: &str = "amount";
const ASSOCIATED_ACCOUNT_ID: &str = "associatedAccountId";
const COMMENTS: &str = "comments";
const EFFECTIVE_DATE: &str = "effectiveDate";

const ID: TextRules = TextRules::required(FOREIGN_ID_CHARS_MAX);
const REMARK: TextRules = TextRules { lines: true, ..TextRules::optional(COMMENTS_CHARS_MAX) };

/// The body that applies a payment.
pub const APPLY_PAYMENT: &[Field] = &[
    Field::needed(APPLIED_TO_ID, Kind::Text(ID)),
    Field::needed(AMOUNT, Kind::Amount),
    Field::allowed(ASSOCIATED_ACCOUNT_ID, Kind::Text(ID)),
    Field::allowed(COMMENTS, Kind::Text(REMARK)),
    Field::allowed(EFFECTIVE_DATE, Kind::Time),
];

/// The body that takes a payment line back.
pub const UNAPPLY_PAYMENT: &[Field] =
    &[Field::allowed(COMMENTS, Kind::Text(REMARK)), Field::allowed(EFFECTIVE_DATE, Kind::Time)];

/// The body that applies a refund.
pub const APPLY_REFUND: &[Field] = &[
    Field::needed(APPLIED_TO_ID, Kind::Text(ID)),
    Field::needed(AMOUNT, Kind::Amount),
    Field::allowed(COMMENTS, Kind::Text(REMARK)),
    Field::allowed(EFFECTIVE_DATE, Kind::Time),
];

impl ApplyPayment {
    /// Reads and validates a body.
    ///
    /// # Errors
    /// A [`Refusal`], by the order of precedence of this module.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let body = read_body(body, BODY_BYTES_MAX)?;
        check("", &body, APPLY_PAYMENT)?;
        let mut problems = Vec::new();
        let applied_to_id = required_id(&body, &mut problems);
        let amount = positive_amount(&body, &mut problems);
        let associated_account_id = optional_text(&body, ASSOCIATED_ACCOUNT_ID, ID, &mut problems);
        let remarks = Remarks::read(&body, &mut problems);
        accept(problems, Self { applied_to_id, amount, associated_account_id, remarks })
    }

    /// A hash of each part, so that a repeat is recognised and a difference can be named.
    #[must_use]
    pub fn fingerprint(&self) -> Texts {
        let mut parts = self.remarks.fingerprint();
        parts.insert(APPLIED_TO_ID.to_owned(), hash(&self.applied_to_id));
        parts.insert(AMOUNT.to_owned(), hash(&self.amount.shortest_text()));
        add(&mut parts, ASSOCIATED_ACCOUNT_ID, self.associated_account_id.as_deref());
        parts
    }
}

impl UnapplyPayment {
    /// Reads and validates a body. It has nothing that is required, so it may be empty.
    ///
    /// # Errors
    /// A [`Refusal`], by the order of precedence of this module.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let body = if body.is_empty() { Value::Object(Vec::new()) } else { read_body(body, BODY_BYTES_MAX)? };
        check("", &body, UNAPPLY_PAYMENT)?;
        let mut problems = Vec::new();
        let remarks = Remarks::read(&body, &mut problems);
        accept(problems, Self { remarks })
    }

    /// A hash of each part.
    #[must_use]
    pub fn fingerprint(&self) -> Texts {
        self.remarks.fingerprint()
    }
}

impl ApplyRefund {
    /// Reads and validates a body.
    ///
    /// # Errors
    /// A [`Refusal`], by the order of precedence of this module.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let body = read_body(body, BODY_BYTES_MAX)?;
        check("", &body, APPLY_REFUND)?;
        let mut problems = Vec::new();
        let applied_to_id = required_id(&body, &mut problems);
        let amount = positive_amount(&body, &mut problems);
        let remarks = Remarks::read(&body, &mut problems);
        accept(problems, Self { applied_to_id, amount, remarks })
    }

    /// A hash of each part.
    #[must_use]
    pub fn fingerprint(&self) -> Texts {
        let mut parts = self.remarks.fingerprint();
        parts.insert(APPLIED_TO_ID.to_owned(), hash(&self.applied_to_id));
        parts.insert(AMOUNT.to_owned(), hash(&self.amount.shortest_text()));
        parts
    }
}

impl Remarks {
    fn read(body: &Value<'_>, problems: &mut Vec<Problem>) -> Self {
        let comments = optional_text(body, COMMENTS, REMARK, problems);
        let given_date = given(body, EFFECTIVE_DATE).and_then(Value::text);
        let effective_date = given_date.and_then(moment::parse);
        if given_date.is_some() && effective_date.is_none() {
            problems.push(Problem::new(EFFECTIVE_DATE, moment::EXPECTED));
        }
        Self { comments, effective_date }
    }

    fn fingerprint(&self) -> Texts {
        let mut parts = Sorted::new();
        add(&mut parts, COMMENTS, self.comments.as_deref());
        add(&mut parts, EFFECTIVE_DATE, self.effective_date.map(Timestamp::text).as_deref());
        parts
    }
}

fn accept<T>(problems: Vec<Problem>, request: T) -> Result<T, Refusal> {
    if problems.is_empty() { Ok(request) } else { Err(Refusal::Invalid { problems }) }
}

fn required_id(body: &Value<'_>, problems: &mut Vec<Problem>) -> String {
    let id = body.get(APPLIED_TO_ID).and_then(Value::text).unwrap_or_default();
    problems.extend(ID.problem(APPLIED_TO_ID, id));
    id.to_owned()
}

fn positive_amount(body: &Value<'_>, problems: &mut Vec<Problem>) -> Amount {
    AmountRules::Positive.read(AMOUNT, body.get(AMOUNT).unwrap_or(&Value::Null)).unwrap_or_else(|problem| {
        problems.push(problem);
        Amount::ZERO
    })
}

fn optional_text(body: &Value<'_>, name: &str, rules: TextRules, problems: &mut Vec<Problem>) -> Option<String> {
    let text = given(body, name)?.text()?;
    problems.extend(rules.problem(name, text));
    Some(text.to_owned())
}

fn add(parts: &mut Texts, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        parts.insert(name.to_owned(), hash(value));
    }
}
