//! What every request of the interface keeps: the form of its members, the rules of its texts, amounts and times, and how a fault
//! is told.

pub mod amount_rules;
pub mod members;
pub mod moment;
pub mod platform_refusal;
pub mod refusal;
pub mod schema;
pub mod shape;
pub mod text_rules;

pub use platform_refusal::PlatformRefusal;
pub use refusal::{Problem, Refusal};
