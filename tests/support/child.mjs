// What is the same of every server that a test starts as a process of its own: it ends with the test, however that goes.

import { once } from "node:events";

// A test that fails half-way must neither leave its servers behind nor wait for them.
const started = new Set();
process.once("exit", () => started.forEach((child) => child.kill("SIGKILL")));

/**
 * Watches over a server: once it is `ready` it does not keep the test from ending, and it never outlives it. Gives how to end it with a
 * signal, which does nothing where it has ended.
 */
export function watchOver(child, ready) {
  started.add(child);
  child.once("exit", () => started.delete(child));
  // who waits for it hears of a failure
  ready.then(() => [child, ...child.stdio.slice(1)].forEach((handle) => handle.unref()), () => undefined);
  return async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    child.kill(signal);
    await once(child, "exit");
  };
}
