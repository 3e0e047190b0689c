/** What a third party brings to have a store checked. */
import type { Store, StoreTrouble } from "../../server/ports.js";

/** One empty store, and what can be done to it. Every member but the first makes more cases possible. */
export interface StoreHarness {
  readonly store: Store;
  /** Ends the store as a process does, and opens what it has kept again. A store that keeps nothing has none. */
  reopen?(): Store | Promise<Store>;
  /** The same data through a second connection, open beside the first, as another process would have it. An exclusive store has none. */
  another?(): Store | Promise<Store>;
  /** Makes the store unusable in each of these ways until the function that it gives is called. */
  readonly troubles?: Readonly<Partial<Record<StoreTrouble, () => (() => void | Promise<void>) | Promise<() => void | Promise<void>>>>>;
  /** Gives everything back. */
  close?(): void | Promise<void>;
}

/** What {@link storeConformance} takes. */
export interface StoreConformanceOptions {
  /** Begins the name of each case. */
  readonly name: string;
  /** Called once for each case, which closes what it gives. Keys are fresh in every case, due times are not: the store must be empty. */
  open(): StoreHarness | Promise<StoreHarness>;
  /** Cases that can't be tried here, and why: by their title, or all that need a member of the harness, or `records`. */
  readonly cannot?: Readonly<Record<string, string>>;
}
