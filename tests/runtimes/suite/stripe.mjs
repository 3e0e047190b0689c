// The Stripe adapter on its SDK, against a server that speaks Stripe's protocol at `url`.

import { createAdmin } from "checkout-payments/admin";
import { createStripeGateway } from "checkout-payments/gateways/stripe";
import Stripe from "stripe";
import { equal } from "./expect.mjs";
import { answered, openShop } from "./shop.mjs";

const KEY = "sk_test_ofNobody";
const SECRET = "whsec_ofTheTests";

/** The tests. */
export const stripeTests = (url) => {
  const open = () => openShop({ gateway: createStripeGateway({ secretKey: KEY, webhookSecret: SECRET, apiBase: url }) });
  const office = ({ fetch }) => createAdmin({ baseUrl: "http://shop.example", token: "office", fetch });

  /** What the other side has, in its own words. */
  async function ask(method, path, form) {
    const response = await fetch(`${url}/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }) },
      ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    });
    return response.json();
  }
  const cardOf = async (number) => (await ask("POST", "payment_methods", { type: "card", "card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2034", "card[cvc]": "123" })).id;
  const intentOf = async (checkout) => ask("GET", `payment_intents/${(await checkout.payments()).paymentAuthorizations.at(-1).gatewayRefNumber}`);

  return {
    async "authorize, again with another amount, capture, refund"() {
      const shop = await open();
      answered(await shop.checkout("c1").pay("pm_card_visa"), 201);
      const first = await intentOf(shop.checkout("c1"));
      equal([first.amount, first.currency, first.status], [12990, "usd", "requires_capture"]);
      const checkout = shop.checkout("c1", { amount: "99.00" });
      answered(await checkout.pay("pm_card_visa"), 201);
      equal((await ask("GET", `payment_intents/${first.id}`)).status, "canceled");

      const { id } = (await checkout.payments()).paymentAuthorizations.at(-1);
      const taken = await office(shop).capture(id, { amount: "99.00" });
      equal([taken.outcome, taken.payment.amount], ["succeeded", "99.00"]);
      const second = await intentOf(checkout);
      equal([second.status, second.amount], ["succeeded", 9900]);
      equal((await office(shop).refund(taken.payment.id, { amount: "9.50" })).outcome, "succeeded");
      equal((await ask("GET", `refunds?payment_intent=${second.id}`)).data.map(({ amount }) => amount), [950]);
    },

    async "a declined card"() {
      const checkout = (await open()).checkout("c1");
      const declined = answered(await checkout.pay(await cardOf("4000000000000341")), 422);
      equal(declined.body.salesforceResultCode, "Decline");
      answered(await checkout.pay("pm_card_visa"), 201);
    },

    async "3-D Secure: the page gets what it needs to go on"() {
      const checkout = (await open()).checkout("c1");
      const review = answered(await checkout.pay(await cardOf("4000002500003155")), 202);
      equal(review.body.salesforceResultCode, "RequiresReview");
      equal(typeof JSON.parse(review.body.paymentData).clientSecret, "string");
    },

    async "nobody answers: it was not sent, or nobody knows; never a decline"() {
      const shop = await openShop({ gateway: createStripeGateway({ secretKey: KEY, apiBase: "http://127.0.0.1:1" }) });
      const failed = answered(await shop.checkout("c1").pay("pm_card_visa"), 422);
      equal(failed.body.salesforceResultCode, "SystemError");
    },

    async "a webhook with its signature, and with another"() {
      const shop = await open();
      const checkout = shop.checkout("c1");
      answered(await checkout.pay("pm_card_visa"), 201);
      const intent = await intentOf(checkout);
      const payload = JSON.stringify({ id: "evt_1", object: "event", type: "payment_intent.amount_capturable_updated", livemode: false, data: { object: intent } });
      const sign = (secret) => new Stripe(KEY).webhooks.generateTestHeaderStringAsync({ payload, secret, cryptoProvider: Stripe.createSubtleCryptoProvider() });
      const deliver = (signature) => shop.send(undefined, "POST", "/commerce/payments/notify?provider=stripe", payload, { "stripe-signature": signature });
      answered(await deliver(await sign("whsec_ofSomebody")), 401);
      answered(await deliver(await sign(SECRET)), 200);
      equal((await checkout.payments()).paymentAuthorizations.length, 1);
    },
  };
};
