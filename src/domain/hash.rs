//! Hashes, so that texts can be told apart that must not be kept.

use sha2::{Digest, Sha256};

use crate::prelude::*;

/// The first 128 bits of SHA-256, in hex: enough to tell requests of one checkout apart.
#[must_use]
pub fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut hex = String::with_capacity(32);
    for byte in digest.iter().take(16) {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }));
        }
    }
    hex
}
