// The back office's client over a connection that loses answers: each kind of change is sent again, and nothing happens twice.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createAdmin } from "checkout-payments/admin";
import { API_TOKEN, startServer } from "./support/server.mjs";

let server;
let admin;
before(async () => {
  server = await startServer({ env: { APPLICATION_LEVEL: "Invoice" } });
  admin = createAdmin({ baseUrl: server.url, token: API_TOKEN });
});
after(() => server.stop());

const paid = (amount, more) => ({ accountId: "lost", amount, currencyIsoCode: "USD", paymentMethod: { alternativePaymentMethod: { gatewayToken: "sim_ok" } }, ...more });
const invoice = (more) => admin.invoices.create({ status: "Posted", currencyIsoCode: "USD", lines: [{ lineAmount: "80.00" }], ...more });
const books = async (groupId) => (await server.backOffice("GET", `/simulator/books?groupId=${groupId}`)).body.payments;
const row = (checksum) => ({ checksum, paymentGatewayId: "simulator", referenceOwnerId: "moved", gatewayReference: "cus", gatewayToken: `tok_${checksum}`, type: "card", expiryMonth: 12, expiryYear: 2030 });
const sold = async (amount = "100.00") => (await admin.sell(paid(amount))).payment.id;
const amountsOf = (paymentId) => admin.records.retrieve("Payment", paymentId, ["NetApplied", "NetRefundApplied", "Balance"]);
const netApplied = async (paymentId) => (await amountsOf(paymentId)).NetApplied;

/** Does one call over a connection that lost its first answer. Gives what came in the end, and what was lost. */
async function lossy(call) {
  const lost = [];
  const keys = new Set();
  const fetchLosing = async (url, init) => {
    const response = await fetch(url, init);
    keys.add(init.headers["idempotency-key"]);
    if (lost.length > 0) return response;
    const text = await response.text();
    lost.push({ status: response.status, body: text === "" ? undefined : JSON.parse(text) });
    throw new TypeError("connection reset");
  };
  const result = await call(createAdmin({ baseUrl: server.url, token: API_TOKEN, fetch: fetchLosing }));
  assert.equal(lost.length, 1);
  assert.ok(lost[0].status < 300, JSON.stringify(lost[0].body));
  assert.equal(keys.size, 1, "one key");
  assert.notEqual([...keys][0], undefined);
  return { result, lost: lost[0].body };
}

test("operations of the gateway", async () => {
  const held = await lossy((client) => client.authorize(paid("100.00")));
  const hold = held.result.paymentAuthorization.id;
  assert.equal(hold, held.lost.paymentAuthorization.id);
  const taken = await lossy((client) => client.capture(hold, { amount: "40.00" }));
  await lossy((client) => client.reverse(hold, { amount: "25.00" }));
  await lossy((client) => client.refund(taken.result.payment.id, { amount: "15.00" }));
  const [{ authorized, captured, reversed, refunded }, ...others] = await books(held.result.paymentGroup.id);
  assert.deepEqual([authorized, captured, reversed, refunded, others.length], [100, 40, 25, 15, 0]);

  const sale = await lossy((client) => client.sell(paid("7.00")));
  assert.equal((await books(sale.result.paymentGroup.id)).length, 1);
  const token = await (await server.shopper()).mint("30.00", "USD");
  const outside = await lossy((client) => client.postAuthorize(paid("30.00", { paymentMethod: { alternativePaymentMethod: { gatewayToken: token } } })));
  assert.equal(outside.result.paymentAuthorization.id, outside.lost.paymentAuthorization.id);
  const rows = await admin.records.queryPage(`SELECT Id FROM PaymentAuthorization WHERE PaymentGroupId = '${outside.result.paymentGroup.id}'`);
  assert.equal(rows.totalSize, 1);
});

test("applying, taking back, entering a refund", async () => {
  const payment = await sold();
  const owed = await invoice();
  const applied = await lossy((client) => client.payments.apply(payment, { appliedToId: owed.id, amount: "30.00" }));
  assert.deepEqual([applied.result, await netApplied(payment)], [applied.lost, "30.00"]);
  const back = await lossy((client) => client.payments.unapply(payment, applied.result.id));
  assert.deepEqual([back.result, await netApplied(payment)], [back.lost, "0.00"]);
  const { refund } = await admin.refund(payment, { amount: "50.00" });
  const entered = await lossy((client) => client.refunds.apply(refund.id, { appliedToId: payment, amount: "20.00" }));
  const { NetRefundApplied, Balance } = await amountsOf(payment);
  assert.deepEqual([entered.result, NetRefundApplied, Balance], [entered.lost, "20.00", "80.00"]);
});

