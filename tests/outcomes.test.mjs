// Every outcome a gateway can have, and what the resource answers (DESIGN §5, the answer table).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { booksOf, startServer, totals } from "./support/server.mjs";

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

const FAILURE = "/commerce/errors/payment-failure";
const INDETERMINATE = "/commerce/errors/payment-indeterminate";

// outcome of the first delivery: status, result code, type of the error, what the gateway then holds
const AUTHORIZE = [
  ["ok", 201, "Success", undefined, 12990],
  ["decline", 422, "Decline", FAILURE, 0],
  ["fail", 422, "Decline", FAILURE, 0],
  ["invalid", 422, "ValidationError", "/commerce/payment", 0],
  ["review", 202, "RequiresReview", undefined, 0],
  ["error", 422, "SystemError", "/commerce/payment", 0],
  ["timeout_before", 422, "SystemError", INDETERMINATE, 0],
  ["timeout_after", 422, "SystemError", INDETERMINATE, 12990],
  ["pending", 202, "RequiresReview", undefined, 0],
];

for (const [outcome, status, code, type, held] of AUTHORIZE) {
  test(`Auth meets ${outcome}: ${status} ${code}`, async () => {
    const checkout = await shopper.checkout();
    const answer = await checkout.auth(`sim_authorize-${outcome}`);
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.body.salesforceResultCode, code);
    assert.equal(answer.body.errors[0]?.type, type);
    assert.equal(answer.body.errors.length, type === undefined ? 0 : 1);
    assert.equal(answer.headers.get("content-type"), "application/json");
    assert.deepEqual(totals(await booksOf(server, checkout)), { held, kept: 0 });
  });
}

const POSTAUTH = [
  ["ok", 201, "Success", undefined],
  ["decline", 422, "Decline", FAILURE],
  ["fail", 422, "Decline", FAILURE],
  ["invalid", 422, "ValidationError", "/commerce/payment"],
  ["review", 202, "RequiresReview", undefined],
  ["error", 422, "SystemError", "/commerce/payment"],
  ["timeout_before", 422, "SystemError", INDETERMINATE],
  ["timeout_after", 422, "SystemError", INDETERMINATE],
  ["pending", 202, "RequiresReview", undefined],
];

for (const captured of [false, true]) {
  for (const [outcome, status, code, type] of POSTAUTH) {
    test(`PostAuth of a payment ${captured ? "captured" : "authorized"} already meets ${outcome}: ${status} ${code}`, async () => {
      const checkout = await shopper.checkout();
      const token = await shopper.mint(129.9, "USD", { captured, script: `postauth-${outcome}` });
      const answer = await checkout.postAuth(token);
      assert.equal(answer.status, status, answer.text);
      assert.equal(answer.body.salesforceResultCode, code);
      assert.equal(answer.body.errors[0]?.type, type);
      if (status === 201) {
        const { livePayment, payments, paymentAuthorizations } = await checkout.payments();
        assert.equal(livePayment.type, "PostAuth");
        assert.deepEqual(totals(await booksOf(server, checkout)), captured ? { held: 0, kept: 12990 } : { held: 12990, kept: 0 });
        if (captured) assert.equal(payments[0].amount, 129.9);
        else assert.equal(paymentAuthorizations[0].amount, 129.9);
      }
    });
  }
}

test("a purchase order needs no gateway", async () => {
  const checkout = await shopper.checkout();
  const answer = await checkout.purchaseOrder("000348957393223");
  assert.equal(answer.status, 201);
  assert.equal(answer.body.salesforceResultCode, "Success");
  const payments = await checkout.payments();
  assert.deepEqual(payments.purchaseOrder, { number: "000348957393223", replaced: [] });
  assert.equal(payments.livePayment.type, "SimplePurchaseOrder");
  assert.deepEqual(await booksOf(server, checkout), []);
});

