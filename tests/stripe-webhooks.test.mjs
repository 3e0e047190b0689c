// Stripe's webhooks at the adapter: whose signature, what each event says, and what is not for us. Signed by the SDK's own helper.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createStripeGateway } from "checkout-payments/gateways/stripe";
import Stripe from "stripe";
import { intent, refundObject } from "./support/scripted-stripe.mjs";

const SECRET = "whsec_ofTheTests";
const NOW = 1_767_225_600;
const clock = () => NOW * 1000;
const sdk = new Stripe("sk_test_1");
let gateway;
before(() => {
  gateway = createStripeGateway({ secretKey: "sk_test_1", webhookSecret: SECRET, clock });
});


const event = (type, object, more) => ({ id: "evt_1", object: "event", type, livemode: false, data: { object }, ...more });
const sign = (payload, more) => sdk.webhooks.generateTestHeaderStringAsync({ payload, secret: SECRET, timestamp: NOW, cryptoProvider: Stripe.createSubtleCryptoProvider(), ...more });
const deliver = async (payload, signature = sign(payload), to = gateway) =>
  to.notification({ headers: new Headers({ "stripe-signature": await signature }), body: new TextEncoder().encode(payload) });
const facts = async (type, object, more) => {
  const { authentic, notifications } = await deliver(JSON.stringify(event(type, object, more)));
  assert.equal(authentic, true);
  return notifications;
};

test("what each event says", async () => {
  const about = { provider: "stripe", gatewayReference: "pi_1", ourReference: "pauth_1", operation: "authorize", amount: "129.90", currencyIsoCode: "USD" };
  assert.deepEqual(await facts("payment_intent.amount_capturable_updated", intent()), [{ ...about, event: "succeeded" }]);
  assert.deepEqual(await facts("payment_intent.payment_failed", intent({ status: "requires_payment_method", last_payment_error: { message: "Declined." } })), [{ ...about, event: "failed", gatewayMessage: "Declined." }]);

  const captured = intent({ status: "succeeded", amount_received: 4000, metadata: { our_reference: "pauth_1", operation: "authorize", capture_reference: "pay_1" } });
  assert.deepEqual(await facts("payment_intent.succeeded", captured), [
    { ...about, event: "succeeded" },
    { provider: "stripe", gatewayReference: "pi_1", ourReference: "pay_1", operation: "capture", event: "succeeded", amount: "40.00", currencyIsoCode: "USD" },
  ]);
  const sold = intent({ status: "succeeded", amount_received: 12990, capture_method: "automatic", metadata: { our_reference: "pay_1", operation: "sale" } });
  assert.deepEqual(await facts("payment_intent.succeeded", sold), [{ ...about, ourReference: "pay_1", operation: "sale", event: "succeeded" }]);
  const taken = { ...sold, metadata: { our_reference: "pauth_1", operation: "postauth" } };
  assert.deepEqual(await facts("payment_intent.succeeded", taken), [{ ...about, operation: "postauth", event: "succeeded", captured: true }]);

  const reversal = { provider: "stripe", gatewayReference: "pi_1", operation: "reverse", event: "succeeded" };
  assert.deepEqual(await facts("payment_intent.canceled", intent({ status: "canceled" })), [reversal], "it was held");
  assert.deepEqual(await facts("payment_intent.canceled", intent({ status: "canceled", latest_charge: null })), [{ ...about, event: "failed" }, reversal], "it never was");
  assert.deepEqual(await facts("payment_intent.canceled", intent({ status: "canceled", cancellation_reason: "automatic" })), [], "Stripe let go of it by itself");

  const back = { provider: "stripe", gatewayReference: "re_1", ourReference: "refund_1", operation: "refund", amount: "10.00", currencyIsoCode: "USD" };
  for (const type of ["refund.created", "refund.updated", "charge.refund.updated"]) assert.deepEqual(await facts(type, refundObject()), [{ ...back, event: "succeeded" }]);
  assert.deepEqual(await facts("refund.failed", refundObject({ status: "failed", failure_reason: "lost_or_stolen_card" })), [{ ...back, event: "failed", gatewayMessage: "lost_or_stolen_card" }]);
  assert.deepEqual(await facts("refund.created", refundObject({ status: "pending" })), [], "nothing is settled by it");

  const setup = { id: "seti_1", object: "setup_intent", status: "succeeded", metadata: { our_reference: "spm_1", operation: "tokenize" }, payment_method: "pm_1" };
  assert.deepEqual(await facts("setup_intent.succeeded", setup), [{ provider: "stripe", gatewayReference: "seti_1", ourReference: "spm_1", operation: "tokenize", event: "succeeded" }]);
});

