// The Stripe adapter by itself, before a server that does what the test says: what each answer, and each missing one, is taken for; what is
// sent, under which key, and how often.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { once } from "node:events";
import { after, before, beforeEach, test } from "node:test";
import { createStripeGateway } from "checkout-payments/gateways/stripe";
import { dropped, intent, ok, refundObject, refusal, severed, startScriptedStripe } from "./support/scripted-stripe.mjs";

const KEY = "sk_test_scripted";
let stripe;
let gateway;
before(async () => {
  stripe = await startScriptedStripe();
  gateway = createStripeGateway({ secretKey: KEY, apiBase: stripe.url, compatible: false });
});
after(() => stripe.stop());
beforeEach(() => stripe.script());

const signal = () => new AbortController().signal;
const call = (operation, more) => ({
  id: "op_1/0/1/first",
  operation,
  idempotencyKey: "op_1-0-1",
  ourReference: "pauth_1",
  groupId: "pgrp_1",
  checkoutId: "checkout-1",
  webstoreId: "store",
  amount: "129.90",
  currencyIsoCode: "USD",
  ...more,
});
const authorize = (more) => gateway.process(call("authorize", { paymentToken: "pm_card_visa", ...more }), signal());
const ask = (inquireOperation, more) => gateway.inquire(call("inquire", { inquireOperation, inquireBy: "ourReference", idempotencyKey: undefined, ...more }), signal());
const names = () => stripe.requests.map(({ name }) => name);

test("an authorization: one confirmed intent with manual capture, our names and the call's own key", async () => {
  stripe.script(ok(intent({ latest_charge: { id: "ch_1", authorization_code: "A1B2C3", payment_method_details: { card: { capture_before: 1_800_000_000 } } } })));
  assert.deepEqual(await authorize(), {
    resultCode: "Success",
    gatewayReference: "pi_1",
    amount: "129.90",
    currencyIsoCode: "USD",
    gatewayResultCode: "requires_capture",
    gatewayAuthorizationCode: "A1B2C3",
    expiresAt: 1_800_000_000_000,
  });
  const [{ name, form, headers }] = stripe.requests;
  assert.equal(name, "POST /v1/payment_intents");
  assert.deepEqual(form, {
    amount: "12990",
    currency: "usd",
    payment_method: "pm_card_visa",
    "allowed_payment_method_types[0]": "card",
    capture_method: "manual",
    confirm: "true",
    "metadata[our_reference]": "pauth_1",
    "metadata[operation]": "authorize",
    "metadata[group_id]": "pgrp_1",
    "metadata[checkout_id]": "checkout-1",
    "metadata[webstore_id]": "store",
    "expand[0]": "latest_charge",
    "expand[1]": "payment_method",
  });
  assert.deepEqual([headers["idempotency-key"], headers["stripe-version"], headers.authorization], ["op_1-0-1", "2026-10-28.endive", `Bearer ${KEY}`]);
});

