// Placing the order needs a payment that is exactly the cart's (DESIGN §5).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { booksOf, startServer, STORE, totals } from "./support/server.mjs";

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

const NUMBER = /^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/;

for (const [name, pay] of [
  ["an authorization", (checkout) => checkout.auth()],
  ["a payment made outside", async (checkout) => checkout.postAuth(await shopper.mint(checkout.price))],
  ["a payment captured already", async (checkout) => checkout.postAuth(await shopper.mint(checkout.price, "USD", { captured: true }))],
  ["a purchase order", (checkout) => checkout.purchaseOrder()],
  ["a pending payment", (checkout) => checkout.auth("sim_authorize-pending")],
]) {
  test(`${name} is enough, and a repeat gives the same number`, async () => {
    const checkout = await shopper.checkout();
    await pay(checkout);
    const first = await checkout.order();
    assert.equal(first.status, 201, first.text);
    assert.match(first.body.orderReferenceNumber, NUMBER);
    const second = await checkout.order();
    assert.equal(second.status, 201);
    assert.equal(second.body.orderReferenceNumber, first.body.orderReferenceNumber);
  });
}

for (const [name, prepare, paid, total] of [
  ["no payment", async () => undefined, 0, 129.9],
  ["a declined payment", (checkout) => checkout.auth("sim_authorize-decline"), 0, 129.9],
  ["a challenge that is not done", (checkout) => checkout.auth("sim_authorize-review"), 0, 129.9],
  ["a payment nobody knows the end of", (checkout) => checkout.auth("sim_authorize-timeout_after"), 0, 129.9],
  ["a cart that costs more now", async (checkout) => {
    await checkout.auth();
    await checkout.reprice("130.00");
  }, 129.9, 130],
  ["a cart that costs less now", async (checkout) => {
    await checkout.auth();
    await checkout.reprice("1.00");
  }, 129.9, 1],
]) {
  test(`422: ${name}`, async () => {
    const checkout = await shopper.checkout();
    await prepare(checkout);
    const answer = await checkout.order();
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.body.errors.length, 1);
    assert.equal(typeof answer.body.errors[0].detail, "string");
    assert.deepEqual([answer.body.paidAmount, answer.body.grandTotalAmount], [paid, total]);
    assert.ok(Array.isArray(answer.body.waysOut));
  });
}

test("a cart that was changed at the same price must be paid again", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth();
  await shopper.request("PUT", `/demo/carts/${checkout.cartId}`, { currencyIsoCode: "USD", items: [{ name: "Scarf", quantity: 1, unitPrice: "129.90" }] });
  assert.equal((await checkout.order()).status, 422);
  assert.equal((await checkout.auth()).status, 201);
  assert.equal((await checkout.order()).status, 201);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
});

test("paying again after a change of price takes the new price, and lets go of the old payment", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth();
  await checkout.reprice("99.00");
  assert.equal((await checkout.order()).status, 422);
  assert.equal((await checkout.auth()).status, 201);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 9900, kept: 0 });
  assert.equal((await checkout.order()).status, 201);
});

test("an order that is placed closes its checkout and its cart", async () => {
  const buyer = await server.shopper();
  const checkout = await buyer.checkout();
  await checkout.auth();
  const { body } = await checkout.order();
  assert.equal((await checkout.reprice("1.00")).status, 404);
  assert.equal((await buyer.request("POST", `/commerce/webstores/${STORE}/checkouts`, { cartId: checkout.cartId })).status, 404);
  assert.equal((await checkout.auth()).status, 404);
  // `active` still finds it for a repeat, until there is another one
  const active = `/commerce/webstores/${STORE}/checkouts/active`;
  assert.equal((await buyer.request("POST", `${active}/orders`)).body.orderReferenceNumber, body.orderReferenceNumber);
  const next = await buyer.checkout();
  assert.equal((await buyer.request("POST", `${active}/payments`, { requestType: "Auth", paymentToken: "sim_ok" })).status, 201);
  assert.equal((await next.payments()).livePayment.type, "Auth");
});

test("two orders at once: one number", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth();
  const answers = await Promise.all([checkout.order(), checkout.order(), checkout.order()]);
  assert.deepEqual(answers.map(({ status }) => status), [201, 201, 201]);
  assert.equal(new Set(answers.map(({ body }) => body.orderReferenceNumber)).size, 1);
});

test("the same cart's checkout is started once", async () => {
  const checkout = await shopper.checkout();
  const again = await shopper.request("POST", `/services/data/v63.0/commerce/webstores/${STORE}/checkouts`, { cartId: checkout.cartId });
  assert.equal(again.status, 201);
  assert.equal(again.body.checkoutId, checkout.id);
});
