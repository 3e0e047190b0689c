//! A gateway in memory that keeps its own books: what it made, what was done to each, every key it was given.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use super::money::{cents, text};

/// What a delivery meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scripted {
    Ok,
    /// Accepted; a notification follows.
    Pending,
    /// The bank asks the shopper first; nothing happens yet.
    Review,
    Decline,
    Fail,
    Invalid,
    /// Provably not sent.
    Error,
    /// No answer, and nothing happened.
    TimeoutBefore,
    /// No answer, yet it happened.
    TimeoutAfter,
}

impl Scripted {
    pub const ALL: [Self; 9] = [
        Self::Ok,
        Self::Pending,
        Self::Review,
        Self::Decline,
        Self::Fail,
        Self::Invalid,
        Self::Error,
        Self::TimeoutBefore,
        Self::TimeoutAfter,
    ];
}

/// What a question meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inquiry {
    /// The truth.
    Truth,
    /// No answer.
    Unavailable,
    /// The question was not sent.
    NotSent,
    /// "Not found", whatever the books say: the request is still under way inside.
    NotFound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It stands.
    Live,
    /// Asked for; nothing happened yet.
    Review,
    /// Accepted; not decided yet.
    Pending,
    /// It did not happen.
    Failed,
}

/// A payment as the gateway knows it; amounts in cents.
#[derive(Debug, Clone)]
pub struct Booked {
    pub reference: String,
    pub ours: String,
    pub operation: String,
    pub standing: Standing,
    pub authorized: i64,
    pub effects: Vec<Effect>,
    /// It is captured once; what that leaves is let go of.
    pub captured_once: bool,
}

/// A capture, reversal or refund of a payment.
#[derive(Debug, Clone)]
pub struct Effect {
    pub reference: String,
    pub ours: String,
    pub operation: String,
    pub amount: i64,
    pub standing: Standing,
}

impl Booked {
    fn sum(&self, operation: &str) -> i64 {
        let counts = |effect: &&Effect| effect.operation == operation && effect.standing != Standing::Failed;
        self.effects.iter().filter(counts).map(|effect| effect.amount).sum()
    }

    /// It was captured by whoever made it, outside.
    pub fn is_sale(&self) -> bool {
        self.operation == "postauth" && self.effects.iter().any(|effect| effect.ours == self.ours)
    }

    fn counts(&self) -> bool {
        matches!(self.standing, Standing::Live | Standing::Pending)
    }

    /// What is held and not captured.
    pub fn held(&self) -> i64 {
        let is_over = self.captured_once && self.captures().any(|capture| capture.standing == Standing::Live);
        if self.counts() && !is_over { self.authorized - self.sum("reverse") - self.sum("capture") } else { 0 }
    }

    fn captures(&self) -> impl Iterator<Item = &Effect> {
        let counts = |effect: &&Effect| effect.operation == "capture" && effect.standing != Standing::Failed;
        self.effects.iter().filter(counts)
    }

    /// What was taken and not given back.
    pub fn charged(&self) -> i64 {
        if self.counts() { self.sum("capture") - self.sum("refund") } else { 0 }
    }
}

/// One delivery, for the tests to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub operation: String,
    pub amount: String,
    pub key: Option<String>,
    pub ours: String,
    pub at: i64,
    /// Of a question: the reference to answer by.
    pub by: Option<String>,
}

impl Seen {
    /// `authorize 129.90`
    pub fn short(&self) -> String {
        format!("{} {}", self.operation, self.amount)
    }
}

#[derive(Debug, Clone)]
struct Request {
    at: i64,
    fingerprint: Value,
    operation: String,
    ours: String,
    /// The definite result; none while the request never arrived.
    result: Option<Value>,
}

