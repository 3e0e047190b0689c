//! What a gateway's adapter can do, stated by the adapter.

use crate::domain::json::{json_enum, json_object};
use crate::prelude::*;

json_enum! {
    /// A way to ask what became of a call.
    pub enum InquireBy {
        /// By the reference we sent with the call.
        OurReference = "ourReference",
        /// By the gateway's own id.
        GatewayReference = "gatewayReference",
    }
}

json_object! {
    /// The capabilities the engine has to know of.
    pub struct Capabilities {
        /// The provider's name.
        pub provider: String = "provider",
        /// How long the gateway remembers an idempotency key, in milliseconds.
        pub key_window_ms: u32 = "keyWindowMs",
        /// How one can ask.
        pub inquire: Vec<InquireBy> = "inquire",
        /// After how many milliseconds "not found" means "never happened" (default: ten minutes).
        pub not_found_after_ms: Option<u32> = "notFoundAfterMs",
        /// How many lines of level 3 data it takes (default: two hundred).
        pub line_items_max: Option<u32> = "lineItemsMax",
        /// A hold is captured once: the gateway lets go of the rest by itself when the capture has happened.
        pub capture_releases_rest: bool = "captureReleasesRest",
    }
}

/// A request may still be under way inside a gateway for a while; sooner than this its "not found" proves nothing.
const NOT_FOUND_AFTER_MS: u32 = 600_000;

/// A repeat must reach the gateway while it still knows the key: a delivery may be slow, and a clock may be set back.
const KEY_WINDOW_MARGIN_MS: i64 = 600_000;

impl Capabilities {
    /// For how many milliseconds after its announcement a call may be repeated: the gateway's window less ten minutes, or half
    /// of a window shorter than twenty.
    #[must_use]
    pub fn repeats_within(&self) -> i64 {
        let window = i64::from(self.key_window_ms);
        window - KEY_WINDOW_MARGIN_MS.min(window / 2)
    }

    /// After how many milliseconds "not found" means "never happened".
    #[must_use]
    pub fn not_found_after(&self) -> i64 {
        i64::from(self.not_found_after_ms.unwrap_or(NOT_FOUND_AFTER_MS))
    }
}
