// Requests that apply payments and meet in the middle: on a store that takes its time, so that they read and write in every order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { createWorld, later, success } from "./support/host-world.mjs";
import { createRandom } from "./support/random.mjs";

/** A store that takes up to so many milliseconds for everything, and counts the commits that came too late. */
function slowStore(ms) {
  const store = createMemoryStore();
  const random = createRandom(7);
  const counts = { refused: 0 };
  const slowly = async (use) => {
    await later(random.below(ms));
    const result = await use();
    await later(random.below(ms));
    return result;
  };
  const commit = async (writes) => {
    const written = await store.commit(writes);
    if (!written) counts.refused += 1;
    return written;
  };
  return { counts, store: { exclusive: false, load: (key) => slowly(() => store.load(key)), find: (query) => slowly(() => store.find(query)), commit: (writes) => slowly(() => commit(writes)) } };
}

function createRace() {
  const { store, counts } = slowStore(4);
  const world = createWorld({ store, applicationLevel: "Invoice", process: async () => ({ ...success(), captured: true }) });
  const backOffice = (method, path, body, headers = {}) => world.send(method, path, body, { authorization: "back", ...headers });
  let checkouts = 0;
  return {
    counts,
    /** A payment of $129.90, in a group of its own. */
    async paid() {
      world.checkout = { ...world.checkout, id: `checkout-${++checkouts}` };
      const path = `/commerce/webstores/store/checkouts/${world.checkout.id}/payments`;
      const answer = await world.send("POST", path, { requestType: "PostAuth", paymentToken: "wallet" });
      assert.equal(answer.status, 201, answer.text);
      const checkout = world.checkout;
      const read = async () => {
        world.checkout = checkout;
        return (await world.send("GET", path)).body.payments[0];
      };
      return { id: (await read()).id, read };
    },
    async invoice(amount) {
      const { status, body } = await backOffice("POST", "/commerce/invoicing/invoices", { status: "Posted", currencyIsoCode: "USD", lines: [{ lineAmount: amount }] });
      assert.equal(status, 201);
      return { id: body.id, read: async () => (await backOffice("GET", `/commerce/invoicing/invoices/${body.id}`)).body };
    },
    backOffice,
    apply: (payment, invoice, amount, headers) => backOffice("POST", `/commerce/billing/payments/${payment.id}/actions/apply`, { appliedToId: invoice.id, amount }, headers),
    unapply: (payment, lineId) => backOffice("POST", `/commerce/billing/payments/${payment.id}/paymentlines/${lineId}/actions/unapply`, {}),
  };
}

const many = (count, make) => Promise.all(Array.from({ length: count }, (_, at) => make(at)));
const statuses = (answers) => answers.map(({ status }) => status).sort();

test("twelve applications of one payment: as many go through as it has money for", async () => {
  const race = createRace();
  const payment = await race.paid();
  const invoices = await many(12, () => race.invoice("40.00"));
  const answers = await many(12, (at) => race.apply(payment, invoices[at], "40.00"));
  assert.deepEqual(statuses(answers), [...Array(3).fill(201), ...Array(9).fill(422)]);
  assert.equal((await payment.read()).netApplied, 120);
  const settled = await Promise.all(invoices.map(async ({ read }) => (await read()).netPaymentsApplied));
  assert.deepEqual(settled.sort(), [...Array(9).fill(0), ...Array(3).fill(40)]);
  assert.ok(race.counts.refused > 0, "they did meet");
});

test("eight payments to one invoice: it is settled once", async () => {
  const race = createRace();
  const owed = await race.invoice("100.00");
  const payments = [];
  for (let at = 0; at < 8; at++) payments.push(await race.paid());
  const answers = await many(8, (at) => race.apply(payments[at], owed, "30.00"));
  assert.deepEqual(statuses(answers), [...Array(3).fill(201), ...Array(5).fill(422)]);
  assert.equal((await owed.read()).balance, 10);
  let applied = 0;
  for (const { read } of payments) applied += (await read()).netApplied;
  assert.equal(applied, 90, "both records of each, or neither");
  assert.ok(race.counts.refused > 0, "they did meet");
});

test("one line taken back eight times at once, and another applied beside it", async () => {
  const race = createRace();
  const payment = await race.paid();
  const owed = await race.invoice("100.00");
  const { body } = await race.apply(payment, owed, "60.00");
  const [another, ...answers] = await many(9, (at) => (at === 0 ? race.apply(payment, owed, "40.00") : race.unapply(payment, body.id)));
  assert.equal(another.status, 201);
  assert.deepEqual(statuses(answers), [201, ...Array(7).fill(422)]);
  assert.deepEqual([(await owed.read()).balance, (await payment.read()).netApplied], [60, 40]);
  assert.ok(race.counts.refused > 0, "they did meet");
});

test("one key eight times at once: one line, one answer", async () => {
  const race = createRace();
  const payment = await race.paid();
  const owed = await race.invoice("100.00");
  const answers = await many(8, () => race.apply(payment, owed, "10.00", { "idempotency-key": "k" }));
  assert.equal(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1, answers.map(({ text }) => text).join("\n"));
  assert.equal((await owed.read()).netPaymentsApplied, 10);
  assert.ok(race.counts.refused > 0, "they did meet");
});

test("one invoice brought in eight times at once, by its identifier or by a key: there is one", async () => {
  const race = createRace();
  for (const [body, headers] of [[{ uniqueIdentifier: "ERP-1" }, {}], [{}, { "idempotency-key": "k" }]]) {
    const request = { currencyIsoCode: "USD", lines: [{ lineAmount: 1 }], ...body };
    const answers = await many(8, () => race.backOffice("POST", "/commerce/invoicing/invoices", request, headers));
    assert.equal(new Set(answers.map(({ body: { id } }) => id)).size, 1);
    assert.ok(answers.every(({ status }) => status === 201 || status === 200));
  }
  assert.ok(race.counts.refused > 0, "they did meet");
});

test("a change of the cart's payment and an application race: the money goes one way", async () => {
  for (let round = 0; round < 10; round++) {
    const race = createRace();
    const payment = await race.paid();
    const owed = await race.invoice("129.90");
    const path = "/commerce/webstores/store/checkouts/checkout-1/payments";
    const [applied, changed] = await Promise.all([
      race.apply(payment, owed, "129.90"),
      race.backOffice("POST", path, { requestType: "PostAuth", paymentToken: "other" }, { authorization: "me" }),
    ]);
    assert.deepEqual([applied.status, changed.status].sort(), [201, 422], `${applied.text} ${changed.text}`);
    const { netApplied, refundableAmount } = await payment.read();
    assert.deepEqual([netApplied, refundableAmount], [applied.status === 201 ? 129.9 : 0, 0]);
  }
});
