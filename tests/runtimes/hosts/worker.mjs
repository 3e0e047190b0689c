// The suite in a Worker: one request runs it, and answers with what came of it.

import { buildTests } from "../suite/builds.mjs";
import { checkoutTests } from "../suite/checkout.mjs";
import { officeTests } from "../suite/office.mjs";
import { run } from "../suite/run.mjs";
import { stripeTests } from "../suite/stripe.mjs";
import { withoutFiles } from "../suite/without-files.mjs";

export default {
  async fetch(request) {
    const { fixtures, stripe } = await request.json();
    const results = await run({
      builds: buildTests(fixtures),
      checkout: checkoutTests,
      "back office": officeTests,
      Stripe: stripeTests(stripe),
      "no files": withoutFiles,
    });
    return Response.json({ results, userAgent: navigator.userAgent });
  },
};
