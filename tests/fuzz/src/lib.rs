//! The fuzz targets, and the world of the crate's own tests that some of them play in.

#[path = "../../support/mod.rs"]
pub mod support;
pub mod targets;
