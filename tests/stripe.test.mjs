// The whole way over HTTP: a shopper and a back office at the real server, with its files in SQLite; and at the other end localstripe, a
// server that speaks Stripe's protocol and that we did not write. It ignores idempotency keys, refunds more than was taken and captures
// what is canceled: our records must be right all the same, and agree with its objects at every end.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SECRET_KEY, startLocalstripe } from "./support/localstripe.mjs";
import { launchServer, startServer } from "./support/server.mjs";
import { agreed, apiPayment } from "./support/stripe-books.mjs";
import { lossyProxy } from "./support/lossy-proxy.mjs";

const WEBHOOK_SECRET = "whsec_ofTheTests";
const THREE_D_SECURE = "4000002500003155";
const PAYMENTS = "/services/data/v67.0/commerce/payments";

let stripe;
let proxy;
let server;
before(async () => {
  stripe = await startLocalstripe();
  proxy = await lossyProxy(stripe.url);
  server = await startServer({ env: { STRIPE_SECRET_KEY: SECRET_KEY, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, STRIPE_API_BASE: proxy.url } });
  await stripe.webhook(`${server.url}/commerce/payments/notify?provider=stripe`, WEBHOOK_SECRET);
});
after(async () => {
  await server.stop();
  await proxy.stop();
  await stripe.stop();
});

const start = async (price = "129.90", currency = "USD") => (await server.shopper()).checkout(price, currency);
const office = (path, body, headers) => server.backOffice("POST", `${PAYMENTS}/${path}`, body, headers);
const code = (answer) => answer.body[0]?.errorCode ?? answer.body.error?.errorCode;
const balances = async (checkout) => agreed(stripe, await checkout.payments());

test("pay, and place the order", async () => {
  const checkout = await start();
  const paid = await checkout.auth("pm_card_visa", { key: "pay-1" });
  assert.deepEqual([paid.status, paid.body.salesforceResultCode], [201, "Success"], paid.text);
  assert.deepEqual(await balances(checkout), { held: 12990, kept: 0, live: 1 });
  assert.equal((await checkout.order()).status, 201);
});

test("the same request twice under one key is one intent, though the server ignores keys", async () => {
  const checkout = await start("10.00");
  const [first, second] = [await checkout.auth("pm_card_visa", { key: "one" }), await checkout.auth("pm_card_visa", { key: "one" })];
  assert.deepEqual([first.status, second.text], [201, first.text]);
  const racing = await Promise.all([1, 2, 3, 4].map(() => checkout.auth("pm_card_visa", { key: "race" })));
  assert.ok(racing.every(({ status }) => status === 201 || status === 409));
  assert.deepEqual(await balances(checkout), { held: 1000, kept: 0, live: 1 });
  assert.equal((await intentsOf(checkout)).length, 2, "one for each key");
});

test("pay again: the first intent is canceled, the second stands", async () => {
  const checkout = await start("20.00");
  await checkout.auth("pm_card_visa");
  await checkout.reprice("25.00");
  assert.equal((await checkout.auth("pm_card_visa")).status, 201);
  const intents = await intentsOf(checkout);
  assert.deepEqual(intents.map(({ amount, status }) => [amount, status]), [[2000, "canceled"], [2500, "requires_capture"]]);
  assert.deepEqual(await balances(checkout), { held: 2500, kept: 0, live: 1 });
});

test("a decline is told, nothing stands, and another card pays", async () => {
  const checkout = await start("30.00");
  const declined = await checkout.auth("pm_card_chargeCustomerFail");
  assert.deepEqual([declined.status, declined.body.salesforceResultCode], [422, "Decline"]);
  assert.deepEqual(await balances(checkout), { held: 0, kept: 0, live: 0 });
  assert.equal((await checkout.auth("pm_card_visa")).status, 201);
  assert.deepEqual(await balances(checkout), { held: 3000, kept: 0, live: 1 });
  const unknown = await checkout.auth("pm_there_is_none");
  assert.deepEqual([unknown.status, unknown.body.salesforceResultCode], [422, "ValidationError"]);
});

test("3-D Secure: the page gets the client secret, and a repeat finishes it", async () => {
  const checkout = await start("40.00");
  const card = await stripe.card(THREE_D_SECURE);
  const asked = await checkout.auth(card, { key: "3ds-1" });
  assert.deepEqual([asked.status, asked.body.salesforceResultCode], [202, "RequiresReview"]);
  const { clientSecret, challengeReference } = JSON.parse(asked.body.paymentData);
  assert.match(clientSecret, /^pi_\w+_secret_\w+$/);
  assert.equal((await checkout.auth(card, { key: "3ds-2" })).status, 202, "the shopper has not answered yet");
  await stripe.authenticate(challengeReference, clientSecret);
  assert.equal((await checkout.auth(card, { key: "3ds-3" })).status, 201);
  assert.deepEqual(await balances(checkout), { held: 4000, kept: 0, live: 1 });
  assert.equal((await intentsOf(checkout)).length, 1);
});

