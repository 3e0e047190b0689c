//! One history: a seed, and all that follows from it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use super::bugs::Bug;
use super::cart::Checkout;
use super::client::Client;
use super::desk::Desk;
use super::host::Host;
use super::notices;
use super::report::Report;
use super::schedule::Owner;
use super::settle;
use super::traits::CLOCK_OFF;
use super::world::{START, Violation, World};

/// What a history came to.
#[derive(Debug)]
pub struct Lived {
    pub violation: Option<Violation>,
    pub report: Report,
    pub trace: Vec<String>,
    /// Requests to pay that the core decided.
    pub payments: u64,
}

/// No history lasts longer than this before all faults end.
const LENGTH: i64 = 40 * 3_600_000;

/// Lives the history of `seed`.
pub fn live(seed: u64, bug: Option<Bug>, traced: bool) -> Lived {
    let world = World::new(seed, bug, traced);
    let lived = catch_unwind(AssertUnwindSafe(|| pass_through(&world)));
    if let Err(panic) = lived {
        let text =
            panic.downcast_ref::<String>().cloned().or(panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        world.fail("nothing panics", text.unwrap_or_default());
    }
    world.schedule.end();
    let violation = world.violation();
    let payments = world.watch.borrow().payments;
    let world = Rc::try_unwrap(world).unwrap_or_else(|_| panic!("a task outlived its history"));
    Lived { violation, payments, report: world.counts.report(), trace: world.trace.lines() }
}

fn pass_through(world: &Rc<World>) {
    world.tell("world", format_args!("{:?}", world.weather()));
    world.tell("world", format_args!("{:?}", world.traits));
    open_shop(world);
    for process in 0..world.processes.len() {
        start(world, process);
    }
    while world.violation().is_none()
        && !is_quiet(world)
        && world.now() < START + LENGTH
        && world.schedule.turn(i64::MAX)
    {
        bury(world);
    }
    for process in &world.processes {
        world.schedule.kill(process.number);
        process.dies();
    }
    world.processes[0].up.set(true);
    if world.violation().is_none() {
        settle::settle(world);
    }
    if world.violation().is_none() {
        settle::compare(world);
    }
}

fn open_shop(world: &Rc<World>) {
    let random = &world.random;
    let release_first: Vec<bool> =
        (0..1 + random.index(3)).map(|store| if store == 0 { random.chance(500) } else { store % 2 == 0 }).collect();
    let checkouts = 1 + random.index(3);
    for number in 0..checkouts {
        let checkout = Checkout::drawn(number, &release_first, random);
        world.count("policy", if checkout.release_first { "release-first" } else { "authorize-first" });
        world.tell("world", format_args!("{checkout:?}"));
        world.checkouts.borrow_mut().push(checkout);
        world.open_group();
        let client = Client { world: world.clone(), checkout: number, buys_for_a_company: random.chance(80) };
        world.spawn(Owner::Outside, client.shop());
    }
    for _ in 0..random.weighted(&[(50, 0), (35, 1), (15, 2)]) {
        world.spawn(Owner::Outside, Desk::of(world.clone()).work());
    }
    if world.weather().foreign > 0 {
        world.spawn(Owner::Outside, notices::others_send(world.clone()));
    }
    if world.weather().clock_step > 0 {
        world.spawn(Owner::Outside, set_clocks(world.clone()));
    }
}

/// Nobody outside is at anything any more.
fn is_quiet(world: &World) -> bool {
    world.schedule.alive_outside() == 0
}

fn start(world: &Rc<World>, process: usize) {
    world.processes[process].up.set(true);
    let host = Host { world: world.clone(), process };
    world.spawn(Owner::Process(process), async move { host.recover_always().await });
}

/// Ends the process that died in the last turn; another takes its place after a while.
fn bury(world: &Rc<World>) {
    let Some(process) = world.dying.take() else { return };
    world.schedule.kill(process);
    world.processes[process].dies();
    if world.has_bug(Bug::LosesLastCommit) {
        world.store.borrow_mut().lose_last_write();
    }
    let (low, high) = world.random.weighted(&[(60, (100, 5_000)), (30, (5_000, 60_000)), (10, (60_000, 300_000))]);
    let after = world.random.between(low, high);
    let own = world.clone();
    world.spawn(Owner::Outside, async move {
        own.sleep(after).await;
        own.tell("host", format_args!("process {process} starts"));
        start(&own, process);
    });
}

/// Clocks are set now and then, a little forward or back.
async fn set_clocks(world: Rc<World>) {
    for _ in 0..8 {
        world.sleep(world.random.between(1_000, 900_000)).await;
        if world.chance(world.weather().clock_step * 4) {
            let process = world.random.pick(&world.processes);
            process.clock_off.set(world.random.between(-CLOCK_OFF, CLOCK_OFF));
            world.count("clocks", "set");
            world.tell("host", format_args!("process {}: clock is {} ms off", process.number, process.clock_off.get()));
        }
    }
}
