// PlainPay (docs/examples) with its gateway: over a real socket, or in this process.

import { plainPayHarness } from "../../docs/examples/plainpay-harness.mjs";
import { API_KEY, createPlainPayGateway, WEBHOOK_SECRET } from "./plainpay-gateway.mjs";

export const SECRETS = [API_KEY, WEBHOOK_SECRET];

const account = { apiKey: API_KEY, webhookSecret: WEBHOOK_SECRET };

export async function openPlainPayHarness() {
  const gateway = createPlainPayGateway();
  const { baseUrl, close } = await gateway.listen();
  return { ...plainPayHarness(gateway, { ...account, baseUrl }), close };
}

/** Quickly. `mutate` may break the adapter, which it makes from a `fetch`. */
export function plainPayInProcess(mutate = (connect, fetch) => connect(fetch)) {
  const gateway = createPlainPayGateway();
  const { connect, ...harness } = plainPayHarness(gateway, { ...account, baseUrl: "http://plainpay" });
  const fetch = async (input, init) => gateway.handle(new Request(input, init));
  return { ...harness, fetch, connect: (given) => mutate(connect, given, fetch) };
}
