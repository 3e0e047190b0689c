// Applying payments to invoices over HTTP, on the real server: the back office only, many at once, repeats, refusals. (A store that takes its
// time: application-races.test.mjs.)

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServer } from "./support/server.mjs";

let server;
let shopper;
before(async () => {
  server = await startServer({ env: { APPLICATION_LEVEL: "Invoice" } });
  shopper = await server.shopper();
});
after(() => server.stop());

/** A payment of $129.90 that was taken, in a group of its own. */
async function paid(from = shopper, price = "129.90") {
  const checkout = await from.checkout(price);
  const answer = await checkout.postAuth(await from.mint(price, "USD", { captured: true }));
  assert.equal(answer.status, 201, answer.text);
  const [payment] = (await checkout.payments()).payments;
  return { id: payment.id, checkout, read: async () => (await checkout.payments()).payments[0] };
}

async function invoice(amounts, more = {}, of = server) {
  const answer = await of.backOffice("POST", "/commerce/invoicing/invoices", { status: "Posted", currencyIsoCode: "USD", lines: amounts.map((lineAmount) => ({ lineAmount })), ...more });
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.body, read: async () => (await of.backOffice("GET", `/commerce/invoicing/invoices/${answer.body.id}`)).body };
}

const apply = (payment, target, amount, { key, more = {}, of = server } = {}) =>
  of.backOffice("POST", `/commerce/billing/payments/${payment.id}/actions/apply`, { appliedToId: target.id, amount, ...more }, key === undefined ? {} : { "idempotency-key": key });
const unapply = (payment, lineId, body) => server.backOffice("POST", `/commerce/billing/payments/${payment.id}/paymentlines/${lineId}/actions/unapply`, body);
const codes = ({ status, body }) => [status, ...body.map(({ errorCode, fields = [] }) => [errorCode, ...fields].join(" "))];

test("a payment settles an invoice, and is taken back", async () => {
  const payment = await paid();
  const owed = await invoice(["80.00"]);
  const applied = await apply(payment, owed, 80);
  assert.equal(applied.status, 201, applied.text);
  assert.deepEqual(Object.keys(applied.body), ["id", "appliedDate"]);
  const { balance, settlementStatus, settlementLevel, fullSettlementDate } = await owed.read();
  assert.deepEqual([balance, settlementStatus, settlementLevel, fullSettlementDate], [0, "Settled", "Invoice", applied.body.appliedDate]);
  const { netApplied, refundableAmount } = await payment.read();
  assert.deepEqual([netApplied, refundableAmount], [80, 49.9]);

  const back = await unapply(payment, applied.body.id);
  assert.equal(back.status, 201, back.text);
  assert.deepEqual(Object.keys(back.body), ["id", "unappliedDate"]);
  assert.deepEqual([(await owed.read()).settlementStatus, (await payment.read()).netApplied], ["Not Settled", 0]);
  assert.deepEqual(codes(await unapply(payment, applied.body.id, {})), [422, "INVALID_STATUS"]);
});

test("twenty requests at once for one payment: exactly as many go through as it has money for", async () => {
  const payment = await paid(shopper, "100.00");
  const invoices = await Promise.all(Array.from({ length: 20 }, () => invoice(["30.00"])));
  const answers = await Promise.all(invoices.map((owed) => apply(payment, owed, "30.00")));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(3).fill(201), ...Array(17).fill(422)]);
  assert.equal((await payment.read()).netApplied, 90);
  const settled = await Promise.all(invoices.map(async (owed) => (await owed.read()).netPaymentsApplied));
  assert.equal(settled.filter((amount) => amount === 30).length, 3);
  assert.equal(settled.filter((amount) => amount === 0).length, 17);
});

