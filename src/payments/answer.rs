//! The answers of the payments API (`reference` §3.2): the record that was made, its group, and what the gateway said.

use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::error_code::{ErrorCode, write_platform_error};
use crate::domain::input::refusal::Refusal;
use crate::domain::json::{Amounts, Json, Writer, json_view};
use crate::domain::result_code::ResultCode;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::engine::keep::PAYMENT_METHOD_ID;
use crate::engine::{Answer, Conclusion, Operation, Role, State, Step};
use crate::gateway::{GatewayOperation, Outcome};
use crate::prelude::*;
use crate::records::{MethodStatus, PaymentGroup, TransactionStatus};

/// The answer to give for an operation as it stands now.
#[must_use]
pub fn answer(state: &State, operation: &Operation) -> Answer {
    let Some(step) = operation.steps.iter().find(|step| step.role == Role::Take) else {
        return conflict();
    };
    let (status, error) = match operation.conclusion {
        Some(Conclusion::Success) => (201, None),
        Some(Conclusion::Review | Conclusion::Pending) => (202, None),
        Some(Conclusion::Decline) => {
            (422, Some((ErrorCode::PaymentDeclined, "The gateway declined. Nothing happened; it may work later.")))
        }
        Some(Conclusion::PermanentFail) => (
            422,
            Some((
                ErrorCode::PaymentDeclined,
                "The gateway declined for good. Nothing happened; use another payment method.",
            )),
        ),
        Some(Conclusion::ValidationError) => (
            422,
            Some((ErrorCode::PaymentDataRefused, "The gateway does not take this payment data. Nothing happened.")),
        ),
        Some(Conclusion::SystemError) => (
            422,
            Some((
                ErrorCode::PaymentNotSent,
                "The request never reached the gateway. Nothing happened; a repeat is safe.",
            )),
        ),
        Some(Conclusion::Indeterminate) => (422, Some((ErrorCode::PaymentIndeterminate, INDETERMINATE))),
        Some(Conclusion::ReleaseFailure | Conclusion::Replaced) => {
            (422, Some((ErrorCode::PaymentDeclined, "A later request took its place. Nothing of it stands.")))
        }
        None => return conflict(),
    };
    let mut writer = Writer::new(Amounts::Numbers);
    let made = Made::by(step, &state.group);
    OperationAnswer::write(&mut writer, state, operation, step, error, made.as_ref());
    Answer { status, body: writer.finish() }
}

const INDETERMINATE: &str = "Nobody knows yet whether it happened. Repeat the request with the same idempotency key to find out: nothing happens twice.";

/// Something that was asked for before is unknown, and this would depend on it.
#[must_use]
pub fn indeterminate() -> Answer {
    refused(
        422,
        ErrorCode::PaymentIndeterminate,
        "What was asked for before is unknown at the gateway, and this depends on it. Nothing was sent; try again later.",
        &[],
    )
}

/// Somebody else is at this group.
#[must_use]
pub fn conflict() -> Answer {
    refused(
        409,
        ErrorCode::PaymentConflict,
        "Another request for this payment group is under way. Try again in a moment.",
        &[],
    )
}

/// An answer in the platform's style, with the members at fault.
#[must_use]
pub fn refused(status: u32, code: ErrorCode, message: &str, fields: &[String]) -> Answer {
    let mut writer = Writer::new(Amounts::Numbers);
    writer.begin_array();
    write_platform_error(&mut writer, code, message, fields);
    writer.end_array();
    Answer { status, body: writer.finish() }
}

/// The answer of a request that is wrong by itself: every member at fault, each with its reason.
#[must_use]
pub fn of_refusal(refusal: &Refusal) -> Answer {
    match refusal {
        Refusal::Unreadable { message } => refused(400, ErrorCode::JsonParserError, message, &[]),
        Refusal::Malformed { message, .. } => refused(400, ErrorCode::InvalidApiInput, message, &[]),
        Refusal::NotFound { message } => refused(404, ErrorCode::NotFound, message, &[]),
        Refusal::Invalid { problems } => {
            let mut writer = Writer::new(Amounts::Numbers);
            writer.begin_array();
            for problem in problems {
                let message = [&problem.name, ": ", problem.detail.as_str()].concat();
                write_platform_error(
                    &mut writer,
                    ErrorCode::InvalidApiInput,
                    &message,
                    core::slice::from_ref(&problem.name),
                );
            }
            writer.end_array();
            Answer { status: 400, body: writer.finish() }
        }
    }
}

