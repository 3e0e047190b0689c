//! What a gateway tells, stopped at every point: a notification lets an operation go on, makes calls, undoes, or writes down what is
//! owed; and the process that takes it in may die at each of the five kinds of points. Then the gateway delivers it again, as
//! gateways do with what was not acknowledged, or it is lost for good. After recovery records and books agree.
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

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::flows::{Extent, Flow, KEY, Request, bases, settled_but_for_waiting, with_each_outcome};
use support::gateway::{Scripted, Standing};
use support::world::{HELD, Point, World};

/// What becomes of the notification after the crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Afterwards {
    /// It comes again at once, while the dead process still counts as driving.
    AgainAtOnce,
    /// It comes again when recovery has done its work.
    AgainLater,
    Lost,
}

/// A world in which the gateway has something to tell.
#[derive(Clone)]
struct Notice {
    name: String,
    world: World,
    request: Request,
    fact: Value,
}

/// Everything the gateway can tell of what it did in this flow: of what is pending, that it happened and that it failed; of
/// anything else, what became of it.
fn notices_of(flow: &Flow, world: &World, name: &str) -> Vec<Notice> {
    let payments = world.gateway.payments.iter().map(|payment| (&payment.reference, payment.standing));
    let effects = world.gateway.payments.iter().flat_map(|payment| &payment.effects);
    let all: BTreeMap<&String, Standing> =
        payments.chain(effects.map(|effect| (&effect.reference, effect.standing))).collect();
    let mut notices = Vec::new();
    for (reference, standing) in all {
        let tellable: &[bool] = match standing {
            Standing::Pending => &[true, false],
            Standing::Live => &[true],
            Standing::Failed => &[false],
            Standing::Review => &[],
        };
        for happened in tellable {
            let mut world = world.clone();
            let fact = world.gateway.decide(reference, *happened);
            world.points.clear();
            let name = format!("{name}: {reference} {}", if *happened { "succeeded" } else { "failed" });
            notices.push(Notice { name, world, request: flow.request, fact });
        }
    }
    notices
}

/// After the request has been answered, and while it was being made: the process that made a call died, or is slow, and the
/// notification comes before the call's own answer.
fn notices(flow: &Flow) -> Vec<Notice> {
    let mut world = flow.start();
    world.pay(&flow.request.body(), Some(KEY));
    let mut notices = notices_of(flow, &world, &flow.name);
    let points = world.points;
    for (at, _) in points.iter().enumerate().filter(|(_, point)| **point == Point::AfterCall) {
        let mut world = flow.start();
        world.crash_at = Some(at);
        world.try_pay(&flow.request.body(), Some(KEY)).unwrap_err();
        notices.extend(notices_of(flow, &world, &format!("{}, died at {at}", flow.name)));
    }
    notices
}

impl Notice {
    /// None when it tells nothing new: to stop it is as if it had not come.
    fn points(&self) -> Vec<Point> {
        let mut world = self.world.clone();
        world.notify(&self.fact);
        if world.row.state == self.world.row.state { Vec::new() } else { world.points }
    }

    /// All that the rest of the story depends on: what two flows have come to alike is stopped once.
    fn fingerprint(&self) -> String {
        let mut gateway = self.world.gateway.clone();
        gateway.seen.clear();
        gateway.first_deliveries.clear();
        let (state, now) = (&self.world.row.state, self.world.now);
        format!("{} {state} {now} {:?} {gateway:?}", self.fact, self.request)
    }

