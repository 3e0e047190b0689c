//! Placing the order: only with a payment that is exactly the cart's (`reference` §1.10).

use super::answer::{CheckoutError, ErrorType, Reason};
use super::checkout_facts::{Checkout, CheckoutStatus};
use super::existing::Existing;
use super::reply;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::error_code::ErrorCode;
use crate::domain::error_code::platform_errors;
use crate::domain::json::{Amounts, Writer, json_enum, json_view};
use crate::domain::money::Money;
use crate::domain::timestamp::Timestamp;
use crate::engine::{Answer, Conclusion, EngineError, OperationStatus, State};
use crate::prelude::*;
use crate::records::{PaymentGroup, PlacedOrder};

json_enum! {
    /// What can be done about a cart that its payment does not fit any more.
    pub enum WayOut {
        /// Bring the cart back to what was paid for.
        Adjust = "adjust",
        /// Pay again: the payment made before is released.
        PayAgain = "payAgain",
        /// Have the payment reversed or refunded.
        Reverse = "reverse",
    }
}

/// What became of the wish to place the order.
#[derive(Debug)]
pub struct Placed {
    /// The answer.
    pub answer: Answer,
    /// The order was placed just now, so the state changed.
    pub changed: bool,
}

/// Places the order, or gives the number of the one placed before. `state` is `None` while the cart has no payment.
///
/// # Errors
/// When a sum leaves the range.
pub fn place(
    state: Option<&mut State>,
    checkout: &Checkout,
    number: &str,
    now: Timestamp,
) -> Result<Placed, EngineError> {
    if let Some(order) = state.as_ref().and_then(|state| state.group.order.as_ref()) {
        return Ok(Placed { answer: placed(&order.reference_number), changed: false });
    }
    if checkout.status == CheckoutStatus::Closed {
        let body = platform_errors(ErrorCode::CheckoutNotFound, "The checkout is closed.");
        return Ok(Placed { answer: Answer { status: 404, body }, changed: false });
    }
    let group = state.as_ref().map(|state| &state.group);
    match state.as_ref().and_then(|state| state.active()) {
        Some(operation) if operation.status == OperationStatus::Running => {
            return Ok(Placed { answer: reply::conflict(), changed: false });
        }
        // Accepted and pending counts as paid. Anything else under way could still change what stands for the cart.
        Some(operation) if operation.conclusion != Some(Conclusion::Pending) => {
            let unfinished = Mismatch { paid: paid(&existing(group)?, checkout)?, ways_out: vec![WayOut::PayAgain] };
            return Ok(Placed { answer: refused(&unfinished, UNFINISHED, checkout), changed: false });
        }
        Some(_) | None => {}
    }
    if let Some(mismatch) = mismatch(group, checkout)? {
        return Ok(Placed { answer: refused(&mismatch, "", checkout), changed: false });
    }
    if let Some(state) = state {
        state.group.order = Some(PlacedOrder { reference_number: number.to_owned(), date: now });
    }
    Ok(Placed { answer: placed(number), changed: true })
}

/// How a payment fails to be the cart's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Authorized + captured + pending, of the payment that stands; zero when there is none.
    pub paid: Money,
    /// What can be done about it.
    pub ways_out: Vec<WayOut>,
}

/// Why the order can't be placed with the payment the cart has, if so.
///
/// # Errors
/// When a sum leaves the range.
pub fn mismatch(group: Option<&PaymentGroup>, checkout: &Checkout) -> Result<Option<Mismatch>, EngineError> {
    let existing = existing(group)?;
    let paid = paid(&existing, checkout)?;
    let digest = group.and_then(|group| group.live.as_ref()).map(|live| live.digest.as_str());
    let fits = paid == grand_total(checkout)?;
    let ways_out = match existing {
        Existing::PurchaseOrder => return Ok(None),
        Existing::Nothing if fits => return Ok(None),
        Existing::Nothing => vec![WayOut::PayAgain],
        Existing::Card(_) if fits && digest == Some(checkout.digest.as_str()) => return Ok(None),
        Existing::Card(_) => WayOut::ALL.to_vec(),
    };
    Ok(Some(Mismatch { paid, ways_out }))
}

fn existing(group: Option<&PaymentGroup>) -> Result<Existing, EngineError> {
    group.map_or(Ok(Existing::Nothing), Existing::of_group)
}

/// Authorized + captured + pending, of the payment that stands.
fn paid(existing: &Existing, checkout: &Checkout) -> Result<Money, EngineError> {
    let Existing::Card(parts) = existing else {
        return Ok(Money::zero(checkout.currency));
    };
    let currency = parts.first().map_or(checkout.currency, |part| part.money.currency());
    let amount = Amount::sum(parts.iter().map(|part| part.money.amount()))?;
    Money::new(amount, currency).map_err(|_| EngineError::Amount)
}

fn grand_total(checkout: &Checkout) -> Result<Money, EngineError> {
    Money::new(checkout.amount, checkout.currency).map_err(|_| EngineError::Amount)
}

json_view! {
    /// An order that is placed.
    struct OrderPlaced(number: &str) {
        /// The order's number; a repeat gives the same.
        "orderReferenceNumber": String = text(number),
        /// Empty.
        "errors": Vec<CheckoutError> = list(None, CheckoutError::write),
    }
}

json_view! {
    /// Why an order can't be placed, and what can be done about it.
    struct OrderRefusal(mismatch: &Mismatch, total: Money, reason: Reason<'_>) {
        /// The one reason.
        "errors": Vec<CheckoutError> = list([reason], CheckoutError::write),
        /// What is paid: authorized, captured and pending.
        "paidAmount": Amount = value(&mismatch.paid.amount()),
        /// In which currency.
        "paidCurrencyIsoCode": Currency = value(&mismatch.paid.currency()),
        /// The cart's grand total.
        "grandTotalAmount": Amount = value(&total.amount()),
        /// Its currency.
        "currencyIsoCode": Currency = value(&total.currency()),
        /// What can be done about it.
        "waysOut": Vec<WayOut> = value(&mismatch.ways_out),
    }
}

fn placed(number: &str) -> Answer {
    let mut writer = Writer::new(Amounts::Numbers);
    OrderPlaced::write(&mut writer, number);
    Answer { status: 201, body: writer.finish() }
}

const UNFINISHED: &str =
    "A payment for this cart is not finished: the bank's question is open, or the gateway has not answered. ";

fn refused(mismatch: &Mismatch, reason: &str, checkout: &Checkout) -> Answer {
    let total = grand_total(checkout).unwrap_or(Money::zero(checkout.currency));
    let amounts = if mismatch.paid == total {
        ["The cart was changed after its payment of ", &mismatch.paid.format(), " was made."].concat()
    } else {
        ["The payment is ", &mismatch.paid.format(), ", the cart's grand total is ", &total.format(), "."].concat()
    };
    let title = "The order can't be placed with this payment.";
    let detail = [reason, &amounts].concat();
    let reason = Reason::new(ErrorType::PlaceOrderPayment, title, &detail, &[]);
    let mut writer = Writer::new(Amounts::Numbers);
    OrderRefusal::write(&mut writer, mismatch, total, reason);
    Answer { status: 422, body: writer.finish() }
}
