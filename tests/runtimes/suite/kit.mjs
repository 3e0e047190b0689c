// The conformance kit, `checkout-payments/testing`, on what of the package there is here: the memory store and the simulator; with a folder for
// files the SQLite store too.

import { createMemoryStore } from "checkout-payments/stores/memory";
import { gatewayConformance, storeConformance } from "checkout-payments/testing";
import { equal, ok } from "./expect.mjs";
import { openSimulatorHarness } from "./simulator-harness.mjs";
import { openSqliteHarness } from "./sqlite-harness.mjs";

const CALLED = { sends: false, cannot: { network: "it is called, not sent to" } };
const NEITHER = { another: "one process owns the store", troubles: "there is nobody else" };

/** The tests. */
export function kitTests(folder) {
  let files = 0;
  return {
    ...judged("the memory store", 18, () => storeConformance({ name: "memory", open: () => ({ store: createMemoryStore() }), cannot: { ...NEITHER, reopen: "everything is gone with the process" } })),
    ...judged("the simulator", 65, () => gatewayConformance({ name: "simulator", open: openSimulatorHarness, ...CALLED })),
    ...(folder === undefined ? {} : judged("the SQLite store", 29, () => storeConformance({ name: "SQLite", open: () => openSqliteHarness(`${folder}/${++files}/store.db`), cannot: NEITHER }))),
  };
}

/** One test of all cases, of which not fewer than `least` may be tried. */
function judged(title, least, cases) {
  return {
    async [title]() {
      const failures = [];
      const counts = { passed: 0, skipped: 0 };
      for (const each of cases()) {
        try {
          counts[(await each.run()).status] += 1;
        } catch (error) {
          failures.push(`${each.name}: ${error.message}`);
        }
      }
      equal(failures, []);
      ok(counts.passed >= least, `only ${counts.passed} were tried`);
      return `${counts.passed} passed, ${counts.skipped} skipped`;
    },
  };
}
