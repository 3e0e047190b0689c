// Stripe, as the conformance kit wants to have it: on localstripe, over a socket; and on the emulator, in this process.

import { createStripeGateway, fromStripe, toStripe } from "checkout-payments/gateways/stripe";
import Stripe from "stripe";
import { SECRET_KEY } from "./localstripe.mjs";
import { createStripeEmulator } from "./stripe-emulator.mjs";

const WEBHOOK_SECRET = "whsec_ofTheTests";
export const SECRETS = [SECRET_KEY, WEBHOOK_SECRET];
const sdk = new Stripe(SECRET_KEY);
const encode = (value) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

// What only prepares a call charges nobody: a customer, a setup intent that is not confirmed, a note on the intent before its capture.
const acts = ({ url, body }) => {
  const { pathname } = new URL(url);
  return pathname !== "/v1/customers" && pathname !== "/v1/setup_intents" && !(/^\/v1\/payment_intents\/\w+$/.test(pathname) && body.includes("capture_reference"));
};

// The first amount, or the currency, that the answer speaks of.
const misquote = {
  amount: (text) => text.replace(/("amount(?:_received)?":\s*)(\d+)/g, (_, name, number) => `${name}${Number(number) + 1}`),
  currency: (text) => text.replace(/("currency":\s*)"usd"/g, '$1"eur"'),
};

const storedFailure = () => Response.json({ error: { type: "api_error", message: "An error occurred." } }, { status: 500, headers: { "idempotent-replayed": "true" } });

/** On localstripe, which runs already. */
export function localstripeHarness(stripe) {
  return {
    connect: (fetch) => createStripeGateway({ secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET, apiBase: stripe.url, fetch }),
    async token(wish) {
      // a name for a new payment method each time; one that a page has made keeps its name when it is kept, there as at Stripe
      if (wish === undefined) return "pm_card_visa";
      if (wish.operation !== "authorize" && wish.operation !== "sale") return undefined;
      if (wish.meets === "decline") return stripe.card("4000000000000341");
      if (wish.meets === "review") return stripe.card("4000002500003155");
      return undefined;
    },
    acts,
    misquote,
    storedFailure,
    async books(groupId) {
      const ours = (await stripe.intents()).filter(({ metadata }) => metadata.group_id === groupId);
      return Promise.all(
        ours.filter(({ latest_charge: charge }) => charge?.status !== "failed").map(async ({ id, amount, currency, status, latest_charge: charge }) => {
          const all = charge === null ? [] : await stripe.refunds(id);
          const sum = (refunds) => refunds.reduce((total, refund) => total + refund.amount, 0);
          // what a capture leaves is written as a refund, which has no name of ours
          const left = sum(all.filter(({ metadata }) => metadata.our_reference === undefined));
          return booked(currency, { authorized: charge === null ? 0 : amount, held: status === "requires_capture" ? amount : 0, captured: status === "succeeded" ? amount - left : 0, refunded: sum(all) - left });
        }),
      );
    },
    outside: async ({ amount, currencyIsoCode, captured }) =>
      (await stripe.pay({ amount: String(toStripe(amount, currencyIsoCode)), currency: currencyIsoCode.toLowerCase(), capture_method: captured ? "automatic" : "manual" })).id,
    async confirm(reference) {
      const { client_secret: secret } = await stripe.intent(reference);
      await stripe.authenticate(reference, secret);
    },
  };
}

/** On an emulator of its own. */
export function emulatorHarness() {
  const stripe = createStripeEmulator();
  const tokens = { decline: "pm_card_chargeCustomerFail", permanentFail: "pm_card_visa_chargeDeclinedStolenCard", invalid: "pm_card_chargeDeclinedIncorrectCvc", review: "pm_card_authenticationRequired", pending: "pm_card_pending" };
  return {
    fetch: stripe.fetch,
    connect: (fetch) => createStripeGateway({ secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET, fetch }),
    token: (wish) => (wish === undefined ? "pm_card_visa" : wish.operation === "authorize" || wish.operation === "sale" ? tokens[wish.meets] : undefined),
    acts,
    misquote,
    storedFailure,
    books: (groupId) =>
      [...stripe.intents.values()]
        .filter(({ metadata, status }) => metadata.group_id === groupId && status !== "requires_payment_method")
        .map(({ id, amount, amount_capturable: held, amount_received: captured, currency, latest_charge: charge }) => booked(currency, { authorized: charge === null ? 0 : amount, held, captured, refunded: stripe.refundedOf(id) })),
    outside: ({ amount, currencyIsoCode, captured }) => stripe.outside({ amount: String(toStripe(amount, currencyIsoCode)), currency: currencyIsoCode.toLowerCase(), capture_method: captured ? "automatic" : "manual" }).id,
    confirm: (reference) => stripe.authenticate(reference),
    notifications: {
      unrelated: () => encode({ id: "evt_1", object: "event", type: "invoice.paid", livemode: false, data: { object: { id: "in_1", object: "invoice" } } }),
      about(reference, event) {
        const object = stripe.decide(reference, event);
        const type = object.status === "requires_payment_method" ? "payment_intent.payment_failed" : object.status === "succeeded" ? "payment_intent.succeeded" : "payment_intent.amount_capturable_updated";
        return encode({ id: "evt_1", object: "event", type, livemode: false, data: { object } });
      },
      sign: (body, account) => {
        const payload = new TextDecoder().decode(body);
        const signature = sdk.webhooks.generateTestHeaderString({ payload, secret: account === "own" ? WEBHOOK_SECRET : "whsec_other" });
        return { body, headers: new Headers({ "content-type": "application/json", "stripe-signature": signature }) };
      },
    },
    advance: stripe.advance,
  };
}

function booked(currency, sums) {
  const currencyIsoCode = currency.toUpperCase();
  return { currencyIsoCode, ...Object.fromEntries(Object.entries(sums).map(([name, number]) => [name, fromStripe(number, currencyIsoCode)])) };
}
