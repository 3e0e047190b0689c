// The payments handler with ports of the test's own: adapters that break, stores that fail, hosts that race.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NotSentError } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { createWorld, later, success } from "./support/host-world.mjs";

test("what is sent has been written down first", async () => {
  const store = createMemoryStore();
  const seen = [];
  const world = createWorld({ store, process: async (call) => {
    const { value } = await store.load("checkout/store/checkout-1");
    seen.push(value.includes(`"${call.operation}"`) && value.includes('"announced"'));
    return success();
  } });
  assert.equal((await world.pay()).status, 201);
  assert.equal((await world.pay()).status, 201);
  assert.deepEqual(seen, [true, true, true]);
});

test("an adapter that throws may have sent: the outcome is unknown, and the same key is sent again", async () => {
  const world = createWorld({ process: async (_call, _signal, count) => {
    if (count === 1) throw new Error("ECONNRESET 4111111111111111");
    return success();
  } });
  const answer = await world.pay();
  assert.equal(answer.body.errors[0].type, "/commerce/errors/payment-indeterminate");
  assert.equal((await world.pay()).status, 201);
  assert.equal(world.calls[0].idempotencyKey, world.calls[1].idempotencyKey);
  assert.doesNotMatch(JSON.stringify(world.log), /4111|ECONNRESET/);
  assert.ok(world.log.some(({ event }) => event === "gateway"));
});

test("an adapter that knows that nothing left: SystemError, and a repeat is safe", async () => {
  const world = createWorld({ process: async (_call, _signal, count) => {
    if (count === 1) throw new NotSentError("no route");
    return success();
  } });
  const answer = await world.pay();
  assert.equal(answer.status, 422);
  assert.equal(answer.body.salesforceResultCode, "SystemError");
  assert.equal(answer.body.errors[0].type, "/commerce/payment");
  assert.equal((await world.pay()).status, 201);
});

for (const nonsense of [undefined, null, {}, { resultCode: "Perhaps" }, "Success", 42, []]) {
  test(`an adapter that answers ${JSON.stringify(nonsense)} has not answered`, async () => {
    const world = createWorld({ process: async () => nonsense });
    const answer = await world.pay();
    assert.equal(answer.body.errors[0].type, "/commerce/errors/payment-indeterminate", answer.text);
  });
}

test("what a gateway repeats of what it was sent is neither stored nor shown, though the adapter passes it on", async () => {
  const words = (token) => `no such method ${token}, card 4242 4242-4242 4242, order 1234`;
  const world = createWorld({ process: async ({ paymentToken }) => ({ resultCode: "Decline", gatewayResultCode: "card_declined", gatewayMessage: words(paymentToken) }) });
  assert.equal((await world.pay("pm_ofTheShopper")).status, 422);
  const [row] = await world.store.find({ dueBefore: Number.MAX_SAFE_INTEGER, limit: 10 }).then(async (due) => (due.length > 0 ? due : world.store.find({ index: world.calls[0].groupId })));
  const { value } = await world.store.load(row);
  assert.match(value, /no such method \[removed\], card \[removed\], order 1234/);
  for (const secret of ["ofTheShopper", "4242"]) assert.ok(!value.includes(secret) && !JSON.stringify(world.log).includes(secret), secret);
});

test("a notification's words are stored without a card number, also while it is parked", async () => {
  const world = createWorld();
  const fact = { provider: "fake", gatewayReference: "ref-unknown", event: "failed", gatewayMessage: "card 4242424242424242 refused" };
  await world.send("POST", "/commerce/payments/notify?provider=fake", fact, { "x-proof": "yes" });
  const { value } = await world.store.load("parked/gateway:fake:ref-unknown");
  assert.match(value, /card \[removed\] refused/);
});

test("an answer about another amount is not trusted", async () => {
  const world = createWorld({ process: async () => ({ ...success(), amount: "1.00" }) });
  assert.equal((await world.pay()).body.errors[0].type, "/commerce/errors/payment-indeterminate");
});

test("silence ends after the time-out, the adapter is told, and its late answer changes nothing", async () => {
  let told;
  const world = createWorld({ gatewayTimeoutMs: 30, process: async (_call, signal) => {
    signal.addEventListener("abort", () => (told = true));
    await later(60);
    return success();
  } });
  const answer = await world.pay();
  assert.equal(answer.body.errors[0].type, "/commerce/errors/payment-indeterminate");
  assert.equal(told, true);
  await later(60);
  assert.equal((await world.payments()).operations[0].status, "unresolved");
});

