//! A request about saved payment methods: a transaction as text whose rows are states (`docs/core.md`, A transaction).

use super::context::{read, read_state};
use super::loaded::Loaded;
use super::step::{Broken, broken};
use super::transaction::{LoadedRow, Name, Transaction, Written};
use crate::domain::id::{IdKind, IdSource};
use crate::domain::input::refusal::Refusal;
use crate::domain::json::{ReadError, json_object};
use crate::domain::timestamp::Timestamp;
use crate::engine::State;
use crate::gateway::Capabilities;
use crate::payments::answer::of_refusal;
use crate::prelude::*;

json_object! {
    /// The host's context of a request about saved payment methods.
    pub struct MethodContext {
        /// The host's clock.
        pub now: Timestamp = "now",
        /// 32 hex digits, fresh for every call.
        pub entropy: String = "entropy",
        /// The adapter's capabilities.
        pub gateway: Capabilities = "gateway",
        /// The payment method that the address names.
        pub payment_method_id: Option<String> = "paymentMethodId",
        /// The account that is meant.
        pub account_id: Option<String> = "accountId",
        /// The merchant account that the address names, at which the method must be.
        pub merchant_account_id: Option<String> = "merchantAccountId",
        /// The key of the group that has payment methods to be saved.
        pub group_key: Option<String> = "groupKey",
        /// The operation whose answer is wanted.
        pub operation_id: Option<String> = "operationId",
        /// How many are wanted on a page.
        pub page_size: Option<String> = "pageSize",
        /// What the page before said.
        pub page_token: Option<String> = "pageToken",
        /// The store keeps rows: what is written comes with its own.
        pub rows: bool = "rows",
        /// The rows that were asked for, in the order of their values.
        pub loaded: Vec<LoadedRow> = "loaded",
    }
}

/// The key of an account's row.
#[must_use]
pub fn account_key(id: &str) -> Name {
    Name::Key(["account/", id].concat())
}

/// What refuses a request by itself.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Transaction {
    Transaction::answer(of_refusal(refusal))
}

/// A request under way: what the host said, and the rows it has read.
#[derive(Debug)]
pub struct Request<'r> {
    /// What the host said.
    pub context: MethodContext,
    /// Where new ids come from.
    pub ids: IdSource,
    loaded: Loaded<'r>,
}

/// Runs a request and writes what it came to as text.
pub fn run(context: &str, rows: &str, run: &mut dyn FnMut(&mut Request<'_>) -> Result<Transaction, Broken>) -> String {
    let result = Request::read(context, rows).and_then(|mut request| run(&mut request));
    result.map_or_else(|why| broken(&why), Transaction::text)
}

impl<'r> Request<'r> {
    fn read(context: &str, rows: &'r str) -> Result<Self, Broken> {
        let mut context: MethodContext = read("context", context)?;
        let ids = IdSource::new(context.now, &context.entropy)
            .ok_or_else(|| ReadError::expected("32 hex digits").under("context.entropy"))?;
        let loaded = Loaded::of(core::mem::take(&mut context.loaded), rows)?;
        Ok(Self { context, ids, loaded })
    }

    /// Whether all these rows were read.
    #[must_use]
    pub fn has(&self, names: &[Name]) -> bool {
        self.loaded.has(names)
    }

    /// The state in the row of this name, with its key; `None` when there is no such row.
    ///
    /// # Errors
    /// When what is stored is no state.
    pub fn state(&self, name: &Name) -> Result<Option<(String, State)>, Broken> {
        let Some((key, text)) = self.loaded.find(name) else { return Ok(None) };
        Ok(key.map(str::to_owned).zip(read_state(text)?))
    }

    /// The state of an account: the stored one, or a new one.
    ///
    /// # Errors
    /// When what is stored is no state.
    pub fn account(&mut self, id: &str) -> Result<(String, State), Broken> {
        let name = account_key(id);
        let known = self.state(&name)?;
        Ok(known.unwrap_or_else(|| {
            let group_id = self.ids.next(IdKind::PaymentGroup);
            (name.text().to_owned(), State::of_account(group_id, id.to_owned(), self.context.now))
        }))
    }

    /// A state, to be written.
    #[must_use]
    pub fn written(&self, key: String, state: &State) -> Written {
        Written::of_state(key, state, &self.context.gateway.provider, self.context.rows)
    }
}
