// The object's alarm: set for what is due first, never postponed, not set when nothing waits; and it needs nobody to wake the object.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "checkout-payments/stores/sqlite";
import { launchWorkerd } from "../runtimes/workerd.mjs";
import { booksOf, startServer, totals } from "../support/server.mjs";
import { workerConfig } from "./support/worker.mjs";

process.env.TEST_SERVER = "workerd";
const HOUR = 3_600_000;

const config = await workerConfig("tests/workers/support/alarm-worker.js", { objects: { STORE: "StoreObject" } });
const workerd = await launchWorkerd(config);
const url = await workerd.ready;
after(() => workerd.stop());

let objects = 0;
function newObject() {
  const name = `object ${++objects}`;
  return (...call) => fetch(url, { method: "POST", body: JSON.stringify([name, ...call]) }).then((answer) => answer.json());
}

async function until(ask, isSo) {
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = await ask();
    if (isSo(found)) return found;
    await sleep(50);
  }
  throw new Error("it never came to that");
}

const about = (milliseconds, expected) => assert.ok(milliseconds !== null && Math.abs(milliseconds - expected) < HOUR / 2, `rings in ${milliseconds} ms, expected in about ${expected}`);

test("nothing is due: no alarm", async () => {
  const object = newObject();
  await object("put", "a");
  assert.deepEqual(await object("state"), { in: null, passes: 0, due: [] });
});

test("the earliest of all that is due, whatever comes later", async () => {
  const object = newObject();
  await object("put", "a", 5 * HOUR);
  about((await object("state")).in, 5 * HOUR);
  await object("put", "b", 2 * HOUR);
  about((await object("state")).in, 2 * HOUR);
  await object("put", "c", 9 * HOUR);
  about((await object("state")).in, 2 * HOUR);
});

test("it rings, what was due is looked at, and the next is set for what is due then", async () => {
  const object = newObject();
  await object("put", "later", 7 * HOUR);
  await object("put", "now", 0);
  const { in: next, passes, due } = await until(() => object("state"), ({ due }) => due.length === 1);
  assert.deepEqual([passes, due], [1, ["later"]]);
  about(next ?? (await until(() => object("state"), (state) => state.in !== null)).in, 7 * HOUR);
});

test("when nothing waits any more, it is not set any more: also where it rang in vain", async () => {
  const object = newObject();
  await object("put", "a", 400);
  await object("put", "a"); // over before it is due, as most payments are
  const { due } = await until(() => object("state"), ({ passes, in: next }) => passes === 1 && next === null);
  assert.deepEqual(due, []);
  await sleep(1_000);
  assert.deepEqual(await object("state"), { in: null, passes: 1, due: [] });
});

test("what can't be settled is looked at again and again, but not without end in between", async () => {
  const object = newObject();
  await object("put", "stuck", 0);
  const { passes, in: next } = await until(() => object("state"), (state) => state.passes >= 3 && state.in !== null);
  assert.ok(passes >= 3 && next <= 300, `${passes} ${next}`);
});

test("a pass that did not come to its end is followed by another", async () => {
  const object = newObject();
  await object("put", "more", undefined);
  await object("put", "a", 0);
  await until(() => object("state"), ({ passes, in: next }) => passes === 3 && next === null);
});

test("what waits when the object begins a new life is looked at now, for its driver is dead", async () => {
  const object = newObject();
  await object("put", "a", 5 * HOUR);
  await object("end");
  const { in: next } = await until(() => object("state"), ({ passes, in: next }) => passes === 1 && next !== null);
  about(next, 5 * HOUR);
});

test("a time that is further away than the platform takes: it rings before, in vain", async () => {
  const object = newObject();
  await object("put", "a", 8e15);
  const { in: next } = await object("state");
  assert.ok(next > 29 * 24 * HOUR && next < 31 * 24 * HOUR, `${next}`);
});

test("an announced call has its alarm before it leaves: a crash then is met within minutes, whoever asks", async () => {
  const server = await startServer({ env: { SIMULATOR_DELAY_MS: "60000" } });
  const checkout = await (await server.shopper()).checkout();
  const lost = checkout.auth("sim_ok").catch(() => undefined);
  await until(() => checkout.payments(), ({ operations }) => operations.at(-1)?.status === "running");
  await server.kill();
  await lost;
  const [{ scheduled_time: at }] = await rows(`${server.dir}/Payments/metadata.sqlite`, "SELECT scheduled_time / 1000000 AS scheduled_time FROM _cf_ALARM");
  assert.ok(at > Date.now() && at < Date.now() + HOUR, `${at}`);
  await server.stop();
});

test("killed with an unknown outcome: the alarm wakes the object, nobody asks, and then no alarm is set", async () => {
  const first = await startServer({ env: { RECOVER_EVERY_MS: "100" } });
  const buyer = await first.shopper();
  const { id } = await buyer.checkout();
  assert.equal((await buyer.known(id).auth("sim_authorize-timeout_after", { key: "key-1" })).status, 422);
  await first.kill();

  const second = await startServer({ dir: first.dir, env: { RECOVER_EVERY_MS: "100" } });
  await until(async () => second.log, (log) => log.some(({ event, resolved }) => event === "recovery" && resolved === 1));
  assert.deepEqual(second.log.filter(({ event }) => event === "request"), []);
  const alarms = `${first.dir}/Payments/metadata.sqlite`;
  await until(() => rows(alarms, "SELECT * FROM _cf_ALARM"), (set) => set.length === 0);

  const checkout = (await second.shopper(buyer.token)).known(id);
  assert.equal((await checkout.auth("sim_ok", { key: "key-1" })).status, 422, "another request under this key");
  assert.equal((await checkout.auth("sim_authorize-timeout_after", { key: "key-1" })).status, 201);
  const books = await booksOf(second, checkout);
  assert.deepEqual([books.length, totals(books)], [1, { held: 12990, kept: 0 }]);
  await second.stop();
});

async function rows(path, sql) {
  const database = await openDatabase(path, []);
  const found = database.prepare(sql).all();
  database.close();
  return found;
}
