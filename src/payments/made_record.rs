//! The answer to a record that was made at its object's address, as the platform gives it.

use crate::domain::error_code::PlatformFault;
use crate::domain::json::{Amounts, Writer, json_view};
use crate::prelude::*;

json_view! {
    /// The answer to a record that was made.
    struct MadeRecord(id: &str) {
        /// Its id.
        "id": String = text(id),
        /// Always true.
        "success": Flag = flag(true),
        /// Empty.
        "errors": Vec<PlatformFault> = by(|writer: &mut Writer| writer.raw("[]")),
    }
}

/// It as JSON.
#[must_use]
pub fn made(id: &str) -> String {
    let mut writer = Writer::new(Amounts::Numbers);
    MadeRecord::write(&mut writer, id);
    writer.finish()
}
