// An unmodified client of the platform's interface reads the records of payments that were made over HTTP.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import jsforce from "jsforce";
import { API_TOKEN, startServer } from "./support/server.mjs";

let server;
let shopper;
let connection;
let paid;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
  connection = new jsforce.Connection({ instanceUrl: server.url, accessToken: API_TOKEN, version: "67.0" });
  paid = await pay("129.90", "USD");
});
after(() => server.stop());

// A payment made outside and taken already, in the amount of the cart: a Payment of type Sale.
async function pay(price, currency) {
  const checkout = await shopper.checkout(price, currency);
  const answer = await checkout.postAuth(await shopper.mint(price, currency, { captured: true }));
  assert.equal(answer.status, 201, answer.text);
  const { payments } = await checkout.payments();
  return { checkout, id: payments[0].id };
}

test("versions and resources", async () => {
  const versions = await connection.request("/services/data");
  assert.deepEqual(versions.at(-1), { label: "67.0", url: "/services/data/v67.0", version: "67.0" });
  assert.deepEqual(await connection.request("/services/data/v67.0"), { query: "/services/data/v67.0/query", sobjects: "/services/data/v67.0/sobjects" });
});

test("describeGlobal, describe", async () => {
  const { sobjects } = await connection.describeGlobal();
  assert.deepEqual(
    sobjects.map(({ name }) => name),
    ["AlternativePaymentMethod", "CardPaymentMethod", "DigitalWallet", "Invoice", "InvoiceLine", "OrderPaymentSummary", "Payment", "PaymentAuthAdjustment", "PaymentAuthorization", "PaymentGateway", "PaymentGatewayLog", "PaymentGatewayProvider", "PaymentGroup", "PaymentLineInvoice", "PaymentLineInvoiceLine", "Refund", "RefundLinePayment", "SavedPaymentMethod"],
  );
  const may = Object.fromEntries(sobjects.map(({ name, createable, updateable, deletable }) => [name, [createable, updateable, deletable]]));
  assert.deepEqual([may.Payment, may.Refund, may.PaymentGroup, may.Invoice, may.PaymentGateway], [[true, true, true], [true, true, true], [true, false, false], [false, false, false], [false, false, false]]);
  const payment = await connection.sobject("Payment").describe();
  assert.equal(payment.label, "Payment");
  const field = (name) => payment.fields.find((each) => each.name === name);
  const of = (name, ...members) => members.map((member) => field(name)[member]);
  assert.deepEqual(of("Balance", "type", "calculated", "createable", "updateable", "nillable", "filterable", "sortable", "groupable"), ["currency", true, false, false, true, true, true, false]);
  assert.deepEqual(of("ClientContext", "type", "createable", "filterable", "sortable", "nillable"), ["textarea", false, false, false, true]);
  assert.deepEqual(of("PaymentNumber", "autoNumber", "nameField", "idLookup", "defaultedOnCreate"), [true, true, true, true]);
  assert.deepEqual(of("PaymentAuthorizationId", "referenceTo", "relationshipName"), [["PaymentAuthorization"], "PaymentAuthorization"]);
  assert.deepEqual(field("Status").picklistValues.map(({ value }) => value), ["Canceled", "Draft", "Failed", "Pending", "Processed"]);
  assert.ok(field("CurrencyIsoCode").picklistValues.some(({ value }) => value === "KWD"));
});

test("retrieve one record", async () => {
  const record = await connection.sobject("Payment").retrieve(paid.id);
  assert.deepEqual(record.attributes, { type: "Payment", url: `/services/data/v67.0/sobjects/Payment/${paid.id}` });
  const { Id, Amount, Balance, ImpactAmount, NetApplied, CurrencyIsoCode, Status, Type, ProcessingMode, SfResultCode, Comments, PaymentNumber } = record;
  assert.deepEqual(
    { Id, Amount, Balance, ImpactAmount, NetApplied, CurrencyIsoCode, Status, Type, ProcessingMode, SfResultCode, Comments },
    { Id: paid.id, Amount: 129.9, Balance: 129.9, ImpactAmount: -129.9, NetApplied: 0, CurrencyIsoCode: "USD", Status: "Processed", Type: "Sale", ProcessingMode: "Salesforce", SfResultCode: "Success", Comments: null },
  );
  assert.equal(PaymentNumber, `P-${paid.id.slice(4).toUpperCase()}`);
  const two = await connection.sobject("Payment").retrieve(paid.id, { fields: ["Amount", "Status"] });
  assert.deepEqual(Object.keys(two).sort(), ["Amount", "Status", "attributes"]);
});

