//! The functions about saved payment methods, text in and text out (`docs/core.md`, A transaction).

use super::method_request::{Request, account_key, refusal as refused_request, run};
use super::step::Broken;
use super::transaction::{Name, Transaction};
use crate::domain::error_code::ErrorCode;
use crate::domain::json::{Amounts, ReadError, Writer};
use crate::domain::limits::PAGE_SIZE_MAX;
use crate::domain::sorted::Sorted;
use crate::engine::{Answer, OperationKind, State};
use crate::payments::answer::{self, of_refusal, refused};
use crate::payments::made_record::made;
use crate::payments::methods::change::{MethodChange, change};
use crate::payments::methods::import::{self, Row};
use crate::payments::methods::view;
use crate::payments::request::invalid;
use crate::prelude::*;
use crate::records::{PaymentMethod, Saved};

/// Saves what a payment group has for an account, in one commit of both; the answer is the operation's, which names the method now.
#[must_use]
pub fn save_payment_methods(context: &str, rows: &str) -> String {
    run(context, rows, &mut try_save)
}

/// Changes a payment method.
#[must_use]
pub fn change_payment_method(context: &str, rows: &str, body: &[u8]) -> String {
    run(context, rows, &mut |request| match MethodChange::read(body) {
        Ok(change) => try_change(request, change),
        Err(refusal) => Ok(refused_request(&refusal)),
    })
}

/// Gives a payment method up.
#[must_use]
pub fn cancel_payment_method(context: &str, rows: &str) -> String {
    run(context, rows, &mut |request| try_change(request, MethodChange::cancel()))
}

/// One payment method.
#[must_use]
pub fn read_payment_method(context: &str, rows: &str) -> String {
    run(context, rows, &mut |request| {
        let found = match find(request)? {
            Ok(found) => found,
            Err(transaction) => return Ok(transaction),
        };
        Ok(Transaction::answer(Answer { status: 200, body: view::method(&found.method, request.context.now) }))
    })
}

/// A page of an account's payment methods.
#[must_use]
pub fn list_payment_methods(context: &str, rows: &str) -> String {
    run(context, rows, &mut try_list)
}

/// Saves one payment method whose token was made elsewhere.
#[must_use]
pub fn import_payment_method(context: &str, rows: &str, body: &[u8]) -> String {
    run(context, rows, &mut |request| match import::read_one(body, &request.context.gateway, request.context.now) {
        Ok(row) => try_import(request, vec![row], one_imported),
        Err(refusal) => Ok(refused_request(&refusal)),
    })
}

/// Saves many, and tells of each.
#[must_use]
pub fn import_payment_methods(context: &str, rows: &str, body: &[u8]) -> String {
    run(context, rows, &mut |request| match import::read(body, &request.context.gateway, request.context.now) {
        Ok(rows) => try_import(request, rows, |report| Answer { status: 200, body: import::report(report) }),
        Err(refusal) => Ok(refused_request(&refusal)),
    })
}

fn try_save(request: &mut Request<'_>) -> Result<Transaction, Broken> {
    let missing = |name: &str| ReadError::expected("a string").under(name);
    let group_key = request.context.group_key.clone().ok_or_else(|| missing("context.groupKey"))?;
    let account_id = request.context.account_id.clone().ok_or_else(|| missing("context.accountId"))?;
    let names = [Name::Key(group_key), account_key(&account_id)];
    if !request.has(&names) {
        return Ok(Transaction::Load(names.into()));
    }
    let [group, _] = &names;
    let Some((key, mut state)) = request.state(group)? else { return Ok(Transaction::answer(nothing())) };
    let (key_of_account, mut account_state) = request.account(&account_id)?;
    let waiting = state.methods_to_save.len();
    if let Some(account) = &mut account_state.account {
        state.save_methods(account, request.context.now);
    }
    let changed = state.methods_to_save.len() < waiting;
    let ids: Vec<String> = state.operations.iter().map(|operation| operation.id.clone()).collect();
    for id in ids.iter().filter(|_| changed) {
        answer_anew(&mut state, id);
    }
    let wanted = request.context.operation_id.as_deref().and_then(|id| state.operation(id));
    let answer = wanted.and_then(|operation| operation.answer.clone()).unwrap_or_else(nothing);
    let rows = [(key, state), (key_of_account, account_state)];
    let rows = rows.into_iter().filter(|_| changed).map(|(key, state)| request.written(key, &state));
    Ok(Transaction::Done(rows.collect(), answer))
}

/// A stored answer names the method that was saved.
fn answer_anew(state: &mut State, operation_id: &str) {
    let Some(operation) = state.operation(operation_id) else { return };
    if operation.kind != OperationKind::Payments || operation.answer.is_none() {
        return;
    }
    let now = answer::answer(state, operation);
    if let Some(operation) = state.operation_mut(operation_id) {
        operation.answer = Some(now);
    }
}

