// The SQLite store, as the conformance kit wants to have it: in the file at `path`, closed and opened anew.

import { openSqliteStore } from "checkout-payments/stores/sqlite";

export async function openSqliteHarness(path) {
  let store = await openSqliteStore({ path });
  return {
    store,
    async reopen() {
      store.close();
      store = await openSqliteStore({ path });
      return store;
    },
    close: () => store.close(),
  };
}