test("query, find, and what a later payment did to an earlier one", async () => {
  const { checkout, id } = await pay("20.00", "EUR");
  assert.equal((await checkout.auth()).status, 201);
  const refunds = await connection.query(`SELECT Id, Amount, Type, Payment.Amount, Payment.Balance FROM Refund WHERE PaymentId = '${id}'`);
  assert.equal(refunds.totalSize, 1);
  assert.equal(refunds.done, true);
  const [{ Amount, Type, Payment }] = refunds.records;
  assert.deepEqual({ Amount, Type, of: Payment.Amount, left: Payment.Balance }, { Amount: 20, Type: "Referenced", of: 20, left: 20 });
  const found = await connection.sobject("Payment").find({ CurrencyIsoCode: "EUR", Amount: { $gte: 19.99 } }, ["Id", "Balance"]);
  assert.deepEqual(found.map((record) => [record.Id, record.Balance]), [[id, 20]]);
  const groups = await connection.query("SELECT CurrencyIsoCode, COUNT(Id) n FROM Payment GROUP BY CurrencyIsoCode ORDER BY CurrencyIsoCode");
  assert.deepEqual(groups.records.map((each) => each.CurrencyIsoCode), ["EUR", "USD"]);
  const logs = await connection.query(`SELECT InteractionType, InteractionStatus, IsNotification FROM PaymentGatewayLog WHERE PaymentGatewayId = 'pgw_simulator' AND InteractionType = 'ReferencedRefund'`);
  assert.deepEqual(logs.records.map((each) => [each.InteractionStatus, each.IsNotification]), [["Success", "No"]]);
});

