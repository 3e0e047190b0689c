// A core that panics in the middle of a request: that request gets a 500, nothing of it is half done, and the next one
// meets a fresh instance (DESIGN §3 "Boundary").

import assert from "node:assert/strict";
import { test } from "node:test";
import * as core from "checkout-payments/core";
import { createWorld, success } from "./support/host-world.mjs";
import { booksOf, startServer, totals } from "./support/server.mjs";
import { tamper } from "./support/tampered-core.mjs";

const BEGIN = 4242;
const ADVANCE = 777;
const PATH = "/commerce/webstores/store/checkouts/active/payments";
const TOKEN = "card-of-somebody";

await core.loadCore(tamper({ beginCheckoutPayment: BEGIN, advance: ADVANCE }));

const padded = (value, length) => {
  const text = JSON.stringify(value);
  return text + " ".repeat(length - text.length);
};

const pay = (world, length) => {
  const body = { requestType: "Auth", paymentToken: TOKEN };
  return world.send("POST", PATH, length === undefined ? body : padded(body, length), { "idempotency-key": "key-1" });
};

// the host hands the outcome on as JSON: filled up to the length that makes `advance` panic
function poison() {
  const outcome = { ...success(), gatewayMessage: "" };
  return { ...outcome, gatewayMessage: "x".repeat(ADVANCE - JSON.stringify(outcome).length) };
}

function isPanic(answer) {
  assert.equal(answer.status, 500, answer.text);
  assert.equal(JSON.parse(answer.text)[0].errorCode, "INTERNAL_ERROR");
  assert.doesNotMatch(answer.text, /unreachable|wasm|RuntimeError/);
}

function isLogged({ log }, functionName) {
  const lines = log.filter(({ event }) => event === "core");
  assert.equal(lines.length, 1, JSON.stringify(log));
  assert.equal(lines[0].level, "error");
  assert.match(lines[0].error, new RegExp(`^core_panicked: .* in ${functionName}: `));
  assert.doesNotMatch(JSON.stringify(log), new RegExp(`${TOKEN}|key-1`));
  return lines[0];
}

test("panicked before anything was decided: 500, nothing written or sent, and the same request goes on", async () => {
  const world = createWorld();
  isPanic(await pay(world, BEGIN));
  isLogged(world, "beginCheckoutPayment");
  assert.equal(world.calls.length, 0);
  assert.equal((await world.payments()).paymentGroup, undefined);
  assert.equal((await pay(world)).status, 201);
  assert.equal(world.calls.length, 1);
});

test("panicked over the gateway's answer: 500, the call stays announced, and the repeat finds the charge by its key", async () => {
  const world = createWorld({ process: async (_call, _signal, count) => (count === 1 ? poison() : success()) });
  isPanic(await pay(world));
  assert.match(isLogged(world, "advance").operationId, /^op_/);
  assert.deepEqual((await world.payments()).operations.map(({ status }) => status), ["running"]);
  assert.equal((await pay(world)).status, 201);
  assert.equal(new Set(world.calls.map(({ idempotencyKey }) => idempotencyKey)).size, 1);
  assert.equal((await world.payments()).operations.length, 1);
});

test("the same, and recovery finishes it without anybody asking", async () => {
  const world = createWorld({ process: async (_call, _signal, count) => (count === 1 ? poison() : success()) });
  await world.handler.recover(); // the process's first look at everything is over
  isPanic(await pay(world));
  assert.deepEqual(await world.handler.recover(), { resolved: 1, unresolved: 0 });
  assert.equal((await world.payments()).livePayment.type, "Auth");
  assert.equal((await pay(world)).status, 201);
  assert.equal(world.calls.length, 2);
});

test("an answer that always makes it panic is not fetched in a loop", async () => {
  const world = createWorld({ process: async () => poison() });
  isPanic(await pay(world));
  for (let pass = 0; pass < 5; pass++) await world.handler.recover();
  // the request's own delivery, the first pass's; then it waits for its time
  assert.equal(world.calls.length, 2);
});

test("a hundred panics: a fresh instance each time", async () => {
  const world = createWorld();
  for (let panic = 0; panic < 100; panic++) {
    isPanic(await pay(world, BEGIN));
    assert.equal(core.formatMoney("129.9", "USD"), "$129.90");
  }
  assert.equal((await pay(world)).status, 201);
});

test("the real server: others' requests at the same time are answered, and the one that panicked can be repeated", async () => {
  const module = new URL("support/tampered-core.mjs", import.meta.url).href;
  const server = await startServer({ env: { NODE_OPTIONS: `--import=${module}`, PANICS: JSON.stringify({ beginCheckoutPayment: BEGIN }), SIMULATOR_DELAY_MS: "50" } });
  const shopper = await server.shopper();
  const checkouts = await Promise.all(Array.from({ length: 6 }, () => shopper.checkout()));
  const body = { requestType: "Auth", paymentToken: "sim_ok" };
  const answers = await Promise.all(checkouts.map((checkout, index) => checkout.post(index % 2 === 0 ? body : padded(body, BEGIN), { key: "key-1" })));
  for (const [index, answer] of answers.entries()) {
    if (index % 2 === 0) assert.equal(answer.status, 201, answer.text);
    else isPanic(answer);
    const again = await checkouts[index].post(body, { key: "key-1" });
    assert.equal(again.status, 201, again.text);
    assert.deepEqual(totals(await booksOf(server, checkouts[index])), { held: 12990, kept: 0 });
  }
  assert.equal(server.log.filter(({ event }) => event === "core").length, 3);
  await server.stop();
});
