//! The payment a cart has already, as far as a second one has to deal with it.

use crate::domain::amount::Amount;
use crate::domain::json::{Members, ReadError, Value};
use crate::domain::money::Money;
use crate::engine::EngineError;
use crate::gateway::GatewayOperation;
use crate::prelude::*;
use crate::records::PaymentGroup;

/// What the cart has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Existing {
    /// No payment that stands.
    Nothing,
    /// An authorization, captured or not, or a payment taken: what is left to be let go of, in order.
    Card(Vec<Releasable>),
    /// A purchase order.
    PurchaseOrder,
}

/// A part of the existing payment that a new one lets go of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Releasable {
    /// Reverse for a hold, refund for money taken.
    pub operation: GatewayOperation,
    /// The authorization or payment.
    pub record_id: String,
    /// The gateway's id of it; the page does not know it and does not need it.
    pub gateway_reference: Option<String>,
    /// How much is left.
    pub money: Money,
    /// Some of it is applied to an invoice, and can't be let go of before that is taken back.
    pub applied: bool,
}

impl Existing {
    /// From the records.
    ///
    /// # Errors
    /// When a sum leaves the range.
    pub fn of_group(group: &PaymentGroup) -> Result<Self, EngineError> {
        let Some(live) = &group.live else {
            return Ok(Self::Nothing);
        };
        let mut parts = Parts::default();
        if let Some(authorization) = group.authorization(&live.record_id) {
            let left = group.authorization_balance(authorization)?;
            let reference = authorization.gateway_reference.clone();
            parts.add(
                GatewayOperation::Reverse,
                &authorization.id,
                reference,
                money(left, authorization.currency)?,
                false,
            );
            for capture in group.captures_of(&live.record_id) {
                let reference = group.reference_to_refund(capture).map(str::to_owned);
                let left = money(group.kept(capture)?, capture.currency)?;
                let applied = group.net_applied(capture)?.is_positive();
                parts.add(GatewayOperation::Refund, &capture.id, reference, left, applied);
            }
        } else if let Some(payment) = group.payment(&live.record_id) {
            let left = money(group.kept(payment)?, payment.currency)?;
            let applied = group.net_applied(payment)?.is_positive();
            parts.add(GatewayOperation::Refund, &payment.id, payment.gateway_reference.clone(), left, applied);
        } else if group.purchase_order.is_some() {
            return Ok(Self::PurchaseOrder);
        }
        Ok(parts.finish())
    }

    /// From the view that `GET …/payments` gave to the page.
    ///
    /// # Errors
    /// When the view is not of that form.
    pub fn of_view(view: &Value<'_>) -> Result<Self, ReadError> {
        let Some(live) = view.get("livePayment") else {
            return Ok(Self::Nothing);
        };
        let live: String = Members::of(live)?.get("recordId")?;
        let mut parts = Parts::default();
        for record in records(view, "paymentAuthorizations")? {
            let members = Members::of(record)?;
            if members.get::<String>("id")? == live {
                parts.add(GatewayOperation::Reverse, &live, None, view_money(&members, "balance")?, false);
            }
        }
        for record in records(view, "payments")? {
            let members = Members::of(record)?;
            let id = members.get::<String>("id")?;
            if id == live || members.get::<Option<String>>("paymentAuthorizationId")?.as_ref() == Some(&live) {
                let applied = members.get::<Option<Amount>>("netApplied")?.filter(|applied| applied.is_positive());
                let left = view_money(&members, if applied.is_some() { "netApplied" } else { "refundableAmount" })?;
                parts.add(GatewayOperation::Refund, &id, None, left, applied.is_some());
            }
        }
        if !parts.found && view.get("purchaseOrder").is_some() {
            return Ok(Self::PurchaseOrder);
        }
        Ok(parts.finish())
    }
}

#[derive(Default)]
struct Parts {
    found: bool,
    parts: Vec<Releasable>,
}

impl Parts {
    fn add(
        &mut self,
        operation: GatewayOperation,
        record_id: &str,
        gateway_reference: Option<String>,
        money: Money,
        applied: bool,
    ) {
        self.found = true;
        if money.amount().is_positive() {
            self.parts.push(Releasable {
                operation,
                record_id: record_id.to_owned(),
                gateway_reference,
                money,
                applied,
            });
        }
    }

    fn finish(self) -> Existing {
        if self.parts.is_empty() { Existing::Nothing } else { Existing::Card(self.parts) }
    }
}

fn money(amount: Amount, currency: crate::domain::currency::Currency) -> Result<Money, EngineError> {
    Money::new(amount, currency).map_err(|_| EngineError::Amount)
}

fn records<'v, 'a>(view: &'v Value<'a>, key: &str) -> Result<&'v [Value<'a>], ReadError> {
    match view.get(key) {
        None => Ok(&[]),
        Some(Value::Array(records)) => Ok(records),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_)) => {
            Err(ReadError::expected("an array").under(key))
        }
    }
}

fn view_money(members: &Members<'_, '_>, key: &str) -> Result<Money, ReadError> {
    Money::new(members.get(key)?, members.get("currencyIsoCode")?)
        .map_err(|_| ReadError::expected("an amount with no more decimals than its currency has").under(key))
}
