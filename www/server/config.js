/** The server's settings, from the environment (DESIGN §8). */
import { randomBytes } from "node:crypto";
import { parse, resolve } from "node:path";

/**
 * @typedef {object} Config
 * @property {string} host  the address to listen on
 * @property {number} port  0 = any free one
 * @property {string} storePath  the payments store
 * @property {string} shopPath  the shop's own data, beside it
 * @property {string} simulatorPath  the simulator's books, apart from both
 * @property {string} apiToken  what back-office calls carry
 * @property {boolean} apiTokenMade  nobody set one: it has to be shown
 * @property {number} simulatorDelayMs  how long the simulator takes to answer
 * @property {number} recoverEveryMs  how often recovery runs
 * @property {"Invoice" | "InvoiceLine"} applicationLevel  at which level payments are applied to invoices
 */

/** A setting that can't be used; the message is for the person who set it. */
export class ConfigError extends Error {}

/**
 * Reads the settings. Throws {@link ConfigError}.
 * @param {Record<string, string | undefined>} env
 * @returns {Config}
 */
export function readConfig(env) {
  const storePath = sqlitePath(env.DATABASE_URL || "sqlite:.data/store.db");
  const { dir, name } = parse(storePath);
  const apiToken = env.PAYMENTS_API_TOKEN || randomBytes(24).toString("base64url");
  return {
    host: env.HOST || "127.0.0.1",
    port: wholeNumber("PORT", env.PORT, 8787, 65_535),
    storePath,
    shopPath: resolve(dir, `${name}.shop.db`),
    simulatorPath: resolve(dir, `${name}.simulator.db`),
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
