// The same key: the same answer and one payment, whatever happens in between (DESIGN §5). And requests that race.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADDRESS, booksOf, startServer, STORE, totals } from "./support/server.mjs";

let server;
let slow;
let shopper;
before(async () => {
  server = await startServer();
  slow = await startServer({ env: { SIMULATOR_DELAY_MS: "400" } });
  shopper = await server.shopper();
});
after(async () => {
  await server.stop();
  await slow.stop();
});

for (const [name, send, entries] of [
  ["Auth", (checkout, options) => checkout.auth("sim_ok", options), 1],
  ["a declined Auth", (checkout, options) => checkout.auth("sim_authorize-decline", options), 0],
  ["a purchase order", (checkout, options) => checkout.purchaseOrder("PO-7", options), 0],
]) {
  test(`${name} again with the same key: the same answer, nothing done`, async () => {
    const checkout = await shopper.checkout();
    const first = await send(checkout, { key: "key-1" });
    const second = await send(checkout, { key: "key-1" });
    assert.deepEqual([second.status, second.text], [first.status, first.text]);
    assert.equal((await booksOf(server, checkout)).length, entries);
    assert.equal((await checkout.payments()).operations.length, 1);
  });
}

test("both headers carry the key, under either name", async () => {
  const checkout = await shopper.checkout();
  const key = "k".repeat(255);
  for (const headers of [
    { "sfdc-Payments-Idempotency-Key": key },
    { "Idempotency-Key": key },
    { "Idempotency-Key": key, "sfdc-Payments-Idempotency-Key": key },
  ]) {
    assert.equal((await checkout.auth("sim_ok", { headers })).status, 201);
  }
  assert.equal((await booksOf(server, checkout)).length, 1);
});

test("the same key with another body is refused, whatever differs", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth("sim_ok", { key: "key-1" });
  for (const body of [
    { requestType: "Auth", paymentToken: "other", billingAddress: ADDRESS },
    { requestType: "Auth", paymentToken: "sim_ok", billingAddress: { ...ADDRESS, city: "Venice" } },
    { requestType: "Auth", paymentToken: "sim_ok" },
    { requestType: "Auth", paymentToken: "sim_ok", billingAddress: ADDRESS, paymentsData: { a: "1" } },
    { requestType: "PostAuth", paymentToken: "sim_ok", billingAddress: ADDRESS },
  ]) {
    const answer = await checkout.post(body, { key: "key-1" });
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.body.salesforceResultCode, "ValidationError");
  }
  assert.equal((await booksOf(server, checkout)).length, 1);
});

test("the same request written otherwise is the same request", async () => {
  const checkout = await shopper.checkout();
  await checkout.post({ requestType: "Auth", paymentToken: "sim_ok", paymentsData: { a: "1" } }, { key: "key-1" });
  const answer = await checkout.post(' { "paymentsData" : "{\\"a\\":\\"1\\"}", "paymentToken" : "sim_ok", "requestType" : "Auth" } ', { key: "key-1" });
  assert.equal(answer.status, 201, answer.text);
  assert.equal((await booksOf(server, checkout)).length, 1);
});

test("another key is another payment: the first one is released", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth("sim_ok", { key: "key-1" });
  await checkout.auth("sim_ok", { key: "key-2" });
  assert.equal((await booksOf(server, checkout)).length, 2);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
  // the first key still has its answer, and does nothing
  assert.equal((await checkout.auth("sim_ok", { key: "key-1" })).status, 201);
  assert.equal((await booksOf(server, checkout)).length, 2);
});

test("a key belongs to its checkout", async () => {
  const [one, other] = [await shopper.checkout(), await shopper.checkout()];
  assert.equal((await one.auth("sim_ok", { key: "key-1" })).status, 201);
  assert.equal((await other.auth("sim_ok", { key: "key-1" })).status, 201);
  assert.equal((await booksOf(server, other)).length, 1);
});

test("a refused form keeps no key: it can be corrected", async () => {
  const checkout = await shopper.checkout();
  assert.equal((await checkout.post({ requestType: "Auth", paymentToken: "4111111111111111" }, { key: "key-1" })).status, 422);
  assert.equal((await checkout.auth("sim_ok", { key: "key-1" })).status, 201);
});

test("two requests at once: exactly one payment, the other 409", async () => {
  const checkout = await (await slow.shopper()).checkout();
  const answers = await Promise.all([checkout.auth(), checkout.auth()]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  const conflict = answers.find(({ status }) => status === 409);
  assert.equal(conflict.body[0].errorCode, "CHECKOUT_CONFLICT");
  assert.ok(conflict.headers.get("retry-after"));
  const books = await booksOf(slow, checkout);
  assert.equal(books.length, 1);
  assert.equal(books[0].keys.length, 1);
});

test("the same key while it is in flight: 409, and afterwards the answer", async () => {
  const checkout = await (await slow.shopper()).checkout();
  const [first, second] = await Promise.all([checkout.auth("sim_ok", { key: "key-1" }), checkout.auth("sim_ok", { key: "key-1" })]);
  assert.deepEqual([first.status, second.status].sort(), [201, 409]);
  const third = await checkout.auth("sim_ok", { key: "key-1" });
  assert.equal(third.status, 201);
  assert.equal((await booksOf(slow, checkout)).length, 1);
});

test("twenty requests at once: exactly one payment", async () => {
  const checkout = await (await slow.shopper()).checkout();
  const answers = await Promise.all(Array.from({ length: 20 }, () => checkout.auth()));
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  assert.equal(answers.filter(({ status }) => status === 409).length, 19);
  assert.deepEqual(totals(await booksOf(slow, checkout)), { held: 12990, kept: 0 });
});

test("twenty checkouts at once don't get in one another's way", async () => {
  const buyer = await slow.shopper();
  const checkouts = await Promise.all(Array.from({ length: 20 }, () => buyer.checkout()));
  const answers = await Promise.all(checkouts.map((checkout) => checkout.auth()));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
});

test("an order can't overtake a payment under way", async () => {
  const checkout = await (await slow.shopper()).checkout();
  assert.equal((await checkout.auth()).status, 201);
  const [paid, placed] = await Promise.all([checkout.auth(), new Promise((resolve) => setTimeout(resolve, 100)).then(() => checkout.order())]);
  assert.equal(paid.status, 201);
  assert.equal(placed.status, 409, placed.text);
});

test("a shopper who goes away changes nothing: the payment is finished", async () => {
  const buyer = await slow.shopper();
  const checkout = await buyer.checkout();
  const leaving = AbortSignal.timeout(100);
  await assert.rejects(
    fetch(`${slow.url}/commerce/webstores/${STORE}/checkouts/${checkout.id}/payments`, {
      method: "POST",
      headers: { authorization: `Bearer ${buyer.token}`, "content-type": "application/json", "idempotency-key": "key-1" },
      body: JSON.stringify({ requestType: "Auth", paymentToken: "sim_ok" }),
      signal: leaving,
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 600));
  assert.equal((await checkout.payments()).livePayment.type, "Auth");
  assert.equal((await booksOf(slow, checkout)).length, 1);
});
