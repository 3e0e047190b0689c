/** Recovery (DESIGN §6): finds what was announced and not answered, what is unknown, and what is owed, and advances it. */
import { recover } from "../core.js";
import type { Host } from "./host.js";
import { run } from "./loop.js";
import { deliverParked, isParked, retryParked } from "./notifications.js";

const MAX_GROUPS = 1000;
const MAX_PIECES = 50;
const MAX_COUNTED = 100_000;

/** How one pass of recovery is bounded. */
export interface RecoverOptions {
  /** The time to go by, in milliseconds since 1970. Default: the host's clock. */
  readonly now?: number;
  /** Also what waits for its back-off. */
  readonly all?: boolean;
}

/** What one pass came to, in groups. */
export interface Recovered {
  /** Groups that needed recovery and need it no more. */
  readonly resolved: number;
  /** Groups that still need it, later or by a person. */
  readonly unresolved: number;
}

/**
 * One pass over the groups that are due, the longest waiting first. The first pass of a process whose store is its own
 * looks at every group that waits for anything: an operation that was running when the last process died seems driven
 * for two more minutes, but nobody drives it.
 */
export async function recoverAll(host: Host, options: RecoverOptions = {}): Promise<Recovered> {
  const { now = host.now(), all = false } = options;
  const everyGroup = all || host.firstRecovery();
  const dueBefore = everyGroup ? Number.MAX_SAFE_INTEGER : now;
  const facts = { ...(options.now === undefined ? {} : { now }), ...(all ? { passStartedAt: now } : {}) };
  const keys = await host.find({ dueBefore, limit: everyGroup ? MAX_COUNTED : MAX_GROUPS });
  for (const key of keys) {
    try {
      await (isParked(key) ? retryParked(host, key) : recoverGroup(host, key, facts));
    } catch (error) {
      // one group that can't be recovered must not keep the others waiting; it stays due
      host.log({ level: "error", event: "recovery", error: error instanceof Error ? error.name : typeof error });
    }
  }
  const waiting = new Set(await host.find({ dueBefore: Number.MAX_SAFE_INTEGER, limit: MAX_COUNTED }));
  const unresolved = keys.filter((key) => waiting.has(key)).length;
  return { resolved: keys.length - unresolved, unresolved };
}

async function recoverGroup(host: Host, key: string, facts: object): Promise<void> {
  for (let piece = 0; piece < MAX_PIECES; piece++) {
    const { step, moved, index } = await run(host, key, recover, facts);
    if (moved) await deliverParked(host, index);
    if (step.idle || !moved) return;
  }
}

/** Passes of recovery, the first at once; the function returned ends them. A pass never starts before the last ended. */
export function startRecovery(host: Host, everyMs: number): () => void {
  let running = false;
  const pass = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      const recovered = await recoverAll(host);
      if (recovered.resolved + recovered.unresolved > 0) host.log({ level: "info", event: "recovery", ...recovered });
    } catch (error) {
      host.log({ level: "error", event: "recovery", error: error instanceof Error ? error.name : typeof error });
    } finally {
      running = false;
    }
  };
  void pass();
  const timer = setInterval(() => void pass(), everyMs);
  (timer as { unref?: () => void }).unref?.(); // a host that is done must be able to end
  return () => clearInterval(timer);
}
