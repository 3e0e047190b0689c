// The contract as a property: schemathesis asks the real server whatever the contract allows and forbids, with ids of records that
// are there and of others, and follows its links. No answer may be a server's error, and none may be undocumented: neither its
// status nor its media type nor its body. The seed is fixed (SEED=… for another, EXAMPLES=… for more of them).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { contract, operationsOf } from "./support/contract.mjs";
import { API_TOKEN, startServer, STORE } from "./support/server.mjs";

const PROGRAM = fileURLToPath(new URL("../.python/bin/schemathesis", import.meta.url));
const SEED = process.env.SEED || "20261121";
const EXAMPLES = process.env.EXAMPLES || "8";
const CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance", "unsupported_method", "negative_data_rejection", "ignored_auth"];

const IN_XML_TOO = "postCheckoutPayment";

let server;
before(async () => {
  assert.ok(existsSync(PROGRAM), "schemathesis is not there: make python");
  server = await startServer();
});
after(() => server.stop());

test("no request makes the server fail, or answer what its contract does not say", async (t) => {
  const config = join(server.dir, "schemathesis.toml");
  await writeFile(config, await configuration());
  const { status, output } = await run(["--config-file", config, "run", `${server.url}/openapi.json`, "--seed", SEED, "--max-examples", EXAMPLES, "--no-color"]);
  assert.equal(status, 0, output);
  const all = operationsOf(contract).length - 1; // but for the one that the contract itself came from
  assert.ok(output.includes(`Tested: ${all}\n`), output);
  t.diagnostic(/\d+ generated.*/.exec(output)[0]);
});

