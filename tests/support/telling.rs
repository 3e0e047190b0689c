//! A gateway that tells what became of one payment: the answers of its calls, held back as long as a test likes, and
//! notifications. And the host's side of it: a fact that the group does not know yet is parked, and given again after each
//! commit that brings its reference (`pkg/src/server/notifications.ts`).

use checkout_payments::domain::amount::Amount;
use checkout_payments::engine::{Operation, Role, State, Step, StepStatus};
use checkout_payments::records::TransactionStatus;
use serde_json::{Value, json};

use super::books::{self, live, owed, records, state};
use super::gateway::{Scripted, notification};
use super::money::text;
use super::world::{DAY, HELD, Point, World};

/// What a call's own answer says, once it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Accepted; a notification follows.
    Accepted,
    Done,
    /// No trustworthy answer.
    Lost,
    Refused,
}

/// What became of a call, whatever was told of it: what the gateway says when it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    Happened,
    Failed,
    /// Not decided yet.
    Pending,
}

/// One thing that is told about the call with this place in [`Telling::calls`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    Answer(usize),
    Succeeded(usize),
    Failed(usize),
}

impl Fact {
    pub fn call(self) -> usize {
        let (Self::Answer(call) | Self::Succeeded(call) | Self::Failed(call)) = self;
        call
    }
}

/// By what a notification names the payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    ByBoth,
    /// Not every gateway gives our reference back: before the call's own answer, nobody knows this one.
    ByTheirs,
}

/// A call that is told about.
#[derive(Debug, Clone)]
pub struct Told {
    operation: String,
    reference: String,
    ours: String,
    /// Its own answer, while that was held back.
    held: Option<Held>,
    truth: Truth,
    /// A success was told and taken in.
    succeeded: bool,
}

#[derive(Debug, Clone)]
struct Held {
    call_id: String,
    answer: Value,
    kind: Answer,
}

/// As long as the back-off ever waits, and shorter than a key is kept.
const A_DAY: i64 = DAY + 60_000;

#[derive(Debug, Clone)]
pub struct Telling {
    pub world: World,
    pub calls: Vec<Told>,
    named: Named,
    parked: Vec<Value>,
}

impl Telling {
    pub fn new(world: World, named: Named) -> Self {
        Self { world, calls: Vec::new(), named, parked: Vec::new() }
    }

    /// A call that was answered before this test began, with what can still be told of it.
    pub fn about(&mut self, operation: &str, reference: &str, ours: &str, truth: Truth, succeeded: bool) {
        let (operation, reference, ours) = (operation.to_owned(), reference.to_owned(), ours.to_owned());
        self.calls.push(Told { operation, reference, ours, held: None, truth, succeeded });
    }

    /// Makes this request up to where its first call of this operation has reached the gateway, which takes it on. Its answer is
    /// held back: the process that waits for it goes on whenever the test says so, or never.
    pub fn hold(&mut self, body: &str, key: &str, operation: &str, kind: Answer, truth: Truth) {
        self.world.gateway.script(operation, &[Scripted::Pending]);
        self.world.points.clear();
        let before = self.world.clone();
        for at in 0.. {
            self.world = before.clone();
            self.world.crash_at = Some(at);
            let point = self.world.try_pay(body, Some(key)).unwrap_err().0;
            if point == Point::AfterCall && self.world.gateway.seen.last().unwrap().operation == operation {
                break;
            }
        }
        let world = &self.world;
        let sent = world.gateway.seen.last().unwrap();
        let (ours, amount) = (sent.ours.clone(), sent.amount.clone());
        // What is taken on last is listed last of its kind; an earlier payment may be pending too.
        let reference = world.gateway.reference_of(&ours);
        let answer = match kind {
            Answer::Accepted | Answer::Done => {
                let mut done = json!({"resultCode": "Success", "gatewayReference": reference, "amount": amount,
                    "currencyIsoCode": "USD"});
                if kind == Answer::Accepted {
                    done["pending"] = json!(true);
                }
                done
            }
            Answer::Lost => json!({"resultCode": "Indeterminate"}),
            // It names the payment: a later success that does not give our reference back would be nobody's.
            Answer::Refused => json!({"resultCode": "Decline", "gatewayReference": reference}),
        };
        let held = Held { call_id: announced(world), answer, kind };
        let operation = operation.to_owned();
        self.calls.push(Told { operation, reference, ours, held: Some(held), truth, succeeded: false });
    }

