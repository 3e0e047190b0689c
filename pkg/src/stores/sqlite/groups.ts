/** The groups, their index and their records in SQLite: tables and statements, for every store that reaches such a database in its own way. */
import { PaymentsError } from "../../errors.js";
import type { RecordStore, Store, Write } from "../../server/ports.js";
import { type Database, transact } from "./driver.js";
import { longValues } from "./long-values.js";
import { NEWER_INDEXES, recordReader, type RecordRow, recordRows, RECORDS_SCHEMA, recordWriter } from "./records.js";

/** What every such store is, whatever else it can do. */
export type GroupStore = Pick<Store, "load" | "commit" | "find"> & { readonly records: RecordStore };

/** Runs one piece of work on the database, now or again a little later; a failure is a `StoreUnavailable`. */
export type Use = <T>(work: () => T) => Promise<T>;

/**
 * Runs one piece of writing in a transaction, its own or one that it shares; true = it is durable. The work gives false when it has
 * written nothing, and is undone when it throws.
 */
export type Commit = (work: () => boolean) => Promise<boolean>;

// Changes with every change of the tables; a database of another version is refused, never guessed at.
const SCHEMA_VERSION = "4";
const READABLE_VERSIONS = ["1", "2", "3", SCHEMA_VERSION];

// Version 1: what every database has. Version 2 adds the records (`records.ts`); with version 3 there are more of them, so all are filled in anew;
// version 4 has other indexes.
const FIRST_SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS groups (
    key TEXT PRIMARY KEY,
    version INTEGER NOT NULL CHECK (version > 0),
    value TEXT NOT NULL,
    due INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS groups_due ON groups (due) WHERE due IS NOT NULL;
  CREATE TABLE IF NOT EXISTS group_index (
    text TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (text, key)
  ) STRICT, WITHOUT ROWID;
`;

/** Makes the tables, or brings those of an earlier version up to date. Throws `store_unusable` for a later one. */
export function migrate(database: Database, name: string): void {
  let found: string | undefined;
  transact(database, () => {
    database.exec(FIRST_SCHEMA);
    found = String(database.prepare("SELECT value FROM meta WHERE name = 'schema_version'").get()?.["value"] ?? "1");
    if (!READABLE_VERSIONS.includes(found)) return false;
    if (found === "1") database.exec(RECORDS_SCHEMA);
    if (found === "2") database.exec("UPDATE groups SET filled = 0");
    if (found === "2" || found === "3") database.exec(NEWER_INDEXES);
    // Also where nothing changes: a file that can't be written is found out now, not by a payment.
    database.prepare("INSERT INTO meta (name, value) VALUES ('schema_version', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value").run(SCHEMA_VERSION);
    return true;
  });
  if (found !== undefined && !READABLE_VERSIONS.includes(found)) {
    throw new PaymentsError("store_unusable", `${name} was written with schema version ${found}; this package reads versions 1 to ${SCHEMA_VERSION}.`);
  }
}

/** The store over a database that has its tables. */
export function groupStore(database: Database, use: Use, commit: Commit): GroupStore {
  const load = database.prepare("SELECT version, value FROM groups WHERE key = ?");
  const findVersion = database.prepare("SELECT version FROM groups WHERE key = ?");
  const insert = database.prepare("INSERT INTO groups (key, version, value, due, filled) VALUES (?, 1, ?, ?, ?) ON CONFLICT DO NOTHING");
  const update = database.prepare("UPDATE groups SET version = version + 1, value = ?, due = ?, filled = ? WHERE key = ? AND version = ?");
  const addIndex = database.prepare("INSERT INTO group_index (text, key) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const findIndex = database.prepare("SELECT key FROM group_index WHERE text = ?");
  const findDue = database.prepare("SELECT key FROM groups WHERE due <= ? ORDER BY due LIMIT ?");

  const findUnfilled = database.prepare("SELECT key FROM groups WHERE filled = 0 AND key >= ? AND key < ? ORDER BY key LIMIT ?");
  const markFilled = database.prepare("UPDATE groups SET filled = 1 WHERE key = ? AND version = ?");
  const values = longValues(database);
  const writeRecords = recordWriter(database);
  const reader = recordReader(database);

  const write = ({ key, expectedVersion, value, due, index, records }: OwnWrite): boolean => {
    const filled = records === undefined ? 0 : 1;
    const first = values.firstOf(value);
    const { changes } = expectedVersion === 0 ? insert.run(key, first, due, filled) : update.run(first, due, filled, key, expectedVersion);
    if (Number(changes) !== 1) return false;
    values.putRest(key, value);
    for (const text of index) addIndex.run(text, key);
    if (records !== undefined) writeRecords(key, records);
    return true;
  };
  const stands = ({ key, expectedVersion }: OwnWrite): boolean => Number(findVersion.get(key)?.["version"] ?? 0) === expectedVersion;
  // Of one entry the write itself is the check. Of several all are looked at first: where the transaction is shared, none may be half done.
  const writeAll = (writes: readonly OwnWrite[]): boolean => {
    if (writes.length > 1 && !writes.every(stands)) return false;
    for (const [at, each] of writes.entries()) {
      if (write(each)) continue;
      if (at === 0) return false;
      throw new TypeError("a commit must write each key once");
    }
    return true;
  };

  return {
    load: (key) =>
      use(() => {
        const row = load.get(key);
        return row && { version: Number(row["version"]), value: values.whole(key, String(row["value"])) };
      }),
    async commit(writes) {
      const own = writes.map(ownWrite);
      return commit(() => writeAll(own));
    },
    async find(query) {
      const rows = await use(() => ("index" in query ? findIndex.all(query.index) : findDue.all(query.dueBefore, query.limit)));
      return rows.map((row) => String(row["key"]));
    },
    records: {
      select: (selection) => use(() => reader.select(selection)),
      count: (selection) => use(() => reader.count(selection)),
      async unfilled({ prefix, limit }) {
        const rows = await use(() => findUnfilled.all(prefix, `${prefix}\u{10ffff}`, limit));
        return rows.map((row) => String(row["key"]));
      },
      async fill({ key, version, records }) {
        const rows = recordRows(records);
        return commit(() => {
          if (Number(markFilled.run(key, version).changes) !== 1) return false;
          writeRecords(key, rows);
          return true;
        });
      },
    },
  };
}

/** An entry of a commit as it was when it was asked for: what the caller does with its own objects until it is written is nothing to it. */
interface OwnWrite {
  readonly key: string;
  readonly expectedVersion: number;
  readonly value: string;
  readonly due: number | null;
  readonly index: readonly string[];
  readonly records: readonly RecordRow[] | undefined;
}

function ownWrite({ key, expectedVersion, value, due = null, index = [], records }: Omit<Write, "due"> & { due?: number | null }): OwnWrite {
  return { key, expectedVersion, value, due, index: [...index], records: records && recordRows(records) };
}