test("ten payments at once for one invoice: it is settled once", async () => {
  const owed = await invoice(["100.00"]);
  const payments = [];
  for (let at = 0; at < 10; at++) payments.push(await paid());
  const answers = await Promise.all(payments.map((payment) => apply(payment, owed, "30.00")));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(3).fill(201), ...Array(7).fill(422)]);
  assert.equal((await owed.read()).balance, 10);
  const applied = await Promise.all(payments.map(async (payment) => (await payment.read()).netApplied));
  assert.equal(applied.reduce((sum, amount) => sum + amount, 0), 90);
});

test("ten requests at once to take one line back: it is taken back once", async () => {
  const payment = await paid();
  const owed = await invoice(["80.00"]);
  const { body } = await apply(payment, owed, "80.00");
  const answers = await Promise.all(Array.from({ length: 10 }, () => unapply(payment, body.id)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(9).fill(422)]);
  assert.deepEqual([(await owed.read()).balance, (await payment.read()).netApplied], [80, 0]);
});

test("the same key: the same answer and one line, also at once; another request under it is refused", async () => {
  const payment = await paid();
  const owed = await invoice(["80.00"]);
  const answers = await Promise.all(Array.from({ length: 8 }, () => apply(payment, owed, "20.00", { key: "apply-1" })));
  assert.deepEqual(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1, answers.map(({ text }) => text).join());
  assert.equal((await owed.read()).netPaymentsApplied, 20);
  assert.deepEqual(codes(await apply(payment, owed, "21.00", { key: "apply-1" })), [422, "IDEMPOTENCY_KEY_REUSED amount"]);
  assert.equal((await apply(payment, owed, "20.00", { key: "apply-2" })).status, 201);
  assert.equal((await owed.read()).netPaymentsApplied, 40);
});

test("eight requests at once to bring one invoice in: there is one", async () => {
  for (const [body, headers] of [[{ uniqueIdentifier: "ERP-1" }, {}], [{}, { "idempotency-key": "invoice-1" }]]) {
    const request = { currencyIsoCode: "USD", lines: [{ lineAmount: 1 }], ...body };
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.backOffice("POST", "/commerce/invoicing/invoices", request, headers)));
    assert.equal(new Set(answers.map(({ body: { id } }) => id)).size, 1);
    assert.ok(answers.every(({ status }) => status === 201 || status === 200));
  }
});

test("it is for the back office", async () => {
  const payment = await paid();
  const owed = await invoice(["80.00"]);
  const body = { appliedToId: owed.id, amount: 1 };
  const routes = [
    ["POST", `/commerce/billing/payments/${payment.id}/actions/apply`, body],
    ["POST", `/commerce/billing/payments/${payment.id}/paymentlines/x/actions/unapply`, {}],
    ["POST", "/commerce/billing/refunds/x/actions/apply", body],
    ["POST", "/commerce/invoicing/invoices", {}],
    ["POST", `/commerce/invoicing/invoices/${owed.id}/actions/void`, {}],
    ["GET", `/commerce/invoicing/invoices/${owed.id}`],
  ];
  for (const [method, path, sent] of routes) {
    assert.deepEqual(codes(await shopper.request(method, path, sent)), [403, "INSUFFICIENT_ACCESS"], path);
    assert.deepEqual(codes(await server.anonymous(method, path, sent)), [401, "INVALID_SESSION_ID"], path);
  }
  assert.equal((await owed.read()).balance, 80);
});

