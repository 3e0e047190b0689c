// Records made by hand over HTTP, on the real server: who may, what the gateway's operations make of them, keys, many at once. (Every rule:
// records_by_hand.rs.)

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { records } from "./support/records.mjs";
import { startServer } from "./support/server.mjs";

const DATA = "/services/data/v67.0";
const SALE = { Amount: "100.00", CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Processed", Type: "Sale" };
const HOLD = { Amount: "100.00", CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Processed" };

let server;
let shopper;
before(async () => {
  server = await startServer({ env: { APPLICATION_LEVEL: "Invoice" } });
  shopper = await server.shopper();
});
after(() => server.stop());

const create = (object, fields, headers) => server.backOffice("POST", `${DATA}/sobjects/${object}`, fields, headers);
const update = (object, id, fields, headers) => server.backOffice("PATCH", `${DATA}/sobjects/${object}/${id}`, fields, headers);
const giveUp = (object, id) => server.backOffice("DELETE", `${DATA}/sobjects/${object}/${id}`);
const read = async (object, id) => (await server.backOffice("GET", `${DATA}/sobjects/${object}/${id}`)).body;
const codes = ({ status, body }) => [status, ...body.map(({ errorCode, fields = [] }) => [errorCode, ...fields].join(" "))];

async function made(object, fields) {
  const answer = await create(object, fields);
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual(answer.body, { id: answer.body.id, success: true, errors: [] });
  return answer.body.id;
}

test("only the back office writes, in versions there are, what is written", async () => {
  const id = await made("Payment", SALE);
  const requests = [
    ["POST", "/sobjects/Payment", SALE],
    ["PATCH", `/sobjects/Payment/${id}`, { Status: "Canceled" }],
    ["DELETE", `/sobjects/Payment/${id}`],
  ];
  const count = async () => (await records(server, "SELECT COUNT(Id) n FROM Payment"))[0].n;
  const there = await count();
  for (const [method, path, body] of requests) {
    assert.deepEqual(codes(await shopper.request(method, `${DATA}${path}`, body)), [403, "INSUFFICIENT_ACCESS"], method);
    assert.deepEqual(codes(await server.anonymous(method, `${DATA}${path}`, body)), [401, "INVALID_SESSION_ID"], method);
    assert.deepEqual(codes(await server.backOffice(method, `/services/data/v54.0${path}`, body)), [404, "NOT_FOUND"], method);
  }
  assert.deepEqual([await count(), (await read("Payment", id)).Status], [there, "Processed"]);
  for (const [method, path, expected] of [
    ["POST", "/sobjects/Account", [404, "NOT_FOUND"]],
    ["POST", "/sobjects/PaymentGatewayLog", [405, "METHOD_NOT_ALLOWED"]],
    ["PATCH", "/sobjects/PaymentGroup/pgrp_x", [405, "METHOD_NOT_ALLOWED"]],
    ["DELETE", "/sobjects/Invoice/inv_x", [405, "METHOD_NOT_ALLOWED"]],
    ["PATCH", "/sobjects/Payment/ref_x", [400, "MALFORMED_ID"]],
    ["PATCH", "/sobjects/Payment/pay_x", [404, "NOT_FOUND"]],
    ["DELETE", "/sobjects/Payment/pay_x", [404, "NOT_FOUND"]],
  ]) {
    assert.deepEqual(codes(await server.backOffice(method, `${DATA}${path}`, {})), expected, `${method} ${path}`);
  }
  assert.deepEqual(codes(await create("Payment", "<a/>", { "content-type": "text/xml" })), [415, "UNSUPPORTED_MEDIA_TYPE"]);
  assert.equal((await create("payment", { ...SALE, amount: undefined, Amount: undefined, aMOUNT: 3 })).status, 201, "names in any case");
  assert.equal((await server.backOffice("POST", "/services/data/v55.0/sobjects/Payment", SALE)).status, 201);
});

test("no gateway hears of it, and its operations are refused", async () => {
  const hold = await made("PaymentAuthorization", HOLD);
  const payment = await made("Payment", { ...SALE, PaymentAuthorizationId: hold, Type: "Capture", Amount: 60 });
  for (const [path, body] of [
    [`authorizations/${hold}/captures`, { amount: "1.00" }],
    [`authorizations/${hold}/reversals`, { amount: "1.00" }],
    [`payments/${payment}/refunds`, { amount: "1.00" }],
  ]) {
    const answer = await server.backOffice("POST", `${DATA}/commerce/payments/${path}`, body);
    assert.deepEqual(codes(answer), [422, "FIELD_INTEGRITY_EXCEPTION ProcessingMode"], path);
  }
  const { PaymentGroupId, Balance } = await read("PaymentAuthorization", hold);
  assert.equal(Balance, 40);
  assert.deepEqual((await server.backOffice("GET", `/simulator/books?groupId=${PaymentGroupId}`)).body.payments, []);
  assert.deepEqual(await records(server, `SELECT Id FROM PaymentGatewayLog WHERE ReferencedEntityId IN ('${hold}', '${payment}')`), []);
});

test("a group made by hand takes a sale through the gateway beside what happened outside", async () => {
  const group = await made("PaymentGroup", { CurrencyIsoCode: "EUR", SourceObjectId: "00003" });
  await made("Payment", { ...SALE, CurrencyIsoCode: undefined, PaymentGroupId: group });
  assert.deepEqual(codes(await create("Payment", { ...SALE, PaymentGroupId: group })), [422, "CURRENCY_MISMATCH CurrencyIsoCode"]);
  const sale = await server.backOffice("POST", `${DATA}/commerce/payments/sales`, { amount: "7.00", currencyIsoCode: "EUR", paymentGroupId: group, paymentMethod: { alternativePaymentMethod: { gatewayToken: "sim_ok" } } });
  assert.equal(sale.status, 201, sale.text);
  const found = await records(server, `SELECT ProcessingMode, Amount, PaymentGroup.SourceObjectId FROM Payment WHERE PaymentGroupId = '${group}' ORDER BY Amount`);
  assert.deepEqual(found.map(({ ProcessingMode, Amount, PaymentGroup }) => [ProcessingMode, Amount, PaymentGroup.SourceObjectId]), [["Salesforce", 7, "00003"], ["External", 100, "00003"]]);
  assert.deepEqual(codes(await update("Payment", sale.body.payment.id, { Status: "Canceled" })), [422, "FIELD_INTEGRITY_EXCEPTION Status"]);
});

test("a checkout's group takes no record made by hand, and its payment stays what it is", async () => {
  const checkout = await shopper.checkout("129.90");
  assert.equal((await checkout.auth()).status, 201);
  const { paymentGroup, paymentAuthorizations, livePayment } = await checkout.payments();
  const [{ id }] = paymentAuthorizations;
  assert.deepEqual(codes(await create("Payment", { ...SALE, PaymentGroupId: paymentGroup.id })), [422, "FIELD_INTEGRITY_EXCEPTION PaymentGroupId"]);
  assert.deepEqual(codes(await create("Payment", { ...SALE, PaymentAuthorizationId: id, Type: "Capture" })), [422, "FIELD_INTEGRITY_EXCEPTION PaymentGroupId"]);
  assert.deepEqual(codes(await update("PaymentAuthorization", id, { Amount: 1, Status: "Canceled" })), [422, "FIELD_INTEGRITY_EXCEPTION Amount Status"]);
  assert.deepEqual(codes(await giveUp("PaymentAuthorization", id)), [422, "INVALID_STATUS"]);
  assert.deepEqual((await checkout.payments()).livePayment, livePayment);
});

test("a payment method that is named must be there, and the account's", async () => {
  const method = (await create("SavedPaymentMethod", { checksum: "by-hand", paymentGatewayId: "simulator", referenceOwnerId: "001", gatewayReference: "cus_1", gatewayToken: "tok_1", type: "ideal" })).body.id;
  const id = await made("Payment", { ...SALE, Status: "Draft", AccountId: "001", PaymentMethodId: method });
  assert.equal((await read("Payment", id)).PaymentMethodId, method);
  assert.deepEqual(codes(await update("Payment", id, { AccountId: "002" })), [422, "FIELD_INTEGRITY_EXCEPTION PaymentMethodId"]);
  assert.equal((await update("Payment", id, { AccountId: "002", PaymentMethodId: null })).status, 204);
  assert.deepEqual(codes(await update("Payment", id, { PaymentMethodId: method })), [422, "FIELD_INTEGRITY_EXCEPTION PaymentMethodId"]);
  assert.deepEqual(codes(await update("Payment", id, { PaymentMethodId: "spm_nothing" })), [400, "INVALID_ID_FIELD PaymentMethodId"]);
});

test("one key makes one record, however often and however many at once", async () => {
  const headers = { "idempotency-key": "by-hand-1" };
  const answers = await Promise.all(Array.from({ length: 10 }, () => create("Payment", { ...SALE, Comments: "once" }, headers)));
  assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size, 1);
  assert.equal((await records(server, "SELECT Id, Comments FROM Payment")).filter(({ Comments }) => Comments === "once").length, 1);
  assert.deepEqual(codes(await create("Payment", SALE, headers)), [422, "IDEMPOTENCY_KEY_REUSED Comments"]);
});

test("ten refunds at once of one payment: as many as it has money for", async () => {
  const payment = await made("Payment", SALE);
  const refund = { Amount: "30.00", PaymentId: payment, ProcessingMode: "External", Status: "Processed", Type: "Referenced" };
  const answers = await Promise.all(Array.from({ length: 10 }, () => create("Refund", refund)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(3).fill(201), ...Array(7).fill(422)]);
  const [{ total }] = await records(server, `SELECT COUNT(Id) total FROM Refund WHERE PaymentId = '${payment}'`);
  assert.equal(total, 3);
});
