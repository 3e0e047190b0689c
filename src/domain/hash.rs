//! Hashes, so that texts can be told apart that must not be kept.

use sha2::{Digest, Sha256};

use crate::prelude::*;

/// The first 128 bits of SHA-256, in hex: enough to tell requests of one checkout apart.
#[must_use]
pub fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(16)
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}
