// esbuild, with the settings that a Worker's or a page's developer has.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * Bundles as wrangler does: the conditions of Workers, and each .wasm file a module of its own beside the bundle. Gives the modules by their
 * names, the bundle as `worker.js`, and the files of the package that went into it.
 */
export async function bundleWorker(project, entry, { conditions = ["workerd", "worker", "browser"] } = {}) {
  const modules = {};
  const compiledWasm = {
    name: "compiled-wasm",
    setup: ({ onResolve, resolve }) =>
      onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir, kind, pluginData }) => {
        if (pluginData === "resolving") return undefined;
        const contents = await readFile((await resolve(path, { resolveDir, kind, pluginData: "resolving" })).path);
        const name = `${createHash("sha1").update(contents).digest("hex")}.wasm`;
        modules[name] = contents;
        return { path: `./${name}`, external: true };
      }),
  };
  const { text, inputs } = await bundled(project, entry, { conditions, plugins: [compiledWasm], external: ["cloudflare:*"] });
  return { modules: { "worker.js": text, ...modules }, inputs };
}

/** Bundles for a page, as it is published. */
export const bundlePage = (project, entry) => bundled(project, entry, { conditions: ["browser"], minify: true });

/** Bundles for Node, all into one file. */
export const bundleServer = (project, entry) => bundled(project, entry, { platform: "node" });

async function bundled(project, entry, options) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: project,
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    metafile: true,
    logLevel: "silent",
    ...options,
  });
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

/** Where the package's own files among `inputs` are within it. */
export function filesOfPackage(inputs) {
  return inputs.map((path) => /node_modules\/checkout-payments\/(.*)/.exec(path)?.[1]).filter(Boolean);
}
