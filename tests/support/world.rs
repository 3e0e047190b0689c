//! The host: one group's row in a store, a clock, entropy, and the loop of `docs/core.md` over the core's text functions.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use checkout_payments::engine::{State, invariants};
use checkout_payments::wire::context::read_state;
use checkout_payments::wire::{core, methods, payments};
use serde_json::{Value, json};

use super::books;
use super::gateway::Gateway;
use super::step::Step;

/// What a shopper is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: i64,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// `201 Success`, `422 Decline /commerce/errors/payment-failure`, `409 CHECKOUT_CONFLICT`
    pub fn short(&self) -> String {
        let body = self.json();
        let code = body["salesforceResultCode"].as_str().or(body[0]["errorCode"].as_str()).unwrap_or("-");
        let error = body["errors"][0]["type"].as_str();
        [Some(self.status.to_string().as_str()), Some(code), error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The process died at this point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// The core has decided; nothing is written.
    BeforeFirstCommit,
    /// Written, and not sent.
    BeforeCall,
    /// Sent and answered; the core has not seen the answer.
    AfterCall,
    /// The core has seen the answer; that is not written.
    BeforeNextCommit,
    /// The payment is written; its method is not saved for the account.
    BeforeSaving,
    /// All is written; the client has not heard.
    BeforeAnswer,
}

/// The process died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crashed(pub Point);

/// The row of the group.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub version: u64,
    pub state: String,
    pub due: Option<i64>,
    pub index: Vec<String>,
}

/// What one run of the loop ended with.
#[derive(Debug)]
pub struct Ended {
    pub step: Step,
    /// Something was committed.
    pub moved: bool,
}

#[derive(Debug, Clone)]
pub struct World {
    pub row: Row,
    /// The row of the account's payment methods.
    pub account: Row,
    /// The state of the row, read once for all who look at it; and the version it is of.
    pub known: Option<(u64, Arc<State>)>,
    pub now: i64,
    pub gateway: Gateway,
    pub checkout: Value,
    pub release_order: &'static str,
    pub api_version: Option<&'static str>,
    pub take_over: bool,
    pub inquire: Value,
    pub not_found_after: Option<i64>,
    /// The gateway has decided what nobody was told of yet, so its books may be ahead of the records for a while.
    pub decides_silently: bool,
    /// Die at the point with this number, counted from 0.
    pub crash_at: Option<usize>,
    /// The points met so far.
    pub points: Vec<Point>,
    entropy: u64,
}

/// 2026-01-01T00:00:00Z
pub const START: i64 = 1_767_225_600_000;
/// A process that announced a call and is not heard of for so long is dead.
pub const HELD: i64 = 125_000;
pub const DAY: i64 = 86_400_000;

impl World {
    /// An open checkout of $129.90 without a payment.
    pub fn new() -> Self {
        Self {
            row: Row::default(),
            account: Row::default(),
            known: None,
            now: START,
            gateway: Gateway::new(DAY),
            checkout: json!({
                "id": "2z9000000000001AAA", "webstoreId": "0ZE000000000001GAA", "status": "open",
                "amount": "129.90", "currencyIsoCode": "USD", "digest": "cart-1",
            }),
            release_order: "release-first",
            api_version: None,
            take_over: false,
            inquire: json!(["ourReference", "gatewayReference"]),
            not_found_after: None,
            decides_silently: false,
            crash_at: None,
            points: Vec::new(),
            entropy: 0,
        }
    }

    /// Another total for the cart, and so another digest.
    pub fn cart_of(&mut self, amount: &str) {
        self.checkout["amount"] = json!(amount);
        self.checkout["digest"] = json!(format!("cart of {amount}"));
    }

    /// `beginCheckoutPayment` and all it leads to.
    pub fn try_pay(&mut self, body: &str, key: Option<&str>) -> Result<Reply, Crashed> {
        let body = body.as_bytes().to_vec();
        let facts = key.map_or_else(|| json!({}), |key| json!({"idempotencyKey": key}));
        let ended = self.run(|context, state| core::begin_checkout_payment(context, state, &body), &facts)?;
        Ok(reply(&ended.step))
    }

