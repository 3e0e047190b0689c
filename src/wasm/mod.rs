//! The bindings (layer 6), and nothing else: the only place that names wasm_bindgen. Text crosses, no objects, no callbacks.

#[cfg(feature = "core")]
mod core;
mod storefront;

#[cfg(all(target_arch = "wasm32", not(debug_assertions)))]
mod bare;

/// The text of UTF-8 bytes. The host's encoder makes no others; what is none is answered as an empty text is.
fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}