// a second try, with another key: what the first one met is over
for (const [outcome, again] of [
  ["decline", 201],
  ["fail", 201],
  ["invalid", 201],
  ["error", 201],
  ["review", 201],
  ["timeout_before", 201],
  ["timeout_after", 201],
]) {
  test(`Auth that met ${outcome} goes through when it is sent again, and is charged once`, async () => {
    const checkout = await shopper.checkout();
    await checkout.auth(`sim_authorize-${outcome}`);
    const answer = await checkout.auth(`sim_authorize-${outcome}`);
    assert.equal(answer.status, again, answer.text);
    assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
    assert.equal((await checkout.payments()).livePayment.type, "Auth");
  });
}

for (const outcome of ["timeout_before", "timeout_after"]) {
  test(`Auth that met ${outcome} is resumed by a repeat with the same key: one payment`, async () => {
    const checkout = await shopper.checkout();
    const first = await checkout.auth(`sim_authorize-${outcome}`, { key: `k-${outcome}` });
    assert.equal(first.body.errors[0].type, INDETERMINATE);
    const second = await checkout.auth(`sim_authorize-${outcome}`, { key: `k-${outcome}` });
    assert.equal(second.status, 201, second.text);
    const books = await booksOf(server, checkout);
    assert.equal(books.length, 1);
    assert.equal(books[0].authorized, 129.9);
    assert.equal(books[0].keys.length, 1);
  });
}

test("the challenge's data reaches the page, as JSON in a text", async () => {
  const checkout = await shopper.checkout();
  const { body } = await checkout.auth("sim_authorize-review");
  const data = JSON.parse(body.paymentData);
  assert.equal(data.challenge, "3ds");
  assert.match(data.challengeReference, /^pay_/);
});

for (const [name, make, type] of [
  ["an unknown payment", async () => "sim_payment_unknown"],
  ["another amount", () => shopper.mint("129.91")],
  ["another currency", () => shopper.mint("129.90", "EUR")],
  ["a payment recorded for another checkout", async () => {
    const token = await shopper.mint("129.90");
    const other = await shopper.checkout();
    assert.equal((await other.postAuth(token)).status, 201);
    return token;
  }],
]) {
  test(`PostAuth of ${name} is refused`, async () => {
    const checkout = await shopper.checkout();
    const answer = await checkout.postAuth(await make());
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.body.salesforceResultCode, "ValidationError", type);
    assert.deepEqual(await booksOf(server, checkout), []);
  });
}

test("a malformed script is refused", async () => {
  for (const token of ["sim_authorize-nonsense", "sim_", "sim_nonsense-ok", "sim_authorize-ok-ok", "sim_authorize-ok.authorize-decline"]) {
    const checkout = await shopper.checkout();
    const answer = await checkout.auth(token);
    assert.equal(answer.status, 422, token);
    assert.equal(answer.body.salesforceResultCode, "ValidationError");
  }
});

for (const [currency, price, units] of [["JPY", "1299", 1299], ["KWD", "1.234", 1.234], ["EUR", "0.01", 0.01]]) {
  test(`${currency} keeps its decimals`, async () => {
    const checkout = await shopper.checkout(price, currency);
    assert.equal((await checkout.auth()).status, 201);
    const [entry] = await booksOf(server, checkout);
    assert.equal(entry.authorized, units);
    assert.equal(entry.currencyIsoCode, currency);
    const raw = await shopper.request("GET", `${checkout.path}/payments`);
    assert.match(raw.text, new RegExp(`"amount":${price.replace(".", "\\.")}[,}]`));
  });
}

test("an order of operations is logged, and no token, no body, no key", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth("sim_ok", { key: "a-very-secret-key" });
  const line = server.log.findLast(({ method }) => method === "POST");
  assert.equal(line.status, 201);
  assert.match(line.operationId, /^op_/);
  assert.equal(typeof line.ms, "number");
  assert.match(line.path, /payments$/);
  assert.doesNotMatch(JSON.stringify(server.log), /a-very-secret-key|sim_ok|Acme|test-api-token/);
});
