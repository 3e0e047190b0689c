/** The object's one alarm: set for the first of all groups that will need recovery, and not set when none will. */
import type { Write } from "../../server/ports.js";
import type { Database } from "../sqlite/driver.js";
import type { DurableObjectStorage } from "./storage.js";

// It may ring in vain, but a time may be too far away for the platform.
const LATEST_MS = 30 * 24 * 3_600_000;

interface AlarmOptions {
  readonly recoverEveryMs: number;
  readonly clock: () => number;
}

/** Keeps the alarm at the right time. */
export class Alarm {
  readonly #storage: DurableObjectStorage;
  readonly #first: () => number | undefined;
  readonly #options: AlarmOptions;
  /** When it will ring, as far as this life of the object knows. */
  #at = Number.POSITIVE_INFINITY;

  constructor(storage: DurableObjectStorage, database: Database, options: AlarmOptions) {
    this.#storage = storage;
    this.#options = options;
    const select = database.prepare("SELECT MIN(due) AS due FROM groups WHERE due IS NOT NULL");
    this.#first = () => (select.get()?.["due"] ?? undefined) as number | undefined;
  }

  /**
   * The object begins to live: what was under way when it last ended is nobody's now, so whatever waits is looked at without
   * waiting for its time. When an alarm is why it lives, that one does it.
   */
  async wake(): Promise<void> {
    if (this.#first() === undefined) return;
    const at = await this.#storage.getAlarm();
    if (at === null || at > this.#options.clock()) await this.#set(this.#options.clock());
  }

  /** Something will be due. Most of it is over long before; then the alarm rings once in vain, which is cheaper than setting it anew each time. */
  expect(writes: readonly Write[]): void {
    const due = Math.min(...writes.map((write) => write.due ?? Number.POSITIVE_INFINITY));
    if (due === Number.POSITIVE_INFINITY) return;
    const at = this.#bounded(due);
    if (at < this.#at) this.#set(at).catch(() => undefined); // then nothing was written, and the platform ends this life of the object
  }

  /** It rang, so it is not set any more. */
  rang(): void {
    this.#at = Number.POSITIVE_INFINITY;
  }

  /** Sets it for what is due next. `isDone`: false = there is more to do, whatever is due. */
  async setForNext({ isDone }: { readonly isDone: boolean }): Promise<void> {
    const due = isDone ? this.#first() : this.#options.clock();
    if (due !== undefined) return this.#set(this.#bounded(due));
    this.#at = Number.POSITIVE_INFINITY;
    await this.#storage.deleteAlarm();
  }

  #bounded(due: number): number {
    const now = this.#options.clock();
    return Math.min(Math.max(due, now + this.#options.recoverEveryMs), now + LATEST_MS);
  }

  async #set(at: number): Promise<void> {
    this.#at = at;
    try {
      await this.#storage.setAlarm(at);
    } catch (error) {
      this.#at = Number.POSITIVE_INFINITY; // the next one tries again
      throw error;
    }
  }
}
