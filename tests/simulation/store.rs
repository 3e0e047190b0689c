//! The host's store: rows with versions, written under the expected version or not at all; found by index text or by due time.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::notices::Notice;

/// What a row is called: `checkout/…`, or `parked/gateway:…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Group(usize),
    Parked(String),
}

/// What is written in a row.
#[derive(Debug, Clone)]
pub enum Content {
    /// The core's text.
    Group(Rc<str>),
    /// Notifications that no group knows yet.
    Parked(Parked),
}

/// Notifications that wait for a group that knows their reference.
#[derive(Debug, Clone)]
pub struct Parked {
    pub since: i64,
    pub notices: Vec<Rc<Notice>>,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub version: u64,
    pub content: Content,
    pub due: Option<i64>,
    /// Sorted.
    index: Vec<String>,
}

impl Row {
    /// What a host remembers of the group it has just written.
    pub fn of_group(version: u64, text: Rc<str>) -> Self {
        Self { version, content: Content::Group(text), due: None, index: Vec::new() }
    }
}

/// One entry of a commit.
#[derive(Debug)]
pub struct Write {
    pub key: Key,
    pub expected_version: u64,
    pub content: Content,
    pub due: Option<i64>,
    pub index: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Store {
    rows: BTreeMap<Key, Row>,
    /// What the last write replaced, for a store that lies about durability.
    replaced: Option<(Key, Option<Row>)>,
}

impl Store {
    pub fn load(&self, key: &Key) -> Option<Row> {
        self.rows.get(key).cloned()
    }

    pub fn version(&self, key: &Key) -> u64 {
        self.rows.get(key).map_or(0, |row| row.version)
    }

    /// False: another version was there, and nothing was written.
    pub fn commit(&mut self, write: Write, blindly: bool) -> bool {
        if !blindly && self.version(&write.key) != write.expected_version {
            return false;
        }
        let Write { key, expected_version, content, due, mut index } = write;
        index.sort_unstable();
        let before = self.rows.remove(&key);
        // Texts under which it was found before stay.
        for text in before.iter().flat_map(|row| &row.index) {
            if let Err(at) = index.binary_search(text) {
                index.insert(at, text.clone());
            }
        }
        self.rows.insert(key.clone(), Row { version: expected_version + 1, content, due, index });
        self.replaced = Some((key, before));
        true
    }

    /// Whether this notification waits here for a group that knows it.
    pub fn is_parked(&self, notice: &Notice) -> bool {
        match self.rows.get(&Key::Parked(notice.index_text())).map(|row| &row.content) {
            Some(Content::Parked(parked)) => parked.notices.iter().any(|known| known.text == notice.text),
            Some(Content::Group(_)) | None => false,
        }
    }

    /// The keys of the rows that have this index text.
    pub fn find(&self, text: &str) -> Vec<Key> {
        let has = |row: &Row| row.index.binary_search_by(|known| known.as_str().cmp(text)).is_ok();
        self.rows.iter().filter(|(_, row)| has(row)).map(|(key, _)| key.clone()).collect()
    }

    /// The keys of the rows that are due by then, the longest waiting first.
    pub fn due(&self, by: i64) -> Vec<Key> {
        let mut due: Vec<(i64, &Key)> =
            self.rows.iter().filter_map(|(key, row)| row.due.filter(|due| *due <= by).map(|due| (due, key))).collect();
        due.sort_unstable();
        due.into_iter().map(|(_, key)| key.clone()).collect()
    }

    pub fn rows(&self) -> impl Iterator<Item = (&Key, &Row)> {
        self.rows.iter()
    }

    /// A store that lied: its last write was not durable.
    pub fn lose_last_write(&mut self) {
        match self.replaced.take() {
            Some((key, Some(row))) => drop(self.rows.insert(key, row)),
            Some((key, None)) => drop(self.rows.remove(&key)),
            None => {}
        }
    }
}
