/** The core build: loaded once, shared by every entry that needs it. */
import { createBuild } from "./wasm.js";

/** Loaded by `loadCore`, or at its first use where that is possible. */
export const core = createBuild(
  () => new URL("../wasm/core/checkout_payments_bg.wasm", import.meta.url),
  "Call `await loadCore()` of checkout-payments/core (or of …/server) once before anything else; a Worker that is bundled without the condition `workerd` passes the module.",
);
