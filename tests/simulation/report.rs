//! What happened over all histories, counted: a simulator that never meets a fault proves nothing about it.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// What is counted: a group and an item of it.
pub type Item = (&'static str, &'static str);

#[derive(Debug, Clone, Default)]
pub struct Report(BTreeMap<Item, u64>);

impl Report {
    pub fn add(&mut self, other: &Self) {
        for (item, count) in &other.0 {
            *self.0.entry(*item).or_default() += count;
        }
    }

    pub fn of(&self, group: &'static str, item: &'static str) -> u64 {
        self.0.get(&(group, item)).copied().unwrap_or_default()
    }

    /// A table, a group a line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut group = "";
        for ((of, item), count) in &self.0 {
            if *of != group {
                text.push_str(&format!("\n{of:<22}"));
                group = of;
            }
            text.push_str(&format!(" {item} {count},"));
        }
        text.trim_start().replace(",\n", "\n").trim_end_matches(',').to_owned()
    }
}

/// The counts of one history.
#[derive(Debug, Default)]
pub struct Counts(RefCell<Report>);

impl Counts {
    pub fn count(&self, group: &'static str, item: &'static str) {
        *self.0.borrow_mut().0.entry((group, item)).or_default() += 1;
    }

    pub fn report(self) -> Report {
        self.0.into_inner()
    }
}