#[derive(Debug, Clone, Default)]
pub struct Gateway {
    pub payments: Vec<Booked>,
    /// Every delivery and every question, in order.
    pub seen: Vec<Seen>,
    /// The operations of all first deliveries.
    pub first_deliveries: Vec<String>,
    /// Nobody answers: deliveries time out and nothing happens, questions get no answer.
    pub down: bool,
    /// A second delivery of one key is not sent or lost, as listed; then the truth again.
    pub repeats: VecDeque<Scripted>,
    /// Every delivery of a key gets this answer, which proves nothing, and nothing happens.
    pub stored: Option<Value>,
    pub inquiries: VecDeque<Inquiry>,
    /// Payments made outside, by token: amount, and whether they are captured.
    pub minted: BTreeMap<String, (i64, bool)>,
    pub key_window: i64,
    /// Captures have no reference of their own: all that is done to a payment is asked for by the authorization's.
    pub nameless_captures: bool,
    /// A hold is captured once; what that leaves is let go of.
    pub captures_once: bool,
    /// When authorizations end, where the gateway says so.
    pub expires_at: Option<i64>,
    /// What the next first deliveries meet, whatever they are; goes before `script`.
    pub sequence: VecDeque<Scripted>,
    script: BTreeMap<String, VecDeque<Scripted>>,
    requests: BTreeMap<String, Request>,
    counter: u32,
}

impl Gateway {
    pub fn new(key_window: i64) -> Self {
        Self { key_window, ..Self::default() }
    }

    /// What the next first deliveries of `operation` meet; those after them are ok.
    pub fn script(&mut self, operation: &str, scripted: &[Scripted]) {
        self.script.entry(operation.to_owned()).or_default().extend(scripted);
    }

    pub fn forget_script(&mut self) {
        self.script.clear();
    }

    /// A payment made outside: its token.
    pub fn mint(&mut self, token: &str, amount: &str, captured: bool) {
        self.minted.insert(token.to_owned(), (cents(amount), captured));
    }

    /// The deliveries since the one at `from`, shortly: `reverse 129.90, authorize 99.00`.
    pub fn calls_since(&self, from: usize) -> String {
        self.seen[from..].iter().map(Seen::short).collect::<Vec<_>>().join(", ")
    }

    /// Decides what is pending under this reference; gives the notification that tells.
    pub fn decide(&mut self, reference: &str, happened: bool) -> Value {
        let standing = if happened { Standing::Live } else { Standing::Failed };
        for payment in &mut self.payments {
            if payment.reference == reference {
                payment.standing = standing;
                let mut fact = notification(&payment.reference, &payment.ours, &payment.operation, happened);
                if payment.is_sale() {
                    fact["captured"] = json!(true);
                }
                return fact;
            }
            if let Some(effect) = payment.effects.iter_mut().find(|effect| effect.reference == reference) {
                effect.standing = standing;
                return notification(&effect.reference, &effect.ours, &effect.operation, happened);
            }
        }
        panic!("{reference} is not in the books");
    }

    /// The gateway's reference of what this call of ours made.
    pub fn reference_of(&self, ours: &str) -> String {
        let payments = self.payments.iter().map(|payment| (&payment.ours, &payment.reference));
        let effects = self.payments.iter().flat_map(|payment| &payment.effects);
        let mut all = payments.chain(effects.map(|effect| (&effect.ours, &effect.reference)));
        all.find(|(known, _)| *known == ours).map(|(_, reference)| reference.clone()).unwrap()
    }

    /// The references of all that is pending.
    pub fn pending(&self) -> Vec<String> {
        let mut pending = Vec::new();
        for payment in &self.payments {
            if payment.standing == Standing::Pending {
                pending.push(payment.reference.clone());
            }
            let effects = payment.effects.iter().filter(|effect| effect.standing == Standing::Pending);
            pending.extend(effects.map(|effect| effect.reference.clone()));
        }
        pending
    }

    /// What is held or charged, by the gateway's references; what came to nothing is left out.
    pub fn books(&self) -> BTreeMap<String, (i64, i64)> {
        let all = self.payments.iter().map(|payment| (payment.reference.clone(), (payment.held(), payment.charged())));
        all.filter(|(_, amounts)| *amounts != (0, 0)).collect()
    }

