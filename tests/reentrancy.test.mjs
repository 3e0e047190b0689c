// What a second payment does to the first: (existing payment × request × version), DESIGN §5 "Re-entrancy".

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADDRESS, booksOf, startServer, STORE, totals } from "./support/server.mjs";

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

const pay = {
  Auth: (checkout, options) => checkout.auth("sim_ok", options),
  PostAuth: async (checkout, options) => checkout.postAuth(await shopper.mint(checkout.price), options),
  PostAuthCaptured: async (checkout, options) => checkout.postAuth(await shopper.mint(checkout.price, "USD", { captured: true }), options),
  SimplePurchaseOrder: (checkout, options) => checkout.purchaseOrder(`PO-${Math.random()}`, options),
};

const EXISTS = "exists"; // refused: a payment exists, nothing is done
const TYPE = "type"; // refused: the type can't change, nothing is done
const TAKEN = "taken"; // the old payment is released, the new one taken

// existing, request, then what happens at 62.0, 63.0, 64.0 and without a version
const TABLE = [
  ["nothing", "Auth", TAKEN, TAKEN, TAKEN, TAKEN],
  ["nothing", "PostAuth", TAKEN, TAKEN, TAKEN, TAKEN],
  ["nothing", "PostAuthCaptured", TAKEN, TAKEN, TAKEN, TAKEN],
  ["nothing", "SimplePurchaseOrder", TAKEN, TAKEN, TAKEN, TAKEN],
  ["Auth", "Auth", EXISTS, TAKEN, TAKEN, TAKEN],
  ["Auth", "PostAuth", EXISTS, TAKEN, TAKEN, TAKEN],
  ["Auth", "PostAuthCaptured", EXISTS, TAKEN, TAKEN, TAKEN],
  ["Auth", "SimplePurchaseOrder", EXISTS, TYPE, TYPE, TYPE],
  ["PostAuth", "Auth", EXISTS, TAKEN, TAKEN, TAKEN],
  ["PostAuth", "PostAuth", EXISTS, TAKEN, TAKEN, TAKEN],
  ["PostAuth", "SimplePurchaseOrder", EXISTS, TYPE, TYPE, TYPE],
  ["PostAuthCaptured", "Auth", EXISTS, TAKEN, TAKEN, TAKEN],
  ["PostAuthCaptured", "PostAuth", EXISTS, TAKEN, TAKEN, TAKEN],
  ["PostAuthCaptured", "PostAuthCaptured", EXISTS, TAKEN, TAKEN, TAKEN],
  ["PostAuthCaptured", "SimplePurchaseOrder", EXISTS, TYPE, TYPE, TYPE],
  ["SimplePurchaseOrder", "Auth", EXISTS, EXISTS, TYPE, TYPE],
  ["SimplePurchaseOrder", "PostAuth", EXISTS, EXISTS, TYPE, TYPE],
  ["SimplePurchaseOrder", "SimplePurchaseOrder", EXISTS, EXISTS, TAKEN, TAKEN],
];
const VERSIONS = ["62.0", "63.0", "64.0", undefined];

// what a payment of this kind leaves at the gateway, in cents
const LEFT = {
  nothing: { held: 0, kept: 0 },
  Auth: { held: 12990, kept: 0 },
  PostAuth: { held: 12990, kept: 0 },
  PostAuthCaptured: { held: 0, kept: 12990 },
  SimplePurchaseOrder: { held: 0, kept: 0 },
};

for (const policy of ["release-first", "authorize-first"]) {
  for (const [existing, request, ...expected] of TABLE) {
    for (const [at, version] of VERSIONS.entries()) {
      test(`${policy}: ${existing}, then ${request} at ${version ?? "the newest version"}: ${expected[at]}`, async () => {
        await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: policy });
        const checkout = await shopper.checkout();
        if (existing !== "nothing") assert.equal((await pay[existing](checkout)).status, 201);

        const answer = await pay[request](checkout, { version });
        const { livePayment, purchaseOrder, operations } = await checkout.payments();
        if (expected[at] === TAKEN) {
          assert.equal(answer.status, 201, answer.text);
          assert.deepEqual(totals(await booksOf(server, checkout)), LEFT[request]);
          assert.equal(livePayment.type, request.replace("Captured", ""));
          if (existing === "SimplePurchaseOrder") assert.equal(purchaseOrder.replaced.length, 1);
        } else {
          assert.equal(answer.status, 422, answer.text);
          assert.equal(answer.body.salesforceResultCode, "ValidationError");
          assert.equal(answer.body.errors.length, 1);
          assert.match(`${answer.body.errors[0].title} ${answer.body.errors[0].detail}`, expected[at] === TYPE ? /type/i : /already|exists/i);
          assert.deepEqual(totals(await booksOf(server, checkout)), LEFT[existing]);
          assert.equal(livePayment.type, existing.replace("Captured", ""));
          assert.equal(operations.length, 1);
        }
      });
    }
  }
}

