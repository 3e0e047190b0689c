//! Between the host and the gateway: what is lost, broken, slow, late, or can't be read.

use std::rc::Rc;

use checkout_payments::gateway::{Call, GatewayOperation, InquireBy};

use super::answer::{Answer, Told};
use super::bugs::Bug;
use super::gateway::Mood;
use super::host::Host;
use super::notices;
use super::schedule::{Owner, Received, Sender};
use super::support::money::{self, cents};
use super::traits::{LATEST, MARGIN};
use super::world::World;

/// As in `host.ts`.
const PATIENCE: i64 = 120_000;

/// One call to the gateway: every way it can end is an outcome (`send.ts`). Gives the outcome's text.
pub async fn send(host: &Host, group: usize, call: &Call) -> String {
    let world = &host.world;
    world.sending(group, call);
    let (sender, receiver) = world.line();
    world.spawn(Owner::Outside, deliver(world.clone(), group, call.clone(), sender));
    let (answer, end) = match world.receive(&receiver, PATIENCE).await {
        Received::Message(answer) => (answer, "answered"),
        Received::Broken => (Answer::nothing("broken"), "connection broken"),
        Received::TimedOut => (Answer::nothing("timeout"), "timed out"),
    };
    world.count(call.operation.as_str(), end);
    world.tell("host", format_args!("group {group}: {} {end}: {}", call.id, answer.text));
    world.told(group, call, &answer);
    if answer.told == Told::Nothing && world.has_bug(Bug::IndeterminateIsDecline) {
        return "{\"resultCode\":\"Decline\"}".to_owned();
    }
    if end == "timed out" && world.has_bug(Bug::TimeoutIsNotSent) {
        return Answer::not_sent().text;
    }
    answer.text
}

async fn deliver(world: Rc<World>, group: usize, call: Call, sender: Sender<Answer>) {
    let weather = world.weather();
    let operation = call.operation.as_str();
    if world.chance(weather.not_sent) {
        world.count(operation, "not sent");
        world.sleep(world.random.between(0, 50)).await;
        return sender.send(Answer::not_sent());
    }
    let question = call.operation == GatewayOperation::Inquire;
    if world.chance(if question { weather.no_answer } else { weather.lost }) {
        world.count(operation, "lost on the way");
        return silence(&world, sender).await;
    }
    let late = !question && world.chance(weather.late);
    let delay = if late {
        world.random.between(PATIENCE + 1, LATEST)
    } else if world.chance(weather.slow) {
        world.random.between(1_000, 100_000)
    } else {
        world.random.between(5, 200)
    };
    let broken = world.chance(weather.broken);
    let sender = (!broken).then_some(sender);
    world.sleep(delay).await;
    let answer = arrive(&world, group, &call);
    if late {
        world.count(operation, "arrived after the time-out");
    }
    let Some(sender) = sender else {
        return world.count(operation, "connection broken, yet it arrived");
    };
    if world.chance(weather.answer_lost) {
        world.count(operation, "answer lost");
        return silence(&world, sender).await;
    }
    let slow = world.chance(weather.slow);
    world.sleep(world.random.between(5, if slow { 150_000 } else { 200 })).await;
    if slow {
        world.count(operation, "slow answer");
    }
    if world.chance(weather.garbled) {
        world.count(operation, "garbled answer");
        let text = world.random.pick(&["{\"resultCode\":\"Success\",\"pending\":\"yes\"}", "[]", "{"]);
        return sender.send(Answer { text: (*text).to_owned(), told: Told::Nothing, about: None });
    }
    let speaks_of_amount = answer.told == Told::Done && call.operation != GatewayOperation::PostAuth;
    if speaks_of_amount
        && call.inquire_operation != Some(GatewayOperation::PostAuth)
        && world.chance(weather.other_amount)
    {
        world.count(operation, "answer about another amount");
        let other = money::text(cents(&call.amount.text()) + 1);
        let text = format!("{{\"resultCode\":\"Success\",\"amount\":\"{other}\",\"gatewayReference\":\"gw-0\"}}");
        return sender.send(Answer { text, told: Told::Nothing, about: None });
    }
    sender.send(answer);
}

