/** The settings that are the same wherever the store runs, from the environment or a Worker's bindings (DESIGN §8). */
import { newToken } from "./ids.js";

/**
 * @typedef {object} Settings
 * @property {StripeConfig} [stripe]  Stripe takes the payments; without it the simulator does
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
 * @returns {Settings}
 */
export function readSettings(env) {
  const stripe = stripeSettings(env);
  const apiToken = env.PAYMENTS_API_TOKEN || newToken(24);
  return {
    ...(stripe === undefined ? {} : { stripe }),
    apiToken,
    apiTokenMade: apiToken !== env.PAYMENTS_API_TOKEN,
    simulatorDelayMs: wholeNumber("SIMULATOR_DELAY_MS", env.SIMULATOR_DELAY_MS, 0, 600_000),
    recoverEveryMs: wholeNumber("RECOVER_EVERY_MS", env.RECOVER_EVERY_MS, 5_000, 3_600_000, 10), // with less a Worker's alarm would do nothing but ring
    applicationLevel: oneOf("APPLICATION_LEVEL", env.APPLICATION_LEVEL || "InvoiceLine", ["InvoiceLine", "Invoice"]),
  };
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

/** A whole number, or what is meant when nothing is set. Throws {@link ConfigError}. */
export function wholeNumber(name, text, otherwise, max, min = 0) {
  if (!text) return otherwise;
  const number = Number(text);
  if (!/^[0-9]+$/.test(text) || number < min || number > max) throw new ConfigError(`${name} must be a whole number from ${min} to ${max}.`);
  return number;
}