test("3-D Secure, finished by PostAuth of the intent: nothing is let go of, before or after", async () => {
  const checkout = await start("43.00");
  const { clientSecret, challengeReference } = JSON.parse((await checkout.auth(await stripe.card(THREE_D_SECURE), { key: "post-1" })).body.paymentData);
  await stripe.authenticate(challengeReference, clientSecret);
  assert.equal((await checkout.postAuth(challengeReference, { key: "post-2" })).status, 201);
  assert.equal((await checkout.postAuth(challengeReference)).status, 201, "a page that hands it over again");
  assert.equal((await stripe.intent(challengeReference)).status, "requires_capture");
  assert.deepEqual(await balances(checkout), { held: 4300, kept: 0, live: 1 });
});

test("3-D Secure that fails: a decline, and its intent is closed, so that the page can't pay it any more", async () => {
  const checkout = await start("41.00");
  const card = await stripe.card(THREE_D_SECURE);
  const { clientSecret, challengeReference } = JSON.parse((await checkout.auth(card)).body.paymentData);
  await stripe.authenticate(challengeReference, clientSecret, false);
  const failed = await checkout.auth(card);
  assert.deepEqual([failed.status, failed.body.salesforceResultCode], [422, "Decline"]);
  assert.equal((await stripe.intent(challengeReference)).status, "canceled");
  assert.deepEqual(await balances(checkout), { held: 0, kept: 0, live: 0 });
});

test("3-D Secure left for another card, after the bank was answered: the first hold is let go of", async () => {
  const checkout = await start("42.00");
  const card = await stripe.card(THREE_D_SECURE);
  const { clientSecret, challengeReference } = JSON.parse((await checkout.auth(card)).body.paymentData);
  await stripe.authenticate(challengeReference, clientSecret);
  assert.equal((await checkout.auth("pm_card_visa")).status, 201);
  assert.equal((await stripe.intent(challengeReference)).status, "canceled");
  assert.deepEqual(await balances(checkout), { held: 4200, kept: 0, live: 1 });
});

test("PostAuth: id, amount, currency and status must agree, and nobody else may have it", async () => {
  const checkout = await start("50.00");
  const outside = (form) => stripe.pay({ amount: "5000", currency: "usd", capture_method: "manual", ...form });
  for (const [why, token] of [
    ["no such intent", "pi_thereIsNone"],
    ["no intent at all", "pm_card_visa"],
    ["another amount", (await outside({ amount: "4999" })).id],
    ["another currency", (await outside({ currency: "eur" })).id],
    ["canceled", await canceled((await outside()).id)],
  ]) {
    const refused = await checkout.postAuth(token);
    assert.equal(refused.status, 422, `${why}: ${refused.text}`);
  }
  const { id } = await outside();
  assert.equal((await checkout.postAuth(id)).status, 201);
  assert.deepEqual(await balances(checkout), { held: 5000, kept: 0, live: 1 });
  const other = await start("50.00");
  const taken = await other.postAuth(id);
  assert.deepEqual([taken.status, taken.body.salesforceResultCode], [422, "ValidationError"], "it pays for one cart only");
  assert.equal((await stripe.intent(id)).status, "requires_capture");

  const sold = (await stripe.pay({ amount: "5000", currency: "usd" })).id;
  assert.equal((await checkout.postAuth(sold)).status, 201, "taken already");
  assert.deepEqual(await balances(checkout), { held: 0, kept: 5000, live: 1 });
});

async function canceled(id) {
  assert.equal((await stripe.request("POST", `/v1/payment_intents/${id}/cancel`, {})).status, 200);
  return id;
}

test("captured in part: the amount is sent, Stripe lets go of the rest, and a new payment gives back what was captured", async () => {
  const checkout = await start("100.00");
  await checkout.auth("pm_card_visa");
  const [{ id }] = (await checkout.payments()).paymentAuthorizations;
  assert.equal(code(await office(`authorizations/${id}/captures`, { amount: "100.01" })), "AMOUNT_TOO_LARGE");
  const captured = await office(`authorizations/${id}/captures`, { amount: "40.00" });
  assert.equal(captured.status, 201, captured.text);
  const [authorization] = (await checkout.payments()).paymentAuthorizations;
  assert.equal(authorization.balance, 0, "nothing is held any more");
  for (const change of ["captures", "reversals"]) assert.equal(code(await office(`authorizations/${id}/${change}`, { amount: "10.00" })), "AMOUNT_TOO_LARGE", change);
  assert.equal((await checkout.order()).status, 422, "what was captured does not pay for the cart");
  assert.equal((await checkout.auth("pm_card_visa")).status, 201);
  const view = await checkout.payments();
  assert.deepEqual([view.paymentAuthAdjustments.map(({ amount }) => amount), view.refunds.map(({ amount }) => amount)], [[], [40]]);
  assert.deepEqual(await balances(checkout), { held: 10000, kept: 0, live: 1 });
});

