//! The rows of the gateway log: every interaction with a gateway that the operations remember, without any token
//! (`reference` §4.1, `PaymentGatewayLog`).
//!
//! A call that was answered at once has its answer in the step's outcome; every other word is in the step's log. The log keeps the
//! newest words only, so a row that was written once stays when its word is forgotten.

use super::row::Row;
use super::transactions::Frame;
use crate::domain::json::{Amounts, Writer};
use crate::domain::result_code::ResultCode;
use crate::domain::sorted::Sorted;
use crate::domain::timestamp::Timestamp;
use crate::engine::{Heard, Operation, OperationStatus, Step, StepStatus, Way};
use crate::gateway::{GatewayOperation, Outcome, RetryCategory, RetryDecision};
use crate::prelude::*;

impl Frame<'_> {
    /// The rows of every interaction.
    pub(super) fn gateway_logs(&self, rows: &mut Vec<Row>) {
        // A step that is owed goes on as part of another operation, log and all.
        let mut known = Sorted::new();
        let steps = self
            .state
            .operations
            .iter()
            .flat_map(|operation| operation.steps.iter().map(move |step| (operation, step)));
        for (operation, step) in steps {
            let words = step.heard.iter().map(|heard| self.word(step, heard));
            for row in words.chain(self.last_delivery(operation, step)) {
                if known.insert(row.id.clone(), ()).is_none() {
                    rows.push(row);
                }
            }
        }
    }

    /// The last delivery of the call, if its answer is not among the words heard: under way, or answered at once.
    fn last_delivery(&self, operation: &Operation, step: &Step) -> Option<Row> {
        let sent_at = step.sent_at.filter(|_| step.deliveries > 0)?;
        let is_under_way = operation.status == OperationStatus::Running
            && matches!(step.status(), StepStatus::Announced | StepStatus::Unknown);
        if is_under_way {
            let mut row = self.interaction(step, sent_at, Way::Call);
            row.set("InteractionStatus", "Initiated");
            row.passing = true;
            return Some(row);
        }
        let is_told = step.announced_at.is_some_and(|announced| step.heard.iter().any(|heard| heard.at >= announced));
        let outcome = step.outcome.as_ref().filter(|_| !is_told)?;
        let mut row = self.interaction(step, sent_at, Way::Call);
        let status = if outcome.pending { "Initiated" } else { status_of(outcome.result_code) };
        row.set("InteractionStatus", if outcome.not_found { "NoOp" } else { status });
        let date = row.fields.get("CreatedDate").cloned();
        row.set_some("GatewayDate", date.as_deref());
        row.set_some("GatewayAuthCode", outcome.gateway_authorization_code.as_deref());
        let Outcome { gateway_result_code, gateway_message, retry_category, retry_decision, .. } = outcome;
        said(&mut row, outcome.result_code, gateway_result_code, gateway_message, *retry_category, *retry_decision);
        Some(row)
    }

    fn word(&self, step: &Step, heard: &Heard) -> Row {
        let mut row = self.interaction(step, heard.at, heard.way);
        let nothing = heard.not_found || heard.way == Way::NoWay;
        row.set("InteractionStatus", if nothing { "NoOp" } else { status_of(heard.result_code) });
        row.set("GatewayDate", &heard.at.text());
        let Heard { gateway_result_code, gateway_message, retry_category, retry_decision, .. } = heard;
        said(&mut row, heard.result_code, gateway_result_code, gateway_message, *retry_category, *retry_decision);
        row
    }

    /// What every interaction about this call tells, whatever came of it.
    fn interaction(&self, step: &Step, at: Timestamp, way: Way) -> Row {
        let mut row =
            Row::of("PaymentGatewayLog", Some("PaymentGatewayLogNumber"), &log_id(step, at, way), &Sorted::new());
        row.dated(at, at);
        row.set("CurrencyIsoCode", step.currency.code());
        row.set_some("InteractionType", interaction_type(step.operation));
        row.set("IsNotification", if way == Way::Notification { "Yes" } else { "No" });
        row.set("PaymentGatewayId", &self.gateway_id);
        row.set_some("ReferencedEntityId", step.record_id.as_deref().or(step.target_id.as_deref()));
        row.set_some("SfRefNumber", step.key.as_deref());
        let known = step.outcome.as_ref().and_then(|outcome| outcome.gateway_reference.as_deref());
        row.set_some("GatewayRefNumber", known.or(step.gateway_reference.as_deref()));
        row.set("Request", &request(step, way));
        row
    }
}

/// What was answered, in its fields and as JSON.
fn said(
    row: &mut Row,
    code: ResultCode,
    gateway_code: &Option<String>,
    message: &Option<String>,
    category: Option<RetryCategory>,
    decision: Option<RetryDecision>,
) {
    row.set("SfResultCode", code.as_str());
    row.set_some("GatewayResultCode", gateway_code.as_deref());
    row.set_some("GatewayResultCodeDescription", message.as_deref());
    row.set_some("GatewayMessage", message.as_deref());
    row.set_some("RetryCategory", category.map(RetryCategory::as_str));
    let mut writer = Writer::new(Amounts::Texts);
    writer.begin_object();
    writer.text_member("resultCode", code.as_str());
    writer.member("gatewayResultCode", gateway_code);
    writer.member("gatewayMessage", message);
    writer.member("retryCategory", &category);
    writer.member("retryDecision", &decision);
    writer.end_object();
    row.set("Response", &writer.finish());
}

/// The same for the same interaction, whoever derives it and when: the call, the time and how it was come by.
fn log_id(step: &Step, at: Timestamp, way: Way) -> String {
    let unique = step.reference.split_once('_').map_or(step.reference.as_str(), |(_, unique)| unique);
    let mark = match way {
        Way::Call => "c",
        Way::Repeat => "r",
        Way::OurReference => "o",
        Way::GatewayReference => "g",
        Way::NoWay => "n",
        Way::Notification => "f",
    };
    ["pgl_", unique, mark, &at.milliseconds().to_string()].concat()
}

fn status_of(code: ResultCode) -> &'static str {
    match code {
        ResultCode::Success => "Success",
        // The answer is that the shopper's bank is to be asked: begun, not ended.
        ResultCode::RequiresReview => "Initiated",
        ResultCode::Indeterminate => "Timeout",
        ResultCode::Decline | ResultCode::PermanentFail | ResultCode::ValidationError | ResultCode::SystemError => {
            "Failed"
        }
    }
}

fn interaction_type(operation: GatewayOperation) -> Option<&'static str> {
    match operation {
        GatewayOperation::Authorize => Some("Authorization"),
        GatewayOperation::PostAuth => Some("PostAuth"),
        GatewayOperation::Capture => Some("Capture"),
        GatewayOperation::Reverse => Some("AuthorizationReversal"),
        GatewayOperation::Sale => Some("Sale"),
        GatewayOperation::Refund => Some("ReferencedRefund"),
        GatewayOperation::Tokenize => Some("Tokenize"),
        GatewayOperation::Inquire => None,
    }
}

/// What was said, as JSON: no token is in it, nor anything else of the payment method.
fn request(step: &Step, way: Way) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    writer.begin_object();
    writer.text_member("way", way.as_str());
    writer.text_member("operation", step.operation.as_str());
    writer.member("amount", &step.amount);
    writer.member("currencyIsoCode", &step.currency);
    writer.text_member("ourReference", &step.reference);
    writer.member("attempt", &step.attempt);
    writer.end_object();
    writer.finish()
}