test("what each answer to an authorization is taken for", async () => {
  const cases = [
    // status, error or intent, expected code, expected gateway code
    ["insufficient funds", refusal(402, { type: "card_error", code: "card_declined", decline_code: "insufficient_funds" }), "Decline", "insufficient_funds"],
    ["stolen", refusal(402, { type: "card_error", code: "card_declined", decline_code: "stolen_card" }), "PermanentFail", "stolen_card"],
    ["never again, says the issuer", refusal(402, { type: "card_error", code: "card_declined", decline_code: "generic_decline", advice_code: "do_not_try_again" }), "PermanentFail", "generic_decline"],
    ["a decline code of tomorrow", refusal(402, { type: "card_error", code: "card_declined", decline_code: "brand_new" }), "Decline", "brand_new"],
    ["a wrong security code", refusal(402, { type: "card_error", code: "incorrect_cvc" }), "ValidationError", "incorrect_cvc"],
    ["no such method", refusal(404, { code: "resource_missing" }), "ValidationError", "resource_missing"],
    ["a bad request of tomorrow", refusal(400, { code: "brand_new" }), "ValidationError", "brand_new"],
    ["too fast", refusal(429, { type: "rate_limit_error", code: "rate_limit" }), "SystemError", "rate_limit"],
    ["a lock", refusal(429, { code: "lock_timeout" }), "Indeterminate", "lock_timeout"],
    ["a 429 of another kind", refusal(429, { code: "brand_new" }), "Indeterminate", "brand_new"],
    ["the key is in use", refusal(409, { type: "idempotency_error", code: "idempotency_key_in_use" }), "Indeterminate", "idempotency_key_in_use"],
    ["the key had other parameters", refusal(400, { type: "idempotency_error" }), "Indeterminate", "http_400"],
    ["a wrong API key", refusal(401, {}), "SystemError", "http_401"],
    ["no right", refusal(403, { code: "secret_key_required" }), "SystemError", "secret_key_required"],
    ["500", refusal(500, { type: "api_error" }), "Indeterminate", "http_500"],
    ["503", refusal(503, { type: "api_error" }), "Indeterminate", "http_503"],
    ["424", refusal(424, { type: "api_error" }), "Indeterminate", "http_424"],
    ["a proxy's page", { status: 502, body: "<html>Bad gateway</html>" }, "Indeterminate", "no_answer"],
    ["a proxy's refusal", { status: 403, body: "<html>Forbidden</html>" }, "Indeterminate", "no_answer"],
    ["a proxy's JSON", { status: 402, body: { error: "pay me" } }, "Indeterminate", "http_402"],
    ["a proxy's other JSON", { status: 403, body: { error: { type: "forbidden" } } }, "Indeterminate", "http_403"],
    ["garbage", { status: 200, body: "}{" }, "Indeterminate", "no_answer"],
    ["nothing", { status: 200, body: "" }, "Indeterminate", "no_answer"],
    ["null", { status: 200, body: "null" }, "Indeterminate", "no_answer"],
    ["another object", ok(intent({ object: "charge" })), "Indeterminate", "unreadable"],
    ["an intent without an amount", ok(intent({ amount: undefined })), "Indeterminate", "unreadable"],
    ["an amount that is text", ok(intent({ amount: "12990" })), "Indeterminate", "unreadable"],
    ["a redirect", { status: 307, body: "", headers: { location: "/v1/payment_intents" } }, "Indeterminate", "no_answer"],
    ["a broken connection", dropped, "Indeterminate", "no_answer"],
    ["a broken body", severed, "Indeterminate", "no_answer"],
    ["processing", ok(intent({ status: "processing" })), "Success", "processing"],
    ["no method left", ok(intent({ status: "requires_payment_method", last_payment_error: { code: "card_declined", decline_code: "lost_card" } })), "PermanentFail", "lost_card"],
    ["canceled", ok(intent({ status: "canceled", cancellation_reason: "automatic" })), "Decline", "canceled"],
    ["a status of tomorrow", ok(intent({ status: "brand_new" })), "Indeterminate", "brand_new"],
  ];
  for (const [why, answer, resultCode, gatewayResultCode] of cases) {
    stripe.script(answer, ok(intent()));
    const outcome = await authorize();
    assert.deepEqual([outcome.resultCode, outcome.gatewayResultCode], [resultCode, gatewayResultCode], why);
    assert.deepEqual(names(), ["POST /v1/payment_intents"], `${why}: sent once`);
  }
});

test("a refusal says what it means for another try; what is unknown says nothing of it", async () => {
  const retry = async (answer) => {
    stripe.script(answer, ok(intent()));
    const { retryCategory, retryDecision } = await authorize();
    return [retryCategory, retryDecision];
  };
  const declined = (more) => refusal(402, { type: "card_error", code: "card_declined", ...more });
  assert.deepEqual(await retry(declined({ decline_code: "insufficient_funds" })), ["CardLimit", "Retriable"]);
  assert.deepEqual(await retry(declined({ decline_code: "stolen_card" })), ["Security", "NonRetriable"]);
  assert.deepEqual(await retry(declined({ decline_code: "insufficient_funds", advice_code: "do_not_try_again" })), ["Security", "NonRetriable"]);
  assert.deepEqual(await retry(refusal(402, { type: "card_error", code: "expired_card" })), ["PaymentInformation", "NonRetriable"]);
  assert.deepEqual(await retry(refusal(429, { type: "rate_limit_error", code: "rate_limit" })), ["GatewayConnection", "Retriable"]);
  assert.deepEqual(await retry(refusal(403, { code: "secret_key_required" })), ["GatewayConnection", "NonRetriable"]);
  assert.deepEqual(await retry(ok(intent({ status: "requires_payment_method", last_payment_error: { code: "card_declined", decline_code: "do_not_honor" } }))), ["PaymentProcessing", "Retriable"]);
  for (const unknown of [refusal(429, { code: "lock_timeout" }), refusal(500, { type: "api_error" }), refusal(409, { type: "idempotency_error", code: "idempotency_key_in_use" })]) {
    assert.deepEqual(await retry(unknown), [undefined, undefined]);
  }
});

