/** A Durable Object's SQLite as the one interface that this package has for SQLite. */
import type { Database, SqlValue } from "../sqlite/driver.js";
import type { DurableObjectStorage } from "./storage.js";

// A row may have 2 MB (https://developers.cloudflare.com/durable-objects/platform/limits/), and a unit of UTF-16 three bytes.
const LONGEST_TEXT = 600_000;
const MAX_PARAMETERS = 100;

/** The database of this storage. There is nothing to close. */
export function openDatabase(storage: DurableObjectStorage): Database {
  const { sql } = storage;
  const all = (text: string, parameters: readonly SqlValue[]): Record<string, SqlValue>[] => {
    const rows = parameters.length > MAX_PARAMETERS ? sql.exec(packed(text), JSON.stringify(parameters)) : sql.exec(text, ...parameters);
    return rows.toArray() as Record<string, SqlValue>[]; // at once: a cursor must not be open when the next statement writes
  };
  return {
    exec: (text) => all(text, []),
    prepare: (text) => ({
      get: (...parameters) => all(text, parameters)[0],
      all: (...parameters) => all(text, parameters),
      run(...parameters) {
        all(text, parameters);
        return { changes: Number(all("SELECT changes() AS changes", [])[0]?.["changes"]) }; // the cursor counts the rows of indexes, too
      },
    }),
    close: () => undefined,
    transactionSync: (work) => storage.transactionSync(work),
    longestText: LONGEST_TEXT,
  };
}

// All values in one: the statements of this package have no question mark but those that stand for a value.
function packed(text: string): string {
  let at = 0;
  return text.replaceAll("?", () => `(?1 ->> '$[${at++}]')`);
}
