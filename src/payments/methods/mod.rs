//! Saved payment methods (`reference` §4.1, §4.8, §4.9): which one a request saves or uses, how the back office reads and changes them, and how
//! those with tokens made elsewhere are brought in.

pub mod change;
pub mod form;
pub mod import;

pub mod of_request;
mod row;
pub mod view;