test("invoices", async () => {
  const made = await lossy((client) => client.invoices.create({ currencyIsoCode: "USD", lines: [{ lineAmount: "80.00" }] }));
  assert.equal(made.result.id, made.lost.id);
  const posted = await lossy((client) => client.invoices.post(made.result.id));
  assert.deepEqual([posted.result.status, posted.result.postedDate], ["Posted", posted.lost.postedDate]);
  const voided = await lossy((client) => client.invoices.void(made.result.id));
  assert.deepEqual([voided.result.status, voided.result.endedDate], ["Voided", voided.lost.endedDate]);
  const draft = await invoice({ status: "Draft" });
  assert.equal((await lossy((client) => client.invoices.cancel(draft.id))).result.status, "Canceled");
});

test("saved payment methods", async () => {
  const made = await lossy((client) => client.methods.tokenize({ cardPaymentMethod: { gatewayToken: "tok_lost", accountId: "wallet", expiryMonth: 12, expiryYear: 2030 } }));
  const { id } = made.result.paymentMethod;
  assert.equal(id, made.lost.paymentMethod.id);
  const changed = await lossy((client) => client.methods.change(id, { nickName: "Mine" }));
  assert.deepEqual(changed.result, changed.lost);
  const canceled = await lossy((client) => client.methods.cancel(id));
  assert.deepEqual(canceled.result, canceled.lost);
  assert.equal((await admin.methods.listPage("wallet")).paymentMethods.length, 1);

  const one = await lossy((client) => client.methods.importOne(row("one")));
  assert.equal(one.result.id, one.lost.id);
  const many = await lossy((client) => client.methods.import([row("two"), row("three")]));
  assert.deepEqual([many.lost.created, many.result.unchanged], [2, 2], "the second report says that nothing was left to do");
  const csv = await lossy((client) => client.methods.importCsv(`${Object.keys(row("x")).join()}\n${Object.values(row("four")).join()}\n`));
  assert.deepEqual([csv.lost.created, csv.result.unchanged], [1, 1]);
  assert.equal((await admin.methods.listPage("moved")).paymentMethods.length, 4);
});

test("records made by hand", async () => {
  const fields = { Amount: "3.00", CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Draft", Type: "Sale", Comments: "by hand, once" };
  const { result, lost } = await lossy((client) => client.records.create("Payment", fields));
  assert.deepEqual(result, lost);
  assert.equal((await admin.records.queryPage("SELECT Id FROM Payment WHERE Comments = 'by hand, once'")).totalSize, 1);
  await lossy((client) => client.records.update("Payment", result.id, { Amount: "4.00" }));
  await lossy((client) => client.records.update("Payment", result.id, { Status: "Processed" }));
  assert.deepEqual(await admin.records.retrieve("Payment", result.id, ["Amount", "Status"]).then(({ Amount, Status }) => [Amount, Status]), ["4.00", "Processed"]);
  const draft = await admin.records.create("Payment", fields);
  await lossy((client) => client.records.cancel("Payment", draft.id));
  assert.equal((await admin.records.retrieve("Payment", draft.id, ["Status"])).Status, "Canceled");
});

test("settings", async () => {
  const { result, lost } = await lossy((client) => client.webstores.saveSettings("lost", { releaseOrder: "authorize-first" }));
  assert.deepEqual(result, lost);
});

test("what stays unanswered is an error that knows the key, and the key finds out", async () => {
  const payment = await sold();
  const owed = await invoice();
  const ended = new AbortController();
  const deaf = createAdmin({
    baseUrl: server.url,
    token: API_TOKEN,
    fetch: async (...request) => {
      await fetch(...request);
      ended.abort();
      throw new TypeError("connection reset");
    },
  });
  const input = { appliedToId: owed.id, amount: "30.00" };
  let key;
  await assert.rejects(deaf.payments.apply(payment, input, { signal: ended.signal }), (error) => {
    key = error.details.idempotencyKey;
    return error.code === "aborted" && typeof key === "string";
  });
  await admin.payments.apply(payment, input, { idempotencyKey: key });
  assert.equal(await netApplied(payment), "30.00");
});
