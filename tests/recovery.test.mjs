// Crashes: the server is killed between the announcement and the outcome, and started again (DESIGN §2, §6).

import assert from "node:assert/strict";
import { test } from "node:test";
import { booksOf, startServer, STORE, totals } from "./support/server.mjs";

const SLOW = { SIMULATOR_DELAY_MS: "60000" }; // the answer never comes before the kill

/** Starts `work` on a server that never gets an answer, kills it meanwhile, and starts another on the same files. */
async function crashDuring(prepare, work) {
  const quick = await startServer();
  const before = await quick.shopper();
  const checkout = await before.checkout();
  await prepare(checkout, before);
  await quick.kill();

  const slow = await startServer({ dir: quick.dir, env: SLOW });
  const during = (await slow.shopper(before.token)).known(checkout.id, checkout.cartId);
  const lost = work(during, before).catch(() => undefined);
  await untilRunning(slow, during);
  await slow.kill();
  await lost;

  const server = await startServer({ dir: quick.dir });
  return { server, shopper: await server.shopper(before.token), checkout: (await server.shopper(before.token)).known(checkout.id, checkout.cartId) };
}

async function untilRunning(server, checkout) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const { operations } = await checkout.payments();
    if (operations.at(-1)?.status === "running") return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("no operation was announced");
}

async function untilSettled(checkout) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const payments = await checkout.payments();
    if (!payments.operations.some(({ status }) => status === "running" || status === "unresolved") && payments.releasesOwed.length === 0) return payments;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("recovery did not settle it");
}

test("killed while authorizing: one charge, recorded, by recovery at start", async () => {
  const { server, checkout } = await crashDuring(async () => undefined, (during) => during.auth("sim_ok", { key: "key-1" }));
  const { livePayment, operations } = await untilSettled(checkout);
  assert.equal(operations.length, 1);
  assert.equal(operations[0].status, "succeeded");
  assert.equal(livePayment.type, "Auth");
  const books = await booksOf(server, checkout);
  assert.equal(books.length, 1);
  assert.equal(books[0].keys.length, 1);
  assert.deepEqual(totals(books), { held: 12990, kept: 0 });
  // the shopper who got no answer repeats the request, and gets it
  assert.equal((await checkout.auth("sim_ok", { key: "key-1" })).status, 201);
  assert.equal((await booksOf(server, checkout)).length, 1);
  assert.equal((await checkout.order()).status, 201);
  await server.stop();
});

test("killed while reversing for a second payment: the rest of the plan is done, once", async () => {
  const { server, checkout } = await crashDuring((before) => before.auth("sim_ok"), (during) => during.auth("sim_ok", { key: "key-2" }));
  const { paymentAuthorizations, operations } = await untilSettled(checkout);
  assert.deepEqual(operations.map(({ status }) => status), ["succeeded", "succeeded"]);
  assert.deepEqual(paymentAuthorizations.map(({ balance }) => balance), [0, 129.9]);
  const books = await booksOf(server, checkout);
  assert.equal(books.length, 2);
  assert.deepEqual(totals(books), { held: 12990, kept: 0 });
  assert.equal((await checkout.auth("sim_ok", { key: "key-2" })).status, 201);
  assert.equal((await booksOf(server, checkout)).length, 2);
  await server.stop();
});

test("killed while refunding for a second payment: refunded once", async () => {
  const { server, checkout } = await crashDuring(
    async (before, shopper) => before.postAuth(await shopper.mint("129.90", "USD", { captured: true })),
    (during) => during.auth("sim_ok", { key: "key-2" }),
  );
  await untilSettled(checkout);
  assert.equal((await checkout.auth("sim_ok", { key: "key-2" })).status, 201);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
  await server.stop();
});

test("killed while recording a payment made outside: recorded once", async () => {
  const { server, checkout } = await crashDuring(
    async () => undefined,
    async (during, shopper) => {
      // the wallet's payment, made at the server that is about to die
      const minted = await during.request("POST", "/simulator/payments", { amount: "129.90", currencyIsoCode: "USD", captured: true });
      assert.ok(shopper);
      return during.postAuth(minted.body.token, { key: "key-1" });
    },
  );
  const { payments } = await untilSettled(checkout);
  assert.equal(payments.length, 1);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 0, kept: 12990 });
  await server.stop();
});

test("a new request that meets a crashed operation resolves it first", async () => {
  // recovery at start and the request race; whoever is first, the books and the records agree
  const { server, checkout } = await crashDuring(async () => undefined, (during) => during.auth("sim_ok", { key: "key-1" }));
  let answer;
  do answer = await checkout.auth("sim_ok", { key: "key-2" });
  while (answer.status === 409);
  assert.equal(answer.status, 201, answer.text);
  await untilSettled(checkout);
  assert.deepEqual(totals(await booksOf(server, checkout)), { held: 12990, kept: 0 });
  await server.stop();
});

