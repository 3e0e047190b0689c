/** The server's settings, from the environment (DESIGN §8). */
import { randomBytes } from "node:crypto";
import { parse, resolve } from "node:path";

/**
 * @typedef {object} Config
 * @property {string} host  the address to listen on
 * @property {number} port  0 = any free one
 * @property {string} storePath  the payments store
 * @property {string} shopPath  the shop's own data, beside it
 * @property {StripeConfig} [stripe]  Stripe takes the payments; without it the simulator does
 * @property {string} simulatorPath  the simulator's books, apart from both
 * @property {string} apiToken  what back-office calls carry
 * @property {boolean} apiTokenMade  nobody set one: it has to be shown
 * @property {number} simulatorDelayMs  how long the simulator takes to answer
 * @property {number} recoverEveryMs  how often recovery runs
 * @property {"Invoice" | "InvoiceLine"} applicationLevel  at which level payments are applied to invoices
 */

/**
 * @typedef {object} StripeConfig  the settings that begin with STRIPE_
 * @property {string} secretKey
 * @property {string} [webhookSecret]
 * @property {string} [apiBase]
 * @property {string} [returnUrl]
 */

/** A setting that can't be used; the message is for the person who set it. */
export class ConfigError extends Error {}

/**
 * Reads the settings. Throws {@link ConfigError}.
 * @param {Record<string, string | undefined>} env
 * @returns {Config}
 */
export function readConfig(env) {
  const stripe = stripeSettings(env);
  // each gateway has a store of its own: its references mean nothing to another
  const storePath = sqlitePath(env.DATABASE_URL || `sqlite:.data/${stripe === undefined ? "store" : "stripe"}.db`);
  const { dir, name } = parse(storePath);
  const apiToken = env.PAYMENTS_API_TOKEN || randomBytes(24).toString("base64url");
  return {
    host: env.HOST || "127.0.0.1",
    port: wholeNumber("PORT", env.PORT, 8787, 65_535),
    storePath,
    shopPath: resolve(dir, `${name}.shop.db`),
    simulatorPath: resolve(dir, `${name}.simulator.db`),
    ...(stripe === undefined ? {} : { stripe }),
    apiToken,
    apiTokenMade: apiToken !== env.PAYMENTS_API_TOKEN,
    simulatorDelayMs: wholeNumber("SIMULATOR_DELAY_MS", env.SIMULATOR_DELAY_MS, 0, 600_000),
    recoverEveryMs: wholeNumber("RECOVER_EVERY_MS", env.RECOVER_EVERY_MS, 5_000, 3_600_000),
    applicationLevel: oneOf("APPLICATION_LEVEL", env.APPLICATION_LEVEL || "InvoiceLine", ["InvoiceLine", "Invoice"]),
  };
}

function sqlitePath(url) {
  if (/^postgres(ql)?:/.test(url)) throw new ConfigError("DATABASE_URL: PostgreSQL is not supported yet; use sqlite:PATH.");
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  if (path === undefined || path.startsWith(":")) throw new ConfigError("DATABASE_URL must be sqlite:PATH, for example sqlite:.data/store.db.");
  return resolve(path);
}

// A key is never repeated in a message: it would be in a log then.
function stripeSettings({ STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_BASE: apiBase, STRIPE_RETURN_URL: returnUrl }) {
  if (!secretKey) {
    const lonely = Object.entries({ STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_BASE: apiBase }).find(([, value]) => value);
    if (lonely) throw new ConfigError(`${lonely[0]} does nothing without STRIPE_SECRET_KEY.`);
    return undefined;
  }
  if (!/^[sr]k_test_\S+$/.test(secretKey)) throw new ConfigError("STRIPE_SECRET_KEY must be a test key (sk_test_… or rk_test_…): this is a demo store.");
  return { secretKey, ...(webhookSecret && { webhookSecret }), ...(apiBase && { apiBase }), ...(returnUrl && { returnUrl }) };
}

function oneOf(name, text, values) {
  if (!values.includes(text)) throw new ConfigError(`${name} must be one of ${values.join(", ")}.`);
  return text;
}

function wholeNumber(name, text, otherwise, max) {
  if (text === undefined || text === "") return otherwise;
  const number = Number(text);
  if (!/^[0-9]+$/.test(text) || number > max) throw new ConfigError(`${name} must be a whole number up to ${max}.`);
  return number;
}