test("a canceled intent is never captured, though the server would", async () => {
  const checkout = await start("60.00");
  await checkout.auth("pm_card_visa");
  const [{ id, gatewayRefNumber }] = (await checkout.payments()).paymentAuthorizations;
  assert.equal((await office(`authorizations/${id}/reversals`, { amount: "20.00" })).status, 422, "Stripe lets go of all or nothing");
  assert.equal((await office(`authorizations/${id}/reversals`, { amount: "60.00" })).status, 201);
  assert.notEqual((await office(`authorizations/${id}/captures`, { amount: "60.00" })).status, 201);
  const intent = await stripe.intent(gatewayRefNumber);
  assert.deepEqual([intent.status, intent.latest_charge.captured], ["canceled", false]);
  assert.deepEqual(await balances(checkout), { held: 0, kept: 0, live: 0 });
});

test("a hold that was canceled behind our back is not captured either", async () => {
  const checkout = await start("61.00");
  await checkout.auth("pm_card_visa");
  const [{ id, gatewayRefNumber }] = (await checkout.payments()).paymentAuthorizations;
  await canceled(gatewayRefNumber);
  const refused = await office(`authorizations/${id}/captures`, { amount: "61.00" });
  assert.equal(refused.status, 422, refused.text);
  assert.equal((await stripe.intent(gatewayRefNumber)).latest_charge.captured, false);
  assert.equal((await checkout.auth("pm_card_visa")).status, 201, "its release finds that nothing is held");
  assert.deepEqual(await balances(checkout), { held: 6100, kept: 0, live: 1 });
});

test("a sale, refunded in parts and never above what was taken, though the server would", async () => {
  const sale = await office("sales", apiPayment("pm_card_visa", { amount: "70.00" }));
  assert.equal(sale.status, 201, sale.text);
  const { id } = sale.body.payment;
  const reference = sale.body.gatewayResponse.gatewayReferenceNumber;
  const back = (amount) => office(`payments/${id}/refunds`, { amount });
  assert.deepEqual([(await back("30.00")).status, (await back("40.01")).status, (await back("40.00")).status, (await back("0.01")).status], [201, 422, 201, 422]);
  assert.deepEqual((await stripe.refunds(reference)).map(({ amount }) => amount).sort(), [3000, 4000]);
});

test("amounts by Stripe's own table: whole yen, KWD to the nearest ten fils or not at all, ISK in hundredths", async () => {
  for (const [price, currency, number] of [["500", "JPY", 500], ["1.250", "KWD", 1250], ["5", "ISK", 500], ["7", "UGX", 700]]) {
    const checkout = await start(price, currency);
    assert.equal((await checkout.auth("pm_card_visa")).status, 201, currency);
    assert.deepEqual((await intentsOf(checkout)).map(({ amount }) => amount), [number], currency);
  }
  const checkout = await start("1.144", "KWD");
  const refused = await checkout.auth("pm_card_visa");
  assert.deepEqual([refused.status, refused.body.salesforceResultCode], [422, "ValidationError"]);
  assert.deepEqual(await intentsOf(checkout), [], "and nothing is rounded");
});

test("a saved payment method pays as its customer's", async () => {
  const card = await stripe.card("4242424242424242");
  const kept = await office("payment-methods", { alternativePaymentMethod: { accountId: "001000000000001AAA", gatewayToken: card } });
  assert.equal(kept.status, 201, kept.text);
  const sale = await office("sales", apiPayment(undefined, { amount: "12.00", paymentMethod: { id: kept.body.paymentMethod.id } }));
  assert.equal(sale.status, 201, sale.text);
  const intent = await stripe.intent(sale.body.gatewayResponse.gatewayReferenceNumber);
  assert.match(intent.customer, /^cus_/);
});

