//! One checkout payment: from the request to a plan, past whatever is under way for the cart.

use super::checkout_facts::{Checkout, CheckoutStatus};
use super::existing::{Existing, Releasable};
use super::reentrancy::{ReleaseOrder, releases_for};
use super::request::{CheckoutPaymentRequest, PAYMENT_TOKEN};
use super::request_type::RequestType;
use super::{fingerprint, reply};
use crate::domain::api_version::ApiVersion;
use crate::domain::id::IdKind;
use crate::domain::input::refusal::{Problem, Refusal};
use crate::domain::money::Money;
use crate::domain::sorted::Texts;
use crate::engine::{
    self, Answer, Asker, Begun, EngineError, Env, Intent, KeyUse, Operation, OperationKind, OperationStatus, Plan,
    Role, State, Step,
};
use crate::gateway::{CallExtras, GatewayOperation};
use crate::prelude::*;
use crate::records::account::Unusable;
use crate::records::{Account, PaymentGroup, PaymentMethod};

/// What comes with a request beside its body.
#[derive(Debug)]
pub struct Setting {
    /// The checkout, as it is now.
    pub checkout: Checkout,
    /// The version of the interface.
    pub version: ApiVersion,
    /// The web store's policy.
    pub release_order: ReleaseOrder,
    /// The client's idempotency key.
    pub idempotency_key: Option<String>,
    /// The operation that was under way has been asked about during this request already.
    pub resolved: bool,
    /// The account that has the saved payment method which the request names, once the host has looked for it.
    pub account: Option<Option<Account>>,
}

/// Decides about a request. `state` is `None` while the cart has no payment group; a group is made when it is needed.
///
/// # Errors
/// When the state is damaged.
pub fn begin(
    state: &mut Option<State>,
    request: CheckoutPaymentRequest,
    setting: &Setting,
    env: &mut Env,
) -> Result<Begun, EngineError> {
    let parts = fingerprint::of(&request, &setting.checkout);
    if let Some(state) = state.as_mut()
        && let Some(begun) = meet_earlier(state, &request, &parts, setting, env)?
    {
        return Ok(begun);
    }
    if setting.checkout.status == CheckoutStatus::Closed {
        return Ok(Begun::Answered(reply::closed()));
    }
    if request.request_type != RequestType::SimplePurchaseOrder && !setting.checkout.amount.is_positive() {
        return Ok(Begun::Answered(reply::nothing_to_pay()));
    }
    let existing = state.as_ref().map_or(Ok(Existing::Nothing), |state| Existing::of_group(&state.group))?;
    let releases = match releases_for(existing, request.request_type, setting.version) {
        Ok(releases) => releases,
        Err(objection) => return Ok(Begun::Answered(reply::objected(objection))),
    };
    let method = match saved_method(&request) {
        None => None,
        Some(id) => {
            let Some(account) = &setting.account else { return Ok(Begun::NeedsMethod(id.to_owned())) };
            match usable(account.as_ref(), id, setting, env) {
                Ok(method) => Some(method),
                Err(refusal) => return Ok(Begun::Answered(reply::answered(&refusal))),
            }
        }
    };
    let state = state.get_or_insert_with(|| new_state(&setting.checkout, env));
    let Some(first) = engine::replace_active(state, env)? else {
        return Ok(Begun::Answered(Answer { status: 422, body: reply::indeterminate() }));
    };
    let mut steps = Vec::new();
    for releasable in &releases {
        steps.extend(release_steps(state, releasable, env)?);
    }
    let method = method.cloned();
    let plan = plan(request, parts, first, steps, method.as_ref(), setting, env)?;
    let (id, progress) = engine::begin(state, plan, env)?;
    Ok(Begun::Own(id, progress))
}

/// What was asked for before decides first: the same key, an order, an operation under way, an answer nobody heard.
fn meet_earlier(
    state: &mut State,
    request: &CheckoutPaymentRequest,
    parts: &Texts,
    setting: &Setting,
    env: &mut Env,
) -> Result<Option<Begun>, EngineError> {
    state.operations.iter_mut().for_each(|operation| operation.forget_old_keys(env.now));
    let asker = Asker { key: setting.idempotency_key.as_deref(), parts, now: env.now };
    if let Some(begun) = repeated_key(state, &asker) {
        return Ok(Some(begun));
    }
    if state.group.order.is_some() || setting.checkout.status == CheckoutStatus::Closed {
        // Perhaps placed after the host looked: whatever stands for the order must not be let go of.
        return Ok(Some(Begun::Answered(reply::closed())));
    }
    match meet_active(state, request, &asker, setting, env)? {
        Some(begun) => Ok(Some(begun)),
        None => Ok(undelivered(state, &asker).or_else(|| handed_over_again(state, request, &asker))),
    }
}