async function run(parameters) {
  const child = spawn(PROGRAM, parameters, { cwd: server.dir, env: { PATH: process.env.PATH, HOME: server.dir, PYTHONUTF8: "1", LANG: "C.UTF-8" }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const [status] = await once(child, "close");
  return { status, output };
}

/** Who asks what, and which words it uses beside those that it makes up. */
async function configuration() {
  const { token, words } = await history();
  const shoppers = operationsOf(contract).filter(({ security, operationId }) => operationId !== IN_XML_TOO && security.some((way) => "shopper" in way));
  const quoted = (values) => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  return `
generation.database = "none"
generation.allow-x00 = false
phases.stateful.max-steps = 4
phases.stateful.generation.mode = "positive"
phases.stateful.generation.max-examples = 20
phases.stateful.inference.algorithms = []
phases.coverage.unexpected-methods = ["DELETE", "TRACE"]
headers = { Authorization = "Bearer ${API_TOKEN}" }
warnings = false
checks.enabled = false
${CHECKS.map((name) => `checks.${name}.enabled = true`).join("\n")}

[[operations]]
include-operation-id = ${quoted(shoppers.map(({ operationId }) => operationId))}
headers = { Authorization = "Bearer ${token}" }

# What these take another takes too, and more: what covers that covers them.
[[operations]]
include-operation-id = ["authorize", "postAuthorize", "listSavedPaymentMethods", "readSavedPaymentMethod", "changeSavedPaymentMethod", "cancelSavedPaymentMethod"]
phases.coverage.enabled = false

# What breaks a rule in JSON may break none once it is written as XML.
[[operations]]
include-operation-id = ["${IN_XML_TOO}"]
headers = { Authorization = "Bearer ${token}" }
checks.negative_data_rejection.enabled = false

${Object.entries(words).map(([name, values]) => `[dictionaries.${JSON.stringify(name)}]\nvalues = ${quoted(values)}`).join("\n")}

[parameters]
${Object.keys(words).map((name) => `${JSON.stringify(name)} = { dictionary = ${JSON.stringify(name)}, probability = 0.7 }`).join("\n")}
`;
}

/** Records of every kind, and the words that lead to them. */
async function history() {
  const shopper = await server.shopper();
  const checkout = await shopper.checkout();
  await checkout.auth("sim_authorize-pending");
  const other = await shopper.checkout();
  await other.auth();
  const { paymentGroup } = await other.payments();
  const post = async (path, body) => (await server.backOffice("POST", path, body)).body;
  const paidBy = (gatewayToken) => ({ accountId: "001", amount: "1000.00", currencyIsoCode: "USD", paymentMethod: { alternativePaymentMethod: { gatewayToken } } });
  const held = (await post("/commerce/payments/authorizations", paidBy("sim_ok"))).paymentAuthorization.id;
  const sold = await post("/commerce/payments/sales", paidBy("sim_ok"));
  const paid = sold.payment.id;
  const refund = (await post(`/commerce/payments/payments/${paid}/refunds`, { amount: 10 })).refund.id;
  const method = (await post("/commerce/payments/payment-methods", { cardPaymentMethod: { gatewayToken: "sim_ok", accountId: "001", expiryMonth: 12, expiryYear: 2050 } })).paymentMethod.id;
  const invoice = await post("/commerce/invoicing/invoices", { status: "Posted", currencyIsoCode: "USD", lines: [{ lineAmount: 500 }] });
  const draft = (await post("/commerce/invoicing/invoices", { currencyIsoCode: "USD", lines: [{ lineAmount: 5 }] })).id;
  const line = (await post(`/commerce/billing/payments/${paid}/actions/apply`, { appliedToId: invoice.lines[0].id, amount: 1 })).id;
  const tokens = ["sim_ok", "sim_authorize-review", "sim_sale-decline", "sim_authorize-timeout_after", "sim_sale-timeout_before", method];
  const words = {
    "path.webstoreId": [STORE],
    "path.activeOrCheckoutId": ["active", checkout.id, other.id],
    "path.cartId": [checkout.cartId, other.cartId],
    "path.authorizationId": [held],
    "path.paymentId": [paid],
    "path.paymentLineId": [line],
    "path.refundId": [refund],
    "path.invoiceId": [invoice.id, draft],
    "path.paymentMethodId": [method],
    "path.merchantAccountId": ["simulator"],
    "path.object": ["Payment", "PaymentAuthorization", "PaymentGroup", "Refund", "OrderPaymentSummary"],
    "path.id": [paid, held, refund, sold.paymentGroup.id],
    "query.accountId": ["001"],
    "query.pageToken": [method],
    "query.provider": ["simulator"],
    "query.checkoutId": [checkout.id, "active"],
    "query.groupId": [paymentGroup.id],
    "query.fields": ["Id,Amount", "Id, Status", "Nothing"],
    "query.q": [
      "SELECT Id, Amount, PaymentAuthorization.Balance FROM Payment WHERE Status = 'Processed' ORDER BY CreatedDate DESC LIMIT 5",
      "SELECT COUNT() FROM Refund",
      "SELECT Status, COUNT(Id) FROM PaymentAuthorization GROUP BY Status",
      "SELECT FIELDS(ALL) FROM PaymentGateway LIMIT 2 OFFSET 3000",
      "SELECT Nothing FROM Payment",
      "SELECT Id FROM Nothing",
    ],
    "body.paymentToken": tokens,
    "body.paymentMethod.id": tokens,
    "body.paymentMethod.cardPaymentMethod.gatewayToken": tokens,
    "body.paymentMethod.alternativePaymentMethod.gatewayToken": tokens,
    "body.cardPaymentMethod.gatewayToken": ["sim_ok"],
    "body.billingAddress.country": ["US"],
    "body.accountId": ["001"],
    "body.paymentGatewayId": ["simulator"],
    "body.currencyIsoCode": ["USD"],
    "body.appliedToId": [invoice.id, invoice.lines[0].id, paid],
    "body.cartId": [checkout.cartId],
    "body.checkoutId": [checkout.id],
    "body.reference": [paymentGroup.id],
  };
  return { token: shopper.token, words };
}
