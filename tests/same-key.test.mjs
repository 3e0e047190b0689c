// Many requests with one key at the same moment, over a restart, in both formats: one effect at the gateway, one answer
// (DESIGN §5, "kept at least 24 h").

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADDRESS, booksOf, startServer, totals } from "./support/server.mjs";

const AT_ONCE = 25;
const PAID = { held: 12990, kept: 0 };

let server;
let shopper;
before(async () => {
  server = await startServer({ env: { SIMULATOR_DELAY_MS: "40" } });
  shopper = await server.shopper();
});
after(() => server.stop());

const xml = (requestType, paymentToken) => `<?xml version="1.0" encoding="UTF-8"?>
<checkoutPaymentInput>
  <requestType>${requestType}</requestType>
  <paymentToken>${paymentToken}</paymentToken>
  <billingAddress>${Object.entries(ADDRESS).map(([name, value]) => `<${name}>${value}</${name}>`).join("")}</billingAddress>
</checkoutPaymentInput>`;

/** Asks until the answer is final: a 409 says that somebody is at it. */
async function finalAnswer(ask, isFinal = ({ status }) => status !== 409) {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const answer = await ask();
    if (isFinal(answer)) return answer;
    assert.equal(answer.body[0].errorCode, "CHECKOUT_CONFLICT", answer.text);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("never answered");
}

/** `ask` so often at once, each until it has its answer: they must all have the same. */
async function allAtOnce(ask, times = AT_ONCE) {
  const answers = await Promise.all(Array.from({ length: times }, (_, index) => finalAnswer(() => ask(index))));
  assert.equal(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1, JSON.stringify(answers.map(({ text }) => text)));
  return answers[0];
}

async function oneEffect(checkout, entries, sums) {
  const books = await booksOf(server, checkout);
  assert.equal(books.length, entries);
  for (const { keys } of books) assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(totals(books), sums);
  assert.equal((await checkout.payments()).operations.length, 1);
}

for (const [name, token, status, entries, sums] of [
  ["a payment", "sim_ok", 201, 1, PAID],
  ["a decline", "sim_authorize-decline", 422, 0, { held: 0, kept: 0 }],
  ["a payment whose answer is lost at the gateway", "sim_authorize-timeout_after", 201, 1, PAID],
  ["a challenge", "sim_authorize-review", 202, 0, { held: 0, kept: 0 }],
]) {
  test(`${AT_ONCE} requests at once with one key: ${name}`, async () => {
    const checkout = await shopper.checkout();
    if (token.includes("timeout")) {
      // the first to hear of it is told that nobody knows; the repeat it is asked for finds out
      await Promise.all(Array.from({ length: AT_ONCE }, () => finalAnswer(() => checkout.auth(token, { key: "key-1" }))));
    }
    const answer = await allAtOnce(() => checkout.auth(token, { key: "key-1" }));
    assert.equal(answer.status, status, answer.text);
    await oneEffect(checkout, entries, sums);
  });
}

test("at once with one key, over a payment that must be released first: released once, taken once", async () => {
  const checkout = await shopper.checkout();
  await checkout.postAuth(await shopper.mint("129.90", "USD", { captured: true }));
  const answer = await allAtOnce(() => checkout.auth("sim_ok", { key: "key-2" }));
  assert.equal(answer.status, 201);
  const books = await booksOf(server, checkout);
  assert.deepEqual(books.map(({ refunded }) => refunded), [129.9, 0]);
  assert.deepEqual(totals(books), PAID);
});

test("at once with one key: a wallet's payment is recorded once", async () => {
  const checkout = await shopper.checkout();
  const token = await shopper.mint("129.90", "USD", { captured: true });
  assert.equal((await allAtOnce(() => checkout.postAuth(token, { key: "key-1" }))).status, 201);
  await oneEffect(checkout, 1, { held: 0, kept: 12990 });
});

