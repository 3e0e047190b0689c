//! A transaction as text: a request that changes rows of the store and calls no gateway (`docs/core.md`, A transaction).
//!
//! The core names the rows it needs; the host reads them and asks again; the core gives them back changed, and the host commits
//! all of them or none.

use super::context::{read, read_state};
use super::loaded::Loaded;
use super::step::{Broken, broken, state_text};
use crate::domain::api_version::ApiVersion;
use crate::domain::characters::count;
use crate::domain::error_code::ErrorCode;
use crate::domain::hash::hash;
use crate::domain::id::IdSource;
use crate::domain::input::{PlatformRefusal, Refusal};
use crate::domain::json::{Amounts, Json, ReadError, Writer, json_object};
use crate::domain::limits::IDEMPOTENCY_KEY_CHARS_MAX;
use crate::domain::sorted::{Sorted, Texts};
use crate::domain::timestamp::Timestamp;
use crate::engine::{Answer, KeptAnswer, State, differing_parts, kept_answer};
use crate::gateway::Capabilities;
use crate::payments::not_done::NotDone;
use crate::payments::rows::{Row, invoice_rows, rows};
use crate::prelude::*;
use crate::records::invoice::INVOICE_SCHEMA;
use crate::records::{Invoice, SettlementLevel, StoredInvoice};

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
    /// The host's context of a transaction.
    pub struct TransactionContext {
        /// The host's clock.
        pub now: Timestamp = "now",
        /// 32 hex digits, fresh for every call.
        pub entropy: String = "entropy",
        /// The adapter's capabilities.
        pub gateway: Option<Capabilities> = "gateway",
        /// The version of the interface.
        pub api_version: Option<String> = "apiVersion",
        /// The client's idempotency key.
        pub idempotency_key: Option<String> = "idempotencyKey",
        /// The object that the address names, by its API name.
        pub object: Option<String> = "object",
        /// The record that the address names.
        pub record_id: Option<String> = "recordId",
        /// The line of it that the address names.
        pub line_id: Option<String> = "lineId",
        /// The level at which the store applies payments; lines when it is left out.
        pub application_level: Option<SettlementLevel> = "applicationLevel",
        /// The store keeps the records as rows, too.
        pub rows: bool = "rows",
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

/// A row to be written.
#[derive(Debug)]
pub struct Written {
    key: String,
    value: String,
    due: Option<i64>,
    index: Vec<String>,
    rows: Vec<Row>,
}

/// What the host has to do.
#[derive(Debug)]
pub enum Transaction {
    /// Read these rows, and ask again.
    Load(Vec<Name>),
    /// Commit these rows, if there are any; then answer.
    Done(Vec<Written>, Answer),
}

/// A request under way: what the host said, and the rows it has read.
#[derive(Debug)]
pub struct Request<'r> {
    /// What the host said.
    pub context: TransactionContext,
    /// Where new ids come from.
    pub ids: IdSource,
    loaded: Loaded<'r>,
}

/// Why a transaction ends early.
#[derive(Debug)]
pub enum Stop {
    /// With rows to read, or an answer.
    Transaction(Transaction),
    /// Because of a bug of the host, or a damaged store.
    Broken(Broken),
}

impl<E: Into<Broken>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

impl From<PlatformRefusal> for Stop {
    fn from(refusal: PlatformRefusal) -> Self {
        let answer = Answer { status: refusal.status, body: refusal.body() };
        Self::Transaction(Transaction::Done(Vec::new(), answer))
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        PlatformRefusal::from(refusal).into()
    }
}

impl From<NotDone> for Stop {
    fn from(reason: NotDone) -> Self {
        match reason {
            NotDone::Refused(refusal) => refusal.into(),
            NotDone::Broken(error) => error.into(),
        }
    }
}

