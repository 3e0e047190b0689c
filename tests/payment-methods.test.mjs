// Saved payment methods on the real server: tokenized, saved with a payment, used, changed, imported over HTTP; raced; and no token in any answer
// or line of the log.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { createWorld, success } from "./support/host-world.mjs";
import { startServer } from "./support/server.mjs";

let server;
const answers = [];
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const METHODS = "/services/data/v67.0/commerce/payments/payment-methods";
const SALES = "/services/data/v67.0/commerce/payments/sales";

async function ask(method, path, body, headers) {
  const answer = await server.backOffice(method, path, body, headers);
  answers.push(answer.text);
  return answer;
}

const card = (gatewayToken, accountId, more) => ({ cardPaymentMethod: { gatewayToken, accountId, cardLastFour: "4242", expiryMonth: 12, expiryYear: 2030, ...more } });
const sale = (accountId, paymentMethod, more) => ({ accountId, amount: 10, currencyIsoCode: "USD", paymentMethod, ...more });
const list = async (accountId, query = "") => (await ask("GET", `${METHODS}?accountId=${accountId}${query}`)).body.paymentMethods;
const row = (more) => ({ checksum: "fp", paymentGatewayId: "simulator", referenceOwnerId: "import-1", gatewayReference: "cus", gatewayToken: "sim_ok", type: "card", expiryMonth: 12, expiryYear: 2030, ...more });

async function tokenized(accountId, token = "sim_ok", more) {
  const answer = await ask("POST", METHODS, card(token, accountId, more));
  assert.equal(answer.status, 201, answer.text);
  return answer.body.paymentMethod.id;
}

test("a tokenization, as the reference describes its answer", async () => {
  const { status, body } = await ask("POST", METHODS, card("sim_ok", "acc-1", { nickName: "Mine" }), { "idempotency-key": "tokenize-1" });
  assert.equal(status, 201);
  assert.deepEqual(Object.keys(body).sort(), ["gatewayResponse", "paymentMethod"]);
  const { id, ...rest } = body.paymentMethod;
  assert.match(id, /^spm_[0-9a-z]{26}$/);
  assert.deepEqual(rest, { accountId: "acc-1", status: "Active" });
  assert.equal(body.gatewayResponse.salesforceResultCode, "Success");
  const again = await ask("POST", METHODS, card("sim_ok", "acc-1", { nickName: "Mine" }), { "idempotency-key": "tokenize-1" });
  assert.deepEqual(again.body, body);
  const other = await ask("POST", METHODS, card("sim_ok", "acc-1"), { "idempotency-key": "tokenize-1" });
  assert.equal(other.body[0].errorCode, "IDEMPOTENCY_KEY_REUSED");
  const [shown] = await list("acc-1");
  assert.deepEqual([shown.object, shown.nickName, shown.details.CardLastFour, shown.isDefault, shown.isExpired], ["CardPaymentMethod", "Mine", "4242", false, false]);
  assert.deepEqual((await ask("GET", `${METHODS}/${id}`)).body, shown);
});

test("what a method's token says happens to the payments made with it", async () => {
  const id = await tokenized("acc-2", "sim_sale-decline");
  const declined = await ask("POST", SALES, sale("acc-2", { id }));
  assert.deepEqual([declined.status, declined.body.error.errorCode], [422, "PAYMENT_DECLINED"]);
  const held = await ask("POST", SALES.replace("sales", "authorizations"), sale("acc-2", { id }));
  assert.deepEqual([held.status, held.body.paymentMethod.id], [201, id]);
});

test("an unknown tokenization is resolved by its repeat, and one that is pending by recovery", async () => {
  const lost = await ask("POST", METHODS, card("sim_tokenize-timeout_after", "acc-3"), { "idempotency-key": "lost" });
  assert.equal(lost.body.error.errorCode, "PAYMENT_INDETERMINATE");
  const found = await ask("POST", METHODS, card("sim_tokenize-timeout_after", "acc-3"), { "idempotency-key": "lost" });
  assert.equal(found.status, 201, found.text);
  assert.equal((await ask("POST", METHODS, card("sim_tokenize-pending", "acc-3"))).status, 202);
  await server.backOffice("POST", "/demo/recover");
  assert.equal((await list("acc-3")).length, 2);
});

