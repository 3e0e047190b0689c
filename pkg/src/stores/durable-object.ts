/**
 * The store of a Durable Object (DESIGN §7, `docs/workers.md`): payment groups in the object's own SQLite, and its alarm set
 * for whatever is due next.
 *
 * ```ts
 * export class Payments extends DurableObject {
 *   store = openDurableObjectStore(this.ctx.storage);
 *   payments = createPaymentsHandler({ store: this.store, gateways, checkouts, authenticate });
 *   fetch(request) { return this.payments(request); }
 *   alarm() { return this.store.onAlarm(this.payments); }
 * }
 * ```
 */
import type { PaymentsHandler } from "../server/index.js";
import type { RecordStore, Store } from "../server/ports.js";
import { Alarm } from "./durable-object/alarm.js";
import { openDatabase } from "./durable-object/database.js";
import type { DurableObjectStorage } from "./durable-object/storage.js";
import { transact } from "./sqlite/driver.js";
import { groupStore, migrate, type Use } from "./sqlite/groups.js";
import { refusedQuery } from "./sqlite/too-much.js";
import { unavailable } from "./sqlite/unavailable.js";

export { openDatabase } from "./durable-object/database.js";
export type { DurableObjectStorage } from "./durable-object/storage.js";
export { transact, type Database, type SqlValue, type Statement } from "./sqlite/driver.js";

// The platform ends an alarm after 15 minutes, and limits how many requests it may send; a call to a gateway may take two minutes.
const PASS_MS = 10 * 60_000;
const PASS_GROUPS = 300;

/** A store that can be queried, and that has the object's alarm. */
export interface DurableObjectStore extends Store {
  readonly records: RecordStore;
  /**
   * What the object's `alarm()` does: a pass of recovery, then the alarm is set for what is due next, and not at all when
   * nothing is. Rejects only when the alarm can't be set; then the platform calls again.
   */
  onAlarm(payments: Pick<PaymentsHandler, "recoverDue">): Promise<void>;
}

/** What {@link openDurableObjectStore} takes beside the storage. */
export interface DurableObjectStoreOptions {
  /** At least so many milliseconds are between one pass of recovery and the next. Default: 5,000. */
  readonly recoverEveryMs?: number;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly clock?: () => number;
}

/**
 * Opens the store in a Durable Object's storage, making its tables when missing; call it in the object's constructor. What an
 * earlier life of the object left unfinished is recovered at once, by the alarm. Throws `store_unusable`.
 *
 * `commit` does not wait for the disk: the platform's output gate does. Whatever leaves the object (a call to a gateway, an
 * answer) waits until all that was written before it is durable, and never leaves when that fails.
 */
export function openDurableObjectStore(storage: DurableObjectStorage, { recoverEveryMs = 5_000, clock = Date.now }: DurableObjectStoreOptions = {}): DurableObjectStore {
  const database = openDatabase(storage);
  migrate(database, "The object's storage");
  const use: Use = async (work) => {
    try {
      return work();
    } catch (error) {
      throw refusedQuery(error) ?? unavailable(error);
    }
  };
  const { commit, records, ...groups } = groupStore(database, use, (work) => use(() => transact(database, work)));
  const alarm = new Alarm(storage, database, { recoverEveryMs, clock });
  alarm.wake().catch(() => undefined); // then nothing can be written, and the platform ends this life of the object

  return {
    exclusive: true,
    ...groups,
    records,
    async commit(writes) {
      // Taken down before anything is awaited, so that both are written together: what is due has an alarm, or is not there.
      const written = commit(writes);
      alarm.expect(writes);
      return written;
    },
    async onAlarm(payments) {
      alarm.rang();
      const until = clock() + PASS_MS;
      let left = PASS_GROUPS;
      const isDone = await payments.recoverDue({ isOver: () => left-- <= 0 || clock() > until });
      await alarm.setForNext({ isDone });
    },
  };
}
