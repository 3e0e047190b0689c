// What the store refuses the back office's client: each is thrown, with the rule and the members; and nobody else gets in.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createAdmin } from "checkout-payments/admin";
import { API_TOKEN, startServer, STORE } from "./support/server.mjs";

let server;
let admin;
let known;
before(async () => {
  server = await startServer({ env: { APPLICATION_LEVEL: "Invoice" } });
  admin = createAdmin({ baseUrl: server.url, token: API_TOKEN });
  const sale = await admin.sell({ accountId: "a", amount: "100.00", currencyIsoCode: "USD", paymentMethod: { alternativePaymentMethod: { gatewayToken: "sim_ok" } } });
  const { refund } = await admin.refund(sale.payment.id, { amount: "10.00" });
  const invoice = (more) => admin.invoices.create({ status: "Posted", currencyIsoCode: "USD", lines: [{ lineAmount: "80.00" }], ...more });
  const { paymentMethod } = await admin.methods.tokenize({ cardPaymentMethod: { gatewayToken: "tok", accountId: "a", expiryMonth: 12, expiryYear: 2030 } });
  const [draft, posted, euros, settled] = await Promise.all([invoice({ status: "Draft" }), invoice(), invoice({ currencyIsoCode: "EUR" }), invoice()]);
  const line = await admin.payments.apply(sale.payment.id, { appliedToId: settled.id, amount: 1 });
  known = { payment: sale.payment.id, refund: refund.id, draft: draft.id, posted: posted.id, euros: euros.id, settled: settled.id, line: line.id, method: paymentMethod.id };
});
after(() => server.stop());

