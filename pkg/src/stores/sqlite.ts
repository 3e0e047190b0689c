/** The embedded store (DESIGN §7): payment groups in one SQLite file, durable, owned by one process. */
import { PaymentsError } from "../errors.js";
import type { Store, Write } from "../server/ports.js";
import { type Database, DURABLE, openDatabase, transact } from "./sqlite/driver.js";
import { own } from "./sqlite/ownership.js";
import { isBusy, unavailable } from "./sqlite/unavailable.js";

export { DURABLE, openDatabase, transact, type Database, type SqlValue, type Statement } from "./sqlite/driver.js";

/** A store that can be closed. */
export interface SqliteStore extends Store {
  /** Gives the file back. No request may be under way. */
  close(): void;
}

// Somebody may hold the file for a moment, with a backup or a query. Waiting inside SQLite would stop the whole process.
const PATIENCE_MS = 2_000;
const BUSY_RETRY_MS = 20;

// Changes with every change of the tables; a file of another version is refused, never guessed at.
const SCHEMA_VERSION = "1";

const SCHEMA = `
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
  const insert = database.prepare("INSERT INTO groups (key, version, value, due) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING");
  const update = database.prepare("UPDATE groups SET version = version + 1, value = ?, due = ? WHERE key = ? AND version = ?");
  const addIndex = database.prepare("INSERT INTO group_index (text, key) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const findIndex = database.prepare("SELECT key FROM group_index WHERE text = ?");
  const findDue = database.prepare("SELECT key FROM groups WHERE due <= ? ORDER BY due LIMIT ?");

  const write = ({ key, expectedVersion, value, due = null, index = [] }: Omit<Write, "due"> & { due?: number | null }): boolean => {
    const { changes } = expectedVersion === 0 ? insert.run(key, value, due) : update.run(value, due, key, expectedVersion);
    if (Number(changes) !== 1) return false;
    for (const text of index) addIndex.run(text, key);
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
  transact(database, () => {
    database.exec(SCHEMA);
    database.prepare("INSERT INTO meta (name, value) VALUES ('schema_version', ?) ON CONFLICT DO NOTHING").run(SCHEMA_VERSION);
    return true;
  });
  const found = database.prepare("SELECT value FROM meta WHERE name = 'schema_version'").get()?.["value"];
  if (found !== SCHEMA_VERSION) {
    throw new PaymentsError("store_unusable", `${path} was written with schema version ${String(found)}; this package reads version ${SCHEMA_VERSION}.`);
  }
}
