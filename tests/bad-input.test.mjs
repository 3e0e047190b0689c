// What is refused, with which status and which words. Each refusal leaves the books empty.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "node:net";
import { ADDRESS, booksOf, startServer, STORE } from "./support/server.mjs";

let server;
let shopper;
let checkout;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
  checkout = await shopper.checkout();
});
after(async () => {
  assert.deepEqual(await booksOf(server, checkout), []);
  await server.stop();
});

const auth = (more) => ({ requestType: "Auth", paymentToken: "sim_ok", ...more });
const withAddress = (more) => auth({ billingAddress: { ...ADDRESS, ...more } });
const CARD = "4111111111111111";

// name, body, status, what the answer must say
const MALFORMED = [
  ["nothing at all", "", /./],
  ["not JSON", "hello", /line 1/],
  ["JSON that breaks off", '{"requestType":"Auth","paymentToken":', /line 1/],
  ["something after the JSON", '{"requestType":"Auth","paymentToken":"sim_ok"} x', /line 1/],
  ["an array", "[]", /object/i],
  ["a text", '"Auth"', /object/i],
  ["no request type", { paymentToken: "sim_ok" }, /requestType/],
  ["an unknown request type", { requestType: "Sale", paymentToken: "sim_ok" }, /requestType/],
  ["the retired request type", { requestType: "ClientRequest", paymentToken: "sim_ok" }, /requestType/],
  ["a request type that is a number", { requestType: 7, paymentToken: "sim_ok" }, /requestType/],
  ["no token", { requestType: "Auth" }, /paymentToken/],
  ["a token that is a number", { requestType: "Auth", paymentToken: 7 }, /paymentToken/],
  ["a token that is null", { requestType: "Auth", paymentToken: null }, /paymentToken/],
  ["an unknown field", auth({ amount: 1 }), /amount/],
  ["an unknown field of the address", withAddress({ zip: "1" }), /zip/],
  ["an address that is a text", auth({ billingAddress: "here" }), /billingAddress/],
  ["a name that is a number", withAddress({ name: 7 }), /name/],
  ["a key twice", '{"requestType":"Auth","paymentToken":"sim_ok","paymentToken":"sim_ok"}', /paymentToken|twice|duplicate/i],
  ["a lone surrogate", '{"requestType":"Auth","paymentToken":"\\ud800"}', /./],
  ["bytes that are not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), /UTF-8|line 1/],
  ["nesting without end", `${"[".repeat(30_000)}`, /./],
];

for (const [name, body, says] of MALFORMED) {
  test(`400: ${name}`, async () => {
    const answer = await checkout.post(body);
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.body.length, 1);
    assert.equal(typeof answer.body[0].errorCode, "string");
    assert.match(answer.body[0].message, says);
  });
}

// name, body, the parameter at fault
const INVALID = [
  ["a token that is too long", auth({ paymentToken: "x".repeat(256) }), "paymentToken"],
  ["a token with a control character", auth({ paymentToken: "a\u0000b" }), "paymentToken"],
  ["a card number as token", auth({ paymentToken: CARD }), "paymentToken"],
  ["a card number with spaces as token", auth({ paymentToken: "4111 1111 1111 1111" }), "paymentToken"],
  ["a card number with dashes as token", auth({ paymentToken: "5500-0000-0000-0004" }), "paymentToken"],
  ["a card number as PostAuth token", { requestType: "PostAuth", paymentToken: "378282246310005" }, "paymentToken"],
  ["a card number as name", withAddress({ name: CARD }), "billingAddress.name"],
  ["a card number within a street", withAddress({ street: `Box ${CARD}` }), "billingAddress.street"],
  ["a card number in paymentsData", auth({ paymentsData: { a: CARD } }), /paymentsData/],
  ["a blank name", withAddress({ name: "  " }), "billingAddress.name"],
  ["no name", auth({ billingAddress: { ...ADDRESS, name: undefined } }), "billingAddress.name"],
  ["no street", auth({ billingAddress: { ...ADDRESS, street: undefined } }), "billingAddress.street"],
  ["no country", auth({ billingAddress: { ...ADDRESS, country: undefined } }), "billingAddress.country"],
  ["an unknown country", withAddress({ country: "XQ" }), "billingAddress.country"],
  ["a name that is too long", withAddress({ name: "x".repeat(256) }), "billingAddress.name"],
  ["a street that is too long", withAddress({ street: "x".repeat(256) }), "billingAddress.street"],
  ["a city that is too long", withAddress({ city: "x".repeat(41) }), "billingAddress.city"],
  ["a region that is too long", withAddress({ region: "x".repeat(81) }), "billingAddress.region"],
  ["a postal code that is too long", withAddress({ postalCode: "x".repeat(21) }), "billingAddress.postalCode"],
  ["a control character in a street", withAddress({ street: "a\u0007b" }), "billingAddress.street"],
  ["paymentsData that is a list", auth({ paymentsData: [] }), /paymentsData/],
  ["five pairs", auth({ paymentsData: { a: "1", b: "2", c: "3", d: "4", e: "5" } }), /paymentsData/],
  ["a value of 256 characters", auth({ paymentsData: { a: "x".repeat(256) } }), /paymentsData/],
  ["a key of 256 characters", auth({ paymentsData: { ["x".repeat(256)]: "1" } }), /paymentsData/],
  ["paymentsData with a purchase order", { requestType: "SimplePurchaseOrder", paymentToken: "PO-1", paymentsData: { a: "1" } }, /paymentsData/],
  ["a purchase order number of 81 characters", { requestType: "SimplePurchaseOrder", paymentToken: "9".repeat(81) }, "paymentToken"],
];