const NOBODY = "0".repeat(26);
/** The calls: code of the error thrown, code of the rule, its members (`undefined` where none is named). */
const REFUSED = [
  ["payments.apply", () => admin.payments.apply(known.payment, { appliedToId: known.posted, amount: "80.01" }), "operation_refused", "AMOUNT_TOO_LARGE", ["amount"]],
  ["payments.apply", () => admin.payments.apply(known.payment, { appliedToId: known.posted, amount: 0 }), "operation_refused", "FIELD_INTEGRITY_EXCEPTION", ["amount"]],
  ["payments.apply", () => admin.payments.apply(known.payment, { appliedToId: known.euros, amount: 1 }), "operation_refused", "CURRENCY_MISMATCH", ["appliedToId"]],
  ["payments.apply", () => admin.payments.apply(known.payment, { appliedToId: known.draft, amount: 1 }), "operation_refused", "INVALID_STATUS", ["appliedToId"]],
  ["payments.apply", () => admin.payments.apply(known.payment, { appliedToId: known.payment, amount: 1 }), "request_invalid", "INVALID_ID_FIELD", ["appliedToId"]],
  ["payments.apply", () => admin.payments.apply(`pay_${NOBODY}`, { appliedToId: known.posted, amount: 1 }), "not_found", "NOT_FOUND"],
  ["payments.unapply", () => admin.payments.unapply(known.payment, `pli_${NOBODY}`), "not_found", "NOT_FOUND"],
  ["payments.unapply", () => admin.payments.unapply(known.payment, known.line, { effectiveDate: "soon" }), "operation_refused", "FIELD_INTEGRITY_EXCEPTION", ["effectiveDate"]],
  ["refunds.apply", () => admin.refunds.apply(known.refund, { appliedToId: known.payment, amount: "10.01" }), "operation_refused", "AMOUNT_TOO_LARGE", ["amount"]],
  ["refunds.apply", () => admin.refunds.apply(known.refund, { appliedToId: known.posted, amount: 1 }), "request_invalid", "INVALID_ID_FIELD", ["appliedToId"]],
  ["invoices.create", () => admin.invoices.create({ currencyIsoCode: "USD", lines: [] }), "operation_refused", "FIELD_INTEGRITY_EXCEPTION", ["lines"]],
  ["invoices.create", () => admin.invoices.create({ currencyIsoCode: "USD", lines: [{ lineAmount: 1 }], color: "red" }), "request_invalid", "INVALID_API_INPUT", ["color"]],
  ["invoices.read", () => admin.invoices.read(`inv_${NOBODY}`), "not_found", "NOT_FOUND"],
  ["invoices.post", () => admin.invoices.post(known.posted), "operation_refused", "INVALID_STATUS"],
  ["invoices.void", () => admin.invoices.void(known.settled), "operation_refused", "INVALID_STATUS"],
  ["invoices.cancel", () => admin.invoices.cancel(known.posted), "operation_refused", "INVALID_STATUS"],
  ["methods.tokenize", () => admin.methods.tokenize({}), "request_invalid", "INVALID_API_INPUT", ["cardPaymentMethod"]],
  ["methods.listPage", () => admin.methods.listPage("a", { pageSize: 201 }), "request_invalid", "INVALID_API_INPUT", ["pageSize"]],
  ["methods.list", () => admin.methods.list("a", { pageSize: 0 }).next(), "request_invalid", "INVALID_API_INPUT", ["pageSize"]],
  ["methods.read", () => admin.methods.read(`spm_${NOBODY}`), "not_found", "NOT_FOUND"],
  ["methods.change", () => admin.methods.change(known.method, { expiryMonth: 13, expiryYear: 2030 }), "request_invalid", "INVALID_API_INPUT", ["expiryMonth"]],
  ["methods.cancel", () => admin.methods.cancel(`spm_${NOBODY}`), "not_found", "NOT_FOUND"],
  ["methods.importOne", () => admin.methods.importOne({ checksum: "c", paymentGatewayId: "elsewhere", referenceOwnerId: "a", gatewayReference: "r", type: "ideal", gatewayToken: "t" }), "request_invalid", "INVALID_ID_FIELD", ["paymentGatewayId"]],
  ["methods.import", () => admin.methods.import([]), "request_invalid", "INVALID_API_INPUT", ["records"]],
  ["methods.importCsv", () => admin.methods.importCsv('a,"b\n'), "request_invalid", "INVALID_API_INPUT"],
  ["records.describe", () => admin.records.describe("Nothing"), "not_found", "NOT_FOUND"],
  ["records.retrieve", () => admin.records.retrieve("Payment", known.payment, ["Nothing"]), "request_invalid", "INVALID_FIELD"],
  ["records.retrieve", () => admin.records.retrieve("Payment", `pay_${NOBODY}`), "not_found", "NOT_FOUND"],
  ["records.query", () => admin.records.query("SELECT Nothing FROM Payment").next(), "request_invalid", "INVALID_FIELD"],
  ["records.queryPage", () => admin.records.queryPage("DELETE FROM Payment"), "request_invalid", "MALFORMED_QUERY"],
  ["records.queryPage", () => admin.records.queryPage("/services/data/v67.0/query/none-2000"), "request_invalid", "INVALID_QUERY_LOCATOR"],
  ["records.create", () => admin.records.create("Payment", { Amount: "1.00", CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Pending", Type: "Sale" }), "operation_refused", "INVALID_STATUS", ["Status"]],
  ["records.create", () => admin.records.create("Invoice", {}), "request_invalid", "METHOD_NOT_ALLOWED"],
  ["records.update", () => admin.records.update("Payment", known.payment, { Comments: "x" }), "operation_refused", "FIELD_INTEGRITY_EXCEPTION", ["Comments"]],
  ["records.cancel", () => admin.records.cancel("Payment", known.payment), "operation_refused", "INVALID_STATUS"],
  ["checkouts.payments", () => admin.checkouts.payments(STORE, "nobody"), "checkout_not_found", "CHECKOUT_NOT_FOUND"],
  ["checkouts.explain", () => admin.checkouts.explain(STORE, "nobody"), "checkout_not_found", "CHECKOUT_NOT_FOUND"],
  ["webstores.unresolved", () => admin.webstores.unresolved(STORE, { limit: 1001 }), "request_invalid", "INVALID_API_INPUT"],
  ["webstores.saveSettings", () => admin.webstores.saveSettings(STORE, { releaseOrder: "never" }), "request_invalid", "INVALID_API_INPUT"],
];

test("each refusal is thrown, with its rule and its members, and changes nothing", async () => {
  const state = async () => [await admin.invoices.read(known.posted), await admin.invoices.read(known.settled), await admin.methods.listPage("a"), await admin.records.retrieve("Payment", known.payment), await admin.webstores.settings(STORE)];
  const before = await state();
  for (const [name, call, code, rule, members] of REFUSED) {
    await assert.rejects(call, (error) => {
      const [first] = error.details?.errors ?? [];
      assert.deepEqual([error.name, error.code, first?.errorCode, first?.fields], ["PaymentsError", code, rule, members], `${name}: ${error.message}`);
      assert.equal(error.message, first.message);
      return true;
    });
  }
  assert.deepEqual(await state(), before);
});

test("an id that is none is told before anything is sent", async () => {
  const silent = createAdmin({ baseUrl: server.url, token: API_TOKEN, fetch: () => assert.fail("something was sent") });
  for (const [call, path] of [
    [() => silent.payments.apply("", { appliedToId: "x", amount: 1 }), "paymentId"],
    [() => silent.payments.unapply("x", undefined), "lineId"],
    [() => silent.refunds.apply("", { appliedToId: "x", amount: 1 }), "refundId"],
    [() => silent.invoices.read(""), "invoiceId"],
    [async () => silent.invoices.post(""), "invoiceId"],
    [() => silent.methods.listPage(""), "accountId"],
    [() => silent.methods.change("", {}), "methodId"],
    [() => silent.records.retrieve("Payment", ""), "id"],
    [() => silent.checkouts.payments(STORE, ""), "checkoutId"],
    [() => silent.webstores.settings(""), "webstoreId"],
  ]) {
    await assert.rejects(call, { code: "argument_invalid", path });
  }
});

test("a shopper's token is forbidden every call, and a wrong one is unauthorized", async () => {
  const { token } = await server.shopper();
  // Of checkouts a shopper reads his own; of others he is told that there is none.
  const expected = ([name]) => (name.startsWith("checkouts.") ? "checkout_not_found" : "forbidden");
  const office = admin;
  try {
    for (const each of REFUSED) {
      admin = createAdmin({ baseUrl: server.url, token });
      await assert.rejects(each[1], { code: expected(each) }, each[0]);
      admin = createAdmin({ baseUrl: server.url, token: "wrong" });
      await assert.rejects(each[1], { code: "unauthorized" }, each[0]);
    }
    const shopper = createAdmin({ baseUrl: server.url, token });
    await assert.rejects(() => shopper.records.objects(), { code: "forbidden" });
    await assert.rejects(() => shopper.webstores.settings(STORE), { code: "forbidden" });
  } finally {
    admin = office;
  }
});
