/** Recovery (DESIGN §6): finds what was announced and not answered, what is unknown, and what is owed, and advances it. */
import { recover } from "../core.js";
import type { Host } from "./host.js";
import { kindOf } from "./kind-of.js";
import { run } from "./loop.js";
import { deliverParked, isParked, retryParked } from "./notifications.js";
import { fillSome } from "./objects/fill.js";
import { StoreFailure } from "./refusal.js";

const MAX_GROUPS = 1000;
const MAX_PIECES = 50;
const MAX_COUNTED = 100_000;
// Each waits for a gateway most of the time; a gateway's limits are for shoppers first.
const SIDE_BY_SIDE = 8;
const PROBE = "probe";
// Of groups that an earlier version wrote; a pass must not keep the next from beginning.
const FILLED_SLICES = 10;

/** How one pass of recovery is bounded. */
export interface RecoverOptions {
  /** The time to go by, in milliseconds since 1970. Default: the host's clock. */
  readonly now?: number;
  /** Also what waits for its back-off. */
  readonly all?: boolean;
}

/** How what a timer does is bounded. */
export interface RecoverDueOptions {
  /** Asked before each group: true ends the pass early. What it did not come to stays due. */
  readonly isOver?: () => boolean;
}

/** What one pass came to, in groups. */
export interface Recovered {
  /** Groups that needed recovery and need it no more. */
  readonly resolved: number;
  /** Groups that still need it, later or by a person. */
  readonly unresolved: number;
}

/**
 * One pass over the groups that are due, the longest waiting first, a few at a time. The first pass of a process whose
 * store is its own looks at every group that waits for anything: an operation that was running when the last process
 * died seems driven for two more minutes, but nobody drives it. Ends early once `isOver`.
 */
export async function recoverAll(host: Host, options: RecoverOptions = {}, isOver: () => boolean = () => false): Promise<Recovered> {
  const { now = host.now(), all = false } = options;
  const facts = { ...(options.now === undefined ? {} : { now }), ...(all ? { passStartedAt: now } : {}) };
  const due = await dueKeys(host, now, all);
  const leftBehind = [...host.leftBehind];
  host.leftBehind.clear();
  const rest = new Set([...due, ...leftBehind]).values();
  const counts = { resolved: 0, unresolved: 0 };
  const worker = async (): Promise<void> => {
    for (const key of rest) {
      if (isOver()) return;
      const outcome = await settle(host, key, facts);
      if (outcome !== "nothing to do" || due.has(key)) counts[outcome === "settled" ? "resolved" : "unresolved"] += 1;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return counts;
}

async function dueKeys(host: Host, now: number, all: boolean): Promise<Set<string>> {
  const everyGroup = host.recoversAll || all;
  const keys = new Set(await host.find({ dueBefore: everyGroup ? Number.MAX_SAFE_INTEGER : now, limit: everyGroup ? MAX_COUNTED : MAX_GROUPS }));
  // Only now: a store that can't be read yet must not cost the process its first look.
  if (everyGroup) host.recoversAll = false;
  return keys;
}

type Settled = "settled" | "waits" | "nothing to do";

// One group that can't be recovered must not keep the others waiting; it stays due.
async function settle(host: Host, key: string, facts: object): Promise<Settled> {
  try {
    if (isParked(key)) return (await retryParked(host, key)) ? "settled" : "waits";
    return await recoverGroup(host, key, facts);
  } catch (error) {
    host.leftBehind.delete(key); // whatever stopped it would stop the next pass too: it waits until it is due
    if (!(error instanceof StoreFailure)) host.log({ level: "error", event: "recovery", error: kindOf(error) });
    else if (isReadOnly(host)) host.recoversAll = host.options.store.exclusive; // nothing could be looked at yet
    return "waits";
  }
}

async function recoverGroup(host: Host, key: string, facts: object): Promise<Settled> {
  let settled: Settled = "nothing to do";
  let due: number | undefined;
  let tried: string | undefined;
  for (let piece = 0; piece < MAX_PIECES; piece++) {
    const { step, moved, index, due: next } = await run(host, key, recover, facts);
    if (moved) {
      due = next;
      settled = due === undefined ? "settled" : "waits";
      tried = step.operationId ?? tried;
      await deliverParked(host, index);
    }
    if (step.idle || !moved) break;
  }
  if (due !== undefined && tried !== undefined) host.log({ level: "info", event: "recovery", unresolved: 1, operationId: tried, due: new Date(due).toISOString() });
  return settled;
}

/**
 * What a host's timer does: a pass of recovery, and some of what an earlier version left to be filled in. Both are told in the
 * log. Never rejects; false = there is more to do, whatever is due: call again soon.
 */
export async function recoverDue(host: Host, { isOver = () => false }: RecoverDueOptions = {}): Promise<boolean> {
  try {
    if (isReadOnly(host)) await probe(host);
    const recovered = await recoverAll(host, {}, isOver);
    if (recovered.resolved + recovered.unresolved > 0) host.log({ level: "info", event: "recovery", ...recovered });
    for (let slice = 0; slice < FILLED_SLICES && !isOver(); slice++) if (await fillSome(host)) return true;
  } catch (error) {
    if (!(error instanceof StoreFailure)) host.log({ level: "error", event: "recovery", error: kindOf(error) });
  }
  return false;
}

/**
 * Passes of recovery, the first at once. The function returned ends them; what it gives is settled once the pass under
 * way has ended, so that the store can be closed. A pass never starts before the last ended.
 */
export function startRecovery(host: Host, everyMs: number): () => Promise<void> {
  let over = false;
  let underWay: Promise<void> | undefined;
  const pass = (): void => {
    underWay ??= recoverDue(host, { isOver: () => over }).then(() => {
      underWay = undefined;
    });
  };
  pass();
  const timer = setInterval(pass, everyMs);
  (timer as { unref?: () => void }).unref?.(); // a host that is done must be able to end
  return async () => {
    over = true;
    clearInterval(timer);
    await underWay;
  };
}

function isReadOnly(host: Host): boolean {
  return host.outages.current().some(({ part }) => part === "writing");
}

// While nothing can be written there is nothing to recover; and whoever watches hears that it is over without waiting
// for a shopper to find out.
async function probe(host: Host): Promise<void> {
  const row = await host.load(PROBE);
  await host.commit({ key: PROBE, expectedVersion: row?.version ?? 0, value: String(host.now()) });
}