    /// Stops the delivery at this point; then the world goes on.
    fn crash_and_go_on(&self, at: usize, afterwards: Afterwards) -> Result<Point, String> {
        let mut world = self.world.clone();
        world.crash_at = Some(at);
        let Err(crashed) = world.try_notify(&self.fact) else { return Err(format!("point {at} was not met")) };
        // The gateway has decided, and it may be that nobody heard.
        world.decides_silently = true;
        if afterwards == Afterwards::AgainAtOnce {
            world.notify(&self.fact);
        }
        world.now += HELD + 1_000;
        world.recover_for(8);
        if afterwards == Afterwards::AgainLater {
            world.notify(&self.fact);
            world.recover_for(8);
        }
        settled_but_for_waiting(&world)?;
        let reply = world.pay(&self.request.body(), Some(KEY));
        if reply.status == 409 {
            return Err(format!("nobody drives it any more: {reply:?}"));
        }
        world.recover_for(8);
        settled_but_for_waiting(&world)?;
        for reference in world.gateway.pending() {
            let fact = world.gateway.decide(&reference, true);
            world.notify(&fact);
        }
        world.recover_for(8);
        settled_but_for_waiting(&world)?;
        let charged = world.gateway.payments.iter().filter(|payment| payment.charged() > 0).count();
        if charged > 1 {
            return Err(format!("{charged} charges stand: {:?}", world.gateway.payments));
        }
        Ok(crashed.0)
    }
}

/// The flows whose calls are accepted, lost or refused, so that something is left to be told; and those that go well.
fn flows(release_order: &'static str) -> Vec<Flow> {
    let mishaps = [Scripted::Pending, Scripted::TimeoutAfter, Scripted::Decline];
    bases(release_order, Extent::Whole).iter().flat_map(|flow| with_each_outcome(flow, 0, 1, &mishaps)).collect()
}

/// It comes again, at once or later in turns; or it is lost.
fn again_or_lost(at: usize) -> [Afterwards; 2] {
    [if at.is_multiple_of(2) { Afterwards::AgainAtOnce } else { Afterwards::AgainLater }, Afterwards::Lost]
}

/// Stops each of these notifications at every point, each way it can go on.
fn crash_everywhere(name: &str, notices: &[Notice]) -> usize {
    let mut visited: BTreeMap<Point, usize> = BTreeMap::new();
    let (mut told, mut with_calls, mut expected, mut failures) = (0, 0, 0, Vec::new());
    for notice in notices {
        // One failure must not hide the others.
        let Ok(points) = std::panic::catch_unwind(|| notice.points()) else {
            failures.push(format!("{}, without a crash: see the panic above", notice.name));
            continue;
        };
        told += usize::from(!points.is_empty());
        with_calls += usize::from(points.contains(&Point::BeforeCall));
        for at in 0..points.len() {
            for afterwards in again_or_lost(at) {
                expected += 1;
                match std::panic::catch_unwind(|| notice.crash_and_go_on(at, afterwards)) {
                    Ok(Ok(point)) => *visited.entry(point).or_default() += 1,
                    Ok(Err(why)) => failures.push(format!("{}, point {at}, {afterwards:?}: {why}", notice.name)),
                    Err(_) => {
                        failures.push(format!("{}, point {at}, {afterwards:?}: see the panic above", notice.name))
                    }
                }
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
    println!("{name}: {told} notifications, of which {with_calls} lead to calls; {total} crash points: {visited:?}");
    assert_eq!(total, expected, "every point was visited");
    assert_eq!(visited.len(), 5, "points of each kind");
    total
}

/// Stops every different notification of every flow at every point.
fn crash_every_notification(release_order: &'static str) -> usize {
    let mut seen = BTreeSet::new();
    let all = flows(release_order).into_iter().flat_map(|flow| notices(&flow));
    let different: Vec<Notice> = all.filter(|notice| seen.insert(notice.fingerprint())).collect();
    crash_everywhere(release_order, &different)
}

#[test]
fn no_crash_of_a_release_first_notification_loses_or_doubles_a_payment() {
    assert!(crash_every_notification("release-first") > 3_500);
}

#[test]
fn no_crash_of_an_authorize_first_notification_loses_or_doubles_a_payment() {
    assert!(crash_every_notification("authorize-first") > 3_500);
}