    /// Whether the call's own answer is still to be told.
    pub fn is_held(&self, call: usize) -> bool {
        self.calls[call].held.is_some()
    }

    /// The gateway tells this, and the host does what it does with it.
    pub fn tell(&mut self, fact: Fact) {
        self.world.draw_entropy_from_state(0);
        let told = self.calls[fact.call()].clone();
        match fact {
            Fact::Answer(call) => {
                let held = told.held.clone().unwrap();
                match held.kind {
                    Answer::Done => self.book(call, true),
                    Answer::Refused => self.book(call, false),
                    Answer::Accepted | Answer::Lost => {}
                }
                self.world.answer(&held.call_id, &held.answer);
            }
            Fact::Succeeded(_) | Fact::Failed(_) => {
                let happened = matches!(fact, Fact::Succeeded(_));
                let mut word = notification(&told.reference, &told.ours, &told.operation, happened);
                if self.named == Named::ByTheirs {
                    word.as_object_mut().unwrap().remove("ourReference");
                }
                if !self.deliver(&word) && !self.parked.contains(&word) {
                    self.parked.push(word);
                }
            }
        }
        self.deliver_parked();
    }

    /// The host looks the group up by the references of the fact; the group may still know nothing of it.
    fn deliver(&mut self, word: &Value) -> bool {
        let theirs = format!("gateway:simulator:{}", word["gatewayReference"].as_str().unwrap());
        let ours = word["ourReference"].as_str();
        let index = &self.world.row.index;
        if !index.iter().any(|text| *text == theirs || Some(text.as_str()) == ours) {
            return false;
        }
        let call = self.calls.iter().position(|told| word["gatewayReference"] == *told.reference).unwrap();
        let before = (self.world.gateway.payments.clone(), self.calls[call].succeeded);
        self.book(call, word["event"] == "succeeded");
        let matched = self.world.notify(word);
        if !matched {
            (self.world.gateway.payments, self.calls[call].succeeded) = before;
        }
        matched
    }

    fn deliver_parked(&mut self) {
        for word in std::mem::take(&mut self.parked) {
            if !self.deliver(&word) {
                self.parked.push(word);
            }
        }
    }

    /// The gateway's books say what is told, at the moment at which it is taken in; a success stands.
    fn book(&mut self, call: usize, happened: bool) {
        let told = &mut self.calls[call];
        told.succeeded |= happened;
        self.world.gateway.decide(&told.reference, told.succeeded);
    }

    /// Whatever has not been told by now is lost. The processes that waited for an answer are gone; recovery asks the gateway,
    /// which says the truth; the client repeats its request until it is told the same twice.
    pub fn end(mut self, body: &str, key: &str) -> End {
        self.world.decides_silently = true;
        self.world.draw_entropy_from_state(0);
        for told in &self.calls {
            if told.truth != Truth::Pending {
                self.world.gateway.decide(&told.reference, told.truth == Truth::Happened);
            }
        }
        for told in &mut self.calls {
            told.succeeded |= told.truth == Truth::Happened;
        }
        self.world.gateway.forget_script();
        self.world.now += HELD + 1_000;
        // What stays pending is asked about for ever; but the client's key is kept for a day only.
        let until = self.world.now + A_DAY;
        self.recover(until);
        let mut reply = self.world.pay(body, Some(key));
        for _ in 0..3 {
            self.recover(until);
            let again = self.world.pay(body, Some(key));
            if again == reply {
                break;
            }
            reply = again;
        }
        End { answer: reply.short(), world: self.world }
    }

    fn recover(&mut self, until: i64) {
        loop {
            while self.world.try_recover(None).unwrap() {
                self.deliver_parked();
            }
            match self.world.row.due {
                Some(due) if due < until => self.world.now = due,
                _ => return,
            }
        }
    }

