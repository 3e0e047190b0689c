import { readFile } from "node:fs/promises";
import { nodeResolve } from "@rollup/plugin-node-resolve";

const wasmFiles = {
  name: "wasm-files",
  async load(id) {
    if (!id.endsWith(".wasm")) return null;
    const file = this.emitFile({ type: "asset", name: "checkout-payments.wasm", source: await readFile(id) });
    return `export default import.meta.ROLLUP_FILE_URL_${file};`;
  },
};

export default {
  input: "src/main.js",
  output: { dir: "dist", format: "es" },
  plugins: [nodeResolve({ browser: true }), wasmFiles],
};
