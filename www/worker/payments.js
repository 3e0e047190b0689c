/** The Durable Object that takes the payments. */
import { DurableObject } from "cloudflare:workers";
import { createStripeGateway } from "checkout-payments/gateways/stripe";
import { createPaymentsHandler } from "checkout-payments/server";
import { openDatabase, openDurableObjectStore } from "checkout-payments/stores/durable-object";
import { createApp } from "../server/app.js";
import { createAuthenticate } from "../server/auth.js";
import { readSettings } from "../server/settings.js";
import { createShop, SHOP_SCHEMA } from "../server/shop.js";
import { simulatorFrom } from "./simulator.js";

/** The payments of one merchant, and the demo's shop beside them. */
export class Payments extends DurableObject {
  #store;
  #payments;
  #app;

  constructor(ctx, env) {
    super(ctx, env);
    const { stripe, apiToken, recoverEveryMs, applicationLevel } = readSettings(env);
    this.#store = openDurableObjectStore(ctx.storage, { recoverEveryMs });
    const database = openDatabase(ctx.storage);
    database.exec(SHOP_SCHEMA);
    const shop = createShop(database);
    const simulator = stripe === undefined ? simulatorFrom(env.SIMULATOR) : undefined;
    const authenticate = createAuthenticate(shop, apiToken);
    // One JSON line for each request: method, path, status, time; never a token or a body.
    const log = (line) => console.log(JSON.stringify(line));
    this.#payments = createPaymentsHandler({ store: this.#store, gateways: [simulator ?? createStripeGateway(stripe)], checkouts: shop, authenticate, log, applicationLevel });
    this.#app = createApp({ shop, simulator, payments: this.#payments, authenticate, apiToken });
  }

  fetch(request) {
    return this.#app.fetch(request);
  }

  /** Set by the store, for whatever is due next. */
  alarm() {
    return this.#store.onAlarm(this.#payments);
  }
}