test("changed, made the default, canceled; by the reference's address too", async () => {
  const [a, b] = [await tokenized("acc-4", "tok_a"), await tokenized("acc-4", "tok_b")];
  assert.equal((await ask("PATCH", `${METHODS}/${a}`, { isDefault: true, expiryMonth: 1, expiryYear: 2031 })).body.expiryYear, 2031);
  assert.equal((await ask("PATCH", `/payments/merchant-accounts/simulator/saved-payment-methods/${b}`, { isDefault: true })).status, 200);
  assert.deepEqual((await list("acc-4")).map(({ isDefault }) => isDefault), [false, true]);
  const canceled = await ask("DELETE", `${METHODS}/${b}`);
  assert.deepEqual([canceled.status, canceled.body.status, canceled.body.isDefault], [200, "Canceled", false]);
  assert.equal((await ask("DELETE", `${METHODS}/${b}`)).status, 200);
  assert.equal((await ask("PATCH", `${METHODS}/${b}`, { status: "Active" })).body[0].errorCode, "INVALID_STATUS");
  assert.equal((await ask("POST", SALES, sale("acc-4", { id: b }))).body[0].errorCode, "INVALID_STATUS");
  assert.equal((await ask("GET", `/payments/merchant-accounts/elsewhere/saved-payment-methods/${a}`)).status, 404);
  const page = await ask("GET", `/payments/merchant-accounts/simulator/saved-payment-methods?accountId=acc-4&pageSize=1`);
  assert.deepEqual([page.body.paymentMethods.length, page.body.nextPageToken], [1, a]);
});

test("what is asked for wrongly", async () => {
  for (const [method, path, body, status, code] of [
    ["GET", METHODS, undefined, 400, "INVALID_API_INPUT"],
    ["GET", `${METHODS}?accountId=a&pageSize=0`, undefined, 400, "INVALID_API_INPUT"],
    ["GET", `${METHODS}?accountId=a&pageToken=spm_none`, undefined, 400, "INVALID_API_INPUT"],
    ["GET", `${METHODS}/spm_none`, undefined, 404, "NOT_FOUND"],
    ["DELETE", `${METHODS}/pay_none`, undefined, 404, "NOT_FOUND"],
    ["PATCH", `${METHODS}/spm_none`, {}, 404, "NOT_FOUND"],
    ["PATCH", `${METHODS}/spm_none`, "{", 400, "JSON_PARSER_ERROR"],
    ["PUT", `${METHODS}/spm_none`, {}, 405, "METHOD_NOT_ALLOWED"],
    ["POST", `${METHODS}/actions/import`, [], 400, "INVALID_API_INPUT"],
    ["POST", `${METHODS}/actions/import`, "x".repeat(1024 * 1024 + 1), 400, "INVALID_API_INPUT"],
    ["POST", SALES, sale("a", { id: "spm_none" }), 400, "INVALID_ID_FIELD"],
  ]) {
    const answer = await ask(method, path, body);
    assert.deepEqual([answer.status, answer.body[0].errorCode], [status, code], `${method} ${path}: ${answer.text}`);
  }
  const xml = await ask("PATCH", `${METHODS}/spm_none`, "<a/>", { "content-type": "application/xml" });
  assert.equal(xml.status, 415);
});

test("a payment saves its method once, however often and from how many sides at once", async () => {
  const method = { cardPaymentMethod: { gatewayToken: "tok_race", expiryMonth: 12, expiryYear: 2030 }, saveForFuture: true };
  const settled = await Promise.all([
    ...Array.from({ length: 12 }, () => ask("POST", SALES, sale("acc-race", method))),
    ...Array.from({ length: 6 }, () => ask("POST", METHODS, card("tok_race", "acc-race"))),
  ]);
  // Two tokenizations of one account at once: one of them has to come again.
  assert.deepEqual([...new Set(settled.map(({ status }) => status))].filter((status) => status !== 409), [201]);
  const saved = await list("acc-race");
  assert.equal(saved.length, 1, JSON.stringify(saved));
  for (const { status, body } of settled) if (status === 201) assert.equal(body.paymentMethod.id, saved[0].id);
  const reports = await Promise.all(Array.from({ length: 6 }, () => ask("POST", `${METHODS}/actions/import`, [row({ referenceOwnerId: "acc-race-2" })])));
  assert.equal(reports.reduce((sum, { body }) => sum + body.created, 0), 1);
  assert.equal((await list("acc-race-2")).length, 1);
  const defaults = await Promise.all(Array.from({ length: 8 }, (_, at) => ask("POST", "/sobjects/SavedPaymentMethod", row({ referenceOwnerId: "acc-race-3", checksum: `c${at}`, gatewayToken: `tok_${at}`, isDefault: true }))));
  assert.ok(defaults.every(({ status }) => status === 201));
  assert.equal((await list("acc-race-3")).filter(({ isDefault }) => isDefault).length, 1);
});

