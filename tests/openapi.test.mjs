// The published contract: it is whole, and what the server answers is what it says.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { ADDRESS, booksOf, startServer, STORE } from "./support/server.mjs";

let server;
let shopper;
let contract;
let ajv;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
  contract = (await server.anonymous("GET", "/openapi.json")).body;
  ajv = new Ajv({ strict: false, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ } });
  ajv.addSchema({ $id: "contract", ...contract });
});
after(() => server.stop());

const PREFIXED = "/commerce/webstores/{webstoreId}/checkouts/{activeOrCheckoutId}/payments";

function check(path, method, answer) {
  const documented = contract.paths[path][method].responses[answer.status];
  assert.ok(documented, `${method} ${path} answered ${answer.status}, which the contract does not know`);
  const schema = documented.content?.["application/json"]?.schema;
  if (schema === undefined) return;
  const pointer = `contract#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}/responses/${answer.status}/content/application~1json/schema`;
  const valid = ajv.validate({ $ref: encodeURI(pointer).replaceAll("%23", "#") }, answer.body);
  assert.ok(valid, `${method} ${path} ${answer.status}: ${ajv.errorsText()} in ${answer.text}`);
}

test("it is OpenAPI 3.1, every reference leads somewhere, every operation has its own name", () => {
  assert.equal(contract.openapi, "3.1.0");
  const text = JSON.stringify(contract);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) assert.ok(contract.components.schemas[name], name);
  const operations = Object.values(contract.paths).flatMap((item) => Object.values(item));
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  for (const { security } of operations) for (const entry of security) for (const name of Object.keys(entry)) assert.ok(contract.components.securitySchemes[name], name);
});

test("every path of the contract is there, with and without a version", async () => {
  for (const [path, item] of Object.entries(contract.paths)) {
    const address = path.replace("{version}", "63.0").replace("{webstoreId}", STORE).replace(/\{\w+\}/g, "x");
    const documented = Object.keys(item).map((method) => method.toUpperCase());
    const answer = await server.anonymous(documented.includes("PATCH") ? "PUT" : "PATCH", address);
    if (path === "/healthz" || path === "/openapi.json") continue;
    assert.equal(answer.status, 405, path);
    const allowed = answer.headers.get("allow").split(", ").filter((method) => method !== "HEAD").sort();
    // The records of every object are read at an address of the same form.
    const alsoRead = path.startsWith("/services") && path.endsWith("/sobjects/SavedPaymentMethod") ? ["GET"] : [];
    assert.deepEqual(allowed, [...documented, ...alsoRead].sort(), path);
  }
});

test("payments, in every status a client meets", async () => {
  const bodies = [
    ["sim_ok", 201],
    ["sim_authorize-review", 202],
    ["sim_authorize-pending", 202],
    ["sim_authorize-decline", 422],
    ["sim_authorize-timeout_after", 422],
    ["4111111111111111", 422],
    [7, 400],
  ];
  for (const [paymentToken, status] of bodies) {
    const checkout = await shopper.checkout();
    const answer = await checkout.post({ requestType: "Auth", paymentToken, billingAddress: ADDRESS });
    assert.equal(answer.status, status);
    check(PREFIXED, "post", answer);
    check(PREFIXED, "get", await shopper.request("GET", `${checkout.path}/payments`));
    check(`${PREFIXED}/explain`, "get", await shopper.request("GET", `${checkout.path}/payments/explain`));
    check("/commerce/webstores/{webstoreId}/checkouts/{activeOrCheckoutId}/orders", "post", await checkout.order());
    check("/demo/books", "get", await shopper.request("GET", `/demo/books?checkoutId=${checkout.id}`));
    assert.ok(Array.isArray(await booksOf(server, checkout)));
  }
});

test("a history with everything in it", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth("sim_reverse-decline");
  await checkout.postAuth(await shopper.mint("129.90", "USD", { captured: true, script: "refund-timeout_after" }));
  await checkout.auth();
  check(PREFIXED, "get", await shopper.request("GET", `${checkout.path}/payments`));
  check(`${PREFIXED}/explain`, "get", await shopper.request("GET", `${checkout.path}/payments/explain`));
  check("/commerce/webstores/{webstoreId}/payments/unresolved", "get", await server.backOffice("GET", `/commerce/webstores/${STORE}/payments/unresolved`));
  await server.backOffice("POST", "/demo/recover").then((answer) => check("/demo/recover", "post", answer));
  check(PREFIXED, "get", await shopper.request("GET", `${checkout.path}/payments`));
  const order = await shopper.checkout();
  await order.purchaseOrder();
  await order.purchaseOrder("PO-2");
  check(PREFIXED, "get", await shopper.request("GET", `${order.path}/payments`));
});

test("reading the records", async () => {
  const checkout = await shopper.checkout();
  await checkout.auth();
  const [{ id }] = (await checkout.payments()).paymentAuthorizations;
  const data = "/services/data/v{version}";
  const reads = {
    "": "",
    "/sobjects": "/sobjects",
    "/sobjects/{object}": "/sobjects/PaymentAuthorization",
    "/sobjects/{object}/describe": "/sobjects/PaymentAuthorization/describe",
    "/sobjects/{object}/{id}": `/sobjects/PaymentAuthorization/${id}`,
    "/query": "/query?q=SELECT+Id,+Amount+FROM+PaymentAuthorization",
    "/query/{locator}": "/query/x",
  };
  check("/services/data", "get", await server.anonymous("GET", "/services/data"));
  for (const [path, address] of Object.entries(reads)) {
    for (const ask of [server.backOffice, server.anonymous, shopper.request]) check(`${data}${path}`, "get", await ask("GET", `/services/data/v67.0${address}`));
  }
});

