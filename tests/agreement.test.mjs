// Random histories from fixed seeds: whatever the gateway does, once nothing is unknown our records and the gateway's
// own books agree, and a checkout has at most one live payment (DESIGN §6, invariants).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { booksOf, startServer, STORE, totals } from "./support/server.mjs";

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
    const pick = random(seed);
    await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: pick(["release-first", "authorize-first"]) });
    const checkout = await shopper.checkout();
    const story = [];
    for (let request = 0; request < REQUESTS; request++) story.push(await one(checkout, pick));

    const live = await settle(checkout);
    const books = await booksOf(server, checkout);
    const told = JSON.stringify({ story, live, books }, null, 1);
    assert.deepEqual(totals(books), recorded(live), told);
    const standing = books.filter(({ authorized, reversed, refunded }) => cents(authorized) - cents(reversed) - cents(refunded) > 0);
    assert.ok(standing.length <= 1, told);
    assert.equal(standing.length === 1, live.livePayment?.type === "Auth" || live.livePayment?.type === "PostAuth", told);
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
    const open = payments.operations.some(({ status }) => status === "running" || status === "unresolved");
    const pending = records(payments).some(({ status }) => status === "Pending");
    if (!open && !pending && payments.releasesOwed.length === 0) return payments;
  }
  throw new Error(`never settled: ${JSON.stringify(await checkout.payments(), null, 1)}`);
}

async function decideAll(checkout, event, times) {
  const pending = records(await checkout.payments()).filter(({ status, gatewayRefNumber }) => status === "Pending" && gatewayRefNumber !== undefined);
  const references = new Set([
    ...pending.map(({ gatewayRefNumber }) => gatewayRefNumber),
    ...(await booksOf(server, checkout)).filter(({ state }) => state === "pending").map(({ reference }) => reference),
  ]);
  for (const reference of references) await server.backOffice("POST", "/simulator/notify", { reference, event, times });
  return [event, references.size];
}

function records({ paymentAuthorizations = [], paymentAuthAdjustments = [], payments = [], refunds = [] }) {
  return [...paymentAuthorizations, ...paymentAuthAdjustments, ...payments, ...refunds];
}

// What our records say the gateway holds and keeps.
function recorded({ paymentAuthorizations = [], payments = [], refunds = [] }) {
  const processed = ({ status }) => status === "Processed";
  const sum = (list, of) => list.filter(processed).reduce((total, record) => total + cents(of(record)), 0);
  return {
    held: sum(paymentAuthorizations, ({ balance }) => balance),
    kept: sum(payments, ({ amount }) => amount) - sum(refunds, ({ amount }) => amount),
  };
}

function cents(amount) {
  return Math.round(amount * 100);
}

// mulberry32: the same seed, the same history
function random(seed) {
  let state = seed * 0x9e3779b9;
  return (list) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return list[((mixed ^ (mixed >>> 14)) >>> 0) % list.length];
  };
}