/// What a transaction does.
type Run<'f> = &'f mut dyn FnMut(&mut Request<'_>) -> Result<Transaction, Stop>;

/// Runs a transaction of the resources that exist since 64.0, and writes it as text.
pub fn transact(context: &str, rows: &str, run: Run<'_>) -> String {
    transact_in_any_version(context, rows, &mut |request| {
        if !ApiVersion::parse_or_newest(request.context.api_version.as_deref())
            .map_err(Refusal::from)?
            .supports_applications()
        {
            return Err(Refusal::NotFound { message: "This resource exists since version 64.0.".to_owned() }.into());
        }
        run(request)
    })
}

/// Runs a transaction and writes it as text.
pub fn transact_in_any_version(context: &str, rows: &str, run: Run<'_>) -> String {
    let result = Request::read(context, rows).map_err(Stop::from).and_then(|mut request| {
        request.check()?;
        run(&mut request)
    });
    match result {
        Ok(transaction) | Err(Stop::Transaction(transaction)) => transaction.text(),
        Err(Stop::Broken(why)) => broken(&why),
    }
}

impl<'r> Request<'r> {
    fn read(context: &str, rows: &'r str) -> Result<Self, Broken> {
        let mut context: TransactionContext = read("context", context)?;
        let ids = IdSource::new(context.now, &context.entropy)
            .ok_or_else(|| ReadError::expected("32 hex digits").under("context.entropy"))?;
        let loaded = Loaded::of(core::mem::take(&mut context.loaded), rows)?;
        Ok(Self { context, ids, loaded })
    }

    /// The idempotency key, before the body is looked at.
    fn check(&self) -> Result<(), Refusal> {
        let key = self.context.idempotency_key.as_ref();
        if key.is_some_and(|key| count(key) > IDEMPOTENCY_KEY_CHARS_MAX) {
            return Err(Refusal::misshapen("", "The idempotency key is too long.", None));
        }
        Ok(())
    }

    /// The record that the address names.
    ///
    /// # Errors
    /// When the host does not say.
    pub fn record_id(&self) -> Result<String, ReadError> {
        self.context.record_id.clone().ok_or_else(|| ReadError::expected("a string").under("context.recordId"))
    }

    /// The line that the address names.
    ///
    /// # Errors
    /// When the host does not say.
    pub fn line_id(&self) -> Result<String, ReadError> {
        self.context.line_id.clone().ok_or_else(|| ReadError::expected("a string").under("context.lineId"))
    }

    /// Goes on once all these rows were read; until then the host is asked for them.
    ///
    /// # Errors
    /// [`Stop`] while one is missing.
    pub fn need(&self, names: &[Name]) -> Result<(), Stop> {
        let mut names = names.to_vec();
        names.extend(self.kept_answer_name());
        if self.loaded.has(&names) {
            return Ok(());
        }
        Err(Stop::Transaction(Transaction::Load(names)))
    }

    fn kept_answer_name(&self) -> Option<Name> {
        self.context.idempotency_key.as_ref().map(|key| Name::Key(KeptAnswer::row_key(key)))
    }

    /// The row's key and value; nothing when there is none.
    #[must_use]
    pub fn row(&self, name: &Name) -> Option<(&str, &'r str)> {
        let (key, text) = self.loaded.find(name)?;
        key.filter(|_| !text.is_empty()).map(|key| (key, text))
    }

    /// The payment group that has the record of this id, with its key.
    ///
    /// # Errors
    /// When what is stored is no group.
    pub fn group(&self, record_id: &str) -> Result<Option<(String, State)>, ReadError> {
        let Some((key, value)) = self.row(&Name::Index(record_id.to_owned())) else { return Ok(None) };
        Ok(read_state(value)?.map(|state| (key.to_owned(), state)))
    }

    /// The invoice in the row of this name, with its key.
    ///
    /// # Errors
    /// When what is stored is no invoice.
    pub fn invoice(&self, name: &Name) -> Result<Option<(String, Invoice)>, ReadError> {
        let Some((key, value)) = self.row(name) else { return Ok(None) };
        let stored: StoredInvoice = read("invoice", value)?;
        check_schema(stored.schema, INVOICE_SCHEMA, "invoice")?;
        Ok(Some((key.to_owned(), stored.invoice)))
    }

    /// The answer that was given to this request under its idempotency key, if it was.
    ///
    /// # Errors
    /// 422 when the key was used for another request; the parts that differ are named.
    pub fn repeated(&self, parts: &Texts) -> Result<Option<Answer>, Stop> {
        let Some((_, value)) = self.kept_answer_name().and_then(|name| self.row(&name)) else { return Ok(None) };
        let kept: KeptAnswer = read("idempotency", value)?;
        check_schema(kept.schema, kept_answer::KEPT_ANSWER_SCHEMA, "idempotency")?;
        if kept.is_old(self.context.now) {
            return Ok(None);
        }
        let nothing = Sorted::new();
        let differing = differing_parts(parts, kept.kept.fingerprint.as_ref().unwrap_or(&nothing));
        if differing.is_empty() { Ok(Some(kept.answer)) } else { Err(other_request(&differing).into()) }
    }

    /// The rows, and the answer, which is kept under the idempotency key of the request.
    #[must_use]
    pub fn done(&self, mut rows: Vec<Written>, parts: Texts, answer: Answer) -> Transaction {
        if let Some(key) = &self.context.idempotency_key {
            let kept = KeptAnswer::new(key, parts, answer.clone(), self.context.now);
            rows.push(Written::of(KeptAnswer::row_key(key), &kept));
        }
        Transaction::Done(rows, answer)
    }

    /// A payment group, to be written.
    #[must_use]
    pub fn written_group(&self, key: String, state: &State) -> Written {
        let provider = self.context.gateway.as_ref().map(|gateway| gateway.provider.as_str()).unwrap_or_default();
        Written::of_state(key, state, provider, self.context.rows)
    }

    /// An invoice, to be written. It is found by its id and those of its lines.
    #[must_use]
    pub fn written_invoice(&self, key: String, invoice: Invoice) -> Written {
        let lines = invoice.lines.iter().map(|line| line.id.clone());
        let index = core::iter::once(invoice.id.clone()).chain(lines).collect();
        let rows = if self.context.rows { invoice_rows(&invoice) } else { Vec::new() };
        Written { index, rows, ..Written::of(key, &StoredInvoice { schema: INVOICE_SCHEMA, invoice }) }
    }
}

/// The key of an invoice's row.
#[must_use]
pub fn invoice_key(id: &str) -> Name {
    Name::Key(["invoice/", id].concat())
}

fn check_schema(found: u32, known: u32, name: &str) -> Result<(), ReadError> {
    if found == known { Ok(()) } else { Err(ReadError::expected("a schema that this version knows").under(name)) }
}

/// The parts are told of by the names of members; where the address differs, by `address`.
fn other_request(parts: &[&str]) -> PlatformRefusal {
    let message =
        ["The idempotency key was used for another request. It differs in: ", &parts.join(", "), ". Use a new key."];
    PlatformRefusal::not_possible(ErrorCode::IdempotencyKeyReused, &message.concat(), parts)
}

/// The fingerprint of a request with its address: one key is for one request, whatever that is for.
#[must_use]
pub fn with_address(mut parts: Texts, address: &[&str]) -> Texts {
    parts.insert("address".to_owned(), hash(&address.join(" ")));
    parts
}

impl Name {
    /// What it says.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Key(text) | Self::Index(text) => text,
        }
    }
}

