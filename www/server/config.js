/** The server's settings, from the environment (DESIGN §8). */
import { parse, resolve } from "node:path";
import { ConfigError, readSettings, wholeNumber } from "./settings.js";

/**
 * @typedef {object} Paths
 * @property {string} host  the address to listen on
 * @property {number} port  0 = any free one
 * @property {string} storePath  the payments store
 * @property {string} shopPath  the shop's own data, beside it
 * @property {string} simulatorPath  the simulator's books, apart from both
 *
 * @typedef {Paths & import("./settings.js").Settings} Config
 */

/**
 * Reads the settings. Throws {@link ConfigError}.
 * @param {Record<string, string | undefined>} env
 * @returns {Config}
 */
export function readConfig(env) {
  const settings = readSettings(env);
  // each gateway has a store of its own: its references mean nothing to another
  const storePath = sqlitePath(env.DATABASE_URL || `sqlite:.data/${settings.stripe === undefined ? "store" : "stripe"}.db`);
  const { dir, name } = parse(storePath);
  return {
    ...settings,
    host: env.HOST || "127.0.0.1",
    port: wholeNumber("PORT", env.PORT, 8787, 65_535),
    storePath,
    shopPath: resolve(dir, `${name}.shop.db`),
    simulatorPath: resolve(dir, `${name}.simulator.db`),
  };
}

function sqlitePath(url) {
  if (/^postgres(ql)?:/.test(url)) throw new ConfigError("DATABASE_URL: PostgreSQL is not supported yet; use sqlite:PATH.");
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  if (path === undefined || path.startsWith(":")) throw new ConfigError("DATABASE_URL must be sqlite:PATH, for example sqlite:.data/store.db.");
  return resolve(path);
}