test("one key, in JSON and in XML: the same request", async () => {
  const checkout = await shopper.checkout();
  const json = { requestType: "Auth", paymentToken: "sim_ok", billingAddress: ADDRESS };
  const answer = await allAtOnce((index) =>
    index % 2 === 0 ? checkout.post(json, { key: "key-1" }) : checkout.post(xml("Auth", "sim_ok"), { key: "key-1", headers: { "content-type": "application/xml" } }),
  );
  assert.equal(answer.status, 201);
  await oneEffect(checkout, 1, PAID);
  const other = await checkout.post(xml("Auth", "sim_other"), { key: "key-1", headers: { "content-type": "application/xml" } });
  assert.equal(other.status, 422);
  await oneEffect(checkout, 1, PAID);
});

test("one key, asked in one format and repeated in the other's: the same answer in the format asked for", async () => {
  const checkout = await shopper.checkout();
  const request = { requestType: "Auth", paymentToken: "sim_ok", billingAddress: ADDRESS };
  assert.equal((await checkout.post(request, { key: "key-1" })).body.salesforceResultCode, "Success");
  const answer = await checkout.post(request, { key: "key-1", headers: { accept: "application/xml" } });
  assert.equal(answer.status, 201);
  assert.match(answer.headers.get("content-type"), /^application\/xml/);
  assert.match(answer.text, /<salesforceResultCode>Success<\/salesforceResultCode>/);
  await oneEffect(checkout, 1, PAID);
});

test("the same key for another request: refused, with the name of each part that differs; also over a restart", async () => {
  const first = await startServer();
  const buyer = await first.shopper();
  const before = await buyer.checkout();
  assert.equal((await before.auth("sim_ok", { key: "key-1" })).status, 201);
  await first.kill();
  const again = await startServer({ dir: first.dir });
  const checkout = (await again.shopper(buyer.token)).known(before.id);
  const request = { requestType: "Auth", paymentToken: "sim_ok", billingAddress: ADDRESS };
  for (const [change, ...names] of [
    [{ paymentToken: "another" }, "paymentToken"],
    [{ requestType: "PostAuth" }, "requestType"],
    [{ billingAddress: { ...ADDRESS, city: "Venice" } }, "billingAddress"],
    [{ paymentsData: { a: "1" } }, "paymentsData"],
    [{ paymentToken: "another", billingAddress: undefined }, "billingAddress", "paymentToken"],
  ]) {
    const answer = await checkout.post({ ...request, ...change }, { key: "key-1" });
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.body.salesforceResultCode, "ValidationError");
    assert.deepEqual(answer.body.errors.flatMap(({ invalidParameters }) => invalidParameters.map(({ name }) => name)).sort(), names);
    assert.doesNotMatch(answer.text, /another|sim_ok|Venice/);
  }
  assert.equal((await checkout.auth("sim_ok", { key: "key-1" })).status, 201);
  assert.equal((await booksOf(again, checkout)).length, 1);
  await again.stop();
});

test("many with one key while the server is killed: after the restart one effect, and one answer for all", async () => {
  for (const delay of [5, 15, 30, 60]) {
    const first = await startServer({ env: { SIMULATOR_DELAY_MS: "25" } });
    const buyer = await first.shopper();
    const checkout = await buyer.checkout();
    const asked = Promise.allSettled(Array.from({ length: 10 }, () => checkout.auth("sim_ok", { key: "key-1" })));
    await new Promise((resolve) => setTimeout(resolve, delay));
    await first.kill();
    const told = (await asked).flatMap(({ value }) => (value === undefined || value.status === 409 ? [] : [value.text]));
    const again = await startServer({ dir: first.dir });
    const known = (await again.shopper(buyer.token)).known(checkout.id);
    const answer = await allAtOnce(() => known.auth("sim_ok", { key: "key-1" }), 10);
    assert.equal(answer.status, 201, answer.text);
    for (const text of told) assert.equal(text, answer.text);
    const books = await booksOf(again, known);
    assert.deepEqual([books.length, totals(books)], [1, PAID]);
    await again.stop();
  }
});