test("what is not ours is acknowledged, and nothing is made of it", async () => {
  const cases = [
    ["no name of ours on it", "payment_intent.succeeded", intent({ status: "succeeded", metadata: {} })],
    ["a refund made in the dashboard", "refund.created", refundObject({ metadata: {} })],
    ["an event that is not read", "charge.succeeded", { id: "ch_1", object: "charge" }],
    ["an event of tomorrow", "payment_intent.brand_new", intent()],
    ["a name of every object", "constructor", intent()],
    ["live mode", "payment_intent.succeeded", intent({ status: "succeeded" }), { livemode: true }],
    ["another account", "payment_intent.succeeded", intent({ status: "succeeded" }), { account: "acct_other" }],
    ["an object of another form", "payment_intent.succeeded", { object: "payment_intent" }],
    ["no object", "payment_intent.succeeded", null],
    ["a currency nobody knows", "payment_intent.amount_capturable_updated", intent({ currency: "zzz" })],
  ];
  for (const [why, type, object, more] of cases) assert.deepEqual(await facts(type, object, more), [], why);
  for (const text of ["[]", "null", "not JSON", '"text"']) {
    const verdict = await deliver(text);
    assert.deepEqual([verdict.authentic, verdict.notifications], [true, []], text);
  }
  assert.deepEqual((await deliver(JSON.stringify(event("invoice.paid", {})))).acknowledgement, { body: '{"received":true}', contentType: "application/json" });
  const connected = createStripeGateway({ secretKey: "sk_test_1", webhookSecret: SECRET, account: "acct_1", clock });
  const mine = JSON.stringify(event("payment_intent.amount_capturable_updated", intent(), { account: "acct_1" }));
  assert.equal((await deliver(mine, sign(mine), connected)).notifications.length, 1);
  const platform = JSON.stringify(event("payment_intent.amount_capturable_updated", intent()));
  assert.equal((await deliver(platform, sign(platform), connected)).notifications.length, 0);
});

test("the signature is Stripe's, over exactly these bytes, and not old", async () => {
  const payload = JSON.stringify(event("payment_intent.amount_capturable_updated", intent()));
  const cases = [
    ["none", undefined],
    ["empty", ""],
    ["nonsense", "t=1,v1=zz"],
    ["another secret", await sign(payload, { secret: "whsec_other" })],
    ["over other bytes", await sign(`${payload} `)],
    ["an old one", await sign(payload, { timestamp: NOW - 301 })],
    ["another scheme", await sign(payload, { scheme: "v0" })],
  ];
  for (const [why, signature] of cases) {
    const verdict = await gateway.notification({ headers: new Headers(signature === undefined ? {} : { "stripe-signature": signature }), body: new TextEncoder().encode(payload) });
    assert.deepEqual([verdict.authentic, verdict.notifications], [false, []], why);
  }
  assert.equal((await deliver(payload, sign(payload, { timestamp: NOW - 300 }))).authentic, true);
  assert.equal((await deliver(payload, `${await sign(payload, { secret: "whsec_old" })},${(await sign(payload)).split(",")[1]}`)).authentic, true, "one of two, while the secret is changed");

  // bytes that are not UTF-8 read as the very text that was signed
  const text = '{"id":"\ufffd"}';
  const bytes = Uint8Array.from([...new TextEncoder().encode('{"id":"'), 0xff, ...new TextEncoder().encode('"}')]);
  assert.equal((await gateway.notification({ headers: new Headers({ "stripe-signature": await sign(text) }), body: bytes })).authentic, false);

  const deaf = createStripeGateway({ secretKey: "sk_test_1", clock });
  assert.equal((await deliver(payload, sign(payload), deaf)).authentic, false, "without a secret nothing is believed");
});
