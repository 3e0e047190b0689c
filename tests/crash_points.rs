//! Every flow is stopped at every point, as a crash would stop it; then the world goes on: recovery, the client's repeat, and
//! one more client. Afterwards the records and the gateway's books agree to the cent, one payment stands, and nothing is unknown.
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

use support::books;
use support::flows::{Extent, Flow, KEY, Request, bases, settled_but_for_waiting, with_each_outcome};
use support::world::{HELD, Point};

/// What is left to do after the crash, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aftermath {
    /// The process starts again and recovers; then the client repeats its request.
    RecoverFirst,
    /// The client repeats its request before recovery got to it.
    RepeatFirst,
}

/// Stops the flow at `point`, lets the world go on, and looks at what became of it.
fn crash_and_go_on(flow: &Flow, at: usize, aftermath: Aftermath) -> Result<Point, String> {
    let mut world = flow.start();
    world.crash_at = Some(at);
    let point = match world.try_pay(&flow.request.body(), Some(KEY)) {
        Err(crashed) => crashed.0,
        Ok(reply) => return Err(format!("point {at} was not met: {reply:?}")),
    };
    world.now += HELD + 1_000;
    if aftermath == Aftermath::RecoverFirst {
        world.recover_for(8);
        settled_but_for_waiting(&world)?;
    }
    let repeat = world.pay(&flow.request.body(), Some(KEY));
    if repeat.status == 409 {
        return Err(format!("nobody drives it any more: {repeat:?}"));
    }
    let sent = world.gateway.seen.len();
    let once_more = world.pay(&flow.request.body(), Some(KEY));
    if matches!(repeat.status, 201 | 202) && (once_more != repeat || sent != world.gateway.seen.len()) {
        return Err(format!("the same key: {repeat:?}, then {once_more:?}"));
    }
    world.recover_for(8);
    settled_but_for_waiting(&world)?;
    for reference in world.gateway.pending() {
        let fact = world.gateway.decide(&reference, true);
        world.notify(&fact);
    }
    world.recover_for(8);
    settled_but_for_waiting(&world)?;
    world.gateway.sequence.clear();
    let reply = world.pay(&flow.request.body(), None);
    if flow.request != Request::PurchaseOrder && !matches!(reply.status, 201 | 202 | 422) {
        return Err(format!("without a key: {reply:?}"));
    }
    world.recover_for(8);
    settled_but_for_waiting(&world)?;
    let charged = world.gateway.payments.iter().filter(|payment| payment.charged() > 0).count();
    if charged > 1 {
        return Err(format!("{charged} charges stand: {:?}", world.gateway.payments));
    }
    Ok(point)
}

fn crash_everywhere(release_order: &'static str, extent: Extent) -> usize {
    let mut visited: BTreeMap<Point, usize> = BTreeMap::new();
    let mut expected = 0;
    let mut failures = Vec::new();
    let (depth, mishaps) = (extent.mishaps_in_one_flow(), extent.mishaps());
    let bases = bases(release_order, extent);
    let flows: Vec<Flow> = bases.iter().flat_map(|flow| with_each_outcome(flow, 0, depth, mishaps)).collect();
    for flow in &flows {
        let (_, points) = flow.calls_and_points();
        expected += points;
        for at in 0..points {
            let aftermath = if at % 2 == 0 { Aftermath::RecoverFirst } else { Aftermath::RepeatFirst };
            // One failure must not hide the others.
            match std::panic::catch_unwind(|| crash_and_go_on(flow, at, aftermath)) {
                Ok(Ok(point)) => *visited.entry(point).or_default() += 1,
                Ok(Err(why)) => failures.push(format!("{}, point {at}, {aftermath:?}: {why}", flow.name)),
                Err(_) => failures.push(format!("{}, point {at}, {aftermath:?}: see the panic above", flow.name)),
            }
        }
    }
    let list: Vec<&str> = failures.iter().filter_map(|failure| failure.lines().next()).collect();
    assert!(
        failures.is_empty(),
        "{} of {expected} failed; the first: {}\n{}",
        failures.len(),
        failures[0],
        list.join("\n")
    );
    let total: usize = visited.values().sum();
    println!("{release_order}: {} flows, {total} crash points: {visited:?}", flows.len());
    assert_eq!(total, expected, "every point was visited");
    assert_eq!(visited.len(), 5, "points of each kind");
    total
}

#[test]
fn no_crash_of_a_release_first_flow_loses_or_doubles_a_payment() {
    assert!(crash_everywhere("release-first", Extent::Whole) > 10_000);
}

#[test]
fn no_crash_of_an_authorize_first_flow_loses_or_doubles_a_payment() {
    assert!(crash_everywhere("authorize-first", Extent::Whole) > 10_000);
}

/// Lets the flow come to where recovery begins, and stops recovery at each of its points; gives how many there were.
fn crash_recovery(flow: &Flow, first: Option<usize>) -> usize {
    for second in 0.. {
        let mut world = flow.start();
        world.crash_at = first;
        assert_eq!(world.try_pay(&flow.request.body(), Some(KEY)).is_err(), first.is_some(), "{}", flow.name);
        world.now += HELD + 1_000;
        world.crash_at = Some(world.points.len() + second);
        let died = (0..2).any(|_| {
            let died = world.try_recover(None).is_err();
            world.now = world.row.due.unwrap_or(world.now).max(world.now);
            died
        });
        if !died {
            return second;
        }
        world.now += HELD + 1_000;
        world.recover_for(8);
        world.pay(&flow.request.body(), Some(KEY));
        world.recover_for(8);
        settled_but_for_waiting(&world)
            .unwrap_or_else(|why| panic!("{}, points {first:?} and {second}: {why}", flow.name));
        // While a payment made outside waits to be told about, the old one stands beside it: authorize-first.
        let waits = books::state(&world).is_some_and(|state| state.active().is_some());
        let charged = world.gateway.payments.iter().filter(|payment| payment.charged() > 0).count();
        assert!(waits || charged <= 1, "{}, points {first:?} and {second}: {charged} charges", flow.name);
    }
    0
}

/// The process that recovers dies too, at every point of its recovery; the next one finds what both left.
#[test]
fn no_crash_of_a_recovery_loses_or_doubles_a_payment() {
    let mut visited = 0;
    for flow in bases("release-first", Extent::Quick).iter().chain(&bases("authorize-first", Extent::Quick)) {
        let (_, points) = flow.calls_and_points();
        visited += (0..points).map(|first| crash_recovery(flow, Some(first))).sum::<usize>();
    }
    println!("{visited} pairs of crash points");
    assert!(visited > 200, "{visited}");
}

/// The same for what a mishap left: unknown payments and refunds, releases owed.
fn crash_recovery_after_each_mishap(release_order: &'static str) -> usize {
    let mut visited = 0;
    for base in bases(release_order, Extent::Whole) {
        let flows = with_each_outcome(&base, 0, 2, Extent::Whole.mishaps());
        visited += flows.iter().map(|flow| crash_recovery(flow, None)).sum::<usize>();
    }
    println!("{release_order}: {visited} crash points of recoveries");
    visited
}

#[test]
fn no_crash_of_a_recovery_after_a_mishap_loses_or_doubles_a_release_first_payment() {
    assert!(crash_recovery_after_each_mishap("release-first") > 2_500);
}

#[test]
fn no_crash_of_a_recovery_after_a_mishap_loses_or_doubles_an_authorize_first_payment() {
    assert!(crash_recovery_after_each_mishap("authorize-first") > 2_500);
}
