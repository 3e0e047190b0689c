//! The gateway: it keeps its own books, and what is in them is what happened.

use std::collections::{BTreeMap, BTreeSet};

use checkout_payments::gateway::{Call, GatewayOperation, InquireBy};

use super::answer::{Answer, Told, refused, success};
use super::support::money::cents;
use super::traits::Traits;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Live,
    /// Accepted, not decided.
    Pending,
    /// The bank asks the shopper, or someone at the gateway has to look at it; nothing happened yet.
    Review,
    Failed,
}

/// A payment as the gateway knows it; amounts in cents.
#[derive(Debug, Clone)]
pub struct Booked {
    pub reference: String,
    pub ours: String,
    pub operation: GatewayOperation,
    pub standing: Standing,
    /// What it was paid with.
    pub token: Option<String>,
    pub authorized: i64,
    pub currency: &'static str,
    pub effects: Vec<Effect>,
    /// It is captured once; what that leaves is let go of.
    pub captured_once: bool,
}

/// A capture, reversal or refund of a payment.
#[derive(Debug, Clone)]
pub struct Effect {
    pub reference: String,
    pub ours: String,
    pub operation: GatewayOperation,
    pub amount: i64,
    pub standing: Standing,
    /// Of a refund: the capture it gives back.
    pub of: Option<String>,
    /// Made by a call of its own. A sale is taken as it is made, and what was made outside may have been taken there.
    pub by_us: bool,
}

impl Booked {
    fn counts(&self) -> bool {
        matches!(self.standing, Standing::Live | Standing::Pending)
    }

    /// The captures, reversals or refunds that happened or were accepted.
    fn that_count(&self, operation: GatewayOperation) -> impl Iterator<Item = &Effect> {
        self.effects.iter().filter(move |effect| {
            effect.operation == operation && matches!(effect.standing, Standing::Live | Standing::Pending)
        })
    }

    fn sum(&self, operation: GatewayOperation) -> i64 {
        self.that_count(operation).map(|effect| effect.amount).sum()
    }

    /// What is held and not captured.
    pub fn held(&self) -> i64 {
        let was_captured =
            || self.that_count(GatewayOperation::Capture).any(|capture| capture.standing == Standing::Live);
        if !self.counts() || (self.captured_once && was_captured()) {
            return 0;
        }
        self.authorized - self.sum(GatewayOperation::Reverse) - self.sum(GatewayOperation::Capture)
    }

    /// What was taken and not given back.
    pub fn charged(&self) -> i64 {
        if self.counts() { self.sum(GatewayOperation::Capture) - self.sum(GatewayOperation::Refund) } else { 0 }
    }

    /// What one of our calls took, and nothing gave back.
    pub fn charged_by_us(&self) -> bool {
        self.charged() > 0 && self.effects.iter().any(|effect| effect.by_us && effect.standing == Standing::Live)
    }

    fn is_taken_outside(&self) -> bool {
        self.operation == GatewayOperation::PostAuth && self.effects.iter().any(|effect| !effect.by_us)
    }

    fn room(&self, operation: GatewayOperation, of: Option<&str>) -> i64 {
        match operation {
            // Nothing is captured from what is not decided.
            GatewayOperation::Capture if self.standing == Standing::Pending => 0,
            // Where a hold is captured once, the second is refused, also while the first is not decided.
            GatewayOperation::Capture if self.captured_once && self.that_count(operation).next().is_some() => 0,
            GatewayOperation::Refund => self.refundable(of),
            _ => self.held(),
        }
    }