/// The same key again: the stored answer, or a refusal that names the difference.
fn repeated_key(state: &mut State, asker: &Asker<'_>) -> Option<Begun> {
    match state.use_of_key(asker, fingerprint::CART) {
        KeyUse::None | KeyUse::Open => None,
        KeyUse::Other(parts) => Some(Begun::Answered(reply::other_request(&parts))),
        KeyUse::Answered(id) => state.operation_mut(&id).map(|operation| deliver(operation, asker)),
    }
}

/// An operation is under way. Either this request resumes it, or it is settled first, or this one has to wait.
fn meet_active(
    state: &mut State,
    request: &CheckoutPaymentRequest,
    asker: &Asker<'_>,
    setting: &Setting,
    env: &mut Env,
) -> Result<Option<Begun>, EngineError> {
    let Some(operation) = state.active() else {
        return Ok(None);
    };
    let id = operation.id.clone();
    if operation.status == OperationStatus::Running {
        if operation.is_held(env.now) && !env.take_over {
            return Ok(Some(Begun::Answered(reply::conflict())));
        }
        return earlier(state, id, env).map(Some);
    }
    if operation.waits_for_review() {
        let is_handed_over = hands_over(request, reviewed(operation)) && is_same_cart(operation, asker);
        if !is_handed_over && !fingerprint::is_same_payment(asker.parts, &operation.fingerprint) {
            return Ok(None);
        }
        if operation.undelivered {
            // A challenge that nobody has seen is shown, not gone on with.
            return Ok(state.operation_mut(&id).map(|operation| deliver(operation, asker)));
        }
        if let Some(operation) = state.operation_mut(&id) {
            if !operation.keep_key_of(asker) {
                return Ok(Some(Begun::Answered(reply::conflict())));
            }
            if let Some(intent) = &mut operation.intent {
                intent.payments_data.clone_from(&request.payments_data);
            }
        }
        let progress = engine::try_reviewed_again(state, &id, env)?;
        return Ok(Some(Begun::Own(id, progress)));
    }
    // It may have been another operation that was asked about; this one knows what it took, and still has to go on.
    if !setting.resolved || operation.waits_for_its_turn() {
        return earlier(state, id, env).map(Some);
    }
    let is_its_key = |key: &String| operation.fingerprint_of_key(key).is_some();
    let same = *asker.parts == operation.fingerprint || setting.idempotency_key.as_ref().is_some_and(is_its_key);
    let mut operation = state.operation_mut(&id).filter(|_| same);
    Ok(operation.as_mut().map(|operation| deliver(operation, asker)))
}

fn earlier(state: &mut State, id: String, env: &mut Env) -> Result<Begun, EngineError> {
    let progress = engine::resolve(state, &id, env)?;
    Ok(Begun::Earlier(id, progress))
}

/// The payment was settled while nobody was there to hear it, and this is the same request once more: this is its answer.
fn undelivered(state: &mut State, asker: &Asker<'_>) -> Option<Begun> {
    let newest =
        state.operations.iter_mut().rev().find(|operation| operation.kind == OperationKind::CheckoutPayment)?;
    newest.was_unheard_by(asker).then(|| deliver(newest, asker))
}

/// Whether the page hands over this very payment of the gateway's. After the bank's challenge a page may name what was under review
/// instead of repeating its request: that is the same payment, and letting go of it first would end it.
fn hands_over(request: &CheckoutPaymentRequest, gateway_reference: Option<&str>) -> bool {
    request.request_type == RequestType::PostAuth && gateway_reference == Some(request.payment_token.expose())
}

fn is_same_cart(operation: &Operation, asker: &Asker<'_>) -> bool {
    asker.parts.get(fingerprint::CART) == operation.fingerprint.get(fingerprint::CART)
}

/// The gateway's reference of the payment that this operation waits for the bank with.
fn reviewed(operation: &Operation) -> Option<&str> {
    let step = operation.steps.get(operation.open_step_to_resolve()?)?;
    step.outcome.as_ref()?.gateway_reference.as_deref()
}

/// The payment that the page hands over stands for the cart already (the gateway told of it, or the page repeats itself): its answer.
fn handed_over_again(state: &mut State, request: &CheckoutPaymentRequest, asker: &Asker<'_>) -> Option<Begun> {
    let record_id = &state.group.live.as_ref()?.record_id;
    let (reference, operation_id) = match state.group.authorization(record_id) {
        Some(hold) => (&hold.gateway_reference, &hold.operation_id),
        None => state.group.payment(record_id).map(|payment| (&payment.gateway_reference, &payment.operation_id))?,
    };
    if !hands_over(request, reference.as_deref()) {
        return None;
    }
    let id = operation_id.clone();
    let operation =
        state.operation_mut(&id).filter(|operation| !operation.is_active() && is_same_cart(operation, asker))?;
    Some(deliver(operation, asker))
}

