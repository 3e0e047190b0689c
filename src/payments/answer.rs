//! The answers of the payments API (`reference` §3.2): the record that was made, its group, and what the gateway said.

use crate::domain::error_code::{ErrorCode, write_platform_error};
use crate::domain::input::refusal::Refusal;
use crate::domain::json::{Amounts, Writer};
use crate::domain::result_code::ResultCode;
use crate::domain::timestamp::Timestamp;
use crate::engine::keep::PAYMENT_METHOD_ID;
use crate::engine::{Answer, Conclusion, Operation, Role, State, Step};
use crate::gateway::{GatewayOperation, Outcome};
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
    writer.begin_object();
    if let Some((code, message)) = error {
        writer.key("error");
        writer.begin_object();
        writer.text_member("errorCode", code.as_str());
        writer.text_member("message", message);
        writer.end_object();
    }
    if let Some(outcome) = &step.outcome {
        gateway_response(&mut writer, step, outcome);
    } else if operation.conclusion == Some(Conclusion::Indeterminate) {
        writer.key("gatewayResponse");
        writer.begin_object();
        writer.text_member("salesforceResultCode", ResultCode::Indeterminate.as_str());
        writer.end_object();
    }
    record(&mut writer, &state.group, step);
    payment_method(&mut writer, state, step);
    if step.operation != GatewayOperation::Tokenize {
        group(&mut writer, &state.group);
    }
    writer.end_object();
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
        Refusal::Malformed { code, message, .. } => refused(400, *code, message, &[]),
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
                    std::slice::from_ref(&problem.name),
                );
            }
            writer.end_array();
            Answer { status: 400, body: writer.finish() }
        }
    }
}

fn gateway_response(writer: &mut Writer, step: &Step, outcome: &Outcome) {
    writer.key("gatewayResponse");
    writer.begin_object();
    writer.text_member("salesforceResultCode", outcome.result_code.as_str());
    writer.member("gatewayResultCode", &outcome.gateway_result_code);
    writer.member("gatewayMessage", &outcome.gateway_message);
    if step.operation != GatewayOperation::Tokenize {
        writer.member("gatewayReferenceNumber", &outcome.gateway_reference);
    }
    writer.member("gatewayDate", &step.sent_at);
    if matches!(step.operation, GatewayOperation::Authorize | GatewayOperation::PostAuth) {
        writer.member("gatewayAuthorizationCode", &outcome.gateway_authorization_code);
    }
    if !outcome.payment_data.is_empty() {
        // What the payer's page needs to go on.
        writer.member("paymentData", &outcome.payment_data);
    }
    writer.end_object();
}

/// The saved method that was made, or that it was paid with. Of one that another aggregate owns it is known that it was Active.
fn payment_method(writer: &mut Writer, state: &State, step: &Step) {
    let Some(id) = step.details.get(PAYMENT_METHOD_ID).filter(|_| step.record_id.is_some()) else { return };
    let method = state.account.as_ref().and_then(|account| account.method(id));
    writer.key("paymentMethod");
    writer.begin_object();
    writer.text_member("id", id);
    writer.member("accountId", &step.details.get("AccountId").cloned());
    writer.text_member("status", method.map_or(MethodStatus::Active, |method| method.status).as_str());
    writer.end_object();
}

/// The members that every record of the answers has.
struct Made<'r> {
    member: &'static str,
    number: &'static str,
    id: &'r str,
    status: TransactionStatus,
    date: Timestamp,
    expires_at: Option<Timestamp>,
}

fn record(writer: &mut Writer, group: &PaymentGroup, step: &Step) {
    let Some(made) = step.record_id.as_deref().and_then(|id| made(group, id)) else { return };
    writer.key(made.member);
    writer.begin_object();
    writer.text_member("id", made.id);
    writer.text_member(made.number, &number_of(made.id));
    writer.member("accountId", &step.details.get("AccountId").cloned());
    writer.member("amount", &step.amount);
    writer.member("currencyIsoCode", &step.currency);
    writer.text_member("effectiveDate", step.details.get("EffectiveDate").unwrap_or(&made.date.text()));
    writer.member("expirationDate", &made.expires_at);
    writer.member("requestDate", &made.date);
    writer.text_member("status", made.status.as_str());
    writer.end_object();
}

fn made<'r>(group: &'r PaymentGroup, id: &str) -> Option<Made<'r>> {
    if let Some(record) = group.authorization(id) {
        return Some(Made {
            member: "paymentAuthorization",
            number: "paymentAuthorizationNumber",
            id: &record.id,
            status: record.status,
            date: record.date,
            expires_at: record.expiration_date,
        });
    }
    if let Some(record) = group.payment(id) {
        let (member, number) = ("payment", "paymentNumber");
        return Some(Made {
            member,
            number,
            id: &record.id,
            status: record.status,
            date: record.date,
            expires_at: None,
        });
    }
    if let Some(record) = group.adjustments.iter().find(|record| record.id == id) {
        let (member, number) = ("paymentAuthAdjustment", "paymentAuthAdjustmentNumber");
        return Some(Made {
            member,
            number,
            id: &record.id,
            status: record.status,
            date: record.date,
            expires_at: None,
        });
    }
    let record = group.refunds.iter().find(|record| record.id == id)?;
    let (member, number) = ("refund", "refundNumber");
    Some(Made { member, number, id: &record.id, status: record.status, date: record.date, expires_at: None })
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

fn group(writer: &mut Writer, group: &PaymentGroup) {
    writer.key("paymentGroup");
    writer.begin_object();
    writer.text_member("id", &group.id);
    writer.member("sourceObjectId", &group.details.get("SourceObjectId").cloned());
    writer.member("currencyIsoCode", &group.details.get("CurrencyIsoCode").cloned());
    writer.end_object();
}