/// Nobody answers; the connection breaks at once, or stays open longer than the host's patience.
async fn silence(world: &World, sender: Sender<Answer>) {
    if world.chance(500) {
        world.sleep(world.random.between(1, 2_000)).await;
    } else {
        world.sleep(PATIENCE + 10_000).await;
    }
    drop(sender);
}

/// The call is there: what the gateway makes of it is in the books before it answers.
fn arrive(world: &Rc<World>, group: usize, call: &Call) -> Answer {
    let traits = &world.traits;
    let now = world.now();
    let operation = call.operation.as_str();
    if call.operation == GatewayOperation::Inquire {
        let found_before = now - world.weather().found_after;
        let can_be_asked = match call.inquire_by {
            Some(InquireBy::OurReference) => traits.by_ours,
            Some(InquireBy::GatewayReference) => traits.by_theirs && call.gateway_reference.is_some(),
            None => false,
        };
        if !can_be_asked {
            world.fail("a question names a reference that the gateway can be asked by", format!("{call:?}"));
        }
        let answer = world.gateway.borrow_mut().inquire(group, call, found_before, traits);
        world.count(
            "asked about",
            match answer.told {
                Told::Done => "done",
                Told::Refused => "refused",
                Told::NotFound => "not found",
                Told::Review => "under review",
                Told::NotSent | Told::Nothing => "nothing",
            },
        );
        world.tell("gateway", format_args!("group {group}: asked about {}: {}", call.our_reference, answer.text));
        return answer;
    }
    let key = call.idempotency_key.clone().unwrap_or_default();
    if key.is_empty() {
        world.fail("a call has a key", call.id.clone());
    }
    let window = if traits.key_window == 0 { 0 } else { traits.key_window + MARGIN };
    let known = world.gateway.borrow().remembers(group, &key, now, window);
    if known {
        if !world.gateway.borrow().is_same_request(group, call) {
            world.fail("one key is for one request", format!("group {group}: {key}"));
        }
        world.count(operation, "repeated with the same key");
        let answer = world.gateway.borrow_mut().replay(group, call, traits);
        world.tell("gateway", format_args!("group {group}: {key} again: {}", answer.text));
        return answer;
    }
    let mood = mood(world, call.operation);
    world.count(
        operation,
        match mood {
            Mood::Ok => "ok",
            Mood::Pending => "pending",
            Mood::Review => "review",
            Mood::Refuse(code) => code,
            Mood::Stuck { done: true } => "500, and it happened",
            Mood::Stuck { done: false } => "500, and nothing happened",
        },
    );
    let executed = world.gateway.borrow_mut().execute(group, call, mood, now, traits);
    world.tell(
        "gateway",
        format_args!("group {group}: {operation} {} {mood:?}: {}", call.our_reference, executed.answer.text),
    );
    if executed.made.is_some() && call.operation == GatewayOperation::Capture && traits.captures_once {
        world.count(operation, "the only one of its hold");
    }
    world.done(group, call, executed.made.is_some());
    if let Some(reference) = &executed.made {
        notices::follow_up(world, group, reference);
    }
    executed.answer
}

fn mood(world: &World, operation: GatewayOperation) -> Mood {
    let weather = world.weather();
    if world.chance(weather.stuck) {
        return Mood::Stuck { done: world.chance(500) };
    }
    let refusals =
        [(weather.decline, "Decline"), (weather.fail, "PermanentFail"), (weather.invalid, "ValidationError")];
    for (often, code) in refusals {
        if world.chance(often) {
            return Mood::Refuse(code);
        }
    }
    if world.chance(weather.review) && operation != GatewayOperation::PostAuth {
        return Mood::Review;
    }
    if world.chance(weather.pending) { Mood::Pending } else { Mood::Ok }
}