    /// What of a capture, or of all of them, is decided and not given back.
    fn refundable(&self, of: Option<&str>) -> i64 {
        let is_meant = |reference: Option<&str>| of.is_none() || reference == of;
        let taken = self.effects.iter().filter(|effect| {
            let is_decided = effect.operation == GatewayOperation::Capture && effect.standing == Standing::Live;
            is_decided && is_meant(Some(&effect.reference))
        });
        let given = self.effects.iter().filter(|effect| {
            let counts = matches!(effect.standing, Standing::Live | Standing::Pending);
            effect.operation == GatewayOperation::Refund && counts && is_meant(effect.of.as_deref())
        });
        taken.map(|effect| effect.amount).sum::<i64>() - given.map(|effect| effect.amount).sum::<i64>()
    }
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// This payment or effect was made; its standing is the truth.
    Made(String),
    /// A challenge was called off.
    CalledOff(String),
    Refused(&'static str),
    /// A payment made outside is of another amount.
    NotTheCarts(i64),
    /// It came to nothing, and the gateway does not know of it.
    Nothing,
}

#[derive(Debug, Clone)]
struct Request {
    at: i64,
    call: Call,
    deed: Deed,
    /// The same key gets the same 5xx.
    stuck: bool,
}

/// What the gateway makes of a request it has not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Ok,
    Pending,
    Review,
    Refuse(&'static str),
    /// A 5xx, after the deed or instead of it.
    Stuck {
        done: bool,
    },
}

/// What the gateway did on its own account, to be told of.
#[derive(Debug)]
pub struct Executed {
    pub answer: Answer,
    /// Made just now: its reference.
    pub made: Option<String>,
}

/// A payment made outside: amount, currency, whether it was taken, and who has claimed it.
#[derive(Debug)]
struct Minted {
    amount: i64,
    captured: bool,
    claimed_by: Option<String>,
}

/// The gateway's books of one group.
#[derive(Debug, Default)]
pub struct Books {
    pub payments: Vec<Booked>,
    requests: BTreeMap<String, Request>,
    /// References about which there is news that nobody was told yet.
    pub untold: BTreeSet<String>,
    /// References of which the gateway will say that they failed, and that they did not: only the latter counts.
    pub contradicted: BTreeSet<String>,
}

#[derive(Debug, Default)]
pub struct Gateway {
    books: Vec<Books>,
    minted: BTreeMap<String, Minted>,
    captures_once: bool,
    counter: u32,
}

impl Gateway {
    pub fn of(traits: &Traits) -> Self {
        Self { captures_once: traits.captures_once, ..Self::default() }
    }

    pub fn open_books(&mut self) {
        self.books.push(Books::default());
    }

    pub fn books(&self, group: usize) -> &Books {
        &self.books[group]
    }

    pub fn books_mut(&mut self, group: usize) -> &mut Books {
        &mut self.books[group]
    }

    pub fn mint(&mut self, token: &str, amount: i64, captured: bool) {
        self.minted.insert(token.to_owned(), Minted { amount, captured, claimed_by: None });
    }

    /// The request of this key, if it is remembered: whether it is stuck.
    pub fn remembers(&self, group: usize, key: &str, now: i64, window: i64) -> bool {
        self.books[group].requests.get(key).is_some_and(|request| now - request.at < window)
    }

    /// Whether the same request was made with this key before.
    pub fn is_same_request(&self, group: usize, call: &Call) -> bool {
        let key = call.idempotency_key.as_deref().unwrap_or_default();
        let same = |request: &Request| Call { id: request.call.id.clone(), ..call.clone() } == request.call;
        self.books[group].requests.get(key).is_none_or(same)
    }

    /// The answer to a key that is remembered.
    pub fn replay(&mut self, group: usize, call: &Call, traits: &Traits) -> Answer {
        let key = call.idempotency_key.as_deref().unwrap_or_default();
        let request = self.books[group].requests[key].clone();
        match (request.stuck, traits.marks_replays) {
            (true, true) => Answer::stored_500(),
            (true, false) => Answer::error_500(),
            (false, _) => self.truth(group, &request, traits),
        }
    }

    /// Whether a request that is asked about was answered with a 5xx that stays.
    pub fn is_stuck(&self, group: usize, ours: &str) -> bool {
        self.books[group].requests.values().any(|request| request.stuck && request.call.our_reference == ours)
    }

    /// Does what a request says that was not seen before.
    pub fn execute(&mut self, group: usize, call: &Call, mood: Mood, now: i64, traits: &Traits) -> Executed {
        let before = self.books[group].payments.iter().map(|payment| 1 + payment.effects.len()).sum::<usize>();
        let deed = match mood {
            Mood::Ok | Mood::Stuck { done: true } => self.book(group, call, Standing::Live),
            Mood::Pending => self.book(group, call, Standing::Pending),
            Mood::Review => self.book(group, call, Standing::Review),
            Mood::Refuse(code) => self.book_refusal(group, call, code),
            Mood::Stuck { done: false } => Deed::Nothing,
        };
        let stuck = matches!(mood, Mood::Stuck { .. });
        let request = Request { at: now, call: call.clone(), deed, stuck };
        let key = call.idempotency_key.clone().unwrap_or_default();
        let answer = if stuck { Answer::error_500() } else { self.truth(group, &request, traits) };
        let after = self.books[group].payments.iter().map(|payment| 1 + payment.effects.len()).sum::<usize>();
        let made = match &request.deed {
            Deed::Made(reference) if after > before || is_new_payment(call.operation) => Some(reference.clone()),
            _ => None,
        };
        self.books[group].requests.insert(key, request);
        Executed { answer, made }
    }