test("the SDK repeats nothing by itself, though it would after a reset connection", async () => {
  for (const fail of [dropped, severed]) {
    stripe.script(fail, ok(intent()));
    assert.equal((await authorize()).resultCode, "Indeterminate");
    assert.equal(stripe.left, 1, "the second answer was not asked for");
  }
  // as other runtimes tell it: with the code on the error itself
  let sent = 0;
  const resetting = async () => {
    sent += 1;
    throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
  };
  const other = createStripeGateway({ secretKey: KEY, fetch: resetting });
  assert.deepEqual([(await other.process(call("authorize", { paymentToken: "pm_1" }), signal())).resultCode, sent], ["Indeterminate", 1]);
});

test("never sent: only when the connection provably never came about", async () => {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address();
  listener.close();
  await once(listener, "close");
  const nobody = createStripeGateway({ secretKey: KEY, apiBase: `http://127.0.0.1:${port}` });
  await assert.rejects(nobody.process(call("authorize", { paymentToken: "pm_1" }), signal()), { name: "NotSentError", notSent: true });

  const failing = (cause) =>
    createStripeGateway({ secretKey: KEY, fetch: async () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause })) }).process(call("authorize", { paymentToken: "pm_1" }), signal());
  for (const code of ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT"]) await assert.rejects(failing({ code }), { name: "NotSentError" }, code);
  await assert.rejects(failing({ code: "EHOSTUNREACH", syscall: "connect" }), { name: "NotSentError" });
  await assert.rejects(failing(new AggregateError([{ code: "ECONNREFUSED" }, { code: "ECONNREFUSED" }])), { name: "NotSentError" });
  for (const cause of [undefined, { code: "ECONNRESET" }, { code: "EHOSTUNREACH", syscall: "read" }, { code: "UND_ERR_SOCKET" }, new AggregateError([{ code: "ECONNREFUSED" }, { code: "ECONNRESET" }])]) {
    assert.equal((await failing(cause)).resultCode, "Indeterminate", JSON.stringify(cause));
  }
});

test("an answer that Stripe replays is known as such: a success, a decline, and a 500 that stays one for ever", async () => {
  const replayed = { "idempotent-replayed": "true" };
  for (const [answer, resultCode] of [
    [ok(intent(), replayed), "Success"],
    [refusal(402, { type: "card_error", code: "card_declined" }, replayed), "Decline"],
    [refusal(500, { type: "api_error" }, replayed), "Indeterminate"],
  ]) {
    stripe.script(answer);
    const outcome = await authorize();
    assert.deepEqual([outcome.resultCode, outcome.replayed], [resultCode, true]);
  }
  stripe.script(refusal(500, { type: "api_error" }));
  assert.equal((await authorize()).replayed, undefined);
});

test("what Stripe says is passed on without keys and client secrets", async () => {
  stripe.script(refusal(401, { message: `Invalid API Key provided: ${KEY} for pi_1_secret_abc` }));
  const outcome = await authorize();
  assert.equal(outcome.gatewayMessage, "Invalid API Key provided: [removed] for pi_1[removed]");
});

test("3-D Secure: what the page needs, and the second try looks before anything else", async () => {
  const asked = intent({ status: "requires_action", next_action: { type: "redirect_to_url", redirect_to_url: { url: "https://bank.example/3ds" } } });
  stripe.script(ok(asked));
  const withPage = createStripeGateway({ secretKey: KEY, apiBase: stripe.url, compatible: false, returnUrl: "https://shop.example/back", publishableKey: "pk_test_1" });
  const outcome = await withPage.process(call("authorize", { paymentToken: "pm_card_authenticationRequired" }), signal());
  assert.deepEqual([outcome.resultCode, outcome.gatewayReference, outcome.paymentData], [
    "RequiresReview",
    "pi_1",
    { challenge: "redirect_to_url", challengeReference: "pi_1", clientSecret: "pi_1_secret_2", redirectUrl: "https://bank.example/3ds", publishableKey: "pk_test_1" },
  ]);
  assert.equal(stripe.requests[0].form.return_url, "https://shop.example/back");

  const again = () => authorize({ gatewayReference: "pi_1", idempotencyKey: "op_1-0-2" });
  stripe.script(ok(asked));
  assert.equal((await again()).resultCode, "RequiresReview");
  stripe.script(ok(intent()));
  assert.equal((await again()).resultCode, "Success");
  assert.deepEqual(names(), ["GET /v1/payment_intents/pi_1"], "and confirms nothing a second time");
});

