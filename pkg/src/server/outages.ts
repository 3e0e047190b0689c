/**
 * What can't be used, since when. A disk that is full meets every request; the operator is told once, reminded now and
 * then, and told when it is over.
 */
import type { Host } from "./host.js";
import { kindOf } from "./kind-of.js";
import { type StorePart, type StoreTrouble, StoreUnavailable } from "./ports.js";
import { Refusal, StoreFailure } from "./refusal.js";

const REMIND_MS = 60_000;

/** One part that failed when it was last needed. */
export interface Outage {
  readonly part: StorePart;
  readonly trouble: StoreTrouble;
  /** Milliseconds since 1970. */
  readonly since: number;
}

interface Known extends Outage {
  failures: number;
  toldAt: number;
}

/** The parts that failed when they were last needed. */
export class Outages {
  readonly #known = new Map<StorePart, Known>();
  readonly #host: Pick<Host, "log" | "now">;

  constructor(host: Pick<Host, "log" | "now">) {
    this.#host = host;
  }

  /** Uses a part. Each failure is a {@link StoreFailure}; a {@link Refusal} is the port's own answer. */
  async watch<T>(part: StorePart, use: () => Promise<T> | T): Promise<T> {
    try {
      const result = await use();
      this.#over(part);
      return result;
    } catch (cause) {
      if (cause instanceof Refusal) throw cause;
      this.#failed(part, cause);
      throw new StoreFailure(cause);
    }
  }

  /** What can't be used now, as far as anybody has tried. */
  current(): readonly Outage[] {
    return [...this.#known.values()].map(({ part, trouble, since }) => ({ part, trouble, since }));
  }

  #failed(part: StorePart, cause: unknown): void {
    const now = this.#host.now();
    const trouble = cause instanceof StoreUnavailable ? cause.trouble : "failed";
    const known = this.#known.get(part) ?? { part, trouble, since: now, failures: 0, toldAt: Number.NEGATIVE_INFINITY };
    known.failures += 1;
    this.#known.set(part, known);
    if (now - known.toldAt < REMIND_MS) return;
    known.toldAt = now;
    const kind = kindOf(cause instanceof StoreUnavailable ? cause.cause : cause);
    this.#host.log({ level: "error", event: "store", part, state: "unavailable", error: `${trouble} (${kind})`, failures: known.failures });
  }

  #over(part: StorePart): void {
    const known = this.#known.get(part);
    if (known === undefined) return;
    this.#known.delete(part);
    this.#host.log({ level: "info", event: "store", part, state: "available", failures: known.failures, ms: this.#host.now() - known.since });
  }
}
