// The payments API on the real server: the back office authorizes, captures, reverses, sells and refunds over HTTP, and the
// simulator's own books say what really happened.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServer } from "./support/server.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const PAYMENTS = "/services/data/v67.0/commerce/payments";
const post = (path, body, headers) => server.backOffice("POST", path.startsWith("/") ? path : `${PAYMENTS}/${path}`, body, headers);
const method = (gatewayToken) => ({ alternativePaymentMethod: { gatewayToken } });
const payment = (more) => ({ accountId: "001000000000001AAA", amount: 100, currencyIsoCode: "USD", effectiveDate: "2026-11-21T00:00:00Z", paymentMethod: method("sim_ok"), ...more });
const booksOf = async (groupId) => (await server.backOffice("GET", `/simulator/books?groupId=${groupId}`)).body.payments;

async function authorized(more) {
  const { status, body } = await post("authorizations", payment(more));
  assert.equal(status, 201, JSON.stringify(body));
  return { id: body.paymentAuthorization.id, groupId: body.paymentGroup.id, body };
}

test("an authorization, as the reference describes its answer", async () => {
  const { body } = await authorized({ comments: "by phone", email: "a@example.com", paymentGroup: { createPaymentGroup: true, sourceObjectId: "801000000000001" } });
  assert.deepEqual(Object.keys(body).sort(), ["gatewayResponse", "paymentAuthorization", "paymentGroup"]);
  const { id, paymentAuthorizationNumber, requestDate, expirationDate, ...rest } = body.paymentAuthorization;
  assert.match(id, /^pauth_[0-9a-z]{26}$/);
  assert.match(paymentAuthorizationNumber, /^PA-[0-9A-Z]{26}$/);
  assert.ok(requestDate < expirationDate);
  assert.deepEqual(rest, { accountId: "001000000000001AAA", amount: 100, currencyIsoCode: "USD", effectiveDate: "2026-11-21T00:00:00.000Z", status: "Processed" });
  assert.equal(body.paymentGroup.sourceObjectId, "801000000000001");
  const { gatewayReferenceNumber, gatewayDate, gatewayAuthorizationCode, ...response } = body.gatewayResponse;
  assert.ok(gatewayReferenceNumber && gatewayDate && gatewayAuthorizationCode);
  assert.deepEqual(response, { salesforceResultCode: "Success", gatewayResultCode: "00", gatewayMessage: "Transaction Normal" });
});

test("captured in parts, refunded in parts, the rest reversed: the books agree to the cent", async () => {
  const { id, groupId } = await authorized();
  const first = await post(`authorizations/${id}/captures`, { amount: "60.50" });
  const second = await post(`authorizations/${id}/captures`, { amount: 30, clientContext: "batch 7" });
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.equal((await post(`authorizations/${id}/captures`, { amount: 9.51 })).body[0].errorCode, "AMOUNT_TOO_LARGE");
  assert.equal((await post(`payments/${second.body.payment.id}/refunds`, { amount: 10.25 })).status, 201);
  assert.equal((await post(`payments/${second.body.payment.id}/refunds`, { amount: 19.76 })).body[0].errorCode, "AMOUNT_TOO_LARGE");
  assert.equal((await post(`authorizations/${id}/reversals`, { amount: 9.5 })).status, 201);
  const [{ authorized: held, captured, reversed, refunded }] = await booksOf(groupId);
  assert.deepEqual([held, captured, reversed, refunded], [100, 90.5, 9.5, 10.25]);
});

test("a sale, and a payment that was made outside", async () => {
  const sale = await post("sales", payment({ amount: "5.125", currencyIsoCode: "KWD" }));
  assert.deepEqual([sale.status, sale.body.payment.amount, sale.body.payment.status], [201, 5.125, "Processed"]);
  const shopper = await server.shopper();
  for (const captured of [false, true]) {
    const { token } = (await shopper.request("POST", "/simulator/payments", { amount: 12, currencyIsoCode: "EUR", captured })).body;
    const taken = await post("postAuths", payment({ amount: 12, currencyIsoCode: "EUR", paymentMethod: method(token) }));
    assert.equal(taken.status, 201, taken.text);
    assert.ok(captured ? taken.body.payment : taken.body.paymentAuthorization, taken.text);
    const again = await post("postAuths", payment({ amount: 12, currencyIsoCode: "EUR", paymentMethod: method(token) }));
    assert.deepEqual([again.status, again.body.error.errorCode], [422, "PAYMENT_DATA_REFUSED"], "no payment is recorded twice");
  }
});

test("what the gateway refuses, does not answer, or takes its time for", async () => {
  const expected = {
    decline: [422, "PAYMENT_DECLINED"],
    fail: [422, "PAYMENT_DECLINED"],
    invalid: [422, "PAYMENT_DATA_REFUSED"],
    error: [422, "PAYMENT_NOT_SENT"],
    timeout_before: [422, "PAYMENT_INDETERMINATE"],
    timeout_after: [422, "PAYMENT_INDETERMINATE"],
  };
  for (const [outcome, [status, code]] of Object.entries(expected)) {
    const headers = { "idempotency-key": `outcome-${outcome}` };
    const body = payment({ paymentMethod: method(`sim_sale-${outcome}`) });
    const answer = await post("sales", body, headers);
    assert.deepEqual([answer.status, answer.body.error.errorCode], [status, code], outcome);
    const again = await post("sales", body, headers);
    const repaired = ["error", "timeout_before", "timeout_after"].includes(outcome);
    assert.equal(again.status, repaired ? 201 : status, outcome);
    const standing = (await booksOf(answer.body.paymentGroup.id)).filter(({ captured }) => captured > 0);
    assert.equal(standing.length, repaired ? 1 : 0, outcome);
  }
  const pending = await post("sales", payment({ paymentMethod: method("sim_sale-pending") }));
  assert.deepEqual([pending.status, pending.body.payment.status], [201, "Pending"]);
  const reference = pending.body.gatewayResponse.gatewayReferenceNumber;
  assert.equal((await post(`payments/${pending.body.payment.id}/refunds`, { amount: 1 })).body[0].errorCode, "INVALID_STATUS");
  await server.backOffice("POST", "/simulator/notify", { reference, event: "succeeded" });
  assert.equal((await post(`payments/${pending.body.payment.id}/refunds`, { amount: 1 })).status, 201);
});