    /// The truth about an earlier call, by the reference the question names; a call that arrived just now may not be found.
    pub fn inquire(&mut self, group: usize, call: &Call, found_before: i64, traits: &Traits) -> Answer {
        let books = &self.books[group];
        let is_meant = |request: &Request| match (call.inquire_by, &request.deed) {
            (Some(InquireBy::OurReference), _) => request.call.our_reference == call.our_reference,
            (Some(InquireBy::GatewayReference), Deed::Made(theirs) | Deed::CalledOff(theirs)) => {
                call.gateway_reference.as_ref() == Some(theirs)
            }
            (Some(InquireBy::GatewayReference), Deed::Refused(_) | Deed::NotTheCarts(_) | Deed::Nothing)
            | (None, _) => false,
        };
        let is_asked = |request: &&Request| {
            let operation = Some(request.call.operation) == call.inquire_operation;
            operation && is_meant(request) && request.deed != Deed::Nothing && request.at <= found_before
        };
        let latest = books.requests.values().filter(is_asked).max_by_key(|request| request.at).cloned();
        match latest {
            Some(request) => self.truth(group, &request, traits),
            None => Answer {
                text: "{\"resultCode\":\"ValidationError\",\"notFound\":true}".to_owned(),
                told: Told::NotFound,
                about: None,
            },
        }
    }

    /// What a recorded request has become: what was pending may have been decided since.
    fn truth(&self, group: usize, request: &Request, traits: &Traits) -> Answer {
        let reference = match &request.deed {
            Deed::Refused(code) => return refused(code, None),
            Deed::NotTheCarts(amount) => {
                return success("not-ours", Standing::Live, *amount, request.call.currency.code(), false)
                    .told(Told::Refused);
            }
            Deed::CalledOff(reference) => {
                return success(
                    reference,
                    Standing::Live,
                    cents(&request.call.amount.text()),
                    request.call.currency.code(),
                    false,
                );
            }
            Deed::Nothing => return Answer::error_500(),
            Deed::Made(reference) => reference,
        };
        for payment in &self.books[group].payments {
            if payment.reference == *reference {
                let captured = payment.is_taken_outside();
                return success(reference, payment.standing, payment.authorized, payment.currency, captured);
            }
            if let Some(effect) = payment.effects.iter().find(|effect| effect.reference == *reference) {
                let answer = success(reference, effect.standing, effect.amount, payment.currency, false);
                let named = match effect.operation {
                    GatewayOperation::Capture => traits.captures_have_references,
                    _ => traits.releases_have_references,
                };
                return if named { answer } else { answer.without_reference() };
            }
        }
        Answer::error_500()
    }

    fn book(&mut self, group: usize, call: &Call, standing: Standing) -> Deed {
        match call.operation {
            GatewayOperation::Authorize | GatewayOperation::Sale => self.book_new_payment(group, call, standing),
            GatewayOperation::PostAuth => self.book_outside_payment(group, call, standing),
            _ => self.book_effect(group, call, standing),
        }
    }

    fn book_new_payment(&mut self, group: usize, call: &Call, standing: Standing) -> Deed {
        if let Some(reviewed) = &call.gateway_reference {
            let Some(payment) = self.books[group].payments.iter_mut().find(|payment| payment.reference == *reviewed)
            else {
                return Deed::Refused("ValidationError");
            };
            // A challenge that was called off is not gone on with; one that was met already is as it is.
            if payment.standing == Standing::Review {
                payment.standing = standing;
            }
            return Deed::Made(reviewed.clone());
        }
        let deed = self.add(group, call, standing);
        if call.operation == GatewayOperation::Sale {
            self.take_the_last(group);
        }
        deed
    }

    fn book_outside_payment(&mut self, group: usize, call: &Call, standing: Standing) -> Deed {
        let token = call.payment_token.as_ref().map(|token| token.expose()).unwrap_or_default();
        let amount = cents(&call.amount.text());
        let Some(minted) = self.minted.get_mut(token) else { return Deed::Refused("ValidationError") };
        if minted.amount != amount {
            return Deed::NotTheCarts(minted.amount);
        }
        if minted.claimed_by.as_ref().is_some_and(|ours| *ours != call.our_reference) {
            return Deed::Refused("ValidationError");
        }
        minted.claimed_by = Some(call.our_reference.clone());
        let captured = minted.captured;
        let deed = self.add(group, call, standing);
        if captured {
            self.take_the_last(group);
        }
        deed
    }

