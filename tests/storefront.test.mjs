// The storefront API: judging, explaining and sending (DESIGN §7), against the real server and against networks that fail.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { createCheckout, formatMoney, init, isPaymentsError, PaymentsError, preview, validate } from "checkout-payments";
import { ADDRESS, booksOf, startServer, STORE, totals } from "./support/server.mjs";

let server;
let shopper;
let checkout;
let client;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

test("on a server nothing has to be loaded first; init may be called all the same, from anywhere, once", async () => {
  assert.equal(formatMoney("129.9", "USD"), "$129.90");
  const file = new URL(import.meta.resolve("checkout-payments/storefront.wasm"));
  await Promise.all([init(await readFile(file)), init(), init()]);
  await init();
});

test("validate judges field by field, and half a form too", () => {
  assert.deepEqual(validate({ requestType: "Auth", paymentToken: "sim_ok" }), { valid: true, status: 200 });
  const verdict = validate({ requestType: "Auth", paymentToken: "4111111111111111", billingAddress: { name: "", street: "1", country: "US" } });
  assert.equal(verdict.valid, false);
  assert.equal(verdict.status, 422);
  assert.deepEqual(verdict.fields.map(({ name }) => name).sort(), ["billingAddress.name", "paymentToken"]);
  assert.equal(verdict.body.salesforceResultCode, "ValidationError");
  assert.equal(validate({ requestType: "Auth" }).status, 400);
  assert.equal(validate("{'requestType'").status, 400);
  assert.throws(() => validate(7), { code: "argument_invalid", path: "request" });
  assert.throws(() => validate(undefined), { code: "argument_invalid" });
});

test("formatMoney", () => {
  assert.equal(formatMoney("129.9", "USD"), "$129.90");
  assert.throws(() => formatMoney(129.9, "USD"), { code: "argument_invalid" });
});

test("a payment, its preview, the change of payment, the order", async () => {
  checkout = await shopper.checkout();
  client = createCheckout({ baseUrl: server.url, webstoreId: STORE, token: shopper.token });
  const paid = await client.authorizePayment(checkout.id, "sim_ok", ADDRESS);
  assert.deepEqual(paid, { status: 201, salesforceResultCode: "Success", errors: [], paymentData: "{}" });

  const existing = await client.payments(checkout.id);
  assert.equal(existing.paymentAuthorizations[0].amount, "129.90");
  assert.equal(existing.paymentAuthorizations[0].balance, "129.90");
  const request = { requestType: "Auth", paymentToken: "sim_ok" };
  for (const before of [existing, await checkout.payments()]) {
    const says = preview(before, request, { amount: "99.00", currencyIsoCode: "USD" });
    assert.equal(says.allowed, true);
    assert.deepEqual(says.steps.map(({ operation, amount }) => [operation, amount]), [["reverse", "129.90"], ["authorize", "99.00"]]);
    assert.match(says.summary, /\$129\.90.*\$99\.00/);
  }
  const turned = preview(existing, request, { amount: "99.00", currencyIsoCode: "USD", releaseOrder: "authorize-first" });
  assert.deepEqual(turned.steps.map(({ operation }) => operation), ["authorize", "reverse"]);
  assert.equal(preview(existing, { requestType: "SimplePurchaseOrder", paymentToken: "PO-1" }, { amount: "99.00", currencyIsoCode: "USD" }).allowed, false);
  assert.equal(preview(existing, request, { amount: "99.00", currencyIsoCode: "USD", apiVersion: "62.0" }).allowed, false);
  assert.deepEqual(preview({}, request, { amount: "99.00", currencyIsoCode: "USD" }).steps.map(({ operation }) => operation), ["authorize"]);

  const token = await shopper.mint("129.90");
  assert.equal((await client.postAuthorizePayment("active", token, ADDRESS, { channel: "wallet" })).status, 201);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
  const { orderReferenceNumber } = await client.placeOrder("active");
  assert.equal((await client.placeOrder(checkout.id)).orderReferenceNumber, orderReferenceNumber);
});

