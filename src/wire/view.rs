//! The view behind `GET …/payments`: the records, with their computed amounts, and what is under way or owed.

use crate::checkout::checkout_facts::Checkout;
use crate::checkout::order::{self, Mismatch, WayOut};
use crate::checkout::reentrancy::ReleaseOrder;
use crate::checkout::request_type::RequestType;
use crate::domain::address::Address;
use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::{Amounts, Json, Writer, json_view};
use crate::domain::result_code::ResultCode;
use crate::domain::timestamp::Timestamp;
use crate::engine::{
    self, Conclusion, EngineError, Heard, Intent, NextWay, Operation, OperationKind, OperationStatus, ReleaseOwed,
    Role, State, Step, StepStatus, Unresolved, Why,
};
use crate::gateway::{Capabilities, GatewayOperation};
use crate::prelude::*;
use crate::records::{
    LivePayment, Payment, PaymentAuthAdjustment, PaymentAuthorization, PaymentGroup, PlacedOrder, PurchaseOrder, Refund,
};

/// The view as JSON, amounts as numbers. No token is in it.
///
/// # Errors
/// When a sum leaves the range.
pub fn payments(
    state: Option<&State>,
    checkout: &Checkout,
    release_order: ReleaseOrder,
    now: Timestamp,
    gateway: &Capabilities,
) -> Result<String, EngineError> {
    let group = state.map(|state| &state.group);
    let shown = group.map(PaymentGroup::without_details);
    let records = group.zip(shown.as_ref()).map(|(full, shown)| Records::of(full, shown)).transpose()?;
    let change = cart_change(group, checkout)?;
    let mut writer = Writer::new(Amounts::Numbers);
    let state_view = StateView { state, now, gateway };
    let records = records.unwrap_or_default();
    CheckoutPayments::write(&mut writer, group, checkout, release_order, &records, &state_view, change.as_ref());
    Ok(writer.finish())
}

/// What of a group is unresolved, for the list of all groups of which something is.
#[must_use]
pub fn unresolved_group(state: &State, now: Timestamp, gateway: &Capabilities) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    UnresolvedGroup::write(&mut writer, &state.group, &StateView { state: Some(state), now, gateway });
    writer.finish()
}

/// The state as it is seen now.
struct StateView<'s> {
    state: Option<&'s State>,
    now: Timestamp,
    gateway: &'s Capabilities,
}

impl<'s> StateView<'s> {
    fn unresolved(&self) -> Vec<Unresolved<'s>> {
        self.state.map(|state| engine::unresolved(state, self.now, self.gateway)).unwrap_or_default()
    }
}