test("a store that fails: 503, nothing sent", async () => {
  for (const method of ["load", "commit"]) {
    const store = { ...createMemoryStore(), [method]: async () => { throw new Error("disk full"); } };
    const world = createWorld({ store });
    const answer = await world.pay();
    assert.equal(answer.status, 503);
    assert.equal(answer.body[0].errorCode, "SERVER_UNAVAILABLE");
    assert.ok(answer.headers.get("retry-after"));
    assert.equal(world.calls.length, 0);
    assert.doesNotMatch(answer.text, /disk/);
  }
});

test("a store that fails after the charge: 503, and the repeat finds the charge by its key", async () => {
  const inner = createMemoryStore();
  let broken = false;
  const store = { ...inner, commit: async (writes) => { if (broken) throw new Error("disk full"); return inner.commit(writes); } };
  const world = createWorld({ store, process: async (_call, _signal, count) => {
    broken = count === 1;
    return { ...success(), gatewayReference: "the-one" };
  } });
  assert.equal((await world.pay("card", { "idempotency-key": "k" })).status, 503);
  broken = false;
  assert.equal((await world.pay("card", { "idempotency-key": "k" })).status, 201);
  assert.equal(new Set(world.calls.map(({ idempotencyKey }) => idempotencyKey)).size, 1);
});

test("a conflict on commit: the same is asked again over the new state, nothing is sent twice", async () => {
  const inner = createMemoryStore();
  let conflicts = 3;
  const store = { ...inner, commit: async (writes) => (conflicts-- > 0 ? false : inner.commit(writes)) };
  const world = createWorld({ store });
  assert.equal((await world.pay()).status, 201);
  assert.equal(world.calls.length, 1);
});

test("a conflict after the answer: the outcome in hand is not lost", async () => {
  const inner = createMemoryStore();
  let conflicts = 0;
  const store = { ...inner, commit: async (writes) => (conflicts-- > 0 ? false : inner.commit(writes)) };
  const world = createWorld({ store, process: async () => { conflicts = 3; return success(); } });
  assert.equal((await world.pay()).status, 201);
  assert.equal(world.calls.length, 1);
  assert.equal((await world.payments()).operations[0].status, "succeeded");
});

test("with a shared store, an operation counts as driven until 125 s after its announcement", async () => {
  const store = { ...createMemoryStore(), exclusive: false };
  const crashed = createWorld({ store, process: () => new Promise(() => undefined), gatewayTimeoutMs: 2_000_000_000 });
  void crashed.pay();
  await later(20);
  const other = createWorld({ store });
  assert.equal((await other.pay()).status, 409);
  assert.deepEqual(await other.handler.recover(), { resolved: 0, unresolved: 0 });
  other.now += 124_000;
  assert.equal((await other.pay()).status, 409);
  other.now += 2_000;
  assert.deepEqual(await other.handler.recover(), { resolved: 1, unresolved: 0 });
  assert.equal(other.calls[0].idempotencyKey, crashed.calls[0].idempotencyKey);
});

test("with a store of its own, a new process takes over at once", async () => {
  const store = createMemoryStore();
  const crashed = createWorld({ store, process: () => new Promise(() => undefined), gatewayTimeoutMs: 2_000_000_000 });
  void crashed.pay();
  await later(20);
  const other = createWorld({ store });
  assert.deepEqual(await other.handler.recover(), { resolved: 1, unresolved: 0 });
  assert.equal((await other.payments()).livePayment.type, "Auth");
});

test("recovery leaves alone what this process is driving", async () => {
  let answer;
  const world = createWorld({ process: () => new Promise((resolve) => (answer = () => resolve(success()))) });
  const paying = world.pay();
  await later(20);
  await world.handler.recover({ all: true });
  assert.equal(world.calls.length, 1);
  answer();
  assert.equal((await paying).status, 201);
});

test("an unknown is asked about again after its back-off", async () => {
  const world = createWorld({ process: async (_call, _signal, count) => (count < 3 ? { resultCode: "Indeterminate" } : success()) });
  await world.pay();
  assert.equal(world.calls.length, 1);
  await world.handler.recover(); // the first pass of a process looks at all, yet this waits for its back-off
  assert.equal(world.calls.filter(({ operation }) => operation === "authorize").length, 1);
  world.now += 5_000;
  await world.handler.recover();
  assert.equal(world.calls.filter(({ operation }) => operation === "authorize").length, 2);
  await world.handler.recover({ now: world.now + 40_000 });
  assert.equal((await world.payments()).livePayment?.type, "Auth");
});

