//! What an operation was to do, which rule said so, and what it came to.

use super::phrases::deed;
use crate::domain::characters::capitalized;
use crate::engine::{Conclusion, Operation, OperationKind, OperationStatus, Role, Step};
use crate::gateway::GatewayOperation;
use crate::prelude::*;

/// What was decided: the plan, in its order.
pub fn decision(operation: &Operation) -> String {
    let planned = operation.steps.iter().filter(|step| step.role != Role::Undo);
    let mut deeds: Vec<String> = planned.map(deed).collect();
    let asked_for = match &operation.intent {
        Some(intent) => {
            if let Some(number) = &intent.purchase_order_number {
                deeds.push(["take purchase order ", number].concat());
            }
            [&intent.kind, " was requested: "].concat()
        }
        None => String::new(),
    };
    [capitalized(&[&asked_for, deeds.join(", then ").as_str()].concat()).as_str(), "."].concat()
}

/// The rule that led to the plan.
pub fn rule(operation: &Operation, earlier: &[Operation]) -> &'static str {
    match (operation.kind, &operation.intent) {
        (OperationKind::Release, _) => rule_of_release(operation),
        (OperationKind::Payments, _) => "The back office asked for it: the gateway does it, or it does not happen.",
        (OperationKind::CheckoutPayment, Some(intent)) if intent.purchase_order_number.is_some() => {
            let ordered_before = |operation: &Operation| {
                let number = operation.intent.as_ref().and_then(|intent| intent.purchase_order_number.as_ref());
                operation.status == OperationStatus::Succeeded && number.is_some()
            };
            if earlier.iter().any(ordered_before) {
                "The cart had a purchase order: its number is replaced and kept in the history."
            } else {
                "The cart had no payment: the purchase order number is recorded, and no gateway is asked."
            }
        }
        (OperationKind::CheckoutPayment, _) => rule_of_payment(&operation.steps),
    }
}

fn rule_of_payment(steps: &[Step]) -> &'static str {
    let releases = || steps.iter().filter(|step| step.role == Role::Release);
    let Some(last) = steps.iter().rfind(|step| step.role != Role::Undo) else { return "Nothing was to be done." };
    let refunds = releases().any(|step| step.operation == GatewayOperation::Refund);
    match (releases().next().is_some(), last.role != Role::Take, refunds) {
        (false, _, _) => "The cart had no payment to let go of: the new one is taken.",
        (true, false, false) => {
            "The cart had an authorization, and the store releases first: what is left of it is reversed, then the new payment is taken. A hold that can't be released now is owed and does not stop the shopper."
        }
        (true, false, true) => {
            "The cart had a captured payment, and the store releases first: what is held is reversed, what was captured is refunded, then the new payment is taken. A refund that can't be made stops the new payment, for charges must never overlap."
        }
        (true, true, false) => {
            "The cart had an authorization, and the store authorizes first: the old one stays until the new payment stands, then what is left of it is reversed."
        }
        (true, true, true) => {
            "The cart had a captured payment, and the store authorizes first: the old one stays until the new payment stands, then it is refunded. If it can't be, the new payment is taken back."
        }
    }
}

fn rule_of_release(operation: &Operation) -> &'static str {
    let first = operation.steps.first().map(|step| step.role);
    match (operation.owed_id.is_some(), first) {
        (true, Some(Role::Probe)) => {
            "Perhaps the gateway holds money for a payment that was given up: it is asked, and what it holds is released."
        }
        (true, _) => "A release that is owed is tried again until it is settled.",
        (false, _) => {
            "A release that the gateway accepted is waited for, and asked about, until the gateway says that it is done."
        }
    }
}

/// What it came to.
pub fn result(operation: &Operation) -> &'static str {
    let release = operation.kind == OperationKind::Release;
    match (operation.status, operation.conclusion) {
        (OperationStatus::Running, _) => "It is under way: a call is written down and its answer is due.",
        (_, Some(Conclusion::Success)) if release => "It is settled.",
        (_, Some(Conclusion::Success)) => "It went through.",
        (_, Some(Conclusion::Decline)) => "The gateway declined. Nothing was taken.",
        (_, Some(Conclusion::PermanentFail)) => "The gateway declined for good. Nothing was taken.",
        (_, Some(Conclusion::ValidationError)) => "The gateway does not take this payment data. Nothing was taken.",
        (_, Some(Conclusion::Review)) => "The bank asks the shopper first. Nothing is held yet.",
        (_, Some(Conclusion::Pending)) => "The gateway has accepted it and will say what became of it.",
        (_, Some(Conclusion::SystemError)) => "The new payment was not taken. A repeat is safe.",
        (_, Some(Conclusion::Indeterminate)) => {
            "Nobody knows yet whether it happened. It counts neither as taken nor as failed until the gateway says."
        }
        (_, Some(Conclusion::ReleaseFailure)) if release => "It did not succeed. It is owed and will be tried again.",
        (_, Some(Conclusion::ReleaseFailure)) => {
            "The old payment could not be let go of for certain, so the new one was not taken."
        }
        (_, Some(Conclusion::Replaced)) => "A later request took its place before it was finished.",
        (_, None) => "It goes on.",
    }
}
