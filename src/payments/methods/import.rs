//! Saved payment methods whose tokens were made elsewhere (`reference` §4.9): each row is checked by itself, then saved for its account. What
//! was saved before is changed, not saved again; so the same import once more changes nothing.

use super::change::{expiry_problem, status};
use super::form::{ALL, SAVED};
use super::of_request::full_year;
use super::row::{count, normalized, problems, text};
use crate::domain::characters::capitalized;
use crate::domain::error_code::{ErrorCode, PlatformFault, write_platform_error};
use crate::domain::id::{IdKind, IdSource};
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::json::{Amounts, Value, Writer, json_enum, json_view, parse_bytes};
use crate::domain::limits::{IMPORT_BYTES_MAX, IMPORT_ROWS_MAX};
use crate::domain::redacted::Redacted;
use crate::domain::sorted::Sorted;
use crate::domain::timestamp::Timestamp;
use crate::engine::State;
use crate::gateway::Capabilities;
use crate::payments::request::invalid;
use crate::prelude::*;
use crate::records::{MethodObject, MethodStatus, PaymentMethod, Saved};

/// One row: the method it describes, but for its id, or everything that is wrong with it.
pub type Row = Result<PaymentMethod, Vec<RowError>>;

/// One thing that is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// For programs.
    pub code: ErrorCode,
    /// For people.
    pub message: String,
    /// The member at fault.
    pub field: String,
}

/// What became of each row, in order.
pub type Report = Vec<Result<Saved, Vec<RowError>>>;

/// What the record has as members of its own.
const OWN_MEMBERS: &[&str] = &[
    "checksum",
    "paymentGatewayId",
    "referenceOwnerId",
    "gatewayReference",
    "gatewayToken",
    "expiryMonth",
    "expiryYear",
    "nickName",
    "status",
    "isDefault",
    "merchantAccountId",
];

/// Reads the rows: an array of them, or an object with the array `records`.
///
/// # Errors
/// A [`Refusal`] when it is neither, or has no rows or too many.
pub fn read(body: &[u8], gateway: &Capabilities, now: Timestamp) -> Result<Vec<Row>, Refusal> {
    if body.len() > IMPORT_BYTES_MAX {
        return Err(Refusal::misshapen("", "The body is larger than 1 MiB.", None));
    }
    let body = parse_bytes(body)?;
    let records = match body.members() {
        Some([only]) if only.key == "records" => &only.value,
        Some(_) => return Err(invalid("records", "The body is an array, or an object with the one member records.")),
        None => &body,
    };
    let Value::Array(rows) = records else {
        return Err(invalid("records", "Expected an array of objects."));
    };
    if rows.is_empty() || rows.len() > IMPORT_ROWS_MAX {
        return Err(invalid(
            "records",
            &["From 1 to ", &IMPORT_ROWS_MAX.to_string(), " rows are read at once."].concat(),
        ));
    }
    Ok(rows.iter().map(|row| read_row(row, gateway, now)).collect())
}

/// Reads one method, which is the whole body.
///
/// # Errors
/// A [`Refusal`] when the body is no JSON.
pub fn read_one(body: &[u8], gateway: &Capabilities, now: Timestamp) -> Result<Row, Refusal> {
    Ok(read_row(&parse_bytes(body)?, gateway, now))
}

fn read_row(row: &Value<'_>, gateway: &Capabilities, now: Timestamp) -> Row {
    let row = normalized(row, SAVED);
    let mut problems = problems(&row, SAVED, ALL);
    problems.extend(expiry_problem(&row));
    if problems.is_empty() {
        problems.extend(between_members(&row));
    }
    let mut errors: Vec<RowError> = problems.into_iter().map(RowError::from).collect();
    let gateway_id = text(&row, "paymentGatewayId");
    if errors.is_empty() && gateway_id.as_ref() != Some(&gateway.provider) {
        errors.push(RowError::new(ErrorCode::InvalidIdField, "There is no such payment gateway.", "paymentGatewayId"));
    }
    match method(&row, now) {
        Some(method) if errors.is_empty() => Ok(method),
        _ => Err(errors),
    }
}

/// The rules between the members of a row.
fn between_members(row: &Value<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut need = |name: &str, why: &str| {
        if matches!(row.get(name), None | Some(Value::Null)) {
            problems.push(Problem::new(name, &["A value is required ", why, "."].concat()));
        }
    };
    let of_type = text(row, "type").unwrap_or_default();
    if of_type == "card" {
        need("expiryMonth", "for a card");
        need("expiryYear", "for a card");
    }
    if of_type.starts_with("extd_") {
        need("extendedPaymentMethodType", "for this type");
    }
    let is_active = status(row).unwrap_or(MethodStatus::Active) == MethodStatus::Active;
    if is_active {
        need("gatewayToken", "for an Active payment method");
    }
    if !is_active && is_set(row, "isDefault") {
        problems.push(Problem::new("isDefault", "Only an Active payment method can be the default."));
    }
    problems
}