test("the preview's steps are the steps that are done", async () => {
  for (const [first, second] of [["authorize", "authorize"], ["capture", "authorize"], ["purchaseOrder", "purchaseOrder"]]) {
    const fresh = await shopper.checkout();
    if (first === "authorize") await fresh.auth();
    else if (first === "capture") await fresh.postAuth(await shopper.mint("129.90", "USD", { captured: true }));
    else await fresh.purchaseOrder("PO-1");
    const request = second === "purchaseOrder" ? { requestType: "SimplePurchaseOrder", paymentToken: "PO-2" } : { requestType: "Auth", paymentToken: "sim_ok" };
    const { steps } = preview(await fresh.payments(), request, { amount: "129.90", currencyIsoCode: "USD" });
    assert.equal((await fresh.post(request)).status, 201);
    const done = (await fresh.payments()).operations.at(-1).steps;
    if (second === "purchaseOrder") continue; // replaced without a gateway
    assert.deepEqual(steps.map(({ operation, amount }) => [operation, Number(amount)]), done.map(({ operation, amount }) => [operation, amount]));
  }
});

test("declines, challenges and refusals are results", async () => {
  const fresh = await shopper.checkout();
  const declined = await client.authorizePayment(fresh.id, "sim_authorize-decline");
  assert.deepEqual([declined.status, declined.salesforceResultCode], [422, "Decline"]);
  const review = await client.authorizePayment(fresh.id, "sim_authorize-review");
  assert.deepEqual([review.status, review.salesforceResultCode], [202, "RequiresReview"]);
  const order = await client.simplePurchaseOrderPayment(fresh.id, "PO-1");
  assert.deepEqual([order.status, order.salesforceResultCode], [201, "Success"]);
  await assert.rejects(client.placeOrder((await shopper.checkout()).id), { code: "order_refused" });
});

test("what the server would refuse is not sent, and gets the server's own answer", async () => {
  let sent = 0;
  const offline = createCheckout({ baseUrl: server.url, webstoreId: STORE, token: shopper.token, fetch: async () => { sent += 1; } });
  const here = await offline.authorizePayment("active", "4111 1111 1111 1111", { ...ADDRESS, country: "XQ" });
  assert.equal(sent, 0);
  const fresh = await shopper.checkout();
  const there = await fresh.post({ requestType: "Auth", paymentToken: "4111 1111 1111 1111", billingAddress: { ...ADDRESS, country: "XQ" } });
  assert.deepEqual(here, { ...there.body, status: there.status });
  await assert.rejects(offline.authorizePayment("active", 7), { code: "request_invalid", path: "paymentToken" });
  await assert.rejects(offline.authorizePayment("", "sim_ok"), { code: "argument_invalid", path: "checkoutId" });
  assert.equal(sent, 0);
});

test("the very text that was judged is sent, with a key", async () => {
  const requests = [];
  const spying = createCheckout({ baseUrl: "https://shop.example", webstoreId: "a/b", apiVersion: "63.0", fetch: async (url, init) => {
    requests.push([url, init]);
    return Response.json({ salesforceResultCode: "Success", errors: [], paymentData: "{}" }, { status: 201 });
  } });
  await spying.authorizePayment("active", "sim_ok", ADDRESS, { paymentsData: { a: "1" } });
  await spying.authorizePayment("active", "sim_ok", ADDRESS, { idempotencyKey: "mine" });
  const [[url, init], [, second]] = requests;
  assert.equal(url, "https://shop.example/services/data/v63.0/commerce/webstores/a%2Fb/checkouts/active/payments");
  assert.equal(init.body, JSON.stringify({ requestType: "Auth", paymentToken: "sim_ok", billingAddress: ADDRESS, paymentsData: { a: "1" } }));
  assert.match(init.headers["idempotency-key"], /^[0-9a-f-]{36}$/);
  assert.equal(second.headers["idempotency-key"], "mine");
});

