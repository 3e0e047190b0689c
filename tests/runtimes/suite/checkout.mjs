// A whole checkout through the server handler's fetch interface: memory store, simulator.

import { equal, match, ok } from "./expect.mjs";
import { answered, openShop, STORE } from "./shop.mjs";

const held = { authorized: 129.9, reversed: 0, captured: 0, refunded: 0 };
const released = { ...held, reversed: 129.9 };

/** The tests. */
export const checkoutTests = {
  async "pay; the same key again is the same answer and nothing more"() {
    const checkout = (await openShop()).checkout("c1");
    const paid = answered(await checkout.pay("sim_ok", "key-1"), 201);
    equal(paid.body.salesforceResultCode, "Success");
    equal((await checkout.pay("sim_ok", "key-1")).text, paid.text);
    equal(await checkout.books(), [held]);
    const other = answered(await checkout.pay("sim_other", "key-1"), 422);
    equal(other.body.salesforceResultCode, "ValidationError");
    equal(await checkout.books(), [held]);
  },

  async "a second payment reverses the first; the order is placed once"() {
    const checkout = (await openShop()).checkout("c1");
    answered(await checkout.pay("sim_ok"), 201);
    answered(await checkout.pay("sim_ok"), 201);
    equal(await checkout.books(), [released, held]);
    const order = answered(await checkout.order(), 201);
    ok(order.body.orderReferenceNumber);
    equal((await checkout.order()).body, order.body);
  },

  async "a captured payment of a wallet is taken over, and refunded by the next"() {
    const { simulator, ...shop } = await openShop();
    const checkout = shop.checkout("c1");
    const { token } = simulator.mint({ amount: "129.90", currencyIsoCode: "USD", captured: true });
    answered(await checkout.post({ requestType: "PostAuth", paymentToken: token }), 201);
    equal((await checkout.payments()).livePayment.type, "PostAuth");
    answered(await checkout.pay("sim_ok"), 201);
    equal(await checkout.books(), [{ ...held, captured: 129.9, refunded: 129.9 }, held]);
  },

  async "a purchase order, in XML"() {
    const checkout = (await openShop()).checkout("c1");
    const body = "<?xml version=\"1.0\"?><checkoutPaymentInput><requestType>SimplePurchaseOrder</requestType><paymentToken>PO-1</paymentToken></checkoutPaymentInput>";
    answered(await checkout.post(body, { "content-type": "application/xml" }), 201);
    equal((await checkout.payments()).purchaseOrder.number, "PO-1");
    equal((await checkout.pay("sim_ok")).body.salesforceResultCode, "ValidationError", "the payment type can't change");
  },

  async "a decline is an answer, and the next card may pay"() {
    const checkout = (await openShop()).checkout("c1");
    const declined = answered(await checkout.pay("sim_authorize-decline"), 422);
    equal([declined.body.salesforceResultCode, declined.body.errors[0].type], ["Decline", "/commerce/errors/payment-failure"]);
    equal((await checkout.payments()).livePayment, undefined);
    answered(await checkout.pay("sim_ok"), 201);
    equal((await checkout.books()).filter(({ authorized }) => authorized > 0), [held]);
  },

  async "what became of a lost answer is found out, and nothing is charged twice"() {
    const shop = await openShop();
    const checkout = shop.checkout("c1");
    const lost = answered(await checkout.pay("sim_authorize-timeout_after", "key-1"), 422);
    equal(lost.body.errors[0].type, "/commerce/errors/payment-indeterminate");
    equal(await shop.handler.recover({ all: true }), { resolved: 1, unresolved: 0 });
    answered(await checkout.pay("sim_authorize-timeout_after", "key-1"), 201);
    equal(await checkout.books(), [held]);
  },

  async "a notification settles what was pending; a forged one nothing"() {
    const shop = await openShop();
    const checkout = shop.checkout("c1");
    answered(await checkout.pay("sim_authorize-pending"), 202);
    const [{ gatewayRefNumber }] = (await checkout.payments()).paymentAuthorizations;
    const { headers, body } = await shop.simulator.decide(gatewayRefNumber, "succeeded");
    const status = async () => (await checkout.payments()).paymentAuthorizations[0].status;
    const deliver = (more) => shop.send(undefined, "POST", "/commerce/payments/notify?provider=simulator", body, { ...headers, ...more });
    equal((await deliver({ "simulator-signature": "0".repeat(64) })).status, 401);
    equal(await status(), "Pending");
    answered(await deliver(), 200);
    equal(await status(), "Processed");
    equal(await checkout.books(), [held]);
  },

  async "two at once: one payment"() {
    const checkout = (await openShop()).checkout("c1");
    const answers = await Promise.all(["a", "b", "c"].map((key) => checkout.pay("sim_ok", key)));
    equal(answers.filter(({ status }) => status !== 201 && status !== 409).length, 0);
    equal((await checkout.books()).filter(({ authorized, reversed }) => authorized > reversed), [held]);
  },

  async "bad input is refused by name, and nothing is done"() {
    const checkout = (await openShop()).checkout("c1");
    const malformed = answered(await checkout.post("{'requestType':'Auth'}"), 400);
    match(malformed.body[0].message, /^line 1, column 2: /);
    const card = answered(await checkout.pay("4111 1111 1111 1111"), 422);
    equal(card.body.errors[0].invalidParameters.map(({ name }) => name), ["paymentToken"]);
    ok(!card.text.includes("4111"), "the number is echoed");
    answered(await checkout.post({ requestType: "Auth", paymentToken: "sim_ok", amount: 1 }), 400);
    answered(await checkout.post(" ".repeat(70_000)), 400);
    answered(await checkout.post("{}", { "content-type": "text/plain" }), 415);
    equal((await checkout.payments()).paymentGroup, undefined);
  },

  async "who may see what"() {
    const shop = await openShop();
    const { path } = shop.checkout("c1");
    answered(await shop.send(undefined, "GET", `${path}/payments`), 401);
    answered(await shop.send("bob", "GET", `${path}/payments`), 404);
    answered(await shop.send("ann", "GET", path.replace(STORE, "other") + "/payments"), 404);
    answered(await shop.send("ann", "POST", "/services/data/v67.0/commerce/payments/sales", {}), 403);
    answered(await shop.send("ann", "GET", "/services/data/v67.0/commerce/payments/sales"), 405);
    const contract = answered(await shop.send(undefined, "GET", "/openapi.json"), 200);
    equal(contract.body.openapi, "3.1.0");
  },
};
