// What users type, as docs/packaging.md has it; `type` runs it as it stands.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BIN = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));

export const RECIPES = {
  esbuild: "esbuild src/main.js --bundle --format=esm --loader:.wasm=file --public-path=/assets --outdir=dist",
  rollup: "rollup --config",
  server: "esbuild src/server.js --bundle --platform=node --format=esm --packages=external --outfile=dist/server.js",
  serverInOneFile: "esbuild src/server.js --bundle --platform=node --format=esm --target=node20 --loader:.wasm=binary --external:libsql --outfile=dist/server.js",
  worker: "esbuild src/worker.js --bundle --format=esm --conditions=workerd,worker --loader:.wasm=copy --outdir=dist",
};

/** The files that a recipe needs beside the command; docs/packaging.md shows each whole. */
export const RECIPE_FILES = ["webpack/webpack.config.js", "rollup/rollup.config.js", "shop/main.js", "shop/main-with-file.js", "none/import-map.html", "server/load.js"];

/** Runs a recipe in a project's folder, with the tools of this repository. */
export function type(project, command) {
  const [name, ...args] = command.split(" ");
  return promisify(execFile)(join(BIN, name), args, { cwd: project });
}
