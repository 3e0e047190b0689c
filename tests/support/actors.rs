//! Several processes on one store: each makes the moves of the host's loop (`docs/core.md`) one by one, so that a test can let them
//! come in any order. A commit under a version that is not the row's any more conflicts: the process loads and asks the same again.

use checkout_payments::wire::core;
use serde_json::{Value, json};

use super::step::Step;
use super::world::{Reply, World};

/// What a process was started for.
#[derive(Debug, Clone)]
pub enum Purpose {
    /// A client's request.
    Pay { body: String, key: &'static str },
    /// What the gateway tells about what it has accepted, as soon as it has accepted something.
    Tell { happened: bool },
}

/// A process on its way.
#[derive(Debug, Clone)]
pub struct Actor {
    pub purpose: Purpose,
    number: usize,
    /// The row as it was loaded or committed last.
    row: Option<(u64, String)>,
    /// The answer of the call sent last, and the call's id.
    answered: Option<(String, String)>,
    /// A call that is announced and not sent.
    call: Option<Value>,
    resolving: bool,
    resolved: bool,
    /// What is told, once the gateway has decided; and whether it waits for a commit that brings its reference.
    fact: Option<Value>,
    is_parked: bool,
    /// What is going to be answered.
    reply: Option<Reply>,
    pub is_done: bool,
}

impl Actor {
    pub fn new(number: usize, purpose: Purpose) -> Self {
        Self {
            purpose,
            number,
            row: None,
            answered: None,
            call: None,
            resolving: false,
            resolved: false,
            fact: None,
            is_parked: false,
            reply: None,
            is_done: false,
        }
    }

    /// The answer that the client was given.
    pub fn reply(&self) -> Option<&Reply> {
        self.reply.as_ref().filter(|_| self.is_done)
    }

    /// Whether it can make a move now.
    pub fn can_move(&self, world: &World) -> bool {
        let told = |fact: &Value| world.row.index.iter().any(|text| is_named(fact, text));
        match (&self.purpose, &self.fact) {
            _ if self.is_done => false,
            (Purpose::Tell { .. }, None) => !world.gateway.pending().is_empty(),
            (Purpose::Tell { .. }, Some(fact)) => !self.is_parked || told(fact),
            (Purpose::Pay { .. }, _) => true,
        }
    }

    /// Load, ask and commit, send, or answer: whatever comes next.
    pub fn make_move(&mut self, world: &mut World) {
        world.draw_entropy_from_state(self.number);
        if self.reply.is_some() {
            self.is_done = true;
        } else if let Some(call) = self.call.take() {
            let outcome = world.send(&call);
            self.answered = Some((call["id"].as_str().unwrap().to_owned(), outcome.to_string()));
        } else if self.row.is_none() {
            self.load(world);
        } else {
            self.ask(world);
        }
    }

    fn load(&mut self, world: &mut World) {
        if let Purpose::Tell { happened } = self.purpose {
            let fact = self.fact.get_or_insert_with(|| {
                let reference = world.gateway.pending().remove(0);
                world.gateway.decide(&reference, happened)
            });
            self.is_parked = !world.row.index.iter().any(|text| is_named(fact, text));
            if self.is_parked {
                return;
            }
        }
        self.row = Some((world.row.version, world.row.state.clone()));
    }

    fn ask(&mut self, world: &mut World) {
        let (version, state) = self.row.clone().unwrap();
        let step = Step::read(&self.step(world, &state));
        if step.commits() {
            if version != world.row.version {
                self.row = None;
                return;
            }
            world.commit(&step);
            self.row = Some((world.row.version, world.row.state.clone()));
        }
        if let Some(call) = step.call() {
            self.resolving |= step.resolves();
            self.call = Some(call.clone());
        } else if self.resolving || step.resolves() {
            (self.answered, self.resolving, self.resolved) = (None, false, true);
        } else if self.fact.is_some() {
            self.is_done = step.body != "{\"matched\":false}";
            self.is_parked = !self.is_done;
            self.row = None;
        } else {
            self.reply = Some(Reply { status: step.status().unwrap(), body: step.body });
        }
    }

    fn step(&self, world: &mut World, state: &str) -> String {
        let mut facts = json!({});
        if self.resolved {
            facts["resolved"] = json!(true);
        }
        if let Purpose::Pay { key, .. } = &self.purpose {
            facts["idempotencyKey"] = json!(key);
        }
        if let Some((call_id, outcome)) = &self.answered {
            facts["callId"] = json!(call_id);
            return core::advance(&world.context(&facts), state, outcome);
        }
        let context = world.context(&facts);
        match (&self.purpose, &self.fact) {
            (Purpose::Pay { body, .. }, _) => core::begin_checkout_payment(&context, state, body.as_bytes()),
            (Purpose::Tell { .. }, Some(fact)) => core::notify(&context, state, &fact.to_string()),
            (Purpose::Tell { .. }, None) => panic!("there is something to tell once it is loaded"),
        }
    }
}

/// Whether a group with this text in its index may know the fact.
fn is_named(fact: &Value, text: &str) -> bool {
    fact["ourReference"] == text || text == format!("gateway:simulator:{}", fact["gatewayReference"].as_str().unwrap())
}