/// Gives the operation's answer to this request, and from now on to every repeat under its key.
fn deliver(operation: &mut Operation, asker: &Asker<'_>) -> Begun {
    operation.deliver(asker, reply::answer).unwrap_or_else(|| Begun::Answered(reply::conflict()))
}

fn new_state(checkout: &Checkout, env: &mut Env) -> State {
    let id = env.ids.next(IdKind::PaymentGroup);
    State::new(PaymentGroup::new(id, checkout.webstore_id.clone(), checkout.id.clone(), env.now))
}

/// A release of which nobody knows is not planned a second time: it is owed, and the operation has it as it is. It may be of a part
/// only: a capture that was to take the rest has failed since. Then the rest is planned.
fn release_steps(state: &State, releasable: &Releasable, env: &mut Env) -> Result<Vec<Step>, EngineError> {
    let mut steps: Vec<Step> = state.unknown_reversals_of(&releasable.record_id).map(Step::as_release).collect();
    let mut rest = releasable.money.amount();
    for unknown in &steps {
        rest = rest.checked_sub(unknown.amount)?;
    }
    if rest.is_positive() {
        let money = Money::new(rest, releasable.money.currency()).map_err(|_| EngineError::Amount)?;
        let step = Step::planned(Role::Release, releasable.operation, money, &mut env.ids);
        steps.push(step.on(&releasable.record_id, releasable.gateway_reference.as_deref()));
    }
    Ok(steps)
}

/// The id of the saved method that the request names. A gateway's own transaction, and a purchase order, are not looked for.
fn saved_method(request: &CheckoutPaymentRequest) -> Option<&str> {
    let token = Some(request.payment_token.expose()).filter(|_| request.request_type == RequestType::Auth);
    token.filter(|token| IdKind::PaymentMethod.is_meant_by(token))
}

/// The saved method, if it is the checkout's account's. That there is one of another account can't be told from there being none.
fn usable<'a>(
    account: Option<&'a Account>,
    id: &str,
    setting: &Setting,
    env: &Env,
) -> Result<&'a PaymentMethod, Refusal> {
    let own = account.filter(|account| setting.checkout.account_id.as_ref() == Some(&account.id));
    let method = own.ok_or(Unusable::Unknown).and_then(|own| own.usable(id, &env.gateway.provider, env.now));
    method.map_err(|why| Refusal::Invalid { problems: vec![Problem::new(PAYMENT_TOKEN, &why.message())] })
}

/// The payer, where known, as the records name it.
fn payer(checkout: &Checkout) -> Texts {
    checkout.account_id.iter().map(|id| ("AccountId".to_owned(), id.clone())).collect()
}

/// `first` lets go of what was given up unfinished and is nobody's, whatever the policy; `releases` of the cart's payment.
fn plan(
    request: CheckoutPaymentRequest,
    parts: Texts,
    first: Vec<Step>,
    releases: Vec<Step>,
    method: Option<&PaymentMethod>,
    setting: &Setting,
    env: &mut Env,
) -> Result<Plan, EngineError> {
    let mut steps = first;
    let mut purchase_order_number = None;
    let operation = match request.request_type {
        RequestType::Auth => Some(GatewayOperation::Authorize),
        RequestType::PostAuth => Some(GatewayOperation::PostAuth),
        RequestType::SimplePurchaseOrder => None,
    };
    match operation {
        Some(operation) => {
            let money =
                Money::new(setting.checkout.amount, setting.checkout.currency).map_err(|_| EngineError::Amount)?;
            let mut take = Step::planned(Role::Take, operation, money, &mut env.ids)
                .with_token(request.payment_token)
                .with_details(payer(&setting.checkout));
            if let Some(method) = method {
                take = take.paid_with(method);
            }
            match setting.release_order {
                ReleaseOrder::ReleaseFirst => {
                    steps.extend(releases);
                    steps.push(take);
                }
                ReleaseOrder::AuthorizeFirst => {
                    steps.push(take);
                    steps.extend(releases);
                }
            }
        }
        None => {
            steps.extend(releases);
            purchase_order_number = Some(request.payment_token.expose().to_owned());
        }
    }
    Ok(Plan {
        kind: OperationKind::CheckoutPayment,
        steps,
        intent: Some(Intent {
            kind: request.request_type.as_str().to_owned(),
            digest: setting.checkout.digest.clone(),
            billing_address: request.billing_address,
            payments_data: request.payments_data,
            purchase_order_number,
        }),
        idempotency_key: setting.idempotency_key.clone(),
        fingerprint: parts,
        extras: method.and_then(|method| method.customer_reference.clone()).map(CallExtras::of_customer),
    })
}
