//! Requests and notifications at the same time, in every order of their host's moves: load, ask and commit, send, answer. One key has
//! one effect and one answer, and whatever comes first, records and books agree.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that is wrong should stop at the line that is wrong; and this one says how much it has visited"
)]

mod support;

use std::collections::BTreeMap;

use support::actors::{Actor, Purpose};
use support::books::is_settled;
use support::gateway::Scripted;
use support::scenes::{Existing, auth, world_with};
use support::world::{HELD, Reply, World};

/// Processes at work on one store.
#[derive(Clone)]
struct Scene {
    world: World,
    actors: Vec<Actor>,
}

impl Scene {
    fn new(existing: Existing, release_order: &'static str, scripted: Scripted, purposes: Vec<Purpose>) -> Self {
        let mut world = world_with(existing);
        world.release_order = release_order;
        world.cart_of("99.00");
        world.gateway.script("authorize", &[scripted]);
        world.gateway.seen.clear();
        // What the gateway tells is told at a later move.
        world.decides_silently = true;
        let actors = purposes.into_iter().enumerate().map(|(number, purpose)| Actor::new(number, purpose)).collect();
        Self { world, actors }
    }

    /// All that the rest of the story depends on.
    fn fingerprint(&self) -> String {
        let mut gateway = self.world.gateway.clone();
        gateway.seen.clear();
        format!("{:?} {:?} {gateway:?} {:?}", self.world.row, self.actors, self.world.gateway.seen.len())
    }
}

/// The interleavings of a scene. Those that have come to the same world go on in the same ways, so that is gone on with once.
#[derive(Default)]
struct Interleavings {
    /// How many there are from each world that was met.
    known: BTreeMap<String, usize>,
    ends: usize,
}

impl Interleavings {
    /// Goes on in every order, and gives how many there are.
    fn go_on(&mut self, scene: &Scene, check: &impl Fn(Scene)) -> usize {
        let fingerprint = scene.fingerprint();
        if let Some(known) = self.known.get(&fingerprint) {
            return *known;
        }
        let mut orders = 0;
        for at in 0..scene.actors.len() {
            if scene.actors[at].can_move(&scene.world) {
                let mut next = scene.clone();
                next.actors[at].make_move(&mut next.world);
                orders += self.go_on(&next, check);
            }
        }
        if orders == 0 {
            self.ends += 1;
            check(scene.clone());
            orders = 1;
        }
        self.known.insert(fingerprint, orders);
        orders
    }
}

/// A client that is told to try again, or that a repeat is safe, does so; and gives up in the end.
fn final_answer(world: &mut World, actor: &Actor) -> Reply {
    let Purpose::Pay { body, key } = &actor.purpose else { panic!("a client") };
    let mut reply = actor.reply().unwrap().clone();
    for _ in 0..4 {
        if reply.status != 409 && !reply.short().contains("SystemError") {
            return reply;
        }
        world.now += 1_000;
        reply = world.pay(body, Some(key));
    }
    panic!("no final answer: {reply:?}");
}

fn settle(world: &mut World) {
    world.now += HELD + 1_000;
    world.recover_for(4);
}

