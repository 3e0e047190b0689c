//! An invoice brought in by the back office: an extension of ours, for the platform documents none that takes whole invoices one at a
//! time (`docs/decisions.md`, Invoices).
//!
//! The order of precedence: 400 for a body that is too large, empty, not JSON, not an object, or has a member that is unknown, of
//! the wrong type or missing, of the invoice first and then of each line; then 422 for all values that are not acceptable.

use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::date::Date;
use crate::domain::hash::hash;
use crate::domain::id::{IdKind, IdSource};
use crate::domain::input::amount_rules::{AmountRules, in_currency};
use crate::domain::input::members::{check, given, read_body};
use crate::domain::input::schema::{Field, Kind};
use crate::domain::input::shape::path_of;
use crate::domain::input::text_rules::TextRules;
use crate::domain::input::{Problem, Refusal};
use crate::domain::json::{Amounts, Json, Value, Writer};
use crate::domain::limits::{FOREIGN_ID_CHARS_MAX, INVOICE_BODY_BYTES_MAX, INVOICE_LINES_MAX, INVOICE_NAME_CHARS_MAX};
use crate::domain::money::Money;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::prelude::*;
use crate::records::state_table::IllegalMove;
use crate::records::{Invoice, InvoiceEvent, InvoiceLine, InvoiceLineType, InvoiceStatus};

/// An invoice to be made, complete but for its ids, its times and its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRequest {
    draft: Invoice,
    /// It is to be posted at once.
    is_posted: bool,
    has_invoice_date: bool,
}

const STATUS: &str = "status";
const UNIQUE_IDENTIFIER: &str = "uniqueIdentifier";
const BILLING_ACCOUNT_ID: &str = "billingAccountId";
const CURRENCY: &str = "currencyIsoCode";
const INVOICE_DATE: &str = "invoiceDate";
const DUE_DATE: &str = "dueDate";
const SHOULD_EXCLUDE_PAYMENT: &str = "shouldExcludePayment";
const LINES: &str = "lines";

const TYPE: &str = "type";
const NAME: &str = "name";
const PRODUCT_ID: &str = "productId";
const QUANTITY: &str = "quantity";
const UNIT_PRICE: &str = "unitPrice";
const LINE_AMOUNT: &str = "lineAmount";
const TAX_AMOUNT: &str = "taxAmount";

const IDENTIFIER: TextRules = TextRules::required(INVOICE_NAME_CHARS_MAX);
const FOREIGN_ID: TextRules = TextRules::required(FOREIGN_ID_CHARS_MAX);
const LINE_NAME: TextRules = TextRules::optional(INVOICE_NAME_CHARS_MAX);
const STATUSES: &[&str] = &[InvoiceStatus::Draft.as_str(), InvoiceStatus::Posted.as_str()];
const LINE_TYPES: &[&str] =
    &[InvoiceLineType::Charge.as_str(), InvoiceLineType::Adjustment.as_str(), InvoiceLineType::Tax.as_str()];

/// The body: an invoice.
pub const INVOICE: &[Field] = &[
    Field::needed(CURRENCY, Kind::Currency),
    Field::needed(LINES, Kind::List(LINE, 1, INVOICE_LINES_MAX)),
    Field::allowed(STATUS, Kind::Exactly(STATUSES)),
    Field::allowed(UNIQUE_IDENTIFIER, Kind::Text(IDENTIFIER)),
    Field::allowed(BILLING_ACCOUNT_ID, Kind::Text(FOREIGN_ID)),
    Field::allowed(INVOICE_DATE, Kind::Day),
    Field::allowed(DUE_DATE, Kind::Day),
    Field::allowed(SHOULD_EXCLUDE_PAYMENT, Kind::Flag),
];

/// One of its lines.
pub const LINE: &[Field] = &[
    Field::needed(LINE_AMOUNT, Kind::AmountOrZero),
    Field::allowed(TAX_AMOUNT, Kind::AmountOrZero),
    Field::allowed(TYPE, Kind::Exactly(LINE_TYPES)),
    Field::allowed(NAME, Kind::Text(LINE_NAME)),
    Field::allowed(PRODUCT_ID, Kind::Text(FOREIGN_ID)),
    Field::allowed(QUANTITY, Kind::AmountOrZero),
    Field::allowed(UNIT_PRICE, Kind::AmountOrZero),
];