for (const policy of ["release-first", "authorize-first"]) {
  test(`${policy}: the steps come in that order`, async () => {
    await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: policy });
    const checkout = await shopper.checkout();
    await checkout.auth();
    await checkout.auth();
    const { operations } = await checkout.payments();
    const steps = operations[1].steps.map(({ operation, status }) => [operation, status]);
    const order = policy === "release-first" ? ["reverse", "authorize"] : ["authorize", "reverse"];
    assert.deepEqual(steps, order.map((operation) => [operation, "succeeded"]));
  });

  test(`${policy}: a new payment that is declined`, async () => {
    await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: policy });
    const checkout = await shopper.checkout();
    await checkout.auth();
    const answer = await checkout.auth("sim_authorize-decline");
    assert.equal(answer.body.salesforceResultCode, "Decline");
    // release-first has let go of the old payment by then; authorize-first keeps it
    assert.deepEqual(totals(await booksOf(server, checkout)), { held: policy === "release-first" ? 0 : 12990, kept: 0 });
    assert.equal((await checkout.payments()).livePayment?.type, policy === "release-first" ? undefined : "Auth");
  });
}

test("a changed billing address is taken over by a payment that goes through, and by no other", async () => {
  await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: "release-first" });
  const checkout = await shopper.checkout();
  const street = async () => (await shopper.request("GET", `${checkout.path}/payments`)).body.paymentGroup.billingAddress?.street;
  await checkout.post({ requestType: "Auth", paymentToken: "sim_ok", billingAddress: { ...ADDRESS, street: "1 First" } });
  assert.equal(await street(), "1 First");
  await checkout.post({ requestType: "Auth", paymentToken: "sim_authorize-decline", billingAddress: { ...ADDRESS, street: "2 Second" } });
  assert.equal(await street(), "1 First");
  await checkout.post({ requestType: "Auth", paymentToken: "sim_ok", billingAddress: { ...ADDRESS, street: "3 Third" } });
  assert.equal(await street(), "3 Third");
  await checkout.post({ requestType: "Auth", paymentToken: "sim_ok" });
  assert.equal(await street(), "3 Third");
});

test("purchase orders keep their history", async () => {
  const checkout = await shopper.checkout();
  for (const number of ["PO-1", "PO-2", "PO-3"]) assert.equal((await checkout.purchaseOrder(number)).status, 201);
  assert.deepEqual((await checkout.payments()).purchaseOrder, { number: "PO-3", replaced: ["PO-1", "PO-2"] });
});

for (const policy of ["release-first", "authorize-first"]) {
  for (const outcome of ["decline", "fail", "error", "timeout_before", "timeout_after"]) {
    test(`${policy}: a reversal that meets ${outcome} does not stop the shopper; it is owed, and settled later`, async () => {
      await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: policy });
      const checkout = await shopper.checkout();
      await checkout.auth(`sim_reverse-${outcome}`);
      const answer = await checkout.auth("sim_ok");
      assert.equal(answer.status, 201, answer.text);
      const { releasesOwed } = await checkout.payments();
      assert.equal(releasesOwed.length, 1);
      const [owed] = releasesOwed;
      assert.equal(owed.operation, "reverse");
      assert.equal(owed.amount, 129.9);
      assert.equal(owed.tries, 1);
      assert.match(owed.recordId, /^pauth_/);
      assert.match(owed.nextTryAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

      const { body } = await server.backOffice("POST", "/demo/recover");
      assert.ok(body.resolved >= 1, JSON.stringify(body));
      assert.deepEqual((await checkout.payments()).releasesOwed, []);
      assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
    });
  }

  for (const outcome of ["decline", "fail", "invalid", "error", "timeout_before", "timeout_after"]) {
    test(`${policy}: a refund that meets ${outcome} stops the new payment`, async () => {
      await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: policy });
      const checkout = await shopper.checkout();
      const token = await shopper.mint(129.9, "USD", { captured: true, script: `refund-${outcome}` });
      assert.equal((await checkout.postAuth(token)).status, 201);
      const answer = await checkout.auth("sim_ok");
      assert.equal(answer.status, 422, answer.text);
      assert.equal(answer.body.salesforceResultCode, "SystemError");
      assert.equal(answer.body.errors[0].type, "/commerce/errors/payment-release-failure");
      assert.equal((await checkout.payments()).livePayment.type, "PostAuth");

      await server.backOffice("POST", "/demo/recover");
      const left = totals(await booksOf(server, checkout));
      assert.equal(left.held, 0);
      // an unknown refund turns out to have happened, or is done now; a refused one never was
      assert.equal(left.kept, outcome.startsWith("timeout") ? 0 : 12990);
      const again = await checkout.auth("sim_ok");
      assert.equal(again.status, 201, again.text);
      assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
    });
  }
}

test("the old payment's script is its own: the new one's reversal goes through", async () => {
  await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: "release-first" });
  const checkout = await shopper.checkout();
  for (const token of ["sim_reverse-decline", "sim_reverse-timeout_after", "sim_ok", "sim_ok"]) assert.equal((await checkout.auth(token)).status, 201);
  await server.backOffice("POST", "/demo/recover");
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
  assert.deepEqual((await checkout.payments()).releasesOwed, []);
});
