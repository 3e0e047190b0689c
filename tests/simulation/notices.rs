//! The gateway speaks on its own: what it decided, late; repeated, reordered, lost, contradicted; and what others send.

use std::rc::Rc;

use checkout_payments::engine::Conclusion;

use super::gateway::Standing;
use super::host::Host;
use super::requests;
use super::schedule::{Owner, Received};
use super::support::money;
use super::traits::PROVIDER;
use super::world::World;

/// A notification as the adapter reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub provider: &'static str,
    pub gateway_reference: String,
    pub our_reference: Option<String>,
    /// Whom it is about, whatever the text says; none when it is about nobody here.
    pub about: Option<(usize, String)>,
    pub happened: bool,
    /// The signature is the gateway's.
    pub authentic: bool,
    pub text: String,
}

impl Notice {
    /// The text under which a group is found, or the notification parked.
    pub fn index_text(&self) -> String {
        format!("gateway:{}:{}", self.provider, self.gateway_reference)
    }
}

/// How often a gateway tries to deliver what is not acknowledged.
const DELIVERIES: usize = 40;

/// What is pending will be decided; what was refused may yet succeed. Called when something new is in the books.
pub fn follow_up(world: &Rc<World>, group: usize, reference: &str) {
    let weather = world.weather();
    let Some(standing) = world.gateway.borrow_mut().books_mut(group).find(reference).map(|found| *found.0) else {
        return;
    };
    match standing {
        Standing::Pending => {
            let fails = world.chance(weather.fails_later);
            let after = world.random.weighted(&[(3, 2_000), (3, 60_000), (2, 900_000), (1, 7_200_000)]);
            let work = decide_later(world.clone(), group, reference.to_owned(), after, fails);
            world.spawn(Owner::Outside, work);
        }
        Standing::Failed => flip_perhaps(world, group, reference),
        Standing::Live if world.chance(weather.notice_contradicts) => {
            world.count("notifications", "contradicting a success");
            if let Some(books) = Some(world.gateway.borrow_mut().books_mut(group)) {
                books.untold.insert(reference.to_owned());
                books.contradicted.insert(reference.to_owned());
            }
            tell(world, group, reference, false, false);
            tell(world, group, reference, true, true);
        }
        Standing::Live if world.traits.tells_all => tell(world, group, reference, true, false),
        Standing::Live | Standing::Review => {}
    }
}

async fn decide_later(world: Rc<World>, group: usize, reference: String, after: i64, fails: bool) {
    world.sleep(world.random.between(after / 2, after)).await;
    let standing = if fails { Standing::Failed } else { Standing::Live };
    decide(&world, group, &reference, standing);
    tell(&world, group, &reference, !fails, false);
    if fails {
        flip_perhaps(&world, group, &reference);
    }
}

fn decide(world: &World, group: usize, reference: &str, standing: Standing) {
    let mut gateway = world.gateway.borrow_mut();
    let books = gateway.books_mut(group);
    if let Some((stands, ..)) = books.find(reference) {
        *stands = standing;
    }
    books.untold.insert(reference.to_owned());
    world.tell("gateway", format_args!("group {group}: {reference} is decided: {standing:?}"));
    world.count(
        "decided",
        if standing == Standing::Live { "what was pending, success" } else { "what was pending, failure" },
    );
}

fn flip_perhaps(world: &Rc<World>, group: usize, reference: &str) {
    // A capture's word stands: what turns over here are the facts of holds and of what is given back.
    if reference.starts_with("capture") || !world.chance(world.weather().flips) {
        return;
    }
    let (world, reference) = (world.clone(), reference.to_owned());
    let after = world.random.between(1_000, 3_600_000);
    let own = world.clone();
    own.spawn(Owner::Outside, async move {
        world.sleep(after).await;
        if world.gateway.borrow().books(group).may_flip(&reference) {
            if let Some((stands, ours, ..)) = world.gateway.borrow_mut().books_mut(group).find(&reference) {
                *stands = Standing::Live;
                world.watch.borrow_mut().flipped(group, &ours);
            }
            world.gateway.borrow_mut().books_mut(group).untold.insert(reference.clone());
            world.count("decided", "a failure became a success");
            world.tell("gateway", format_args!("group {group}: {reference} succeeded after all"));
            tell(&world, group, &reference, true, true);
        }
    });
}

/// What the gateway has accepted is only ever asked about, never repeated (docs/decisions.md). Where it can't be asked and its word
/// was lost, nothing but that word can tell, and it is for a person to get it: so the gateway tells it in the end, and it is
/// counted as such.
pub fn tell_what_can_not_be_asked(world: &Rc<World>) {
    for group in 0..world.groups() {
        let Some(state) = world.watch.borrow().state(group) else { continue };
        let accepted = state
            .operations
            .iter()
            .filter(|operation| operation.is_active() && operation.conclusion == Some(Conclusion::Pending))
            .flat_map(|operation| operation.steps.iter().filter(|step| operation.awaits(step)));
        for step in accepted.filter(|step| !world.traits.can_ask(step)) {
            let decided = world.gateway.borrow().books(group).decided_and_untold(&step.reference);
            if let Some((reference, standing)) = decided {
                world.count("notifications", "told at last, for a person would have to ask");
                tell(world, group, &reference, standing == Standing::Live, true);
            }
        }
    }
}

