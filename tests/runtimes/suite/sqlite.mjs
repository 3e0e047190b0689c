// The SQLite store and the simulator's books, in files of `folder`.

import { createAdmin } from "checkout-payments/admin";
import { openSimulator } from "checkout-payments/gateways/simulator";
import { openSqliteStore } from "checkout-payments/stores/sqlite";
import { equal, rejects } from "./expect.mjs";
import { answered, openShop } from "./shop.mjs";

/** The tests. */
export const sqliteTests = (folder) => ({
  async "what was paid is there after the file was closed, and can be queried"() {
    const path = `${folder}/deep/store.db`;
    const books = `${folder}/books.db`;
    let [store, gateway] = [await openSqliteStore({ path }), await openSimulator({ path: books })];
    answered(await (await openShop({ store, gateway })).checkout("c1").pay("sim_ok", "key-1"), 201);
    store.close();
    gateway.close();

    [store, gateway] = [await openSqliteStore({ path }), await openSimulator({ path: books })];
    const shop = await openShop({ store, gateway });
    const checkout = shop.checkout("c1");
    answered(await checkout.pay("sim_ok", "key-1"), 201);
    const [{ id }, ...others] = (await checkout.payments()).paymentAuthorizations;
    equal(others, []);
    const office = createAdmin({ baseUrl: "http://shop.example", token: "office", fetch: shop.fetch });
    const { records } = await office.records.queryPage("SELECT Id, Amount, Balance FROM PaymentAuthorization WHERE Status = 'Processed' AND Amount > 129.8");
    equal(records.map(({ Id, Amount, Balance }) => [Id, Amount, Balance]), [[id, "129.90", "129.90"]]);
    equal((await office.capture(id, { amount: "129.90" })).outcome, "succeeded");
    store.close();
    gateway.close();
  },

  async "a commit with another version writes nothing"() {
    const store = await openSqliteStore({ path: `${folder}/versions.db` });
    const write = (key, expectedVersion) => ({ key, expectedVersion, value: `${key}-${expectedVersion}` });
    equal(await store.commit([write("a", 0)]), true);
    equal(await store.commit([write("b", 0), write("a", 0)]), false);
    equal([await store.load("a"), await store.load("b")], [{ version: 1, value: "a-0" }, undefined]);
    equal(await store.commit([write("b", 0), write("a", 1)]), true);
    store.close();
  },

  async "a file has one owner"() {
    const path = `${folder}/owned.db`;
    const store = await openSqliteStore({ path });
    await rejects(openSqliteStore({ path }), { code: "store_unusable", retryable: true });
    store.close();
    (await openSqliteStore({ path })).close();
  },
});