test("single records and bulk imports, JSON and CSV; usable at once; the same again changes nothing", async () => {
  const one = await ask("POST", "/services/data/v66.0/sobjects/SavedPaymentMethod", row());
  assert.deepEqual([one.status, one.body.success, one.body.errors], [201, true, []]);
  assert.deepEqual([(await ask("POST", "/sobjects/SavedPaymentMethod", row())).status], [200]);
  const wrong = await ask("POST", "/sobjects/SavedPaymentMethod", row({ type: "card", expiryMonth: 13 }));
  assert.deepEqual([wrong.status, wrong.body[0].errorCode, wrong.body[0].fields], [400, "INVALID_API_INPUT", ["expiryMonth"]]);
  assert.equal((await ask("POST", SALES, sale("import-1", { id: one.body.id }))).status, 201);

  const csv = [
    "\ufeffChecksum,PaymentGatewayId,ReferenceOwnerId,GatewayReference,GatewayToken,Type,ExpiryMonth,ExpiryYear,Last4,Name,IsDefault",
    'fp_1,simulator,import-2,cus_1,sim_ok,card,01,30,0042,"Doe, ""Jo""",true',
    "fp_2,simulator,import-2,cus_1,tok_2,card,,,4242,,",
    "fp_3,simulator,import-2,cus_1,tok_3,sepa_debit,,,,,",
    "fp_1,simulator,import-2,cus_1,tok_4,sepa_debit,,,,,",
    "",
  ].join("\r\n");
  const report = await ask("POST", `${METHODS}/actions/import`, csv, { "content-type": "text/csv; charset=utf-8" });
  assert.equal(report.status, 200, report.text);
  assert.deepEqual(report.body.rows.map(({ row: number, status, errors }) => [number, status, errors?.[0].errorCode, errors?.[0].fields?.[0]]), [
    [1, "created", undefined, undefined],
    [2, "failed", "INVALID_API_INPUT", "expiryMonth"],
    [3, "created", undefined, undefined],
    [4, "failed", "DUPLICATE_VALUE", "checksum"],
  ]);
  const [first] = await list("import-2");
  assert.deepEqual([first.details.Last4, first.details.Name, first.expiryYear, first.isDefault], ["0042", 'Doe, "Jo"', 2030, true]);
  assert.equal((await ask("POST", SALES, sale("import-2", { id: first.id }))).status, 201);
  const again = await ask("POST", `${METHODS}/actions/import`, csv, { "content-type": "text/csv" });
  assert.deepEqual([again.body.created, again.body.updated, again.body.unchanged, again.body.failed], [0, 0, 2, 2]);
  for (const broken of ['a,b\n"open', "a,b\n1,2,3", "a,a\n1,2", new Uint8Array([0x61, 0xff])]) {
    const answer = await ask("POST", `${METHODS}/actions/import`, broken, { "content-type": "text/csv" });
    assert.deepEqual([answer.status, answer.body[0].errorCode], [400, "INVALID_API_INPUT"], String(broken));
  }
});

test("a shopper's session does not reach the back office's methods, nor anybody without one", async () => {
  const id = await tokenized("acc-5");
  const shopper = await server.shopper();
  for (const [method, path, body] of [
    ["POST", METHODS, card("sim_ok", "acc-5")],
    ["GET", `${METHODS}?accountId=acc-5`],
    ["GET", `${METHODS}/${id}`],
    ["PATCH", `${METHODS}/${id}`, { isDefault: true }],
    ["DELETE", `${METHODS}/${id}`],
    ["POST", `${METHODS}/actions/import`, [row()]],
    ["POST", "/sobjects/SavedPaymentMethod", row()],
    ["GET", "/payments/merchant-accounts/simulator/saved-payment-methods?accountId=acc-5"],
    ["DELETE", `/payments/merchant-accounts/simulator/saved-payment-methods/${id}`],
  ]) {
    assert.equal((await shopper.request(method, path, body)).status, 403, `${method} ${path}`);
    assert.equal((await server.anonymous(method, path, body)).status, 401, `${method} ${path}`);
  }
  // The demo store's shoppers have no accounts: a method's id is nothing to them.
  const paid = await (await shopper.checkout()).auth(id);
  assert.deepEqual([paid.status, paid.body.errors[0].invalidParameters[0].name], [422, "paymentToken"]);
  assert.deepEqual((await list("acc-5")).map(({ status }) => status), ["Active"]);
});

