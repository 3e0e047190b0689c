/** A web store's settings, kept in the store under a key of their own (DESIGN §5 "Order of release and new payment"). */
import type { Host } from "./host.js";
import { Refusal } from "./refusal.js";

/** Which comes first when a payment is changed. */
export type ReleaseOrder = "release-first" | "authorize-first";

/** What a web store can choose. */
export interface Settings {
  readonly releaseOrder: ReleaseOrder;
}

const RELEASE_ORDERS: readonly ReleaseOrder[] = ["release-first", "authorize-first"];
const DEFAULTS: Settings = { releaseOrder: "release-first" };

/** The settings of a web store; the defaults when nobody has chosen. */
export async function readSettings(host: Host, webstoreId: string): Promise<Settings> {
  const row = await host.load(keyOf(webstoreId));
  return row === undefined ? DEFAULTS : { ...DEFAULTS, ...(JSON.parse(row.value) as Settings) };
}

/** Takes over the settings of `text`, a JSON object. Throws 400 when it is something else. */
export async function writeSettings(host: Host, webstoreId: string, text: string): Promise<Settings> {
  const settings = parse(text);
  for (;;) {
    const row = await host.load(keyOf(webstoreId));
    const written = await host.commit({ key: keyOf(webstoreId), expectedVersion: row?.version ?? 0, value: JSON.stringify(settings) });
    if (written) return settings;
  }
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
