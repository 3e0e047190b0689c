//! The host, line by line as `pkg/src/server/{loop,host}.ts`: load, ask the core, commit, send, ask again, answer. Between any two
//! lines others have their turn, and the process may die.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::rc::Rc;

use super::ask::{Ask, Step};
use super::bugs::Bug;
use super::network;
use super::store::{Content, Key, Row, Write};
use super::world::World;

/// Between which two lines a process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Arrived,
    Loading,
    Decided,
    Committed,
    Sending,
    Answered,
    Replying,
    Finding,
    Parking,
    Parked,
    Unparking,
    BetweenPieces,
}

impl Line {
    pub fn name(self) -> &'static str {
        match self {
            Self::Arrived => "a request arrived",
            Self::Loading => "before load",
            Self::Decided => "decided, not committed",
            Self::Committed => "committed",
            Self::Sending => "committed, not sent",
            Self::Answered => "answered by the gateway",
            Self::Replying => "before the reply",
            Self::Finding => "looking for a group",
            Self::Parking => "before parking",
            Self::Parked => "parked",
            Self::Unparking => "before unparking",
            Self::BetweenPieces => "between pieces of recovery",
        }
    }
}

/// One process of the host: what is lost when it dies.
#[derive(Debug)]
pub struct Process {
    pub number: usize,
    pub up: Cell<bool>,
    /// How wrong its clock is.
    pub clock_off: Cell<i64>,
    /// Who is between a group's announcement and its outcome (`Drivers`).
    drivers: RefCell<BTreeMap<usize, Vec<u64>>>,
    pub first_recovery: Cell<bool>,
    /// It has died at least once.
    pub restarted: Cell<bool>,
}

impl Process {
    pub fn new(number: usize) -> Self {
        Self {
            number,
            up: Cell::new(false),
            clock_off: Cell::new(0),
            drivers: RefCell::default(),
            first_recovery: Cell::new(true),
            restarted: Cell::new(false),
        }
    }

    /// All that was in memory is gone.
    pub fn dies(&self) {
        self.up.set(false);
        self.drivers.borrow_mut().clear();
        self.first_recovery.set(true);
        self.restarted.set(true);
    }

    fn others_drive(&self, group: usize, me: u64) -> bool {
        self.drivers.borrow().get(&group).is_some_and(|drivers| drivers.iter().any(|driver| *driver != me))
    }

    fn enter(&self, group: usize, me: u64) {
        let mut drivers = self.drivers.borrow_mut();
        let drivers = drivers.entry(group).or_default();
        if !drivers.contains(&me) {
            drivers.push(me);
        }
    }

    fn leave(&self, group: usize, me: u64) {
        if let Some(drivers) = self.drivers.borrow_mut().get_mut(&group) {
            drivers.retain(|driver| *driver != me);
        }
    }
}

/// The store threw.
#[derive(Debug)]
pub struct StoreFailure;

/// What one run of the loop came to.
#[derive(Debug)]
pub struct Run {
    pub step: Step,
    pub moved: bool,
    pub index: Vec<String>,
    /// The version of the state that the answer was decided on, once it is written.
    pub version: u64,
}

/// A process at work.
#[derive(Debug, Clone)]
pub struct Host {
    pub world: Rc<World>,
    pub process: usize,
}

/// As in `loop.ts`.
const MAX_ROUNDS: usize = 1000;

impl Host {
    pub fn process(&self) -> &Process {
        &self.world.processes[self.process]
    }

    /// What the process's clock shows.
    pub fn now(&self) -> i64 {
        self.world.now() + self.process().clock_off.get()
    }

    pub async fn pass(&self, line: Line) {
        self.world.pass(self.process, line).await;
    }

    /// Runs `ask` and all it leads to. `facts` are the members of the context that the route knows.
    pub async fn run(&self, group: usize, ask: &Ask, facts: &str) -> Result<Run, StoreFailure> {
        let me = self.world.number();
        let ended = self.rounds(group, ask, facts, me).await;
        self.process().leave(group, me);
        ended
    }

    async fn rounds(&self, group: usize, ask: &Ask, facts: &str, me: u64) -> Result<Run, StoreFailure> {
        let world = &*self.world;
        let key = Key::Group(group);
        let mut row = self.load(&key).await?;
        let mut next = ask.clone();
        let mut more = String::new();
        let (mut resolving, mut moved, mut index) = (false, false, Vec::new());
        for _ in 0..MAX_ROUNDS {
            let step = self.decide(group, &next, &[facts, &more].concat(), row.as_ref(), me);
            let Some(mut step) = step else { return std::future::pending().await };
            if step.call.is_some() {
                self.process().enter(group, me);
            }
            let early = match &step.call {
                Some(call) if world.has_bug(Bug::SendsBeforeCommit) => Some(network::send(self, group, call).await),
                _ => None,
            };
            if step.commit && step.call.is_none() && world.has_bug(Bug::AnswersBeforeCommit) {
                return Ok(Run { step, moved, index, version: row.as_ref().map_or(0, |row| row.version) });
            }
            if step.commit {
                self.mistake_the_key(&mut step);
                let expected_version = row.as_ref().map_or(0, |row| row.version);
                let text: Rc<str> = Rc::from(step.state.as_str());
                let write = self.write(&key, expected_version, &text, &step);
                if !self.commit(write).await? {
                    world.count("races", "lost");
                    world.tell("host", format_args!("group {group}: somebody was first; {} again", next.name()));
                    row = self.load(&key).await?;
                    continue;
                }
                row = Some(Row::of_group(expected_version + 1, text));
                moved = true;
                index.clone_from(&step.index);
            }
            if let Some(call) = &step.call {
                let outcome = match early {
                    Some(outcome) => outcome,
                    None => {
                        self.pass(Line::Sending).await;
                        network::send(self, group, call).await
                    }
                };
                self.pass(Line::Answered).await;
                next = Ask::Advance { outcome };
                more = format!(",\"callId\":\"{}\"", call.id);
                resolving |= step.resolving;
            } else if resolving || step.resolving {
                next = ask.clone();
                more = ",\"resolved\":true".to_owned();
                resolving = false;
            } else {
                return Ok(Run { step, moved, index, version: row.as_ref().map_or(0, |row| row.version) });
            }
        }
        world.fail("the core comes to an end", format!("group {group}: {} rounds", MAX_ROUNDS));
        std::future::pending().await
    }