/// The records of a group, without what only the back office may read, and the amounts that follow from them.
#[derive(Default)]
struct Records<'g> {
    authorizations: Vec<(&'g PaymentAuthorization, Amount)>,
    adjustments: &'g [PaymentAuthAdjustment],
    payments: Vec<(&'g Payment, Amount, Amount)>,
    refunds: &'g [Refund],
    purchase_order: Option<PurchaseOrder>,
}

impl<'g> Records<'g> {
    /// `shown` is `full` without its details.
    fn of(full: &PaymentGroup, shown: &'g PaymentGroup) -> Result<Self, EngineError> {
        let with_balance = |record| Ok((record, shown.authorization_balance(record)?));
        let with_amounts = |record| Ok((record, full.refundable(record)?, full.net_applied(record)?));
        Ok(Self {
            authorizations: shown.authorizations.iter().map(with_balance).collect::<Result<_, EngineError>>()?,
            adjustments: &shown.adjustments,
            payments: shown.payments.iter().map(with_amounts).collect::<Result<_, EngineError>>()?,
            refunds: &shown.refunds,
            purchase_order: shown.purchase_order.clone(),
        })
    }
}

json_view! {
    /// The payments of a checkout: the records, what is under way, what is owed.
    struct CheckoutPayments(
        group: Option<&PaymentGroup>,
        checkout: &Checkout,
        release_order: ReleaseOrder,
        records: &Records<'_>,
        view: &StateView<'_>,
        change: Option<&Mismatch>,
    ) {
        /// What owns the records; absent until the first payment.
        "paymentGroup": Option<CheckoutPaymentGroup> = maybe(group, CheckoutPaymentGroup::write),
        /// The cart's grand total.
        "grandTotalAmount": Amount = value(&checkout.amount),
        /// Its currency.
        "currencyIsoCode": Currency = value(&checkout.currency),
        /// The web store's policy.
        "releaseOrder": ReleaseOrder = value(&release_order),
        /// What is held, or was.
        "paymentAuthorizations": Vec<AuthorizationView> = list(&records.authorizations, |writer: &mut Writer, (record, balance)| {
            AuthorizationView::write(writer, record, *balance);
        }),
        /// What was reversed of it.
        "paymentAuthAdjustments": Vec<PaymentAuthAdjustment> = list(records.adjustments, write),
        /// What was taken.
        "payments": Vec<PaymentView> = list(&records.payments, |writer: &mut Writer, (record, refundable, applied)| {
            PaymentView::write(writer, record, *refundable, *applied);
        }),
        /// What was given back.
        "refunds": Vec<Refund> = list(records.refunds, write),
        /// The purchase order that the cart is paid by.
        "purchaseOrder": Option<PurchaseOrder> = value(&records.purchase_order),
        /// Everything that was asked for, oldest first.
        "operations": Vec<OperationView> = list(view.state.iter().flat_map(|state| &state.operations), OperationView::write),
        /// Releases that did not succeed yet.
        "releasesOwed": Vec<ReleaseOwedView> = list(view.state.iter().flat_map(|state| &state.releases_owed), ReleaseOwedView::write),
        /// What is not over, oldest first.
        "unresolved": Vec<UnresolvedView> = list(&view.unresolved(), UnresolvedView::write),
        /// The payment that stands for the cart.
        "livePayment": Option<LivePaymentView> = maybe(group.and_then(|group| group.live.as_ref()), LivePaymentView::write),
        /// The cart is no longer the one that was paid for.
        "cartChange": Option<CartChange> = maybe(change, |writer: &mut Writer, change| CartChange::write(writer, change, checkout)),
    }
}

json_view! {
    /// What owns the payment records of one checkout.
    struct CheckoutPaymentGroup(group: &PaymentGroup) {
        /// Its id.
        "id": String = text(&group.id),
        /// The web store.
        "webstoreId": String = text(&group.webstore_id),
        /// The checkout.
        "checkoutId": String = text(&group.checkout_id),
        /// When it was made.
        "date": Timestamp = value(&group.date),
        /// The billing address that was given last.
        "billingAddress": Option<Address> = value(&group.billing_address),
        /// The order, once it is placed.
        "order": Option<PlacedOrder> = value(&group.order),
    }
}

json_view! {
    /// A hold, and what is left of it.
    struct AuthorizationView(record: &PaymentAuthorization, balance: Amount) {
        ..PaymentAuthorization(record);
        /// What is held still: less what was captured and reversed.
        "balance": Amount = value(&balance),
    }
}

json_view! {
    /// A capture or a sale, and what is left of it.
    struct PaymentView(record: &Payment, refundable: Amount, net_applied: Amount) {
        ..Payment(record);
        /// What of it can still be refunded.
        "refundableAmount": Amount = value(&refundable),
        /// What of it is applied to invoices.
        "netApplied": Amount = value(&net_applied),
    }
}

json_view! {
    /// Something that was asked for: under way, or over.
    struct OperationView(operation: &Operation) {
        /// Its id.
        "id": String = text(&operation.id),
        /// What kind of request it serves.
        "kind": OperationKind = value(&operation.kind),
        /// Where it stands.
        "status": OperationStatus = value(&operation.status),
        /// What it came to.
        "conclusion": Option<Conclusion> = value(&operation.conclusion),
        /// The kind of payment, of a payment for a checkout.
        "requestType": Option<RequestType> = maybe(operation.intent.as_ref(), |writer: &mut Writer, intent: &Intent| writer.text(&intent.kind)),
        /// When it began.
        "date": Timestamp = value(&operation.date),
        /// While it is under way: how often its unknown was asked about.
        "tries": Option<u32> = value(&operation.is_active().then_some(operation.tries)),
        /// While it is under way: when it was asked about last.
        "lastTryAt": Option<Timestamp> = value(&operation.last_try_at.filter(|_| operation.is_active())),
        /// While it is under way: when it is asked about next.
        "nextTryAt": Option<Timestamp> = value(&operation.next_try_at.filter(|_| operation.is_active())),
        /// Its calls to the gateway, in order.
        "steps": Vec<StepView> = list(&operation.steps, StepView::write),
    }
}

json_view! {
    /// One call to the gateway, from its plan to its outcome.
    struct StepView(step: &Step) {
        /// What the gateway is asked to do.
        "operation": GatewayOperation = value(&step.operation),
        /// What it is for.
        "role": Role = value(&step.role),
        /// Where it stands.
        "status": StepStatus = value(&step.status()),
        /// How much.
        "amount": Amount = value(&step.amount),
        /// In which currency.
        "currencyIsoCode": Currency = value(&step.currency),
        /// The record it made.
        "recordId": Option<String> = value(&step.record_id),
        /// The record it acts on.
        "targetId": Option<String> = value(&step.target_id),
        /// Counts from 1; a new one only after a definite answer.
        "attempt": u32 = value(&step.attempt),
        /// How often this attempt was sent.
        "deliveries": u32 = value(&step.deliveries),
        /// When it was written down.
        "announcedAt": Option<Timestamp> = value(&step.announced_at),
        /// When it was sent.
        "sentAt": Option<Timestamp> = value(&step.sent_at),
        /// What the gateway said.
        "resultCode": Option<ResultCode> = value(&step.outcome.as_ref().map(|outcome| outcome.result_code)),
        /// The gateway's own code.
        "gatewayResultCode": Option<String> = maybe(
            step.outcome.as_ref().and_then(|outcome| outcome.gateway_result_code.as_deref()),
            Writer::text
        ),
    }
}

json_view! {
    /// A release that did not succeed yet, and is retried until it has.
    struct ReleaseOwedView(owed: &ReleaseOwed) {
        /// Its id.
        "id": String = text(&owed.id),
        /// The record to be released.
        "recordId": String = text(&owed.record_id),
        /// How: reverse or refund.
        "operation": GatewayOperation = value(&owed.operation),
        /// How much.
        "amount": Amount = value(&owed.amount),
        /// In which currency.
        "currencyIsoCode": Currency = value(&owed.currency),
        /// How often it was tried.
        "tries": u32 = value(&owed.tries),
        /// When it is tried next.
        "nextTryAt": Timestamp = value(&owed.next_try_at),
        /// When it was tried last.
        "lastTryAt": Option<Timestamp> = value(&owed.last_try_at),
        /// Since when it is owed.
        "date": Timestamp = value(&owed.date),
    }
}

json_view! {
    /// A group of which something is unresolved.
    struct UnresolvedGroup(group: &PaymentGroup, view: &StateView<'_>) {
        /// Its id.
        "paymentGroupId": String = text(&group.id),
        /// The web store.
        "webstoreId": String = text(&group.webstore_id),
        /// The checkout.
        "checkoutId": String = text(&group.checkout_id),
        /// What is not over, oldest first.
        "unresolved": Vec<UnresolvedView> = list(&view.unresolved(), UnresolvedView::write),
    }
}

json_view! {
    /// Something that is not over: why, what was tried, what comes next.
    struct UnresolvedView(unresolved: &Unresolved<'_>) {
        /// Why it is not over.
        "why": Why = value(&unresolved.why),
        /// The operation that waits for it.
        "operationId": Option<String> = maybe(unresolved.operation_id, Writer::text),
        /// The entry in the list of what is owed.
        "releaseOwedId": Option<String> = maybe(unresolved.owed_id, Writer::text),
        /// The record it is about.
        "recordId": String = text(unresolved.record_id),
        /// What the gateway was asked to do.
        "operation": GatewayOperation = value(&unresolved.step.operation),
        /// How much.
        "amount": Amount = value(&unresolved.step.amount),
        /// In which currency.
        "currencyIsoCode": Currency = value(&unresolved.step.currency),
        /// Since when.
        "since": Timestamp = value(&unresolved.since),
        /// How often it was tried.
        "tries": u32 = value(&unresolved.tries),
        /// When it was tried last.
        "lastTryAt": Option<Timestamp> = value(&unresolved.last_try_at),
        /// What was heard about it, oldest first: the newest eight.
        "heard": Vec<Heard> = list(unresolved.step.heard.iter(), write),
        /// What comes next.
        "next": NextTry = by(|writer: &mut Writer| NextTry::write(writer, unresolved)),
    }
}

json_view! {
    /// What recovery does next about something that is not over.
    struct NextTry(unresolved: &Unresolved<'_>) {
        /// When.
        "at": Timestamp = value(&unresolved.next_at),
        /// How.
        "way": NextWay = value(&unresolved.next_way),
        /// No way is left, or only daily tries are: somebody should look.
        "needsPerson": bool = value(&unresolved.needs_person),
    }
}

json_view! {
    /// The payment that stands for a cart.
    struct LivePaymentView(live: &LivePayment) {
        /// The kind of request that made it.
        "type": RequestType = text(&live.kind),
        /// Its authorization or payment; a purchase order has the group's id.
        "recordId": String = text(&live.record_id),
    }
}

json_view! {
    /// How a cart differs from what was paid for.
    struct CartChange(mismatch: &Mismatch, checkout: &Checkout) {
        /// What is paid: authorized, captured and pending.
        "paidAmount": Amount = value(&mismatch.paid.amount()),
        /// In which currency.
        "paidCurrencyIsoCode": Currency = value(&mismatch.paid.currency()),
        /// The cart's grand total now.
        "grandTotalAmount": Amount = value(&checkout.amount),
        /// What can be done about it.
        "waysOut": Vec<WayOut> = value(&mismatch.ways_out),
    }
}

/// The cart is no longer the one that was paid for.
fn cart_change(group: Option<&PaymentGroup>, checkout: &Checkout) -> Result<Option<Mismatch>, EngineError> {
    match group.filter(|group| group.live.is_some() && group.order.is_none()) {
        Some(group) => order::mismatch(Some(group), checkout),
        None => Ok(None),
    }
}

fn write<T: Json>(writer: &mut Writer, value: &T) {
    value.write(writer);
}
