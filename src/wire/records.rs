//! Records made, changed and given up by a person, text in and text out (`docs/core.md`, A transaction).

use super::transaction::{Name, Request, Stop, Transaction, Written, transact_in_any_version, with_address};
use crate::domain::error_code::ErrorCode;
use crate::domain::input::PlatformRefusal;
use crate::domain::json::ReadError;
use crate::engine::{Answer, State};
use crate::payments::by_hand::{self, Facts, References, object_of, read};
use crate::payments::made_record::made;
use crate::payments::objects::{Object, Property};
use crate::prelude::*;
use crate::records::{PaymentMethod, TransactionKind};

/// Makes a record: a draft, or one of what happened outside; or a payment group.
#[must_use]
pub fn create_record(context: &str, rows: &str, body: &[u8]) -> String {
    transact_in_any_version(context, rows, &mut |request| try_write(request, Act::Create, body))
}

/// Changes a record, or moves its status.
#[must_use]
pub fn update_record(context: &str, rows: &str, body: &[u8]) -> String {
    transact_in_any_version(context, rows, &mut |request| try_write(request, Act::Update, body))
}

/// Gives a draft up.
#[must_use]
pub fn give_up_record(context: &str, rows: &str) -> String {
    transact_in_any_version(context, rows, &mut |request| try_write(request, Act::GiveUp, &[]))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Create,
    Update,
    GiveUp,
}

const NO_RECORD: &str = "There is no such record.";

fn try_write(request: &mut Request<'_>, act: Act, body: &[u8]) -> Result<Transaction, Stop> {
    let (kind, object) = named_object(request)?;
    let (own, verb) = match act {
        Act::Create => (None, "create"),
        Act::Update | Act::GiveUp => {
            let id = request.record_id()?;
            if !kind.is_some_and(|kind| kind.id_kind().has_form(&id)) {
                return Err(PlatformRefusal::not_found(NO_RECORD).into());
            }
            (Some(id), if act == Act::Update { "update" } else { "giveUp" })
        }
    };
    let written = match act {
        Act::Create => read(object, Property::Create, body)?,
        Act::Update => read(object, Property::Update, body)?,
        Act::GiveUp => by_hand::Written::canceled(),
    };
    let mut names: Vec<Name> = own.iter().cloned().map(Name::Index).collect();
    request.need(&names)?;
    let found = match &own {
        None => None,
        Some(id) => {
            let found = request.group(id)?;
            let found = found.and_then(|(key, state)| state.group.transaction(id).map(|record| (key, state, record)));
            Some(found.ok_or_else(|| PlatformRefusal::not_found(NO_RECORD))?)
        }
    };
    let references = References::of(&written, kind, found.as_ref().map(|(_, _, before)| before));
    let parent = references.parent.as_ref().map(|(_, id)| id);
    let named = [references.group.as_ref(), parent, references.method.as_ref()];
    names.extend(named.into_iter().flatten().cloned().map(Name::Index));
    request.need(&names)?;
    let parts = with_address(written.fingerprint(), &[verb, object.name, own.as_deref().unwrap_or_default()]);
    if let Some(answer) = request.repeated(&parts)? {
        return Ok(Transaction::answer(answer));
    }
    let now = request.context.now;
    let Some(kind) = kind else {
        let state = by_hand::new_group(written, now, &mut request.ids);
        let answer = created(&state.group.id);
        return Ok(request.done(vec![request.written_group(new_key(&state), &state)], parts, answer));
    };
    let (key, mut state, before) = match found {
        Some((key, state, before)) => (key, state, Some(before)),
        None => match group_of(request, &references)? {
            Some((key, state)) => (key, state, None),
            None => {
                let state = by_hand::new_group(by_hand::Written::default(), now, &mut request.ids);
                (new_key(&state), state, None)
            }
        },
    };
    if let Some(before) = before.as_ref().filter(|_| act == Act::GiveUp) {
        by_hand::check_given_up(before)?;
    }
    let method = method_of(request, &references)?;
    let provider = request.context.gateway.as_ref().map(|gateway| gateway.provider.clone()).unwrap_or_default();
    let facts = Facts { provider: &provider, method: method.as_ref() };
    let id = by_hand::write(&mut state, kind, before.as_ref(), written, &facts, now, &mut request.ids)?;
    let answer = match (&id, act) {
        (Some(id), Act::Create) => created(id),
        _ => Answer { status: 204, body: String::new() },
    };
    let rows: Vec<Written> = id.map(|_| request.written_group(key, &state)).into_iter().collect();
    Ok(request.done(rows, parts, answer))
}

/// The object that the address names.
fn named_object(request: &Request<'_>) -> Result<(Option<TransactionKind>, &'static Object), Stop> {
    let name = request.context.object.as_deref();
    let name = name.ok_or_else(|| ReadError::expected("a string").under("context.object"))?;
    Ok(object_of(name).ok_or_else(|| PlatformRefusal::not_found("There is no such object, or it is only read."))?)
}

/// The group that the body names, or that of what the record takes from; none when it names neither.
fn group_of(request: &Request<'_>, references: &References) -> Result<Option<(String, State)>, Stop> {
    let named = references.group.as_ref().map(|id| ("PaymentGroupId", id));
    let of_parent = references.parent.as_ref().map(|(field, id)| (*field, id));
    let mut found: Option<(String, State)> = None;
    for (field, id) in named.into_iter().chain(of_parent) {
        let has = |state: &State| {
            if field == "PaymentGroupId" { state.group.id == *id } else { state.group.transaction(id).is_some() }
        };
        let group = request.group(id)?.filter(|(_, state)| state.account.is_none() && has(state));
        let group = group.ok_or_else(|| by_hand::unknown(field))?;
        if found.as_ref().is_some_and(|(key, _)| *key != group.0) {
            let message = "What it takes from is in another payment group.";
            return Err(PlatformRefusal::not_possible(ErrorCode::FieldIntegrity, message, &[field]).into());
        }
        found = Some(group);
    }
    Ok(found)
}

/// The payment method that the body names, if there is one.
fn method_of(request: &Request<'_>, references: &References) -> Result<Option<PaymentMethod>, Stop> {
    let Some(id) = &references.method else { return Ok(None) };
    let account = request.group(id)?.and_then(|(_, state)| state.account);
    Ok(account.and_then(|account| account.method(id).cloned()))
}

fn new_key(state: &State) -> String {
    ["payments/", &state.group.id].concat()
}

fn created(id: &str) -> Answer {
    Answer { status: 201, body: made(id) }
}