// what the network gives to one request after the other
function network(...answers) {
  const keys = [];
  const fetch = async (url, init) => {
    keys.push(init.headers["idempotency-key"]);
    const answer = answers.shift() ?? "lost";
    if (answer === "lost") throw new TypeError("fetch failed");
    if (typeof answer === "number") return Response.json([{ errorCode: "X", message: "not now" }], { status: answer });
    if (answer === "real") return globalThis.fetch(url, init);
    if (answer === "done, but lost") {
      await globalThis.fetch(url, init);
      throw new TypeError("connection reset");
    }
    return new Response(answer, { status: 201 });
  };
  return { keys, client: createCheckout({ baseUrl: server.url, webstoreId: STORE, token: shopper.token, fetch }) };
}

test("409, 503 and a lost connection are repeated with the same key: one payment", async () => {
  const fresh = await shopper.checkout();
  const { keys, client: flaky } = network("done, but lost", 409, 503, "real");
  assert.equal((await flaky.authorizePayment(fresh.id, "sim_ok")).status, 201);
  assert.equal(keys.length, 4);
  assert.equal(new Set(keys).size, 1);
  assert.equal((await booksOf(server, fresh)).length, 1);
});

test("the repeats end, and the error says how to go on", async () => {
  const { keys, client: dead } = network();
  const error = await dead.authorizePayment("active", "sim_ok").catch((caught) => caught);
  assert.equal(error.code, "network_failed");
  assert.equal(error.retryable, true);
  assert.equal(error.details.idempotencyKey, keys[0]);
  assert.ok(error instanceof PaymentsError && error instanceof Error);
  assert.equal(keys.length, 7);
});

test("the caller's signal ends the wait at once", async () => {
  const { client: dead } = network();
  await assert.rejects(dead.authorizePayment("active", "sim_ok", undefined, { signal: AbortSignal.timeout(50), idempotencyKey: "k" }), { code: "aborted", details: { idempotencyKey: "k" } });
});

for (const [status, code, retryable] of [[400, "request_invalid", false], [401, "unauthorized", false], [403, "forbidden", false], [404, "not_found", false], [415, "request_invalid", false], [500, "service_unavailable", false]]) {
  test(`${status} is ${code}`, async () => {
    const { keys, client: answering } = network(status);
    await assert.rejects(answering.authorizePayment("active", "sim_ok"), (error) => error.code === code && error.retryable === retryable && error.details.status === status);
    assert.equal(keys.length, 1);
  });
}

test("an answer that is not of this API", async () => {
  for (const answer of ["<!doctype html>", "[]", "{}", "null", ""]) {
    await assert.rejects(network(answer).client.authorizePayment("active", "sim_ok"), { code: "response_invalid" }, answer);
  }
});

test("another shopper's checkout", async () => {
  const stranger = await server.shopper();
  const theirs = createCheckout({ baseUrl: server.url, webstoreId: STORE, token: stranger.token });
  await assert.rejects(theirs.authorizePayment(checkout.id, "sim_ok"), { code: "checkout_not_found" });
  await assert.rejects(theirs.payments(checkout.id), { code: "checkout_not_found" });
});

test("an error of another copy of the package is still one", () => {
  assert.equal(isPaymentsError({ brand: "checkout-payments/PaymentsError", code: "aborted" }), true);
  for (const value of [undefined, null, "x", new Error("x"), {}]) assert.equal(isPaymentsError(value), false);
});

test("amounts are read from the number's own digits", async () => {
  const { parseWithAmounts } = await import(new URL("../pkg/dist/client/amounts.js", import.meta.url).href);
  const text = '{"amount":123456789012345.67,"balance" : 0.10,"tries":3,"note":"\\"amount\\": 5, amount","amountNote":1.50,"list":[{"grandTotalAmount":1.500}]}';
  assert.deepEqual(parseWithAmounts(text), {
    amount: "123456789012345.67",
    balance: "0.10",
    tries: 3,
    note: '"amount": 5, amount',
    amountNote: 1.5,
    list: [{ grandTotalAmount: "1.500" }],
  });
});
