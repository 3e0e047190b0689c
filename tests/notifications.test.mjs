// Notifications are facts: verified, in any order, repeated, and before their record is known (DESIGN §6).

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { booksOf, startServer, totals } from "./support/server.mjs";

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

const notify = (reference, event, times) => server.backOffice("POST", "/simulator/notify", { reference, event, ...(times === undefined ? {} : { times }) });

async function pending(token = "sim_authorize-pending", options) {
  const checkout = await shopper.checkout();
  const answer = await checkout.auth(token, options);
  assert.equal(answer.status, 202, answer.text);
  const [{ reference }] = await booksOf(server, checkout);
  return { checkout, reference };
}

test("a pending payment is pending in our records, and nothing is held yet", async () => {
  const { checkout } = await pending();
  const { paymentAuthorizations, livePayment } = await checkout.payments();
  assert.equal(paymentAuthorizations[0].status, "Pending");
  assert.equal(livePayment.type, "Auth");
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 0, kept: 0 });
});

test("it succeeded", async () => {
  const { checkout, reference } = await pending();
  const answer = await notify(reference, "succeeded");
  assert.deepEqual(answer.body, { delivered: 1, statuses: [200] });
  const { paymentAuthorizations, operations } = await checkout.payments();
  assert.equal(paymentAuthorizations[0].status, "Processed");
  assert.equal(paymentAuthorizations[0].balance, 129.9);
  assert.equal(operations[0].status, "succeeded");
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
});

test("it failed: the checkout has no payment, and takes another", async () => {
  const { checkout, reference } = await pending();
  await notify(reference, "failed");
  const { paymentAuthorizations, operations, livePayment } = await checkout.payments();
  assert.equal(paymentAuthorizations[0].status, "Failed");
  assert.equal(operations[0].status, "failed");
  assert.equal(livePayment, undefined);
  assert.equal((await checkout.order()).status, 422);
  assert.equal((await checkout.auth("sim_ok")).status, 201);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
});

test("the repeat of a request learns what the notification said", async () => {
  for (const [event, status] of [["succeeded", 201], ["failed", 422]]) {
    const { checkout, reference } = await pending("sim_authorize-pending", { key: "key-1" });
    await notify(reference, event);
    assert.equal((await checkout.auth("sim_authorize-pending", { key: "key-1" })).status, status);
    assert.equal((await booksOf(server, checkout)).length, 1);
  }
});

test("ten times the same", async () => {
  const { checkout, reference } = await pending();
  assert.equal((await notify(reference, "succeeded", 10)).body.delivered, 10);
  const { paymentAuthorizations, operations } = await checkout.payments();
  assert.equal(paymentAuthorizations.length, 1);
  assert.equal(paymentAuthorizations[0].status, "Processed");
  assert.equal(operations.length, 1);
});

test("a late failure never undoes a success", async () => {
  const { checkout, reference } = await pending();
  await notify(reference, "succeeded");
  await notify(reference, "failed");
  assert.equal((await checkout.payments()).paymentAuthorizations[0].status, "Processed");
});

test("a notification that comes before its payment is recorded waits for it", async () => {
  const checkout = await shopper.checkout();
  const token = await shopper.mint("129.90", "USD", { script: "postauth-pending" });
  // The gateway tells of the payment while our own request about it is still to come: nobody knows the reference yet.
  const { reference } = await mintedReference(token);
  assert.equal((await notify(reference, "succeeded")).body.statuses[0], 200);
  const answer = await checkout.postAuth(token);
  assert.ok([201, 202].includes(answer.status), answer.text);
  const { paymentAuthorizations } = await checkout.payments();
  assert.equal(paymentAuthorizations[0].status, "Processed");
});

test("a pending reversal and a pending refund are settled by their own notifications", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth("sim_reverse-pending");
  assert.equal((await checkout.auth("sim_ok")).status, 201);
  const [adjustment] = (await checkout.payments()).paymentAuthAdjustments;
  assert.equal(adjustment.status, "Pending");
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 25980, kept: 0 });
  await notify(adjustment.gatewayRefNumber, "succeeded");
  assert.equal((await checkout.payments()).paymentAuthAdjustments[0].status, "Processed");
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });

  const other = await shopper.checkout();
  await other.postAuth(await shopper.mint("129.90", "USD", { captured: true, script: "refund-pending" }));
  await other.auth("sim_ok");
  const [refund] = (await other.payments()).refunds;
  assert.equal(refund.status, "Pending");
  await notify(refund.gatewayRefNumber, "succeeded");
  assert.equal((await other.payments()).refunds[0].status, "Processed");
});

test("a pending reversal that failed is owed again", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth("sim_reverse-pending");
  await checkout.auth("sim_ok");
  const [adjustment] = (await checkout.payments()).paymentAuthAdjustments;
  await notify(adjustment.gatewayRefNumber, "failed");
  assert.equal((await checkout.payments()).releasesOwed.length, 1);
  await server.backOffice("POST", "/demo/recover");
  assert.deepEqual((await checkout.payments()).releasesOwed, []);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
});

test("a wrong signature, none, and another provider are refused", async () => {
  const { checkout, reference } = await pending();
  const body = JSON.stringify({ provider: "simulator", gatewayReference: reference, operation: "authorize", event: "succeeded" });
  const forged = createHmac("sha256", "guess").update(body).digest("hex");
  for (const headers of [{}, { "simulator-signature": forged }, { "simulator-signature": "x" }]) {
    assert.equal((await server.anonymous("POST", "/commerce/payments/notify?provider=simulator", body, headers)).status, 401);
  }
  for (const path of ["/commerce/payments/notify", "/commerce/payments/notify?provider=nobody", "/services/data/v54.0/commerce/payments/notify?provider=simulator"]) {
    assert.equal((await server.anonymous("POST", path, body)).status, 404, path);
  }
  assert.equal((await checkout.payments()).paymentAuthorizations[0].status, "Pending");
});

test("the simulator's endpoint knows its references", async () => {
  assert.equal((await notify("pay_unknown", "succeeded")).status, 404);
  for (const body of [{}, { reference: "x" }, { reference: "x", event: "maybe" }, { reference: "x", event: "failed", times: 0 }, { reference: "x", event: "failed", times: 101 }]) {
    assert.equal((await server.backOffice("POST", "/simulator/notify", body)).status, 400);
  }
});

test("the demo page may notify about its own checkout only", async () => {
  const { checkout, reference } = await pending();
  const stranger = await server.shopper();
  const body = { checkoutId: checkout.id, reference, event: "succeeded" };
  assert.equal((await stranger.request("POST", "/demo/notify", body)).status, 404);
  assert.equal((await shopper.request("POST", "/demo/notify", { ...body, reference: "pay_other" })).status, 404);
  assert.equal((await shopper.request("POST", "/demo/notify", body)).status, 200);
  assert.equal((await checkout.payments()).paymentAuthorizations[0].status, "Processed");
  assert.equal((await shopper.request("GET", `/demo/books?checkoutId=${checkout.id}`)).body.payments.length, 1);
  assert.equal((await stranger.request("GET", `/demo/books?checkoutId=${checkout.id}`)).status, 404);
});

// What a gateway's own dashboard shows of a payment made by a wallet: its reference.
async function mintedReference(token) {
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite") ?? {};
  const { simulator: path } = await server.files();
  const database = DatabaseSync ? new DatabaseSync(path) : new (await import("libsql")).default(path);
  const row = database.prepare("SELECT reference FROM payments WHERE token = ?").get(token);
  database.close();
  return row;
}