    /// Takes one call; what happens is in the books before this returns.
    pub fn process(&mut self, call: &Value, now: i64) -> Value {
        let field = |name: &str| call[name].as_str().unwrap_or_default().to_owned();
        self.seen.push(Seen {
            operation: field("operation"),
            amount: field("amount"),
            key: call["idempotencyKey"].as_str().map(str::to_owned),
            ours: field("ourReference"),
            at: now,
            by: call["inquireBy"].as_str().map(str::to_owned),
        });
        if field("operation") == "inquire" {
            return self.inquire(call);
        }
        let key = call["idempotencyKey"].as_str().unwrap_or_else(|| panic!("a call has a key: {call}")).to_owned();
        let mut fingerprint = call.clone();
        fingerprint.as_object_mut().unwrap().remove("id");
        let known = self.requests.get(&key).filter(|known| now - known.at < self.key_window).cloned();
        if let Some(known) = &known {
            assert_eq!(known.fingerprint, fingerprint, "one key is for one call");
        }
        let scripted = if self.down {
            Scripted::TimeoutBefore
        } else if known.is_some() {
            self.repeats.pop_front().unwrap_or(Scripted::Ok)
        } else {
            self.first_deliveries.push(field("operation"));
            let scripted = || self.script.get_mut(&field("operation")).and_then(VecDeque::pop_front);
            self.sequence.pop_front().or_else(scripted).unwrap_or(Scripted::Ok)
        };
        let stored = self.stored.clone().filter(|_| scripted != Scripted::Error);
        let scripted = if stored.is_some() { Scripted::TimeoutBefore } else { scripted };
        let (result, answer) = match (scripted, known.as_ref().and_then(|known| known.result.clone())) {
            (Scripted::Error, _) => return json!({"resultCode": "SystemError", "gatewayMessage": "not sent"}),
            (Scripted::TimeoutBefore, truth) => (truth, lost()),
            (Scripted::TimeoutAfter, None) => (Some(self.book(call, Standing::Live)), lost()),
            (_, Some(truth)) => (Some(truth.clone()), self.truth_of(&truth)),
            (_, None) => {
                let result = self.first_answer(call, scripted);
                (Some(result.clone()), result)
            }
        };
        let at = known.map_or(now, |known| known.at);
        let (operation, ours) = (field("operation"), field("ourReference"));
        self.requests.insert(key, Request { at, fingerprint, operation: operation.clone(), ours, result });
        let mut answer = stored.unwrap_or(answer);
        if self.nameless_captures && operation == "capture" {
            answer.as_object_mut().unwrap().remove("gatewayReference");
        }
        answer
    }

    fn first_answer(&mut self, call: &Value, scripted: Scripted) -> Value {
        match scripted {
            Scripted::Ok => self.book(call, Standing::Live),
            Scripted::Pending => self.book(call, Standing::Pending),
            Scripted::Review => self.book(call, Standing::Review),
            Scripted::Decline => {
                let mut outcome = refused("Decline", "card_declined");
                outcome["retryCategory"] = json!("CardLimit");
                outcome["retryDecision"] = json!("Retriable");
                outcome
            }
            Scripted::Fail => refused("PermanentFail", "account_closed"),
            Scripted::Invalid => refused("ValidationError", "incorrect_cvc"),
            Scripted::Error | Scripted::TimeoutBefore | Scripted::TimeoutAfter => panic!("answered before"),
        }
    }

    fn book(&mut self, call: &Value, standing: Standing) -> Value {
        match call["operation"].as_str().unwrap() {
            "authorize" => self.book_authorization(call, standing),
            "sale" => self.book_sale(call, standing),
            "postauth" => self.book_outside_payment(call, standing),
            "capture" | "reverse" | "refund" => self.book_effect(call, standing),
            "tokenize" => self.book_method(call, standing),
            other => panic!("no test asks the gateway for {other}"),
        }
    }

    /// A payment method that is to be kept: booked as a payment of nothing.
    fn book_method(&mut self, call: &Value, standing: Standing) -> Value {
        let reference = if let Some(reviewed) = call["gatewayReference"].as_str() {
            self.payments.iter_mut().find(|payment| payment.reference == reviewed).unwrap().standing = standing;
            reviewed.to_owned()
        } else {
            self.add("tokenize", call, 0, standing)["gatewayReference"].as_str().unwrap().to_owned()
        };
        let mut outcome = with_token(done(&reference, standing, 0), call);
        outcome["amount"].take();
        outcome.as_object_mut().unwrap().retain(|name, _| !matches!(name.as_str(), "amount" | "currencyIsoCode"));
        outcome
    }