json_view! {
    /// The answer to an operation of the payments API: the record that was made, its group, and what the gateway said.
    struct OperationAnswer(state: &State, operation: &Operation, step: &Step, error: Option<(ErrorCode, &str)>, made: Option<&Made<'_>>) {
        /// Why it did not happen, or is not known to have.
        "error": Option<OperationError> = maybe(error, OperationError::write),
        /// What the gateway said.
        "gatewayResponse": Option<GatewayResponse> = maybe(result_code(operation, step), |writer: &mut Writer, code| GatewayResponse::write(writer, step, code)),
        /// The hold that was made, of an authorization or a post-authorization.
        "paymentAuthorization": Option<AuthorizationAnswer> = maybe(made.and_then(|made| made.of(Kind::Authorization)), AuthorizationAnswer::write),
        /// The payment that was made, of a capture or a sale.
        "payment": Option<PaymentAnswer> = maybe(made.and_then(|made| made.of(Kind::Payment)), PaymentAnswer::write),
        /// The reversal that was made.
        "paymentAuthAdjustment": Option<AdjustmentAnswer> = maybe(made.and_then(|made| made.of(Kind::Adjustment)), AdjustmentAnswer::write),
        /// The refund that was made.
        "refund": Option<RefundAnswer> = maybe(made.and_then(|made| made.of(Kind::Refund)), RefundAnswer::write),
        /// The saved payment method that was made, or that it was paid with.
        "paymentMethod": Option<PaymentMethodAnswer> = maybe(method_of(step), |writer: &mut Writer, id| PaymentMethodAnswer::write(writer, state, step, id)),
        /// The group that the record belongs to.
        "paymentGroup": Option<PaymentGroupAnswer> = maybe(
            (step.operation != GatewayOperation::Tokenize).then_some(&state.group),
            PaymentGroupAnswer::write
        ),
    }
}

json_view! {
    /// Why an operation did not happen, or is not known to have.
    struct OperationError(error: (ErrorCode, &str)) {
        /// For programs.
        "errorCode": ErrorCode = value(&error.0),
        /// For people.
        "message": String = text(error.1),
    }
}

json_view! {
    /// What the gateway said.
    struct GatewayResponse(step: &Step, code: ResultCode) {
        /// What it came to.
        "salesforceResultCode": ResultCode = value(&code),
        /// The gateway's own code.
        "gatewayResultCode": Option<String> = value(&said(step, |outcome| &outcome.gateway_result_code)),
        /// The gateway's words.
        "gatewayMessage": Option<String> = value(&said(step, |outcome| &outcome.gateway_message)),
        /// The gateway's id of what was made.
        "gatewayReferenceNumber": Option<String> = value(
            &said(step, |outcome| &outcome.gateway_reference).filter(|_| step.operation != GatewayOperation::Tokenize)
        ),
        /// When it was sent.
        "gatewayDate": Option<Timestamp> = value(&step.sent_at.filter(|_| step.outcome.is_some())),
        /// The gateway's authorization code.
        "gatewayAuthorizationCode": Option<String> = value(&said(step, |outcome| &outcome.gateway_authorization_code).filter(|_| {
            matches!(step.operation, GatewayOperation::Authorize | GatewayOperation::PostAuth)
        })),
        /// What the payer's page needs to go on.
        "paymentData": Texts = maybe(
            step.outcome.as_ref().map(|outcome| &outcome.payment_data).filter(|data| !data.is_empty()),
            |writer: &mut Writer, data: &Texts| data.write(writer)
        ),
    }
}

/// What the gateway's answer came to; nobody knows when there was none and the operation is unknown.
fn result_code(operation: &Operation, step: &Step) -> Option<ResultCode> {
    let unknown = operation.conclusion == Some(Conclusion::Indeterminate);
    let said = step.outcome.as_ref().map(|outcome| outcome.result_code);
    said.or_else(|| unknown.then_some(ResultCode::Indeterminate))
}

fn said(step: &Step, what: impl Fn(&Outcome) -> &Option<String>) -> Option<String> {
    step.outcome.as_ref().and_then(|outcome| what(outcome).clone())
}

json_view! {
    /// A saved payment method that was made, or that was paid with.
    struct PaymentMethodAnswer(state: &State, step: &Step, id: &str) {
        /// Its id.
        "id": String = text(id),
        /// Whose it is.
        "accountId": Option<String> = value(&step.details.get("AccountId").cloned()),
        /// Where it stands. Of one that another aggregate owns it is known that it was Active.
        "status": MethodStatus = value(&method_status(state, id)),
    }
}

fn method_of(step: &Step) -> Option<&str> {
    step.details.get(PAYMENT_METHOD_ID).filter(|_| step.record_id.is_some()).map(String::as_str)
}

