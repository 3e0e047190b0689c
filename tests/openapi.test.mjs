// The published contract: it is whole, it knows every route, and what the server answers is what it says. That last holds for
// every answer that any of these suites gets (tests/support/server.mjs); here are those that no other suite asks for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { createPaymentsHandler } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { createApp } from "../pkg/dist/server/app.js";
import { createHost } from "../pkg/dist/server/host.js";
import { assertDocumented, contract, operationsOf, pathOf, schemaOf } from "./support/contract.mjs";
import { ADDRESS, booksOf, startServer, STORE } from "./support/server.mjs";

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

const ofPackage = JSON.parse(readFileSync(new URL("../pkg/openapi.json", import.meta.url), "utf8"));
const options = { store: createMemoryStore(), gateways: [{ provider: "none", capabilities: {} }], checkouts: {}, authenticate: () => undefined };

test("it is OpenAPI 3.1, of the package and of the demo store, and both are served", async () => {
  for (const document of [ofPackage, contract]) {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(document.openapi, "3.1.0");
  }
  assert.deepEqual((await server.anonymous("GET", "/openapi.json")).body, contract);
  const answer = await createPaymentsHandler(options)(new Request("http://localhost/openapi.json"));
  assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "application/json"]);
  assert.deepEqual(await answer.json(), ofPackage);
});

test("every reference leads somewhere, every operation has its own name, every link an operation with its parameter", () => {
  for (const [, kind, name] of JSON.stringify(contract).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) assert.ok(contract.components[kind][name], name);
  const operations = operationsOf(contract);
  const byName = new Map(operations.map((operation) => [operation.operationId, operation]));
  assert.equal(byName.size, operations.length);
  for (const { security, responses, path, parameters = [] } of operations) {
    for (const entry of security) for (const name of Object.keys(entry)) assert.ok(contract.components.securitySchemes[name], name);
    const inPath = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
    assert.deepEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(), inPath.sort(), path);
    for (const { links = {} } of Object.values(responses)) {
      for (const link of Object.values(links)) {
        for (const name of Object.keys(link.parameters)) assert.ok(byName.get(link.operationId).parameters.some((parameter) => parameter.name === name), `${link.operationId} ${name}`);
      }
    }
  }
});