test("3-D Secure that failed is told only once its intent is closed", async () => {
  const failed = intent({ status: "requires_payment_method", last_payment_error: { code: "payment_intent_authentication_failure", message: "no" } });
  const again = () => authorize({ gatewayReference: "pi_1", idempotencyKey: "op_1-0-2" });
  stripe.script(ok(failed), ok(intent({ status: "canceled" })));
  const outcome = await again();
  assert.deepEqual([outcome.resultCode, outcome.gatewayResultCode, names()], ["Decline", "payment_intent_authentication_failure", ["GET /v1/payment_intents/pi_1", "POST /v1/payment_intents/pi_1/cancel"]]);
  for (const [why, ...answers] of [
    ["paid in between", ok(failed), refusal(400, { code: "payment_intent_unexpected_state" })],
    ["no answer to the cancellation", ok(failed), dropped],
    ["no answer to the look", dropped],
    ["turned away", refusal(429, { code: "rate_limit" })],
    ["not allowed", refusal(401, {})],
  ]) {
    stripe.script(...answers);
    assert.equal((await again()).resultCode, "Indeterminate", why);
  }
});

test("a challenge is not told as never sent when Stripe is out of reach: the shopper may have met it meanwhile", async () => {
  const away = createStripeGateway({ secretKey: KEY, fetch: async () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } })) });
  const outcome = await away.process(call("authorize", { paymentToken: "pm_1", gatewayReference: "pi_1" }), signal());
  assert.equal(outcome.resultCode, "Indeterminate");
});

test("a capture always says how much, and what Stripe says it took is compared", async () => {
  const capture = (amount) => gateway.process(call("capture", { gatewayReference: "pi_1", ourReference: "pay_1", amount }), signal());
  stripe.script(ok(intent({ status: "succeeded", amount_received: 4000, metadata: { capture_reference: "pay_1" } })));
  assert.deepEqual(await capture("40.00"), { resultCode: "Success", gatewayReference: "pi_1", gatewayResultCode: "succeeded", amount: "40.00", currencyIsoCode: "USD" });
  const [{ name, form, headers }] = stripe.requests;
  assert.deepEqual([name, form.amount_to_capture, form["metadata[capture_reference]"], headers["idempotency-key"]], ["POST /v1/payment_intents/pi_1/capture", "4000", "pay_1", "op_1-0-1"]);
  stripe.script(ok(intent({ status: "succeeded", amount_received: 12990 })));
  assert.equal((await capture("40.00")).amount, "129.90", "the core sees that it is not what was asked");
  stripe.script(ok(intent({ status: "canceled" })));
  assert.equal((await capture("40.00")).resultCode, "Indeterminate", "a 200 that says canceled is not believed");
});

test("a reversal cancels the whole; a part is refused, but for what Stripe let go of by itself", async () => {
  const reverse = (amount = "129.90") => gateway.process(call("reverse", { gatewayReference: "pi_1", ourReference: "paa_1", amount }), signal());
  stripe.script(ok(intent()), ok(intent({ status: "canceled" })));
  assert.equal((await reverse()).resultCode, "Success");
  assert.deepEqual([names(), stripe.requests.map(({ headers }) => headers["idempotency-key"])], [["GET /v1/payment_intents/pi_1", "POST /v1/payment_intents/pi_1/cancel"], [undefined, "op_1-0-1"]]);
  const cases = [
    ["a part", "29.90", intent(), "ValidationError", "partial_reversal_unsupported"],
    ["too much", "130.00", intent(), "ValidationError", "amount_too_large"],
    ["canceled already", undefined, intent({ status: "canceled" }), "Success", "canceled"],
    ["the rest of a capture", "89.90", intent({ status: "succeeded", amount_received: 4000 }), "Success", "released_at_capture"],
    ["more than that rest", "90.00", intent({ status: "succeeded", amount_received: 4000 }), "ValidationError", "charge_already_captured"],
    ["captured whole", undefined, intent({ status: "succeeded", amount_received: 12990 }), "ValidationError", "charge_already_captured"],
  ];
  for (const [why, amount, found, resultCode, code] of cases) {
    stripe.script(ok(found));
    const outcome = await reverse(amount);
    assert.deepEqual([outcome.resultCode, outcome.gatewayResultCode, stripe.requests.length], [resultCode, code, 1], why);
  }
  stripe.script(dropped);
  assert.equal((await reverse()).resultCode, "SystemError", "the look failed, so nothing was sent");
  stripe.script(ok(intent()), dropped);
  assert.equal((await reverse()).resultCode, "Indeterminate");
});

