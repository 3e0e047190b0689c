// The records of a new group while its first call is under way: its first commit brings no rows (pkg/src/server/loop.ts), and a query
// finds them all the same, in this process and after its death.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openSqliteStore } from "checkout-payments/stores/sqlite";
import { createWorld, success } from "./support/host-world.mjs";

const query = async (world, soql) => {
  const { status, text, body } = await world.send("GET", `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, undefined, { authorization: "back" });
  assert.equal(status, 200, text);
  return body.records.map(({ attributes, ...fields }) => fields);
};
const all = async (world) => ({
  groups: (await query(world, "SELECT Id FROM PaymentGroup")).length,
  logs: (await query(world, "SELECT InteractionStatus FROM PaymentGatewayLog")).map(({ InteractionStatus }) => InteractionStatus),
  holds: (await query(world, "SELECT Status FROM PaymentAuthorization")).map(({ Status }) => Status),
});

test("a query finds them before, during and after the first call", async () => {
  let during;
  const world = createWorld({ store: await openSqliteStore({ path: ":memory:" }), process: async () => ((during = await all(world)), success()) });
  assert.deepEqual(await all(world), { groups: 0, logs: [], holds: [] });
  assert.equal((await world.pay()).status, 201);
  assert.deepEqual(during, { groups: 1, logs: ["Initiated"], holds: [] });
  assert.deepEqual(await all(world), { groups: 1, logs: ["Success"], holds: ["Processed"] });
});

test("nobody asks while it is under way", async () => {
  const world = createWorld({ store: await openSqliteStore({ path: ":memory:" }) });
  assert.equal((await world.pay()).status, 201);
  assert.deepEqual(await all(world), { groups: 1, logs: ["Success"], holds: ["Processed"] });
});

test("a process that died during the call left the group to the next, which finds them", async () => {
  const store = await openSqliteStore({ path: ":memory:" });
  await new Promise((sent) => createWorld({ store, process: () => new Promise(sent) }).pay());
  const next = createWorld({ store });
  assert.deepEqual(await all(next), { groups: 1, logs: ["Initiated"], holds: [] });
});

test("what is done without a call has them at once", async () => {
  const world = createWorld({ store: await openSqliteStore({ path: ":memory:" }) });
  const paid = await world.send("POST", "/commerce/webstores/store/checkouts/active/payments", { requestType: "SimplePurchaseOrder", paymentToken: "PO-1" });
  assert.equal(paid.status, 201, paid.text);
  assert.equal((await all(world)).groups, 1);
});
