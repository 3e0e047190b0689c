//! A store of many rows, and the loop of `docs/core.md`, A transaction, over the core's text functions.

use std::collections::BTreeMap;

use checkout_payments::domain::amount::Amount;
use checkout_payments::domain::currency::Currency;
use checkout_payments::domain::json::{Amounts, Json, Writer};
use checkout_payments::domain::sorted::Texts;
use checkout_payments::domain::timestamp::Timestamp;
use checkout_payments::engine::State;
use checkout_payments::records::{Payment, PaymentGroup, PaymentKind, Refund, TransactionStatus};
use checkout_payments::wire::context::read_state;
use checkout_payments::wire::{applications, invoices};
use serde_json::{Value, json};

use super::world::{Reply, START};

/// A function of the core that reads a body.
pub type Change = fn(&str, &str, &[u8]) -> String;

/// A row of the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub version: u64,
    pub value: String,
    pub index: Vec<String>,
}

/// The store, with a clock, and how many times the core was asked.
#[derive(Debug, Clone)]
pub struct Ledger {
    pub rows: BTreeMap<String, Row>,
    pub now: i64,
    pub level: Option<&'static str>,
    /// Before the first commit, somebody else writes this row once more.
    pub disturbed: Option<String>,
    pub asked: usize,
    entropy: u64,
}

impl Ledger {
    pub fn new() -> Self {
        Self { rows: BTreeMap::new(), now: START, level: None, disturbed: None, asked: 0, entropy: 0 }
    }

    pub fn at_level(level: &'static str) -> Self {
        Self { level: Some(level), ..Self::new() }
    }

    /// A payment in a group of its own.
    pub fn pay(&mut self, number: u32, amount: &str, currency: &str) -> String {
        let id = id_of("pay", number);
        let mut state = new_state(number);
        state.group.payments.push(payment(&id, amount, currency));
        self.put_group(number, &state);
        id
    }

    pub fn put_group(&mut self, number: u32, state: &State) {
        let key = group_key(number);
        let version = self.rows.get(&key).map_or(0, |row| row.version) + 1;
        self.rows.insert(key, Row { version, value: text(state), index: state.index("simulator") });
    }

    pub fn state(&self, number: u32) -> State {
        read_state(&self.rows[&group_key(number)].value).unwrap().unwrap()
    }

    /// Changes a group as something else than these requests would.
    pub fn change(&mut self, number: u32, change: impl FnOnce(&mut State)) {
        let mut state = self.state(number);
        change(&mut state);
        self.put_group(number, &state);
    }

    /// A refund of the payment with this number.
    pub fn refund(&mut self, number: u32, refund: u32, amount: &str, status: TransactionStatus) -> String {
        let id = id_of("ref", refund);
        self.change(number, |state| {
            let payment = &state.group.payments[0];
            let refund = Refund {
                id: id.clone(),
                status,
                amount: Amount::parse(amount).unwrap(),
                currency: payment.currency,
                payment_id: payment.id.clone(),
                gateway_reference: None,
                date: payment.date,
                operation_id: String::new(),
                details: Texts::new(),
            };
            state.group.refunds.push(refund);
        });
        id
    }

    /// A posted invoice with a line of each of these amounts, without tax; and the ids of the lines.
    pub fn invoice(&mut self, currency: &str, amounts: &[&str]) -> (String, Vec<String>) {
        let lines: Vec<Value> = amounts.iter().map(|amount| json!({"lineAmount": amount})).collect();
        let reply = self.ingest(&json!({"status": "Posted", "currencyIsoCode": currency, "lines": lines}));
        assert_eq!(reply.status, 201, "{reply:?}");
        let invoice = reply.json();
        let line_ids = invoice["lines"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned());
        (invoice["id"].as_str().unwrap().to_owned(), line_ids.collect())
    }

    pub fn ingest(&mut self, body: &Value) -> Reply {
        self.ask(invoices::ingest_invoice, json!({}), &body.to_string())
    }

    pub fn read_invoice(&mut self, id: &str) -> Value {
        serde_json::from_str(&self.read_invoice_text(id)).unwrap()
    }

    pub fn read_invoice_text(&mut self, id: &str) -> String {
        let read: Change = |context, rows, _| invoices::read_invoice(context, rows);
        self.ask(read, json!({"recordId": id}), "").body
    }

    pub fn apply(&mut self, payment: &str, to: &str, amount: &str) -> Reply {
        self.apply_with(payment, &json!({"appliedToId": to, "amount": amount}), json!({}))
    }

    pub fn apply_with(&mut self, payment: &str, body: &Value, facts: Value) -> Reply {
        self.ask(applications::apply_payment, merged(json!({"recordId": payment}), facts), &body.to_string())
    }

    pub fn unapply(&mut self, payment: &str, line: &str) -> Reply {
        self.ask(applications::unapply_payment, json!({"recordId": payment, "lineId": line}), "")
    }

    pub fn apply_refund(&mut self, refund: &str, to: &str, amount: &str) -> Reply {
        let body = json!({"appliedToId": to, "amount": amount}).to_string();
        self.ask(applications::apply_refund, json!({"recordId": refund}), &body)
    }

    pub fn move_invoice(&mut self, change: Change, id: &str) -> Reply {
        self.ask(change, json!({"recordId": id}), "")
    }