test("a refund says how much and of which intent; pending and failed are what they are", async () => {
  const refund = () => gateway.process(call("refund", { gatewayReference: "pi_1", ourReference: "refund_1", amount: "10.00" }), signal());
  stripe.script(ok(refundObject()));
  assert.deepEqual(await refund(), { resultCode: "Success", gatewayReference: "re_1", amount: "10.00", currencyIsoCode: "USD", gatewayResultCode: "succeeded" });
  assert.deepEqual([stripe.requests[0].form.payment_intent, stripe.requests[0].form.amount, stripe.requests[0].form["metadata[our_reference]"]], ["pi_1", "1000", "refund_1"]);
  stripe.script(ok(refundObject({ status: "pending" })));
  assert.equal((await refund()).pending, true);
  stripe.script(ok(refundObject({ status: "failed", failure_reason: "expired_or_canceled_card" })));
  assert.equal((await refund()).resultCode, "Decline");
  stripe.script(refusal(400, { code: "charge_already_refunded" }));
  assert.equal((await refund()).resultCode, "ValidationError");
});

test("PostAuth: what disagrees is refused and left alone; what agrees is claimed, so that no other cart gets it", async () => {
  const outside = intent({ metadata: {} });
  const postAuth = (more) => gateway.process(call("postauth", { paymentToken: "pi_1", ...more }), signal());
  const cases = [
    ["another intent", { ...outside, id: "pi_2" }, "payment_not_found"],
    ["another amount", { ...outside, amount: 12991 }, "amount_mismatch"],
    ["another currency", { ...outside, currency: "eur" }, "currency_mismatch"],
    ["somebody else's", { ...outside, metadata: { our_reference: "pauth_2" } }, "already_used"],
    ["captured in part", { ...outside, status: "succeeded", amount_received: 1 }, "amount_mismatch"],
    ["refunded in part", { ...outside, status: "succeeded", amount_received: 12990, latest_charge: { id: "ch_1", amount_refunded: 1 } }, "amount_mismatch"],
  ];
  for (const [why, found, code] of cases) {
    stripe.script(ok(found));
    const outcome = await postAuth();
    assert.deepEqual([outcome.resultCode, outcome.gatewayResultCode, outcome.gatewayReference, stripe.requests.length], ["ValidationError", code, undefined, 1], why);
  }
  stripe.script(ok(outside), ok(intent({ metadata: { our_reference: "pauth_1", operation: "postauth" } })));
  assert.equal((await postAuth()).resultCode, "Success");
  assert.deepEqual([stripe.requests[1].name, stripe.requests[1].form["metadata[our_reference]"], stripe.requests[1].headers["idempotency-key"]], ["POST /v1/payment_intents/pi_1", "pauth_1", "op_1-0-1"]);
  stripe.script(ok(outside), ok(intent({ status: "succeeded", amount_received: 12990 })));
  assert.equal((await postAuth()).captured, true);
  stripe.script(ok({ ...outside, status: "requires_action" }));
  assert.equal((await postAuth()).resultCode, "RequiresReview");
  stripe.script(ok(outside), dropped);
  assert.equal((await postAuth()).resultCode, "Indeterminate");
});

