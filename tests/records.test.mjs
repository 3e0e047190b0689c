// Reading the records: who may, what the properties of a field allow, that nothing of a query becomes SQL, and that amounts are
// compared to the last digit.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createPaymentsHandler } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { openDatabase, openSqliteStore } from "checkout-payments/stores/sqlite";
import { createWorld } from "./support/host-world.mjs";
import { ask, records } from "./support/records.mjs";
import { startServer, STORE } from "./support/server.mjs";

const ADDRESSES = ["", "/sobjects", "/sobjects/Payment", "/sobjects/Payment/describe", "/sobjects/Payment/pay_x", "/query?q=SELECT+Id+FROM+Payment", "/query/x-1"].map((path) => `/services/data/v67.0${path}`);

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

async function authorized(price, currency) {
  const checkout = await shopper.checkout(price, currency);
  const answer = await checkout.auth();
  assert.equal(answer.status, 201, `${price}: ${answer.text}`);
  return checkout;
}

const values = async (soql, name) => (await records(server, soql)).map((record) => record[name]);

test("only the back office reads, in versions there are", async () => {
  for (const address of ADDRESSES) {
    const [anonymous, shoppers] = [await server.anonymous("GET", address), await shopper.request("GET", address)];
    assert.deepEqual([anonymous.status, anonymous.body[0].errorCode], [401, "INVALID_SESSION_ID"], address);
    assert.deepEqual([shoppers.status, shoppers.body[0].errorCode], [403, "INSUFFICIENT_ACCESS"], address);
    for (const version of ["54.0", "68.0"]) {
      const other = await server.backOffice("GET", address.replace("67.0", version));
      assert.deepEqual([other.status, other.body[0].errorCode], [404, "NOT_FOUND"], `${version} ${address}`);
    }
    assert.equal((await server.backOffice("PUT", address)).status, 405);
  }
  assert.equal((await server.anonymous("GET", "/services/data")).body.length, 13, "the versions are no secret");
});

