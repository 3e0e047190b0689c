// A core of a test's own, so that its memory and its meters are that test's alone: called by the package's own loader, as everybody calls it.

import { readFileSync } from "node:fs";

const { createModule } = await import(new URL("../../pkg/dist/module.js", import.meta.url).href);

/** The bytes of core.wasm. */
export const readCore = () => readFileSync(new URL("../../pkg/wasm/core/checkout_payments_bg.wasm", import.meta.url));

/** The core of these bytes: its functions by name, and all that the instance exports. */
export function startCore(bytes = readCore()) {
  const module = createModule();
  const exports = module.start(new WebAssembly.Module(bytes));
  const names = Object.keys(exports).filter((name) => typeof exports[name] === "function" && !name.startsWith("__"));
  const call = (name) => (name === "currencyDecimals" ? (code) => module.number(name, code) : (...texts) => module.text(name, ...texts));
  return { core: Object.fromEntries(names.map((name) => [name, call(name)])), exports };
}
