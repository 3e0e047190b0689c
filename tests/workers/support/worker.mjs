// Workers of this repository, bundled as wrangler does, and configured for workerd.

import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleWorker } from "../../runtimes/bundle.mjs";
import { configureWorkerd } from "../../runtimes/workerd.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Bundles `entry`, a path from the root; gives the path of its configuration, which goes with this process. */
export async function workerConfig(entry, options) {
  const folder = await mkdtemp(join(tmpdir(), "checkout-payments-worker-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const { modules } = await bundleWorker(ROOT, entry);
  return configureWorkerd(folder, modules, options);
}