    /// The same, without a crash.
    pub fn pay(&mut self, body: &str, key: Option<&str>) -> Reply {
        self.try_pay(body, key).unwrap()
    }

    /// A request of the payments API, and all it leads to. `target`: the record in the path.
    pub fn try_back_office(
        &mut self,
        operation: &str,
        target: Option<&str>,
        body: &Value,
        key: Option<&str>,
    ) -> Result<Reply, Crashed> {
        let mut facts = json!({"operation": operation});
        if let Some(target) = target {
            facts["targetId"] = json!(target);
        }
        if let Some(key) = key {
            facts["idempotencyKey"] = json!(key);
        }
        let body = body.to_string().into_bytes();
        let ended = self.run(|context, state| payments::begin_payments(context, state, &body), &facts)?;
        if ended.step.header["elsewhere"] == true {
            return Ok(Reply { status: 404, body: "[{\"errorCode\":\"ELSEWHERE\"}]".to_owned() });
        }
        Ok(reply(&ended.step))
    }

    /// The same, without a crash and a key.
    pub fn back_office(&mut self, operation: &str, target: Option<&str>, body: &Value) -> Reply {
        self.try_back_office(operation, target, body, None).unwrap()
    }

    /// One piece of recovery; `false` when there was nothing to do.
    pub fn try_recover(&mut self, pass_started_at: Option<i64>) -> Result<bool, Crashed> {
        let facts = pass_started_at.map_or_else(|| json!({}), |at| json!({"passStartedAt": at}));
        let ended = self.run(core::recover, &facts)?;
        if ended.step.is_idle() {
            assert!(
                pass_started_at.is_some() || self.row.due.is_none_or(|due| due > self.now) || books::is_driven(self),
                "idle, though due: {:?}",
                self.row
            );
            return Ok(false);
        }
        Ok(true)
    }

    /// Recovery until there is nothing to do now.
    pub fn recover(&mut self) {
        for _ in 0..50 {
            if !self.try_recover(None).unwrap() {
                return;
            }
        }
        panic!("recovery does not come to an end: {}", self.row.state);
    }

    /// One pass without back-off.
    pub fn recover_all(&mut self) {
        let started = self.now;
        for _ in 0..50 {
            if !self.try_recover(Some(started)).unwrap() {
                return;
            }
        }
        panic!("a pass of recovery does not come to an end: {}", self.row.state);
    }

    /// Recovery, time moving on to whenever it is due next, until nothing is due or `passes` have been made.
    pub fn recover_for(&mut self, passes: usize) {
        for _ in 0..passes {
            self.recover();
            let Some(due) = self.row.due else { return };
            self.now = due;
        }
    }

    /// A verified notification; `true` when the group knows what it is about.
    pub fn try_notify(&mut self, notification: &Value) -> Result<bool, Crashed> {
        let text = notification.to_string();
        let ended = self.run(|context, state| core::notify(context, state, &text), &json!({}))?;
        // When the fact led to a call, the last answer is that of the operation.
        Ok(ended.step.body != "{\"matched\":false}")
    }

    /// The same, without a crash.
    pub fn notify(&mut self, notification: &Value) -> bool {
        self.try_notify(notification).unwrap()
    }

    /// The answer of a call that was sent before, when it comes; and all it leads to.
    pub fn answer(&mut self, call_id: &str, outcome: &Value) {
        let text = outcome.to_string();
        self.run(|context, state| core::advance(context, state, &text), &json!({"callId": call_id})).unwrap();
    }

    /// `placeOrder` with this number to give.
    pub fn try_place_order(&mut self, number: &str) -> Result<Reply, Crashed> {
        let ended = self.run(core::place_order, &json!({"orderReferenceNumber": number}))?;
        Ok(reply(&ended.step))
    }

    /// The same, without a crash.
    pub fn place_order(&mut self, number: &str) -> Reply {
        self.try_place_order(number).unwrap()
    }

    /// The view behind `GET …/payments`.
    pub fn view(&mut self) -> Value {
        serde_json::from_str(&self.view_text()).unwrap()
    }