test("requests at the same time with one key are one payment", async () => {
  const headers = { "idempotency-key": "at-once" };
  const answers = await Promise.all(Array.from({ length: 8 }, () => post("sales", payment({ amount: 7 }), headers)));
  const done = answers.filter(({ status }) => status === 201);
  assert.ok(done.length >= 1 && answers.every(({ status }) => status === 201 || status === 409), answers.map(({ text }) => text).join());
  assert.equal(new Set(done.map(({ text }) => text)).size, 1);
  assert.equal((await booksOf(done[0].body.paymentGroup.id)).length, 1);
  const other = await post("sales", payment({ amount: 8 }), headers);
  assert.deepEqual([other.status, other.body[0].errorCode, other.body[0].fields], [422, "IDEMPOTENCY_KEY_REUSED", ["amount"]]);
  const elsewhere = await authorized();
  const capture = await post(`authorizations/${elsewhere.id}/captures`, { amount: 7 }, headers);
  assert.deepEqual([capture.status, capture.body[0].errorCode], [422, "IDEMPOTENCY_KEY_REUSED"], "also for a record of another group");
  assert.equal((await post("sales", payment({ amount: 9, idempotencyKey: "x" }), headers)).status, 400, "in the body or the header");
  const inBody = [await post("sales", payment({ amount: 9, idempotencyKey: "x" })), await post("sales", payment({ amount: 9 }), { "sfdc-payments-idempotency-key": "x" })];
  assert.deepEqual(inBody[0], inBody[1]);
});

test("two captures at once never take more than is held", async () => {
  const { id, groupId } = await authorized();
  for (;;) {
    const answers = await Promise.all([60, 60, 60].map((amount) => post(`authorizations/${id}/captures`, { amount })));
    assert.ok(answers.every(({ status }) => [201, 409, 422].includes(status)));
    if (answers.every(({ status }) => status === 422)) break;
  }
  const [{ captured }] = await booksOf(groupId);
  assert.equal(captured, 60);
});

test("what the checkout took, the back office captures and refunds; a new payment of the shopper's gives back the rest", async () => {
  const shopper = await server.shopper();
  const checkout = await shopper.checkout("40.00");
  assert.equal((await checkout.auth()).status, 201);
  const view = await checkout.payments();
  const [hold] = view.paymentAuthorizations;
  const capture = await post(`authorizations/${hold.id}/captures`, { amount: 15, comments: "not for the shopper" });
  assert.equal(capture.status, 201);
  assert.equal((await post(`payments/${capture.body.payment.id}/refunds`, { amount: 5 })).status, 201);
  assert.ok(!JSON.stringify(await checkout.payments()).includes("not for the shopper"));
  assert.equal((await post("sales", payment({ paymentGroupId: view.paymentGroup.id }))).body[0].errorCode, "FIELD_INTEGRITY_EXCEPTION");
  assert.equal((await checkout.auth()).status, 201);
  const [old, standing] = await booksOf(view.paymentGroup.id);
  assert.deepEqual([old.captured, old.refunded, old.reversed, standing.authorized], [15, 15, 25, 40]);
});

test("only the back office, only in its versions, only JSON", async () => {
  const shopper = await server.shopper();
  const paths = ["authorizations", "postAuths", "sales", "authorizations/pauth_x/captures", "authorizations/pauth_x/reversals", "payments/pay_x/refunds"];
  for (const path of paths) {
    assert.equal((await shopper.request("POST", `${PAYMENTS}/${path}`, payment())).status, 403, path);
    assert.equal((await server.anonymous("POST", `${PAYMENTS}/${path}`, payment())).status, 401, path);
    assert.equal((await server.backOffice("GET", `${PAYMENTS}/${path}`)).status, 405, path);
    assert.equal((await post(`/services/data/v54.0/commerce/payments/${path}`, payment())).status, 404, path);
    assert.equal((await post(path, "<a/>", { "content-type": "application/xml" })).status, 415, path);
    assert.deepEqual((await post(path, "{'amount': 1}")).body[0].errorCode, "JSON_PARSER_ERROR", path);
  }
  for (const path of paths.slice(3)) assert.deepEqual((await post(path, { amount: 1 })).body[0].errorCode, "NOT_FOUND", path);
  assert.equal((await post("sales", payment({ paymentGroupId: "pgrp_nobody" }))).status, 404);
});

test("no token and no card number is told or logged", async () => {
  const secret = "tok_very_secret_1234567890";
  const answers = [
    await post("sales", payment({ paymentMethod: method(secret) })),
    await post("sales", payment({ paymentMethod: { cardPaymentMethod: { gatewayToken: secret, cardNumber: "4111111111111111" } } })),
    await post("sales", payment({ comments: "4111111111111111" })),
  ];
  assert.deepEqual(answers.map(({ status }) => status), [201, 400, 400]);
  const told = JSON.stringify([answers.map(({ text }) => text), server.log]);
  assert.ok(!told.includes(secret) && !told.includes("4111111111111111"));
});
