//! ProcessingMode: whether a gateway made a money record, or a person entered what happened elsewhere (`seeds/payment-object.txt`).

use crate::domain::json::json_enum;
use crate::domain::sorted::Texts;

json_enum! {
    /// Who made a money record.
    pub enum ProcessingMode {
        /// A person: the money moved outside, and no gateway knows of it.
        External = "External",
        /// A gateway was called.
        Salesforce = "Salesforce",
    }
}

/// The detail of a record that says so.
pub const PROCESSING_MODE: &str = "ProcessingMode";

impl ProcessingMode {
    /// That of a record with these details. What says nothing was made by a gateway's word.
    #[must_use]
    pub fn of(details: &Texts) -> Self {
        details.get(PROCESSING_MODE).and_then(|mode| Self::parse(mode)).unwrap_or(Self::Salesforce)
    }
}
