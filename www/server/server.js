/** The demo store's server: a shop, the payments handler, a gateway (the simulator, or Stripe), and the page, behind one port. */
import { serve } from "@hono/node-server";
import { createSimulatorEndpoints, openSimulator } from "checkout-payments/gateways/simulator";
import { createStripeGateway } from "checkout-payments/gateways/stripe";
import { createPaymentsHandler } from "checkout-payments/server";
import { openSqliteStore } from "checkout-payments/stores/sqlite";
import { Hono } from "hono";
import { createAuthenticate } from "./auth.js";
import { ConfigError } from "./config.js";
import { refusal } from "./http.js";
import { openapi } from "./openapi.js";
import { openShop } from "./shop.js";
import { createShopRoutes } from "./shop-routes.js";
import { servePage } from "./static.js";

const CLOSE_MS = 10_000;
// A query of 20,000 characters is part of the address, where most signs are written as three.
const MAX_HEADER_BYTES = 96 * 1024;

/**
 * Starts the server. Rejects with a message for people when a file or the port can't be had.
 * @param {import("./config.js").Config} config
 * @param {(line: object) => void} log
 */
export async function startServer(config, log) {
  const stripe = config.stripe === undefined ? undefined : openStripe(config.stripe);
  const store = await openSqliteStore({ path: config.storePath });
  const shop = await openShop(config.shopPath);
  const simulator = stripe === undefined ? await openSimulator({ path: config.simulatorPath, delayMs: config.simulatorDelayMs }) : undefined;
  const authenticate = createAuthenticate(shop, config.apiToken);
  const payments = createPaymentsHandler({ store, gateways: [stripe ?? simulator], checkouts: shop, authenticate, log, applicationLevel: config.applicationLevel });
  const app = createApp({ shop, simulator, payments, authenticate, apiToken: config.apiToken });
  const server = await listen(app, config);
  const stopRecovery = payments.startRecovery({ everyMs: config.recoverEveryMs });

  return {
    url: `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${server.address().port}`,
    /** Lets what is under way finish, then gives the files back. */
    async close() {
      const recovered = stopRecovery();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref();
      });
      // A gateway may take longer than anybody waits; what it leaves announced is recovered at the next start.
      await Promise.race([recovered, new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
      simulator?.close();
      shop.close();
      store.close();
    },
  };
}

function openStripe(settings) {
  try {
    return createStripeGateway(settings);
  } catch (error) {
    throw new ConfigError(`STRIPE_API_BASE: ${error.message}`);
  }
}

function createApp(parts) {
  const { simulator, payments, authenticate } = parts;
  const shopRoutes = createShopRoutes(parts);

  const app = new Hono();
  const read = (path, answer) => {
    app.get(path, answer);
    app.all(path, () => refusal(405, "METHOD_NOT_ALLOWED", "Allowed here: GET.", { allow: "GET, HEAD" }));
  };
  // Liveness: a restart mends no disk, so what can't be used is told with a 200.
  read("/healthz", (c) => {
    const outages = payments.outages().map(({ part, trouble, since }) => ({ part, trouble, since: new Date(since).toISOString() }));
    return c.json(outages.length === 0 ? { status: "ok" } : { status: "degraded", outages });
  });
  read("/openapi.json", (c) => c.json(openapi));
  if (simulator !== undefined) {
    const simulatorEndpoints = createSimulatorEndpoints({ simulator, authenticate, deliverTo: payments });
    app.all("/simulator/*", (c) => simulatorEndpoints(c.req.raw));
  }
  app.all("/demo/*", (c) => shopRoutes.fetch(c.req.raw));
  for (const prefix of ["", "/services/data/:version"]) {
    app.all(`${prefix}/commerce/webstores/:webstoreId/checkouts`, (c) => shopRoutes.fetch(c.req.raw));
    app.all(`${prefix}/commerce/*`, (c) => payments(c.req.raw));
  }
  for (const path of ["/payments/*", "/sobjects/*", "/services/*"]) app.all(path, (c) => payments(c.req.raw));
  servePage(app);
  app.notFound(() => refusal(404, "NOT_FOUND", "There is nothing at this address."));
  app.onError(() => refusal(500, "UNKNOWN_EXCEPTION", "Something went wrong here."));
  return app;
}

function listen(app, { host, port }) {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions: { requestTimeout: 60_000, headersTimeout: 20_000, maxHeaderSize: MAX_HEADER_BYTES } }, () => resolve(server));
    server.once("error", reject);
  });
}
