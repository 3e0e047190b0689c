//! The flows that the crash tests stop: what a cart has, the request that meets it, and what each call comes to.

use std::collections::VecDeque;

use super::books::{self, is_settled};
use super::gateway::Scripted;
use super::scenes::{Existing, auth, post_auth, purchase_order, world_with};
use super::world::World;

/// The client's key in every flow.
pub const KEY: &str = "the client's key";

/// The second payment that a flow is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    Auth,
    PostAuthHeld,
    PostAuthTaken,
    PurchaseOrder,
}

impl Request {
    pub fn body(self) -> String {
        match self {
            Self::Auth => auth("tok_new"),
            Self::PostAuthHeld => post_auth("tok_new_held"),
            Self::PostAuthTaken => post_auth("tok_new_taken"),
            Self::PurchaseOrder => purchase_order("PO-2"),
        }
    }
}

/// A world, a request, and what the gateway does with the calls that follow, in their order.
#[derive(Debug, Clone)]
pub struct Flow {
    pub name: String,
    pub world: World,
    pub request: Request,
    pub gateway: Vec<Scripted>,
}

impl Flow {
    pub fn start(&self) -> World {
        let mut world = self.world.clone();
        world.gateway.sequence = VecDeque::from(self.gateway.clone());
        world
    }

    /// The operations of the first deliveries that this flow makes, when nothing crashes; and how many points it has.
    pub fn calls_and_points(&self) -> (Vec<String>, usize) {
        let mut world = self.start();
        let before = world.gateway.first_deliveries.len();
        world.pay(&self.request.body(), Some(KEY));
        (world.gateway.first_deliveries[before..].to_vec(), world.points.len())
    }
}

/// How many flows there are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Each row of the re-entrancy table, each kind of outcome of each call: seconds in a debug build.
    Quick,
    /// Each request in each row, each outcome, and each pair of outcomes.
    Whole,
}

impl Extent {
    fn rows(self) -> Vec<(Existing, &'static [Request])> {
        use Request::{Auth, PostAuthHeld, PostAuthTaken, PurchaseOrder};
        match self {
            Self::Quick => vec![
                (Existing::Nothing, &[Auth, PostAuthTaken, PurchaseOrder]),
                (Existing::Authorization, &[Auth]),
                (Existing::CapturedTwice, &[Auth]),
                (Existing::WhollyCaptured, &[PostAuthTaken]),
                (Existing::PurchaseOrder, &[PurchaseOrder]),
                (Existing::Pending, &[Auth]),
                (Existing::UnderReview, &[Auth]),
            ],
            Self::Whole => vec![
                (Existing::Nothing, &[Auth, PostAuthHeld, PostAuthTaken, PurchaseOrder]),
                (Existing::Authorization, &[Auth, PostAuthHeld, PostAuthTaken]),
                (Existing::PartlyCaptured, &[Auth, PostAuthHeld, PostAuthTaken]),
                (Existing::CapturedTwice, &[Auth]),
                (Existing::WhollyCaptured, &[Auth, PostAuthHeld, PostAuthTaken]),
                (Existing::Sale, &[Auth, PostAuthTaken]),
                (Existing::Reversed, &[Auth]),
                (Existing::PurchaseOrder, &[PurchaseOrder]),
                (Existing::Pending, &[Auth, PostAuthTaken]),
                (Existing::UnderReview, &[Auth, PurchaseOrder]),
            ],
        }
    }

    /// What a call may come to, instead of going well.
    pub fn mishaps(self) -> &'static [Scripted] {
        use Scripted::{Decline, Error, Pending, Review, TimeoutAfter, TimeoutBefore};
        match self {
            // To a crash all refusals are alike.
            Self::Quick => &[Pending, Review, Decline, Error, TimeoutBefore, TimeoutAfter],
            Self::Whole => &Scripted::ALL[1..],
        }
    }

    pub fn mishaps_in_one_flow(self) -> usize {
        if self == Self::Quick { 1 } else { 2 }
    }
}

pub fn bases(release_order: &'static str, extent: Extent) -> Vec<Flow> {
    let mut flows = Vec::new();
    for (existing, requests) in extent.rows() {
        for request in requests {
            let mut world = world_with(existing);
            world.cart_of("99.00");
            world.gateway.mint("tok_new_held", "99.00", false);
            world.gateway.mint("tok_new_taken", "99.00", true);
            world.release_order = release_order;
            let name = format!("{existing:?} then {request:?}, {release_order}");
            flows.push(Flow { name, world, request: *request, gateway: Vec::new() });
        }
    }
    flows
}

/// The flow itself; then, for each of its calls, each other outcome of it; for each of those, what `deeper` adds.
pub fn with_each_outcome(flow: &Flow, from: usize, depth: usize, outcomes: &[Scripted]) -> Vec<Flow> {
    let (calls, _) = flow.calls_and_points();
    let mut flows = vec![flow.clone()];
    if depth == 0 {
        return flows;
    }
    for (at, operation) in calls.iter().enumerate().skip(from) {
        let takes = operation == "authorize" || operation == "postauth";
        for scripted in outcomes.iter().filter(|scripted| takes || **scripted != Scripted::Review) {
            let mut other = flow.clone();
            other.gateway.resize(at, Scripted::Ok);
            other.gateway.push(*scripted);
            other.name = format!("{}, call {at} ({operation}): {scripted:?}", flow.name);
            flows.extend(with_each_outcome(&other, at + 1, depth - 1, outcomes));
        }
    }
    flows
}

/// Settled, apart from what waits for the shopper or for a notification.
pub fn settled_but_for_waiting(world: &World) -> Result<(), String> {
    let state = books::state(world);
    let waits = state.as_ref().is_some_and(|state| state.active().is_some());
    match is_settled(world) {
        Err(_) if waits && !state.as_deref().is_some_and(books::is_unknown) => Ok(()),
        other => other.map_err(|why| format!("{why}\n{}", world.row.state)),
    }
}
