/**
 * What the wasm may be given as. Of ECMAScript's types and those that the host has, so that they compile without the DOM's, too: a server's
 * project has none.
 */

/** A compiled module: `WebAssembly.Module`, where the project's types know that. */
export type CompiledModule = typeof globalThis extends { readonly WebAssembly: { readonly Module: { readonly prototype: infer Module } } } ? Module & object : object;

/** Where a wasm module may come from: its address, its bytes, an answer that holds them, or the compiled module. */
export type WasmSource = BytesSource | CompiledModule;

/** {@link WasmSource}, still to be compiled. */
export type BytesSource = string | URL | Request | Response | ArrayBuffer | ArrayBufferView;