    /// The same, as it is sent.
    pub fn view_text(&mut self) -> String {
        let ended = self.run(core::read_payments, &json!({})).unwrap();
        assert!(!ended.moved, "reading writes nothing");
        ended.step.body
    }

    /// The explanation behind `GET …/payments/explain`.
    pub fn explain(&mut self) -> Value {
        let ended = self.run(core::explain, &json!({})).unwrap();
        assert!(!ended.moved, "explaining writes nothing");
        serde_json::from_str(&ended.step.body).unwrap()
    }

    /// From here on the ids depend on the state alone, and on who asks, not on how often the core was called before: the same world
    /// goes on in the same way.
    pub fn draw_entropy_from_state(&mut self, who: usize) {
        let mut hasher = std::hash::DefaultHasher::new();
        (&self.row.state, who).hash(&mut hasher);
        self.entropy = hasher.finish() >> 1;
    }

    /// The context of one call of the core.
    pub fn context(&mut self, facts: &Value) -> String {
        self.entropy += 1;
        let mut context = json!({
            "now": self.now, "entropy": format!("{:032x}", u128::from(self.entropy) << 64),
            "gateway": {"provider": "simulator", "keyWindowMs": self.gateway.key_window, "inquire": self.inquire},
            "checkout": self.checkout, "releaseOrder": self.release_order, "takeOver": self.take_over,
        });
        if let Some(version) = self.api_version {
            context["apiVersion"] = json!(version);
        }
        if self.gateway.captures_once {
            context["gateway"]["captureReleasesRest"] = json!(true);
        }
        if let Some(after) = self.not_found_after {
            context["gateway"]["notFoundAfterMs"] = json!(after);
        }
        for (name, value) in facts.as_object().unwrap() {
            context[name] = value.clone();
        }
        context.to_string()
    }

    /// The host's loop.
    fn run(&mut self, ask: impl Fn(&str, &str) -> String, facts: &Value) -> Result<Ended, Crashed> {
        let mut answered: Option<(String, String)> = None;
        let (mut resolving, mut resolved, mut moved) = (false, false, false);
        let mut account: Option<String> = None;
        for _ in 0..100 {
            let mut facts = facts.clone();
            if let Some(account) = account.take() {
                facts["account"] = json!(account);
            }
            if resolved {
                facts["resolved"] = json!(true);
            }
            let text = match &answered {
                None => ask(&self.context(&facts), &self.row.state),
                Some((call_id, outcome)) => {
                    facts["callId"] = json!(call_id);
                    core::advance(&self.context(&facts), &self.row.state, outcome)
                }
            };
            let step = Step::read(&text);
            if let Some(id) = step.header["paymentMethodId"].as_str() {
                let known = self.account.index.iter().any(|text| text == id);
                account = Some(if known { self.account.state.clone() } else { String::new() });
                continue;
            }
            if step.header.get("saveForAccount").is_some() && step.header.get("operationId").is_none() {
                self.save_methods(&step)?;
                moved = true;
                continue;
            }
            if step.commits() {
                self.pass(if answered.is_some() { Point::BeforeNextCommit } else { Point::BeforeFirstCommit })?;
                self.commit(&step);
                moved = true;
            }
            if let Some(call) = step.call() {
                self.pass(Point::BeforeCall)?;
                let outcome = self.send(call);
                self.pass(Point::AfterCall)?;
                answered = Some((call["id"].as_str().unwrap().to_owned(), outcome.to_string()));
                resolving |= step.resolves();
            } else if resolving || step.resolves() {
                (answered, resolving, resolved) = (None, false, true);
            } else {
                let mut step = step;
                if step.header.get("saveForAccount").is_some() {
                    let answer = self.save_methods(&step)?;
                    (step.header["status"], step.body) = (json!(answer.status), answer.body);
                }
                if moved {
                    self.pass(Point::BeforeAnswer)?;
                }
                return Ok(Ended { step, moved });
            }
        }
        panic!("the core does not come to an end: {}", self.row.state);
    }

