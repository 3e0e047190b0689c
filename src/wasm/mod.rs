//! The bindings (layer 6), and nothing else: the only place that names wasm_bindgen. Text crosses, no objects, no callbacks.

#[cfg(feature = "core")]
mod core;
mod storefront;
