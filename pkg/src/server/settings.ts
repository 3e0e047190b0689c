/** A web store's settings, kept in the store under a key of their own (DESIGN §5 "Order of release and new payment"). */
import type { Host } from "./host.js";
import type { Store } from "./ports.js";
import { Refusal } from "./refusal.js";

/** Which comes first when a payment is changed. */
export type ReleaseOrder = "release-first" | "authorize-first";

/** What a web store can choose. */
export interface Settings {
  readonly releaseOrder: ReleaseOrder;
}

const RELEASE_ORDERS: readonly ReleaseOrder[] = ["release-first", "authorize-first"];
const DEFAULTS: Settings = { releaseOrder: "release-first" };

// Every payment asks for them. Of a store that only this process writes to they are remembered, for all its handlers.
const MAX_REMEMBERED = 1000;
const remembered = new WeakMap<Store, Map<string, Settings>>();

/** The settings of a web store; the defaults when nobody has chosen. */
export async function readSettings(host: Host, webstoreId: string): Promise<Settings> {
  const known = rememberedOf(host.options.store);
  const settings = known?.get(webstoreId);
  if (settings !== undefined) return settings;
  const row = await host.load(keyOf(webstoreId));
  const read = row === undefined ? DEFAULTS : { ...DEFAULTS, ...(JSON.parse(row.value) as Settings) };
  // Somebody may have written them while they were read.
  if (known !== undefined && known.size < MAX_REMEMBERED && !known.has(webstoreId)) known.set(webstoreId, read);
  return read;
}

/** Takes over the settings of `text`, a JSON object. Throws 400 when it is something else. */
export async function writeSettings(host: Host, webstoreId: string, text: string): Promise<Settings> {
  const settings = parse(text);
  for (;;) {
    const row = await host.load(keyOf(webstoreId));
    rememberedOf(host.options.store)?.delete(webstoreId); // what a commit that fails has left is read
    const written = await host.commit({ key: keyOf(webstoreId), expectedVersion: row?.version ?? 0, value: JSON.stringify(settings) });
    if (written) {
      rememberedOf(host.options.store)?.set(webstoreId, settings);
      return settings;
    }
  }
}

function rememberedOf(store: Store): Map<string, Settings> | undefined {
  if (!store.exclusive) return undefined;
  const known = remembered.get(store) ?? new Map<string, Settings>();
  remembered.set(store, known);
  return known;
}

function keyOf(webstoreId: string): string {
  return `settings/${encodeURIComponent(webstoreId)}`;
}

function parse(text: string): Settings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("The body is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("The body must be an object.");
  for (const name of Object.keys(value)) if (name !== "releaseOrder") throw invalid("Unknown field: only 'releaseOrder' can be set.");
  const { releaseOrder } = value as { releaseOrder?: unknown };
  const known = RELEASE_ORDERS.find((order) => order === releaseOrder);
  if (known === undefined) throw invalid(`'releaseOrder' must be one of ${RELEASE_ORDERS.join(", ")}.`);
  return { releaseOrder: known };
}

function invalid(message: string): Refusal {
  return new Refusal(400, "INVALID_API_INPUT", message);
}
