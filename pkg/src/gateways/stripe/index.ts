/**
 * Stripe, on its official SDK and `fetch`, so it runs wherever those do. What each operation is at Stripe, what every error means and what
 * Stripe can't do: docs/gateways-stripe.md.
 *
 * ```ts
 * const stripe = createStripeGateway({ secretKey: env.STRIPE_SECRET_KEY, webhookSecret: env.STRIPE_WEBHOOK_SECRET });
 * const payments = createPaymentsHandler({ store, gateways: [stripe], checkouts, authenticate });
 * ```
 */
import Stripe from "stripe";
import type { Gateway, GatewayCall, Outcome } from "../../server/ports.js";
import { capture, refund, reverse } from "./change.js";
import { LINE_ITEMS_MAX } from "./enhanced-data.js";
import { outcomeOf, refused } from "./errors.js";
import { inquire } from "./inquire.js";
import { readWebhook } from "./notify.js";
import type { StripeOptions } from "./options.js";
import { type Session, Turn } from "./session.js";
import { postAuthorize, take } from "./take.js";
import { tokenize } from "./tokens.js";
import { sendOnce } from "./transport.js";

export { CURRENCY_CLASSES, type CurrencyClass } from "./currencies.js";
export { CODE_ROWS, type CodeMeaning, meaningOf } from "./codes.js";
export type { RetryCategory, RetryDecision } from "../../wire.js";
export { IGNORED_EVENTS, READ_EVENTS } from "./events.js";
export { fromStripe, toStripe } from "./amounts.js";
export type { StripeOptions } from "./options.js";

const STRIPE_API = "https://api.stripe.com";
/** The version whose answers these modules read; a newer SDK would bring its own. */
const API_VERSION = "2026-10-28.endive";
/** Stripe keeps a key for 24 hours at least; the last hour is not counted on. */
const KEY_WINDOW_MS = 23 * 3_600_000;
const NOT_FOUND_AFTER_MS = 10 * 60_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Makes the gateway. Throws a `TypeError` that names the option which can't be used. */
export function createStripeGateway(options: StripeOptions): Gateway {
  const { secretKey, apiBase = STRIPE_API, provider = "stripe", account, timeoutMs = REQUEST_TIMEOUT_MS } = options;
  if (typeof secretKey !== "string" || !/^[sr]k_\S+$/.test(secretKey)) throw new TypeError("secretKey must be one of Stripe's secret or restricted keys.");
  const base = baseOf(apiBase);
  const compatible = options.compatible ?? base.origin !== STRIPE_API;
  const crypto = Stripe.createSubtleCryptoProvider();
  const stripe = new Stripe(secretKey, {
    apiVersion: API_VERSION,
    httpClient: Stripe.createFetchHttpClient(sendOnce(options.fetch ?? ((input, init) => fetch(input, init)))),
    maxNetworkRetries: 0, // the engine repeats, and knows when it may
    timeout: timeoutMs,
    telemetry: false,
    host: base.hostname,
    port: base.port === "" ? (base.protocol === "http:" ? "80" : "443") : base.port,
    protocol: base.protocol === "http:" ? "http" : "https",
    appInfo: { name: "checkout-payments" },
    ...(account === undefined ? {} : { stripeAccount: account }),
  });
  const session: Session = { stripe, options, compatible, timeoutMs };

  return {
    provider,
    capabilities: {
      keyWindowMs: compatible ? 0 : KEY_WINDOW_MS,
      inquire: ["ourReference", "gatewayReference"],
      notFoundAfterMs: NOT_FOUND_AFTER_MS,
      lineItemsMax: LINE_ITEMS_MAX,
      captureReleasesRest: true, // several captures of one hold are not asked for
    },
    process: (call, signal) => settled(() => processed(new Turn(session, call, signal))),
    inquire: (call, signal) => inquire(new Turn(session, call, signal)),
    notification: (request) => readWebhook({ stripe, crypto, provider, options }, request),
  };
}

async function settled(operation: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await operation();
  } catch (error) {
    return outcomeOf(error);
  }
}

async function processed(turn: Turn): Promise<Outcome> {
  const { operation }: GatewayCall = turn.call;
  switch (operation) {
    case "authorize":
    case "sale":
      return take(turn);
    case "postauth":
      return postAuthorize(turn);
    case "capture":
      return capture(turn);
    case "reverse":
      return reverse(turn);
    case "refund":
      return refund(turn);
    case "tokenize":
      return tokenize(turn);
    case "inquire":
      return refused("not_a_request", "an inquiry is no request");
  }
}

// A key must not travel in the clear but to this very machine.
function baseOf(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new TypeError("apiBase must be an address, such as https://api.stripe.com.");
  }
  const isHere = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isHere)) throw new TypeError("apiBase must be https, or http on this machine.");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "") throw new TypeError("apiBase must be an address without a path.");
  return url;
}
