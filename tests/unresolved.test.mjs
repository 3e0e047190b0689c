// What is unresolved is listed, and every decision is explained, on the real server (DESIGN §6).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServer, STORE } from "./support/server.mjs";

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

const list = (query = "", caller = server.backOffice, store = STORE) => caller("GET", `/commerce/webstores/${store}/payments/unresolved${query}`);
const entriesOf = async (checkout) => (await checkout.payments()).unresolved.map(({ why, operation, next }) => `${why} ${operation}, then ${next.way}`);

test("a payment without an answer and a release owed are listed until recovery has settled them", async () => {
  const unknown = await shopper.checkout();
  await unknown.auth("sim_authorize-timeout_after");
  const owed = await shopper.checkout();
  await owed.auth("sim_reverse-decline");
  await owed.auth();
  const settled = await shopper.checkout();
  await settled.auth();

  assert.deepEqual(await entriesOf(unknown), ["unknown authorize, then repeat"]);
  assert.deepEqual(await entriesOf(owed), ["owed reverse, then try"]);
  assert.deepEqual(await entriesOf(settled), []);
  const { status, body } = await list();
  assert.equal(status, 200);
  assert.deepEqual(body.groups.map(({ checkoutId }) => checkoutId).sort(), [unknown.id, owed.id].sort());
  assert.equal(body.more, false);
  const entry = body.groups.find(({ checkoutId }) => checkoutId === unknown.id).unresolved[0];
  assert.equal(entry.amount, 129.9);
  assert.equal(entry.tries, 1);
  assert.deepEqual(entry.heard.map(({ way, resultCode }) => [way, resultCode]), [["call", "Indeterminate"]]);
  assert.ok(entry.since <= entry.next.at);

  assert.equal((await list("?limit=1")).body.groups.length, 1);
  assert.equal((await list("?limit=1")).body.more, true);
  assert.deepEqual((await list("", server.backOffice, "another-store")).body, { groups: [], more: false });

  await server.backOffice("POST", "/demo/recover");
  assert.deepEqual((await list()).body, { groups: [], more: false });
  assert.deepEqual(await entriesOf(unknown), []);
});

test("an accepted release whose notification never comes is asked about", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth("sim_reverse-pending");
  assert.equal((await checkout.auth()).status, 201);
  assert.deepEqual(await entriesOf(checkout), ["accepted reverse, then askByOurReference"]);
  const { paymentAuthAdjustments } = await checkout.payments();
  assert.equal(paymentAuthAdjustments[0].status, "Pending");
});

test("what the list is asked wrongly", async () => {
  for (const query of ["?limit=0", "?limit=1001", "?limit=-1", "?limit=x", "?limit=1.5", "?limit="]) {
    const { status, body } = await list(query);
    assert.equal(status, 400, query);
    assert.match(body[0].message, /'limit' must be a whole number from 1 to 1000/);
  }
});

test("the list is the back office's, an explanation the shopper's own", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth("sim_ok", { key: "secret-key" });
  assert.equal((await list("", shopper.request)).status, 403);
  assert.equal((await list("", server.anonymous)).status, 401);
  const path = `${checkout.path}/payments/explain`;
  const own = await shopper.request("GET", path);
  assert.equal(own.status, 200);
  assert.match(own.body.now[0], /^An authorization stands for the cart: \$129\.90 of it is held \(pauth_/);
  assert.equal(own.body.operations[0].rule, "The cart had no payment to let go of: the new one is taken.");
  assert.deepEqual(own.body.next, [{ text: "Nothing more will happen by itself." }]);
  assert.doesNotMatch(own.text, /sim_ok|secret-key/);
  assert.equal((await server.backOffice("GET", path)).status, 200);
  assert.equal((await server.anonymous("GET", path)).status, 401);
  const other = await server.shopper();
  assert.equal((await other.request("GET", path)).status, 404);
});
