// @ts-check
// How the conformance kit gets at PlainPay: its adapter, and the ways to look behind a PlainPay of one's own (a sandbox, a mock, a fake).

import { createPlainPay } from "./plainpay.mjs";

let tokens = 0;

/**
 * @param {{ books: any, outside: any, about: any, sign: any, advance: any }} gateway
 * @param {{ baseUrl: string, apiKey: string, webhookSecret: string }} options
 * @returns {import("checkout-payments/testing").GatewayHarness}
 */
export function plainPayHarness(gateway, options) {
  return {
    // Everything is sent through the kit's fetch: so it can lose what is sent, and what is answered.
    connect: (fetch) => createPlainPay({ ...options, fetch }),
    // PlainPay's test tokens say what becomes of a payment. Each is for one use.
    token: (wish) => `tok_${++tokens}x_${wish?.operation ?? "none"}_${wish?.meets ?? "done"}`,
    // What really happened: by this, and not by what the adapter says, the kit judges.
    books: (groupId) => gateway.books(groupId),
    outside: (payment) => gateway.outside(payment),
    confirm: () => {},
    notifications: {
      about: (reference, event) => gateway.about(reference, event),
      sign: (body, account) => gateway.sign(body, account),
      unrelated: () => new TextEncoder().encode('{"type":"payout.made","payout":{"amount":7}}'),
    },
    storedFailure: () => Response.json({ error: { code: "internal_error" } }, { status: 500, headers: { "idempotent-replayed": "true" } }),
    misquote: {
      amount: (answer) => answer.replace(/"amount":(\d+)/, (_, amount) => `"amount":${Number(amount) + 100}`),
      currency: (answer) => answer.replace('"currency":"USD"', '"currency":"EUR"'),
    },
    advance: (ms) => gateway.advance(ms),
  };
}
