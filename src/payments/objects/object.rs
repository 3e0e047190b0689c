//! An object: a kind of record, and its fields.

use super::field::Field;

/// A kind of record as its readers know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object {
    /// Its API name.
    pub name: &'static str,
    /// How the ids of its records begin, before the underscore.
    pub prefix: &'static str,
    /// The field that people know a record by.
    pub name_field: &'static str,
    /// Whether records can be made, and changed, at `sobjects/{name}`.
    pub by_hand: ByHand,
    /// Its fields: runs that objects share, and its own.
    pub runs: &'static [&'static [Field]],
}

/// What a person may do with the records of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHand {
    /// Read them.
    Read,
    /// Make them, too.
    Make,
    /// Make, change and give them up, too.
    Change,
}

impl Object {
    /// Its fields, in no order.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.runs.iter().copied().flatten()
    }

    /// The field with this name, in any case, as queries may write it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}
