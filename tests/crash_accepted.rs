//! Releases that the gateway has accepted, stopped at every point of the questions about them, and of what follows when they turn out
//! to have failed: owed, and tried anew. Nothing is released twice, nothing stays held, and the new payment stands.
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

use support::books::{is_settled, live};
use support::flows::{KEY, settled_but_for_waiting};
use support::gateway::{Inquiry, Scripted};
use support::scenes::{Existing, auth, world_with};
use support::world::{HELD, Point, World};

/// What became of the accepted releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    Done,
    Failed,
    /// Nothing yet.
    Undecided,
}

/// A world in which releases are accepted, and what recovery will meet in it.
struct Scene {
    name: String,
    world: World,
    became: Became,
    /// What stands for the cart, before and after.
    stands: String,
}

const RELEASES: [&str; 2] = ["reverse", "refund"];

/// The payment of the cart is replaced by one of $99.00, and the gateway accepts each release; or the old one can't be refunded, and
/// it accepts the undoing of the new one.
fn accepted() -> Vec<(String, World)> {
    let mut worlds = Vec::new();
    for release_order in ["release-first", "authorize-first"] {
        for existing in
            [Existing::Authorization, Existing::PartlyCaptured, Existing::CapturedTwice, Existing::WhollyCaptured]
        {
            for refund_is_refused in [false, true] {
                let is_undone = refund_is_refused && release_order == "authorize-first";
                if refund_is_refused && (!is_undone || existing != Existing::WhollyCaptured) {
                    continue;
                }
                let mut world = world_with(existing);
                world.release_order = release_order;
                world.cart_of("99.00");
                let refund = if refund_is_refused { Scripted::Decline } else { Scripted::Pending };
                world.gateway.script("reverse", &[Scripted::Pending]);
                world.gateway.script("refund", &[refund, refund]);
                let reply = world.pay(&auth("tok_new"), Some(KEY));
                assert_eq!(reply.status, if refund_is_refused { 422 } else { 201 }, "{existing:?}: {reply:?}");
                world.gateway.forget_script();
                world.points.clear();
                let undone = if is_undone { ", undone" } else { "" };
                worlds.push((format!("{existing:?}, {release_order}{undone}"), world));
            }
        }
    }
    worlds
}

/// Each of them, with what became of the releases, how the first questions are answered, and what the next tries meet.
fn scenes() -> Vec<Scene> {
    use Scripted::{Decline, Error, Ok, Pending, TimeoutAfter, TimeoutBefore};
    let inquiries: [&[Inquiry]; 4] = [&[], &[Inquiry::Unavailable; 2], &[Inquiry::NotSent], &[Inquiry::NotFound]];
    let mut scenes = Vec::new();
    for (name, world) in accepted() {
        for became in [Became::Done, Became::Failed, Became::Undecided] {
            for inquiries in inquiries {
                let tries: &[Scripted] = match became {
                    Became::Failed => &[Ok, Pending, Decline, Error, TimeoutBefore, TimeoutAfter],
                    Became::Done | Became::Undecided => &[Ok],
                };
                // One thing goes wrong at a time: a question, or the next try.
                for next_try in tries.iter().filter(|next_try| inquiries.is_empty() || **next_try == Ok) {
                    let mut world = world.clone();
                    world.decides_silently = true;
                    if became != Became::Undecided {
                        for reference in world.gateway.pending() {
                            world.gateway.decide(&reference, became == Became::Done);
                        }
                    }
                    world.gateway.inquiries.extend(inquiries);
                    for release in RELEASES {
                        world.gateway.script(release, &[*next_try]);
                    }
                    let name = format!("{name}, {became:?}, asked {inquiries:?}, tried anew {next_try:?}");
                    let stands = live(&world);
                    scenes.push(Scene { name, world, became, stands });
                }
            }
        }
    }
    scenes
}

/// Recovery over the first tries of the back-off, until it dies.
fn recover_a_while(world: &mut World) -> Result<(), Point> {
    for _ in 0..3 {
        world.now = world.row.due.unwrap_or(world.now).max(world.now);
        while world.try_recover(None).map_err(|crashed| crashed.0)? {}
    }
    Ok(())
}

/// Stops recovery at this point, and lets the world go on; `None` when recovery does not come so far.
fn crash_and_go_on(scene: &Scene, at: usize) -> Option<Point> {
    let mut world = scene.world.clone();
    world.crash_at = Some(at);
    let point = recover_a_while(&mut world).err()?;
    let say = |what: &str| format!("{}, point {at}, {what}", scene.name);
    world.now += HELD + 1_000;
    world.recover_for(6);
    settled_but_for_waiting(&world).unwrap_or_else(|why| panic!("{}: {why}", say("recovered")));
    let sent = world.gateway.seen.len();
    let reply = world.pay(&auth("tok_new"), Some(KEY));
    let made = world.gateway.seen.len() - sent;
    // After more than a day the key is free; until then it has its answer.
    assert!(made == 0 || world.now > scene.world.now + 25 * 3_600_000, "{}: {reply:?}", say("the key"));
    let stood = if made == 0 { scene.stands.clone() } else { "Auth 99.00".to_owned() };
    assert_eq!(live(&world), stood, "{}", say("stands"));
    // At last the gateway decides what is pending still.
    for reference in world.gateway.pending() {
        let fact = world.gateway.decide(&reference, true);
        world.notify(&fact);
    }
    world.recover_for(6);
    is_settled(&world).unwrap_or_else(|why| panic!("{}: {why}", say("decided")));
    Some(point)
}

fn crash_everywhere(became: Became) -> usize {
    let mut visited: BTreeMap<Point, usize> = BTreeMap::new();
    let scenes: Vec<Scene> = scenes().into_iter().filter(|scene| scene.became == became).collect();
    for scene in &scenes {
        let mut world = scene.world.clone();
        recover_a_while(&mut world).unwrap();
        let points = world.points.len();
        assert!(points >= 5, "{}: it is asked about", scene.name);
        for at in 0..points {
            let point = crash_and_go_on(scene, at).unwrap_or_else(|| panic!("{}, point {at} was not met", scene.name));
            *visited.entry(point).or_default() += 1;
        }
    }
    let total = visited.values().sum();
    println!("{became:?}: {} scenes, {total} crash points: {visited:?}", scenes.len());
    assert_eq!(visited.len(), 5, "points of each kind");
    total
}

#[test]
fn no_crash_while_an_accepted_release_is_asked_about_loses_it() {
    assert!(crash_everywhere(Became::Done) + crash_everywhere(Became::Undecided) > 300);
}

/// It failed after all: it is owed, and tried anew.
#[test]
fn no_crash_while_an_accepted_release_that_failed_is_made_anew_loses_it() {
    assert!(crash_everywhere(Became::Failed) > 1_000);
}
