//! A small map: its entries in one sorted list.
//!
//! Why not the standard library's tree: a map here has a handful of entries, and each tree type brought some ten kilobytes of
//! code into every build, most of it to sort what a tree is collected from.

use super::json::{Json, Key, Reader, Value, Writer};
use crate::prelude::*;

/// Texts by name.
pub type Texts = Sorted<String, String>;

/// Values by key, in the keys' order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> Sorted<K, V> {
    /// No entries.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// The entries, in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| key)
    }
}

impl<K: AsRef<str>, V> Sorted<K, V> {
    /// The value under this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.entries.get(self.place_of(key).ok()?).map(|(_, value)| value)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let at = self.place_of(key).ok()?;
        self.entries.get_mut(at).map(|(_, value)| value)
    }

    /// Whether there is a value under this key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.place_of(key).is_ok()
    }

    /// Puts a value under a key; the value that was there comes back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place_of(key.as_ref()) {
            Ok(at) => self.entries.get_mut(at).map(|entry| core::mem::replace(&mut entry.1, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    /// Takes the value under this key out.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        self.place_of(key).ok().map(|at| self.entries.remove(at).1)
    }

    /// What comes is mostly in order already: the end is tried first.
    fn place_of(&self, key: &str) -> Result<usize, usize> {
        match self.entries.last() {
            Some((last, _)) if last.as_ref() < key => Err(self.entries.len()),
            Some(_) => self.entries.binary_search_by(|(other, _)| other.as_ref().cmp(key)),
            None => Err(0),
        }
    }
}

impl<K: AsRef<str>, V> Extend<(K, V)> for Sorted<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: AsRef<str>, V> FromIterator<(K, V)> for Sorted<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut sorted = Self::new();
        sorted.extend(entries);
        sorted
    }
}

impl<K: AsRef<str>, V, const N: usize> From<[(K, V); N]> for Sorted<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for Sorted<K, V> {
    type Item = (K, V);
    type IntoIter = alloc::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'s, K, V> IntoIterator for &'s Sorted<K, V> {
    type Item = (&'s K, &'s V);
    type IntoIter = core::iter::Map<core::slice::Iter<'s, (K, V)>, fn(&'s (K, V)) -> (&'s K, &'s V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl Json for Texts {
    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        for (key, value) in self {
            writer.text_member(key, value);
        }
        writer.end_object();
    }

    fn take(value: Option<&Value<'_>>, reader: &mut Reader) -> Self {
        let mut texts = Self::new();
        if value.is_some() {
            for member in reader.members(value).all() {
                texts.insert(
                    member.key.clone().into_owned(),
                    reader.inside(Key::Name(&member.key), Some(&member.value)),
                );
            }
        }
        texts
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Sorted;

    #[test]
    fn it_is_sorted_and_each_key_stands_once() {
        let mut sorted: Sorted<&str, u8> = [("c", 1), ("a", 2), ("b", 3), ("a", 4)].into();
        assert_eq!(sorted.iter().collect::<Vec<_>>(), [(&"a", &4), (&"b", &3), (&"c", &1)]);
        assert_eq!(sorted.insert("b", 5), Some(3));
        assert_eq!(sorted.insert("d", 6), None);
        assert_eq!(sorted.remove("a"), Some(4));
        assert_eq!(
            (sorted.get("b"), sorted.get("a"), sorted.contains_key("d"), sorted.len()),
            (Some(&5), None, true, 3)
        );
        assert_eq!(sorted.into_iter().collect::<Vec<_>>(), [("b", 5), ("c", 1), ("d", 6)]);
    }
}
