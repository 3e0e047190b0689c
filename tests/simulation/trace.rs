//! The history as text: one line an event. Off when a million are run, for writing it takes longer than living it.

use std::cell::{Cell, RefCell};
use std::fmt::Arguments;

#[derive(Debug, Default)]
pub struct Trace {
    kept: bool,
    lines: RefCell<Vec<String>>,
    origin: Cell<i64>,
}

impl Trace {
    pub fn new(kept: bool, origin: i64) -> Self {
        Self { kept, lines: RefCell::default(), origin: Cell::new(origin) }
    }

    pub fn write(&self, now: i64, who: &str, what: Arguments<'_>) {
        if self.kept {
            let after = now - self.origin.get();
            let (seconds, ms) = (after / 1000, after % 1000);
            let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            self.lines.borrow_mut().push(format!("{hours:>4}:{minutes:02}:{seconds:02}.{ms:03}  {who:<12} {what}"));
        }
    }

    pub fn lines(self) -> Vec<String> {
        self.lines.into_inner()
    }
}