fn nothing() -> Answer {
    Answer { status: 200, body: "{}".to_owned() }
}

struct Found {
    key: String,
    state: State,
    method: PaymentMethod,
}

/// The method that the address names, or what is to be done first.
fn find(request: &Request<'_>) -> Result<Result<Found, Transaction>, Broken> {
    let id = request.context.payment_method_id.clone();
    let id = id.ok_or_else(|| ReadError::expected("a string").under("context.paymentMethodId"))?;
    let name = Name::Index(id.clone());
    if !request.has(core::slice::from_ref(&name)) {
        return Ok(Err(Transaction::Load(vec![name])));
    }
    let at_merchant = |method: &PaymentMethod| match &request.context.merchant_account_id {
        Some(merchant) => method.merchant_account_id.as_ref() == Some(merchant) || method.gateway_id == *merchant,
        None => true,
    };
    let found = request.state(&name)?.and_then(|(key, state)| {
        let method = state.account.as_ref()?.method(&id).filter(|method| at_merchant(method))?.clone();
        Some(Found { key, state, method })
    });
    Ok(found
        .ok_or_else(|| Transaction::answer(refused(404, ErrorCode::NotFound, "There is no such payment method.", &[]))))
}

fn try_change(request: &Request<'_>, asked: MethodChange) -> Result<Transaction, Broken> {
    let Found { key, mut state, method } = match find(request)? {
        Ok(found) => found,
        Err(transaction) => return Ok(transaction),
    };
    let now = request.context.now;
    let Some(account) = &mut state.account else { return Ok(Transaction::answer(nothing())) };
    let before = account.clone();
    if let Err(refusal) = change(account, &method.id, asked, now) {
        return Ok(Transaction::answer(*refusal));
    }
    let changed = account.method(&method.id).unwrap_or(&method);
    let answer = Answer { status: 200, body: view::method(changed, now) };
    let is_changed = *account != before;
    Ok(Transaction::Done(is_changed.then(|| request.written(key, &state)).into_iter().collect(), answer))
}

fn try_list(request: &mut Request<'_>) -> Result<Transaction, Broken> {
    let context = &request.context;
    let Some(account_id) = context.account_id.clone().filter(|id| !id.is_empty()) else {
        return Ok(refused_request(&invalid("accountId", "A value is required.")));
    };
    let size = context.page_size.as_deref().map_or(Some(PAGE_SIZE_MAX), |size| size.parse().ok());
    let Some(size) = size.filter(|size| (1..=PAGE_SIZE_MAX).contains(size)) else {
        let detail = ["Must be a whole number from 1 to ", &PAGE_SIZE_MAX.to_string(), "."].concat();
        return Ok(refused_request(&invalid("pageSize", &detail)));
    };
    let name = account_key(&account_id);
    if !request.has(core::slice::from_ref(&name)) {
        return Ok(Transaction::Load(vec![name]));
    }
    let account = request.state(&name)?.and_then(|(_, state)| state.account);
    let page = view::page(account.as_ref(), request.context.page_token.as_deref(), size, request.context.now);
    let answer = page.map(|body| Answer { status: 200, body });
    let no_page = || of_refusal(&invalid("pageToken", "No page of this account begins here."));
    Ok(Transaction::answer(answer.unwrap_or_else(no_page)))
}

fn try_import(
    request: &mut Request<'_>,
    rows: Vec<Row>,
    answer: fn(&import::Report) -> Answer,
) -> Result<Transaction, Broken> {
    let accounts = import::accounts_of(&rows);
    let names: Vec<Name> = accounts.iter().map(|id| account_key(id)).collect();
    if !request.has(&names) {
        return Ok(Transaction::Load(names));
    }
    let mut keys = Sorted::new();
    let mut states = Sorted::new();
    for id in accounts {
        let (key, state) = request.account(&id)?;
        keys.insert(id.clone(), (key, state.account.clone()));
        states.insert(id, state);
    }
    let now = request.context.now;
    let report = import::save(rows, &mut states, &mut request.ids, now);
    let changed = states.into_iter().filter_map(|(id, state)| {
        let (key, before) = keys.remove(&id)?;
        (state.account != before).then(|| request.written(key, &state))
    });
    Ok(Transaction::Done(changed.collect(), answer(&report)))
}

/// As the platform answers to a record that is made (`reference` §4.9).
fn one_imported(report: &import::Report) -> Answer {
    match report.first() {
        Some(Ok(saved)) => {
            let status = if matches!(saved, Saved::Made(_)) { 201 } else { 200 };
            Answer { status, body: made(saved.id()) }
        }
        Some(Err(errors)) => {
            let mut writer = Writer::new(Amounts::Numbers);
            writer.list(errors, |writer, error| error.write(writer));
            Answer { status: 400, body: writer.finish() }
        }
        None => nothing(),
    }
}
