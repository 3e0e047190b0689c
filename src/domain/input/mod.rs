//! What every request of the interface keeps: the form of its members, the rules of its texts, and how a fault is told.

pub mod refusal;
pub mod schema;
pub mod shape;
pub mod text_rules;

pub use refusal::{Problem, Refusal};