impl Written {
    /// A state, with its rows where the store keeps them.
    #[must_use]
    pub fn of_state(key: String, state: &State, provider: &str, keeps_rows: bool) -> Self {
        let due = state.due().map(Timestamp::milliseconds);
        let rows = if keeps_rows { rows(state, provider) } else { Vec::new() };
        Self { key, value: state_text(state), due, index: state.index(provider), rows }
    }

    /// A row that is never due and is found by its key alone.
    #[must_use]
    pub fn of<T: Json>(key: String, value: &T) -> Self {
        let mut writer = Writer::new(Amounts::Texts);
        value.write(&mut writer);
        Self { key, value: writer.finish(), due: None, index: Vec::new(), rows: Vec::new() }
    }

    fn header(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.text_member("key", &self.key);
        if let Some(due) = self.due {
            writer.key("due");
            writer.raw(&due.to_string());
        }
        writer.member("index", &self.index);
        if !self.rows.is_empty() {
            writer.member("rows", &self.rows);
        }
        writer.end_object();
    }
}

impl Transaction {
    /// An answer that changes nothing.
    #[must_use]
    pub fn answer(answer: Answer) -> Self {
        Self::Done(Vec::new(), answer)
    }

    /// The lines: header, nothing, the answer's body, and the value of each row to be written.
    #[must_use]
    pub fn text(self) -> String {
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
            Self::Done(rows, answer) => {
                writer.member("status", &answer.status);
                writer.key("rows");
                writer.begin_array();
                rows.iter().for_each(|row| row.header(&mut writer));
                writer.end_array();
                lines.push(answer.body);
                lines.extend(rows.into_iter().map(|row| row.value));
            }
        }
        writer.end_object();
        lines.insert(0, writer.finish());
        lines.join("\n")
    }
}
