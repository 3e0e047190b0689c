//! What the standard library's prelude would bring into every file: the shipped wasm is built without it, so the compiler sees to
//! it that the core opens, reads and prints nothing.

pub(crate) use alloc::borrow::ToOwned;
pub(crate) use alloc::boxed::Box;
pub(crate) use alloc::string::{String, ToString};
pub(crate) use alloc::vec;
pub(crate) use alloc::vec::Vec;