test("startRecovery runs at once and again, until it is stopped", async () => {
  const world = createWorld({ process: async (_call, _signal, count) => (count === 1 ? { resultCode: "Indeterminate" } : success()) });
  await world.pay();
  world.now += 5_000;
  const stop = world.handler.startRecovery({ everyMs: 10 });
  await later(50);
  stop();
  assert.equal((await world.payments()).livePayment.type, "Auth");
  const { length } = world.calls;
  world.now += 86_400_000;
  await later(30);
  assert.equal(world.calls.length, length);
});

const fact = (more) => ({ provider: "fake", gatewayReference: "ref-p", operation: "authorize", event: "succeeded", amount: "129.90", currencyIsoCode: "USD", ...more });
const notify = (world, body, headers = { "x-proof": "yes" }) => world.send("POST", "/commerce/payments/notify?provider=fake", body, headers);

test("a key has its answer for 24 hours, whatever the cart has become", async () => {
  const world = createWorld();
  const first = await world.pay("card", { "idempotency-key": "k" });
  world.checkout = { ...world.checkout, amount: "150.00", digest: "d2" };
  for (const hours of [1, 22.9]) {
    world.now += hours * 3_600_000;
    assert.equal((await world.pay("card", { "idempotency-key": "k" })).text, first.text);
    assert.equal((await world.pay("other", { "idempotency-key": "k" })).status, 422);
  }
  assert.equal(world.calls.length, 1);
});

test("a notification that overtakes the answer it belongs to is parked, and delivered with it", async () => {
  let world;
  let status;
  world = createWorld({ process: async () => {
    status = (await notify(world, fact())).status;
    return { resultCode: "Success", pending: true, gatewayReference: "ref-p", amount: "129.90", currencyIsoCode: "USD" };
  } });
  assert.equal((await world.pay()).status, 202);
  assert.equal(status, 200);
  assert.equal((await world.payments()).paymentAuthorizations[0].status, "Processed");
});

test("a parked notification survives, and recovery delivers it when the process died in between", async () => {
  const store = createMemoryStore();
  const world = createWorld({ store });
  assert.equal((await notify(world, [fact(), fact(), fact({ gatewayReference: "ref-q" })])).status, 200);
  assert.deepEqual((await store.find({ dueBefore: Number.MAX_SAFE_INTEGER, limit: 10 })).sort(), ["parked/gateway:fake:ref-p", "parked/gateway:fake:ref-q"]);
  // another host's process writes the reference and dies before it looks for parked facts
  const blind = { ...store, load: async (key) => (key.startsWith("parked/") ? undefined : store.load(key)) };
  const other = createWorld({ store: blind, process: async () => ({ resultCode: "Success", pending: true, gatewayReference: "ref-p", amount: "129.90", currencyIsoCode: "USD" }) });
  assert.equal((await other.pay()).status, 202);
  assert.equal((await world.payments()).paymentAuthorizations[0].status, "Pending");
  await world.handler.recover({ all: true });
  assert.equal((await world.payments()).paymentAuthorizations[0].status, "Processed");
  assert.ok(!(await store.find({ dueBefore: Number.MAX_SAFE_INTEGER, limit: 10 })).includes("parked/gateway:fake:ref-p"));
});

test("a notification for a store that fails is not acknowledged: the gateway sends it again", async () => {
  const world = createWorld({ store: { ...createMemoryStore(), commit: async () => { throw new Error("disk full"); } } });
  assert.equal((await notify(world, fact())).status, 503);
  assert.equal((await notify(world, fact(), {})).status, 401);
});

test("the shop is told of an order, and told again when it had failed", async () => {
  const world = createWorld();
  await world.pay();
  const order = () => world.send("POST", "/commerce/webstores/store/checkouts/active/orders");
  const { body } = await order();
  await order();
  assert.deepEqual(world.placed, [body.orderReferenceNumber, body.orderReferenceNumber]);
});

test("every answer is hardened, and HEAD and unknown addresses are answered", async () => {
  const world = createWorld();
  for (const [method, path] of [["GET", "/commerce/webstores/store/checkouts/active/payments"], ["HEAD", "/commerce/webstores/store/checkouts/active/payments"], ["GET", "/nothing"]]) {
    const response = await world.handler(new Request(`http://localhost${path}`, { method, headers: { authorization: "me" } }));
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.match(response.headers.get("content-security-policy"), /default-src 'none'/);
  }
});

test("what looks like a card number in an address is not logged", async () => {
  const world = createWorld();
  await world.send("GET", "/commerce/webstores/4111111111111111/checkouts/4111-1111-1111-1111/payments?token=4111111111111111");
  await world.send("GET", "/commerce/webstores/x/checkouts/4111%201111%201111%201111/payments");
  assert.doesNotMatch(JSON.stringify(world.log), /4111/);
});
