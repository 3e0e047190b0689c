/** The embedded store (DESIGN §7): payment groups in one SQLite file, durable, owned by one process. */
import { PaymentsError } from "../errors.js";
import type { RecordStore, Store, Write } from "../server/ports.js";
import { type Database, DURABLE, openDatabase, transact } from "./sqlite/driver.js";
import { own } from "./sqlite/ownership.js";
import { recordReader, RECORDS_SCHEMA, recordWriter } from "./sqlite/records.js";
import { isBusy, unavailable } from "./sqlite/unavailable.js";

export { DURABLE, openDatabase, transact, type Database, type SqlValue, type Statement } from "./sqlite/driver.js";

/** A store that can be queried, and closed. */
export interface SqliteStore extends Store {
  readonly records: RecordStore;
  /** Gives the file back. No request may be under way. */
  close(): void;
}

// Somebody may hold the file for a moment, with a backup or a query. Waiting inside SQLite would stop the whole process.
const PATIENCE_MS = 2_000;
const BUSY_RETRY_MS = 20;

// Changes with every change of the tables; a file of another version is refused, never guessed at.
const SCHEMA_VERSION = "3";

// Version 1: what every file has. Version 2 adds the records (`sqlite/records.ts`); with version 3 there are more of them, so all are filled in anew.
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

/** Opens the store in the file at `path`, making it when missing. Throws `store_unusable`. */
export async function openSqliteStore({ path }: { readonly path: string }): Promise<SqliteStore> {
  const ownership = await own(path);
  try {
    const database = await openDatabase(path, DURABLE, (opened) => migrate(opened, path));
    database.exec("PRAGMA busy_timeout = 0"); // from here on it is waited for outside
    return storeOn(database, ownership);
  } catch (error) {
    ownership.close();
    throw error;
  }
}

function storeOn(database: Database, ownership: Pick<Database, "close">): SqliteStore {
  const load = database.prepare("SELECT version, value FROM groups WHERE key = ?");
  const insert = database.prepare("INSERT INTO groups (key, version, value, due, filled) VALUES (?, 1, ?, ?, ?) ON CONFLICT DO NOTHING");
  const update = database.prepare("UPDATE groups SET version = version + 1, value = ?, due = ?, filled = ? WHERE key = ? AND version = ?");
  const addIndex = database.prepare("INSERT INTO group_index (text, key) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const findIndex = database.prepare("SELECT key FROM group_index WHERE text = ?");
  const findDue = database.prepare("SELECT key FROM groups WHERE due <= ? ORDER BY due LIMIT ?");

  const findUnfilled = database.prepare("SELECT key FROM groups WHERE filled = 0 AND key >= ? AND key < ? ORDER BY key LIMIT ?");
  const markFilled = database.prepare("UPDATE groups SET filled = 1 WHERE key = ? AND version = ?");
  const writeRecords = recordWriter(database);
  const reader = recordReader(database);

  const write = ({ key, expectedVersion, value, due = null, index = [], records }: Omit<Write, "due"> & { due?: number | null }): boolean => {
    const filled = records === undefined ? 0 : 1;
    const { changes } = expectedVersion === 0 ? insert.run(key, value, due, filled) : update.run(value, due, filled, key, expectedVersion);
    if (Number(changes) !== 1) return false;
    for (const text of index) addIndex.run(text, key);
    if (records !== undefined) writeRecords(key, records);
    return true;
  };

  return {
    exclusive: true,
    async load(key) {
      const row = await patiently(() => load.get(key));
      return row && { version: Number(row["version"]), value: String(row["value"]) };
    },
    async commit(writes) {
      return patiently(() => transact(database, () => writes.every(write)));
    },
    async find(query) {
      const rows = await patiently(() => ("index" in query ? findIndex.all(query.index) : findDue.all(query.dueBefore, query.limit)));
      return rows.map((row) => String(row["key"]));
    },
    records: {
      select: (selection) => patiently(() => reader.select(selection)),
      count: (selection) => patiently(() => reader.count(selection)),
      async unfilled({ prefix, limit }) {
        const rows = await patiently(() => findUnfilled.all(prefix, `${prefix}\u{10ffff}`, limit));
        return rows.map((row) => String(row["key"]));
      },
      async fill({ key, version, records }) {
        return patiently(() =>
          transact(database, () => {
            if (Number(markFilled.run(key, version).changes) !== 1) return false;
            writeRecords(key, records);
            return true;
          }),
        );
      },
    },
    close() {
      database.close();
      ownership.close();
    },
  };
}

// Each try is a whole transaction or none, so a later one finds what others wrote meanwhile.
async function patiently<T>(use: () => T): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return use();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw unavailable(error);
    }
    await new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS));
  }
}

function migrate(database: Database, path: string): void {
  let found: string | undefined;
  transact(database, () => {
    database.exec(FIRST_SCHEMA);
    found = String(database.prepare("SELECT value FROM meta WHERE name = 'schema_version'").get()?.["value"] ?? "1");
    if (found === "1") database.exec(RECORDS_SCHEMA);
    else if (found === "2") database.exec("UPDATE groups SET filled = 0");
    else if (found !== SCHEMA_VERSION) return false;
    // Also where nothing changes: a file that can't be written is found out now, not by a payment.
    database.prepare("INSERT INTO meta (name, value) VALUES ('schema_version', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value").run(SCHEMA_VERSION);
    return true;
  });
  if (found !== undefined && !["1", "2", SCHEMA_VERSION].includes(found)) {
    throw new PaymentsError("store_unusable", `${path} was written with schema version ${found}; this package reads versions 1 to ${SCHEMA_VERSION}.`);
  }
}