    /// What the group has for its account: both are written at once.
    fn save_methods(&mut self, step: &Step) -> Result<Reply, Crashed> {
        let mut facts = json!({"groupKey": "group", "accountId": step.header["saveForAccount"]});
        if let Some(id) = step.header.get("operationId") {
            facts["operationId"] = id.clone();
        }
        let transaction = self.about_rows(methods::save_payment_methods, &facts);
        self.pass(Point::BeforeSaving)?;
        Ok(self.write_rows(&transaction))
    }

    /// A function about rows, until it wants no more to be read. Nothing is written yet.
    pub fn about_rows(&mut self, ask: impl Fn(&str, &str) -> String, facts: &Value) -> Vec<String> {
        let mut facts = facts.clone();
        let mut rows = String::new();
        for _ in 0..3 {
            let text = ask(&self.context(&facts), &rows);
            let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            let header: Value = serde_json::from_str(&lines[0]).unwrap();
            assert_ne!(header["status"], 500, "{text}");
            let Some(names) = header["load"].as_array() else { return lines };
            let mut values = Vec::new();
            facts["loaded"] = names
                .iter()
                .map(|name| {
                    let text = name["key"].as_str().or(name["index"].as_str()).unwrap();
                    let is_group = text == "group";
                    let row = if is_group { &self.row } else { &self.account };
                    let is_there =
                        row.version > 0 && (name.get("key").is_some() || row.index.iter().any(|at| at == text));
                    values.push(if is_there { row.state.clone() } else { String::new() });
                    let key = if is_group { "group" } else { "account/001" };
                    if is_there { json!({"name": text, "key": key}) } else { json!({ "name": text }) }
                })
                .collect();
            rows = values.join("\n");
        }
        panic!("the core wants to read for ever")
    }

    /// Commits what such a function has changed, all at once.
    pub fn write_rows(&mut self, lines: &[String]) -> Reply {
        let header: Value = serde_json::from_str(&lines[0]).unwrap();
        for (row, state) in header["rows"].as_array().unwrap().iter().zip(&lines[2..]) {
            let due = row["due"].as_i64();
            let index = row["index"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect();
            let is_group = row["key"] == "group";
            let place = if is_group { &mut self.row } else { &mut self.account };
            *place = Row { version: place.version + 1, state: state.clone(), due, index };
            if let Some(state) = read_state(state).unwrap() {
                assert_eq!(invariants::broken(&state).unwrap(), None, "{row}");
            }
        }
        self.known = None;
        books::check(self);
        Reply { status: header["status"].as_i64().unwrap(), body: lines[1].clone() }
    }

    /// A request of the payments API about the account's methods, whose row it is then: a tokenization.
    pub fn try_tokenize(&mut self, body: &Value, key: Option<&str>) -> Result<Reply, Crashed> {
        self.swap_rows();
        let reply = self.try_back_office("payment-methods", None, body, key);
        self.swap_rows();
        reply
    }

    /// The account's row in the place of the group's, and back.
    pub fn swap_rows(&mut self) {
        std::mem::swap(&mut self.row, &mut self.account);
        self.known = None;
    }

    /// Writes the row and holds the new state to the invariants.
    pub fn commit(&mut self, step: &Step) {
        self.row =
            Row { version: self.row.version + 1, state: step.state.clone(), due: step.due(), index: step.index() };
        self.known = read_state(&self.row.state).unwrap().map(|state| (self.row.version, Arc::new(state)));
        books::check(self);
    }

    /// Hands a call to the gateway, after a look whether it was announced in the row.
    pub fn send(&mut self, call: &Value) -> Value {
        if let Some(key) = call["idempotencyKey"].as_str() {
            assert!(
                self.row.state.contains(&format!("\"key\":\"{key}\"")),
                "{key} was not written down before it was sent"
            );
        }
        self.gateway.process(call, self.now)
    }

    fn pass(&mut self, point: Point) -> Result<(), Crashed> {
        self.points.push(point);
        if self.crash_at == Some(self.points.len() - 1) {
            self.crash_at = None;
            return Err(Crashed(point));
        }
        Ok(())
    }
}

fn reply(step: &Step) -> Reply {
    Reply { status: step.status().unwrap_or_else(|| panic!("no answer: {step:?}")), body: step.body.clone() }
}
