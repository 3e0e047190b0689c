// The back office's client over the real server: an invoice and its payment from the first day to the last, and what is read of them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createAdmin } from "checkout-payments/admin";
import { API_TOKEN, startServer, STORE } from "./support/server.mjs";

let server;
let admin;
before(async () => {
  server = await startServer({ env: { APPLICATION_LEVEL: "Invoice" } });
  admin = createAdmin({ baseUrl: server.url, token: API_TOKEN });
});
after(() => server.stop());

const paidBy = (gatewayToken) => ({ alternativePaymentMethod: { gatewayToken } });
const all = async (list) => {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
};

test("an invoice is sold for, settled, taken back in part, refunded, and read by a query", async () => {
  const draft = await admin.invoices.create({ billingAccountId: "life", currencyIsoCode: "USD", lines: [{ lineAmount: "100.00", taxAmount: "8.25", quantity: "2.50", unitPrice: "40.00" }] });
  assert.deepEqual([draft.status, draft.settlementStatus, draft.lines[0].quantity, draft.lines[0].balance], ["Draft", "Not Applicable", "2.50", "108.25"]);
  const posted = await admin.invoices.post(draft.id);
  assert.deepEqual([posted.status, posted.balance, posted.totalAmountWithTax, posted.shouldExcludePayment], ["Posted", "108.25", "108.25", false]);

  const sale = await admin.sell({ accountId: "life", amount: "108.25", currencyIsoCode: "USD", paymentMethod: paidBy("sim_ok") });
  assert.equal(sale.outcome, "succeeded");
  const paymentId = sale.payment.id;
  const first = await admin.payments.apply(paymentId, { appliedToId: draft.id, amount: "100.00", comments: "first" });
  const second = await admin.payments.apply(paymentId, { appliedToId: draft.id, amount: "8.25" });
  assert.match(first.appliedDate, /Z$/);
  const settled = await admin.invoices.read(draft.id);
  assert.deepEqual([settled.balance, settled.netPaymentsApplied, settled.settlementStatus, settled.fullSettlementDate], ["0.00", "108.25", "Settled", second.appliedDate]);

  const back = await admin.payments.unapply(paymentId, second.id);
  assert.match(back.unappliedDate, /Z$/);
  assert.equal((await admin.invoices.read(draft.id)).settlementStatus, "Partially Settled");
  const refund = await admin.refund(paymentId, { amount: "8.25" });
  const entered = await admin.refunds.apply(refund.refund.id, { appliedToId: paymentId, amount: "8.25" });
  assert.match(entered.id, /_/);

  const [row, ...more] = await all(admin.records.query(`SELECT Id, Amount, NetApplied, NetRefundApplied, Balance, PaymentGroup.Id FROM Payment WHERE Id = '${paymentId}'`));
  assert.equal(more.length, 0);
  assert.deepEqual([row.Id, row.Amount, row.NetApplied, row.NetRefundApplied, row.Balance], [paymentId, "108.25", "100.00", "8.25", "0.00"]);
  assert.equal(row.PaymentGroup.Id, sale.paymentGroup.id);
  assert.equal(row.attributes.type, "Payment");
});

test("an invoice that was a mistake: a draft is canceled, a posted one voided", async () => {
  const invoice = (status) => admin.invoices.create({ status, currencyIsoCode: "EUR", lines: [{ lineAmount: 1 }] });
  assert.equal((await admin.invoices.cancel((await invoice("Draft")).id)).status, "Canceled");
  assert.equal((await admin.invoices.void((await invoice("Posted")).id)).status, "Voided");
});

test("amounts of eighteen digits come exactly, from operations, invoices and queries", async () => {
  const most = "9999999999999999.99";
  const sale = await admin.sell({ accountId: "exact", amount: most, currencyIsoCode: "USD", paymentMethod: paidBy("sim_ok") });
  assert.equal(sale.payment.amount, most);
  const invoice = await admin.invoices.create({ currencyIsoCode: "USD", lines: [{ lineAmount: most }] });
  assert.deepEqual([invoice.balance, invoice.lines[0].lineAmount], [most, most]);
  const { Amount, ImpactAmount } = await admin.records.retrieve("Payment", sale.payment.id, ["Amount", "ImpactAmount"]);
  assert.deepEqual([Amount, ImpactAmount], [most, `-${most}`]);
  const whole = await admin.records.retrieve("Payment", sale.payment.id);
  assert.deepEqual([whole.Amount, whole.Status, whole.IsDeleted], [most, "Processed", false]);
});