test("a method that is to be kept: a customer, its use later, and the token with its fingerprint", async () => {
  const method = { id: "pm_9", object: "payment_method", type: "card", card: { brand: "visa", last4: "4242", exp_month: 7, exp_year: 2030, fingerprint: "fp_1" } };
  stripe.script(ok({ id: "cus_1", object: "customer" }), ok(intent({ status: "succeeded", capture_method: "automatic", customer: "cus_1", setup_future_usage: "off_session", payment_method: method })));
  const outcome = await gateway.process(call("sale", { paymentToken: "pm_card_visa", extras: { saveForFuture: true }, details: { AccountId: "001" } }), signal());
  const { gatewayToken, checksum, customerReference, gatewayTokenDetails } = outcome;
  assert.deepEqual([gatewayToken, checksum, customerReference, gatewayTokenDetails], ["pm_9", "fp_1", "cus_1", "visa ending in 4242 07/2030"]);
  const [customer, sale] = stripe.requests;
  assert.deepEqual([customer.form["metadata[account_id]"], customer.headers["idempotency-key"]], ["001", "op_1-0-1-customer"]);
  assert.deepEqual([sale.form.customer, sale.form.setup_future_usage, sale.form.capture_method], ["cus_1", "off_session", "automatic"]);

  stripe.script(dropped);
  const notSent = await gateway.process(call("sale", { paymentToken: "pm_card_visa", extras: { saveForFuture: true } }), signal());
  assert.deepEqual([notSent.resultCode, names()], ["SystemError", ["POST /v1/customers"]], "without the customer the payment is never sent");

  stripe.script(ok(intent({ status: "succeeded" })));
  await gateway.process(call("sale", { paymentToken: "pm_9", extras: { customerReference: "cus_1", submittedByMerchant: true } }), signal());
  assert.deepEqual([stripe.requests[0].form.customer, stripe.requests[0].form.off_session], ["cus_1", "true"]);
});

test("tokenize: a setup intent, confirmed under the call's key", async () => {
  const setup = (more) => ({ id: "seti_1", object: "setup_intent", status: "requires_payment_method", metadata: {}, customer: "cus_1", payment_method: null, last_setup_error: null, ...more });
  const method = { id: "pm_9", type: "card", card: { fingerprint: "fp_1" } };
  const tokenize = (more) => gateway.process(call("tokenize", { paymentToken: "pm_card_visa", amount: "0", currencyIsoCode: "XXX", ...more }), signal());
  stripe.script(ok({ id: "cus_1", object: "customer" }), ok(setup()), ok(setup({ status: "succeeded", payment_method: method })));
  const kept = await tokenize();
  assert.deepEqual([kept.resultCode, kept.gatewayToken, kept.checksum, kept.customerReference], ["Success", "pm_9", "fp_1", "cus_1"]);
  assert.deepEqual(stripe.requests.map(({ name, headers }) => [name, headers["idempotency-key"]]), [
    ["POST /v1/customers", "op_1-0-1-customer"],
    ["POST /v1/setup_intents", "op_1-0-1-setup"],
    ["POST /v1/setup_intents/seti_1/confirm", "op_1-0-1"],
  ]);
  stripe.script(ok(setup({ status: "succeeded", payment_method: method })));
  assert.equal((await tokenize({ gatewayReference: "seti_1" })).gatewayToken, "pm_9", "after the bank's question");
  stripe.script(ok({ id: "cus_1", object: "customer" }), ok(setup()), refusal(402, { type: "card_error", code: "card_declined", decline_code: "do_not_honor" }));
  assert.equal((await tokenize()).resultCode, "Decline");
  stripe.script(ok({ data: [setup({ metadata: { our_reference: "pauth_1" } })], has_more: false }), ok(setup()));
  assert.equal((await ask("tokenize")).notFound, true, "made, and never confirmed");
});

