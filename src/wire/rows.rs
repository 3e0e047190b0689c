//! A request that reads and changes rows of the store and calls no gateway, as text (`docs/core.md`, Rows). The core names the rows it needs; the
//! host reads them and asks again; the core gives back those that changed, and the host commits all of them or none.

use super::context::{read, read_state};
use super::step::{Broken, broken};
use crate::domain::id::{IdKind, IdSource};
use crate::domain::input::refusal::Refusal;
use crate::domain::json::{Amounts, Json, ReadError, Writer, json_object};
use crate::domain::timestamp::Timestamp;
use crate::engine::{Answer, State};
use crate::gateway::Capabilities;
use crate::payments::answer::of_refusal;

json_object! {
    /// A row that was asked for.
    pub struct LoadedRow {
        /// What it was asked for by: its key, or a text of its index.
        pub name: String = "name",
        /// Its key; none when there is no such row.
        pub key: Option<String> = "key",
    }
}

json_object! {
    /// The host's context of a request about rows.
    pub struct RowsContext {
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
        /// The rows that were asked for, in the order of their values.
        pub loaded: Vec<LoadedRow> = "loaded",
    }
}

/// The name of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// By the store's key.
    Key(String),
    /// By a text of its index.
    Index(String),
}

impl Name {
    /// The key of an account's row.
    #[must_use]
    pub fn of_account(id: &str) -> Self {
        Self::Key(["account/", id].concat())
    }

    fn text(&self) -> &str {
        match self {
            Self::Key(text) | Self::Index(text) => text,
        }
    }
}

/// What the host has to do.
#[derive(Debug)]
pub enum Rows {
    /// Read these rows, and ask again.
    Load(Vec<Name>),
    /// Commit these states, if there are any; then answer.
    Done(Vec<(String, State)>, Answer),
}

impl From<Answer> for Rows {
    fn from(answer: Answer) -> Self {
        Self::Done(Vec::new(), answer)
    }
}

impl From<Refusal> for Rows {
    fn from(refusal: Refusal) -> Self {
        of_refusal(&refusal).into()
    }
}

/// A request under way: what the host said, and the rows it has read.
#[derive(Debug)]
pub struct Request<'r> {
    /// What the host said.
    pub context: RowsContext,
    /// Where new ids come from.
    pub ids: IdSource,
    values: Vec<&'r str>,
}

/// Runs a request and writes what it came to as text.
pub fn run(context: &str, rows: &str, run: impl FnOnce(&mut Request<'_>) -> Result<Rows, Broken>) -> String {
    let result = Request::read(context, rows).and_then(|mut request| {
        let provider = request.context.gateway.provider.clone();
        run(&mut request).map(|rows| rows.text(&provider))
    });
    result.unwrap_or_else(|why| broken(&why))
}

impl<'r> Request<'r> {
    fn read(context: &str, rows: &'r str) -> Result<Self, Broken> {
        let context: RowsContext = read("context", context)?;
        let ids = IdSource::new(context.now, &context.entropy)
            .ok_or_else(|| ReadError::expected("32 hex digits").under("context.entropy"))?;
        let values: Vec<&str> = if context.loaded.is_empty() { Vec::new() } else { rows.split('\n').collect() };
        if values.len() != context.loaded.len() {
            return Err(ReadError::expected("one line for each of context.loaded").under("rows").into());
        }
        Ok(Self { context, ids, values })
    }

    /// Whether all these rows were read.
    #[must_use]
    pub fn has(&self, names: &[Name]) -> bool {
        names.iter().all(|name| self.at(name).is_some())
    }

    /// The state in the row of this name, with its key; `None` when there is no such row.
    ///
    /// # Errors
    /// When what is stored is no state.
    pub fn state(&self, name: &Name) -> Result<Option<(String, State)>, Broken> {
        let Some(at) = self.at(name) else { return Ok(None) };
        let key = self.context.loaded.get(at).and_then(|row| row.key.clone());
        let state = read_state(self.values.get(at).copied().unwrap_or_default())?;
        Ok(key.zip(state))
    }

    /// The state of an account: the stored one, or a new one.
    ///
    /// # Errors
    /// When what is stored is no state.
    pub fn account(&mut self, id: &str) -> Result<(String, State), Broken> {
        let name = Name::of_account(id);
        let known = self.state(&name)?;
        Ok(known.unwrap_or_else(|| {
            let group_id = self.ids.next(IdKind::PaymentGroup);
            (name.text().to_owned(), State::of_account(group_id, id.to_owned(), self.context.now))
        }))
    }

    fn at(&self, name: &Name) -> Option<usize> {
        self.context.loaded.iter().position(|row| row.name == name.text())
    }
}

impl Rows {
    /// The lines: header, the answer's body, and the value of each row to be written.
    #[must_use]
    pub fn text(self, provider: &str) -> String {
        let mut writer = Writer::new(Amounts::Texts);
        writer.begin_object();
        let mut lines = Vec::new();
        match self {
            Self::Load(names) => {
                writer.key("load");
                writer.begin_array();
                for name in &names {
                    writer.begin_object();
                    writer.text_member(if matches!(name, Name::Key(_)) { "key" } else { "index" }, name.text());
                    writer.end_object();
                }
                writer.end_array();
            }
            Self::Done(states, answer) => {
                writer.member("status", &answer.status);
                writer.key("rows");
                writer.begin_array();
                states.iter().for_each(|(key, state)| header(&mut writer, key, state, provider));
                writer.end_array();
                lines.push(answer.body);
                lines.extend(states.iter().map(|(_, state)| {
                    let mut writer = Writer::new(Amounts::Texts);
                    state.write(&mut writer);
                    writer.finish()
                }));
            }
        }
        writer.end_object();
        lines.insert(0, writer.finish());
        lines.join("\n")
    }
}

fn header(writer: &mut Writer, key: &str, state: &State, provider: &str) {
    writer.begin_object();
    writer.text_member("key", key);
    if let Some(due) = state.due() {
        writer.key("due");
        writer.raw(&due.milliseconds().to_string());
    }
    writer.member("index", &state.index(provider));
    writer.end_object();
}
