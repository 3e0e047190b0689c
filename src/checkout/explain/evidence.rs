//! On what evidence each call of an operation counts as it does.

use super::phrases::{call, times};
use crate::domain::characters::capitalized;
use crate::domain::result_code::ResultCode;
use crate::engine::{Heard, Operation, Role, Step, StepStatus, Way};
use crate::prelude::*;
use crate::records::{PaymentGroup, TransactionStatus};

/// A sentence for every word that was heard, and one for how each call counts.
pub fn of(operation: &Operation, group: &PaymentGroup) -> Vec<String> {
    operation.steps.iter().flat_map(|step| of_step(step, group)).collect()
}

fn of_step(step: &Step, group: &PaymentGroup) -> Vec<String> {
    let name = call(step);
    let mut said: Vec<String> = step.heard.iter().map(|heard| word(heard, &name)).collect();
    said.push(standing(step, &name, group));
    said
}

fn word(heard: &Heard, name: &str) -> String {
    let way = match heard.way {
        Way::Call => "was sent",
        Way::Repeat => "was repeated with the same key",
        Way::OurReference => "was asked about by our reference",
        Way::GatewayReference => "was asked about by the gateway's reference",
        Way::Notification => "was spoken of in a notification",
        Way::NoWay => "could not be asked about",
    };
    let said = if heard.not_found {
        "the gateway knows of no such call"
    } else {
        match heard.result_code {
            ResultCode::Success => "the gateway says that it happened",
            ResultCode::RequiresReview => "the gateway says that the bank asks the shopper first",
            ResultCode::Decline | ResultCode::PermanentFail | ResultCode::ValidationError => {
                "the gateway says that it did not happen"
            }
            ResultCode::SystemError => "this delivery did not leave",
            ResultCode::Indeterminate if heard.replayed => "the gateway replays an answer that proves nothing",
            ResultCode::Indeterminate => "no trustworthy answer",
        }
    };
    let code = heard.gateway_result_code.as_ref().map(|code| [" (", code, ")"].concat()).unwrap_or_default();
    [&heard.at.text(), ": ", name, " ", way, ": ", said, &code, "."].concat()
}

fn standing(step: &Step, name: &str, group: &PaymentGroup) -> String {
    let because = match (step.heard.last().map(|heard| heard.way), &step.outcome) {
        (Some(Way::Notification), _) => "by the gateway's notification",
        (Some(Way::OurReference | Way::GatewayReference), _) => "by the gateway's answer to the question",
        (Some(Way::Repeat), _) => "by the gateway's answer to the repeat",
        (_, Some(_)) => "by the gateway's answer",
        (_, None) => "as another operation found out",
    };
    let reference = step
        .outcome
        .as_ref()
        .and_then(|outcome| outcome.gateway_reference.as_ref())
        .map(|reference| [", its reference is ", reference].concat())
        .unwrap_or_default();
    let text = match step.status() {
        StepStatus::Planned => return capitalized(&[name, " was not sent."].concat()),
        StepStatus::Announced if said(step) == Some(ResultCode::RequiresReview) => {
            [name, " waits for the shopper's bank, ", because, &reference].concat()
        }
        StepStatus::Announced if step.outcome.is_some() => {
            [name, " is accepted and not done, ", because, &reference].concat()
        }
        StepStatus::Announced => [name, " is written down and its answer is due"].concat(),
        StepStatus::Succeeded if is_pending(step, group) => {
            [name, " is accepted and not done, ", because, &reference].concat()
        }
        StepStatus::Succeeded if has_failed(step, group) => {
            [name, " was accepted and failed after all, by the gateway's word"].concat()
        }
        StepStatus::Succeeded => [name, " counts as done, ", because, &reference].concat(),
        StepStatus::Refused if step.outcome.as_ref().is_some_and(|outcome| outcome.not_found) => {
            [name, " counts as never done: long after it was sent the gateway knows of no such call"].concat()
        }
        StepStatus::Refused if said(step) == Some(ResultCode::SystemError) => {
            [name, " counts as not done: it provably never left"].concat()
        }
        StepStatus::Refused => [name, " counts as not done, ", because, &why(step)].concat(),
        StepStatus::Unknown => {
            let sent = times(step.deliveries);
            let probe = if step.role == Role::Probe { "; it is not wanted any more" } else { "" };
            [
                name,
                " was sent ",
                &sent,
                " and counts as unknown: no answer proves that it happened or that it did not",
                probe,
            ]
            .concat()
        }
    };
    capitalized(&[&text, "."].concat())
}

fn said(step: &Step) -> Option<ResultCode> {
    step.outcome.as_ref().map(|outcome| outcome.result_code)
}

fn why(step: &Step) -> String {
    let outcome = step.outcome.as_ref();
    let code = outcome.map(|outcome| outcome.result_code.as_str()).unwrap_or_default();
    let theirs = outcome.and_then(|outcome| outcome.gateway_result_code.as_ref());
    match theirs {
        Some(theirs) => [": ", code, " (", theirs, ")"].concat(),
        None => [": ", code].concat(),
    }
}

fn is_pending(step: &Step, group: &PaymentGroup) -> bool {
    record_status(step, group) == Some(TransactionStatus::Pending)
}

fn has_failed(step: &Step, group: &PaymentGroup) -> bool {
    record_status(step, group) == Some(TransactionStatus::Failed)
}

fn record_status(step: &Step, group: &PaymentGroup) -> Option<TransactionStatus> {
    group.status_of(step.record_id.as_deref()?)
}