test("an answer that gets lost: unknown, then found by our reference; nothing is sent twice", async () => {
  const checkout = await start("80.00");
  proxy.loseAnswerTo(/^POST \/v1\/payment_intents$/);
  const lost = await checkout.auth("pm_card_visa", { key: "lost" });
  assert.deepEqual([lost.status, lost.body.errors[0].type], [422, "/commerce/errors/payment-indeterminate"]);
  assert.equal((await checkout.auth("pm_card_visa", { key: "lost" })).status, 201, "a repeat gets the truth");
  assert.equal((await intentsOf(checkout)).length, 1);
  assert.deepEqual(await balances(checkout), { held: 8000, kept: 0, live: 1 });

  const [{ id }] = (await checkout.payments()).paymentAuthorizations;
  proxy.loseAnswerTo(/capture$/);
  const capture = await office(`authorizations/${id}/captures`, { amount: "80.00" });
  assert.equal(code(capture), "PAYMENT_INDETERMINATE", capture.text);
  await recover();
  assert.deepEqual(await balances(checkout), { held: 0, kept: 8000, live: 1 });

  const [payment] = (await checkout.payments()).payments;
  proxy.loseAnswerTo(/^POST \/v1\/refunds/);
  assert.equal(code(await office(`payments/${payment.id}/refunds`, { amount: "80.00" })), "PAYMENT_INDETERMINATE");
  await recover();
  assert.deepEqual(await balances(checkout), { held: 0, kept: 0, live: 0 });
  assert.equal((await stripe.refunds(payment.gatewayRefNumber)).filter(({ metadata }) => metadata.our_reference).length, 1);
});

test("a lost answer to a cancellation: the new payment goes on, the release is owed and settled", async () => {
  const checkout = await start("81.00");
  await checkout.auth("pm_card_visa");
  proxy.loseAnswerTo(/cancel$/);
  assert.equal((await checkout.auth("pm_card_visa")).status, 201);
  await recover();
  assert.deepEqual((await checkout.payments()).releasesOwed, []);
  assert.deepEqual(await balances(checkout), { held: 8100, kept: 0, live: 1 });
});

test("a connection that is refused: provably not sent, and the same key pays later", async () => {
  const checkout = await start("82.00");
  await proxy.pause();
  const refused = await checkout.auth("pm_card_visa", { key: "down" });
  await proxy.resume();
  assert.deepEqual([refused.status, refused.body.salesforceResultCode, refused.body.errors[0].type], [422, "SystemError", "/commerce/payment"]);
  assert.equal((await checkout.auth("pm_card_visa", { key: "down" })).status, 201);
  assert.equal((await intentsOf(checkout)).length, 1);
});

test("webhooks: localstripe's own signature is taken, another is refused", async () => {
  const forged = await server.anonymous("POST", "/commerce/payments/notify?provider=stripe", { id: "evt_1", type: "payment_intent.succeeded" }, { "stripe-signature": `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}` });
  assert.equal(forged.status, 401);
  await office("sales", apiPayment("pm_card_visa", { amount: "5.00" }));
  const deliveries = () => server.log.filter(({ path }) => path === "/commerce/payments/notify").map(({ status }) => status);
  for (let tries = 0; deliveries().length < 2; tries++) {
    assert.ok(tries < 1000, "localstripe sends its webhook after a second");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(deliveries().filter((status) => status !== 200), [401], "only the forged one is refused");
});

test("neither key is on the page, in an answer, in the records or in the log; nor is a client secret in the records", async () => {
  const page = await server.anonymous("GET", "/");
  const config = await server.anonymous("GET", "/demo/config");
  assert.equal(config.body.gateway, "stripe");
  const logs = await server.backOffice("GET", `/services/data/v67.0/query?q=${encodeURIComponent("SELECT Id, Request, Response, GatewayMessage FROM PaymentGatewayLog")}`);
  assert.ok(logs.body.records.length > 0, logs.text);
  const everything = [page.text, config.text, logs.text, JSON.stringify(server.log)].join("\n");
  for (const secret of [SECRET_KEY, WEBHOOK_SECRET, "_secret_"]) assert.ok(!everything.includes(secret), secret);
});

test("settings that can't be used stop the start, and no message holds a key", async () => {
  const cases = [
    [{ STRIPE_SECRET_KEY: "sk_live_secret" }, /STRIPE_SECRET_KEY must be a test key/],
    [{ STRIPE_SECRET_KEY: SECRET_KEY, STRIPE_API_BASE: "http://stripe.example" }, /STRIPE_API_BASE: apiBase must be https/],
    [{ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET }, /STRIPE_WEBHOOK_SECRET does nothing without STRIPE_SECRET_KEY/],
  ];
  for (const [env, message] of cases) {
    const refused = await launchServer({ env });
    const error = await refused.ready.then(() => assert.fail("it started"), (reason) => reason.message);
    assert.match(error, message);
    assert.ok(!/sk_live_secret|ofNobody|whsec_/.test(error), error);
    await refused.stop();
  }
});

async function intentsOf(checkout) {
  return (await stripe.intents()).filter(({ metadata }) => metadata.checkout_id === checkout.id);
}

async function recover() {
  const { status, text } = await server.backOffice("POST", "/demo/recover");
  assert.equal(status, 200, text);
}