for (const [name, body, parameter] of INVALID) {
  test(`422: ${name}`, async () => {
    const answer = await checkout.post(body);
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.body.salesforceResultCode, "ValidationError");
    const names = answer.body.errors.flatMap(({ invalidParameters }) => invalidParameters.map(({ name }) => name));
    assert.ok(names.some((found) => (parameter instanceof RegExp ? parameter.test(found) : found === parameter)), JSON.stringify(names));
    assert.doesNotMatch(answer.text, /4111|5500|3782/);
  });
}

test("a blank token is refused", async () => {
  for (const paymentToken of ["", "   "]) {
    const answer = await checkout.post(auth({ paymentToken }));
    assert.ok(answer.status === 400 || answer.status === 422, answer.text);
    assert.match(answer.text, /paymentToken/);
  }
});

test("every fault of a request is named at once", async () => {
  const answer = await checkout.post({ requestType: "Auth", paymentToken: CARD, billingAddress: { name: "", street: "1", country: "XQ" } });
  const names = answer.body.errors.flatMap(({ invalidParameters }) => invalidParameters.map(({ name }) => name)).sort();
  assert.deepEqual(names, ["billingAddress.country", "billingAddress.name", "paymentToken"]);
});

test("a number that could be a card's is a fine purchase order number", async () => {
  const other = await shopper.checkout();
  assert.equal((await other.purchaseOrder(CARD)).status, 201);
});

test("shipToPhoneNumber is ignored", async () => {
  const other = await shopper.checkout();
  assert.equal((await other.post(withAddress({ shipToPhoneNumber: "+1 555 0100" }))).status, 201);
});

test("80 characters of purchase order, 255 of paymentsData, other scripts: all go through", async () => {
  for (const body of [
    { requestType: "SimplePurchaseOrder", paymentToken: "P".repeat(80) },
    auth({ paymentsData: { ["k".repeat(255)]: "v".repeat(255), b: "2", c: "3", d: "4" } }),
    withAddress({ name: "Ægir Þórðarson", street: "日本橋 1-2-3", city: "東京" }),
    withAddress({ name: "😀".repeat(255) }),
  ]) {
    const other = await shopper.checkout();
    const answer = await other.post(body);
    assert.equal(answer.status, 201, answer.text);
  }
});

for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json; charset=utf-16", "nonsense"]) {
  test(`415: ${type}`, async () => {
    const answer = await checkout.post(JSON.stringify(auth()), { headers: { "content-type": type } });
    assert.equal(answer.status, 415);
    assert.equal(typeof answer.body[0].errorCode, "string");
  });
}

test("415: a compressed body", async () => {
  const answer = await checkout.post(JSON.stringify(auth()), { headers: { "content-encoding": "gzip" } });
  assert.equal(answer.status, 415);
});