/// Sends a notification about what has this reference. One that nobody could find out otherwise is sure to arrive in the end.
fn tell(world: &Rc<World>, group: usize, reference: &str, happened: bool, sure: bool) {
    let found =
        world.gateway.borrow_mut().books_mut(group).find(reference).map(|found| (found.1, found.2, found.3, found.4));
    let Some((ours, operation, amount, currency)) = found else { return };
    let form = world.traits.notice;
    let event = if happened { "succeeded" } else { "failed" };
    let mut text = format!("{{\"provider\":\"{PROVIDER}\",\"gatewayReference\":\"{reference}\",\"event\":\"{event}\"");
    if form.our_reference {
        text.push_str(&format!(",\"ourReference\":\"{ours}\""));
    }
    if form.operation {
        text.push_str(&format!(",\"operation\":\"{}\"", operation.as_str()));
    }
    if world.gateway.borrow().books(group).is_taken_outside(reference) {
        text.push_str(",\"captured\":true");
    }
    if form.amount {
        text.push_str(&format!(",\"amount\":\"{}\",\"currencyIsoCode\":\"{currency}\"", money::text(amount)));
    }
    text.push('}');
    if !happened {
        world.watch.borrow_mut().denied(group, &ours);
    }
    let notice = Rc::new(Notice {
        provider: PROVIDER,
        gateway_reference: reference.to_owned(),
        our_reference: form.our_reference.then(|| ours.clone()),
        about: Some((group, ours)),
        happened,
        authentic: true,
        text,
    });
    let weather = world.weather();
    if !sure && world.chance(weather.notice_lost) {
        world.count("notifications", "lost");
        world.tell("gateway", format_args!("group {group}: the word of {reference} {event} is lost"));
        return;
    }
    let copies = if world.chance(weather.notice_repeated) { 1 + world.random.index(3) } else { 1 };
    for copy in 0..copies {
        if copy > 0 {
            world.count("notifications", "repeated");
        }
        world.spawn(Owner::Outside, deliver(world.clone(), notice.clone()));
    }
}

/// Delivers one notification, again and again until the host acknowledges it.
pub async fn deliver(world: Rc<World>, notice: Rc<Notice>) {
    world.sleep(world.random.between(0, world.weather().notice_late)).await;
    for delivery in 0..DELIVERIES {
        if let Some(process) = requests::somebody(&world) {
            let (sender, receiver) = world.line();
            let host = Host { world: world.clone(), process };
            let fact = notice.clone();
            world.spawn(Owner::Process(process), async move { host.notified(&fact, sender).await });
            if let Received::Message(status) = world.receive(&receiver, 30_000).await {
                if status == 200 {
                    acknowledged(&world, &notice);
                }
                if status < 500 {
                    return;
                }
            }
            world.count("notifications", "delivered again");
        }
        let wait = 1_000 << delivery.min(10);
        world.sleep(world.random.between(wait / 2, wait)).await;
    }
}

fn acknowledged(world: &World, notice: &Notice) {
    let known = [Some(notice.index_text()), notice.our_reference.clone()];
    let taken_in = known.iter().flatten().any(|text| !world.store.borrow().find(text).is_empty());
    if notice.authentic && !taken_in && !world.store.borrow().is_parked(notice) {
        world.fail("a fact is taken in or parked before it is acknowledged", notice.text.clone());
    }
    if let Some((group, ours)) = &notice.about {
        // Without our reference it may have been parked, until a commit brings the gateway's.
        if notice.our_reference.is_some() || !world.store.borrow().find(&notice.index_text()).is_empty() {
            world.watch.borrow_mut().acknowledged(*group, ours);
            world.gateway.borrow_mut().books_mut(*group).heard(&notice.gateway_reference, notice.happened, true);
        }
    }
}

/// What others send: forged, about payments of others, or of another provider.
pub async fn others_send(world: Rc<World>) {
    for _ in 0..6 {
        world.sleep(world.random.between(1_000, 600_000)).await;
        if !world.chance(world.weather().foreign) {
            continue;
        }
        let group = world.random.index(world.groups());
        let known = {
            let gateway = world.gateway.borrow();
            gateway
                .books(group)
                .payments
                .last()
                .map(|payment| (payment.reference.clone(), payment.ours.clone(), payment.standing))
        };
        let (reference, ours, standing) = known.unwrap_or(("gw-0".to_owned(), "pauth_0".to_owned(), Standing::Failed));
        let kind = world.random.below(3);
        let (provider, gateway_reference, our_reference, authentic) = match kind {
            0 => (PROVIDER, reference, Some(ours), false),
            1 => (PROVIDER, format!("of-another-{}", world.random.below(100)), None, true),
            _ => ("another", reference, None, true),
        };
        world.count("notifications", ["forged", "of another tenant", "of another provider"][kind as usize]);
        let happened = standing != Standing::Live;
        let event = if happened { "succeeded" } else { "failed" };
        let named = our_reference.as_ref().map(|ours| format!(",\"ourReference\":\"{ours}\"")).unwrap_or_default();
        let text = format!(
            "{{\"provider\":\"{provider}\",\"gatewayReference\":\"{gateway_reference}\",\"event\":\"{event}\"{named}}}"
        );
        world.tell("others", format_args!("{text}"));
        let notice = Notice { provider, gateway_reference, our_reference, about: None, happened, authentic, text };
        world.spawn(Owner::Outside, deliver(world.clone(), Rc::new(notice)));
    }
}