test("level 2 and level 3 data where Stripe takes it; a figure it has no number for leaves all of it out", async () => {
  const lines = [{ name: "Hat", sku: "HAT-0123456789", quantity: 2, unitPrice: "50.00", taxAmount: "9.90", lineItemTotal: "109.90", commodityCode: "53102516", uom: "EA" }];
  const data = { invoiceNumber: "INV-7", shippingAmount: "20.00", shipToZip: "90001", lineItems: lines };
  stripe.script(ok(intent({ status: "succeeded" })));
  await gateway.process(call("sale", { paymentToken: "pm_1", extras: { enhancedPaymentData: data }, details: { AccountId: "001" } }), signal());
  const sent = Object.fromEntries(Object.entries(stripe.requests[0].form).filter(([name]) => /^(amount|payment)_details/.test(name)));
  assert.deepEqual(sent, {
    "amount_details[line_items][0][product_name]": "Hat",
    "amount_details[line_items][0][product_code]": "HAT-01234567",
    "amount_details[line_items][0][quantity]": "2",
    "amount_details[line_items][0][unit_cost]": "5000",
    "amount_details[line_items][0][unit_of_measure]": "EA",
    "amount_details[line_items][0][tax][total_tax_amount]": "990",
    "amount_details[line_items][0][payment_method_options][card][commodity_code]": "53102516",
    "amount_details[shipping][amount]": "2000",
    "amount_details[shipping][to_postal_code]": "90001",
    "amount_details[enforce_arithmetic_validation]": "false",
    "payment_details[order_reference]": "INV-7",
    "payment_details[customer_reference]": "001",
  });
  stripe.script(ok(intent({ status: "succeeded" })));
  const odd = { lineItems: [{ ...lines[0], unitPrice: "0.333" }] };
  await gateway.process(call("sale", { paymentToken: "pm_1", extras: { enhancedPaymentData: odd } }), signal());
  assert.ok(!Object.keys(stripe.requests[0].form).some((name) => name.startsWith("amount_details")));
});

test("asked by our reference: search is believed when it finds, and only the whole list when it does not", async () => {
  const reference = "pauth_01kdvdna00e3nabcdefghjkmnp"; // made at 2026-01-01T00:00:00Z
  const ours = intent({ metadata: { our_reference: reference, operation: "authorize" } });
  const list = (data, has_more = false) => ok({ object: "list", data, has_more });
  const inquire = () => ask("authorize", { ourReference: reference });

  stripe.script(ok({ object: "search_result", data: [ours], has_more: false }), ok(ours));
  assert.equal((await inquire()).resultCode, "Success");
  assert.deepEqual(stripe.requests.map(({ name }) => name), ["GET /v1/payment_intents/search", "GET /v1/payment_intents/pi_1"]);
  assert.equal(stripe.requests[0].query.query, `metadata['our_reference']:'${reference}'`);

  stripe.script(list([]), list([intent({ id: "pi_0", metadata: {} })], true), list([ours]), ok(ours));
  assert.equal((await inquire()).gatewayReference, "pi_1", "search lags; the list has it");
  const [, first, second] = stripe.requests;
  assert.deepEqual([first.query["created[gte]"], first.query.limit, second.query.starting_after], [String(1_767_225_600 - 3_600), "100", "pi_0"]);

  stripe.script(refusal(400, { message: "search is not available" }), list([]));
  assert.equal((await inquire()).notFound, true);
  const declined = { ...ours, id: "pi_0", status: "requires_payment_method" };
  stripe.script(list([declined]), list([declined, ours]), ok(ours));
  assert.equal((await inquire()).gatewayReference, "pi_1", "a refused attempt ends no search, and what stands goes before it");

  for (const [why, ...answers] of [
    ["search fails", dropped],
    ["the list fails", list([]), dropped],
    ["the list fails half-way", list([]), list([intent({ id: "pi_0" })], true), refusal(500, { type: "api_error" })],
    ["found twice", list([]), list([ours, { ...ours, id: "pi_2" }]), ok(ours)],
    ["half a list", list([]), ok({ object: "list", data: [] })],
    ["no right to look", refusal(403, {})],
    ["a wrong key", refusal(401, {})],
    ["too fast", refusal(429, { code: "rate_limit" })],
  ]) {
    stripe.script(...answers);
    const { resultCode, notFound } = await inquire();
    assert.deepEqual([resultCode, notFound], ["Indeterminate", undefined], why);
  }
});

