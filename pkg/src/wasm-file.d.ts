/**
 * `checkout-payments/storefront.wasm` and `checkout-payments/core.wasm`. What an import of them gives depends on the bundler and the host (an
 * address, bytes, a compiled module): `init` and `loadCore` take each.
 */
import type { WasmSource } from "./wasm-source.js";

declare const source: WasmSource;
export default source;
