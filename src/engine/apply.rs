//! What an outcome means for the records.

use super::env::Env;
use super::error::EngineError;
use super::operation::Operation;
use super::step::{Role, Step};
use super::work::Work;
use crate::domain::id::IdKind;
use crate::domain::money::Money;
use crate::gateway::{GatewayOperation, Outcome};
use crate::prelude::*;
use crate::records::status::TRANSACTION;
use crate::records::{
    Payment, PaymentAuthAdjustment, PaymentAuthorization, PaymentGroup, PaymentKind, Refund, TransactionEvent,
    TransactionStatus,
};

/// Records that the step at `at` happened, or was accepted (`pending`). A record that exists already moves on.
///
/// # Errors
/// When the state is damaged.
pub fn happened(
    work: &mut Work<'_>,
    at: usize,
    outcome: &Outcome,
    pending: bool,
    env: &mut Env,
) -> Result<(), EngineError> {
    if work.step(at)?.operation == GatewayOperation::Tokenize {
        return if pending { Ok(()) } else { work.keep_method(at, outcome, env.now) };
    }
    work.keep_method(at, outcome, env.now)?;
    let step = work.step(at)?;
    let id = step.record_id.clone().unwrap_or_else(|| step.reference.clone());
    if work.group.status_of(&id).is_some() {
        work.step_mut(at)?.record_id = Some(id.clone());
        if !pending {
            move_record(work.group, &id, TransactionEvent::Succeed)?;
        }
        return Ok(());
    }
    let status = if pending { TransactionStatus::Pending } else { TransactionStatus::Processed };
    let id = record(work, at, outcome, status, env)?;
    work.step_mut(at)?.record_id = Some(id);
    Ok(())
}

/// Records that the step at `at` did not happen: a record that was Pending failed.
///
/// # Errors
/// When the state is damaged.
pub fn did_not_happen(group: &mut PaymentGroup, operation: &Operation, at: usize) -> Result<(), EngineError> {
    let step = operation.step(at)?;
    if let Some(id) = &step.record_id {
        move_record(group, id, TransactionEvent::Fail)?;
        refresh_live(group)?;
    }
    Ok(())
}

/// The cart's payment stands only as long as something of it is left.
///
/// # Errors
/// When a sum leaves the range.
pub fn refresh_live(group: &mut PaymentGroup) -> Result<(), EngineError> {
    let Some(live) = &group.live else { return Ok(()) };
    let id = &live.record_id;
    let left = if let Some(authorization) = group.authorization(id) {
        let mut left = group.authorization_balance(authorization)?;
        for capture in group.captures_of(id) {
            left = left.checked_add(group.kept(capture)?)?;
        }
        left.is_positive()
    } else if let Some(payment) = group.payment(id) {
        group.kept(payment)?.is_positive()
    } else {
        group.purchase_order.is_some()
    };
    if !left {
        group.stood = group.live.take();
    }
    Ok(())
}

/// The step that lets go of what the step at `at` made; `None` when nothing of it is left.
///
/// # Errors
/// When the state is damaged.
pub fn release_of(work: &Work<'_>, at: usize, role: Role, env: &mut Env) -> Result<Option<Step>, EngineError> {
    let id = work.step(at)?.record_id.as_deref().ok_or(EngineError::NoSuchRecord)?;
    release_of_record(work.group, id, role, env)
}

/// The step that lets go of this record; `None` when nothing of it is left.
///
/// # Errors
/// When the state is damaged.
pub fn release_of_record(
    group: &PaymentGroup,
    id: &str,
    role: Role,
    env: &mut Env,
) -> Result<Option<Step>, EngineError> {
    let left = group.left_of(id)?.ok_or(EngineError::NoSuchRecord)?;
    let (operation, currency, reference) = if let Some(record) = group.authorization(id) {
        (GatewayOperation::Reverse, record.currency, record.gateway_reference.as_deref())
    } else {
        let record = group.payment(id).ok_or(EngineError::NoSuchRecord)?;
        (GatewayOperation::Refund, record.currency, group.reference_to_refund(record))
    };
    let money = Money::new(left, currency).map_err(|_| EngineError::Amount)?;
    Ok(left.is_positive().then(|| Step::planned(role, operation, money, &mut env.ids).on(id, reference)))
}

