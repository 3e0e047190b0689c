// The real server while its disk is full, its database can't be written, or somebody else holds it: a clear 503, nothing
// sent without its write-ahead, and everything goes on with the same key once it is over (DESIGN §2).

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openDatabase } from "checkout-payments/stores/sqlite";
import { until } from "./support/host-world.mjs";
import { narrowDisks } from "./support/narrow-disk.mjs";
import { booksOf, launchServer, startServer, totals } from "./support/server.mjs";

const folder = mkdtempSync(join(tmpdir(), "checkout-payments-faults-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const PAID = { held: 12990, kept: 0 };
const outages = ({ log }, state) => log.filter((line) => line.event === "store" && line.part === "writing" && line.state === state);

function unavailable(answer) {
  assert.equal(answer.status, 503, answer.text);
  assert.equal(answer.body[0].errorCode, "SERVER_UNAVAILABLE");
  assert.match(answer.body[0].message, /same idempotency key/);
  assert.ok(Number(answer.headers.get("retry-after")) > 0);
  assert.doesNotMatch(answer.text, /sqlite|disk|database/i);
}

/** How many payments the gateway ever made, of whatever group. */
async function paymentsMade({ dir }) {
  const books = await openDatabase(join(dir, "store.simulator.db"));
  const { made } = books.prepare("SELECT count(*) AS made FROM payments").get();
  books.close();
  return made;
}

/** What must hold while nothing can be written: told once, nothing sent, reading goes on. */
async function refusesPayments(server, checkout, trouble) {
  for (const answer of await Promise.all(Array.from({ length: 5 }, () => checkout.auth("sim_ok", { key: "key-1" })))) unavailable(answer);
  const { paymentGroup, operations } = await checkout.payments();
  assert.deepEqual([paymentGroup, operations], [undefined, []]);
  assert.equal(outages(server, "unavailable").length, 1, JSON.stringify(server.log));
  assert.match(outages(server, "unavailable")[0].error, new RegExp(`^${trouble} \\(`));
  const health = await server.anonymous("GET", "/healthz");
  assert.equal(health.status, 200);
  assert.equal(health.body.status, "degraded");
  assert.deepEqual(health.body.outages.find(({ part }) => part === "writing")?.trouble, trouble);
}

/** What must hold when it is over: one payment, made once, and the answer of the key. */
async function goesOn(server, checkout) {
  const paid = await checkout.auth("sim_ok", { key: "key-1" });
  assert.equal(paid.status, 201, paid.text);
  assert.equal((await checkout.auth("sim_ok", { key: "key-1" })).text, paid.text);
  const books = await booksOf(server, checkout);
  assert.deepEqual(books.map(({ keys }) => keys.length), [1]);
  assert.deepEqual(totals(books), PAID);
}

const isRunning = (checkout) => async () => (await checkout.payments()).operations.at(-1)?.status === "running";

const disks = narrowDisks(folder);
test("a disk that runs full can be had here", { skip: process.platform !== "linux" && "only Linux has the ways to do it" }, () => assert.notDeepEqual(Object.keys(disks), []));

// A file system that is full says so; a file that must not grow fails like any broken disk.
for (const [name, disk] of Object.entries(disks)) {
  const trouble = name === "tmpfs" ? "full" : "failed";

  test(`${name}: full before the write-ahead: 503, nothing sent, and the same key goes on`, async () => {
    const server = await startServer({ dir: disk.dir, wrap: disk.wrap });
    const shopper = await server.shopper();
    const [before, during, later] = [await shopper.checkout(), await shopper.checkout(), await shopper.checkout()];
    assert.equal((await before.auth("sim_ok", { key: "key-1" })).status, 201);
    disk.fill(server.pid);
    await refusesPayments(server, during, trouble);
    assert.equal((await before.payments()).livePayment.type, "Auth");
    unavailable(await before.auth("sim_ok", { key: "key-2" })); // would release the first payment
    unavailable(await shopper.request("POST", "/simulator/payments", { amount: "129.90", currencyIsoCode: "USD" }));
    assert.equal((await shopper.request("POST", "/demo/sessions")).status, 503);
    disk.free(server.pid);
    await goesOn(server, during);
    await goesOn(server, later);
    assert.deepEqual(totals(await booksOf(server, before)), PAID);
    assert.equal((await before.auth("sim_ok", { key: "key-2" })).status, 201);
    assert.deepEqual(totals(await booksOf(server, before)), PAID);
    assert.equal(outages(server, "available").length, 1);
    assert.ok(outages(server, "available")[0].failures >= 5);
    assert.deepEqual((await server.anonymous("GET", "/healthz")).body, { status: "ok" });
    await server.stop();
  });

  test(`${name}: full after the gateway's answer: 503, and recovery finishes it when there is room`, async () => {
    const server = await startServer({ dir: disk.dir, wrap: disk.wrap, env: { SIMULATOR_DELAY_MS: "500", RECOVER_EVERY_MS: "50" } });
    const checkout = await (await server.shopper()).checkout();
    const paying = checkout.auth("sim_ok", { key: "key-1" });
    await until(isRunning(checkout));
    disk.fill(server.pid);
    unavailable(await paying);
    assert.equal((await checkout.payments()).operations.at(-1).status, "running");
    disk.free(server.pid);
    // by the timer alone: nobody asks
    await until(async () => (await checkout.payments()).operations.at(-1).status === "succeeded");
    await until(async () => (await server.anonymous("GET", "/healthz")).body.status === "ok");
    await goesOn(server, checkout);
    assert.equal((await checkout.payments()).operations.length, 1);
    await server.stop();
  });
}

test("a database that can only be read: 503, nothing sent; after it is mended, the same key goes on", async () => {
  const server = await startServer();
  const shopper = await server.shopper();
  const [before, during] = [await shopper.checkout(), await shopper.checkout()];
  assert.equal((await before.auth("sim_ok", { key: "key-1" })).status, 201);
  await setWriteVersion(server, 3); // what SQLite finds in a file that it must not write, whoever asks
  const made = await paymentsMade(server);
  await refusesPayments(server, during, "read_only");
  assert.equal(await paymentsMade(server), made);
  assert.equal((await before.auth("sim_ok", { key: "key-1" })).status, 201); // needs no writing
  await server.kill();
  const refused = await launchServer({ dir: server.dir });
  await assert.rejects(refused.ready, /can't be (opened|written)|readonly/);
  await setWriteVersion(server, 2);
  const again = await startServer({ dir: server.dir });
  const known = await again.shopper(shopper.token);
  await goesOn(again, known.known(during.id));
  await goesOn(again, known.known(before.id));
  await again.stop();
});

// Byte 18 of the header: above 2, the file may be read and not written. The journal is emptied first, so that it counts.
async function setWriteVersion({ dir }, version) {
  const path = join(dir, "store.db");
  if (version > 2) {
    const database = await openDatabase(path);
    database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
    database.close();
  }
  const file = openSync(path, "r+");
  writeSync(file, Uint8Array.of(version), 0, 1, 18);
  closeSync(file);
}

test("a folder that can't be written: the server does not start, and says why", async (t) => {
  const first = await startServer();
  await first.kill();
  const readOnly = (command) => ["unshare", ...(process.getuid() === 0 ? ["-m"] : ["-rm"]), "sh", "-c", `mount --bind ${first.dir} ${first.dir} && mount -o remount,bind,ro ${first.dir} && exec "$@"`, "sh", ...command];
  const [program, ...parameters] = readOnly(["true"]);
  const wrap = spawnSync(program, parameters).status === 0 ? readOnly : undefined;
  if (wrap === undefined) {
    if (process.getuid() === 0) return t.skip("root may write everywhere here");
    for (const name of readdirSync(first.dir)) chmodSync(join(first.dir, name), 0o444);
    chmodSync(first.dir, 0o555);
  }
  const refused = await launchServer({ dir: first.dir, ...(wrap && { wrap }) });
  await assert.rejects(refused.ready, /ended with 1: error: The database .*store\.db.* can't be opened/);
  if (wrap === undefined) chmodSync(first.dir, 0o755);
  rmSync(first.dir, { recursive: true, force: true });
});

test("a database that somebody else holds: waited for a moment, then 503; reading goes on meanwhile", async () => {
  const server = await startServer({ env: { SIMULATOR_DELAY_MS: "300" } });
  const shopper = await server.shopper();
  const [held, quick, answered] = [await shopper.checkout(), await shopper.checkout(), await shopper.checkout()];
  const somebody = await openDatabase(join(server.dir, "store.db"));

  somebody.exec("BEGIN IMMEDIATE");
  const waiting = quick.auth("sim_ok", { key: "key-1" });
  assert.deepEqual((await quick.payments()).operations, []); // answered while the other request waits
  somebody.exec("ROLLBACK");
  assert.equal((await waiting).status, 201);
  assert.deepEqual(outages(server, "unavailable"), []);

  somebody.exec("BEGIN IMMEDIATE");
  const made = await paymentsMade(server);
  await refusesPayments(server, held, "busy");
  assert.equal(await paymentsMade(server), made);
  somebody.exec("ROLLBACK");
  await goesOn(server, held);

  // held when the gateway's answer is to be written
  const paying = answered.auth("sim_ok", { key: "key-1" });
  await until(isRunning(answered));
  somebody.exec("BEGIN IMMEDIATE");
  unavailable(await paying);
  somebody.exec("ROLLBACK");
  assert.equal((await answered.payments()).operations.at(-1).status, "running");
  assert.deepEqual((await server.backOffice("POST", "/demo/recover")).body, { resolved: 1, unresolved: 0 });
  await goesOn(server, answered);
  somebody.close();
  await server.stop();
});
