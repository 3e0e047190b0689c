// A server as small as can be: one checkout, one shopper, the simulator as its gateway.

import { openSimulator } from "checkout-payments/gateways/simulator";
import { createPaymentsHandler } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";

const CHECKOUT = { id: "2z9000000000001AAA", webstoreId: "0ZE000000000001GAA", status: "open", amount: "129.90", currencyIsoCode: "USD", digest: "4b1f6f7e" };

export async function createHandler() {
  return createPaymentsHandler({
    store: createMemoryStore(),
    gateways: [await openSimulator({ path: ":memory:" })],
    checkouts: { find: async () => CHECKOUT, placed: async () => undefined },
    authenticate: () => ({ kind: "shopper", id: "ada" }),
    log: (line) => console.error(JSON.stringify(line)),
  });
}