/// Moves the record with this id, whatever its kind.
///
/// # Errors
/// When there is none, or its status table does not have the move.
pub fn move_record(group: &mut PaymentGroup, id: &str, event: TransactionEvent) -> Result<(), EngineError> {
    let status = group.status_of_mut(id).ok_or(EngineError::NoSuchRecord)?;
    *status = TRANSACTION.next(*status, event)?;
    Ok(())
}

fn record(
    work: &mut Work<'_>,
    at: usize,
    outcome: &Outcome,
    status: TransactionStatus,
    env: &mut Env,
) -> Result<String, EngineError> {
    let Work { operation, group, .. } = work;
    let step = operation.step(at)?;
    let operation_id = operation.id.clone();
    let gateway_reference = outcome.gateway_reference.clone();
    let target = step.target_id.clone();
    match step.operation {
        GatewayOperation::PostAuth if outcome.captured => {
            let id = env.ids.next(IdKind::Payment);
            group.payments.push(payment(
                step,
                id.clone(),
                PaymentKind::Sale,
                None,
                gateway_reference,
                status,
                operation_id,
                env,
            ));
            return Ok(id);
        }
        GatewayOperation::Authorize | GatewayOperation::PostAuth => group.authorizations.push(PaymentAuthorization {
            id: step.reference.clone(),
            status,
            amount: step.amount,
            currency: step.currency,
            gateway_reference,
            gateway_authorization_code: outcome.gateway_authorization_code.clone(),
            date: env.now,
            expiration_date: outcome.expires_at,
            operation_id,
            details: step.details.clone(),
        }),
        GatewayOperation::Capture | GatewayOperation::Sale => {
            let kind = if step.operation == GatewayOperation::Sale { PaymentKind::Sale } else { PaymentKind::Capture };
            group.payments.push(payment(
                step,
                step.reference.clone(),
                kind,
                target,
                gateway_reference,
                status,
                operation_id,
                env,
            ));
        }
        GatewayOperation::Reverse => {
            // A challenge that was never finished is let go of without a record of its own.
            if let Some(payment_authorization_id) = target {
                group.adjustments.push(PaymentAuthAdjustment {
                    id: step.reference.clone(),
                    status,
                    amount: step.amount,
                    currency: step.currency,
                    payment_authorization_id,
                    gateway_reference,
                    date: env.now,
                    operation_id,
                    details: step.details.clone(),
                });
            }
        }
        GatewayOperation::Refund => group.refunds.push(Refund {
            id: step.reference.clone(),
            status,
            amount: step.amount,
            currency: step.currency,
            payment_id: target.ok_or(EngineError::NoSuchRecord)?,
            gateway_reference,
            date: env.now,
            operation_id,
            details: step.details.clone(),
        }),
        GatewayOperation::Tokenize | GatewayOperation::Inquire => {}
    }
    Ok(step.reference.clone())
}

#[allow(clippy::too_many_arguments, reason = "the fields of a record, each named at the one place that makes it")]
fn payment(
    step: &Step,
    id: String,
    kind: PaymentKind,
    payment_authorization_id: Option<String>,
    gateway_reference: Option<String>,
    status: TransactionStatus,
    operation_id: String,
    env: &Env,
) -> Payment {
    Payment {
        id,
        status,
        kind,
        amount: step.amount,
        currency: step.currency,
        payment_authorization_id,
        final_capture: kind == PaymentKind::Capture && env.gateway.capture_releases_rest,
        gateway_reference,
        date: env.now,
        operation_id,
        details: step.details.clone(),
    }
}