test("the rest of it", async () => {
  const cart = { currencyIsoCode: "USD", items: [{ name: "Hat", quantity: 1, unitPrice: "1.00" }] };
  const made = await shopper.request("POST", "/demo/carts", cart);
  check("/demo/carts", "post", made);
  check("/demo/carts", "post", await shopper.request("POST", "/demo/carts", {}));
  check("/demo/carts", "post", await server.anonymous("POST", "/demo/carts", cart));
  check("/demo/carts/{cartId}", "put", await shopper.request("PUT", `/demo/carts/${made.body.cartId}`, cart));
  check("/demo/carts/{cartId}", "put", await shopper.request("PUT", "/demo/carts/x", cart));
  check("/commerce/webstores/{webstoreId}/checkouts", "post", await shopper.request("POST", `/commerce/webstores/${STORE}/checkouts`, { cartId: made.body.cartId }));
  check("/commerce/webstores/{webstoreId}/checkouts", "post", await shopper.request("POST", `/commerce/webstores/${STORE}/checkouts`, {}));
  check("/demo/sessions", "post", await server.anonymous("POST", "/demo/sessions"));
  check("/commerce/webstores/{webstoreId}/settings", "put", await server.backOffice("PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: "release-first" }));
  check("/commerce/webstores/{webstoreId}/settings", "get", await server.backOffice("GET", `/commerce/webstores/${STORE}/settings`));
  check("/demo/settings", "put", await shopper.request("PUT", "/demo/settings", { releaseOrder: "release-first" }));
  check("/demo/settings", "get", await shopper.request("GET", "/demo/settings"));
  check("/demo/config", "get", await server.anonymous("GET", "/demo/config"));
  check("/simulator/payments", "post", await shopper.request("POST", "/simulator/payments", { amount: 1, currencyIsoCode: "USD" }));
  check("/simulator/books", "get", await server.backOffice("GET", "/simulator/books?groupId=x"));
  check("/simulator/notify", "post", await server.backOffice("POST", "/simulator/notify", { reference: "x", event: "failed" }));
  check("/healthz", "get", await server.anonymous("GET", "/healthz"));
});

test("applying payments, and invoices", async () => {
  const INVOICES = "/commerce/invoicing/invoices";
  const APPLY = "/commerce/billing/payments/{paymentId}/actions/apply";
  const UNAPPLY = "/commerce/billing/payments/{paymentId}/paymentlines/{paymentLineId}/actions/unapply";
  const input = { status: "Posted", uniqueIdentifier: "openapi", currencyIsoCode: "USD", lines: [{ lineAmount: 10 }] };
  const made = await server.backOffice("POST", INVOICES, input);
  check(INVOICES, "post", made);
  check(INVOICES, "post", await server.backOffice("POST", INVOICES, input));
  check(INVOICES, "post", await server.backOffice("POST", INVOICES, { ...input, lines: [] }));
  check(INVOICES, "post", await server.backOffice("POST", INVOICES, {}));
  check(`${INVOICES}/{invoiceId}`, "get", await server.backOffice("GET", `${INVOICES}/${made.body.id}`));
  check(`${INVOICES}/{invoiceId}`, "get", await shopper.request("GET", `${INVOICES}/x`));
  check(`${INVOICES}/{invoiceId}`, "get", await server.backOffice("GET", `${INVOICES}/x`));
  const checkout = await shopper.checkout();
  await checkout.postAuth(await shopper.mint("129.90", "USD", { captured: true }));
  const [{ id }] = (await checkout.payments()).payments;
  const apply = (body) => server.backOffice("POST", `/commerce/billing/payments/${id}/actions/apply`, body);
  const applied = await apply({ appliedToId: made.body.lines[0].id, amount: "10.00" });
  check(APPLY, "post", applied);
  check(APPLY, "post", await apply({ appliedToId: made.body.id, amount: 1 }));
  check(APPLY, "post", await apply({}));
  check(`${INVOICES}/{invoiceId}`, "get", await server.backOffice("GET", `${INVOICES}/${made.body.id}`));
  check(`${INVOICES}/{invoiceId}/actions/void`, "post", await server.backOffice("POST", `${INVOICES}/${made.body.id}/actions/void`));
  const unapply = () => server.backOffice("POST", `/commerce/billing/payments/${id}/paymentlines/${applied.body.id}/actions/unapply`, {});
  check(UNAPPLY, "post", await unapply());
  check(UNAPPLY, "post", await unapply());
  check(`${INVOICES}/{invoiceId}/actions/void`, "post", await server.backOffice("POST", `${INVOICES}/${made.body.id}/actions/void`));
  check("/commerce/billing/refunds/{refundId}/actions/apply", "post", await server.backOffice("POST", "/commerce/billing/refunds/x/actions/apply", { appliedToId: id, amount: 1 }));
});