test("asked by the gateway's reference, and about what is done to an intent", async () => {
  const about = async (operation, found, more) => {
    stripe.script(...[found].flat());
    return ask(operation, { gatewayReference: "pi_1", inquireBy: "gatewayReference", ...more });
  };
  assert.equal((await about("authorize", ok(intent()))).resultCode, "Success");
  assert.equal((await about("postauth", ok(intent({ metadata: {} })))).notFound, true, "not claimed, so it never happened");
  assert.equal((await about("authorize", refusal(404, { code: "resource_missing" }))).notFound, true);

  const capture = (more) => about("capture", ok(intent(more)), { ourReference: "pay_1", amount: "40.00" });
  assert.equal((await capture({})).notFound, true, "still held");
  assert.equal((await capture({ status: "succeeded", amount_received: 4000, metadata: { capture_reference: "pay_1" } })).amount, "40.00");
  assert.equal((await capture({ status: "succeeded", amount_received: 4000, metadata: { capture_reference: "pay_0" } })).resultCode, "ValidationError", "that was another capture of the same amount");
  assert.equal((await capture({ status: "canceled" })).resultCode, "Decline");
  assert.equal((await capture({ status: "canceled", latest_charge: { id: "ch_1", captured: true } })).resultCode, "Indeterminate", "canceled and captured at once");

  const reversal = (more) => about("reverse", ok(intent(more)), { ourReference: "paa_1" });
  assert.equal((await reversal({})).notFound, true);
  assert.equal((await reversal({ status: "canceled" })).resultCode, "Success");

  const refund = (...answers) => about("refund", answers, { ourReference: "refund_1", amount: "10.00" });
  const page = (data, has_more = false) => ok({ object: "list", data, has_more });
  assert.equal((await refund(page([refundObject({ id: "re_0", metadata: {} })], true), page([refundObject()]))).gatewayReference, "re_1");
  assert.equal((await refund(page([]))).notFound, true);
  stripe.script(ok(refundObject({ status: "failed" })));
  assert.equal((await ask("refund", { gatewayReference: "re_1", ourReference: "refund_1", amount: "10.00" })).resultCode, "Decline");
});

test("a call that the host has given up begins nothing more", async () => {
  const given = new AbortController();
  stripe.script(
    (_, response) => {
      given.abort();
      response.end(JSON.stringify(intent()));
    },
    ok(intent({ status: "canceled" })),
  );
  await gateway.process(call("reverse", { gatewayReference: "pi_1" }), given.signal);
  assert.deepEqual(names(), ["GET /v1/payment_intents/pi_1"]);

  stripe.script(ok(intent()));
  assert.equal((await gateway.process(call("authorize", { paymentToken: "pm_1" }), AbortSignal.abort())).gatewayResultCode, "given_up");
  assert.deepEqual(stripe.requests, []);

  const silent = new AbortController();
  stripe.script(() => silent.abort());
  const outcome = await gateway.process(call("authorize", { paymentToken: "pm_1" }), silent.signal);
  assert.deepEqual([outcome.resultCode, outcome.gatewayResultCode], ["Indeterminate", "given_up"], "an answer that does not come is not waited for");
});

test("what can't be said to Stripe is refused before anything is sent", async () => {
  for (const [amount, currencyIsoCode, code] of [["1.144", "KWD", "amount_not_representable"], ["0.20", "MGA", "amount_not_representable"], ["1.0000", "CLF", "currency_not_supported"], ["1", "XXX", "currency_not_supported"]]) {
    const outcome = await authorize({ amount, currencyIsoCode });
    assert.deepEqual([outcome.resultCode, outcome.gatewayResultCode], ["ValidationError", code], `${amount} ${currencyIsoCode}`);
  }
  assert.equal((await authorize({ idempotencyKey: undefined })).gatewayResultCode, "idempotency_key_missing");
  assert.equal((await gateway.process(call("capture"), signal())).gatewayResultCode, "payment_not_found");
  assert.deepEqual(stripe.requests, []);
});

test("capabilities: keys are counted on for 23 hours at Stripe, and not at all elsewhere", () => {
  const capabilities = (more) => createStripeGateway({ secretKey: KEY, ...more }).capabilities;
  assert.deepEqual(capabilities(), { keyWindowMs: 23 * 3_600_000, inquire: ["ourReference", "gatewayReference"], notFoundAfterMs: 600_000, lineItemsMax: 200, captureReleasesRest: true });
  assert.equal(capabilities({ apiBase: "http://127.0.0.1:12111" }).keyWindowMs, 0);
  assert.equal(capabilities({ apiBase: "https://api.stripe.com" }).keyWindowMs, 23 * 3_600_000);
});

test("options that can't be used are refused by name, without the key in the message", () => {
  for (const options of [{ secretKey: "" }, { secretKey: "pk_test_1" }, { secretKey: KEY, apiBase: "http://api.stripe.com" }, { secretKey: KEY, apiBase: "nonsense" }, { secretKey: KEY, apiBase: "https://api.stripe.com/v1" }]) {
    assert.throws(() => createStripeGateway(options), (error) => error instanceof TypeError && /^(secretKey|apiBase) /.test(error.message) && !error.message.includes(KEY));
  }
});
