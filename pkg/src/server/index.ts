/**
 * `checkout-payments/server`: the payments resource of a web store as one function from `Request` to `Response`, for any
 * host that speaks those (Node, Deno, Bun, Workers). You bring a store, a gateway, your checkouts and your sessions.
 *
 * ```ts
 * const payments = createPaymentsHandler({ store, gateways: [gateway], checkouts, authenticate });
 * const stop = payments.startRecovery({ everyMs: 5_000 });
 * const response = await payments(request);
 * ```
 */
import { createApp } from "./app.js";
import { createHost } from "./host.js";
import type { Outage } from "./outages.js";
import type { PaymentsOptions } from "./ports.js";
import { type Recovered, recoverAll, recoverDue, type RecoverDueOptions, type RecoverOptions, startRecovery } from "./recovery.js";

export { PaymentsError, isPaymentsError, type ErrorCode, type ErrorDetails, type FieldError } from "../errors.js";
export { loadCore } from "../core.js";
export { amountText, fromMinorUnits, toMinorUnits } from "../minor-units.js";
export * from "./ports.js";
// For adapters: what a gateway writes for people is passed on without what it must not hold.
export { scrub } from "./scrub.js";
// For a host's own routes beside these: the same limit, the same form of refusal.
export { MAX_BODY_BYTES, readBody } from "./request.js";
export { Refusal, refusalResponse } from "./refusal.js";
export type { Outage } from "./outages.js";
export type { ReleaseOrder, Settings } from "./settings.js";
export type { Recovered, RecoverDueOptions, RecoverOptions } from "./recovery.js";

/** The payments resource. Never rejects: every failure is an answer. */
export interface PaymentsHandler {
  /** Answers one request. Routes: `checkout-payments/openapi.json`, which it answers `GET /openapi.json` with. */
  (request: Request): Promise<Response>;
  /** One pass of recovery (DESIGN §6). Call it at start, or use {@link PaymentsHandler.startRecovery}. Rejects when the store fails. */
  recover(options?: RecoverOptions): Promise<Recovered>;
  /**
   * Recovers now and then every `everyMs` milliseconds, until the returned function is called. What that gives is settled
   * when no pass is under way any more: close the store after it.
   */
  startRecovery(options: { readonly everyMs: number }): () => Promise<void>;
  /**
   * What {@link PaymentsHandler.startRecovery} does each time, for hosts with timers of their own (an alarm, a cron job): a pass
   * of recovery, told in the log. Never rejects; false = there is more to do, whatever is due: call again soon.
   */
  recoverDue(options?: RecoverDueOptions): Promise<boolean>;
  /** What could not be used when it was last needed, since when: for a health check. Empty when all is well. */
  outages(): readonly Outage[];
}

/** Builds the payments resource from what you bring. */
export function createPaymentsHandler(options: PaymentsOptions): PaymentsHandler {
  const host = createHost(options);
  const app = createApp(host);
  return Object.assign(async (request: Request): Promise<Response> => app.fetch(request), {
    recover: (bounds?: RecoverOptions) => recoverAll(host, bounds),
    recoverDue: (bounds?: RecoverDueOptions) => recoverDue(host, bounds),
    startRecovery: ({ everyMs }: { readonly everyMs: number }) => startRecovery(host, everyMs),
    outages: () => host.outages.current(),
  });
}
