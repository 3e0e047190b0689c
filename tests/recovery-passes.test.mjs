// How the host runs recovery: side by side and bounded, on a timer, with a store that fails, until it is stopped
// (DESIGN §6). And how the operator hears of a store that can't be used.

import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreUnavailable } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { createWorld, later, success, until } from "./support/host-world.mjs";

const EVER = { dueBefore: Number.MAX_SAFE_INTEGER, limit: 10_000 };
const unknown = () => ({ resultCode: "Indeterminate" });

/** A host of any number of checkouts, each of which answers to its id. */
function createManyWorld(options) {
  const checkout = { webstoreId: "store", status: "open", amount: "129.90", currencyIsoCode: "USD", digest: "d1" };
  const world = createWorld({ ...options, checkouts: { find: async ({ idOrActive: id }) => ({ ...checkout, id }), placed: async () => undefined } });
  world.payFor = (id) => world.send("POST", `/commerce/webstores/store/checkouts/${id}/payments`, { requestType: "Auth", paymentToken: "card" });
  return world;
}

/** A store with `count` payments of which nobody knows whether they happened. */
async function storeOfUnknowns(count) {
  const store = createMemoryStore();
  const world = createManyWorld({ store, process: async () => unknown() });
  for (let id = 1; id <= count; id++) await world.payFor(id);
  assert.equal((await store.find(EVER)).length, count);
  return { store, now: world.now + 10_000 };
}

test("a hundred groups: all are settled, a few at a time", async () => {
  const { store, now } = await storeOfUnknowns(100);
  let atOnce = 0;
  let most = 0;
  const world = createManyWorld({ store, process: async () => {
    most = Math.max(most, (atOnce += 1));
    await later(1);
    atOnce -= 1;
    return success();
  } });
  world.now = now;
  assert.deepEqual(await world.handler.recover(), { resolved: 100, unresolved: 0 });
  assert.equal(world.calls.length, 100);
  assert.ok(most > 1 && most <= 8, String(most));
  assert.deepEqual(await store.find(EVER), []);
});

test("groups that can't be recovered don't keep the others waiting", async () => {
  const { store, now } = await storeOfUnknowns(10);
  const { version } = await store.load("checkout/store/3");
  await store.commit([{ key: "checkout/store/3", expectedVersion: version, value: "{}", due: 1 }]);
  const broken = { ...store, load: async (key) => { if (key === "checkout/store/5") throw new Error("a bad block"); return store.load(key); } };
  const world = createManyWorld({ store: broken });
  world.now = now;
  assert.deepEqual(await world.handler.recover(), { resolved: 8, unresolved: 2 });
  assert.deepEqual((await store.find(EVER)).sort(), ["checkout/store/3", "checkout/store/5"]);
});

test("each try that settles nothing is one line, with the time of the next; in between there is none", async () => {
  const { store, now } = await storeOfUnknowns(3);
  const world = createManyWorld({ store, process: async () => unknown() });
  world.now = now;
  const tries = () => world.log.filter(({ event, operationId }) => event === "recovery" && operationId !== undefined);
  assert.deepEqual(await world.handler.recover(), { resolved: 0, unresolved: 3 });
  assert.equal(new Set(tries().map(({ operationId }) => operationId)).size, 3);
  for (const { due, unresolved } of tries()) assert.ok(Date.parse(due) > world.now && unresolved === 1);
  const calls = world.calls.length;
  await world.handler.recover();
  assert.equal(tries().length, 3);
  assert.equal(world.calls.length, calls);
  world.now = Math.max(...tries().map(({ due }) => Date.parse(due)));
  await world.handler.recover();
  assert.equal(tries().length, 6);
});