impl InvoiceRequest {
    /// Reads and validates a body. An invoice without a date is of today.
    ///
    /// # Errors
    /// A [`Refusal`], by the order of precedence of this module.
    pub fn read(body: &[u8], now: Timestamp) -> Result<Self, Refusal> {
        let body = read_body(body, INVOICE_BODY_BYTES_MAX)?;
        let lines = check_shape(&body)?;
        let mut reader = Reader { problems: Vec::new() };
        let is_posted = reader.is_posted(&body);
        let invoice_date = reader.date(&body, INVOICE_DATE);
        let unique_identifier = reader.text(&body, "", UNIQUE_IDENTIFIER, IDENTIFIER);
        let account_id = reader.text(&body, "", BILLING_ACCOUNT_ID, FOREIGN_ID);
        let due_date = reader.date(&body, DUE_DATE);
        reader.count(lines);
        let Some(currency) = reader.currency(&body) else {
            // What an amount may be depends on it.
            return Err(Refusal::Invalid { problems: reader.problems });
        };
        // So many lines can't all be told of; their number was.
        let told = lines.iter().take(INVOICE_LINES_MAX).enumerate();
        let draft = Invoice {
            id: String::new(),
            status: InvoiceStatus::Draft,
            unique_identifier,
            account_id,
            currency,
            invoice_date: invoice_date.unwrap_or_else(|| Date::of(now)),
            due_date,
            date: now,
            posted_date: None,
            ended_date: None,
            should_exclude_payment: given(&body, SHOULD_EXCLUDE_PAYMENT) == Some(&Value::Bool(true)),
            net_payments_applied: Money::zero(currency).amount(),
            net_credits_applied: Money::zero(currency).amount(),
            settlement_level: None,
            full_settlement_date: None,
            lines: told.map(|(at, line)| reader.line(line, &line_path(at), currency)).collect(),
        };
        if draft.total_amount_with_tax().is_err() {
            reader.problems.push(Problem::new(LINES, "The total has more than 18 digits."));
        }
        if reader.problems.is_empty() {
            Ok(Self { draft, is_posted, has_invoice_date: invoice_date.is_some() })
        } else {
            Err(Refusal::Invalid { problems: reader.problems })
        }
    }

    /// The name by which whoever brings it tells it from others.
    #[must_use]
    pub fn unique_identifier(&self) -> Option<&str> {
        self.draft.unique_identifier.as_deref()
    }

    /// A hash of each part, so that the same invoice again is recognised and a difference can be named.
    #[must_use]
    pub fn fingerprint(&self) -> Texts {
        let draft = &self.draft;
        let invoice_date = self.has_invoice_date.then_some(draft.invoice_date);
        [
            (STATUS, text_of(&self.is_posted)),
            (UNIQUE_IDENTIFIER, text_of(&draft.unique_identifier)),
            (BILLING_ACCOUNT_ID, text_of(&draft.account_id)),
            (CURRENCY, text_of(&draft.currency)),
            (INVOICE_DATE, text_of(&invoice_date)),
            (DUE_DATE, text_of(&draft.due_date)),
            (SHOULD_EXCLUDE_PAYMENT, text_of(&draft.should_exclude_payment)),
            (LINES, text_of(&draft.lines)),
        ]
        .into_iter()
        .map(|(part, text)| (part.to_owned(), hash(&text)))
        .collect()
    }

    /// The invoice, posted if it is to be.
    ///
    /// # Errors
    /// When the table of its statuses does not let a draft be posted.
    pub fn into_invoice(self, now: Timestamp, ids: &mut IdSource) -> Result<Invoice, IllegalMove> {
        let mut invoice = Invoice { id: ids.next(IdKind::Invoice), ..self.draft };
        for line in &mut invoice.lines {
            line.id = ids.next(IdKind::InvoiceLine);
        }
        if self.is_posted {
            invoice.take(InvoiceEvent::Post, now)?;
        }
        Ok(invoice)
    }
}

