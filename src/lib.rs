//! The payments core of a web store.
//!
//! It decides; its host does. The core opens no socket, reads no clock and draws no random number: every function takes
//! values and gives values back. The modules are layers; each may use only those above it in this list
//! (`tests/layering.rs` holds it to that).

#![forbid(unsafe_code)]
// What is shipped has no standard library, only `core` and `alloc`. Tests have one, and so has a build for debugging, for its messages.
#![cfg_attr(all(target_arch = "wasm32", not(debug_assertions)), no_std)]

extern crate alloc;

mod prelude;

// `wasm-pack build` with nothing else would succeed: with a module that exports nothing, put over the npm package in pkg/.
#[cfg(all(target_arch = "wasm32", not(any(feature = "storefront", feature = "core"))))]
compile_error!(
    "a module for wasm32 needs `--features storefront` or `--features core`; with wasm-pack: `wasm-pack build --out-dir target/wasm-pack -- --features core` (docs/packaging.md)"
);

pub mod domain;

pub mod records;

pub mod gateway;

pub mod engine;

pub mod checkout;

pub mod payments;

pub mod billing;

pub mod wire;

#[cfg(any(feature = "storefront", feature = "core"))]
pub mod wasm;
