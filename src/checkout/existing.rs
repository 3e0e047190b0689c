//! The payment a cart has already, as far as a second one has to deal with it.

use crate::domain::amount::Amount;
use crate::domain::json::{Key, Members, Reader, Value};
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

    /// From the view that `GET …/payments` gave to the page; what of it is not of that form is told to `reader`.
    #[must_use]
    pub fn of_view(view: &Value<'_>, reader: &mut Reader) -> Self {
        let Some(live) = view.get("livePayment") else {
            return Self::Nothing;
        };
        let live: String = reader.members(Some(live)).take("recordId", reader);
        let mut parts = Parts::default();
        for record in records(view, "paymentAuthorizations", reader) {
            let members = reader.members(Some(record));
            if members.take::<String>("id", reader) == live {
                parts.add(GatewayOperation::Reverse, &live, None, view_money(&members, "balance", reader), false);
            }
        }
        for record in records(view, "payments", reader) {
            let members = reader.members(Some(record));
            let id: String = members.take("id", reader);
            if id == live || members.take::<Option<String>>("paymentAuthorizationId", reader).as_ref() == Some(&live) {
                let applied = members.take::<Option<Amount>>("netApplied", reader).is_some_and(Amount::is_positive);
                let left = view_money(&members, if applied { "netApplied" } else { "refundableAmount" }, reader);
                parts.add(GatewayOperation::Refund, &id, None, left, applied);
            }
        }
        if !parts.found && view.get("purchaseOrder").is_some() {
            return Self::PurchaseOrder;
        }
        parts.finish()
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

fn records<'v, 'a>(view: &'v Value<'a>, key: &str, reader: &mut Reader) -> &'v [Value<'a>] {
    match view.get(key) {
        None => &[],
        Some(Value::Array(records)) => records,
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_)) => {
            reader.within(Key::Name(key), |reader| reader.refuse("an array"));
            &[]
        }
    }
}

fn view_money(members: &Members<'_, '_>, key: &str, reader: &mut Reader) -> Money {
    let amount = members.take(key, reader);
    Money::read(amount, members.take("currencyIsoCode", reader), key, reader)
}