test("a media type with parameters, and none at all, is JSON", async () => {
  for (const headers of [{ "content-type": "application/json; charset=utf-8" }, { "content-type": "APPLICATION/JSON;charset=UTF-8" }, {}]) {
    const other = await shopper.checkout();
    const response = await fetch(`${server.url}${other.path}/payments`, {
      method: "POST",
      headers: { authorization: `Bearer ${shopper.token}`, ...headers },
      body: new TextEncoder().encode(JSON.stringify(auth())),
    });
    assert.equal(response.status, 201, JSON.stringify(headers));
  }
});

const HUGE = JSON.stringify(auth({ paymentsData: "x".repeat(70_000) }));

test("400: more than 64 KiB, with its length told", async () => {
  const answer = await checkout.post(HUGE);
  assert.equal(answer.status, 400);
  assert.match(answer.body[0].message, /64 KiB/);
});

test("400: more than 64 KiB, in pieces whose sum nobody told", async () => {
  const bytes = new TextEncoder().encode(HUGE);
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 1000) controller.enqueue(bytes.subarray(at, at + 1000));
      controller.close();
    },
  });
  const answer = await checkout.post(stream);
  assert.equal(answer.status, 400);
  assert.match(answer.body[0].message, /64 KiB/);
  assert.equal((await checkout.post(auth(), { headers: { "idempotency-key": " " } })).status, 400, "the server still answers");
});

test("400: a megabyte too much is answered too, for payments and for carts", async () => {
  for (const path of [`${checkout.path}/payments`, "/demo/carts"]) {
    for (let i = 0; i < 5; i++) {
      const answer = await shopper.request("POST", path, "x".repeat(1_000_000));
      assert.equal(answer.status, 400);
      assert.match(answer.body[0].message, /64 KiB/);
    }
  }
});

