//! One record as its readers see it: flat, every value a text, what is empty left out.

use crate::domain::amount::Amount;
use crate::domain::currency::Currency;
use crate::domain::json::json_object;
use crate::domain::sorted::Texts;
use crate::domain::timestamp::Timestamp;
use crate::payments::answer::number_of;
use crate::prelude::*;

json_object! {
    /// One record, flat, for those who query: what its object's description lists.
    pub struct Row {
        /// The object, by its API name.
        pub object: String = "object",
        /// The record's id.
        pub id: String = "id",
        /// The fields that are not empty, by their API names: amounts as exact decimals, times as RFC 3339.
        pub fields: Texts = "fields",
        /// It is there only until the group is written without it; any other row stays for good.
        pub passing: bool = "passing",
    }
}

impl Row {
    /// A record's row: its number, if the object has one, and the details it keeps. It takes the object's name, not its
    /// description: that stays out of the build that never looks at it.
    #[inline(never)]
    pub(super) fn of(object: &str, number_field: Option<&str>, id: &str, details: &Texts) -> Self {
        let mut row = Self { object: object.to_owned(), id: id.to_owned(), fields: details.clone(), passing: false };
        row.set("Id", id);
        row.set("IsDeleted", "false");
        if let Some(field) = number_field {
            row.set(field, &number_of(id));
        }
        row
    }

    /// When the record was made and last changed.
    #[inline(never)]
    pub(super) fn dated(&mut self, created: Timestamp, modified: Timestamp) {
        let modified = modified.max(created).text();
        self.set("CreatedDate", &created.text());
        self.default("LastModifiedDate", &modified);
        let modified = self.fields.get("LastModifiedDate").cloned().unwrap_or(modified);
        self.set("SystemModstamp", &modified);
    }

    /// This field has this value.
    #[inline(never)]
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.fields.insert(name.to_owned(), value.to_owned());
    }

    /// This field has this value, if any.
    #[inline(never)]
    pub(super) fn set_some(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// This field has this value unless the record's details say otherwise.
    #[inline(never)]
    pub(super) fn default(&mut self, name: &str, value: &str) {
        if !self.fields.contains_key(name) {
            self.set(name, value);
        }
    }

    /// The same, if there is a value.
    #[inline(never)]
    pub(super) fn default_some(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.default(name, value);
        }
    }

    /// This field says yes or no.
    pub(super) fn flag(&mut self, name: &str, is_set: bool) {
        self.set(name, if is_set { "true" } else { "false" });
    }

    /// This field has this amount, written with the currency's decimals; empty when there is none.
    #[inline(never)]
    pub(super) fn amount(&mut self, name: &str, currency: Currency, amount: Option<Amount>) {
        let written = amount.and_then(|amount| amount.with_decimals(currency.decimals()).or(Some(amount)));
        self.set_some(name, written.map(Amount::text).as_deref());
    }
}