/// Two requests with one key: one effect at the gateway, and one final answer.
#[test]
fn one_key_has_one_effect_and_one_answer() {
    use Scripted::{Decline, Error, Ok, Pending, Review, TimeoutAfter, TimeoutBefore};
    let (mut orders, mut ends, mut worlds) = (0, 0, 0);
    for existing in [Existing::Nothing, Existing::Authorization, Existing::WhollyCaptured] {
        for release_order in ["release-first", "authorize-first"] {
            for scripted in [Ok, Pending, Review, Decline, Error, TimeoutBefore, TimeoutAfter] {
                let pay = Purpose::Pay { body: auth("tok_new"), key: "one key" };
                let scene = Scene::new(existing, release_order, scripted, vec![pay.clone(), pay]);
                let before = scene.world.gateway.payments.len();
                let mut all = Interleavings::default();
                orders += all.go_on(&scene, &|end| {
                    let name = format!("{existing:?}, {release_order}, {scripted:?}");
                    let mut world = end.world;
                    let answers = [0, 1].map(|at| final_answer(&mut world, &end.actors[at]));
                    assert_eq!(answers[0], answers[1], "{name}");
                    let status = match scripted {
                        Ok | Error | TimeoutBefore | TimeoutAfter => 201,
                        Pending | Review => 202,
                        Decline | Scripted::Fail | Scripted::Invalid => 422,
                    };
                    assert_eq!(answers[0].status, status, "{name}: {:?}", answers[0]);
                    let made = world.gateway.payments.len() - before;
                    assert_eq!(made, usize::from(status != 422), "{name}: {:?}", world.gateway.payments);
                    let keys = |operation: &str| {
                        let of = world.gateway.seen.iter().filter(|seen| seen.operation == operation);
                        let mut keys: Vec<_> = of.map(|seen| seen.key.clone()).collect();
                        keys.sort();
                        keys.dedup();
                        keys.len()
                    };
                    // What was provably not sent is sent under a new key.
                    assert_eq!(keys("authorize"), if scripted == Error { 2 } else { 1 }, "{name}");
                    assert!(keys("reverse") + keys("refund") <= 1, "{name}: the old payment is released once");
                    if !matches!(scripted, Pending | Review) {
                        settle(&mut world);
                        is_settled(&world).unwrap_or_else(|why| panic!("{name}: {why}"));
                    }
                });
                ends += all.ends;
                worlds += all.known.len();
            }
        }
    }
    println!("one key: {orders} interleavings, {ends} ends, through {worlds} worlds");
    assert!(orders > 1_000);
}

/// Two requests with keys of their own, and a notification about whichever payment the gateway has accepted: each key keeps its
/// answer and has its effect once, and one payment stands in the end.
#[test]
fn two_keys_and_a_notification_leave_one_payment() {
    let (mut orders, mut ends, mut worlds) = (0, 0, 0);
    for existing in [Existing::Nothing, Existing::Authorization] {
        for release_order in ["release-first", "authorize-first"] {
            for happened in [true, false] {
                let name = format!("{existing:?}, {release_order}, {happened}");
                let pay = |token: &str, key: &'static str| Purpose::Pay { body: auth(token), key };
                let purposes = vec![pay("tok_a", "key a"), pay("tok_b", "key b"), Purpose::Tell { happened }];
                let scene = Scene::new(existing, release_order, Scripted::Pending, purposes);
                let mut all = Interleavings::default();
                orders += all.go_on(&scene, &|end| {
                    assert!(end.actors[2].is_done, "{name}: the fact has found its payment");
                    let mut world = end.world;
                    let answers = [0, 1].map(|at| final_answer(&mut world, &end.actors[at]));
                    assert!(answers.iter().all(|reply| matches!(reply.status, 201 | 202 | 422)), "{name}: {answers:?}");
                    settle(&mut world);
                    is_settled(&world).unwrap_or_else(|why| panic!("{name}: {why}"));
                    // One of the two that were answered stands: the one that came last, unless that failed.
                    let stands = world.gateway.books().len();
                    let (sent, version) = (world.gateway.seen.len(), world.row.version);
                    let repeats =
                        [("tok_a", "key a"), ("tok_b", "key b")].map(|(token, key)| world.pay(&auth(token), Some(key)));
                    let paid = repeats.iter().filter(|reply| reply.status == 201).count();
                    assert_eq!(world.gateway.seen.len(), sent, "{name}: a repeat sends nothing: {repeats:?}");
                    assert!(world.row.version <= version + 2, "{name}");
                    assert_eq!(stands, 1, "{name}: {answers:?}, then {repeats:?}");
                    assert!(paid >= 1, "{name}: {repeats:?}");
                });
                ends += all.ends;
                worlds += all.known.len();
            }
        }
    }
    println!("two keys and a notification: {orders} interleavings, {ends} ends, through {worlds} worlds");
    assert!(orders > 10_000);
}