test("each field may be used as its properties say, and a refusal names it", async () => {
  const published = new Map(
    readFileSync(join(import.meta.dirname, "fixtures/payment-fields.txt"), "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.split(" | "))
      .map(([name, , properties]) => [name, properties.split(", ")]),
  );
  let tried = 0;
  for (const { name: object } of (await server.backOffice("GET", "/services/data/v67.0/sobjects")).body.sobjects) {
    const { fields } = (await server.backOffice("GET", `/services/data/v67.0/sobjects/${object}/describe`)).body;
    for (const { name, filterable, sortable, groupable } of fields) {
      const may = (property, described) => (object === "Payment" && published.has(name) ? published.get(name).includes(property) : described);
      const uses = [
        [`SELECT Id FROM ${object} WHERE ${name} = null`, may("Filter", filterable), "filtered"],
        [`SELECT Id FROM ${object} ORDER BY ${name} DESC NULLS LAST`, may("Sort", sortable), "sorted"],
        [`SELECT COUNT(Id), ${name} FROM ${object} GROUP BY ${name}`, may("Group", groupable), "grouped"],
        [`SELECT ${name.toUpperCase()} FROM ${object.toLowerCase()}`, true, ""],
      ];
      for (const [soql, allowed, verb] of uses) {
        const { status, body, text } = await ask(server, soql);
        tried += 1;
        if (allowed) assert.equal(status, 200, `${soql}: ${text}`);
        else assert.deepEqual([status, body], [400, [{ errorCode: "INVALID_FIELD", message: `field '${name}' can not be ${verb} in a query call` }]], soql);
      }
    }
  }
  assert.ok(tried > 900, `${tried}`);
});

test("amounts are compared and sorted to the last digit, and come as they are", async () => {
  // Of a host's own: the demo store's carts end at 15 digits.
  const prices = ["0.001", "0.010", "0.100", "2.000", "10.000", "123456789012345.677", "123456789012345.678", "123456789012345.679"];
  const process = async ({ amount, currencyIsoCode }) => ({ resultCode: "Success", gatewayReference: `ref-${amount}`, amount, currencyIsoCode });
  const store = await openSqliteStore({ path: ":memory:" });
  const world = createWorld({ process, store });
  for (const [at, amount] of prices.toReversed().entries()) {
    world.checkout = { ...world.checkout, id: `checkout-${at}`, amount, currencyIsoCode: "KWD", digest: `d${at}` };
    assert.equal((await world.pay()).status, 201);
  }
  const askWorld = (soql) => world.send("GET", `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, undefined, { authorization: "back" });
  const of = (where) => `SELECT Amount FROM PaymentAuthorization WHERE CurrencyIsoCode = 'KWD' ${where} ORDER BY Amount`;
  // From the text: a reader of JSON that knows only floats could not tell the last three apart.
  const written = async (soql) => [...(await askWorld(soql)).text.matchAll(/"Amount":([^,}]+)/g)].map(([, amount]) => amount);
  assert.deepEqual(await written(of("")), prices);
  assert.deepEqual(await written(`${of("")} DESC`), prices.toReversed());
  assert.deepEqual(await written(of("AND Amount = 123456789012345.678")), ["123456789012345.678"]);
  assert.deepEqual(await written(of("AND Amount > 123456789012345.677")), prices.slice(6));
  assert.deepEqual(await written(of("AND Amount >= 2 AND Amount < 10.0000001")), ["2.000", "10.000"]);
  assert.deepEqual(await written(of("AND Amount IN (0.1, 0.0010, 7)")), ["0.001", "0.100"]);
  assert.deepEqual(await written(of("AND Amount > -0.5 AND Amount != 10")), prices.filter((price) => price !== "10.000"));
  const extremes = await askWorld("SELECT MIN(Amount) least, MAX(Amount) most, COUNT(Id) n FROM PaymentAuthorization");
  assert.match(extremes.text, /"least":0\.001,"most":123456789012345\.679,"n":8\}/);
  assert.equal((await askWorld(of("AND Amount > 1234567890123456789"))).body[0].errorCode, "INVALID_FIELD");
  store.close();
});

test("numbers that are no money sort as numbers, and days as days", async () => {
  for (const [at, [quantity, dueDate]] of [["10", "2026-03-01"], ["9.5", "2026-02-01"], ["100.25", undefined]].entries()) {
    const answer = await server.backOffice("POST", "/commerce/invoicing/invoices", { currencyIsoCode: "HUF", invoiceDate: `2026-01-0${at + 1}`, ...(dueDate === undefined ? {} : { dueDate }), lines: [{ lineAmount: "1.00", quantity, unitPrice: "0.005" }] });
    assert.equal(answer.status, 201, answer.text);
  }
  const lines = await records(server, "SELECT Quantity, UnitPrice, Invoice.DueDate, Invoice.ShouldExcludePayment FROM InvoiceLine WHERE CurrencyIsoCode = 'HUF' AND Quantity > 9.5 ORDER BY Quantity");
  assert.deepEqual(lines.map(({ Quantity, UnitPrice, Invoice }) => [Quantity, UnitPrice, Invoice.DueDate, Invoice.ShouldExcludePayment]), [[10, 0.005, "2026-03-01", false], [100.25, 0.005, null, false]]);
  assert.equal((await ask(server, "SELECT COUNT() FROM Invoice WHERE CurrencyIsoCode = 'HUF' AND InvoiceDate > 2026-01-01 AND ShouldExcludePayment = false")).body.totalSize, 2);
});

test("a negative amount sorts before nothing", async () => {
  for (const price of ["5.00", "70.00", "6.00"]) {
    const checkout = await shopper.checkout(price, "SEK");
    await checkout.postAuth(await shopper.mint(price, "SEK", { captured: true }));
  }
  const of = (rest) => `SELECT ImpactAmount FROM Payment WHERE CurrencyIsoCode = 'SEK' ${rest}`;
  assert.deepEqual(await values(of("ORDER BY ImpactAmount"), "ImpactAmount"), [-70, -6, -5]);
  assert.deepEqual(await values(of("AND ImpactAmount < -5 ORDER BY ImpactAmount DESC"), "ImpactAmount"), [-6, -70]);
});

test("conditions: two-valued, case-blind, with parentheses", async () => {
  const checkouts = [];
  for (const price of ["1.00", "2.00", "3.00", "4.00"]) checkouts.push(await authorized(price, "NOK"));
  await checkouts[0].order();
  const of = async (where) => (await values(`SELECT Amount FROM PaymentAuthorization WHERE CurrencyIsoCode = 'nok' AND (${where}) ORDER BY Amount`, "Amount")).join(" ");
  assert.equal(await of("OrderPaymentSummaryId = null"), "2 3 4");
  assert.equal(await of("OrderPaymentSummaryId != null"), "1");
  assert.equal(await of("OrderPaymentSummaryId = ''"), "2 3 4");
  assert.equal(await of("NOT OrderPaymentSummaryId = 'ops_x'"), "1 2 3 4");
  assert.equal(await of("OrderPaymentSummaryId != 'ops_x'"), "1 2 3 4");
  assert.equal(await of("OrderPaymentSummaryId NOT IN ('ops_x')"), "1 2 3 4");
  assert.equal(await of("NOT OrderPaymentSummaryId IN ('ops_x', null)"), "1");
  assert.equal(await of("Status = 'processed' AND (Amount = 1 OR Amount = 3)"), "1 3");
  assert.equal(await of("NOT (Amount = 1 OR (NOT Amount < 4))"), "2 3");
  assert.equal(await of("(NOT Amount > 2) OR Amount = 4"), "1 2 4");
  assert.equal(await of("Status LIKE 'PRO%SED'"), "1 2 3 4");
  assert.equal(await of("Status LIKE 'Pro_essed'"), "1 2 3 4");
  assert.equal(await of("Status LIKE 'Pro\\\\_essed'"), "");
  assert.equal(await of("IsDeleted = false"), "1 2 3 4");
  assert.equal(await of("IsDeleted = true OR ProcessingMode = 'External'"), "");
  assert.equal(await of("PaymentGroup.SourceObjectId != null"), "1");
  assert.equal((await records(server, "SELECT Id FROM PaymentAuthorization WHERE CurrencyIsoCode = 'NOK' ORDER BY OrderPaymentSummaryId NULLS LAST, Amount DESC LIMIT 2 OFFSET 1")).length, 2);
  assert.deepEqual(await values("SELECT Amount FROM PaymentAuthorization WHERE CurrencyIsoCode = 'NOK' ORDER BY OrderPaymentSummaryId NULLS LAST, Amount DESC", "Amount"), [1, 4, 3, 2]);
  assert.deepEqual(await values("SELECT Amount FROM PaymentAuthorization WHERE CurrencyIsoCode = 'NOK' ORDER BY OrderPaymentSummaryId DESC, Amount", "Amount"), [2, 3, 4, 1]);
});

test("times, and days that are named", async () => {
  await authorized("9.00", "DKK");
  const [made] = await values("SELECT CreatedDate FROM PaymentAuthorization WHERE CurrencyIsoCode = 'DKK'", "CreatedDate");
  assert.match(made, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  const count = async (condition) => (await ask(server, `SELECT COUNT() FROM PaymentAuthorization WHERE CurrencyIsoCode = 'DKK' AND CreatedDate ${condition}`)).body.totalSize;
  const exactly = made.replace("+0000", "Z");
  const conditions = {
    [`= ${exactly}`]: 1, [`> ${exactly}`]: 0, [`>= ${exactly}`]: 1, [`!= ${exactly}`]: 0,
    "= TODAY": 1, "= YESTERDAY": 0, "< TODAY": 0, "<= TODAY": 1, "> YESTERDAY": 1, "!= TOMORROW": 1,
    "= LAST_N_DAYS:3": 1, "= NEXT_N_DAYS:3": 0, "= N_DAYS_AGO:1": 0, "= THIS_WEEK": 1, "= LAST_MONTH": 0, "= THIS_QUARTER": 1, "= THIS_YEAR": 1, "> LAST_N_YEARS:2": 1,
    "= 2020-01-01T00:00:00+01:00": 0,
  };
  for (const [condition, expected] of Object.entries(conditions)) assert.equal(await count(condition), expected, condition);
  for (const condition of ["= 2026-01-01", "= 'TODAY'", "= 5"]) {
    const { status, body } = await ask(server, `SELECT Id FROM Payment WHERE CreatedDate ${condition}`);
    assert.deepEqual([status, body[0].errorCode], [400, "INVALID_FIELD"], condition);
  }
});

test("nothing of a query becomes SQL", async () => {
  await authorized("3.33", "PLN");
  const all = (await ask(server, "SELECT COUNT() FROM PaymentAuthorization")).body.totalSize;
  assert.ok(all > 0);
  const texts = ["' OR '1'='1", "'; DROP TABLE records; --", "x' UNION SELECT value FROM groups --", "\\", "\\'", "%' OR 1=1 --", '"', "$.Id", "\u0000", "😀"];
  for (const text of texts) {
    const literal = `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
    for (const condition of [`Status = ${literal}`, `Status LIKE ${literal}`, `Status IN (${literal})`, `Id = ${literal}`, `PaymentGroupId > ${literal} AND Status = ${literal}`]) {
      const { status, body, text: answered } = await ask(server, `SELECT Id FROM PaymentAuthorization WHERE ${condition}`);
      assert.ok(status === 200 || status === 400, `${condition}: ${status} ${answered}`);
      if (status === 200) assert.equal(body.totalSize, 0, condition);
    }
  }
  const refused = [
    "SELECT Id FROM PaymentAuthorization WHERE Status = '' OR '1'='1'",
    "SELECT Id FROM PaymentAuthorization; DROP TABLE records",
    "SELECT Id FROM records",
    "SELECT value FROM Payment",
    "SELECT Id, (SELECT value FROM groups) FROM Payment",
    "SELECT Id FROM Payment WHERE Id = (SELECT Id FROM Refund)",
    "SELECT Id FROM Payment ORDER BY 1",
    "SELECT Id FROM Payment ORDER BY (SELECT 1)",
    "SELECT Id FROM Payment LIMIT 1 UNION SELECT 1",
    "SELECT Id -- x\nFROM Payment",
    "SELECT Id FROM Payment WHERE Id = \"x\"",
    "SELECT COUNT(*) FROM Payment",
  ];
  for (const soql of refused) {
    const { status, text } = await ask(server, soql);
    assert.equal(status, 400, `${soql}: ${text}`);
  }
  assert.equal((await server.backOffice("GET", `/services/data/v67.0/sobjects/Payment/${encodeURIComponent("pay_x' OR '1'='1")}`)).status, 404);
  assert.equal((await server.backOffice("GET", `/services/data/v67.0/sobjects/Payment/pay_x?fields=${encodeURIComponent("Id,(SELECT 1)")}`)).status, 400);
  assert.equal((await ask(server, "SELECT COUNT() FROM PaymentAuthorization")).body.totalSize, all);
});

test("what is not supported says so, what is too much too, and neither repeats a value", async () => {
  const secret = "4111111111111111";
  const cases = {
    "": "A query string has to be specified.",
    "SELECT Id FROM Payment WHERE Amount = 1 AND Amount = 2 OR Amount = 3": "AND and OR can't be mixed without parentheses.",
    "SELECT Id FROM Payment GROUP BY Status": "Field must be grouped or aggregated: Id",
    "SELECT SUM(Amount) FROM Payment": /SUM|COUNT/,
    "SELECT Status, COUNT(Id) FROM Payment GROUP BY Status HAVING COUNT(Id) > 1": "HAVING is not supported.",
    "SELECT Id FROM Payment FOR UPDATE": /FOR UPDATE/,
    "SELECT Id FROM Payment USING SCOPE mine": "USING SCOPE is not supported.",
    "SELECT Status, COUNT(Id) FROM Payment GROUP BY ROLLUP(Status)": /ROLLUP/,
    "SELECT Id, PaymentAuthorization.PaymentGroup.Id FROM Payment": /one level/,
    "SELECT FIELDS(ALL) FROM Payment": /LIMIT of at most 200/,
    [`SELECT Id FROM Payment WHERE Comments = '${secret}`]: "The query can't be read at Row:1:Column:41.",
    [`SELECT Id FROM Payment WHERE Amount ${secret}`]: "The query can't be read.",
    "SELECT Id FROM": "The query can't be read: it ends too early.",
    "SELECT Id FROM Payment LIMIT x": /unexpected token: 'x'/,
    [`SELECT Id FROM Payment WHERE ${Array.from({ length: 201 }, () => "Amount=1").join(" AND ")}`]: "A query has at most 200 conditions.",
    [`SELECT Id FROM Payment WHERE ${"(Amount=1 AND ".repeat(51)}Amount=1${")".repeat(51)}`]: "Conditions nest at most 50 deep.",
    [`SELECT Id FROM Payment WHERE Comments LIKE '${"%a".repeat(11)}'`]: /percent signs/,
  };
  for (const [soql, message] of Object.entries(cases)) {
    const { status, body } = await ask(server, soql);
    assert.deepEqual([status, body[0].errorCode], [400, "MALFORMED_QUERY"], soql);
    if (typeof message === "string") assert.equal(body[0].message, message);
    else assert.match(body[0].message, message);
    assert.ok(!body[0].message.includes(secret));
  }
  const { body } = await ask(server, `SELECT Id, a${secret} FROM Payment`);
  assert.deepEqual(body, [{ errorCode: "INVALID_FIELD", message: "No such column '…' on entity 'Payment'." }]);
});

test("pages of any order: each record once, in order, whatever the batch", async () => {
  const statuses = ["sim_ok", "sim_authorize-pending"];
  for (let batch = 0; batch < 42; batch++) {
    await Promise.all(Array.from({ length: 10 }, async (_, at) => (await shopper.checkout(`${(batch * 10 + at) % 7}.50`, "CZK")).auth(statuses[at % 2])));
  }
  for (const order of ["", " ORDER BY Amount DESC", " ORDER BY Status, Amount DESC NULLS LAST", " ORDER BY ExpirationDate NULLS LAST, Status DESC", " ORDER BY AccountId DESC"]) {
    const soql = `SELECT Id, Amount, Status FROM PaymentAuthorization WHERE CurrencyIsoCode = 'CZK'${order}`;
    const whole = (await ask(server, soql)).body;
    assert.deepEqual([whole.totalSize, whole.done], [420, true]);
    const paged = [];
    let page = (await ask(server, soql, { "sforce-query-options": "batchSize=1" })).body; // 200 is the least
    assert.deepEqual([page.records.length, page.totalSize], [200, 420]);
    for (;;) {
      paged.push(...page.records);
      if (page.done) break;
      page = (await server.backOffice("GET", page.nextRecordsUrl)).body;
    }
    assert.deepEqual(paged, whole.records, order);
  }
  const limited = (await ask(server, "SELECT Id FROM PaymentAuthorization WHERE CurrencyIsoCode = 'CZK' LIMIT 250", { "sforce-query-options": "batchSize=200" })).body;
  assert.deepEqual([limited.totalSize, limited.done], [250, false]);
  const rest = (await server.backOffice("GET", limited.nextRecordsUrl)).body;
  assert.deepEqual([rest.records.length, rest.done], [50, true]);
});

test("the gateway log says why a payment was refused, for whoever decides about another try", async () => {
  const checkout = await shopper.checkout("8.80", "SEK");
  for (const outcome of ["decline", "invalid", "timeout_after"]) await checkout.auth(`sim_authorize-${outcome}`);
  const logs = await records(server, "SELECT SfResultCode, RetryCategory, Response FROM PaymentGatewayLog WHERE CurrencyIsoCode = 'SEK' AND RetryCategory != NULL ORDER BY RetryCategory");
  assert.deepEqual(
    logs.map(({ SfResultCode, RetryCategory, Response }) => [SfResultCode, RetryCategory, JSON.parse(Response).retryDecision]),
    [["ValidationError", "PaymentInformation", "NonRetriable"], ["Decline", "PaymentProcessing", "Retriable"]],
  );
});

test("a file of schema 1 is opened, and its payments can be read", async () => {
  const older = await startServer();
  const buyer = await older.shopper();
  for (let each = 0; each < 3; each++) await (await buyer.checkout("12.00")).auth();
  const soql = "SELECT FIELDS(ALL) FROM PaymentAuthorization LIMIT 200";
  const before = await records(older, soql);
  const logs = await records(older, "SELECT FIELDS(ALL) FROM PaymentGatewayLog LIMIT 200");
  assert.equal(before.length, 3);
  await older.stop({ keep: true });
  const database = await openDatabase((await older.files()).store);
  database.exec("DROP TABLE records; DROP INDEX groups_unfilled; ALTER TABLE groups DROP COLUMN filled; DELETE FROM groups WHERE key = 'gateways'; UPDATE meta SET value = '1' WHERE name = 'schema_version'");
  database.close();
  const newer = await startServer({ dir: older.dir });
  assert.deepEqual(await records(newer, soql), before);
  assert.deepEqual(await records(newer, "SELECT FIELDS(ALL) FROM PaymentGatewayLog LIMIT 200"), logs);
  assert.deepEqual((await records(newer, "SELECT Id FROM PaymentGateway")).map(({ Id }) => Id), ["pgw_simulator"]);
  await newer.stop();
});

test("a file of schema 2 has its records filled in anew: also those that it did not have", async () => {
  const older = await startServer({ env: { APPLICATION_LEVEL: "Invoice" } });
  const post = async (path, body) => {
    const answer = await older.backOffice("POST", path, body);
    assert.ok(answer.status === 201, answer.text);
    return answer.body;
  };
  const payment = await post("/services/data/v67.0/sobjects/Payment", { Amount: "9.00", CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Processed", Type: "Sale" });
  const invoice = await post("/commerce/invoicing/invoices", { status: "Posted", currencyIsoCode: "USD", lines: [{ lineAmount: "7.00" }] });
  await post(`/commerce/billing/payments/${payment.id}/actions/apply`, { appliedToId: invoice.id, amount: "4.00" });
  await post("/services/data/v67.0/sobjects/SavedPaymentMethod", { checksum: "c1", paymentGatewayId: "simulator", referenceOwnerId: "001", gatewayReference: "cus_1", gatewayToken: "tok_1", type: "ideal" });
  const objects = ["Invoice", "InvoiceLine", "Payment", "PaymentLineInvoice", "SavedPaymentMethod"];
  const all = (of) => Promise.all(objects.map((object) => records(of, `SELECT FIELDS(ALL) FROM ${object} LIMIT 200`)));
  const before = await all(older);
  assert.deepEqual(before.map(({ length }) => length), [1, 1, 1, 1, 1]);
  await older.stop({ keep: true });
  const database = await openDatabase((await older.files()).store);
  database.exec("DELETE FROM records; UPDATE groups SET filled = 1; UPDATE meta SET value = '2' WHERE name = 'schema_version'");
  database.close();
  const newer = await startServer({ dir: older.dir });
  assert.deepEqual(await all(newer), before);
  await newer.stop();
});

test("a store that can't be queried: 501, and payments go on", async () => {
  const handler = createPaymentsHandler({
    store: createMemoryStore(),
    gateways: [{ provider: "none", capabilities: { keyWindowMs: 0, inquire: [] } }],
    checkouts: { find: async () => undefined, placed: async () => undefined },
    authenticate: () => ({ kind: "backOffice" }),
  });
  const get = (path) => handler(new Request(`http://localhost/services/data/v67.0${path}`));
  for (const path of ["/query?q=SELECT+Id+FROM+Payment", "/sobjects/Payment/pay_x"]) {
    const answer = await get(path);
    assert.equal(answer.status, 501, path);
    assert.equal((await answer.json())[0].errorCode, "FUNCTIONALITY_NOT_ENABLED");
  }
  assert.equal((await get("/sobjects/Payment/describe")).status, 200);
  assert.equal((await get(`/commerce/webstores/${STORE}/settings`)).status, 200);
});
