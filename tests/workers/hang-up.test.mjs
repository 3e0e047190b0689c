// A shopper who hangs up while the gateway is at it: the object goes on, and nobody has to recover anything.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ADDRESS, booksOf, startServer, STORE, totals } from "../support/server.mjs";

process.env.TEST_SERVER = "workerd";

let server;
before(async () => {
  server = await startServer({ env: { SIMULATOR_DELAY_MS: "700" } });
});
after(() => server.stop());

test("hung up on, many at once: each is charged once and recorded, without recovery", async () => {
  const shopper = await server.shopper();
  const checkouts = await Promise.all(Array.from({ length: 10 }, () => shopper.checkout()));
  const hangUp = new AbortController();
  const body = JSON.stringify({ requestType: "Auth", paymentToken: "sim_ok", billingAddress: ADDRESS });
  const headers = { authorization: `Bearer ${shopper.token}`, "content-type": "application/json", "idempotency-key": "key-1" };
  const asked = checkouts.map(({ id }) => fetch(`${server.url}/commerce/webstores/${STORE}/checkouts/${id}/payments`, { method: "POST", headers, body, signal: hangUp.signal }));
  const settled = Promise.allSettled(asked);
  for (const checkout of checkouts) await until(checkout, ({ operations }) => operations.length === 1);
  hangUp.abort();
  assert.ok((await settled).every(({ reason }) => reason?.name === "AbortError"));
  for (const checkout of checkouts) {
    await until(checkout, ({ operations }) => operations[0].status === "succeeded");
    const books = await booksOf(server, checkout);
    assert.deepEqual([books.length, books[0].keys.length, totals(books)], [1, 1, { held: 12990, kept: 0 }]);
    assert.equal((await checkout.auth("sim_ok", { key: "key-1" })).status, 201);
  }
  assert.equal(server.log.filter(({ event }) => event === "recovery").length, 0);
});

async function until(checkout, isSo) {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (isSo(await checkout.payments())) return;
    await sleep(25);
  }
  throw new Error("it never came to that");
}
