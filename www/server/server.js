/** The demo store's server: a shop, the payments handler, a gateway (the simulator, or Stripe), and the page, behind one port. */
import { serve } from "@hono/node-server";
import { openSimulator } from "checkout-payments/gateways/simulator";
import { createStripeGateway } from "checkout-payments/gateways/stripe";
import { createPaymentsHandler } from "checkout-payments/server";
import { DURABLE, openDatabase, openSqliteStore } from "checkout-payments/stores/sqlite";
import { createApp } from "./app.js";
import { createAuthenticate } from "./auth.js";
import { openapi } from "./openapi.js";
import { ConfigError } from "./settings.js";
import { createShop, SHOP_SCHEMA } from "./shop.js";
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
  const shop = createShop(await openDatabase(config.shopPath, DURABLE, (database) => database.exec(SHOP_SCHEMA)));
  const simulator = stripe === undefined ? await openSimulator({ path: config.simulatorPath, delayMs: config.simulatorDelayMs }) : undefined;
  const authenticate = createAuthenticate(shop, config.apiToken);
  const payments = createPaymentsHandler({ store, gateways: [stripe ?? simulator], checkouts: shop, authenticate, log, applicationLevel: config.applicationLevel });
  const app = createApp({ shop, simulator, payments, authenticate, apiToken: config.apiToken, openapi, servePage });
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

function listen(app, { host, port }) {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions: { requestTimeout: 60_000, headersTimeout: 20_000, maxHeaderSize: MAX_HEADER_BYTES } }, () => resolve(server));
    server.once("error", reject);
  });
}
