//! The core as a whole over a history: shoppers, crashes, a gateway with moods, late and repeated news, time.
//!
//! The bytes are a list of events. The world of the crate's own tests plays them and holds every step to the contract, every
//! committed state to the engine's invariants and, when nothing is unknown, to the gateway's own books. In the end the
//! gateway answers again, and everything must settle.

use serde_json::{Value, json};

use super::input::Input;
use crate::support::books;
use crate::support::gateway::{Inquiry, Scripted};
use crate::support::scenes::{auth, capture, post_auth, purchase_order};
use crate::support::world::{DAY, World};

const EVENTS_MAX: usize = 24;
const TOTALS: [&str; 3] = ["129.90", "99.00", "150.00"];

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let mut history = History::new(&mut input);
    for _ in 0..EVENTS_MAX {
        if input.is_empty() {
            break;
        }
        history.event(&mut input);
    }
    history.settle();
}

struct History {
    world: World,
    /// Notifications that were given once already.
    told: Vec<Value>,
}

impl History {
    fn new(input: &mut Input<'_>) -> Self {
        let mut world = World::new();
        let settings = input.byte();
        world.release_order = if settings & 1 == 0 { "release-first" } else { "authorize-first" };
        world.api_version = [None, Some("62.0"), Some("63.0"), Some("64.0")][usize::from(settings >> 1 & 3)];
        world.take_over = settings & 8 != 0;
        Self { world, told: Vec::new() }
    }

    fn event(&mut self, input: &mut Input<'_>) {
        let world = &mut self.world;
        match input.below(16) {
            0..=3 => self.pay(input),
            4 => self.recover(input),
            5 => world.recover_all(),
            6 => world.now += input.choose(&[1_000, 5_000, 31_000, 126_000, 700_000, 3_600_000, DAY / 2, DAY, 3 * DAY]),
            7 | 8 => self.mood(input),
            9 => world.gateway.repeats.extend([input.choose(&[Scripted::TimeoutBefore, Scripted::Error])]),
            10 => world.gateway.inquiries.extend([input.choose(&[Inquiry::Unavailable, Inquiry::NotSent])]),
            11 => world.gateway.down = input.flag(),
            12 => self.news(input),
            13 => world.cart_of(input.choose(&TOTALS)),
            14 => self.capture(input),
            _ => self.look_or_order(input),
        }
    }

    /// What the next call of the gateway meets.
    fn mood(&mut self, input: &mut Input<'_>) {
        let gateway = &mut self.world.gateway;
        let next = input.choose(&Scripted::ALL);
        gateway.sequence.push_back(next);
    }

    fn pay(&mut self, input: &mut Input<'_>) {
        let world = &mut self.world;
        let choice = input.byte();
        let key = [None, Some("key-1"), Some("key-2"), None][usize::from(choice >> 4 & 3)];
        let total = world.checkout["amount"].as_str().unwrap().to_owned();
        let body = match choice & 7 {
            0 => auth("tok_1"),
            1 => auth("tok_2"),
            2 => post_auth(&format!("tok_wallet_{total}")),
            3 => {
                // Taken already by whoever made it, and for this cart.
                let token = format!("tok_sale_{total}");
                world.gateway.mint(&token, &total, true);
                post_auth(&token)
            }
            4 => purchase_order("PO-1"),
            5 => purchase_order("PO-2"),
            6 => auth("tok_3"),
            _ => r#"{"requestType":"Auth"}"#.to_owned(),
        };
        world.points.clear();
        world.crash_at = (choice & 0xC0 == 0xC0).then(|| input.below(12));
        let _ = world.try_pay(&body, key);
        world.crash_at = None;
    }

    fn recover(&mut self, input: &mut Input<'_>) {
        let world = &mut self.world;
        world.points.clear();
        world.crash_at = input.flag().then(|| input.below(8));
        for _ in 0..50 {
            match world.try_recover(None) {
                Ok(true) => {}
                Ok(false) | Err(_) => break,
            }
        }
        world.crash_at = None;
    }

    /// What is pending is decided and told, at once, or by a question only; or something is told again.
    fn news(&mut self, input: &mut Input<'_>) {
        let pending = self.world.gateway.pending();
        let kind = input.byte();
        if self.world.row.state.is_empty() {
            return;
        }
        if kind & 1 == 1 || pending.is_empty() {
            if !self.told.is_empty() {
                let again = input.pick(&self.told).clone();
                self.world.notify(&again);
            }
            return;
        }
        let reference = input.pick(&pending);
        let happened = kind & 2 == 0;
        let fact = self.world.gateway.decide(reference, happened);
        // A failure is told at once: until then the books would rightly differ from the records.
        if !happened || kind & 4 == 0 {
            self.world.notify(&fact);
        }
        self.told.push(fact);
    }

    /// Part of what is held is taken, as a later interface will.
    fn capture(&mut self, input: &mut Input<'_>) {
        let Some(state) = books::state(&self.world) else { return };
        let group = &state.group;
        let live = group.live.as_ref().and_then(|live| group.authorization(&live.record_id));
        let left = live.map(|live| group.authorization_balance(live).unwrap().text());
        let enough = left.is_some_and(|left| crate::support::money::cents(&left) >= 3_000);
        let pending = state.operations.iter().any(|operation| operation.is_active());
        if enough && !pending && !self.world.gateway.down && self.world.gateway.sequence.is_empty() {
            capture(&mut self.world, input.choose(&["30.00", "1.00"]));
        }
    }

    fn look_or_order(&mut self, input: &mut Input<'_>) {
        match input.below(4) {
            0 => {
                self.world.place_order("ORD-1");
            }
            1 => self.world.take_over = input.flag(),
            2 => {
                let closed = input.flag();
                self.world.checkout["status"] = json!(if closed { "closed" } else { "open" });
            }
            _ => {
                self.world.view();
            }
        }
    }

    /// The gateway is well again and tells the truth; whatever it still waited for has happened.
    fn settle(mut self) {
        let world = &mut self.world;
        world.gateway.down = false;
        world.gateway.sequence.clear();
        world.gateway.repeats.clear();
        world.gateway.inquiries.clear();
        for reference in world.gateway.pending() {
            let fact = world.gateway.decide(&reference, true);
            world.notify(&fact);
        }
        world.now += 11 * 60_000;
        world.recover_for(20);
        books::is_settled(world).unwrap_or_else(|why| panic!("{why}: {}", world.row.state));
    }
}
