//! The back office: requests of the payments API, each repeated until it is answered. It captures, reverses and refunds what is in a
//! group, in part and in whole; what it takes itself is `desk`'s.

use std::rc::Rc;

use checkout_payments::domain::amount::Amount;
use checkout_payments::engine::State;

use super::client::REPEATS;
use super::desk;
use super::host::Host;
use super::requests::{self, BackOffice, Reply};
use super::support::money;
use super::world::World;

const SAME_ANSWER: &str = "the same key gets the same answer, also of the back office";

/// How an answer of the payments API is counted.
pub fn answer_name(body: &str) -> Option<&'static str> {
    let codes = [
        ("PAYMENT_INDETERMINATE", "422 indeterminate"),
        ("PAYMENT_NOT_SENT", "422 not sent"),
        ("PAYMENT_DECLINED", "422 declined"),
        ("PAYMENT_DATA_REFUSED", "422 not valid"),
        ("AMOUNT_TOO_LARGE", "422 not so much is left"),
        ("INVALID_STATUS", "422 not in this status"),
        ("AUTHORIZATION_EXPIRED", "422 expired"),
        ("FIELD_INTEGRITY", "422 not in this group"),
    ];
    codes.iter().find(|(code, _)| body.contains(code)).map(|(_, name)| *name)
}

/// Whether a repeat under the same key must be given this answer again.
fn is_final(status: u32, body: &str) -> bool {
    status == 201 || (status == 422 && (body.contains("PAYMENT_DECLINED") || body.contains("PAYMENT_DATA_REFUSED")))
}

/// Asks for something to be done with one of the group's records.
pub async fn act_on(world: &Rc<World>, group: usize) {
    let request = world.watch.borrow().state(group).and_then(|state| act(world, &state));
    if let Some(request) = request {
        insist(world.clone(), Rc::new(request)).await;
    }
}

/// Sends a request until it is answered, or its sender has had enough: the last answer, and its status.
pub async fn insist(world: Rc<World>, request: Rc<BackOffice>) -> Option<(u32, String)> {
    world.count("back office", request.operation);
    let mut told: Option<(u32, String)> = None;
    for _ in 0..REPEATS {
        let patience = if world.chance(200) { world.random.between(1, 20_000) } else { 150_000 };
        let sent = request.clone();
        world.tell("back office", format_args!("{sent:?}"));
        let route = move |host: Host, sender| async move { host.back_office(&sent, sender).await };
        let reply = requests::ask(&world, patience, route).await;
        let unsure = reply.as_ref().is_none_or(|reply| reply.status == 503);
        if unsure && request.key.is_none() && request.body.contains(desk::ONCE) {
            // What was sent without a key, and may have paid, is not sent again by whoever wants to pay once.
            return told;
        }
        match reply {
            None => world.sleep(world.random.between(0, 10_000)).await,
            Some(reply) if matches!(reply.status, 409 | 503) => {
                world.sleep(world.random.between(500, 3_000)).await;
            }
            Some(reply) => {
                world.tell("back office", format_args!("{} {}", reply.status, reply.body));
                let now = (reply.status, reply.body);
                let differs = told.as_ref().is_some_and(|told| *told != now);
                if differs && !request.key.as_ref().is_some_and(|key| world.watch.borrow().was_taken_back(key)) {
                    world.fail(SAME_ANSWER, format!("{request:?}: {told:?}, {now:?}"));
                    return told;
                }
                let is_final = is_final(now.0, &now.1);
                told = Some(now);
                // Without a key a repeat is another request.
                if request.key.is_none() || !is_final || !world.chance(300) {
                    return told;
                }
                world.count("back office", "repeated what was answered");
            }
        }
    }
    told
}

impl World {
    /// The back office is about to be answered.
    pub fn back_office_replied(&self, request: &BackOffice, reply: &Reply) {
        if reply.elsewhere {
            // What it names was committed before it could know it.
            return self.fail("what is recorded is found", format!("{request:?}"));
        }
        let mut watch = self.watch.borrow_mut();
        if request.target.is_none() && !matches!(reply.status, 409 | 503) {
            watch.payments += 1;
        }
        let Some(key) = request.key.as_ref().filter(|_| is_final(reply.status, &reply.body)) else {
            return;
        };
        let now = (reply.status, reply.body.clone());
        let given = watch.given_to_back_office.insert(key.clone(), now.clone());
        if let Some(given) = given.filter(|given| *given != now && !watch.was_taken_back(key)) {
            self.fail(SAME_ANSWER, format!("{key}: {given:?}, {now:?}"));
        }
    }
}

fn act(world: &World, state: &State) -> Option<BackOffice> {
    let random = &world.random;
    let group = &state.group;
    let holds = group.authorizations.iter().map(|record| (&record.id, record.amount));
    let charges = group.payments.iter().map(|record| (&record.id, record.amount));
    let operation = random.weighted(&[(60, "captures"), (15, "reversals"), (25, "refunds")]);
    let records: Vec<(&String, Amount)> = if operation == "refunds" { charges.collect() } else { holds.collect() };
    // Mostly the newest record, that is the one that stands.
    let newest = records.len().checked_sub(1)?;
    let at = if world.chance(800) { newest } else { usize::try_from(random.between(0, newest as i64)).ok()? };
    let (id, amount) = records.get(at)?;
    let whole = money::cents(&amount.text());
    // Mostly less than half, so that there is room for more than one.
    let cents = match random.weighted(&[(30, 1), (50, 2), (20, 0)]) {
        0 => random.between(1, whole.max(1)),
        part => (whole / part).max(1),
    };
    let key = world.chance(800).then(|| format!("back-office-{}", world.number()));
    let body = format!("{{\"amount\":\"{}\"}}", money::text(cents));
    Some(BackOffice { operation, target: Some((*id).clone()), group_id: None, body, key })
}
