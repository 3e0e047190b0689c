/** The embedded store (DESIGN §7): payment groups in one SQLite file, durable, owned by one process. */
import type { RecordStore, Store } from "../server/ports.js";
import { DURABLE, openDatabase } from "./sqlite/driver.js";
import { groupCommit } from "./sqlite/group-commit.js";
import { groupStore, migrate } from "./sqlite/groups.js";
import { own } from "./sqlite/ownership.js";
import { refusedQuery } from "./sqlite/too-much.js";
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

// A group of one payment has about 2,300 bytes: a page of SQLite's usual 4,096 holds one, this holds three. Only a file that is made now gets it.
const PAGE_SIZE = 8192;

/** Opens the store in the file at `path`, making it when missing. Throws `store_unusable`. */
export async function openSqliteStore({ path }: { readonly path: string }): Promise<SqliteStore> {
  const ownership = await own(path);
  try {
    const database = await openDatabase(path, [`page_size = ${PAGE_SIZE}`, ...DURABLE], (opened) => migrate(opened, path));
    database.exec("PRAGMA busy_timeout = 0"); // from here on it is waited for outside
    const close = (): void => {
      database.close();
      ownership.close();
    };
    return { exclusive: true, ...groupStore(database, patiently, groupCommit(database, patiently)), close };
  } catch (error) {
    ownership.close();
    throw error;
  }
}

// Each try is a whole transaction or none, so a later one finds what others wrote meanwhile.
async function patiently<T>(use: () => T): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return use();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw refusedQuery(error) ?? unavailable(error);
    }
    await new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS));
  }
}