test("a query gives all its pages, one after the other, or one at a time", async () => {
  const sale = { accountId: "pages", amount: 1, currencyIsoCode: "USD", paymentMethod: paidBy("sim_ok") };
  for (let made = 1; made <= 401; made += 50) await Promise.all(Array.from({ length: Math.min(50, 402 - made) }, () => admin.sell(sale)));
  const soql = "SELECT Id FROM Payment WHERE AccountId = 'pages' ORDER BY Id";
  const first = await admin.records.queryPage(soql, { batchSize: 200 });
  assert.deepEqual([first.totalSize, first.done, first.records.length], [401, false, 200]);
  const second = await admin.records.queryPage(first.nextRecordsUrl);
  const third = await admin.records.queryPage(second.nextRecordsUrl);
  assert.deepEqual([third.done, third.nextRecordsUrl, third.records.length], [true, undefined, 1]);
  const ids = (await all(admin.records.query(soql, { batchSize: 200 }))).map(({ Id }) => Id);
  assert.deepEqual(ids, [...first.records, ...second.records, ...third.records].map(({ Id }) => Id));
  assert.equal(new Set(ids).size, 401);
  const [{ total }] = await all(admin.records.query("SELECT COUNT(Id) total FROM Payment WHERE AccountId = 'pages'"));
  assert.equal(total, "401", "every number of a record is text");
  assert.equal((await admin.records.queryPage("SELECT COUNT() FROM Payment WHERE AccountId = 'pages'")).totalSize, 401);
  for await (const { Id } of admin.records.query(soql, { batchSize: 200 })) {
    assert.equal(Id, ids[0]);
    break; // no other page is asked for
  }
});

test("the objects are described", async () => {
  assert.ok((await admin.records.objects()).some(({ name, keyPrefix }) => name === "Refund" && keyPrefix === "ref"));
  const { name, fields } = await admin.records.describe("Payment");
  const amount = fields.find((field) => field.name === "Amount");
  assert.deepEqual([name, amount.type, amount.nillable, amount.calculated, amount.length], ["Payment", "currency", false, false, 0]);
});

