//! What must hold after every step: cheap enough to check in production.

use super::error::EngineError;
use super::operation::{Operation, OperationKind};
use super::state::State;
use super::status::OperationStatus;
use crate::domain::amount::Amount;
use crate::records::Account;

/// Which invariant is broken, if any.
///
/// # Errors
/// When a sum leaves the range.
pub fn broken(state: &State) -> Result<Option<&'static str>, EngineError> {
    let group = &state.group;
    for authorization in &group.authorizations {
        let balance = group.authorization_balance(authorization)?;
        if balance < Amount::ZERO || balance > authorization.amount {
            return Ok(Some("an authorization's balance is within 0 and its amount"));
        }
    }
    for payment in &group.payments {
        if group.kept(payment)? < Amount::ZERO {
            return Ok(Some("no more is refunded than was taken"));
        }
    }
    if let Some(broken) = state.account.as_ref().and_then(Account::broken) {
        return Ok(Some(broken));
    }
    let count = |is: fn(&Operation) -> bool| state.operations.iter().filter(|operation| is(operation)).count();
    if count(|operation| operation.status == OperationStatus::Running) > 1 {
        return Ok(Some("at most one operation is driven"));
    }
    if count(|operation| operation.is_active() && operation.kind == OperationKind::CheckoutPayment) > 1 {
        return Ok(Some("at most one checkout payment is under way"));
    }
    Ok(None)
}
