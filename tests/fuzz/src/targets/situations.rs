//! States that the core was really driven into: every existing payment, met by every request, under every mishap and crash.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;

use crate::support::gateway::Scripted;
use crate::support::scenes::{Existing, auth, post_auth, purchase_order, world_with};
use crate::support::world::World;

/// One group as a store holds it.
#[derive(Debug)]
pub struct Situation {
    /// Null while there is none.
    pub state: Value,
    /// The same, the very text.
    pub text: String,
    /// The time of the last commit.
    pub now: i64,
}

/// All of them; made once. The first is that of a cart without a group.
pub fn all() -> &'static [Situation] {
    static ALL: OnceLock<Vec<Situation>> = OnceLock::new();
    ALL.get_or_init(make)
}

fn make() -> Vec<Situation> {
    let mut made = Made { situations: Vec::new(), seen: BTreeSet::new() };
    made.add(&World::new());
    let requests = [auth("tok_new"), post_auth("tok_wallet"), purchase_order("PO-2")];
    for existing in Existing::ALL {
        let base = world_with(existing);
        made.add(&base);
        let mut placed = base.clone();
        placed.place_order("ORD-1");
        made.add(&placed);
        for release_order in ["release-first", "authorize-first"] {
            for (at, request) in requests.iter().enumerate() {
                let mut world = base.clone();
                world.release_order = release_order;
                for mishap in mishaps(at) {
                    made.paid(&world, request, mishap);
                }
                // Five points a call, two calls: announced and not sent, sent and not heard.
                (0..10).for_each(|point| made.crashed(&world, request, point));
            }
        }
    }
    made.situations
}

/// What the first calls meet: each thing as the first and as the second, the whole of it for one request only.
fn mishaps(request: usize) -> Vec<Vec<Scripted>> {
    let all = if request == 0 { Scripted::ALL.as_slice() } else { &[Scripted::Pending, Scripted::TimeoutAfter] };
    all.iter().flat_map(|mishap| [vec![*mishap], vec![Scripted::Ok, *mishap], vec![*mishap, *mishap]]).collect()
}

struct Made {
    situations: Vec<Situation>,
    seen: BTreeSet<String>,
}

impl Made {
    fn paid(&mut self, world: &World, request: &str, mishap: Vec<Scripted>) {
        let mut world = world.clone();
        world.gateway.sequence.extend(mishap);
        // The first round of questions has no answer either, so that what is unknown or owed stays so.
        world.gateway.inquiries.extend([crate::support::gateway::Inquiry::Unavailable; 2]);
        world.pay(request, Some("key-1"));
        self.add(&world);
    }

    fn crashed(&mut self, world: &World, request: &str, point: usize) {
        let mut world = world.clone();
        world.crash_at = Some(point);
        if world.try_pay(request, Some("key-1")).is_err() {
            self.add(&world);
        }
    }

    /// Keeps it unless there is one like it: the same but for ids and times.
    fn add(&mut self, world: &World) {
        let text = world.row.state.clone();
        if self.seen.insert(shape(&text)) {
            let state = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
            self.situations.push(Situation { state, text, now: world.now });
        }
    }
}

/// The text without its digits and without what stands behind an underscore.
fn shape(text: &str) -> String {
    let mut in_id = false;
    let keeps = |letter: &char| {
        in_id = *letter == '_' || (in_id && letter.is_ascii_alphanumeric());
        !in_id && !letter.is_ascii_digit()
    };
    text.chars().filter(keeps).collect()
}
