// PlainPay and its adapter (docs/examples/plainpay.mjs), as the conformance kit wants to have them.

import { createPlainPay } from "../../docs/examples/plainpay.mjs";
import { API_KEY, createPlainPayGateway, WEBHOOK_SECRET } from "./plainpay-gateway.mjs";

export const SECRETS = [API_KEY, WEBHOOK_SECRET];

/** Over a real socket. */
export async function openPlainPayHarness() {
  const gateway = createPlainPayGateway();
  const { baseUrl, close } = await gateway.listen();
  return { ...harnessOf(gateway, baseUrl), close };
}

/** In this process, quickly. `mutate` may break the adapter, which it makes from a `fetch`. */
export function plainPayInProcess(mutate = (connect, fetch) => connect(fetch)) {
  const gateway = createPlainPayGateway();
  const { connect, ...harness } = harnessOf(gateway, "http://plainpay");
  const fetch = async (input, init) => gateway.handle(new Request(input, init));
  return { ...harness, fetch, connect: (given) => mutate(connect, given, fetch) };
}

let tokens = 0;

function harnessOf(gateway, baseUrl) {
  return {
    connect: (fetch) => createPlainPay({ baseUrl, apiKey: API_KEY, webhookSecret: WEBHOOK_SECRET, fetch }),
    token: (wish) => `tok_${++tokens}x_${wish?.operation ?? "none"}_${wish?.meets ?? "done"}`,
    books: gateway.books,
    outside: gateway.outside,
    confirm: () => {},
    notifications: { about: gateway.about, sign: gateway.sign, unrelated: () => new TextEncoder().encode('{"type":"payout.made","payout":{"amount":7}}') },
    storedFailure: () => Response.json({ error: { code: "internal_error" } }, { status: 500, headers: { "idempotent-replayed": "true" } }),
    misquote: {
      amount: (text) => text.replace(/"amount":(\d+)/, (_, amount) => `"amount":${Number(amount) + 100}`),
      currency: (text) => text.replace('"currency":"USD"', '"currency":"EUR"'),
    },
    advance: gateway.advance,
  };
}
