// The back office's client against the real server; and against a connection that loses answers.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createAdmin } from "checkout-payments/admin";
import { API_TOKEN, startServer } from "./support/server.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const admin = (more) => createAdmin({ baseUrl: server.url, token: API_TOKEN, ...more });
const paidBy = (gatewayToken) => ({ accountId: "001", amount: "100.00", currencyIsoCode: "USD", paymentMethod: { alternativePaymentMethod: { gatewayToken } } });
const booksOf = async ({ paymentGroup }) => (await server.backOffice("GET", `/simulator/books?groupId=${paymentGroup.id}`)).body.payments;

test("a payment's whole life", async () => {
  const client = admin({ apiVersion: "67.0" });
  const held = await client.authorize(paidBy("sim_ok"));
  assert.equal(held.outcome, "succeeded");
  assert.equal(held.paymentAuthorization.amount, "100.00", "amounts are text, exactly");
  const { id } = held.paymentAuthorization;
  const taken = await client.capture(id, { amount: "60.50" });
  const back = await client.refund(taken.payment.id, { amount: 10.25, comments: "a scratch" });
  const rest = await client.reverse(id, { amount: "39.50" });
  assert.deepEqual([taken, back, rest].map(({ outcome, status }) => [outcome, status]), Array(3).fill(["succeeded", 201]));
  assert.deepEqual([back.refund.amount, rest.paymentAuthAdjustment.status], ["10.25", "Processed"]);
  const [{ captured, refunded, reversed }] = await booksOf(held);
  assert.deepEqual([captured, refunded, reversed], [60.5, 10.25, 39.5]);
});

test("each outcome has its name", async () => {
  const expected = { ok: "succeeded", pending: "pending", review: "review", decline: "refused", fail: "refused", invalid: "refused", error: "notSent", timeout_after: "unknown" };
  for (const [scripted, outcome] of Object.entries(expected)) {
    const result = await admin().sell(paidBy(`sim_sale-${scripted}`));
    assert.equal(result.outcome, outcome, scripted);
    if (outcome !== "unknown") continue;
    const again = await admin().sell(paidBy(`sim_sale-${scripted}`), { idempotencyKey: result.idempotencyKey });
    assert.equal(again.outcome, "succeeded", "the same key finds out");
    assert.equal((await booksOf(again)).length, 1);
  }
});

test("what the store refuses is thrown, with the rule and the members", async () => {
  const client = admin();
  const { paymentAuthorization } = await client.authorize(paidBy("sim_ok"));
  const refused = (promise, code, field) =>
    assert.rejects(promise, (error) => {
      assert.equal(error.code, code);
      assert.deepEqual(error.details.errors?.[0].fields, field && [field]);
      return true;
    });
  await refused(client.capture(paymentAuthorization.id, { amount: "100.01" }), "operation_refused", "amount");
  await refused(client.capture(paymentAuthorization.id, { amount: 0 }), "request_invalid", "amount");
  await refused(client.capture("pauth_nobody", { amount: 1 }), "not_found");
  await assert.rejects(client.capture("", { amount: 1 }), { code: "argument_invalid" });
  await refused(admin({ token: "wrong" }).sell(paidBy("sim_ok")), "unauthorized");
  const shopper = await server.shopper();
  await refused(admin({ token: shopper.token }).sell(paidBy("sim_ok")), "forbidden");
});

test("a lost answer is asked for again under the same key, and nothing happens twice", async () => {
  let lost = 0;
  const losing = async (...request) => {
    const response = await fetch(...request);
    if ((lost += 1) > 2) return response;
    throw new TypeError("connection reset");
  };
  const result = await admin({ fetch: losing }).sell({ ...paidBy("sim_ok"), idempotencyKey: "lost-twice" });
  assert.deepEqual([result.outcome, result.idempotencyKey, lost], ["succeeded", "lost-twice", 3]);
  assert.equal((await booksOf(result)).length, 1);
});
