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
    /// Its fields, in the order of their names.
    pub fields: &'static [Field],
}

impl Object {
    /// The field with this name, in any case, as queries may write it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}
