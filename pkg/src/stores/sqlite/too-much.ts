/** Queries that are within this package's bounds, and beyond what this SQLite takes: that of Node 20, and a Durable Object's above all. */
import { Refusal } from "../../server/refusal.js";

// What SQLite says, and what it is about. https://www.sqlite.org/limits.html, https://developers.cloudflare.com/durable-objects/platform/limits/
const LIMITS: readonly (readonly [RegExp, string])[] = [
  [/LIKE or GLOB pattern too complex/, "A text to be compared with LIKE has at most 50 bytes in this store."],
  [/Expression tree is too large|parser stack overflow/, "The conditions nest deeper than this store can follow."],
  [/too many columns/, "A query selects and sorts by less than 100 fields in this store."],
];

/** The refusal of a query that failed with this error, or undefined when that is not why. */
export function refusedQuery(error: unknown): Refusal | undefined {
  const message = error instanceof Error ? error.message : "";
  const found = LIMITS.find(([pattern]) => pattern.test(message));
  return found && new Refusal(400, "MALFORMED_QUERY", found[1]);
}