test("what is refused changes nothing", async () => {
  const payment = await paid();
  const owed = await invoice(["80.00"]);
  const euros = await invoice(["80.00"], { currencyIsoCode: "EUR" });
  const draft = await invoice(["80.00"], { status: "Draft" });
  const untouched = [await owed.read(), await payment.read()];
  for (const [target, amount, expected, more] of [
    [owed, 0, [422, "FIELD_INTEGRITY_EXCEPTION amount"]],
    [owed, "80.001", [422, "FIELD_INTEGRITY_EXCEPTION amount"]],
    [owed, "80.01", [422, "AMOUNT_TOO_LARGE amount"]],
    [owed, undefined, [400, "INVALID_API_INPUT amount"]],
    [euros, 1, [422, "CURRENCY_MISMATCH appliedToId"]],
    [draft, 1, [422, "INVALID_STATUS appliedToId"]],
    [owed.lines[0], 1, [422, "APPLICATION_LEVEL_MISMATCH appliedToId"]],
    [payment, 1, [400, "INVALID_ID_FIELD appliedToId"]],
    [owed, 1, [400, "INVALID_API_INPUT who"], { who: "x" }],
    [owed, 1, [422, "FIELD_INTEGRITY_EXCEPTION effectiveDate"], { effectiveDate: "soon" }],
  ]) {
    assert.deepEqual(codes(await apply(payment, target, amount, { more })), expected);
  }
  assert.deepEqual(codes(await apply({ id: "pay_00000000000000000000000000" }, owed, 1)), [404, "NOT_FOUND"]);
  assert.deepEqual(codes(await apply({ id: payment.checkout.id }, owed, 1)), [404, "NOT_FOUND"]);
  assert.deepEqual(codes(await server.backOffice("POST", `/services/data/v63.0/commerce/billing/payments/${payment.id}/actions/apply`, {})), [404, "NOT_FOUND"]);
  const text = { "content-type": "text/xml" };
  assert.deepEqual(codes(await server.backOffice("POST", `/commerce/billing/payments/${payment.id}/actions/apply`, "<a/>", text)), [415, "UNSUPPORTED_MEDIA_TYPE"]);
  assert.deepEqual([await owed.read(), await payment.read()], untouched);
});

test("an invoice of 500 lines with long names comes in; a larger body does not", async () => {
  const lines = Array.from({ length: 500 }, (_, at) => ({ lineAmount: "1.00", name: `Line ${at} ${"x".repeat(200)}` }));
  const big = await server.backOffice("POST", "/commerce/invoicing/invoices", { currencyIsoCode: "USD", lines });
  assert.deepEqual([big.status, big.body.totalAmountWithTax, big.body.lines.length], [201, 500, 500]);
  const tooBig = await server.backOffice("POST", "/commerce/invoicing/invoices", `{"currencyIsoCode":"${" ".repeat(520 * 1024)}"}`);
  assert.deepEqual(codes(tooBig), [400, "INVALID_API_INPUT"]);
});

test("a payment that settles an invoice is not given back by a change of the cart's payment", async () => {
  const payment = await paid();
  const owed = await invoice(["80.00"]);
  const { body } = await apply(payment, owed, "80.00");
  const changed = await payment.checkout.auth();
  assert.equal(changed.status, 422, changed.text);
  assert.match(changed.body.errors[0].title, /settles an invoice/);
  assert.equal((await unapply(payment, body.id)).status, 201);
  assert.equal((await payment.checkout.auth()).status, 201);
  const [refunded] = (await payment.checkout.payments()).refunds;
  assert.deepEqual(codes(await apply(payment, owed, "0.01")), [422, "AMOUNT_TOO_LARGE amount"]);

  const enter = (amount) => server.backOffice("POST", `/commerce/billing/refunds/${refunded.id}/actions/apply`, { appliedToId: payment.id, amount });
  assert.equal((await enter("129.90")).status, 201);
  assert.deepEqual(codes(await enter("0.01")), [422, "AMOUNT_TOO_LARGE amount"]);
});

test("lines are the level where nothing else is set", async () => {
  const other = await startServer();
  try {
    const payment = await paid(await other.shopper());
    const owed = await invoice(["30.00", "50.00"], {}, other);
    assert.deepEqual(codes(await apply(payment, owed, 1, { of: other })), [422, "APPLICATION_LEVEL_MISMATCH appliedToId"]);
    assert.equal((await apply(payment, owed.lines[1], "50.00", { of: other })).status, 201);
    const { balance, settlementLevel, lines } = await owed.read();
    assert.deepEqual([balance, settlementLevel, lines.map((line) => line.balance)], [30, "InvoiceLine", [30, 0]]);
  } finally {
    await other.stop();
  }
});
