//! One request of the payments API: from the request to a plan, past whatever is under way in its group.

use super::answer;
use super::methods::of_request;
use super::operation::PaymentsOperation;
use super::request::PaymentsRequest;
use super::rules::{self, Target};
use crate::domain::currency::Currency;
use crate::domain::error_code::ErrorCode;
use crate::domain::id::IdKind;
use crate::domain::money::Money;
use crate::domain::sorted::Texts;
use crate::engine::{
    self, Asker, Begun, EngineError, Env, KeyUse, Operation, OperationKind, OperationStatus, Plan, Role, State, Step,
    StepStatus, differing_parts,
};
use crate::gateway::GatewayOperation;
use crate::prelude::*;
use crate::records::{Account, PaymentGroup};

/// What comes with a request beside its body.
#[derive(Debug)]
pub struct Setting {
    /// The record in the path.
    pub target: Option<String>,
    /// The client's idempotency key.
    pub idempotency_key: Option<String>,
    /// What was under way has been asked about during this request already.
    pub resolved: bool,
    /// The account that has the saved payment method which the request names, once the host has looked for it.
    pub account: Option<Option<Account>>,
}

/// Decides about a request. `state` is `None` while its group is to be made.
///
/// # Errors
/// When the state is damaged.
pub fn begin(
    state: &mut Option<State>,
    request: PaymentsRequest,
    setting: &Setting,
    env: &mut Env,
) -> Result<Begun, EngineError> {
    let parts = request.fingerprint.clone();
    let asker = Asker { key: setting.idempotency_key.as_deref(), parts: &parts, now: env.now };
    if let Some(state) = state.as_mut() {
        state.operations.iter_mut().for_each(|operation| operation.forget_old_keys(env.now));
        match state.use_of_key(&asker, "") {
            KeyUse::Other(parts) => return Ok(Begun::Answered(other_request(&parts))),
            KeyUse::Answered(id) => return Ok(deliver(state, &id, &asker)),
            KeyUse::Open => {}
            KeyUse::None if !belongs(state, &request, setting) => return Ok(Begun::Elsewhere),
            KeyUse::None => {}
        }
        if let Some(begun) = meet_active(state, &asker, setting, env)? {
            return Ok(begun);
        }
        let unheard = state.operations.iter().rev().find(|operation| operation.kind == OperationKind::Payments);
        if let Some(id) =
            unheard.filter(|operation| operation.is_unheard() && is_of(operation, &parts)).map(|each| each.id.clone())
        {
            return Ok(deliver(state, &id, &asker));
        }
    }
    let method = match request.saved_method_id().map(str::to_owned) {
        None => None,
        Some(id) => {
            let Some(account) = &setting.account else { return Ok(Begun::NeedsMethod(id)) };
            match of_request::usable(account.as_ref(), &id, &request, &env.gateway, env.now) {
                Ok(method) => Some(method),
                Err(refusal) => return Ok(Begun::Answered(*refusal)),
            }
        }
    };
    let mut step = match planned(state.as_ref(), &request, setting, env)? {
        Ok(step) => step,
        Err(refusal) => return Ok(Begun::Answered(*refusal)),
    };
    let mut extras = request.extras.clone();
    if let Some(method) = method {
        step = step.paid_with(method);
        extras.customer_reference.clone_from(&method.customer_reference);
    }
    let state = state.get_or_insert_with(|| new_state(&request, env));
    let plan = Plan {
        kind: OperationKind::Payments,
        steps: vec![step],
        intent: None,
        idempotency_key: setting.idempotency_key.clone(),
        fingerprint: parts,
        extras: Some(extras),
    };
    let (id, progress) = engine::begin(state, plan, env)?;
    Ok(Begun::Own(id, progress))
}

