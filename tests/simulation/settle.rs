//! When the dust has settled: no fault any more, everything late has arrived, recovery has run until nothing is due. Then the books
//! of both sides are compared, to the cent.

use std::rc::Rc;

use checkout_payments::engine::{Operation, Role, State, Step, StepStatus};

use super::host::Host;
use super::notices;
use super::schedule::Owner;
use super::store::{Content, Key};
use super::support::books;
use super::weather::Weather;
use super::world::World;

/// So often recovery may be due before it has to come to rest.
const PASSES: usize = 60;
/// From then on it is looked at whether all that is left waits for a person.
const PATIENT: usize = 2;

/// Lets everything end.
pub fn settle(world: &Rc<World>) {
    world.weather.set(Weather::CALM);
    world.tell("world", format_args!("all faults end"));
    let passes = (0..PASSES).find(|pass| {
        notices::tell_what_can_not_be_asked(world);
        recover(world);
        let due: Vec<(usize, i64)> = due(world);
        let next = due.iter().map(|(_, due)| *due).min();
        if let Some(next) = next {
            let off = world.processes[0].clock_off.get();
            // At least until the next pass: what is due may have to wait for an operation that counts as driven.
            world.schedule.skip_to((next - off).max(world.now() + world.traits.recovery_every));
        }
        let rests =
            due.is_empty() || (*pass >= PATIENT && due.iter().all(|(group, _)| waits_for_a_person(world, *group)));
        rests || world.violation().is_some()
    });
    match passes {
        None => world.fail("recovery comes to rest", format!("{:?}", due(world))),
        Some(passes) if passes >= PATIENT => world.count("settling", "patiently"),
        Some(_) => world.count("settling", "at once"),
    }
}

fn due(world: &World) -> Vec<(usize, i64)> {
    let store = world.store.borrow();
    let groups = store.rows().filter_map(|(key, row)| match key {
        Key::Group(group) => row.due.map(|due| (*group, due)),
        Key::Parked(_) => None,
    });
    groups.collect()
}

/// A pass of recovery, and all that is under way.
fn recover(world: &Rc<World>) {
    let host = Host { world: world.clone(), process: 0 };
    world.spawn(Owner::Process(0), async move { host.recover_all().await });
    while world.schedule.alive() > 0 && world.violation().is_none() && world.schedule.turn(i64::MAX) {}
}

/// Whether nothing but a person can tell what became of what is unknown here: the key is forgotten, or only ever answered with the
/// same 5xx, and nobody can be asked.
fn waits_for_a_person(world: &World, group: usize) -> bool {
    let Some(state) = world.watch.borrow().state(group) else { return true };
    let open: Vec<&Step> = open_steps(&state).collect();
    let found_out = |step: &&Step| can_be_found_out(world, group, step);
    // A release planned anew waits too while an earlier one of the same record can't be found out: the gateway refuses it.
    let waits = |step: &&Step| {
        let earlier = |other: &&Step| other.target_id == step.target_id && !found_out(other);
        let lost = || unknown_releases(&state).filter(|other| other.target_id.is_some()).any(|other| earlier(&other));
        !found_out(step) || (step.status() == StepStatus::Planned && (open.iter().any(earlier) || lost()))
    };
    !open.is_empty() && open.iter().all(waits)
}

/// The steps whose end is not known: of operations, and of what is owed.
fn open_steps(state: &State) -> impl Iterator<Item = &Step> {
    // A challenge waits for the shopper; that is known.
    let asks = |operation: &&Operation| operation.is_active() && !operation.waits_for_review();
    let awaited = |operation: &'_ Operation, step: &Step| operation.awaits(step);
    let steps = state
        .operations
        .iter()
        .filter(asks)
        .flat_map(move |operation| operation.steps.iter().filter(move |step| awaited(operation, step)));
    steps.chain(state.releases_owed.iter().map(|owed| &owed.step))
}

/// The releases of which nobody knows what became of them, whether or not anything is still to be released.
pub fn unknown_releases(state: &State) -> impl Iterator<Item = &Step> {
    let steps = state.operations.iter().flat_map(|operation| &operation.steps);
    steps.filter(|step| step.status() == StepStatus::Unknown && matches!(step.role, Role::Release | Role::Undo))
}

fn can_be_found_out(world: &World, group: usize, step: &Step) -> bool {
    let traits = &world.traits;
    let off = world.processes[0].clock_off.get();
    let since = |at: i64| world.now() + off - at;
    // What was accepted is not repeated any more.
    let window_open =
        step.record_id.is_none() && step.announced_at.is_some_and(|at| since(at.milliseconds()) < traits.key_window);
    let stuck = world.gateway.borrow().is_stuck(group, &step.reference);
    step.status() == StepStatus::Planned || traits.can_ask(step) || (window_open && !stuck)
}

/// Both books, of every group.
pub fn compare(world: &World) {
    for group in 0..world.groups() {
        if let Err((invariant, detail)) = compare_one(world, group) {
            let text = world.store.borrow().load(&Key::Group(group)).map(|row| match row.content {
                Content::Group(text) => text.to_string(),
                Content::Parked(_) => String::new(),
            });
            world.fail(invariant, format!("group {group}: {detail}\n{}", text.unwrap_or_default()));
        }
    }
}

fn compare_one(world: &World, group: usize) -> Result<(), (&'static str, String)> {
    let gateway = world.gateway.borrow();
    let books = gateway.books(group);
    let standing = books.standing();
    let Some(state) = world.watch.borrow().state(group) else {
        return if standing.is_empty() { Ok(()) } else { Err(("no charge without a record", format!("{standing:?}"))) };
    };
    let stored = world.store.borrow().load(&Key::Group(group)).map(|row| row.due);
    let person = waits_for_a_person(world, group);
    if let Some(step) = open_steps(&state).find(|step| world.watch.borrow().was_acknowledged(group, &step.reference)) {
        let waits = step.status() == StepStatus::Announced && is_under_review(&state);
        if !waits {
            return Err(("what the host acknowledged is in the records", format!("{step:?}")));
        }
    }
    if person {
        world.count("settled", "waits for a person");
        if stored.flatten().is_none() {
            return Err(("what is unknown is looked at again", "nothing is due".to_owned()));
        }
        return Ok(());
    }
    let waits = is_under_review(&state);
    world.count("settled", if waits { "waits for the shopper" } else { "agrees" });
    if open_steps(&state).any(|step| step.is_open()) || (!waits && state.active().is_some()) {
        return Err(("every unknown is resolved", format!("due {stored:?}")));
    }
    if !state.releases_owed.is_empty() {
        return Err(("every release owed is settled", format!("{:?}", state.releases_owed)));
    }
    let records = books::records(&state);
    if records != standing {
        return Err(("records and books agree", format!("records {records:?}, books {standing:?}")));
    }
    if standing.len() > 1 && !waits && !state.group.checkout_id.is_empty() {
        return Err(("one payment of a checkout stands", format!("{standing:?}")));
    }
    books::one_live_payment(&state).map_err(|detail| ("one payment stands, all else is owed", detail))
}

fn is_under_review(state: &State) -> bool {
    state.active().is_some_and(|operation| operation.waits_for_review())
}