    fn book_authorization(&mut self, call: &Value, standing: Standing) -> Value {
        let amount = cents(call["amount"].as_str().unwrap());
        if let Some(reviewed) = call["gatewayReference"].as_str() {
            let payment = self.payments.iter_mut().find(|payment| payment.reference == reviewed).unwrap();
            assert_eq!(payment.standing, Standing::Review, "only a challenge is gone on with");
            payment.standing = standing;
            payment.authorized = amount;
            return done(reviewed, standing, amount);
        }
        let mut outcome = self.add("authorize", call, amount, standing);
        if call["extras"]["saveForFuture"] == true {
            outcome = with_token(outcome, call);
        }
        if let Some(at) = self.expires_at {
            outcome["expiresAt"] = json!(at);
        }
        outcome
    }

    fn book_sale(&mut self, call: &Value, standing: Standing) -> Value {
        let outcome = self.book_authorization(call, standing);
        let payment =
            self.payments.iter_mut().find(|payment| outcome["gatewayReference"] == *payment.reference).unwrap();
        payment.operation = "sale".to_owned();
        if payment.effects.is_empty() {
            // It goes with the payment: as long as that is not decided, this counts no more than that does.
            let (reference, ours) = (payment.reference.clone(), payment.ours.clone());
            let operation = "capture".to_owned();
            payment.effects.push(Effect {
                reference,
                ours,
                operation,
                amount: payment.authorized,
                standing: Standing::Live,
            });
        }
        outcome
    }

    fn book_outside_payment(&mut self, call: &Value, standing: Standing) -> Value {
        let amount = cents(call["amount"].as_str().unwrap());
        let token = call["paymentToken"].as_str().unwrap();
        let (minted, captured) = self.minted.get(token).copied().unwrap_or((amount, false));
        if minted != amount {
            // Reported as it is, for the core to see that it is not the cart's; it stays nobody's.
            return done("not_ours", standing, minted);
        }
        let mut outcome = self.add("postauth", call, minted, standing);
        if captured {
            let payment = self.payments.last_mut().unwrap();
            let (reference, ours) = (payment.reference.clone(), payment.ours.clone());
            let operation = "capture".to_owned();
            // Who made the payment captured it: no call of ours did.
            payment.effects.push(Effect { reference, ours, operation, amount: minted, standing: Standing::Live });
            outcome["captured"] = json!(true);
        }
        outcome
    }

    fn add(&mut self, operation: &str, call: &Value, amount: i64, standing: Standing) -> Value {
        let ours = call["ourReference"].as_str().unwrap().to_owned();
        assert!(
            !self.payments.iter().any(|payment| payment.ours == ours && payment.standing != Standing::Review),
            "{ours} was made twice: {:#?}",
            self.payments
        );
        let reference = self.name("gw");
        let outcome = done(&reference, standing, amount);
        let (operation, captured_once) = (operation.to_owned(), self.captures_once);
        self.payments.push(Booked {
            reference,
            ours,
            operation,
            standing,
            authorized: amount,
            effects: Vec::new(),
            captured_once,
        });
        outcome
    }

    fn book_effect(&mut self, call: &Value, standing: Standing) -> Value {
        // No bank is asked about these.
        let standing = if standing == Standing::Review { Standing::Live } else { standing };
        let operation = call["operation"].as_str().unwrap().to_owned();
        let amount = cents(call["amount"].as_str().unwrap());
        let reference = self.name(&operation);
        let acted_on = call["gatewayReference"].as_str().unwrap_or_else(|| panic!("which payment? {call}"));
        let is_meant = |payment: &&mut Booked| {
            payment.reference == acted_on || payment.effects.iter().any(|effect| effect.reference == acted_on)
        };
        let Some(payment) = self.payments.iter_mut().find(is_meant) else {
            return refused("ValidationError", "no such payment");
        };
        if payment.standing == Standing::Review && operation == "reverse" {
            payment.standing = Standing::Failed;
            return done(&reference, Standing::Live, amount);
        }
        let left = if operation == "refund" { payment.charged() } else { payment.held() };
        let was_captured = operation == "capture" && payment.captured_once && payment.captures().next().is_some();
        if amount > left || was_captured {
            return refused("Decline", "not so much is left");
        }
        let ours = call["ourReference"].as_str().unwrap().to_owned();
        let outcome = done(&reference, standing, amount);
        payment.effects.push(Effect { reference, ours, operation, amount, standing });
        outcome
    }

