// Random histories from fixed seeds: whatever the gateway does, once nothing is unknown our records and the gateway's
// own books agree, and a checkout has at most one live payment (DESIGN §6, invariants).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { booked, pendingRecords, recorded, standing, unsettled } from "./support/accounts.mjs";
import { createRandom } from "./support/random.mjs";
import { booksOf, startServer, STORE } from "./support/server.mjs";

const HISTORIES = 60;
const REQUESTS = 6;
const OUTCOMES = ["ok", "ok", "decline", "fail", "invalid", "review", "error", "timeout_before", "timeout_after", "pending"];

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

for (let seed = 1; seed <= HISTORIES; seed++) {
  test(`history ${seed}`, async () => {
    const { pick } = createRandom(seed);
    await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: pick(["release-first", "authorize-first"]) });
    const checkout = await shopper.checkout();
    const story = [];
    for (let request = 0; request < REQUESTS; request++) story.push(await one(checkout, pick));

    const live = await settle(checkout);
    const books = await booksOf(server, checkout);
    const told = JSON.stringify({ story, live, books }, null, 1);
    assert.equal(booked(books), recorded(live), told);
    const left = standing(books).length;
    assert.ok(left <= 1, told);
    assert.equal(left === 1, live.livePayment?.type === "Auth" || live.livePayment?.type === "PostAuth", told);
    for (const { keys } of books) assert.equal(new Set(keys).size, keys.length);
  });
}

async function one(checkout, pick) {
  const what = pick(["auth", "auth", "auth", "postauth", "recover", "notify", "order-like repeat"]);
  if (what === "auth") {
    const token = `sim_authorize-${pick(OUTCOMES)}.reverse-${pick(OUTCOMES)}`;
    return [token, (await checkout.auth(token)).status];
  }
  if (what === "postauth") {
    const script = `postauth-${pick(OUTCOMES)}.reverse-${pick(OUTCOMES)}.refund-${pick(OUTCOMES)}`;
    const captured = pick([true, false]);
    return [script, captured, (await checkout.postAuth(await shopper.mint("129.90", "USD", { captured, script }))).status];
  }
  if (what === "recover") return [what, (await server.backOffice("POST", "/demo/recover")).text];
  if (what === "notify") return [what, await decideAll(checkout, pick(["succeeded", "failed"]), pick([1, 3]))];
  const key = `repeated-${pick([1, 2])}`;
  return [key, (await checkout.auth("sim_ok", { key })).status];
}

// Everything pending is decided, everything unknown asked about, everything owed paid back.
async function settle(checkout) {
  for (let round = 0; round < 20; round++) {
    await decideAll(checkout, round % 2 === 0 ? "succeeded" : "failed", 2);
    await server.backOffice("POST", "/demo/recover");
    const payments = await checkout.payments();
    if (unsettled(payments).length === 0) return payments;
  }
  throw new Error(`never settled: ${JSON.stringify(await checkout.payments(), null, 1)}`);
}

async function decideAll(checkout, event, times) {
  const pending = pendingRecords(await checkout.payments()).filter(({ gatewayRefNumber }) => gatewayRefNumber !== undefined);
  const references = new Set([
    ...pending.map(({ gatewayRefNumber }) => gatewayRefNumber),
    ...(await booksOf(server, checkout)).filter(({ state }) => state === "pending").map(({ reference }) => reference),
  ]);
  for (const reference of references) await server.backOffice("POST", "/simulator/notify", { reference, event, times });
  return [event, references.size];
}
