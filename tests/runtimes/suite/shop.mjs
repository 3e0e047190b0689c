// A host of the payments handler, as small as one can be: checkouts in an object, sessions in a header, the simulator or another gateway. Its HTTP
// is a function call, so it needs no server and runs wherever there is `fetch`.

import { createPaymentsHandler } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { openSimulator } from "checkout-payments/gateways/simulator";
import { equal } from "./expect.mjs";

export const STORE = "store";
export const ADDRESS = { name: "John Doe", street: "123 Acme Drive", city: "Los Angeles", region: "CA", country: "US", postalCode: "90001" };

/** Opens the shop. Without a gateway it is the simulator; `simulator` is there then. */
export async function openShop({ store = createMemoryStore(), gateway, ...more } = {}) {
  const simulator = gateway === undefined ? await openSimulator({ path: ":memory:" }) : undefined;
  const checkouts = new Map();
  const log = [];
  // A Worker's clock stands still while it computes, and a quick host does a whole checkout in one millisecond.
  let now = 0;
  const clock = () => (now = Math.max(now + 1, Date.now()));
  const handler = createPaymentsHandler({
    store,
    gateways: [gateway ?? simulator],
    checkouts: {
      async find({ webstoreId, idOrActive, shopper }) {
        const found = idOrActive === "active" ? [...checkouts.values()].findLast((checkout) => checkout.shopper === shopper) : checkouts.get(idOrActive);
        if (webstoreId !== STORE || found === undefined || (shopper !== undefined && found.shopper !== shopper)) return undefined;
        return found.checkout;
      },
      async placed() {},
    },
    authenticate: ({ headers }) => identities[headers.get("authorization")],
    clock,
    log: (line) => log.push(line),
    ...more,
  });

  /** One request: what is text or bytes goes as it is. */
  async function send(who, method, path, body, headers = {}) {
    const raw = typeof body === "string" || body instanceof Uint8Array;
    const request = new Request(`http://shop.example${path}`, {
      method,
      headers: { ...(who === undefined ? {} : { authorization: `Bearer ${who}` }), ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    return read(await handler(request));
  }

  return {
    handler,
    simulator,
    log,
    send,
    /** Hands on what a client of the package sends. */
    fetch: (url, options) => handler(new Request(url, { method: options.method, headers: options.headers, ...(options.body === undefined ? {} : { body: options.body }) })),
    checkout(id, { amount = "129.90", currencyIsoCode = "USD", shopper = "ann" } = {}) {
      checkouts.set(id, { shopper, checkout: { id, webstoreId: STORE, status: "open", amount, currencyIsoCode, digest: `digest-${amount}` } });
      const path = `/services/data/v67.0/commerce/webstores/${STORE}/checkouts/${id}`;
      const post = (body, headers) => send(shopper, "POST", `${path}/payments`, body, headers);
      return {
        path,
        post,
        pay: (paymentToken, key) => post({ requestType: "Auth", paymentToken, billingAddress: ADDRESS }, key === undefined ? {} : { "idempotency-key": key }),
        payments: async () => (await send(shopper, "GET", `${path}/payments`)).body,
        order: () => send(shopper, "POST", `${path}/orders`),
        /** What the simulator has of it, in its own books. */
        async books() {
          const { paymentGroup } = (await send(shopper, "GET", `${path}/payments`)).body;
          return paymentGroup === undefined ? [] : JSON.parse(simulator.books(paymentGroup.id)).payments.map(({ authorized, reversed, captured, refunded }) => ({ authorized, reversed, captured, refunded }));
        },
      };
    },
  };
}

const identities = {
  "Bearer ann": { kind: "shopper", id: "ann" },
  "Bearer bob": { kind: "shopper", id: "bob" },
  "Bearer office": { kind: "backOffice" },
};

/** Fails unless the answer has this status, and says what it had otherwise. */
export function answered(answer, status) {
  equal(answer.status, status, answer.text);
  return answer;
}

async function read(response) {
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, text, body };
}