test("it has the routes of the server, no more and no less", () => {
  const { routes } = createApp(createHost(options));
  const served = routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replace("v[1-9][0-9]*\\.0", "").replace(/:version(\{\})?/, "v:version").replaceAll(/:\w+/g, "{}").replace(/(.)\/$/, "$1")}`);
  const prefix = "/services/data/v{}";
  const documented = operationsOf(ofPackage).flatMap(({ path, method }) => {
    const plain = `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "{}")}`;
    return ofPackage.paths[path].servers === undefined ? [plain, plain.replace(" ", ` ${prefix}`)] : [plain];
  });
  assert.deepEqual([...new Set(served)].sort(), documented.sort());
});

test("every path is there, with and without a version, with the methods that are documented", async () => {
  for (const [path, item] of Object.entries(contract.paths)) {
    const address = path.replace("{version}", "63.0").replace("{webstoreId}", STORE).replace(/\{\w+\}/g, "x");
    const methods = Object.keys(item).filter((key) => key !== "servers").map((method) => method.toUpperCase());
    for (const prefix of item.servers === undefined ? ["", "/services/data/v67.0"] : [""]) {
      const answer = await server.anonymous(methods.includes("PUT") ? "PATCH" : "PUT", prefix + address);
      assert.equal(answer.status, 405, prefix + path);
      const allowed = answer.headers.get("allow").split(", ").filter((method) => method !== "HEAD").sort();
      // These have the form of the addresses of an object and of a record.
      const isVersioned = `${prefix}${address}`.startsWith("/services");
      const also = isVersioned && path.endsWith("/sobjects/SavedPaymentMethod") ? ["GET"] : path.endsWith("/describe") ? ["DELETE", "PATCH"] : [];
      assert.deepEqual(allowed, [...methods, ...also].sort(), prefix + path);
    }
  }
});

test("its examples are what it asks for", () => {
  let seen = 0;
  for (const { requestBody, path, method } of operationsOf(contract)) {
    const { schema, example } = requestBody?.content["application/json"] ?? {};
    if (example === undefined) continue;
    seen++;
    const validate = schema.$ref === undefined ? schemaOf.inline(schema) : schemaOf(schema.$ref.split("/").at(-1));
    assert.ok(validate(example), `${method} ${path}: ${JSON.stringify(validate.errors)}`);
  }
  for (const [name, { examples = [] }] of Object.entries(contract.components.schemas)) {
    for (const example of examples) assert.ok(schemaOf(name)(example), name);
  }
  assert.ok(seen >= 20, `${seen} examples`);
});

test("an answer that it does not know is seen", async () => {
  const cart = { currencyIsoCode: "USD", items: [{ name: "Hat", quantity: 1, unitPrice: "1.00" }] };
  const answer = await shopper.request("POST", "/demo/carts", cart);
  const seen = (more, address = "/demo/carts") => assert.throws(() => assertDocumented("POST", address, { ...answer, ...more }), { name: "AssertionError" }, JSON.stringify(more));
  assertDocumented("POST", "/demo/carts", answer);
  seen({ status: 418 });
  seen({ headers: new Headers({ "content-type": "text/html" }) });
  seen({ body: { ...answer.body, more: 1 } });
  seen({ body: { ...answer.body, cartId: undefined } });
  seen({ status: 404, body: [{ errorCode: "CHECKOUT_NOT_FOUND", message: "…" }] });
  seen({ status: 404, body: [] });
  seen({}, "/demo/config");
  assert.equal(pathOf("/services/data/v63.0/commerce/payments/sales?x=1", "post"), "/commerce/payments/sales");
  assert.equal(pathOf("/services/data/v54.0/commerce/payments/sales", "post"), undefined);
  assert.equal(pathOf("/services/data/v63.0/demo/carts", "post"), undefined);
});

test("payments of a checkout, in every status a client meets", async () => {
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
    for (const headers of [{}, { accept: "application/xml" }]) {
      const answer = await checkout.post({ requestType: "Auth", paymentToken, billingAddress: ADDRESS }, { headers, key: `key-${paymentToken}` });
      if (paymentToken !== "sim_authorize-timeout_after") assert.equal(answer.status, status); // its repeat finds out
      assert.equal(answer.headers.get("content-type"), headers.accept ?? "application/json");
    }
    assert.equal((await shopper.request("GET", `${checkout.path}/payments`)).status, 200);
    assert.equal((await shopper.request("GET", `${checkout.path}/payments/explain`)).status, 200);
    assert.ok([201, 422].includes((await checkout.order()).status));
    assert.equal((await shopper.request("GET", `/demo/books?checkoutId=${checkout.id}`)).status, 200);
    assert.ok(Array.isArray(await booksOf(server, checkout)));
  }
});

test("a history with everything in it", async () => {
  const checkout = await shopper.checkout();
  const view = async () => assert.equal((await shopper.request("GET", `${checkout.path}/payments`)).status, 200);
  await checkout.auth("sim_reverse-decline");
  await checkout.postAuth(await shopper.mint("129.90", "USD", { captured: true, script: "refund-timeout_after" }));
  await checkout.auth();
  await view();
  await shopper.request("GET", `${checkout.path}/payments/explain`);
  const { groups } = (await server.backOffice("GET", `/commerce/webstores/${STORE}/payments/unresolved`)).body;
  assert.ok(groups.length > 0);
  assert.equal((await server.backOffice("POST", "/demo/recover")).status, 200);
  await view();
  await checkout.reprice("99.00");
  await view();
  const order = await shopper.checkout();
  await order.purchaseOrder();
  await order.purchaseOrder("PO-2");
  assert.equal((await shopper.request("GET", `${order.path}/payments`)).body.purchaseOrder.number, "PO-2");
});

test("the demo's own addresses", async () => {
  const cart = { currencyIsoCode: "USD", items: [{ name: "Hat", quantity: 1, unitPrice: "1.00" }] };
  const { cartId } = (await shopper.request("POST", "/demo/carts", cart)).body;
  const statuses = [
    [await shopper.request("POST", "/demo/carts", {}), 400],
    [await shopper.request("POST", "/demo/carts", "{}", { "content-type": "text/plain" }), 415],
    [await server.anonymous("POST", "/demo/carts", cart), 401],
    [await server.backOffice("POST", "/demo/carts", cart), 403],
    [await shopper.request("PUT", `/demo/carts/${cartId}`, cart), 200],
    [await shopper.request("PUT", "/demo/carts/x", cart), 404],
    [await shopper.request("POST", `/commerce/webstores/${STORE}/checkouts`, { cartId }), 201],
    [await shopper.request("POST", `/services/data/v60.0/commerce/webstores/${STORE}/checkouts`, {}), 400],
    [await server.anonymous("POST", "/demo/sessions"), 201],
    [await shopper.request("PUT", "/demo/settings", { releaseOrder: "release-first" }), 200],
    [await shopper.request("GET", "/demo/settings"), 200],
    [await server.anonymous("GET", "/demo/config"), 200],
    [await shopper.request("POST", "/simulator/payments", { amount: 1, currencyIsoCode: "USD" }), 201],
    [await server.backOffice("GET", "/simulator/books?groupId=x"), 200],
    [await server.backOffice("POST", "/simulator/notify", { reference: "x", event: "failed" }), 404],
    [await server.anonymous("GET", "/healthz"), 200],
  ];
  for (const [answer, status] of statuses) assert.equal(answer.status, status, answer.text);
});