/// Whether the request is about this group: its record, or the group that it names.
fn belongs(state: &State, request: &PaymentsRequest, setting: &Setting) -> bool {
    if state.account.is_some() || request.operation == PaymentsOperation::Tokenize {
        let own = state.account.as_ref().is_some_and(|account| Some(&account.id) == request.account_id.as_ref());
        return own && request.operation == PaymentsOperation::Tokenize;
    }
    match &setting.target {
        Some(target) => state.group.status_of(target).is_some(),
        None => request.group_id.as_ref().is_some_and(|id| *id == state.group.id),
    }
}

/// Something is under way in the group. Either this request resumes it, or it is settled first, or this one has to wait.
fn meet_active(
    state: &mut State,
    asker: &Asker<'_>,
    setting: &Setting,
    env: &mut Env,
) -> Result<Option<Begun>, EngineError> {
    let in_the_way = || state.operations.iter().rev().filter(|operation| operation.is_in_the_way());
    if let Some(running) = in_the_way().find(|operation| operation.status == OperationStatus::Running) {
        if running.is_held(env.now) && !env.take_over {
            return Ok(Some(Begun::Answered(answer::conflict())));
        }
        return earlier(state, running.id.clone(), env).map(Some);
    }
    let same = |operation: &&Operation| operation.kind == OperationKind::Payments && is_of(operation, asker.parts);
    if let Some(reviewed) = in_the_way().filter(|operation| operation.waits_for_review()).find(same) {
        let (id, undelivered) = (reviewed.id.clone(), reviewed.undelivered);
        if undelivered {
            // A challenge that nobody has seen is shown, not gone on with.
            return Ok(Some(deliver(state, &id, asker)));
        }
        if !state.operation_mut(&id).is_some_and(|operation| operation.keep_key_of(asker)) {
            return Ok(Some(Begun::Answered(answer::conflict())));
        }
        let progress = engine::try_reviewed_again(state, &id, env)?;
        return Ok(Some(Begun::Own(id, progress)));
    }
    let unresolved = in_the_way().find(|operation| operation.status == OperationStatus::Unresolved);
    if let Some(unresolved) = unresolved {
        let id = unresolved.id.clone();
        if !setting.resolved || unresolved.waits_for_its_turn() {
            return earlier(state, id, env).map(Some);
        }
        if in_the_way().filter(|operation| operation.status == OperationStatus::Unresolved).any(|each| same(&each)) {
            return Ok(Some(deliver(state, &id, asker)));
        }
        let is_hold = |step: &Step| {
            step.status() != StepStatus::Unknown || !(step.may_have_charged() || step.target_id.is_some())
        };
        if !unresolved.steps.iter().all(is_hold) {
            return Ok(Some(Begun::Answered(answer::indeterminate())));
        }
    }
    // A payment of the shopper's that waits will let go of what was there when it was planned: nothing of that may change.
    let will_release = |operation: &Operation| {
        operation.steps.iter().any(|step| step.role == Role::Release && step.status() == StepStatus::Planned)
    };
    Ok(in_the_way().any(will_release).then(|| Begun::Answered(answer::conflict())))
}

/// The parts that only say which group is meant. A request for a new group can't name it; its repeat, once it is known, does.
const GROUP: [&str; 2] = ["paymentGroup", "paymentGroupId"];

/// Whether the operation was begun with this request, by whatever it found its way into the group.
fn is_of(operation: &Operation, parts: &Texts) -> bool {
    differing_parts(parts, &operation.fingerprint).iter().all(|part| GROUP.contains(part))
}

fn earlier(state: &mut State, id: String, env: &mut Env) -> Result<Begun, EngineError> {
    let progress = engine::resolve(state, &id, env)?;
    Ok(Begun::Earlier(id, progress))
}

fn deliver(state: &mut State, id: &str, asker: &Asker<'_>) -> Begun {
    let now = state.operation(id).map(|operation| answer::answer(state, operation));
    let delivered = state.operation_mut(id).zip(now).and_then(|(operation, now)| operation.deliver(asker, |_| now));
    delivered.unwrap_or_else(|| Begun::Answered(answer::conflict()))
}

type Planned = Result<Step, Box<engine::Answer>>;

