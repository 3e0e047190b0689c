// Starts the real server as a process of its own, on a free port of the loopback with its files in a new folder, and
// speaks to it as a shopper or as the back office does.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { watchOver } from "./child.mjs";
import { assertDocumented } from "./contract.mjs";

const MAIN = fileURLToPath(new URL("../../www/server/main.js", import.meta.url));
/** What back-office calls carry. */
export const API_TOKEN = "test-api-token";

/** The web store of the tests. */
export const STORE = "0ZE000000000001";

/** Web stores for tests of both release policies: the first releases first. */
export const STORES = [STORE, "0ZE000000000002"];

/** The address of the seed's samples. */
export const ADDRESS = { name: "John Doe", street: "123 Acme Drive", city: "Los Angeles", region: "CA", country: "US", postalCode: "90001" };

/** Starts a server and waits until it serves. `dir`: the files of an earlier one; `env`: more settings; `wrap`: of its command line. */
export async function startServer(options) {
  const server = await launchServer(options);
  server.url = await server.ready;
  return server;
}

/**
 * Starts a server and does not wait: `ready` is its address once it serves, and rejects when it ends before that.
 * TEST_SERVER=workerd: the store's Worker in workerd, instead of the store's server in Node.
 */
export async function launchServer(options) {
  const launch = process.env.TEST_SERVER === "workerd" ? (await import("../workers/support/store-worker.mjs")).launchWorker : launchNode;
  const launched = await launch({ ...options, env: { PAYMENTS_API_TOKEN: API_TOKEN, RECOVER_EVERY_MS: "3600000", ...options?.env } }); // recovery runs at start, and when a test asks for it
  const server = {
    ...launched,
    /** Its address; there once `ready` is. */
    url: undefined,
    /** Ends it politely, and removes its files unless they are to be kept. */
    async stop(how) {
      server.exitCode = await launched.stop(how);
    },
    backOffice: (method, path, body, headers) => send(server.url, method, path, body, { authorization: `Bearer ${API_TOKEN}`, ...headers }),
    anonymous: (method, path, body, headers) => send(server.url, method, path, body, headers),
    shopper: (token) => createShopper(server.url, token),
  };
  return server;
}

async function launchNode({ dir, env = {}, wrap = (command) => command }) {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), "checkout-payments-")));
  const [program, ...parameters] = wrap([process.execPath, MAIN]);
  const child = spawn(program, parameters, {
    env: { ...process.env, PORT: "0", DATABASE_URL: `sqlite:${join(folder, "store.db")}`, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  let errors = "";
  child.stderr.on("data", (data) => (errors += data));
  const ready = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /^checkout-payments is at (\S+)$/.exec(line);
      if (found) resolve(found[1]);
      else if (line.startsWith("{")) log.push(JSON.parse(line));
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${errors}`)));
  });
  const end = watchOver(child, ready);
  return {
    ready,
    dir: folder,
    /** The SQLite files. */
    files: async () => ({ store: join(folder, "store.db"), shop: join(folder, "store.shop.db"), simulator: join(folder, "store.simulator.db") }),
    pid: child.pid,
    log,
    /** Ends it as a crash does. */
    kill: () => end("SIGKILL"),
    async stop({ keep = false } = {}) {
      await end("SIGTERM");
      if (!keep) await rm(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

async function createShopper(url, known) {
  const token = known ?? (await send(url, "POST", "/demo/sessions")).body.token;
  const request = (method, path, body, headers) => send(url, method, path, body, { authorization: `Bearer ${token}`, ...headers });
  return {
    token,
    request,
    /** A checkout of one cart; its total is the price. */
    async checkout(price = "129.90", currencyIsoCode = "USD") {
      const cart = await request("POST", "/demo/carts", { currencyIsoCode, items: [{ name: "Hat", quantity: 1, unitPrice: price }] });
      const started = await request("POST", `/commerce/webstores/${STORE}/checkouts`, { cartId: cart.body.cartId });
      return createCheckoutClient(request, started.body.checkoutId, cart.body.cartId, price, currencyIsoCode);
    },
    /** A checkout known from before. */
    known: (id, cartId) => createCheckoutClient(request, id, cartId),
    /** A payment made outside, as a wallet does: a PostAuth token. */
    mint: async (amount, currencyIsoCode = "USD", more = {}) => (await request("POST", "/simulator/payments", { amount, currencyIsoCode, captured: false, ...more })).body.token,
  };
}

function createCheckoutClient(request, id, cartId, price, currencyIsoCode) {
  const base = (version) => `${version === undefined ? "" : `/services/data/v${version}`}/commerce/webstores/${STORE}/checkouts/${id}`;
  const post = (body, { version, key, headers } = {}) =>
    request("POST", `${base(version)}/payments`, body, { ...(key === undefined ? {} : { "idempotency-key": key }), ...headers });
  return {
    id,
    cartId,
    price,
    currencyIsoCode,
    path: base(),
    request,
    post,
    auth: (token = "sim_ok", options) => post({ requestType: "Auth", paymentToken: token, billingAddress: ADDRESS }, options),
    postAuth: (token, options) => post({ requestType: "PostAuth", paymentToken: token, billingAddress: ADDRESS }, options),
    purchaseOrder: (number = "PO-1", options) => post({ requestType: "SimplePurchaseOrder", paymentToken: number, billingAddress: ADDRESS }, options),
    payments: async () => (await request("GET", `${base()}/payments`)).body,
    order: () => request("POST", `${base()}/orders`),
    reprice: (unitPrice, currency = currencyIsoCode) =>
      request("PUT", `/demo/carts/${cartId}`, { currencyIsoCode: currency, items: [{ name: "Hat", quantity: 1, unitPrice }] }),
  };
}

/** Sends one request; a text or bytes body goes as it stands, anything else as JSON. Whatever the answer is, the contract must know it. */
export async function send(url, method, path, body, headers = {}) {
  const raw = body === undefined || typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
  const response = await fetch(url + path, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body), duplex: "half" }),
  });
  const text = await response.text();
  const answer = { status: response.status, headers: response.headers, text, body: parse(text) };
  assertDocumented(method, path, answer);
  return answer;
}

/** The simulator's books of a checkout's group. */
export async function booksOf(server, checkout) {
  const { paymentGroup } = await checkout.payments();
  if (paymentGroup === undefined) return [];
  return (await server.backOffice("GET", `/simulator/books?groupId=${paymentGroup.id}`)).body.payments;
}

/** What a gateway holds and keeps, in cents: live holds, and captures less refunds. */
export function totals(payments) {
  const cents = (amount) => Math.round(amount * 100);
  const sum = (of) => payments.reduce((total, payment) => total + of(payment), 0);
  return {
    held: sum(({ authorized, reversed, captured }) => cents(authorized) - cents(reversed) - cents(captured)),
    kept: sum(({ captured, refunded }) => cents(captured) - cents(refunded)),
  };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