    /// The payment that was booked last is taken along with it.
    fn take_the_last(&mut self, group: usize) {
        let Some(payment) = self.books[group].payments.last_mut() else { return };
        payment.effects.push(Effect {
            reference: payment.reference.clone(),
            ours: payment.ours.clone(),
            operation: GatewayOperation::Capture,
            amount: payment.authorized,
            standing: Standing::Live,
            of: None,
            by_us: false,
        });
    }

    fn add(&mut self, group: usize, call: &Call, standing: Standing) -> Deed {
        let reference = self.name("gw");
        self.books[group].payments.push(Booked {
            reference: reference.clone(),
            ours: call.our_reference.clone(),
            operation: call.operation,
            standing,
            token: call.payment_token.as_ref().map(|token| token.expose().to_owned()),
            authorized: cents(&call.amount.text()),
            currency: call.currency.code(),
            effects: Vec::new(),
            captured_once: self.captures_once,
        });
        Deed::Made(reference)
    }

    /// A refusal that may turn out to be none later leaves a trace in the books.
    fn book_refusal(&mut self, group: usize, call: &Call, code: &'static str) -> Deed {
        match call.operation {
            operation if is_new_payment(operation) && call.gateway_reference.is_none() && code == "Decline" => {
                self.book_new_payment(group, call, Standing::Failed)
            }
            GatewayOperation::Reverse | GatewayOperation::Refund if code == "Decline" => {
                self.book_effect(group, call, Standing::Failed)
            }
            _ => Deed::Refused(code),
        }
    }

    fn book_effect(&mut self, group: usize, call: &Call, standing: Standing) -> Deed {
        let amount = cents(&call.amount.text());
        let reference = self.name(call.operation.as_str());
        let acted_on = call.gateway_reference.as_deref().unwrap_or_default();
        let meant = |payment: &&mut Booked| {
            payment.reference == acted_on || payment.effects.iter().any(|effect| effect.reference == acted_on)
        };
        let Some(payment) = self.books[group].payments.iter_mut().find(meant) else {
            return Deed::Refused("ValidationError");
        };
        if payment.standing == Standing::Review && call.operation == GatewayOperation::Reverse {
            if matches!(standing, Standing::Live | Standing::Pending) {
                payment.standing = Standing::Failed;
                return Deed::CalledOff(reference);
            }
            return Deed::Refused("Decline");
        }
        let of = (payment.reference != acted_on).then(|| acted_on.to_owned());
        if let Some(of) = of.as_ref().filter(|_| call.operation == GatewayOperation::Reverse) {
            // A capture that someone has to look at first is called off; a hold has the payment's own reference.
            let looked_at = |effect: &&mut Effect| effect.reference == *of && effect.standing == Standing::Review;
            let Some(effect) = payment.effects.iter_mut().find(looked_at) else { return Deed::Refused("Decline") };
            effect.standing = Standing::Failed;
            return Deed::CalledOff(reference);
        }
        if amount > payment.room(call.operation, of.as_deref()) {
            return Deed::Refused("Decline");
        }
        payment.effects.push(Effect {
            reference: reference.clone(),
            ours: call.our_reference.clone(),
            operation: call.operation,
            amount,
            standing,
            of,
            by_us: true,
        });
        Deed::Made(reference)
    }

    fn name(&mut self, kind: &str) -> String {
        self.counter += 1;
        format!("{kind}-{}", self.counter)
    }
}

/// Whether it makes a payment that was not there before in any form.
fn is_new_payment(operation: GatewayOperation) -> bool {
    matches!(operation, GatewayOperation::Authorize | GatewayOperation::Sale)
}

impl Books {
    /// What is held or charged, by the gateway's references; what came to nothing is left out.
    pub fn standing(&self) -> BTreeMap<String, (i64, i64)> {
        let all = self.payments.iter().map(|payment| (&payment.reference, (payment.held(), payment.charged())));
        all.filter(|(_, amounts)| *amounts != (0, 0)).map(|(reference, amounts)| (reference.clone(), amounts)).collect()
    }

