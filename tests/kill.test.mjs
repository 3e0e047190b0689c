// The real server on SQLite, under load from another process, killed at random moments of its whole life, start-up and
// recovery included, and started again on the same files. Nothing that a client was told may be untrue afterwards, and
// the gateway's own books and our records have to agree to the minor unit (DESIGN §2, §6, §9).
//
// KILLS=5000 SEED=7 node --test tests/kill.test.mjs; with TEST_SERVER=workerd it is the Worker in workerd that dies.

import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { rm } from "node:fs/promises";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openDatabase } from "checkout-payments/stores/sqlite";
import { audit, repeatKeys } from "./support/audit.mjs";
import { createRandom } from "./support/random.mjs";
import { ADDRESS, launchServer, startServer, STORES } from "./support/server.mjs";

const KILLS = Number(process.env.KILLS ?? 200);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const COMPARE_EVERY = 20;
const SECOND_SERVER_EVERY = 50;
const IN_WORKERD = process.env.TEST_SERVER === "workerd"; // where the platform, not a file, says who owns an object
const LIFE = IN_WORKERD ? 3 : 1; // workerd serves before the object begins its life

const random = createRandom(SEED);
const problems = [];
const kills = { "while starting": 0, "while recovering": 0, "under load": 0 };
const checkouts = new Map();
let recovered = 0;
let counts = {};
let startMs = 300; // how long a start takes of late: the measure of every moment that is drawn

const loader = fork(fileURLToPath(new URL("support/loader.mjs", import.meta.url)), { env: { ...process.env, SEED: String(SEED) } });
let idle = () => undefined;
loader.on("message", (message) => {
  if (message.violation !== undefined) problems.push(message.violation);
  if (message.idle === undefined) return;
  for (const checkout of message.checkouts) checkouts.set(checkout.id, checkout);
  touched.push(...message.checkouts.map(({ id }) => id));
  counts = message.counts;
  idle();
});
let touched = [];
let server;
after(async () => {
  if (loader.connected) loader.disconnect();
  await server?.stop();
});

test(`${KILLS} kills, seed ${SEED}`, { timeout: 60_000 + KILLS * 5_000 }, async (t) => {
  server = await startServer();
  const { dir } = server;
  await server.backOffice("PUT", `/commerce/webstores/${STORES[1]}/settings`, { releaseOrder: "authorize-first" });
  await server.kill();
  loader.send({ pause: false });

  for (let kill = 1; kill <= KILLS && problems.length === 0; kill++) {
    await liveAndDie(dir);
    if (kill % SECOND_SERVER_EVERY === 0 && !IN_WORKERD) await refuseSecond(dir);
    if (kill % COMPARE_EVERY === 0) await compare(dir, takeTouched());
  }
  await compare(dir, [...checkouts.keys()], async (all) => {
    const { wrong, repeats } = await repeatKeys(server, all, ADDRESS);
    problems.push(...wrong);
    t.diagnostic(`${repeats} keys repeated at the end`);
  });
  const files = await server.files();
  await server.stop({ keep: true });
  await checkFiles(files);
  await rm(dir, { recursive: true, force: true });

  const killed = Object.entries(kills).map(([when, count]) => `${count} ${when}`).join(", ");
  t.diagnostic(`killed ${killed}; groups recovered at start: ${recovered}`);
  t.diagnostic(`${counts.requests} requests answered, ${counts.lost} lost, ${counts.conflicts} conflicts; ${counts.payments} payments asked for on ${checkouts.size} checkouts`);
  const all = [...checkouts.values()];
  const told = all.flatMap(({ attempts }) => attempts).filter(({ status }) => status === 201).length;
  t.diagnostic(`${told} told that they had paid, ${all.filter(({ expected }) => expected).length} of them last; ${all.filter(({ order }) => order).length} orders`);
  assert.deepEqual(problems.slice(0, 3), [], `SEED=${SEED}: ${problems.length} problems`);
  assert.ok(counts.lost > 0 && recovered > 0, "no kill met anything under way");
});

// One life of a server. When it ends is drawn: before it serves, just after (recovery runs), or some way into the load.
async function liveAndDie(dir) {
  const when = random.pick(["while starting", "while recovering", "under load", "under load", "under load"]);
  kills[when] += 1;
  const env = { SIMULATOR_DELAY_MS: String(random.pick([0, 0, 1, 5, 20])), RECOVER_EVERY_MS: String(random.pick([20, 500, 3_600_000])) };
  const began = performance.now();
  server = await launchServer({ dir, env });
  const serving = server.ready.then((url) => {
    server.url = url;
    startMs = 0.8 * startMs + 0.2 * (performance.now() - began);
    loader.send({ url });
  });
  if (when === "while starting") {
    await Promise.race([sleep(random.below(startMs)), serving]);
  } else {
    await serving;
    await sleep(random.below((when === "while recovering" ? 0.15 : 1.5) * LIFE * startMs)); // as slow as this machine is now
  }
  await server.kill();
  await serving.catch((error) => {
    if (!/ended with null/.test(error.message)) problems.push(error.message);
  });
  heed(server.log);
}

// Another server on the same files, while the first is at work: it must not come up.
async function refuseSecond(dir) {
  server = await startServer({ dir });
  loader.send({ url: server.url });
  const second = await launchServer({ dir });
  const url = await second.ready.catch((error) => error.message);
  if (!/in use by another process/.test(url)) problems.push(`a second server on the same store: ${url}`);
  await second.kill();
  await server.kill();
  heed(server.log);
}

// Lets the loader finish what it has under way, settles everything, and compares.
async function compare(dir, ids, more = async () => undefined) {
  server = await startServer({ dir });
  const quiet = new Promise((resolve) => (idle = resolve));
  loader.send({ url: server.url });
  loader.send({ pause: true });
  await quiet;
  const all = [...new Set([...ids, ...takeTouched()])].map((id) => checkouts.get(id));
  problems.push(...(await audit(server, all)));
  if (problems.length === 0) await more(all);
  heed(server.log);
  loader.send({ pause: false });
  if (ids.length < checkouts.size) await server.kill();
}

function takeTouched() {
  const taken = touched;
  touched = [];
  return taken;
}

function heed(log) {
  for (const line of log) {
    if (line.level === "error") problems.push(`the server logged ${JSON.stringify(line)}`);
    if (line.event === "recovery" && line.operationId === undefined) recovered += (line.resolved ?? 0) + (line.unresolved ?? 0);
  }
}

// The files are whole, and the gateway knows no payment of a group that we don't: nothing left before it was written down.
async function checkFiles(files) {
  const rows = async (file, sql) => {
    const database = await openDatabase(file);
    const found = database.prepare(sql).all();
    database.close();
    return found;
  };
  for (const file of Object.values(files)) {
    assert.deepEqual((await rows(file, "PRAGMA integrity_check")).map(Object.values), [["ok"]], file);
  }
  const known = new Set((await rows(files.store, "SELECT text FROM group_index")).map(({ text }) => text));
  const groups = await rows(files.simulator, "SELECT DISTINCT groupId FROM payments WHERE groupId IS NOT NULL");
  assert.deepEqual(groups.filter(({ groupId }) => !known.has(groupId)), []);
}
