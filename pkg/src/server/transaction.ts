/**
 * The loop of a request that changes rows of the store and calls no gateway (`docs/core.md`, "A transaction"):
 *
 *   ask the core → read the rows it names → ask again → commit all it gives back, or nothing → answer
 *
 * A row that somebody else changed meanwhile makes the commit fail as a whole; then everything is read and asked anew.
 */
import { PaymentsError } from "../errors.js";
import type { LoadedRow } from "../wire.js";
import { members } from "./context.js";
import type { Host } from "./host.js";
import { storedRecords } from "./objects/stored.js";
import type { Write } from "./ports.js";

/** Asks the core: one of its functions with all arguments but these two given. */
export type AskRows = (context: string, rows: string) => string;

/** What a transaction came to. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** A row that the core wants to be read: the one with this key, or the one with this text in its index. */
type Name = { readonly key: string } | { readonly index: string };

interface Header {
  readonly load?: readonly Name[];
  readonly status?: number;
  readonly rows?: readonly (Omit<Write, "expectedVersion" | "value" | "records"> & { readonly rows?: Parameters<typeof storedRecords>[0] })[];
}

interface Row extends LoadedRow {
  readonly version: number;
  readonly value: string;
}

// Each conflict means that somebody else got on, and the core asks for rows twice at most: as in `loop.ts`, this only ends
// a disagreement between the core and the host.
const MAX_ROUNDS = 1000;

/** Runs `ask` to its answer. `facts` are the members of the context that the route knows. Throws {@link StoreFailure}. */
export async function transact(host: Host, ask: AskRows, facts: object): Promise<Answered> {
  try {
    let names: readonly Name[] = [];
    let rows: readonly Row[] = [];
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const loaded = rows.map(({ name, key }): LoadedRow => ({ name, ...(key === undefined ? {} : { key }) }));
      const [first = "", body = "", ...values] = ask(`{${host.told()}${host.rows}${members({ ...facts, loaded })}}`, rows.map(({ value }) => value).join("\n")).split("\n");
      const { load, status, rows: changed = [] } = readHeader(first);
      if (load !== undefined) {
        names = load;
      } else if (changed.length === 0 || (await host.commit(...writes(changed, values, rows)))) {
        return { status: status ?? 500, body };
      }
      rows = await Promise.all(names.map((name) => read(host, name)));
    }
    throw new PaymentsError("core_version_mismatch", `The core still wanted more after ${MAX_ROUNDS} steps.`);
  } catch (error) {
    host.logCoreError(error);
    throw error;
  }
}

async function read(host: Host, name: Name): Promise<Row> {
  const text = "key" in name ? name.key : name.index;
  const key = "key" in name ? name.key : (await host.find({ index: text }))[0];
  const row = key === undefined ? undefined : await host.load(key);
  if (key === undefined || row === undefined) return { name: text, version: 0, value: "" };
  return { name: text, key, ...row };
}

// A row that was not read, or was not there, must not be there still.
function writes(changed: NonNullable<Header["rows"]>, values: readonly string[], rows: readonly Row[]): Write[] {
  return changed.map(({ rows: records, ...row }, at) => ({
    ...row,
    value: values[at] ?? "",
    expectedVersion: rows.find(({ key }) => key === row.key)?.version ?? 0,
    ...(records === undefined ? {} : { records: storedRecords(records) }),
  }));
}

function readHeader(text: string): Header {
  try {
    return JSON.parse(text) as Header;
  } catch {
    throw new PaymentsError("core_version_mismatch", "The core's answer is no transaction: core.wasm and checkout-payments/server are of different versions.");
  }
}
