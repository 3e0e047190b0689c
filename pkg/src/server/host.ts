/** What the loop needs of its surroundings: the ports with their defaults, and who is driving which group. */
import { isPaymentsError } from "../errors.js";
import { createTold, ROWS } from "./context.js";
import type { Gateway, GatewayCall, LogLine, Outcome, PaymentsOptions, Versioned, Write } from "./ports.js";
import { Outages } from "./outages.js";
import { randomHex } from "./random-hex.js";
import { send } from "./send.js";

const GATEWAY_TIMEOUT_MS = 120_000;

/** The host's ports, ready to use. */
export interface Host {
  readonly options: PaymentsOptions;
  now(): number;
  entropy(): string;
  log(line: Omit<LogLine, "time">): void;
  /** Logs what the core could not do, with the operation it was at; nothing else. */
  logCoreError(error: unknown, operationId?: string): void;
  /** What every function of the core is told, as members of its context; `at`: the time, where it is not the clock's. */
  told(at?: number): string;
  /** What every commit's question is told beside it: {@link ROWS}, where the store can be queried. */
  readonly rows: string;
  /** The store, each failure of which is a `StoreFailure` and known to `outages`. */
  load(key: string): Promise<Versioned | undefined>;
  commit(...writes: readonly Write[]): Promise<boolean>;
  find(query: Parameters<PaymentsOptions["store"]["find"]>[0]): Promise<readonly string[]>;
  /** One call to the gateway it is meant for. Never throws. */
  send(call: GatewayCall): Promise<Outcome>;
  gateway(provider: string | undefined): Gateway | undefined;
  readonly drivers: Drivers;
  readonly outages: Outages;
  /**
   * Groups whose announced call lost its driver without a crash: the outcome could not be written, or the core stopped.
   * The store counts them as driven for two more minutes; the next pass of recovery need not wait for that.
   */
  readonly leftBehind: Set<string>;
  /** New groups whose first call is under way: their rows come with the next commit, or when somebody asks before. */
  readonly withoutRows: Set<string>;
  /** The next pass of recovery looks at every group: true until the first one over a store that is this process's own. */
  recoversAll: boolean;
}

/** Builds a host from its options. */
export function createHost(options: PaymentsOptions): Host {
  const { store } = options;
  const now = options.clock ?? Date.now;
  const entropy = options.entropy ?? randomHex;
  const log: Host["log"] = (line) => options.log?.({ time: new Date(now()).toISOString(), ...line });
  const outages = new Outages({ log, now });
  const host: Host = {
    options,
    now,
    log,
    logCoreError(error, operationId) {
      // The core's own errors are this package's texts, without data of the request.
      if (isPaymentsError(error)) log({ level: "error", event: "core", error: `${error.code}: ${error.message}`, ...(operationId === undefined ? {} : { operationId }) });
    },
    told: createTold(options, now, entropy),
    rows: store.records === undefined ? "" : ROWS,
    outages,
    entropy,
    load: (key) => outages.watch("reading", () => store.load(key)),
    commit: (...writes) => outages.watch("writing", () => store.commit(writes)),
    find: (query) => outages.watch("reading", () => store.find(query)),
    gateway: (provider) =>
      provider === undefined ? options.gateways[0] : options.gateways.find((gateway) => gateway.provider === provider),
    send: (call) => {
      const gateway = host.gateway(call.provider) ?? options.gateways[0];
      const report = (error: string): void => host.log({ level: "error", event: "gateway", error });
      return send(gateway, call, options.gatewayTimeoutMs ?? GATEWAY_TIMEOUT_MS, report);
    },
    drivers: new Drivers(),
    leftBehind: new Set(),
    withoutRows: new Set(),
    recoversAll: store.exclusive,
  };
  return host;
}

/**
 * Who, in this process, is between a group's announcement and its outcome. With a store that is this process's alone,
 * an operation that nobody here drives was left behind by a crash, and may be taken over at once.
 */
export class Drivers {
  readonly #groups = new Map<string, Set<object>>();

  /** Whether anybody but `me` drives this group. */
  others(key: string, me: object): boolean {
    const drivers = this.#groups.get(key);
    return drivers !== undefined && drivers.size > (drivers.has(me) ? 1 : 0);
  }

  enter(key: string, me: object): void {
    const drivers = this.#groups.get(key) ?? new Set();
    this.#groups.set(key, drivers.add(me));
  }

  leave(key: string, me: object): void {
    const drivers = this.#groups.get(key);
    if (drivers?.delete(me) && drivers.size === 0) this.#groups.delete(key);
  }
}
