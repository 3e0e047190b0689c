// The three sample bodies of the resource's documentation, as they stand there (seeds/checkout-payments.txt), and as XML.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { booksOf, startServer } from "./support/server.mjs";

let server;
let shopper;
before(async () => {
  server = await startServer();
  shopper = await server.shopper();
});
after(() => server.stop());

const AUTH = `{
   "requestType":"Auth",
   "paymentToken":"cardPaymentMethodId",
   "billingAddress":{
      "name":"John Doe",
      "street":"123 Acme Drive",
      "city":"Los Angeles",
      "region":"CA",
      "country":"US",
      "postalCode":"90001"
  }
}`;

const POST_AUTH = `{
   "requestType":"PostAuth",
   "paymentToken": 'pi_0swefj329r4ljsdfk',
   "billingAddress":{
      "name":"John Doe",
      "street":"123 Acme Drive",
      "city":"Los Angeles",
      "region":"CA",
      "country":"US",
      "postalCode":"90001"
   }
 }`;

const PURCHASE_ORDER = `{
   "requestType": "SimplePurchaseOrder",
   "paymentToken": "000348957393223",
   "billingAddress":{
      "name":"John Doe",
      "street":"123 Acme Drive",
      "city":"Los Angeles",
      "region":"CA",
      "country":"US",
      "postalCode":"90001"
  }
}`;

const xml = (requestType, paymentToken) => `<?xml version="1.0" encoding="UTF-8"?>
<checkoutPaymentInput>
  <requestType>${requestType}</requestType>
  <paymentToken>${paymentToken}</paymentToken>
  <billingAddress>
    <name>John Doe</name>
    <street>123 Acme Drive</street>
    <city>Los Angeles</city>
    <region>CA</region>
    <country>US</country>
    <postalCode>90001</postalCode>
  </billingAddress>
</checkoutPaymentInput>`;

const success = (answer) => {
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.body.salesforceResultCode, "Success");
  assert.deepEqual(answer.body.errors, []);
};

test("the sample of an authorized payment", async () => {
  const checkout = await shopper.checkout();
  success(await checkout.post(AUTH));
  assert.equal((await booksOf(server, checkout))[0].authorized, 129.9);
});

test("the sample of a post authorized payment has single quotes: refused, with line and column", async () => {
  const checkout = await shopper.checkout();
  const answer = await checkout.post(POST_AUTH);
  assert.equal(answer.status, 400);
  assert.equal(answer.body.length, 1);
  assert.match(answer.body[0].message, /line 3\b/);
  assert.match(answer.body[0].message, /column 20\b/);
  assert.deepEqual(await booksOf(server, checkout), []);
});

test("the same sample with its quotes mended", async () => {
  const checkout = await shopper.checkout();
  success(await checkout.post(POST_AUTH.replaceAll("'", '"')));
  assert.equal((await booksOf(server, checkout))[0].authorized, 129.9);
});

test("the sample of a simple purchase order", async () => {
  const checkout = await shopper.checkout();
  success(await checkout.post(PURCHASE_ORDER));
  assert.equal((await checkout.payments()).purchaseOrder.number, "000348957393223");
});

for (const type of ["application/xml", "text/xml", "application/xml; charset=UTF-8"]) {
  for (const [requestType, token] of [
    ["Auth", "cardPaymentMethodId"],
    ["PostAuth", "pi_0swefj329r4ljsdfk"],
    ["SimplePurchaseOrder", "000348957393223"],
  ]) {
    test(`the ${requestType} sample as ${type}`, async () => {
      const checkout = await shopper.checkout();
      success(await checkout.post(xml(requestType, token), { headers: { "content-type": type } }));
      assert.equal((await checkout.payments()).livePayment.type, requestType);
    });
  }
}

test("whoever asks for XML gets XML", async () => {
  const checkout = await shopper.checkout();
  const headers = { "content-type": "application/xml", accept: "application/xml" };
  const paid = await checkout.post(xml("Auth", "cardPaymentMethodId"), { headers });
  assert.equal(paid.status, 201);
  assert.match(paid.headers.get("content-type"), /^application\/xml/);
  assert.match(paid.text, /<salesforceResultCode>Success<\/salesforceResultCode>/);
  const refused = await checkout.post(xml("Auth", "sim_authorize-decline"), { headers });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /<salesforceResultCode>Decline<\/salesforceResultCode>/);
  assert.match(refused.text, /payment-failure/);
});

test("paymentsData as an object and as a text that holds one", async () => {
  for (const paymentsData of [{ channel: "web" }, '{"channel":"web"}']) {
    const checkout = await shopper.checkout();
    success(await checkout.post({ requestType: "Auth", paymentToken: "sim_ok", paymentsData }));
  }
});
