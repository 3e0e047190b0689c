// Hosts without SQLite: what needs it says so.

import { openSqliteStore } from "checkout-payments/stores/sqlite";
import { openSimulator } from "checkout-payments/gateways/simulator";
import { match, rejects } from "./expect.mjs";

/** The tests. */
export const withoutFiles = {
  async "what needs SQLite says so"() {
    const error = await rejects(openSqliteStore({ path: "store.db" }), { name: "PaymentsError", code: "store_unusable" });
    match(error.message, /SQLite needs Node 22 or newer, Deno or Bun/);
    await rejects(openSimulator({ path: "books.db" }), { code: "store_unusable" });
  },
};
