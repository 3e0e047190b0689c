// Queries beyond what a Durable Object's SQLite takes as they come: 100 values, an expression 100 deep, a pattern of 50 bytes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, records } from "../support/records.mjs";
import { startServer } from "../support/server.mjs";

process.env.TEST_SERVER = "workerd";

let server;
before(async () => {
  server = await startServer();
  const shopper = await server.shopper();
  for (const price of ["10.00", "20.00", "30.00"]) assert.equal((await (await shopper.checkout(price)).auth()).status, 201);
});
after(() => server.stop());

const amounts = async (where) => (await records(server, `SELECT Amount FROM PaymentAuthorization WHERE ${where} ORDER BY Amount`)).map(({ Amount }) => Amount);

test("as many conditions as a query may have", async () => {
  const others = Array.from({ length: 199 }, (_, at) => `Amount = ${1000 + at}`);
  assert.deepEqual(await amounts([...others, "Amount = 20"].join(" OR ")), [20]);
  assert.deepEqual(await amounts(others.map((condition) => condition.replace("=", "!=")).join(" AND ")), [10, 20, 30]);
  assert.deepEqual(await amounts(others.concat("Amount = 20", "Amount = 30").slice(2).join(" OR ")), [20, 30]);
});

test("as many values in a list as fit", async () => {
  assert.deepEqual(await amounts(`Amount IN (${Array.from({ length: 1_000 }, (_, at) => at + 20).join(", ")})`), [20, 30]);
});

test("as deep as conditions nest, and as many orders as a page may have", async () => {
  const nested = Array.from({ length: 45 }).reduce((inner, _, at) => (at % 2 === 0 ? `Amount = ${100 + at} OR (${inner})` : `Amount != ${100 + at} AND (${inner})`), "Amount = 20");
  assert.deepEqual(await amounts(nested), [20]);
  const orders = ["Amount", "Status", "CurrencyIsoCode", "CreatedDate", "Date", "EffectiveDate", "ProcessingMode", "GatewayRefNumber", "PaymentGroupId", "Id"].map((name) => `${name} DESC`);
  const rows = await records(server, `SELECT Amount FROM PaymentAuthorization ORDER BY ${orders.join(", ")}`);
  assert.deepEqual(rows.map(({ Amount }) => Amount), [30, 20, 10]);
});

test("what is too much here is refused, and says why", async () => {
  for (const [where, message] of [
    [`GatewayRefNumber LIKE '%${"a".repeat(60)}%'`, /50 bytes/],
    [Array.from({ length: 48 }).reduce((inner, _, at) => `Amount = 1 OR Amount = 2 OR Amount = ${at} OR (${inner})`, "Amount = 20"), /nest/],
  ]) {
    const { status, body } = await ask(server, `SELECT Id FROM PaymentAuthorization WHERE ${where}`);
    assert.deepEqual([status, body[0]?.errorCode], [400, "MALFORMED_QUERY"], JSON.stringify(body));
    assert.match(body[0].message, message);
  }
  assert.equal((await server.anonymous("GET", "/healthz")).body.status, "ok"); // a question is no outage
});