    /// All that the rest of the story depends on.
    pub fn fingerprint(&self) -> String {
        let mut gateway = self.world.gateway.clone();
        gateway.seen.clear();
        gateway.first_deliveries.clear();
        let told: Vec<bool> = self.calls.iter().map(|told| told.succeeded).collect();
        format!("{} {} {told:?} {:?} {gateway:?}", self.world.row.state, self.world.now, self.parked)
    }
}

/// The call that is on its way, by its id.
fn announced(world: &World) -> String {
    let state = state(world).unwrap();
    let (operation, step) = steps_of(&state)
        .find(|(operation, step)| operation.held_until.is_some() && step.status() == StepStatus::Announced)
        .unwrap();
    let at = operation.steps.iter().position(|other| other.reference == step.reference).unwrap();
    format!("{}/{at}/{}/first", operation.id, step.attempt)
}

fn steps_of(state: &State) -> impl Iterator<Item = (&Operation, &Step)> {
    state.operations.iter().flat_map(|operation| operation.steps.iter().map(move |step| (operation, step)))
}

/// What all came to.
#[derive(Debug)]
pub struct End {
    /// To the client's key.
    pub answer: String,
    pub world: World,
}

impl End {
    /// Without times, ids, tries and what was heard when. A record that failed is left out: there is one only if the gateway had
    /// accepted the call before, and that may be among what was lost. So is a payment that was undone, because the release of the
    /// old one was unknown or refused for a while, and taken anew.
    pub fn normalised(&self) -> String {
        let state = state(&self.world).unwrap();
        let group = &state.group;
        let mut all: Vec<String> = Vec::new();
        let mut add = |kind: &str, amount: &Amount, status: TransactionStatus| {
            if status != TransactionStatus::Failed {
                all.push(format!("{} {} {}", kind.to_lowercase(), amount.text(), status.as_str()));
            }
        };
        let undone: Vec<&str> = steps_of(&state)
            .filter(|(_, step)| step.role == Role::Undo && step.status() == StepStatus::Succeeded)
            .filter_map(|(_, step)| step.target_id.as_deref())
            .collect();
        for it in group.authorizations.iter().filter(|it| !undone.contains(&it.id.as_str())) {
            add("authorization", &it.amount, it.status);
        }
        for it in group.adjustments.iter().filter(|it| !undone.contains(&it.payment_authorization_id.as_str())) {
            add("reversal", &it.amount, it.status);
        }
        group.payments.iter().for_each(|it| add(it.kind.as_str(), &it.amount, it.status));
        group.refunds.iter().for_each(|it| add("refund", &it.amount, it.status));
        all.sort_unstable();
        let last = state.operations.iter().rev().find(|operation| operation.intent.is_some()).unwrap();
        format!(
            "{}; live {}; owed {}; {}; answer {}",
            if all.is_empty() { "-".to_owned() } else { all.join(", ") },
            live(&self.world),
            owed(&self.world),
            last.status.as_str(),
            self.answer
        )
    }

    /// The same of what is held or charged now, whatever became of the rest: of a payment that was replaced while it was pending,
    /// and then released, nobody asks any more whether it had happened.
    pub fn what_stands(&self) -> String {
        let books = self.world.gateway.books();
        let (held, charged) = books.values().fold((0, 0), |sum, amounts| (sum.0 + amounts.0, sum.1 + amounts.1));
        format!(
            "held {}, charged {}; live {}; owed {}; answer {}",
            text(held),
            text(charged),
            live(&self.world),
            owed(&self.world),
            self.answer
        )
    }

    /// Records and books agree, and nothing is unknown.
    pub fn agrees_with_the_books(&self) -> Result<(), String> {
        let state = state(&self.world).unwrap();
        let (ours, theirs) = (records(&state), self.world.gateway.books());
        if books::is_unknown(&state) {
            return Err("something is unknown".to_owned());
        }
        if ours != theirs {
            return Err(format!("records {ours:?}, books {theirs:?}"));
        }
        Ok(())
    }
}
