/**
 * The records that no commit brings: of groups, accounts and invoices that an earlier version of this package wrote, and the
 * host's gateways. They are filled in once, some at a time, from the start on (recovery) or from the first query. Also those of a new
 * group, while its first call is under way: by the query that comes in between, or after a crash.
 */
import { listRows } from "../../core.js";
import { ACCOUNTS, CHECKOUT_GROUPS, INVOICES, OTHER_GROUPS } from "../group-key.js";
import type { Host } from "../host.js";
import { kindOf } from "../kind-of.js";
import { Refusal } from "../refusal.js";
import type { RecordStore, StoredRecord } from "../selection.js";
import { readStep } from "../step.js";
import { storedRecords } from "./stored.js";

const AT_A_TIME = 200;
const PATIENCE_MS = 5_000;
const GATEWAYS = "gateways";
// How the keys of everything begin that has records: groups, accounts, invoices.
const OWNERS = [CHECKOUT_GROUPS, OTHER_GROUPS, ACCOUNTS, INVOICES];

/** What is known of a host's filling: of groups that can't be read, and whether all others are done. */
interface Filling {
  readonly damaged: Set<string>;
  isDone: boolean;
}

const fillings = new WeakMap<Host, Filling>();

/** The store's records, all of them there. Throws 501 when the store can't be queried, and 503 while old groups are being filled in. */
export async function readyRecords(host: Host): Promise<RecordStore> {
  const { records } = host.options.store;
  if (records === undefined) throw new Refusal(501, "FUNCTIONALITY_NOT_ENABLED", "The records of this store can't be queried.");
  const until = performance.now() + PATIENCE_MS;
  while (!(await fillSome(host))) {
    if (performance.now() > until) throw new Refusal(503, "SERVER_UNAVAILABLE", "The records of earlier payments are being read in.", { "retry-after": "5" });
  }
  // And of the new groups whose first call is under way this moment (`loop.ts`).
  for (const key of host.withoutRows) {
    await fillOne(host, records, key);
    host.withoutRows.delete(key);
  }
  return records;
}

/** Fills in some of what is missing. Gives whether nothing is missing any more. */
export async function fillSome(host: Host): Promise<boolean> {
  const { records } = host.options.store;
  const filling = fillings.get(host) ?? { damaged: new Set(), isDone: records === undefined };
  fillings.set(host, filling);
  if (filling.isDone || records === undefined) return true;
  const { damaged } = filling;
  for (const prefix of OWNERS) {
    const keys = await host.outages.watch("reading", () => records.unfilled({ prefix, limit: AT_A_TIME + damaged.size }));
    const next = keys.filter((key) => !damaged.has(key));
    for (const key of next) if (!(await fillOne(host, records, key))) damaged.add(key);
    if (next.length > 0) return false;
  }
  await writeGateways(host);
  filling.isDone = true;
  return true;
}

// One that can't be read must not keep the others from being read; it is tried again when the process starts anew.
async function fillOne(host: Host, records: RecordStore, key: string): Promise<boolean> {
  const owner = await host.load(key);
  if (owner === undefined) return false;
  const { provider, capabilities } = host.options.gateways[0];
  const context = JSON.stringify({ now: host.now(), entropy: host.entropy(), gateway: { provider, ...capabilities } });
  let rows: StoredRecord[];
  try {
    const step = readStep(listRows(context, owner.value));
    if (step.status !== 200) throw new TypeError("not a state");
    rows = storedRecords(JSON.parse(step.body) as Parameters<typeof storedRecords>[0]);
  } catch (error) {
    host.log({ level: "error", event: "recovery", error: kindOf(error) });
    return false;
  }
  // When somebody wrote meanwhile, that commit has brought the records.
  await host.outages.watch("writing", () => records.fill({ key, version: owner.version, records: rows }));
  return true;
}

async function writeGateways(host: Host): Promise<void> {
  const gateways = host.options.gateways.map(({ provider, capabilities }) => ({ provider, idempotent: capabilities.keyWindowMs > 0 }));
  const value = JSON.stringify(gateways);
  const known = await host.load(GATEWAYS);
  if (known?.value === value) return;
  const now = new Date(host.now()).toISOString();
  const row = (object: string, prefix: string, provider: string, fields: Record<string, string>): StoredRecord => {
    const id = `${prefix}_${provider}`;
    return { id, object, amounts: {}, fields: { Id: id, IsDeleted: "false", CreatedDate: now, LastModifiedDate: now, SystemModstamp: now, ...fields } };
  };
  const records = gateways.flatMap(({ provider, idempotent }) => [
    row("PaymentGateway", "pgw", provider, { PaymentGatewayName: provider, PaymentGatewayProviderId: `pgp_${provider}`, Status: "Active" }),
    row("PaymentGatewayProvider", "pgp", provider, { DeveloperName: provider, MasterLabel: provider, IdempotencySupported: idempotent ? "Yes" : "No" }),
  ]);
  await host.commit({ key: GATEWAYS, expectedVersion: known?.version ?? 0, value, records });
}
