/** The storefront build of the core: loaded once, shared by everything in this entry. */
import { createBuild } from "../wasm.js";
import type { WasmSource } from "../wasm-source.js";

/** Loaded by {@link init}, or at its first use where that is possible. */
export const storefront = createBuild(
  () => new URL("../../wasm/storefront/checkout_payments_bg.wasm", import.meta.url),
  "Call `await init()` once before anything else.",
);

/**
 * Loads the core. A page calls it once before `validate`, `preview` and `formatMoney`; more calls cost nothing, and calls at
 * the same time share one load. After a failure the next call tries again. Node, Deno, Bun and Workers need no call.
 *
 * `source`: where the wasm is, for pages that keep it elsewhere; without it the file beside this module, which bundlers
 * find and copy. Throws `core_load_failed`.
 */
export function init(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return storefront.load(source);
}
