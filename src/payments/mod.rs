//! The payments API's use of the engine (layer 4): the back office authorizes, captures, reverses, sells, refunds and saves
//! payment methods; each request is checked against the records and becomes a plan.

pub mod answer;
pub mod applications;
pub mod begin;
pub mod by_hand;
mod enhanced;
pub mod form;
pub mod made_record;
pub mod methods;
pub mod not_done;
pub mod objects;
pub mod operation;
pub mod request;
pub mod rows;
mod rules;
