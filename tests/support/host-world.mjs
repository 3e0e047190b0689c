// The payments handler in this process, with ports of the test's own: a gateway that does what the test says, any store.

import { createPaymentsHandler } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";

const CHECKOUT = { id: "checkout-1", webstoreId: "store", status: "open", amount: "129.90", currencyIsoCode: "USD", digest: "d1" };

/** A host of one checkout. `process` and `inquire` answer for the gateway; what else is given goes to the handler. */
export function createWorld({ process = async () => success(), inquire = async () => ({ resultCode: "Indeterminate" }), store = createMemoryStore(), ...more } = {}) {
  const calls = [];
  const log = [];
  const world = { calls, log, store, checkout: { ...CHECKOUT }, placed: [], now: Date.UTC(2026, 0, 1) };
  const gateway = {
    provider: "fake",
    capabilities: { keyWindowMs: 86_400_000, inquire: ["ourReference"] },
    process: async (call, signal) => {
      calls.push(call);
      return process(call, signal, calls.length);
    },
    inquire: async (call, signal) => {
      calls.push(call);
      return inquire(call, signal, calls.length);
    },
    notification: async ({ headers, body }) => ({
      authentic: headers.get("x-proof") === "yes",
      notifications: [].concat(JSON.parse(new TextDecoder().decode(body))),
    }),
  };
  world.handler = createPaymentsHandler({
    store,
    gateways: [gateway],
    checkouts: {
      find: async ({ webstoreId, idOrActive, shopper }) =>
        webstoreId === "store" && (idOrActive === "active" || idOrActive === world.checkout.id) && (shopper ?? "me") === "me" ? world.checkout : undefined,
      placed: async (_, number) => void world.placed.push(number),
    },
    authenticate: (request) => (request.headers.get("authorization") === null ? undefined : request.headers.get("authorization") === "back" ? { kind: "backOffice" } : { kind: "shopper", id: request.headers.get("authorization") }),
    clock: () => (world.now += 1),
    log: (line) => log.push(line),
    ...more,
  });
  world.send = async (method, path, body, headers = {}) => {
    const response = await world.handler(
      new Request(`http://localhost${path}`, { method, headers: { authorization: "me", "content-type": "application/json", ...headers }, ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }) }),
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text === "" ? undefined : JSON.parse(text) };
  };
  world.pay = (token = "card", headers) => world.send("POST", "/commerce/webstores/store/checkouts/active/payments", { requestType: "Auth", paymentToken: token }, headers);
  world.payments = async () => (await world.send("GET", "/commerce/webstores/store/checkouts/active/payments")).body;
  return world;
}

let references = 0;

/** A gateway's word that it was done. */
export const success = () => ({ resultCode: "Success", gatewayReference: `ref-${++references}`, amount: "129.90", currencyIsoCode: "USD" });

/** Waits. */
export const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `test` holds. */
export async function until(test) {
  for (let attempt = 0; attempt < 1000; attempt++) {
    if (await test()) return;
    await later(5);
  }
  throw new Error(`never: ${test}`);
}
