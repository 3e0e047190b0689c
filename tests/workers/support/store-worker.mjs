// The demo store's Worker in workerd, with the same handles as the demo store's server in Node.

import { fileURLToPath } from "node:url";
import { bundleWorker, launchWorkerd, objectFiles } from "./workerd.mjs";

const WORKER = fileURLToPath(new URL("../../../www/worker/worker.js", import.meta.url));
const SETTINGS = ["PAYMENTS_API_TOKEN", "SIMULATOR_DELAY_MS", "RECOVER_EVERY_MS", "APPLICATION_LEVEL"];

let bundled;

/** Bundles the Worker, once; the path of its configuration. WORKER_CONFIG is one that another process has bundled. */
export function storeWorker() {
  bundled ??= process.env.WORKER_CONFIG ? Promise.resolve(process.env.WORKER_CONFIG) : bundleWorker(WORKER, { objects: { PAYMENTS: "Payments", SIMULATOR: "Simulator" }, settings: SETTINGS });
  return bundled;
}

/** Starts it and does not wait. */
export async function launchWorker(options) {
  const workerd = await launchWorkerd(await storeWorker(), options);
  const files = async () => {
    const [store] = await objectFiles(workerd.dir, "Payments");
    const [simulator] = await objectFiles(workerd.dir, "Simulator");
    return { store, shop: store, simulator };
  };
  return { ...workerd, files };
}