test("what the payments API made, with what its requests said", async () => {
  const post = async (path, body) => {
    const answer = await server.backOffice("POST", `/services/data/v67.0/commerce/payments/${path}`, body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  };
  const account = "001000000000009AAA";
  const body = { accountId: account, amount: "5.125", currencyIsoCode: "KWD", comments: "by phone", email: "a@example.com", ipAddress: "192.0.2.7", effectiveDate: "2026-11-21T00:00:00Z", paymentMethod: { alternativePaymentMethod: { gatewayToken: "sim_ok" } } };
  const { paymentAuthorization, paymentGroup } = await post("authorizations", body);
  const { payment } = await post(`authorizations/${paymentAuthorization.id}/captures`, { amount: "3.000" });
  const { refund } = await post(`payments/${payment.id}/refunds`, { amount: "1.001" });
  const entered = await server.backOffice("POST", `/services/data/v67.0/commerce/billing/refunds/${refund.id}/actions/apply`, { appliedToId: payment.id, amount: "1.001" });
  assert.equal(entered.status, 201, entered.text);
  await post(`authorizations/${paymentAuthorization.id}/reversals`, { amount: "2" });
  const { records } = await connection.query(`SELECT PaymentNumber, Amount, Balance, TotalRefundApplied, AccountId, PaymentGroupId, PaymentAuthorization.PaymentAuthorizationNumber, PaymentAuthorization.Balance, PaymentAuthorization.TotalAuthReversalAmount, PaymentAuthorization.Comments, PaymentAuthorization.EffectiveDate FROM Payment WHERE AccountId = '${account}'`);
  const [{ PaymentAuthorization: hold, ...captured }] = records;
  assert.deepEqual([captured.PaymentNumber, captured.Amount, captured.Balance, captured.TotalRefundApplied, captured.PaymentGroupId], [payment.paymentNumber, 3, 1.999, 1.001, paymentGroup.id]);
  assert.deepEqual([hold.PaymentAuthorizationNumber, hold.Balance, hold.TotalAuthReversalAmount, hold.Comments, hold.EffectiveDate], [paymentAuthorization.paymentAuthorizationNumber, 0.125, 2, "by phone", "2026-11-21T00:00:00.000+0000"]);
  const found = await connection.query("SELECT Id FROM PaymentAuthorization WHERE Email LIKE '%@EXAMPLE.com' AND IpAddress = '192.0.2.7'");
  assert.deepEqual(found.records.map(({ Id }) => Id), [paymentAuthorization.id]);
});

test("a payment made outside: drafted, edited, posted, applied to an invoice, given back", async () => {
  const Payment = connection.sobject("Payment");
  const drafted = await Payment.create({ Amount: 100, CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Draft", Type: "Sale", Comments: "a cheque" });
  assert.deepEqual([drafted.success, drafted.errors], [true, []]);
  const { id } = drafted;
  assert.deepEqual(await Payment.update({ Id: id, Amount: "120.50", EffectiveDate: new Date("2026-01-02T03:04:05Z") }), { id, success: true, errors: [] });
  assert.equal((await Payment.update({ Id: id, Status: "Processed" })).success, true);
  const { Amount, Balance, ImpactAmount, Status, ProcessingMode, Comments, EffectiveDate, PaymentGatewayId, IsDeleted } = await Payment.retrieve(id);
  assert.deepEqual([Amount, Balance, ImpactAmount, Status, ProcessingMode, Comments, EffectiveDate, PaymentGatewayId, IsDeleted], [120.5, 120.5, -120.5, "Processed", "External", "a cheque", "2026-01-02T03:04:05.000+0000", null, false]);

  const invoice = (await server.backOffice("POST", "/commerce/invoicing/invoices", { status: "Posted", currencyIsoCode: "USD", lines: [{ lineAmount: "80.00", name: "Hat" }] })).body;
  const applied = await server.backOffice("POST", `/commerce/billing/payments/${id}/actions/apply`, { appliedToId: invoice.lines[0].id, amount: "80.00" });
  assert.equal(applied.status, 201, applied.text);
  const refund = await connection.sobject("Refund").create({ Amount: 40.5, PaymentId: id, ProcessingMode: "External", Status: "Processed", Type: "Referenced" });
  const entered = await server.backOffice("POST", `/commerce/billing/refunds/${refund.id}/actions/apply`, { appliedToId: id, amount: "40.50" });
  assert.equal(entered.status, 201, entered.text);
  const { records: lines } = await connection.query(`SELECT Amount, ImpactAmount, Payment.Balance, Payment.NetRefundApplied, InvoiceLine.Name, InvoiceLine.Balance FROM PaymentLineInvoiceLine WHERE PaymentId = '${id}'`);
  assert.deepEqual(lines.map((line) => [line.Amount, line.ImpactAmount, line.Payment.Balance, line.Payment.NetRefundApplied, line.InvoiceLine.Name, line.InvoiceLine.Balance]), [[80, -80, 0, 40.5, "Hat", 0]]);
  const { records: entries } = await connection.query(`SELECT Type, RefundBalance, Refund.Balance, Payment.PaymentNumber FROM RefundLinePayment WHERE RefundId = '${refund.id}'`);
  assert.deepEqual(entries.map((entry) => [entry.Type, entry.RefundBalance, entry.Refund.Balance, entry.Payment.PaymentNumber]), [["Applied", 0, 0, `P-${id.slice(4).toUpperCase()}`]]);
  const { records: owed } = await connection.query(`SELECT SettlementStatus FROM Invoice WHERE Id = '${invoice.id}'`);
  assert.equal(owed[0].SettlementStatus, "Settled");

  const mistake = await Payment.create({ Amount: 1, CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Draft", Type: "Sale" });
  assert.equal((await Payment.destroy(mistake.id)).success, true);
  assert.equal((await Payment.retrieve(mistake.id)).Status, "Canceled");
  const meets = (errorCode, act) => assert.rejects(act, (error) => assert.equal(error.errorCode, errorCode, `${error.errorCode}: ${error.message}`) ?? true);
  await meets("INVALID_STATUS", () => Payment.destroy(id));
  await meets("INVALID_STATUS", () => Payment.update({ Id: id, Amount: 1 }));
  await meets("FIELD_INTEGRITY_EXCEPTION", () => Payment.update({ Id: paid.id, Status: "Canceled" }));
  await meets("REQUIRED_FIELD_MISSING", () => Payment.create({ Amount: 1 }));
  await meets("METHOD_NOT_ALLOWED", () => connection.sobject("Invoice").create({ Status: "Draft" }));
});

test("saved payment methods", async () => {
  const made = await connection.sobject("SavedPaymentMethod").create({ checksum: "fp_jsforce", paymentGatewayId: "simulator", referenceOwnerId: "001000000000008AAA", gatewayReference: "cus_8", gatewayToken: "tok_secret_8", Type: "card", last4: "0042", expiryMonth: 9, expiryYear: 2031 });
  const record = await connection.sobject("SavedPaymentMethod").retrieve(made.id);
  assert.deepEqual([record.ReferenceOwnerId, record.Last4, record.ExpiryYear, record.IsDefault, record.Status], ["001000000000008AAA", "0042", 2031, false, "Active"]);
  assert.ok(!JSON.stringify(record).includes("tok_secret"));
  const found = await connection.query("SELECT Id, PaymentGateway.PaymentGatewayName FROM SavedPaymentMethod WHERE ExpiryYear > 2030 AND Type = 'card'");
  assert.deepEqual(found.records.map(({ Id, PaymentGateway }) => [Id, PaymentGateway.PaymentGatewayName]), [[made.id, "simulator"]]);
  const body = { paymentGatewayId: "simulator", cardPaymentMethod: { gatewayToken: "sim_ok", accountId: "001000000000008AAA", cardHolderName: "Jane Doe", cardLastFour: "0007", expiryMonth: 1, expiryYear: 30 } };
  const tokenized = await server.backOffice("POST", "/services/data/v67.0/commerce/payments/payment-methods", body);
  assert.equal(tokenized.status, 201, tokenized.text);
  const [card] = (await connection.query("SELECT CardHolderName, CardLastFour, ExpiryYear, AccountId, ProcessingMode FROM CardPaymentMethod")).records;
  assert.deepEqual([card.CardHolderName, card.CardLastFour, card.ExpiryYear, card.AccountId, card.ProcessingMode], ["Jane Doe", "0007", 2030, "001000000000008AAA", "Salesforce"]);
});

test("an order's summary", async () => {
  const checkout = await shopper.checkout("77.00");
  await checkout.auth();
  const { orderReferenceNumber } = (await checkout.order()).body;
  const { records } = await connection.query(`SELECT AuthorizationAmount, AvailableToCaptureAmount, CapturedAmount, FullName FROM OrderPaymentSummary WHERE OrderSummaryId = '${orderReferenceNumber}'`);
  const [{ AuthorizationAmount, AvailableToCaptureAmount, CapturedAmount, FullName }] = records;
  assert.deepEqual([AuthorizationAmount, AvailableToCaptureAmount, CapturedAmount, FullName], [77, 77, 0, "John Doe"]);
});

test("pages", async () => {
  for (let batch = 0; batch < 21; batch++) {
    await Promise.all(Array.from({ length: 10 }, async () => assert.equal((await (await shopper.checkout("1.00", "CHF")).auth()).status, 201)));
  }
  const soql = "SELECT Id FROM PaymentAuthorization WHERE CurrencyIsoCode = 'CHF'";
  const headers = { "Sforce-Query-Options": "batchSize=200" };
  const first = await connection.request({ method: "GET", url: `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, headers });
  assert.deepEqual([first.totalSize, first.done, first.records.length], [210, false, 200]);
  // What is made between two pages moves nothing from one to the other.
  await (await shopper.checkout("1.00", "CHF")).auth();
  const rest = await connection.queryMore(first.nextRecordsUrl);
  assert.deepEqual([rest.totalSize, rest.done, rest.records.length], [210, true, 11]);
  assert.equal(new Set([...first.records, ...rest.records].map(({ Id }) => Id)).size, 211);
  const again = await connection.queryMore(first.nextRecordsUrl);
  assert.deepEqual(again.records, rest.records, "the same locator gives the same page");
  const fetched = await connection.query(soql, { autoFetch: true, maxFetch: 5000, headers });
  assert.equal(fetched.records.length, 211);
});

test("errors have the platform's codes", async () => {
  const meets = (errorCode, act) => assert.rejects(act, (error) => assert.equal(error.errorCode, errorCode, `${error.errorCode}: ${error.message}`) ?? true);
  await meets("INVALID_FIELD", () => connection.query("SELECT Nothing FROM Payment"));
  await meets("INVALID_TYPE", () => connection.query("SELECT Id FROM Account"));
  await meets("MALFORMED_QUERY", () => connection.query("SELECT FROM Payment WHERE"));
  await meets("MALFORMED_QUERY", () => connection.query("SELECT Id FROM Payment WHERE Id IN (SELECT PaymentId FROM Refund)"));
  await meets("NUMBER_OUTSIDE_VALID_RANGE", () => connection.query("SELECT Id FROM Payment OFFSET 2001"));
  await meets("INVALID_QUERY_LOCATOR", () => connection.queryMore(`/services/data/v67.0/query/${"0".repeat(32)}-2000`));
  await meets("NOT_FOUND", () => connection.sobject("Payment").retrieve("pay_nothing"));
  await meets("MALFORMED_ID", () => connection.sobject("Payment").retrieve("ref_x"));
  await meets("NOT_FOUND", () => connection.sobject("Account").describe());
  const stranger = new jsforce.Connection({ instanceUrl: server.url, accessToken: "nobody", version: "67.0" });
  await meets("INVALID_SESSION_ID", () => stranger.query("SELECT Id FROM Payment"));
});
