// The conformance kit (`checkout-payments/testing`) on everything of this package that it is for.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { openDatabase, openSqliteStore } from "checkout-payments/stores/sqlite";
import { gatewayConformance, register, storeConformance } from "checkout-payments/testing";
import { openPlainPayHarness, SECRETS } from "./support/plainpay-harness.mjs";
import { openSimulatorHarness } from "./runtimes/suite/simulator-harness.mjs";
import { openSqliteHarness } from "./runtimes/suite/sqlite-harness.mjs";
import { openConnection } from "./support/two-connections.mjs";

const folder = mkdtempSync(join(tmpdir(), "checkout-payments-conformance-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const CALLED = { sends: false, cannot: { network: "it is called, not sent to: there is no network to break" } };
register(gatewayConformance({ name: "simulator", open: () => openSimulatorHarness({ path: join(folder, String(++files), "books.db") }), ...CALLED }), test);
register(gatewayConformance({ name: "simulator in memory", open: openSimulatorHarness, ...CALLED }), test);
const once = (path) => openSimulatorHarness({ path, captureReleasesRest: true });
register(gatewayConformance({ name: "simulator that lets go of the rest of a capture", open: () => once(join(folder, String(++files), "books.db")), ...CALLED }), test);
register(gatewayConformance({ name: "the same in memory", open: () => once(":memory:"), ...CALLED }), test);

register(gatewayConformance({ name: "the example adapter", open: openPlainPayHarness, secrets: SECRETS }), test);

const ONE_PROCESS = { another: "one process owns the store: a second opening of the file is refused (tests/stores.test.mjs)" };
const GONE = "everything is gone with the process";

register(
  storeConformance({
    name: "memory",
    open: () => ({ store: createMemoryStore() }),
    cannot: { ...ONE_PROCESS, reopen: GONE, troubles: "nothing can happen to a Map" },
  }),
  test,
);

register(storeConformance({ name: "SQLite in a file", open: openSqliteTroubled, cannot: ONE_PROCESS }), test);

register(
  storeConformance({
    name: "SQLite in memory",
    open: async () => {
      const store = await openSqliteStore({ path: ":memory:" });
      return { store, close: () => store.close() };
    },
    cannot: { ...ONE_PROCESS, reopen: GONE, troubles: "nothing can happen to memory" },
  }),
  test,
);

register(
  storeConformance({
    name: "two SQLite connections to one file",
    async open() {
      const path = join(folder, String(++files), "shared.db");
      const opened = [await openConnection(path)];
      const open = async () => (opened.push(await openConnection(path)), opened.at(-1));
      return { store: opened[0], another: open, reopen: open, close: () => opened.forEach((each) => each.close()) };
    },
    cannot: { records: "it keeps none", troubles: "it does not tell them apart" },
  }),
  test,
);

async function openSqliteTroubled() {
  const path = join(folder, String(++files), "store.db");
  return {
    ...(await openSqliteHarness(path)),
    troubles: {
      // somebody writes to the file, and takes longer than the store waits
      async busy() {
        const somebody = await openDatabase(path);
        somebody.exec("BEGIN IMMEDIATE");
        return () => {
          somebody.exec("ROLLBACK");
          somebody.close();
        };
      },
    },
  };
}
