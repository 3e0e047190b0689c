// The wasm files as modules: whatever a bundler makes of the import, `init` and `loadCore` take it. Compiled, never run.

import { init, type WasmSource } from "checkout-payments";
import { loadCore } from "checkout-payments/core";
import core from "checkout-payments/core.wasm";
import storefront from "checkout-payments/storefront.wasm";
import { same } from "./same.js";

export async function load(): Promise<void> {
  same<typeof storefront, WasmSource>(true);
  await init(storefront);
  await loadCore(core);
}
