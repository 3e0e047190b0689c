// The same transport and the same reading of errors before stripe-stateful-mock, a server that others wrote and that keeps idempotency keys.
// It knows charges and not payment intents (404), so what is tried here is what all requests share, with the SDK's calls that it has.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import Stripe from "stripe";
import mock from "stripe-stateful-mock";
import { createStripeGateway } from "checkout-payments/gateways/stripe";
import { outcomeOf } from "../pkg/dist/gateways/stripe/errors.js";
import { sendOnce } from "../pkg/dist/gateways/stripe/transport.js";

let server;
let sdk;
let requests = 0;
before(async () => {
  server = createServer(mock.createExpressApp()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const counted = (...request) => {
    requests += 1;
    return fetch(...request);
  };
  sdk = new Stripe("sk_test_1", { host: "127.0.0.1", port: server.address().port, protocol: "http", maxNetworkRetries: 0, telemetry: false, httpClient: Stripe.createFetchHttpClient(sendOnce(counted)) });
});
after(() => {
  server.close();
  server.closeAllConnections();
});

async function charge(source, key, more) {
  const before = requests;
  try {
    return { charge: await sdk.charges.create({ amount: 1000, currency: "usd", source, ...more }, { idempotencyKey: key }) };
  } catch (error) {
    return { outcome: outcomeOf(error) };
  } finally {
    assert.equal(requests, before + 1, "sent once, whatever came of it");
  }
}

test("its scripted failures are taken for what they are", async () => {
  const code = async (token) => (await charge(token, token)).outcome.resultCode;
  assert.equal(await code("tok_chargeDeclinedInsufficientFunds"), "Decline");
  assert.equal(await code("tok_chargeDeclinedFraudulent"), "PermanentFail");
  assert.equal(await code("tok_chargeDeclinedIncorrectCvc"), "ValidationError");
  assert.equal(await code("tok_500"), "Indeterminate");
  assert.equal(await code("tok_429"), "SystemError");
});

test("a chain of failures, and then the success: each try is one request", async () => {
  const chain = "tok_500|tok_500|tok_visa|stripe-tests";
  assert.equal((await charge(chain, "chain-1")).outcome.resultCode, "Indeterminate");
  assert.equal((await charge(chain, "chain-2")).outcome.resultCode, "Indeterminate");
  assert.equal((await charge(chain, "chain-3")).charge.paid, true);
});

test("its keys are kept: the same request is the same charge, another under the same key is unknown to us", async () => {
  const [first, again] = [await charge("tok_visa", "kept"), await charge("tok_visa", "kept")];
  assert.equal(again.charge.id, first.charge.id);
  const other = await charge("tok_visa", "kept", { amount: 1001 });
  assert.equal(other.outcome.resultCode, "Indeterminate", JSON.stringify(other.outcome));
});

test("charged and forgotten: it can't be found any more, and that is not taken for a failure", async () => {
  const { charge: forgotten } = await charge("tok_forget", "forgotten");
  assert.match(forgotten.id, /^ch_/);
  await assert.rejects(sdk.charges.retrieve(forgotten.id), { statusCode: 404 });
});

test("the adapter itself meets a server that knows no payment intents: refused, and nothing is believed", async () => {
  const gateway = createStripeGateway({ secretKey: "sk_test_1", apiBase: `http://127.0.0.1:${server.address().port}` });
  const call = { id: "op/0/1/first", operation: "authorize", idempotencyKey: "k", ourReference: "r", groupId: "g", checkoutId: "c", webstoreId: "w", amount: "10.00", currencyIsoCode: "USD", paymentToken: "pm_card_visa" };
  const outcome = await gateway.process(call, new AbortController().signal);
  assert.notEqual(outcome.resultCode, "Success");
});
