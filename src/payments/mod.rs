//! The payments API's use of the engine (layer 4): the back office authorizes, captures, reverses, sells, refunds and saves
//! payment methods; each request is checked against the records and becomes a plan.

pub mod answer;
pub mod begin;
mod enhanced;
pub mod form;
pub mod methods;
pub mod operation;
pub mod request;
mod rules;