fn method_status(state: &State, id: &str) -> MethodStatus {
    let method = state.account.as_ref().and_then(|account| account.method(id));
    method.map_or(MethodStatus::Active, |method| method.status)
}

json_view! {
    /// The group that a record belongs to.
    struct PaymentGroupAnswer(group: &PaymentGroup) {
        /// Its id.
        "id": String = text(&group.id),
        /// What it is about.
        "sourceObjectId": Option<String> = value(&group.details.get("SourceObjectId").cloned()),
        /// Its one currency, where it has one.
        "currencyIsoCode": Option<Currency> = maybe(
            group.details.get("CurrencyIsoCode").map(String::as_str),
            Writer::text
        ),
    }
}

json_view! {
    /// What all records of the answers have.
    struct AnsweredRecord(made: &Made<'_>, step: &Step) {
        /// Its id.
        "id": String = text(&made.id),
        /// The payer.
        "accountId": Option<String> = value(&step.details.get("AccountId").cloned()),
        /// How much.
        "amount": Amount = value(&step.amount),
        /// In which currency.
        "currencyIsoCode": Currency = value(&step.currency),
        /// When it takes effect.
        "effectiveDate": Timestamp = text(step.details.get("EffectiveDate").unwrap_or(&made.date.text())),
        /// Of an authorization: after this time nothing can be captured.
        "expirationDate": Option<Timestamp> = value(&made.expires_at),
        /// When it was asked for.
        "requestDate": Timestamp = value(&made.date),
        /// Where it stands; Pending until the gateway says what became of it.
        "status": TransactionStatus = value(&made.status),
    }
}

json_view! {
    /// An authorization that was made.
    struct AuthorizationAnswer(made: &Made<'_>) {
        ..AnsweredRecord(made);
        /// Its number, for people.
        "paymentAuthorizationNumber": String = text(&made.number()),
    }
}

json_view! {
    /// A payment that was made.
    struct PaymentAnswer(made: &Made<'_>) {
        ..AnsweredRecord(made);
        /// Its number, for people.
        "paymentNumber": String = text(&made.number()),
    }
}

json_view! {
    /// A reversal that was made.
    struct AdjustmentAnswer(made: &Made<'_>) {
        ..AnsweredRecord(made);
        /// Its number, for people.
        "paymentAuthAdjustmentNumber": String = text(&made.number()),
    }
}

json_view! {
    /// A refund that was made.
    struct RefundAnswer(made: &Made<'_>) {
        ..AnsweredRecord(made);
        /// Its number, for people.
        "refundNumber": String = text(&made.number()),
    }
}

/// Which record was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Authorization,
    Payment,
    Adjustment,
    Refund,
}

/// The record that a step made.
struct Made<'s> {
    kind: Kind,
    id: String,
    status: TransactionStatus,
    date: Timestamp,
    expires_at: Option<Timestamp>,
    step: &'s Step,
}

impl<'s> Made<'s> {
    fn by(step: &'s Step, group: &PaymentGroup) -> Option<Self> {
        let id = step.record_id.as_deref()?;
        let (kind, status, date, expires_at) = if let Some(record) = group.authorization(id) {
            (Kind::Authorization, record.status, record.date, record.expiration_date)
        } else if let Some(record) = group.payment(id) {
            (Kind::Payment, record.status, record.date, None)
        } else if let Some(record) = group.adjustments.iter().find(|record| record.id == id) {
            (Kind::Adjustment, record.status, record.date, None)
        } else {
            let record = group.refund(id)?;
            (Kind::Refund, record.status, record.date, None)
        };
        Some(Self { kind, id: id.to_owned(), status, date, expires_at, step })
    }

    fn write_members(&self, writer: &mut Writer) {
        AnsweredRecord::write_members(writer, self, self.step);
    }

    fn of(&self, kind: Kind) -> Option<&Self> {
        (self.kind == kind).then_some(self)
    }

    fn number(&self) -> String {
        number_of(&self.id)
    }
}

/// A record's number: its id without the prefix, in capitals, after the prefix of its numbers. There is no counter to share.
#[must_use]
pub fn number_of(id: &str) -> String {
    let (prefix, rest) = id.split_once('_').unwrap_or((id, ""));
    let prefix = match prefix {
        "pauth" => "PA",
        "padj" => "PAA",
        "pay" => "P",
        "ref" => "R",
        "pgrp" => "PG",
        "pgl" => "PGL",
        other => other,
    };
    [prefix, "-", &rest.to_ascii_uppercase()].concat()
}