fn check_shape<'v, 'a>(body: &'v Value<'a>) -> Result<&'v [Value<'a>], Refusal> {
    check("", body, INVOICE)?;
    let Some(Value::Array(lines)) = body.get(LINES) else { return Ok(&[]) };
    for (at, line) in lines.iter().enumerate() {
        check(&line_path(at), line, LINE)?;
    }
    Ok(lines)
}

fn line_path(at: usize) -> String {
    [LINES, ".", &at.to_string()].concat()
}

fn text_of<T: Json>(value: &T) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    value.write(&mut writer);
    writer.finish()
}

/// Reads values, and keeps what is wrong with them.
struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn is_posted(&mut self, body: &Value<'_>) -> bool {
        let status = given(body, STATUS).and_then(Value::text);
        if status.is_some_and(|status| !STATUSES.contains(&status)) {
            self.problems.push(Problem::new(STATUS, "An invoice is brought in as Draft or Posted."));
        }
        status == Some(InvoiceStatus::Posted.as_str())
    }

    fn currency(&mut self, body: &Value<'_>) -> Option<Currency> {
        let currency = body.get(CURRENCY).and_then(Value::text).and_then(Currency::parse);
        if currency.is_none() {
            self.problems.push(Problem::new(CURRENCY, "The ISO 4217 code of a currency in use is expected."));
        }
        currency
    }

    fn date(&mut self, body: &Value<'_>, name: &str) -> Option<Date> {
        let text = given(body, name)?.text()?;
        let date = Date::parse(text);
        if date.is_none() {
            self.problems.push(Problem::new(name, "A day is expected, such as 2026-11-21."));
        }
        date
    }

    fn count(&mut self, lines: &[Value<'_>]) {
        if lines.is_empty() {
            self.problems.push(Problem::new(LINES, "An invoice has at least one line."));
        } else if lines.len() > INVOICE_LINES_MAX {
            let detail = ["At most ", &INVOICE_LINES_MAX.to_string(), " lines are allowed."].concat();
            self.problems.push(Problem::new(LINES, &detail));
        }
    }

    fn text(&mut self, object: &Value<'_>, parent: &str, name: &str, rules: TextRules) -> Option<String> {
        let text = given(object, name)?.text()?;
        self.problems.extend(rules.problem(&path_of(parent, name), text));
        Some(text.to_owned())
    }

    fn line(&mut self, line: &Value<'_>, path: &str, currency: Currency) -> InvoiceLine {
        let kind =
            given(line, TYPE).and_then(Value::text).map_or(Some(InvoiceLineType::Charge), InvoiceLineType::parse);
        if kind.is_none() {
            let detail = "One of Charge, Adjustment and Tax is expected.";
            self.problems.push(Problem::new(&path_of(path, TYPE), detail));
        }
        InvoiceLine {
            id: String::new(),
            kind: kind.unwrap_or(InvoiceLineType::Charge),
            name: self.text(line, path, NAME, LINE_NAME),
            product_id: self.text(line, path, PRODUCT_ID, FOREIGN_ID),
            quantity: self.number(line, path, QUANTITY),
            unit_price: self.number(line, path, UNIT_PRICE),
            line_amount: self.money(line, path, LINE_AMOUNT, currency),
            tax_amount: self.money(line, path, TAX_AMOUNT, currency),
            net_payments_applied: Money::zero(currency).amount(),
            net_credits_applied: Money::zero(currency).amount(),
        }
    }

    /// Nothing when it is left out.
    fn money(&mut self, line: &Value<'_>, path: &str, name: &str, currency: Currency) -> Amount {
        let Some(amount) = self.number(line, path, name) else { return Money::zero(currency).amount() };
        in_currency(&path_of(path, name), amount, currency).unwrap_or_else(|problem| {
            self.problems.push(problem);
            Money::zero(currency).amount()
        })
    }

    fn number(&mut self, line: &Value<'_>, path: &str, name: &str) -> Option<Amount> {
        let number = AmountRules::NotNegative.read(&path_of(path, name), given(line, name)?);
        number.map_err(|problem| self.problems.push(problem)).ok()
    }
}
