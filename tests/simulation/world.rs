//! Everything of one history that its parties share.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Arguments;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use super::bugs::Bug;
use super::cart::Checkout;
use super::gateway::Gateway;
use super::host::{Line, Process};
use super::random::Random;
use super::report::Counts;
use super::schedule::{Owner, Received, Receiver, Schedule, Sender, line};
use super::store::{Key, Store};
use super::trace::Trace;
use super::traits::Traits;
use super::watch::Watch;
use super::weather::Weather;

/// 2026-01-01T00:00:00Z
pub const START: i64 = 1_767_225_600_000;

/// What was found to be false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub invariant: &'static str,
    pub detail: String,
}

#[derive(Debug)]
pub struct World {
    pub random: Random,
    pub schedule: Schedule,
    pub weather: Cell<Weather>,
    pub bug: Option<Bug>,
    pub traits: Traits,
    pub store: RefCell<Store>,
    pub gateway: RefCell<Gateway>,
    /// Whose groups have the first numbers; what the back office takes by itself has those after them.
    pub checkouts: RefCell<Vec<Checkout>>,
    groups: Cell<usize>,
    groups_of_keys: RefCell<BTreeMap<String, usize>>,
    pub processes: Vec<Process>,
    pub watch: RefCell<Watch>,
    pub counts: Counts,
    pub trace: Trace,
    violation: RefCell<Option<Violation>>,
    /// This process dies as soon as the task that has its turn waits.
    pub dying: Cell<Option<usize>>,
    crashes: Cell<u32>,
    numbers: Cell<u64>,
}

/// More deaths than this teach nothing new, and a process that never lives answers nobody.
const CRASHES_MAX: u32 = 8;

impl World {
    pub fn new(seed: u64, bug: Option<Bug>, traced: bool) -> Rc<Self> {
        let random = Random::of(seed);
        let weather = Weather::drawn(&random);
        let traits = Traits::drawn(&random);
        let processes = (0..traits.processes).map(Process::new).collect();
        Rc::new(Self {
            schedule: Schedule::starting_at(START),
            weather: Cell::new(weather),
            bug,
            store: RefCell::default(),
            gateway: RefCell::new(Gateway::of(&traits)),
            checkouts: RefCell::default(),
            groups: Cell::new(0),
            groups_of_keys: RefCell::default(),
            processes,
            watch: RefCell::default(),
            counts: Counts::default(),
            trace: Trace::new(traced, START),
            violation: RefCell::default(),
            dying: Cell::new(None),
            crashes: Cell::new(0),
            numbers: Cell::new(0),
            traits,
            random,
        })
    }

    pub fn now(&self) -> i64 {
        self.schedule.now()
    }

    pub fn weather(&self) -> Weather {
        self.weather.get()
    }

    pub fn has_bug(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    /// How many groups there are, or may come to be.
    pub fn groups(&self) -> usize {
        self.groups.get()
    }

    /// The number of a new group, of which nothing is stored yet.
    pub fn open_group(&self) -> usize {
        self.gateway.borrow_mut().open_books();
        self.watch.borrow_mut().open();
        self.groups.replace(self.groups.get() + 1)
    }

    /// The group of a request of the back office's that names none: two with one key must meet in one.
    pub fn group_of_key(&self, key: Option<&str>) -> usize {
        let Some(key) = key else { return self.open_group() };
        let known = self.groups_of_keys.borrow().get(key).copied();
        known.unwrap_or_else(|| {
            let group = self.open_group();
            self.groups_of_keys.borrow_mut().insert(key.to_owned(), group);
            group
        })
    }

    /// The groups that have this index text.
    pub fn groups_found(&self, text: &str) -> Vec<usize> {
        let group = |key: Key| match key {
            Key::Group(group) => Some(group),
            Key::Parked(_) => None,
        };
        self.store.borrow().find(text).into_iter().filter_map(group).collect()
    }

    /// A number that nobody had before.
    pub fn number(&self) -> u64 {
        self.numbers.set(self.numbers.get() + 1);
        self.numbers.get()
    }

    pub fn chance(&self, per_mille: u32) -> bool {
        self.random.chance(per_mille)
    }

    pub fn count(&self, group: &'static str, item: &'static str) {
        self.counts.count(group, item);
    }

    pub fn tell(&self, who: &str, what: Arguments<'_>) {
        self.trace.write(self.now(), who, what);
    }

    /// An invariant is broken: the history ends here. The first one counts.
    pub fn fail(&self, invariant: &'static str, detail: impl Into<String>) {
        let mut violation = self.violation.borrow_mut();
        if violation.is_none() {
            let detail = detail.into();
            self.tell("INVARIANT", format_args!("{invariant}: {detail}"));
            *violation = Some(Violation { invariant, detail });
        }
    }

    pub fn violation(&self) -> Option<Violation> {
        self.violation.borrow().clone()
    }

    pub fn spawn(&self, owner: Owner, work: impl Future<Output = ()> + 'static) {
        self.schedule.spawn(owner, self.random.next(), work);
    }

    /// A line between two tasks.
    pub fn line<T>(self: &Rc<Self>) -> (Sender<T>, Receiver<T>) {
        let world = Rc::downgrade(self);
        line(Rc::new(move |task| {
            if let Some(world) = world.upgrade() {
                world.schedule.wake_at(world.now(), world.random.next(), task);
            }
        }))
    }

    pub async fn sleep(&self, ms: i64) {
        let until = self.now() + ms.max(0);
        let mut asked = false;
        poll_fn(|_| {
            if asked && self.now() >= until {
                return Poll::Ready(());
            }
            if !asked {
                asked = true;
                self.schedule.wake_at(until, self.random.next(), self.schedule.current());
            }
            Poll::Pending
        })
        .await;
    }

    /// Waits for a message, at most so long.
    pub async fn receive<T>(&self, receiver: &Receiver<T>, patience: i64) -> Received<T> {
        let until = self.now() + patience;
        let me = self.schedule.current();
        self.schedule.wake_at(until, self.random.next(), me);
        poll_fn(|_| match receiver.poll(me) {
            Poll::Pending if self.now() >= until => Poll::Ready(Received::TimedOut),
            other => other,
        })
        .await
    }

    /// A process comes to a line: others have their turn, or it dies here.
    pub async fn pass(&self, process: usize, line: Line) {
        let weather = self.weather();
        self.count("lines passed", line.name());
        if self.crashes.get() < CRASHES_MAX && self.chance(weather.crash) {
            self.crashes.set(self.crashes.get() + 1);
            self.count("crashes", line.name());
            self.tell("host", format_args!("process {process} dies: {}", line.name()));
            self.dying.set(Some(process));
            return std::future::pending().await;
        }
        self.sleep(self.random.between(0, weather.line)).await;
    }
}
