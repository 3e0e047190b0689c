//! The JSON contract of the core (layer 5): text in, text out, tested natively. `docs/core.md` describes it.

pub mod context;
pub mod core;
pub mod methods;
pub mod payments;
pub mod preview;
pub mod rows;
pub mod step;
pub mod validate;
pub mod view;

#[cfg(test)]
mod typescript;
