//! The host's routes (`app.ts`): who asks what about which checkout, and what is replied.

use std::rc::Rc;

use super::ask::Ask;
use super::bugs::Bug;
use super::client::answer_name;
use super::host::{Host, Line, Run, StoreFailure};
use super::notices::Notice;
use super::schedule::{Owner, Received, Sender};
use super::world::World;

/// A request to pay, as a client may send it more than once.
#[derive(Debug, Clone)]
pub struct Payment {
    pub body: String,
    pub key: Option<String>,
    pub api_version: &'static str,
}

/// A request of the payments API.
#[derive(Debug, Clone)]
pub struct BackOffice {
    pub operation: &'static str,
    /// The record in the path.
    pub target: Option<String>,
    /// The group that the body names.
    pub group_id: Option<String>,
    pub body: String,
    pub key: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u32,
    pub body: String,
    pub operation_id: Option<String>,
    /// The version of the state that it was decided on.
    pub version: u64,
    /// It was asked of a group that has nothing to do with it.
    pub elsewhere: bool,
}

/// A process that is up, if any is.
pub fn somebody(world: &World) -> Option<usize> {
    let up: Vec<usize> =
        world.processes.iter().filter(|process| process.up.get()).map(|process| process.number).collect();
    if up.is_empty() { None } else { Some(*world.random.pick(&up)) }
}

/// Sends a request to a process and waits for the reply.
pub async fn ask<F, W>(world: &Rc<World>, patience: i64, route: F) -> Option<Reply>
where
    F: FnOnce(Host, Sender<Reply>) -> W + 'static,
    W: Future<Output = ()> + 'static,
{
    world.sleep(world.random.between(1, 30)).await;
    let process = somebody(world)?;
    let (sender, receiver) = world.line();
    let host = Host { world: world.clone(), process };
    world.spawn(Owner::Process(process), async move { route(host, sender).await });
    match world.receive(&receiver, patience).await {
        Received::Message(reply) => {
            world.count("answers", answer_name(&reply));
            Some(reply)
        }
        Received::Broken | Received::TimedOut => None,
    }
}

impl Host {
    pub async fn pay(&self, checkout: usize, payment: &Payment, sender: Sender<Reply>) {
        self.pass(Line::Arrived).await;
        let key = payment.key.as_ref().map(|key| format!(",\"idempotencyKey\":\"{key}\"")).unwrap_or_default();
        // The cart as it is now: it may change before the core has seen it.
        let asked = self.world.checkouts.borrow()[checkout].clone();
        let facts = format!(
            "{},\"apiVersion\":\"{}\",\"contentType\":\"application/json\"{key}",
            asked.facts(),
            payment.api_version
        );
        let ask = Ask::Begin { body: payment.body.clone() };
        let reply = self.drive(checkout, &ask, &facts).await;
        self.world.replied(checkout, payment, &asked, &reply);
        self.reply(reply, &sender).await;
    }

    pub async fn place_order(&self, checkout: usize, sender: Sender<Reply>) {
        self.pass(Line::Arrived).await;
        let asked = self.world.checkouts.borrow()[checkout].clone();
        let facts = format!("{},\"orderReferenceNumber\":\"{:08}\"", asked.facts(), self.world.number());
        let reply = self.drive(checkout, &Ask::PlaceOrder, &facts).await;
        if reply.status == 201 {
            self.world.ordered(checkout, &asked, &reply);
            self.pass(Line::Committed).await;
            self.world.checkouts.borrow_mut()[checkout].closed = true;
        }
        self.reply(reply, &sender).await;
    }

    pub async fn read(&self, checkout: usize, sender: Sender<Reply>) {
        let facts = self.world.checkouts.borrow()[checkout].facts();
        let reply = self.drive(checkout, &Ask::Read, &facts).await;
        self.reply(reply, &sender).await;
    }

    pub async fn back_office(&self, request: &BackOffice, sender: Sender<Reply>) {
        self.pass(Line::Arrived).await;
        let reply = self.find_and_drive(request).await;
        self.world.back_office_replied(request, &reply);
        self.reply(reply, &sender).await;
    }

    /// As `payments.ts`: the groups that may know the request are asked in turn, the one that knows its key first.
    async fn find_and_drive(&self, request: &BackOffice) -> Reply {
        let member = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!(",\"{name}\":\"{value}\"")).unwrap_or_default()
        };
        let facts = [
            &format!(",\"operation\":\"{}\"", request.operation),
            &*member("targetId", &request.target),
            &*member("idempotencyKey", &request.key),
        ]
        .concat();
        let ask = Ask::BackOffice { body: request.body.clone() };
        let named = request.target.as_ref().or(request.group_id.as_ref());
        let texts = [request.key.as_ref().map(|key| format!("key:{key}")), named.cloned()];
        let mut asked: Vec<usize> = Vec::new();
        for text in texts.into_iter().flatten() {
            self.pass(Line::Finding).await;
            for group in self.world.groups_found(&text) {
                if asked.contains(&group) {
                    continue;
                }
                asked.push(group);
                let reply = self.drive(group, &ask, &facts).await;
                if !reply.elsewhere {
                    return reply;
                }
            }
        }
        if named.is_none() {
            // One that nobody names is of its own group; the same for all requests with one key.
            let group = self.world.group_of_key(request.key.as_deref());
            if !asked.contains(&group) {
                return self.drive(group, &ask, &facts).await;
            }
        }
        Reply { status: 404, body: String::new(), operation_id: None, version: 0, elsewhere: true }
    }

    pub async fn notified(&self, notice: &Rc<Notice>, sender: Sender<u32>) {
        self.pass(Line::Arrived).await;
        if !notice.authentic && !self.world.has_bug(Bug::AcceptsForgedNotices) {
            self.world.count("notifications", "forged, and refused");
            return sender.send(401);
        }
        if self.world.has_bug(Bug::AcknowledgesTooEarly) {
            sender.send(200);
        }
        let status = if self.accept(notice).await.is_ok() { 200 } else { 503 };
        self.pass(Line::Replying).await;
        sender.send(status);
    }

    async fn drive(&self, checkout: usize, ask: &Ask, facts: &str) -> Reply {
        match self.run(checkout, ask, facts).await {
            Err(StoreFailure) => {
                Reply { status: 503, body: String::new(), operation_id: None, version: 0, elsewhere: false }
            }
            Ok(Run { step, moved, index, version }) => {
                if moved && self.deliver_parked(&index).await.is_err() {
                    self.world.count("store", "threw while parked notifications were looked at");
                }
                let status = step.status.unwrap_or(if step.idle { 204 } else { 500 });
                Reply { status, body: step.body, operation_id: step.operation_id, version, elsewhere: step.elsewhere }
            }
        }
    }

    async fn reply(&self, reply: Reply, sender: &Sender<Reply>) {
        self.pass(Line::Replying).await;
        sender.send(reply);
    }
}