test("400: a body that never ends is cut off", async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.on("data", (data) => (answer += data));
  socket.on("error", () => undefined);
  socket.write(`POST ${checkout.path}/payments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${shopper.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
  const feeding = setInterval(() => socket.writable && socket.write(chunk), 5);
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(feeding);
  assert.match(answer, /^HTTP\/1\.1 400 /);
  assert.match(answer, /64 KiB/);
});

test("exactly 64 KiB are read", async () => {
  const body = JSON.stringify(auth()).padEnd(64 * 1024, " ");
  const other = await shopper.checkout();
  assert.equal((await other.post(body)).status, 201);
  assert.equal((await other.post(`${body} `)).status, 400);
});

test("401: no session, a made-up one, another scheme", async () => {
  for (const headers of [{}, { authorization: "Bearer nobody" }, { authorization: "Basic abc" }, { cookie: "session=nobody" }]) {
    const answer = await server.anonymous("POST", `${checkout.path}/payments`, auth(), headers);
    assert.equal(answer.status, 401);
    assert.equal(answer.body[0].errorCode, "INVALID_SESSION_ID");
  }
});

test("the page's cookie is a session, but not for another site", async () => {
  const created = await server.anonymous("POST", "/demo/sessions");
  const cookie = created.headers.get("set-cookie");
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Strict/);
  const headers = { cookie: cookie.split(";")[0] };
  const path = `/commerce/webstores/${STORE}/checkouts/active/payments`;
  assert.equal((await server.anonymous("GET", path, undefined, headers)).status, 404);
  assert.equal((await server.anonymous("POST", path, auth(), { ...headers, origin: server.url })).status, 404);
  assert.equal((await server.anonymous("POST", path, auth(), { ...headers, origin: "http://127.0.0.1:1" })).status, 401);
});

test("404: another shopper's checkout, an unknown one, another web store's, none active", async () => {
  const stranger = await server.shopper();
  const paths = [
    checkout.path,
    `/commerce/webstores/${STORE}/checkouts/nothing`,
    `/commerce/webstores/other/checkouts/${checkout.id}`,
    `/commerce/webstores/${STORE}/checkouts/active`,
  ];
  for (const path of paths) {
    for (const [method, what] of [["POST", "payments"], ["GET", "payments"], ["POST", "orders"]]) {
      const answer = await stranger.request(method, `${path}/${what}`, method === "POST" ? auth() : undefined);
      assert.equal(answer.status, 404, `${method} ${path}/${what}`);
      assert.equal(answer.body[0].errorCode, "CHECKOUT_NOT_FOUND");
    }
  }
});

test("404: a checkout that is gone takes no more payments", async () => {
  const other = await shopper.checkout();
  await other.auth();
  assert.equal((await other.order()).status, 201);
  const answer = await other.auth();
  assert.equal(answer.status, 404, answer.text);
  assert.equal(answer.body[0].errorCode, "CHECKOUT_NOT_FOUND");
});

for (const version of ["v54.0", "v1.0", "v68.0", "v063.0", "v63", "v63.1", "63.0", "v63.0.0", "vx.0", "v-63.0"]) {
  test(`404: /services/data/${version}`, async () => {
    const answer = await shopper.request("POST", `/services/data/${version}${checkout.path}/payments`, auth());
    assert.equal(answer.status, 404);
    assert.equal(answer.body[0].errorCode, "NOT_FOUND");
  });
}

test("55.0 is the first version, 67.0 the newest", async () => {
  for (const version of ["55.0", "67.0"]) {
    const other = await shopper.checkout();
    assert.equal((await other.auth("sim_ok", { version })).status, 201);
  }
});

test("405 says what is allowed", async () => {
  for (const [method, path, allow] of [
    ["PUT", `${checkout.path}/payments`, ["GET", "HEAD", "POST"]],
    ["DELETE", `/services/data/v63.0${checkout.path}/payments`, ["GET", "HEAD", "POST"]],
    ["GET", `${checkout.path}/orders`, ["POST"]],
    ["POST", `/commerce/webstores/${STORE}/settings`, ["GET", "HEAD", "PUT"]],
    ["GET", "/commerce/payments/notify", ["POST"]],
    ["GET", "/demo/carts", ["POST"]],
    ["GET", `/commerce/webstores/${STORE}/checkouts`, ["POST"]],
    ["GET", "/simulator/notify", ["POST"]],
  ]) {
    const answer = await shopper.request(method, path);
    assert.equal(answer.status, 405, `${method} ${path}`);
    assert.deepEqual(answer.headers.get("allow").split(", ").sort(), allow);
  }
});

test("404: nothing is there", async () => {
  for (const path of ["/commerce", "/commerce/webstores", "/services", "/services/data/v63.0/nothing", "/demo/nothing", "/simulator/nothing", `${checkout.path}/payments/`, `${checkout.path}/nothing`]) {
    assert.equal((await shopper.request("GET", path)).status, 404, path);
  }
});

test("403: each side keeps to its own", async () => {
  assert.equal((await server.backOffice("POST", `${checkout.path}/payments`, auth())).status, 403);
  assert.equal((await server.backOffice("POST", `${checkout.path}/orders`)).status, 403);
  assert.equal((await server.backOffice("POST", "/demo/carts", {})).status, 403);
  assert.equal((await server.backOffice("GET", `${checkout.path}/payments`)).status, 200);
  for (const [method, path, body] of [
    ["PUT", `/commerce/webstores/${STORE}/settings`, { releaseOrder: "authorize-first" }],
    ["GET", `/commerce/webstores/${STORE}/settings`],
    ["POST", "/demo/recover"],
    ["GET", "/simulator/books?groupId=x"],
    ["POST", "/simulator/notify", { reference: "x", event: "failed" }],
  ]) {
    assert.equal((await shopper.request(method, path, body)).status, 403, path);
    assert.equal((await server.anonymous(method, path, body)).status, 401, path);
  }
});

test("the idempotency key's header: blank, too long, two that differ", async () => {
  const key = (headers) => checkout.post(auth(), { headers });
  for (const headers of [
    { "idempotency-key": " " },
    { "idempotency-key": "k".repeat(256) },
    { "sfdc-payments-idempotency-key": "a", "idempotency-key": "b" },
  ]) {
    const answer = await key(headers);
    assert.equal(answer.status, 400, JSON.stringify(headers));
    assert.match(answer.body[0].message, /[Ii]dempotency/);
  }
});

test("settings: only what is known", async () => {
  const put = (body) => server.backOffice("PUT", "/commerce/webstores/other/settings", body);
  for (const body of ["", "x", "[]", {}, { releaseOrder: "both" }, { releaseOrder: 1 }, { releaseOrder: "release-first", more: 1 }]) {
    assert.equal((await put(body)).status, 400, JSON.stringify(body));
  }
  assert.deepEqual((await put({ releaseOrder: "authorize-first" })).body, { releaseOrder: "authorize-first" });
  assert.deepEqual((await server.backOffice("GET", "/commerce/webstores/other/settings")).body, { releaseOrder: "authorize-first" });
  assert.deepEqual((await server.backOffice("GET", "/commerce/webstores/another/settings")).body, { releaseOrder: "release-first" });
});

const item = (more) => ({ currencyIsoCode: "USD", items: [{ name: "Hat", quantity: 1, unitPrice: 1, ...more }] });
const CARTS = [
  ["no currency", { items: item().items }, /currencyIsoCode/],
  ["an unknown currency", { ...item(), currencyIsoCode: "ABC" }, /currencyIsoCode/],
  ["a small currency", { ...item(), currencyIsoCode: "usd" }, /currencyIsoCode/],
  ["no items", { currencyIsoCode: "USD" }, /items/],
  ["none in items", { currencyIsoCode: "USD", items: [] }, /items/],
  ["too many items", { currencyIsoCode: "USD", items: Array.from({ length: 101 }, () => item().items[0]) }, /items/],
  ["an item that is a text", { currencyIsoCode: "USD", items: ["Hat"] }, /items\[0\]/],
  ["a blank name", item({ name: " " }), /items\[0\]\.name/],
  ["a long name", item({ name: "x".repeat(256) }), /items\[0\]\.name/],
  ["a control character", item({ name: "a\u0000" }), /items\[0\]\.name/],
  ["no quantity", item({ quantity: undefined }), /items\[0\]\.quantity/],
  ["a quantity of nothing", item({ quantity: 0 }), /items\[0\]\.quantity/],
  ["half a hat", item({ quantity: 0.5 }), /items\[0\]\.quantity/],
  ["a text as quantity", item({ quantity: "1" }), /items\[0\]\.quantity/],
  ["a negative price", item({ unitPrice: -1 }), /items\[0\]\.unitPrice/],
  ["a price with an exponent", item({ unitPrice: "1e3" }), /items\[0\]\.unitPrice/],
  ["a price of three decimals", item({ unitPrice: "1.001" }), /items\[0\]\.unitPrice/],
  ["a price that is a list", item({ unitPrice: [] }), /items\[0\]\.unitPrice/],
  ["a price beyond all", item({ unitPrice: 1e21 }), /items\[0\]\.unitPrice/],
  ["an unknown field", { ...item(), total: 1 }, /unknown/],
  ["an unknown field of an item", item({ sku: "x" }), /unknown/],
  ["nothing to pay", item({ unitPrice: 0 }), /cost/],
];

for (const [name, cart, says] of CARTS) {
  test(`a cart with ${name} is refused`, async () => {
    const answer = await shopper.request("POST", "/demo/carts", cart);
    assert.equal(answer.status, 400, answer.text);
    assert.match(answer.body[0].message, says);
  });
}

test("a cart's total is exact", async () => {
  const items = [
    { name: "a", quantity: 3, unitPrice: 0.1 },
    { name: "b", quantity: 9999, unitPrice: "1234567.89" },
    { name: "c", quantity: 7, unitPrice: "0.07" },
  ];
  const answer = await shopper.request("POST", "/demo/carts", { currencyIsoCode: "USD", items });
  assert.match(answer.text, /"grandTotalAmount":12344444332\.90[,}]/);
});

test("another shopper's cart is not there", async () => {
  const stranger = await server.shopper();
  assert.equal((await stranger.request("PUT", `/demo/carts/${checkout.cartId}`, item())).status, 404);
  assert.equal((await stranger.request("POST", `/commerce/webstores/${STORE}/checkouts`, { cartId: checkout.cartId })).status, 404);
});

test("a payment made at the simulator: only what is known", async () => {
  for (const body of ["x", { amount: 1 }, { amount: -1, currencyIsoCode: "USD" }, { amount: "1.001", currencyIsoCode: "USD" }, { amount: 0, currencyIsoCode: "USD" }, { amount: 1, currencyIsoCode: "USD", captured: "yes" }, { amount: 1, currencyIsoCode: "USD", script: "x" }, { amount: 1, currencyIsoCode: "USD", more: 1 }]) {
    assert.equal((await shopper.request("POST", "/simulator/payments", body)).status, 400, JSON.stringify(body));
  }
});

test("no card number is in the log", () => {
  assert.doesNotMatch(JSON.stringify(server.log), /4111/);
});
