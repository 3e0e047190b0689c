/** What a case does with a store. */
import type { Store, Write } from "../../server/ports.js";
import type { CaseWorld } from "../case.js";
import { expect, expectEqual } from "../expect.js";
import type { StoreConformanceOptions, StoreHarness } from "./harness.js";

/** Later than anything. */
export const EVER = { dueBefore: Number.MAX_SAFE_INTEGER, limit: 1_000 };

/** One store. */
export class StoreWorld implements CaseWorld {
  readonly notes: string[] = [];
  readonly harness: StoreHarness;
  store: Store;

  private constructor(harness: StoreHarness) {
    this.harness = harness;
    this.store = harness.store;
  }

  static async open(options: StoreConformanceOptions): Promise<StoreWorld> {
    return new StoreWorld(await options.open());
  }

  async close(): Promise<void> {
    await this.harness.close?.();
  }

  lacks(need: string): string | undefined {
    if (need === "records") return this.store.records === undefined ? "the store can't be queried: it has no 'records'" : undefined;
    return this.harness[need as keyof StoreHarness] === undefined ? `the harness has no '${need}'` : undefined;
  }

  /** Commits one entry, which must go through. */
  async put(key: string, expectedVersion: number, value = "", more: Partial<Write> = {}): Promise<void> {
    expectEqual(await this.store.commit([{ key, expectedVersion, value, ...more }]), true, `the commit of ${JSON.stringify(key)} over version ${expectedVersion}`);
  }

  /** Fails unless the store has exactly this under the key. */
  async has(key: string, version: number, value: string, store = this.store): Promise<void> {
    const found = await store.load(key);
    expect(found !== undefined, `nothing is found under ${JSON.stringify(key)}`);
    expectEqual([found.version, found.value], [version, value], `version and value of ${JSON.stringify(key)}`);
  }

  async hasNot(key: string, store = this.store): Promise<void> {
    expectEqual(await store.load(key), undefined, `what is found under ${JSON.stringify(key)}`);
  }

  /** Fails unless the keys that match are these, in this order. */
  async due(dueBefore: number, expected: readonly string[], limit = EVER.limit): Promise<void> {
    expectEqual(await this.store.find({ dueBefore, limit }), expected, `the keys that are due at ${dueBefore}, at most ${limit}`);
  }

  /** Fails unless the keys with this index text are these, in any order. */
  async indexed(index: string, expected: readonly string[], store = this.store): Promise<void> {
    expectEqual([...(await store.find({ index }))].sort(), [...expected].sort(), `the keys with the index text ${JSON.stringify(index)}`);
  }
}