    fn inquire(&mut self, call: &Value) -> Value {
        let scripted = self.inquiries.pop_front().unwrap_or(Inquiry::Truth);
        match scripted {
            _ if self.down => lost(),
            Inquiry::Unavailable => lost(),
            Inquiry::NotSent => json!({"resultCode": "SystemError"}),
            Inquiry::NotFound => not_found(),
            Inquiry::Truth => {
                let about = |request: &&Request| {
                    call["ourReference"] == *request.ours
                        && call["inquireOperation"] == *request.operation
                        && request.result.is_some()
                };
                let mut known: Vec<&Request> = self.requests.values().filter(about).collect();
                // A reviewed payment was asked for more than once; what happened last is the truth.
                known.sort_by_key(|request| request.at);
                known
                    .last()
                    .and_then(|request| request.result.clone())
                    .map_or_else(not_found, |result| self.truth_of(&result))
            }
        }
    }

    /// What a recorded answer has become: what was pending may have been decided since.
    fn truth_of(&self, result: &Value) -> Value {
        if result["pending"] != true {
            return result.clone();
        }
        let reference = result["gatewayReference"].as_str().unwrap();
        let payments = self.payments.iter().map(|payment| (&payment.reference, payment.standing));
        let effects = self.payments.iter().flat_map(|payment| &payment.effects);
        let standing = payments
            .chain(effects.map(|effect| (&effect.reference, effect.standing)))
            .find(|(known, _)| *known == reference)
            .map(|(_, standing)| standing)
            .unwrap();
        let mut now = result.clone();
        match standing {
            Standing::Pending | Standing::Review => {}
            Standing::Live => {
                now.as_object_mut().unwrap().remove("pending");
            }
            Standing::Failed => now = refused("Decline", "failed after all"),
        }
        now
    }

    fn name(&mut self, kind: &str) -> String {
        self.counter += 1;
        format!("{kind}_{}", self.counter)
    }
}

/// A verified notification.
pub fn notification(reference: &str, ours: &str, operation: &str, happened: bool) -> Value {
    let event = if happened { "succeeded" } else { "failed" };
    json!({"provider": "simulator", "gatewayReference": reference, "ourReference": ours, "operation": operation, "event": event})
}

fn done(reference: &str, standing: Standing, amount: i64) -> Value {
    let mut outcome = json!({
        "resultCode": "Success", "gatewayReference": reference, "amount": text(amount), "currencyIsoCode": "USD",
        "paymentData": {"reference": reference},
    });
    match standing {
        Standing::Pending => outcome["pending"] = json!(true),
        Standing::Review => outcome["resultCode"] = json!("RequiresReview"),
        Standing::Live | Standing::Failed => {}
    }
    outcome
}

/// The lasting token of the call's token; the same card has the same checksum.
fn with_token(mut outcome: Value, call: &Value) -> Value {
    let token = call["paymentToken"].as_str().unwrap();
    let card = token.trim_start_matches("tok_");
    outcome["gatewayToken"] = json!(format!("lasting_{card}"));
    outcome["checksum"] = json!(format!("fp_{}", card.split('#').next().unwrap()));
    outcome["customerReference"] = json!("cus_1");
    outcome
}

fn refused(code: &str, why: &str) -> Value {
    json!({"resultCode": code, "gatewayResultCode": why, "gatewayMessage": why})
}

fn lost() -> Value {
    json!({"resultCode": "Indeterminate", "gatewayMessage": "no answer"})
}

fn not_found() -> Value {
    json!({"resultCode": "ValidationError", "notFound": true})
}
