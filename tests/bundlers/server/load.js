import wasm from "checkout-payments/core.wasm";
import { loadCore } from "checkout-payments/server";

await loadCore(wasm);