    fn write(&self, key: &Key, expected_version: u64, text: &Rc<str>, step: &Step) -> Write {
        let world = &*self.world;
        Write {
            key: key.clone(),
            expected_version,
            content: Content::Group(text.clone()),
            due: step.due.filter(|_| !world.has_bug(Bug::ForgetsDue)),
            index: if world.has_bug(Bug::ForgetsIndex) { Vec::new() } else { step.index.clone() },
        }
    }

    /// Asks the core; `None` when what it says is no step.
    fn decide(&self, group: usize, ask: &Ask, facts: &str, row: Option<&Row>, me: u64) -> Option<Step> {
        let world = &*self.world;
        let alone = world.traits.exclusive && !self.process().others_drive(group, me);
        let take_over = alone && !world.has_bug(Bug::NeverTakesOver);
        let mut context = String::with_capacity(512);
        let (high, low) = (world.random.next(), world.random.next());
        write!(
            context,
            "{{\"now\":{},\"entropy\":\"{high:016x}{low:016x}\",\"gateway\":{},\"takeOver\":{take_over}{facts}}}",
            self.now(),
            world.traits.text,
        )
        .unwrap();
        let state: &str = match row.map(|row| &row.content) {
            Some(Content::Group(text)) => text,
            Some(Content::Parked(_)) | None => "",
        };
        let text = ask.text(&context, state);
        world.count("asked of the core", ask.name());
        let step = match Step::read(&text) {
            Ok(step) => step,
            Err(fault) => {
                world.fail("a step is of the contract", format!("{}: {fault}: {text}\n{context}\n{state}", ask.name()));
                return None;
            }
        };
        // An order waits for recovery; a payment takes over what nobody drives.
        if step.status == Some(409) && alone && matches!(ask, Ask::Begin { .. }) {
            world.fail("a conflict only while somebody drives", format!("group {group}, {}", ask.name()));
        }
        let goes_on =
            step.resolving || (step.call.is_some() && !matches!(ask, Ask::Advance { .. } | Ask::Notify { .. }));
        let is_driven = |row: &Row| world.watch.borrow().is_driven(group, row.version, self.now());
        if goes_on && !take_over && row.is_some_and(is_driven) {
            world.fail("what is being driven is left alone", format!("group {group}, {}", ask.name()));
        }
        let answer = step.status.map(|status| format!(" answer {status}")).unwrap_or_default();
        let call = step.call.as_ref().map(|call| format!(" call {} {}", call.operation.as_str(), call.id));
        world.tell("core", format_args!("group {group}: {}{answer}{}", ask.name(), call.unwrap_or_default()));
        Some(step)
    }

    pub async fn load(&self, key: &Key) -> Result<Option<Row>, StoreFailure> {
        self.pass(Line::Loading).await;
        if self.world.chance(self.world.weather().store_throws / 4) {
            self.world.count("store", "load threw");
            return Err(StoreFailure);
        }
        Ok(self.world.store.borrow().load(key))
    }

    pub async fn commit(&self, write: Write) -> Result<bool, StoreFailure> {
        let world = &*self.world;
        self.pass(Line::Decided).await;
        let throws = world.chance(world.weather().store_throws);
        if throws && world.chance(500) {
            world.count("store", "commit threw, nothing written");
            return Err(StoreFailure);
        }
        let (key, version) = (write.key.clone(), write.expected_version + 1);
        let text = match &write.content {
            Content::Group(text) => Some(text.clone()),
            Content::Parked(_) => None,
        };
        let written = world.store.borrow_mut().commit(write, world.has_bug(Bug::IgnoresVersion));
        if let (true, Key::Group(group), Some(text)) = (written, &key, text) {
            world.tell("store", format_args!("group {group}: version {version} from process {}", self.process));
            world.committed(*group, version, &text);
        }
        if throws && written {
            world.count("store", "commit threw, yet written");
            return Err(StoreFailure);
        }
        self.pass(Line::Committed).await;
        Ok(written)
    }

    /// [`Bug::FreshKeyAfterRestart`].
    fn mistake_the_key(&self, step: &mut Step) {
        if !self.world.has_bug(Bug::FreshKeyAfterRestart) || !self.process().restarted.get() {
            return;
        }
        let repeats = step.call.as_ref().is_some_and(|call| call.id.ends_with("/repeat"));
        if let Some(key) = step.call.as_mut().filter(|_| repeats).and_then(|call| call.idempotency_key.as_mut()) {
            let fresh = format!("{key}-again");
            step.state = step.state.replace(&format!("\"key\":\"{key}\""), &format!("\"key\":\"{fresh}\""));
            *key = fresh;
        }
    }
}
