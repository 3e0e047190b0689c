//! The rows that a transaction has asked for, as the host has read them.

use super::transaction::{LoadedRow, Name};
use crate::domain::json::ReadError;
use crate::prelude::*;

/// Which rows were read, and what is in them.
#[derive(Debug)]
pub struct Loaded<'r> {
    rows: Vec<LoadedRow>,
    texts: Vec<&'r str>,
}

impl<'r> Loaded<'r> {
    /// The rows of this context, with their texts, a line each.
    ///
    /// # Errors
    /// When there are not as many lines as rows.
    pub fn of(rows: Vec<LoadedRow>, text: &'r str) -> Result<Self, ReadError> {
        let texts: Vec<&str> = if rows.is_empty() { Vec::new() } else { text.split('\n').collect() };
        if texts.len() == rows.len() {
            Ok(Self { rows, texts })
        } else {
            Err(ReadError::expected("one line for each of context.loaded").under("rows"))
        }
    }

    /// Whether all these rows were asked for.
    #[must_use]
    pub fn has(&self, names: &[Name]) -> bool {
        names.iter().all(|name| self.find(name).is_some())
    }

    /// The key and the text of the row of this name, if it was asked for; where there is no such row, no key and no text.
    #[must_use]
    pub fn find(&self, name: &Name) -> Option<(Option<&str>, &'r str)> {
        let found = self.rows.iter().zip(&self.texts).find(|(row, _)| row.name == name.text());
        found.map(|(row, text)| (row.key.as_deref(), *text))
    }
}
