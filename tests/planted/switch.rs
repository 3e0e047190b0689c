//! The switch of the planted faults: at most one is on.

use std::sync::atomic::{AtomicUsize, Ordering};

static ON: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Switches the fault with this number on, and every other off.
pub fn switch_on(number: usize) {
    ON.store(number, Ordering::Relaxed);
}

/// Switches all off.
pub fn switch_off() {
    ON.store(usize::MAX, Ordering::Relaxed);
}

/// Whether the fault with this number is on.
pub fn is_on(number: usize) -> bool {
    ON.load(Ordering::Relaxed) == number
}
