// The demo store's Worker in workerd, with the same handles as the demo store's server in Node.

import { launchWorkerd, objectFiles } from "../../runtimes/workerd.mjs";
import { workerConfig } from "./worker.mjs";

const SETTINGS = ["PAYMENTS_API_TOKEN", "SIMULATOR_DELAY_MS", "RECOVER_EVERY_MS", "APPLICATION_LEVEL"];

let made;

/** Bundles the Worker, once; the path of its configuration. WORKER_CONFIG is one that another process has made. */
export function storeWorker() {
  made ??= process.env.WORKER_CONFIG ? Promise.resolve(process.env.WORKER_CONFIG) : workerConfig("www/worker/worker.js", { objects: { PAYMENTS: "Payments", SIMULATOR: "Simulator" }, settings: SETTINGS });
  return made;
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
