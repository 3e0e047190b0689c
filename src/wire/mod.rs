//! The JSON contract of the core (layer 5): text in, text out, tested natively. `docs/core.md` describes it.

pub mod applications;
pub mod context;
pub mod core;
pub mod invoices;
pub mod loaded;
pub mod method_request;
pub mod methods;
pub mod payments;
pub mod preview;
pub mod records;
pub mod step;
pub mod transaction;
pub mod validate;
pub mod view;

#[cfg(test)]
mod contract;
#[cfg(test)]
mod typescript;
#[cfg(test)]
mod typescript_objects;
