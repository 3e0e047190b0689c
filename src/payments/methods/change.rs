//! What a person changes of a saved payment method: the default, the status, the nickname, the expiry.

use super::form::{ALL, CHANGE};
use super::of_request::full_year;
use super::row::{count, text};
use crate::domain::error_code::ErrorCode;
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::input::schema::check;
use crate::domain::json::{Value, parse_bytes};
use crate::domain::limits::BODY_BYTES_MAX;
use crate::domain::timestamp::Timestamp;
use crate::engine::Answer;
use crate::payments::answer::refused;
use crate::prelude::*;
use crate::records::state_table::IllegalMove;
use crate::records::{Account, MethodStatus};

/// A change. What it does not name stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MethodChange {
    /// Make it the account's default, or not any more.
    pub is_default: Option<bool>,
    /// Move it there.
    pub status: Option<MethodStatus>,
    /// What its owner calls it.
    pub nickname: Option<String>,
    /// The last month in which it can be used, and its year.
    pub expiry: Option<(u32, u32)>,
}

impl MethodChange {
    /// Giving a method up.
    #[must_use]
    pub fn cancel() -> Self {
        Self { status: Some(MethodStatus::Canceled), ..Self::default() }
    }

    /// Reads and checks a body.
    ///
    /// # Errors
    /// A [`Refusal`] with everything that is wrong with it.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        if body.len() > BODY_BYTES_MAX {
            return Err(Refusal::misshapen("", "The body is larger than 64 KiB.", None));
        }
        let body = parse_bytes(body)?;
        let mut problems = Vec::new();
        check(&body, "", CHANGE, ALL, &mut problems);
        if problems.is_empty() {
            problems.extend(expiry_problem(&body));
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid { problems });
        }
        let is_default = body.get("isDefault").filter(|value| !matches!(value, Value::Null));
        let is_default = is_default.map(|value| matches!(value, Value::Bool(true)));
        let expiry = count(&body, "expiryMonth").zip(count(&body, "expiryYear").map(full_year));
        Ok(Self { is_default, status: status(&body), nickname: text(&body, "nickName"), expiry })
    }
}

/// The status that a body names.
pub fn status(body: &Value<'_>) -> Option<MethodStatus> {
    let text = text(body, "status")?;
    MethodStatus::ALL.iter().copied().find(|status| status.as_str().eq_ignore_ascii_case(&text))
}

/// A month needs its year and a year its month; there are twelve months.
pub fn expiry_problem(body: &Value<'_>) -> Option<Problem> {
    match (count(body, "expiryMonth"), count(body, "expiryYear")) {
        (Some(0), _) => Some(Problem::new("expiryMonth", "Must be a month from 1 to 12.")),
        (Some(_), None) => Some(Problem::new("expiryYear", "A value is required: there is a month.")),
        (None, Some(_)) => Some(Problem::new("expiryMonth", "A value is required: there is a year.")),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// Changes the method with this id, which the account has.
///
/// # Errors
/// The answer that says why not; then the account is to be left as it was stored.
pub fn change(account: &mut Account, id: &str, change: MethodChange, now: Timestamp) -> Result<(), Box<Answer>> {
    let refuse = |code, message: &str, field: &str| Err(Box::new(refused(422, code, message, &[field.to_owned()])));
    let Some(before) = account.method(id).cloned() else {
        return Err(Box::new(refused(404, ErrorCode::NotFound, "There is no such payment method.", &[])));
    };
    if before.status == MethodStatus::Canceled && change != MethodChange::cancel() {
        return refuse(ErrorCode::InvalidStatus, "The payment method is Canceled, which is final.", "status");
    }
    if let Some(status) = change.status {
        if status == MethodStatus::Active && before.token.is_none() {
            return refuse(ErrorCode::InvalidStatus, "Without a gatewayToken it can't be Active.", "status");
        }
        account.move_method(id, status, now).map_err(|illegal| Box::new(of_illegal_move(&illegal)))?;
    }
    let Some(method) = account.method_mut(id) else { return Ok(()) };
    if let Some(nickname) = change.nickname {
        method.nickname = Some(nickname).filter(|text| !text.is_empty());
    }
    if let Some((month, year)) = change.expiry {
        (method.expiry_month, method.expiry_year) = (Some(month), Some(year));
    }
    match change.is_default {
        Some(true) if method.status != MethodStatus::Active => {
            return refuse(ErrorCode::InvalidStatus, "Only an Active payment method can be the default.", "isDefault");
        }
        Some(true) if method.is_over(now) => {
            return refuse(ErrorCode::PaymentMethodExpired, "The payment method has expired.", "isDefault");
        }
        Some(true) => account.make_default(id),
        Some(false) => method.is_default = false,
        None => {}
    }
    if let Some(method) = account.method_mut(id).filter(|method| **method != before) {
        method.changed = now;
    }
    Ok(())
}

fn of_illegal_move(illegal: &IllegalMove) -> Answer {
    let legal = if illegal.legal.is_empty() { "nothing".to_owned() } else { illegal.legal.join(", ") };
    let message =
        ["A ", illegal.machine, " that is ", illegal.state, " can't ", illegal.event, "; it could: ", &legal, "."];
    refused(422, ErrorCode::InvalidStatus, &message.concat(), &["status".to_owned()])
}