test("a store that can't be read at start: the first look at every group comes when it can", async () => {
  const store = createMemoryStore();
  const crashed = createManyWorld({ store, process: () => new Promise(() => undefined), gatewayTimeoutMs: 2_000_000_000 });
  void crashed.payFor(1);
  await later(10);
  let failing = true;
  const world = createManyWorld({ store: { ...store, find: async (query) => { if (failing) throw new StoreUnavailable("failed", new Error("gone")); return store.find(query); } } });
  world.now = crashed.now;
  const stop = world.handler.startRecovery({ everyMs: 5 });
  await until(() => world.handler.outages().length > 0);
  assert.equal(world.calls.length, 0);
  assert.equal(world.log.filter(({ event, state }) => event === "store" && state === "unavailable").length, 1);
  failing = false;
  await until(() => world.calls.length === 1); // it seemed driven for two more minutes
  assert.equal(world.log.filter(({ event, state }) => event === "store" && state === "available").length, 1);
  await stop();
});

test("stopping waits for what is under way and starts nothing more", async () => {
  const { store, now } = await storeOfUnknowns(50);
  const answer = [];
  const world = createManyWorld({ store, process: () => new Promise((resolve) => answer.push(() => resolve(success()))) });
  world.now = now;
  const stop = world.handler.startRecovery({ everyMs: 1 });
  await until(() => answer.length === 8);
  const begun = world.calls.length;
  let stopped = false;
  const stopping = stop().then(() => (stopped = true));
  await later(10);
  assert.equal(stopped, false);
  answer.forEach((go) => go());
  await stopping;
  await later(10);
  assert.equal(world.calls.length, begun);
  assert.equal((await store.find(EVER)).length, 50 - begun);
});

test("a store that can't be used is told once, again after a minute, and once when it is over", async () => {
  const inner = createMemoryStore();
  let trouble;
  const world = createWorld({ store: { ...inner, commit: async (writes) => { if (trouble) throw new StoreUnavailable(trouble, Object.assign(new Error("/secret/path"), { code: "SQLITE_FULL" })); return inner.commit(writes); } } });
  const told = () => world.log.filter(({ event }) => event === "store");
  trouble = "full";
  for (let request = 0; request < 50; request++) assert.equal((await world.pay()).status, 503);
  assert.equal(told().length, 1);
  assert.deepEqual({ ...told()[0], time: "" }, { time: "", level: "error", event: "store", part: "writing", state: "unavailable", error: "full (Error: SQLITE_FULL)", failures: 1 });
  assert.deepEqual(world.handler.outages().map(({ part, trouble }) => [part, trouble]), [["writing", "full"]]);
  world.now += 60_000;
  await world.pay();
  await world.pay();
  assert.deepEqual(told().map(({ failures }) => failures), [1, 51]);
  trouble = undefined;
  assert.equal((await world.pay()).status, 201);
  assert.deepEqual(told().map(({ state }) => state), ["unavailable", "unavailable", "available"]);
  assert.equal(told()[2].failures, 52);
  assert.deepEqual(world.handler.outages(), []);
  assert.doesNotMatch(JSON.stringify(world.log), /secret/);
});

test("while nothing can be written, recovery sends nothing; the timer finds out when it is over", async () => {
  const { store, now } = await storeOfUnknowns(5);
  let full = true;
  const world = createManyWorld({ store: { ...store, commit: async (writes) => { if (full) throw new StoreUnavailable("full", new Error("full")); return store.commit(writes); } } });
  world.now = now;
  const stop = world.handler.startRecovery({ everyMs: 5 });
  await until(() => world.handler.outages().length === 1);
  assert.equal(world.calls.length, 0);
  full = false;
  await until(() => world.calls.length === 5);
  assert.deepEqual(world.handler.outages(), []);
  await stop();
});

test("sessions and checkouts that can't be looked up are a 503 too", async () => {
  const fails = () => { throw new Error("no database"); };
  assert.equal((await createWorld({ authenticate: fails }).pay()).status, 503);
  assert.equal((await createWorld({ checkouts: { find: fails, placed: fails } }).pay()).status, 503);
  const world = createWorld({ checkouts: { find: async () => ({ id: "c", webstoreId: "store", status: "open", amount: "129.90", currencyIsoCode: "USD", digest: "d" }), placed: fails } });
  await world.pay();
  const order = await world.send("POST", "/commerce/webstores/store/checkouts/active/orders");
  assert.equal(order.status, 503);
  assert.deepEqual(world.handler.outages().map(({ part }) => part), ["checkouts"]);
});