test("what was paid outside is recorded by hand: drafted, changed, processed, applied; or given up", async () => {
  const cash = { Amount: "120.50", CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Draft", Type: "Sale" };
  const { id, success } = await admin.records.create("Payment", cash);
  assert.equal(success, true);
  assert.equal(await admin.records.update("Payment", id, { Amount: "120.00", Comments: "a cheque" }), undefined);
  await admin.records.update("Payment", id, { Status: "Processed" });
  const owed = await admin.invoices.create({ status: "Posted", currencyIsoCode: "USD", lines: [{ lineAmount: "120.00" }] });
  await admin.payments.apply(id, { appliedToId: owed.id, amount: "120.00" });
  const { Amount, Status, Comments, Balance } = await admin.records.retrieve("Payment", id);
  assert.deepEqual([Amount, Status, Comments, Balance], ["120.00", "Processed", "a cheque", "0.00"]);
  const draft = await admin.records.create("Payment", cash);
  await admin.records.cancel("Payment", draft.id);
  assert.equal((await admin.records.retrieve("Payment", draft.id, ["Status"])).Status, "Canceled");
});

test("methods are saved, listed in pages, changed, used, canceled and brought in", async () => {
  const card = (gatewayToken) => ({ cardPaymentMethod: { gatewayToken, accountId: "wallet", expiryMonth: 12, expiryYear: 2030 } });
  const ids = [];
  for (const token of ["tok_a", "tok_b", "tok_c"]) {
    const made = await admin.methods.tokenize(card(token));
    assert.deepEqual([made.outcome, made.paymentMethod.status], ["succeeded", "Active"]);
    ids.push(made.paymentMethod.id);
  }
  assert.equal((await admin.methods.tokenize(card("sim_tokenize-pending"))).outcome, "pending");
  const page = await admin.methods.listPage("wallet", { pageSize: 2 });
  assert.deepEqual([page.paymentMethods.map(({ id }) => id), page.nextPageToken], [ids.slice(0, 2), ids[1]]);
  assert.deepEqual((await admin.methods.listPage("wallet", { pageToken: page.nextPageToken })).paymentMethods.map(({ id }) => id), [ids[2]]);
  assert.deepEqual((await all(admin.methods.list("wallet", { pageSize: 1 }))).map(({ id }) => id), ids);
  const changed = await admin.methods.change(ids[0], { isDefault: true, nickName: "Mine" });
  assert.deepEqual([changed.isDefault, changed.nickName, changed.isExpired], [true, "Mine", false]);
  assert.deepEqual(await admin.methods.read(ids[0]), changed);
  const sale = await admin.sell({ accountId: "wallet", amount: "5.00", currencyIsoCode: "USD", paymentMethod: { id: ids[0] } });
  assert.deepEqual([sale.outcome, sale.paymentMethod.id], ["succeeded", ids[0]]);
  assert.equal((await admin.methods.cancel(ids[0])).status, "Canceled");

  const row = (checksum, more) => ({ checksum, paymentGatewayId: "simulator", referenceOwnerId: "moved", gatewayReference: "cus_1", gatewayToken: `tok_${checksum}`, type: "card", expiryMonth: 12, expiryYear: 2030, ...more });
  const { id, success } = await admin.methods.importOne(row("one"));
  assert.equal(success, true);
  const report = await admin.methods.import([row("one"), row("two"), row("three", { expiryMonth: 13 })]);
  const { created, updated, unchanged, failed, rows } = report;
  assert.deepEqual({ created, updated, unchanged, failed }, { created: 1, updated: 0, unchanged: 1, failed: 1 });
  assert.deepEqual([rows[0].id, rows[2].row, rows[2].errors[0].fields], [id, 3, ["expiryMonth"]]);
  const csv = "Checksum,PaymentGatewayId,ReferenceOwnerId,GatewayReference,GatewayToken,Type,ExpiryMonth,ExpiryYear\nfour,simulator,moved,cus_1,tok_four,card,12,2030\n";
  assert.equal((await admin.methods.importCsv(csv)).created, 1);
  assert.equal((await all(admin.methods.list("moved"))).length, 3);
});

test("a checkout's payments, their explanation, and what is unresolved in its store", async () => {
  const shopper = await server.shopper();
  const checkout = await shopper.checkout("129.90");
  assert.equal((await checkout.auth("sim_authorize-timeout_after")).status, 422);
  const { unresolved, operations, grandTotalAmount } = await admin.checkouts.payments(STORE, checkout.id);
  assert.deepEqual([unresolved[0].why, unresolved[0].amount, operations[0].status, grandTotalAmount], ["unknown", "129.90", "unresolved", "129.90"]);
  const { now, next } = await admin.checkouts.explain(STORE, checkout.id);
  assert.ok(now.length > 0 && next[0].text.length > 0);
  const list = await admin.webstores.unresolved(STORE, { limit: 1 });
  assert.deepEqual([list.groups[0].checkoutId, list.groups[0].unresolved[0].amount, list.more], [checkout.id, "129.90", false]);
  assert.equal((await checkout.auth("sim_ok")).status, 201);
  const payment = (await admin.checkouts.payments(STORE, checkout.id)).paymentAuthorizations.at(-1);
  assert.equal(payment.balance, "129.90");
});

test("a web store's settings", async () => {
  assert.deepEqual(await admin.webstores.settings("store-of-its-own"), { releaseOrder: "release-first" });
  assert.deepEqual(await admin.webstores.saveSettings("store-of-its-own", { releaseOrder: "authorize-first" }), { releaseOrder: "authorize-first" });
  assert.deepEqual(await admin.webstores.settings("store-of-its-own"), { releaseOrder: "authorize-first" });
});