fn method(row: &Value<'_>, now: Timestamp) -> Option<PaymentMethod> {
    let kept = row.members()?.iter().filter(|member| !OWN_MEMBERS.contains(&member.key.as_ref()));
    let details = kept.filter_map(|member| {
        let text = match &member.value {
            Value::Text(text) => text.clone().into_owned(),
            Value::Bool(flag) => flag.to_string(),
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        Some((capitalized(&member.key), text))
    });
    Some(PaymentMethod {
        id: String::new(),
        object: MethodObject::Saved,
        status: status(row).unwrap_or(MethodStatus::Active),
        account_id: text(row, "referenceOwnerId")?,
        gateway_id: text(row, "paymentGatewayId")?,
        merchant_account_id: text(row, "merchantAccountId"),
        token: text(row, "gatewayToken").map(Redacted::new),
        customer_reference: text(row, "gatewayReference"),
        checksum: text(row, "checksum"),
        is_default: is_set(row, "isDefault"),
        expiry_month: count(row, "expiryMonth"),
        expiry_year: count(row, "expiryYear").map(full_year),
        nickname: text(row, "nickName"),
        date: now,
        changed: now,
        details: details.collect(),
    })
}

fn is_set(row: &Value<'_>, name: &str) -> bool {
    matches!(row.get(name), Some(Value::Bool(true)))
}

/// The accounts that the rows are for, in order, each once.
#[must_use]
pub fn accounts_of(rows: &[Row]) -> Vec<String> {
    let mut accounts: Vec<String> = rows.iter().flatten().map(|method| method.account_id.clone()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// Saves the rows that are right. `accounts` has a state for each of [`accounts_of`].
#[must_use]
pub fn save(rows: Vec<Row>, accounts: &mut Sorted<String, State>, ids: &mut IdSource, now: Timestamp) -> Report {
    let mut seen: Vec<(PaymentMethod, usize)> = Vec::new();
    let mut report = Report::new();
    for (at, row) in rows.into_iter().enumerate() {
        report.push(row.and_then(|method| {
            if let Some(error) = clash(&method, &seen) {
                return Err(vec![error]);
            }
            seen.push((method.clone(), at + 1));
            let account = accounts.get_mut(&method.account_id).and_then(|state| state.account.as_mut());
            match account.filter(|account| account.has_room_for(&method)) {
                Some(account) => Ok(account.save(PaymentMethod { id: ids.next(IdKind::PaymentMethod), ..method }, now)),
                None => {
                    let message = "The account has as many payment methods as it may have.";
                    Err(vec![RowError::new(ErrorCode::LimitExceeded, message, "referenceOwnerId")])
                }
            }
        }));
    }
    report
}

/// A row that says again, or otherwise, what an earlier one has said.
fn clash(method: &PaymentMethod, seen: &[(PaymentMethod, usize)]) -> Option<RowError> {
    let of_account = || seen.iter().filter(|(earlier, _)| earlier.account_id == method.account_id);
    if let Some((_, row)) = of_account().find(|(earlier, _)| earlier.is_same(method)) {
        let message = ["It is the payment method of row ", &row.to_string(), "."].concat();
        return Some(RowError::new(ErrorCode::DuplicateValue, &message, "checksum"));
    }
    let default = of_account().find(|(earlier, _)| earlier.is_default && method.is_default)?;
    let message = ["Row ", &default.1.to_string(), " has the account's default already."].concat();
    Some(RowError::new(ErrorCode::DuplicateValue, &message, "isDefault"))
}

impl RowError {
    fn new(code: ErrorCode, message: &str, field: &str) -> Self {
        Self { code, message: message.to_owned(), field: field.to_owned() }
    }

    /// Writes it in the platform's style.
    pub fn write(&self, writer: &mut Writer) {
        write_platform_error(writer, self.code, &self.message, core::slice::from_ref(&self.field));
    }
}

impl From<Problem> for RowError {
    fn from(problem: Problem) -> Self {
        let message = [&problem.name, ": ", problem.detail.as_str()].concat();
        Self { code: ErrorCode::InvalidApiInput, message, field: problem.name }
    }
}

/// The report as JSON: the rows that were read, counted from one, and how many came to what.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    ImportReport::write(&mut writer, report);
    writer.finish()
}

json_view! {
    /// What became of each row of an import.
    struct ImportReport(report: &Report) {
        /// The rows, in order.
        "rows": Vec<ImportedRow> = list(report.iter().enumerate(), |writer: &mut Writer, (at, row)| ImportedRow::write(writer, at, row)),
        /// How many were saved.
        "created": u32 = value(&count_of(report, RowStatus::Created)),
        /// How many changed a method that was there.
        "updated": u32 = value(&count_of(report, RowStatus::Updated)),
        /// How many were there already, just so.
        "unchanged": u32 = value(&count_of(report, RowStatus::Unchanged)),
        /// How many were not saved.
        "failed": u32 = value(&count_of(report, RowStatus::Failed)),
    }
}

json_view! {
    /// What became of one row.
    struct ImportedRow(at: usize, row: &Result<Saved, Vec<RowError>>) {
        /// Its number, counted from one.
        "row": u32 = by(|writer: &mut Writer| writer.raw(&(at + 1).to_string())),
        /// What became of it.
        "status": RowStatus = value(&RowStatus::of(row)),
        /// The payment method's id.
        "id": Option<String> = maybe(row.as_ref().ok().map(Saved::id), Writer::text),
        /// Why it was not saved.
        "errors": Option<Vec<PlatformFault>> = maybe(row.as_ref().err(), |writer: &mut Writer, errors: &Vec<RowError>| {
            writer.list(errors, |writer, error| error.write(writer));
        }),
    }
}

json_enum! {
    /// What became of a row.
    pub enum RowStatus {
        /// It was saved.
        Created = "created",
        /// It changed a method that was there.
        Updated = "updated",
        /// It was there already, just so.
        Unchanged = "unchanged",
        /// It was not saved.
        Failed = "failed",
    }
}

impl RowStatus {
    const fn of(row: &Result<Saved, Vec<RowError>>) -> Self {
        match row {
            Ok(Saved::Made(_)) => Self::Created,
            Ok(Saved::Updated(_)) => Self::Updated,
            Ok(Saved::Unchanged(_)) => Self::Unchanged,
            Err(_) => Self::Failed,
        }
    }
}

fn count_of(report: &Report, status: RowStatus) -> u32 {
    u32::try_from(report.iter().filter(|row| RowStatus::of(row) == status).count()).unwrap_or(u32::MAX)
}
