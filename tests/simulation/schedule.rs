//! Virtual time and whose turn it is. Every party is a task that runs until it waits; who goes on next follows from the time it
//! waits for, and between equals from the lot. Nothing else decides, so a seed is a history.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// To whom a task belongs: it ends when that process dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Shoppers, the network, the gateway: they outlive every process of the host.
    Outside,
    Process(usize),
}

struct Task {
    owner: Owner,
    /// None once it has ended, and while it has its turn.
    work: Option<Work>,
}

/// When a task has its turn: the time, then the lot, then who asked first.
type Turn = (i64, u64, u64, usize);

#[derive(Default)]
pub struct Schedule {
    now: Cell<i64>,
    asked: Cell<u64>,
    current: Cell<usize>,
    turns: RefCell<BinaryHeap<Reverse<Turn>>>,
    tasks: RefCell<Vec<Task>>,
    /// How many tasks of those outside have not ended.
    outside: Cell<usize>,
    alive: Cell<usize>,
}

impl std::fmt::Debug for Schedule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Schedule at {}", self.now.get())
    }
}

impl Schedule {
    pub fn starting_at(now: i64) -> Self {
        Self { now: Cell::new(now), ..Self::default() }
    }

    /// The true time: what a perfect clock would show.
    pub fn now(&self) -> i64 {
        self.now.get()
    }

    /// Nothing happens until then.
    pub fn skip_to(&self, at: i64) {
        self.now.set(self.now.get().max(at));
    }

    /// How many tasks have not ended.
    pub fn alive(&self) -> usize {
        self.alive.get()
    }

    /// How many tasks of the outside have not ended.
    pub fn alive_outside(&self) -> usize {
        self.outside.get()
    }

    pub fn current(&self) -> usize {
        self.current.get()
    }

    pub fn spawn(&self, owner: Owner, lot: u64, work: impl Future<Output = ()> + 'static) {
        let mut tasks = self.tasks.borrow_mut();
        tasks.push(Task { owner, work: Some(Box::pin(work)) });
        let id = tasks.len() - 1;
        drop(tasks);
        self.alive.set(self.alive.get() + 1);
        if owner == Owner::Outside {
            self.outside.set(self.outside.get() + 1);
        }
        self.wake_at(self.now(), lot, id);
    }

    pub fn wake_at(&self, at: i64, lot: u64, task: usize) {
        let asked = self.asked.get();
        self.asked.set(asked + 1);
        self.turns.borrow_mut().push(Reverse((at, lot, asked, task)));
    }

    /// Gives the next task its turn; `false` when nobody waits for one until `limit`.
    pub fn turn(&self, limit: i64) -> bool {
        let next = self.turns.borrow().peek().is_some_and(|Reverse(turn)| turn.0 <= limit);
        if !next {
            return false;
        }
        let Some(Reverse((at, _, _, id))) = self.turns.borrow_mut().pop() else { return false };
        self.skip_to(at);
        let Some(mut work) = self.tasks.borrow_mut()[id].work.take() else { return true };
        self.current.set(id);
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => self.tasks.borrow_mut()[id].work = Some(work),
            Poll::Ready(()) => {
                self.alive.set(self.alive.get() - 1);
                if self.tasks.borrow()[id].owner == Owner::Outside {
                    self.outside.set(self.outside.get() - 1);
                }
            }
        }
        true
    }

    /// Ends all tasks of a process where they stand.
    pub fn kill(&self, process: usize) {
        let mut ended = Vec::new();
        let is_its = |task: &&mut Task| task.owner == Owner::Process(process);
        for task in self.tasks.borrow_mut().iter_mut().filter(is_its) {
            ended.extend(task.work.take());
        }
        self.alive.set(self.alive.get() - ended.len());
    }

    /// Ends everything: tasks hold the world that holds them.
    pub fn end(&self) {
        let tasks: Vec<Task> = std::mem::take(&mut *self.tasks.borrow_mut());
        self.turns.borrow_mut().clear();
        self.alive.set(0);
        self.outside.set(0);
        drop(tasks);
    }
}

/// What waiting for a message came to.
#[derive(Debug)]
pub enum Received<T> {
    Message(T),
    /// Whoever was to send it is gone.
    Broken,
    TimedOut,
}

#[derive(Debug)]
struct Letterbox<T> {
    message: RefCell<Option<T>>,
    broken: Cell<bool>,
    reader: Cell<Option<usize>>,
}

/// A line between two tasks, for one message.
pub struct Sender<T> {
    letterbox: Rc<Letterbox<T>>,
    wake: Rc<dyn Fn(usize)>,
}

pub struct Receiver<T>(Rc<Letterbox<T>>);

/// `wake` gives a task a turn now.
pub fn line<T>(wake: Rc<dyn Fn(usize)>) -> (Sender<T>, Receiver<T>) {
    let letterbox =
        Rc::new(Letterbox { message: RefCell::new(None), broken: Cell::new(false), reader: Cell::new(None) });
    (Sender { letterbox: letterbox.clone(), wake }, Receiver(letterbox))
}

impl<T> Sender<T> {
    /// The first message counts.
    pub fn send(&self, message: T) {
        self.letterbox.message.borrow_mut().get_or_insert(message);
        self.wake_reader();
    }

    fn wake_reader(&self) {
        if let Some(reader) = self.letterbox.reader.get() {
            (self.wake)(reader);
        }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.letterbox.broken.set(true);
        self.wake_reader();
    }
}

impl<T> Receiver<T> {
    /// Looks for the message; `reader` is woken when there is news.
    pub fn poll(&self, reader: usize) -> Poll<Received<T>> {
        if let Some(message) = self.0.message.borrow_mut().take() {
            return Poll::Ready(Received::Message(message));
        }
        if self.0.broken.get() {
            return Poll::Ready(Received::Broken);
        }
        self.0.reader.set(Some(reader));
        Poll::Pending
    }
}