test("a shopper pays with a method of the account's own, and of no other", async () => {
  const sent = [];
  const world = createWorld({ process: async (call) => {
    sent.push(call);
    return call.operation === "tokenize" ? { resultCode: "Success", gatewayToken: "lasting_own", checksum: "fp", customerReference: "cus_9" } : { ...success(), amount: call.amount };
  } });
  const made = await world.send("POST", "/commerce/payments/payment-methods", card("tok", "001"), { authorization: "back" });
  assert.equal(made.status, 201, made.text);
  const { id } = made.body.paymentMethod;
  for (const accountId of [undefined, "002"]) {
    world.checkout = { ...world.checkout, ...(accountId === undefined ? {} : { accountId }) };
    assert.equal((await world.pay(id)).body.salesforceResultCode, "ValidationError");
  }
  world.checkout = { ...world.checkout, accountId: "001" };
  assert.equal((await world.pay(id)).status, 201);
  const { paymentToken, details, extras } = sent.at(-1);
  assert.deepEqual([sent.length, paymentToken, details.PaymentMethodId, extras.customerReference], [2, "lasting_own", id, "cus_9"]);
});

test("a process that dies between the payment and its method: recovery saves it, once", async () => {
  const memory = createMemoryStore();
  let refuses = true;
  const store = { ...memory, commit: async (writes) => {
    if (refuses && writes.length > 1) throw new Error("the process died");
    return memory.commit(writes);
  } };
  const world = createWorld({ store, process: async () => ({ ...success(), amount: "10.00", gatewayToken: "lasting_x", checksum: "fp" }) });
  const pay = () => world.send("POST", "/commerce/payments/sales", sale("001", { cardPaymentMethod: { gatewayToken: "tok" }, saveForFuture: true }), { authorization: "back", "idempotency-key": "k" });
  const saved = async () => (await world.send("GET", "/commerce/payments/payment-methods?accountId=001", undefined, { authorization: "back" })).body.paymentMethods;
  assert.equal((await pay()).status, 503);
  assert.equal(world.calls.length, 1);
  assert.deepEqual(await saved(), []);
  refuses = false;
  assert.deepEqual(await world.handler.recover(), { resolved: 1, unresolved: 0 });
  const [method, ...others] = await saved();
  assert.deepEqual([method.status, others.length], ["Active", 0]);
  const repeated = await pay();
  assert.deepEqual([repeated.status, repeated.body.paymentMethod.id, world.calls.length], [201, method.id, 1]);
  assert.deepEqual(await world.handler.recover({ all: true }), { resolved: 0, unresolved: 0 });
  assert.equal((await saved()).length, 1);
});

test("the records that were paid with a saved method name it, and the gateway's log has no token", async () => {
  const id = await tokenized("acc-6", "tok_query");
  const paid = await ask("POST", SALES, sale("acc-6", { id }));
  const query = async (soql) => (await ask("GET", `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`)).body;
  const { records: payments } = await query(`SELECT Id, PaymentMethodId FROM Payment WHERE Id = '${paid.body.payment.id}'`);
  assert.deepEqual(payments.map(({ PaymentMethodId }) => PaymentMethodId), [id]);
  const saving = await ask("POST", SALES, sale("acc-6", { cardPaymentMethod: { gatewayToken: "tok_query_2" }, saveForFuture: true }));
  const { records: saved } = await query(`SELECT PaymentMethodId FROM Payment WHERE Id = '${saving.body.payment.id}'`);
  assert.equal(saved[0].PaymentMethodId, saving.body.paymentMethod.id);
  const { records: logs } = await query("SELECT Id, InteractionType, Request, Response FROM PaymentGatewayLog ORDER BY CreatedDate DESC LIMIT 200");
  assert.ok(logs.some(({ InteractionType }) => InteractionType === "Tokenize"), JSON.stringify(logs.slice(0, 3)));
});

test("no token is in any answer, nor in the log", () => {
  const told = [...answers, ...server.log.map((line) => JSON.stringify(line))].join("\n");
  assert.ok(answers.length > 60 && server.log.length > 60);
  assert.doesNotMatch(told, /lasting_|sim_(ok|sale|tokenize)|tok_[a-z0-9]/);
});