/// The one step of the plan, or the answer that says why there is none.
fn planned(
    state: Option<&State>,
    request: &PaymentsRequest,
    setting: &Setting,
    env: &mut Env,
) -> Result<Planned, EngineError> {
    let operation = request.operation.of_gateway();
    let details = request.details.clone();
    if let Some(id) = setting.target.as_deref().filter(|_| request.operation.acts_on_record()) {
        let target = state.map_or(Ok(None), |state| Target::of(state, request.operation, id))?;
        let (Some(state), Some(target)) = (state, target) else {
            return Ok(Err(Box::new(no_such_record(request.operation))));
        };
        let money = match target.money(state, request, env.now) {
            Ok(money) => money,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut step = step(operation, money, env).on(&target.id, target.gateway_reference.as_deref());
        // What the later record shares with the one it takes from (`reference` §4.1).
        let shared = ["AccountId", "PaymentGatewayId", "PaymentMethodId"];
        step.details = target.details.into_iter().filter(|(name, _)| shared.contains(&name.as_str())).collect();
        step.details.extend(details);
        return Ok(Ok(step));
    }
    if let Err(refusal) = rules::gateway(request, &env.gateway) {
        return Ok(Err(refusal));
    }
    if request.operation == PaymentsOperation::Tokenize {
        return Ok(tokenization(state, request, env));
    }
    let money = match rules::new_money(state, request, &env.gateway) {
        Ok(money) => money,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut step = step(operation, money, env).with_details(details);
    step.token = request.method.as_ref().map(|method| method.token.clone());
    let id = env.ids.next(IdKind::PaymentMethod);
    step.method = request.method_to_save(id, &env.gateway, env.now);
    Ok(Ok(step))
}

/// No money moves: the gateway is given the single-use token, and gives one that lasts.
fn tokenization(state: Option<&State>, request: &PaymentsRequest, env: &mut Env) -> Planned {
    let mut step =
        step(GatewayOperation::Tokenize, Money::zero(Currency::NONE), env).with_details(request.details.clone());
    step.token = request.method.as_ref().map(|method| method.token.clone());
    step.method = request.method_to_save(step.reference.clone(), &env.gateway, env.now);
    step.details.extend(request.account_id.clone().map(|id| ("AccountId".to_owned(), id)));
    let account = state.and_then(|state| state.account.as_ref());
    match (account, &step.method) {
        (Some(account), Some(method)) if !account.has_room_for(method) => {
            let message = "The account has as many payment methods as it may have.";
            Err(Box::new(answer::refused(422, ErrorCode::LimitExceeded, message, &[])))
        }
        _ => Ok(step),
    }
}

fn step(operation: GatewayOperation, money: Money, env: &mut Env) -> Step {
    Step::planned(Role::Take, operation, money, &mut env.ids)
}

fn new_state(request: &PaymentsRequest, env: &mut Env) -> State {
    let id = env.ids.next(IdKind::PaymentGroup);
    if let Some(account) = request.account_id.clone().filter(|_| request.operation == PaymentsOperation::Tokenize) {
        return State::of_account(id, account, env.now);
    }
    let mut group = PaymentGroup::new(id, String::new(), String::new(), env.now);
    let currency = request.currency.map(|currency| ("CurrencyIsoCode".to_owned(), currency.code().to_owned()));
    let source = request.source_object_id.clone().map(|id| ("SourceObjectId".to_owned(), id));
    group.details.extend(currency.into_iter().chain(source));
    State::new(group)
}

fn other_request(parts: &[String]) -> engine::Answer {
    let message =
        ["This idempotency key was first used for another request. It differs in: ", &parts.join(", "), "."].concat();
    answer::refused(422, ErrorCode::IdempotencyKeyReused, &message, parts)
}

/// The record in the path is not one that the operation can act on.
#[must_use]
pub fn no_such_record(operation: PaymentsOperation) -> engine::Answer {
    let what = if operation == PaymentsOperation::Refund { "payment" } else { "payment authorization" };
    answer::refused(404, ErrorCode::NotFound, &["There is no such ", what, "."].concat(), &[])
}
