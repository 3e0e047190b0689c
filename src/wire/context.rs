//! What the host says with each call: the time, entropy, the gateway's capabilities, the checkout (`docs/core.md`, Context).

use crate::checkout::checkout_facts::Checkout;
use crate::checkout::reentrancy::ReleaseOrder;
use crate::domain::id::IdSource;
use crate::domain::json::{Json, ReadError, json_object, parse};
use crate::domain::timestamp::Timestamp;
use crate::engine::{Env, State};
use crate::gateway::Capabilities;
use crate::payments::operation::PaymentsOperation;
use crate::prelude::*;
use crate::records::Account;

json_object! {
    /// The host's context.
    pub struct Context {
        /// The host's clock.
        pub now: Timestamp = "now",
        /// 32 hex digits, fresh for every call.
        pub entropy: String = "entropy",
        /// The adapter's capabilities.
        pub gateway: Option<Capabilities> = "gateway",
        /// No process drives this group's running operation.
        pub take_over: bool = "takeOver",
        /// Recovery without back-off: when this pass began.
        pub pass_started_at: Option<Timestamp> = "passStartedAt",
        /// The call that was answered.
        pub call_id: Option<String> = "callId",
        /// The version of the interface.
        pub api_version: Option<String> = "apiVersion",
        /// The checkout, as it is now.
        pub checkout: Option<Checkout> = "checkout",
        /// The web store's policy.
        pub release_order: Option<ReleaseOrder> = "releaseOrder",
        /// The client's idempotency key.
        pub idempotency_key: Option<String> = "idempotencyKey",
        /// The request's media type.
        pub content_type: Option<String> = "contentType",
        /// The media type the client wants.
        pub accept: Option<String> = "accept",
        /// The earlier operation was tried in this request already.
        pub resolved: bool = "resolved",
        /// With a request of the payments API: what is asked for.
        pub operation: Option<PaymentsOperation> = "operation",
        /// The state of the account that has the saved payment method which the request names; empty when there is none.
        pub account: Option<String> = "account",
        /// The record in the path.
        pub target_id: Option<String> = "targetId",
        /// The number to give if the order is placed now.
        pub order_reference_number: Option<String> = "orderReferenceNumber",
        /// The store can be queried: a commit comes with its rows.
        pub rows: bool = "rows",
    }
}

/// What a commit needs beside the state.
#[derive(Debug)]
pub struct Keeping {
    /// The gateway of the group's payments.
    pub provider: String,
    /// The store keeps rows.
    pub rows: bool,
}

impl Context {
    /// What the engine needs of it.
    ///
    /// # Errors
    /// When the entropy or the gateway is missing.
    pub fn env(&self) -> Result<Env, ReadError> {
        let ids = IdSource::new(self.now, &self.entropy)
            .ok_or_else(|| ReadError::expected("32 hex digits").under("entropy"))?;
        let gateway = self.capabilities()?;
        Ok(Env { now: self.now, ids, gateway, take_over: self.take_over, force_before: self.pass_started_at })
    }

    /// The account that was looked for: `None` when it was not, `Some(None)` when there is none.
    ///
    /// # Errors
    /// When what was found is not an account's state.
    pub fn found_account(&self) -> Result<Option<Option<Account>>, ReadError> {
        let Some(text) = &self.account else { return Ok(None) };
        let state = read_state(text).map_err(|error| error.under("context.account"))?;
        Ok(Some(state.and_then(|state| state.account)))
    }

    /// What a commit of this call needs; without a gateway, as far as the host has said.
    #[must_use]
    pub fn keeping(&self) -> Keeping {
        let provider = self.gateway.as_ref().map(|gateway| gateway.provider.clone()).unwrap_or_default();
        Keeping { provider, rows: self.rows }
    }

    /// What the gateway's adapter can do.
    ///
    /// # Errors
    /// When it is missing.
    pub fn capabilities(&self) -> Result<Capabilities, ReadError> {
        self.gateway.clone().ok_or_else(|| ReadError::expected("an object").under("gateway"))
    }
}

/// Reads a text the host handed in.
///
/// # Errors
/// When it is not JSON of the expected form; `name` says which text.
pub fn read<T: Json>(name: &str, text: &str) -> Result<T, ReadError> {
    let value = parse(text).map_err(|_| ReadError::expected("JSON").under(name))?;
    T::read(&value).map_err(|error| error.under(name))
}

/// Reads the stored state; empty while there is none.
///
/// # Errors
/// When it is not a state of this version.
#[inline(never)] // as `step::state_text`
pub fn read_state(text: &str) -> Result<Option<State>, ReadError> {
    if text.is_empty() {
        return Ok(None);
    }
    let state: State = read("state", text)?;
    if state.schema == crate::engine::state::SCHEMA {
        Ok(Some(state))
    } else {
        Err(ReadError::expected("schema 1").under("state"))
    }
}
