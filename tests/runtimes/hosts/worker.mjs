// The suite in a Worker: one request runs it, and answers with what came of it.

import { createStripeGateway } from "checkout-payments/gateways/stripe";
import { buildTests } from "../suite/builds.mjs";
import { checkoutTests } from "../suite/checkout.mjs";
import { kitTests } from "../suite/kit.mjs";
import { officeTests } from "../suite/office.mjs";
import { run } from "../suite/run.mjs";
import { answered, openShop } from "../suite/shop.mjs";
import { stripeTests } from "../suite/stripe.mjs";
import { withoutFiles } from "../suite/without-files.mjs";

// What a Worker makes while it starts may not draw random numbers, set timers or ask anybody.
const shop = await openShop();
const stripeShop = await openShop({ gateway: createStripeGateway({ secretKey: "sk_test_ofNobody", apiBase: "http://127.0.0.1:1" }) });

const startTests = {
  async "what was made while the Worker started serves requests"() {
    const checkout = shop.checkout("c1");
    answered(await checkout.pay("sim_authorize-pending"), 202);
    const { headers, body } = await shop.simulator.decide((await checkout.payments()).paymentAuthorizations[0].gatewayRefNumber, "succeeded");
    answered(await shop.send(undefined, "POST", "/commerce/payments/notify?provider=simulator", body, headers), 200);
    answered(await checkout.order(), 201);
    answered(await stripeShop.checkout("c1").pay("pm_card_visa"), 422);
  },
};

export default {
  async fetch(request) {
    const { fixtures, stripe } = await request.json();
    const results = await run({
      builds: buildTests(fixtures),
      checkout: checkoutTests,
      "back office": officeTests,
      kit: kitTests(),
      Stripe: stripeTests(stripe),
      "no files": withoutFiles,
      start: startTests,
    });
    return Response.json({ results, userAgent: navigator.userAgent });
  },
};
