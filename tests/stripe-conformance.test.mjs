// The Stripe adapter under the conformance kit: on localstripe, a server that we did not write, and on the emulator, which has what that one lacks.

import { after, before, test } from "node:test";
import { gatewayConformance, register } from "checkout-payments/testing";
import { startLocalstripe } from "./support/localstripe.mjs";
import { emulatorHarness, localstripeHarness, SECRETS } from "./support/stripe-harness.mjs";

let localstripe;
before(async () => {
  localstripe = await startLocalstripe();
});
after(() => localstripe.stop());

register(
  gatewayConformance({
    name: "Stripe on localstripe",
    async open() {
      await localstripe.flush(); // it looks through all it has for each question
      return localstripeHarness(localstripe);
    },
    secrets: SECRETS,
    cannot: {
      "answers: permanentFail is PermanentFail, and nothing was taken": "localstripe declines without saying why",
      "answers: invalid is ValidationError, and nothing was taken": "localstripe declines without saying why",
      "tokenize: a payment whose method is to be kept gives the lasting token too": "localstripe refuses setup_future_usage",
      "amounts: more than there is, is captured and refunded only as the books say": "localstripe gives back more than was taken: the core does not ask for it (tests/stripe.test.mjs)",
    },
  }),
  test,
);

register(gatewayConformance({ name: "Stripe on the emulator", open: emulatorHarness, secrets: SECRETS }), test);