    /// Where the payment or effect with this reference stands; and our reference, its kind and its amount.
    pub fn find(&mut self, reference: &str) -> Option<(&mut Standing, String, GatewayOperation, i64, &'static str)> {
        for payment in &mut self.payments {
            let currency = payment.currency;
            if payment.reference == reference {
                let (ours, amount) = (payment.ours.clone(), payment.authorized);
                return Some((&mut payment.standing, ours, payment.operation, amount, currency));
            }
            if let Some(effect) = payment.effects.iter_mut().find(|effect| effect.reference == reference) {
                return Some((&mut effect.standing, effect.ours.clone(), effect.operation, effect.amount, currency));
            }
        }
        None
    }

    /// The records say what became of this reference of ours.
    pub fn recorded(&mut self, ours: &str, happened: bool) {
        let effects = self.payments.iter().flat_map(|payment| &payment.effects);
        let references = effects.map(|effect| (&effect.ours, &effect.reference));
        let references = references.chain(self.payments.iter().map(|payment| (&payment.ours, &payment.reference)));
        let meant: Vec<String> =
            references.filter(|(known, _)| *known == ours).map(|(_, reference)| reference.clone()).collect();
        meant.iter().for_each(|reference| self.heard(reference, happened, false));
    }

    /// Somebody was told where this stands, or stood.
    pub fn heard(&mut self, reference: &str, happened: bool, by_notice: bool) {
        if self.contradicted.contains(reference) && !(by_notice && happened) {
            return;
        }
        let stands = self.find(reference).map(|found| *found.0);
        if stands == Some(if happened { Standing::Live } else { Standing::Failed }) {
            self.untold.remove(reference);
        }
    }

    /// What was made under this reference of ours, if it was decided and nobody was told so yet: the gateway's reference.
    pub fn decided_and_untold(&self, ours: &str) -> Option<(String, Standing)> {
        let payments = self.payments.iter().map(|payment| (&payment.ours, &payment.reference, payment.standing));
        let effects = self.payments.iter().flat_map(|payment| &payment.effects);
        let effects = effects.map(|effect| (&effect.ours, &effect.reference, effect.standing));
        let is_decided = |standing| matches!(standing, Standing::Live | Standing::Failed);
        payments
            .chain(effects)
            .find(|(known, reference, standing)| {
                *known == ours && is_decided(*standing) && self.untold.contains(*reference)
            })
            .map(|(_, reference, standing)| (reference.clone(), standing))
    }

    /// Whether something about this payment, or what was done to it, was decided and not told yet.
    pub fn has_news_of(&self, payment: &Booked) -> bool {
        let of_it = payment.effects.iter().map(|effect| &effect.reference);
        of_it.chain([&payment.reference]).any(|reference| self.untold.contains(reference))
    }

    /// Whether this payment was taken where it was made.
    pub fn is_taken_outside(&self, reference: &str) -> bool {
        self.payments.iter().any(|payment| payment.reference == reference && payment.is_taken_outside())
    }

    /// Whether what failed may still succeed: there must be room for it.
    pub fn may_flip(&self, reference: &str) -> bool {
        self.payments.iter().any(|payment| {
            payment.reference == reference && payment.standing == Standing::Failed
                || payment.effects.iter().any(|effect| {
                    effect.reference == reference
                        && effect.standing == Standing::Failed
                        && effect.amount <= payment.room(effect.operation, effect.of.as_deref())
                        && payment.effects.iter().filter(|other| other.operation == effect.operation).count() == 1
                })
        })
    }

    /// Whether the gateway has made what this reference of ours names, and it stands.
    pub fn stands(&self, ours: &str) -> bool {
        let counts = |standing| matches!(standing, Standing::Live | Standing::Pending);
        self.payments.iter().any(|payment| {
            (payment.ours == ours && counts(payment.standing))
                || payment.effects.iter().any(|effect| effect.by_us && effect.ours == ours && counts(effect.standing))
        })
    }

    /// What was made twice for one reference of ours, if anything: a charge or a hold that nobody announced.
    pub fn made_twice(&self) -> Option<String> {
        let counts = |standing| matches!(standing, Standing::Live | Standing::Pending);
        let mut ours: Vec<&str> = Vec::new();
        for payment in self.payments.iter().filter(|payment| counts(payment.standing)) {
            ours.push(&payment.ours);
        }
        for effect in self.payments.iter().flat_map(|payment| &payment.effects) {
            if effect.by_us && counts(effect.standing) {
                ours.push(&effect.ours);
            }
        }
        ours.sort_unstable();
        ours.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].to_owned())
    }
}