    /// The loop. Whatever is refused has changed nothing.
    pub fn ask(&mut self, of: Change, facts: Value, body: &str) -> Reply {
        let before = self.rows.clone();
        let mut loaded: Vec<(String, Option<String>)> = Vec::new();
        for _ in 0..10 {
            let names: Vec<Value> = loaded.iter().map(named).collect();
            let context = merged(self.context(), merged(facts.clone(), json!({"loaded": names}))).to_string();
            let values: Vec<&str> = loaded.iter().map(|(_, key)| self.value(key.as_deref())).collect();
            let versions: BTreeMap<String, u64> =
                loaded.iter().filter_map(|(_, key)| self.version(key.as_ref()?)).collect();
            let text = of(&context, &values.join("\n"), body.as_bytes());
            self.asked += 1;
            let lines: Vec<&str> = text.split('\n').collect();
            let header: Value = serde_json::from_str(lines[0]).unwrap();
            if let Some(load) = header["load"].as_array() {
                assert_eq!(lines.len(), 1, "{text}");
                loaded = load.iter().map(|name| self.find(name)).collect();
                continue;
            }
            let status = header["status"].as_i64().unwrap();
            let rows = header["rows"].as_array().cloned().unwrap_or_default();
            // A bug of the host is told as a step, which has three lines.
            assert!(status == 500 || lines.len() == 2 + rows.len(), "{text}");
            assert!(rows.is_empty() || status < 300, "a refusal writes nothing: {text}");
            if let Some(key) = self.disturbed.take() {
                self.rows.get_mut(&key).unwrap().version += 1;
            }
            let expected = |row: &Value| versions.get(row["key"].as_str().unwrap()).copied().unwrap_or_default();
            let is_there = |row: &Value| self.rows.get(row["key"].as_str().unwrap()).map_or(0, |row| row.version);
            if rows.iter().any(|row| expected(row) != is_there(row)) {
                loaded = loaded.into_iter().map(|(name, _)| (name.clone(), self.key_of(&name))).collect();
                continue;
            }
            for (row, value) in rows.iter().zip(&lines[2..]) {
                let key = row["key"].as_str().unwrap().to_owned();
                let texts = row["index"].as_array().cloned().unwrap_or_default();
                let index = texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect();
                self.rows.insert(key, Row { version: expected(row) + 1, value: (*value).to_owned(), index });
            }
            if status >= 300 {
                assert_eq!(self.rows, before, "{text}");
            }
            return Reply { status, body: lines[1].to_owned() };
        }
        panic!("the core wants more and more");
    }

    fn context(&mut self) -> Value {
        self.entropy += 1;
        let mut context = json!({
            "now": self.now,
            "entropy": format!("{:032x}", self.entropy << 16),
            "gateway": {"provider": "simulator", "keyWindowMs": 86_400_000, "inquire": []},
        });
        if let Some(level) = self.level {
            context["applicationLevel"] = json!(level);
        }
        context
    }

    fn find(&self, name: &Value) -> (String, Option<String>) {
        let name = name["key"].as_str().or(name["index"].as_str()).unwrap();
        (name.to_owned(), self.key_of(name))
    }

    fn key_of(&self, name: &str) -> Option<String> {
        let by_index =
            || self.rows.iter().find(|(_, row)| row.index.iter().any(|text| text == name)).map(|(key, _)| key.clone());
        if self.rows.contains_key(name) { Some(name.to_owned()) } else { by_index() }
    }

    fn value(&self, key: Option<&str>) -> &str {
        key.and_then(|key| self.rows.get(key)).map(|row| row.value.as_str()).unwrap_or_default()
    }

    fn version(&self, key: &str) -> Option<(String, u64)> {
        self.rows.get(key).map(|row| (key.to_owned(), row.version))
    }
}

fn named((name, key): &(String, Option<String>)) -> Value {
    match key {
        Some(key) => json!({"name": name, "key": key}),
        None => json!({"name": name}),
    }
}

fn merged(mut one: Value, other: Value) -> Value {
    for (key, value) in other.as_object().unwrap() {
        one[key] = value.clone();
    }
    one
}

/// `pay_00000000000000000000000007`
pub fn id_of(prefix: &str, number: u32) -> String {
    format!("{prefix}_{number:026}")
}

pub fn group_key(number: u32) -> String {
    format!("group/{number}")
}

pub fn text<T: Json>(value: &T) -> String {
    let mut writer = Writer::new(Amounts::Texts);
    value.write(&mut writer);
    writer.finish()
}

pub fn new_state(number: u32) -> State {
    let date = Timestamp::from_milliseconds(START).unwrap();
    State::new(PaymentGroup::new(id_of("pgrp", number), String::new(), String::new(), date))
}

pub fn payment(id: &str, amount: &str, currency: &str) -> Payment {
    let currency = Currency::parse(currency).unwrap();
    Payment {
        id: id.to_owned(),
        status: TransactionStatus::Processed,
        kind: PaymentKind::Sale,
        amount: Amount::parse(amount).unwrap().with_decimals(currency.decimals()).unwrap(),
        currency,
        payment_authorization_id: None,
        final_capture: false,
        gateway_reference: None,
        date: Timestamp::from_milliseconds(START).unwrap(),
        operation_id: String::new(),
        details: Texts::new(),
    }
}
