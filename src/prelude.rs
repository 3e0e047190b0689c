//! What the standard library's prelude would bring into every file: the shipped wasm is built without it, so the compiler sees to
//! it that the core opens, reads and prints nothing.

pub(crate) use alloc::borrow::ToOwned;
pub(crate) use alloc::boxed::Box;
pub(crate) use alloc::string::{String, ToString};
pub(crate) use alloc::vec;
pub(crate) use alloc::vec::Vec;

/// Texts one after another: `["line ", &line].concat()`. Of the same name as the standard library's, which comes after it for arrays
/// of texts and is half a kilobyte with what it says when it panics.
pub(crate) trait Concat {
    /// One text of all.
    fn concat(self) -> String;
}

impl<const N: usize> Concat for [&str; N] {
    #[inline]
    fn concat(self) -> String {
        joined(&self)
    }
}

#[inline(never)] // one copy, not one for each number of texts
fn joined(texts: &[&str]) -> String {
    let mut joined = String::with_capacity(texts.iter().map(|text| text.len()).sum());
    for text in texts {
        joined.push_str(text);
    }
    joined
}