test("ten crashes in a row: our records and the books agree at the end", async () => {
  const first = await startServer();
  const buyer = await first.shopper();
  const { id, cartId } = await buyer.checkout();
  await first.kill();
  for (let crash = 0; crash < 10; crash++) {
    const slow = await startServer({ dir: first.dir, env: { SIMULATOR_DELAY_MS: String(10 + crash * 7) } });
    const checkout = (await slow.shopper(buyer.token)).known(id, cartId);
    const lost = checkout.auth("sim_ok", { key: `key-${crash}` }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 5 + crash * 9));
    await slow.kill();
    await lost;
  }
  const server = await startServer({ dir: first.dir });
  const checkout = (await server.shopper(buyer.token)).known(id, cartId);
  await server.backOffice("POST", "/demo/recover");
  const { paymentAuthorizations } = await untilSettled(checkout);
  const books = totals(await booksOf(server, checkout));
  const ours = paymentAuthorizations.reduce((sum, { balance }) => sum + Math.round(balance * 100), 0);
  assert.equal(books.held, ours);
  assert.ok(books.held === 0 || books.held === 12990, JSON.stringify(books));
  await server.stop();
});

test("a restart keeps everything: sessions, carts, payments, settings, orders, keys", async () => {
  const first = await startServer();
  const before = await first.shopper();
  const open = await before.checkout();
  await open.auth("sim_ok", { key: "key-1" });
  const closed = await before.checkout();
  await closed.purchaseOrder("PO-1");
  const { body: order } = await closed.order();
  await first.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: "authorize-first" });
  const payments = await open.payments();
  await first.kill();

  const server = await startServer({ dir: first.dir });
  const shopper = await server.shopper(before.token);
  assert.deepEqual(await shopper.known(open.id).payments(), payments);
  assert.equal((await shopper.known(closed.id).order()).body.orderReferenceNumber, order.orderReferenceNumber);
  assert.equal((await server.backOffice("GET", `/commerce/webstores/${STORE}/settings`)).body.releaseOrder, "authorize-first");
  assert.equal((await shopper.known(open.id).auth("sim_ok", { key: "key-1" })).status, 201);
  assert.equal((await booksOf(server, shopper.known(open.id))).length, 1);
  await server.stop();
});

test("stopped politely while shoppers pay and recovery is at work: both end well, and the next start does the rest", async () => {
  const quick = await startServer();
  const before = await quick.shopper();
  const crashed = await Promise.all(Array.from({ length: 20 }, () => before.checkout()));
  const late = await before.checkout();
  await quick.kill();
  const slow = await startServer({ dir: quick.dir, env: SLOW });
  const lost = crashed.map(async ({ id }) => (await slow.shopper(before.token)).known(id).auth("sim_ok", { key: "key-1" }).catch(() => undefined));
  for (const { id } of crashed) await untilRunning(slow, (await slow.shopper(before.token)).known(id));
  await slow.kill();
  await Promise.all(lost);

  const stopping = await startServer({ dir: quick.dir, env: { SIMULATOR_DELAY_MS: "300", RECOVER_EVERY_MS: "20" } });
  const known = (await stopping.shopper(before.token)).known(late.id);
  const paying = known.auth("sim_ok", { key: "key-1" });
  await untilRunning(stopping, known);
  await stopping.stop({ keep: true });
  assert.equal((await paying).status, 201);
  assert.equal(stopping.exitCode, 0);
  assert.deepEqual(stopping.log.filter(({ level }) => level === "error"), []);

  const server = await startServer({ dir: quick.dir });
  for (const { id } of [...crashed, late]) {
    const checkout = (await server.shopper(before.token)).known(id);
    await untilSettled(checkout);
    assert.equal((await checkout.auth("sim_ok", { key: "key-1" })).status, 201);
    const books = await booksOf(server, checkout);
    assert.deepEqual([books.length, books[0].keys.length, totals(books).held], [1, 1, 12990]);
  }
  await server.stop();
});

test("recovery needs the API token, and says what it came to", async () => {
  const server = await startServer();
  const shopper = await server.shopper();
  assert.deepEqual((await server.backOffice("POST", "/demo/recover")).body, { resolved: 0, unresolved: 0 });
  const checkout = await shopper.checkout();
  await checkout.auth("sim_authorize-timeout_after");
  assert.deepEqual((await server.backOffice("POST", "/demo/recover")).body, { resolved: 1, unresolved: 0 });
  assert.equal((await checkout.payments()).livePayment.type, "Auth");
  assert.deepEqual((await server.backOffice("POST", "/demo/recover")).body, { resolved: 0, unresolved: 0 });
  await server.stop();
});

test("an owed release is kept until the gateway takes it", async () => {
  const server = await startServer();
  const shopper = await server.shopper();
  const checkout = await shopper.checkout();
  await checkout.auth("sim_reverse-decline");
  await checkout.auth("sim_ok");
  await server.kill();
  const again = await startServer({ dir: server.dir });
  const known = (await again.shopper(shopper.token)).known(checkout.id);
  assert.equal((await known.payments()).releasesOwed.length, 1);
  assert.deepEqual((await again.backOffice("POST", "/demo/recover")).body, { resolved: 1, unresolved: 0 });
  assert.deepEqual((await known.payments()).releasesOwed, []);
  await again.stop();
});
