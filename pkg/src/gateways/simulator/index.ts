/**
 * The simulator (DESIGN §7): a gateway for trying things out and for tests. The payment token says how it behaves, its
 * own books say what really happened.
 *
 * ```ts
 * const simulator = await openSimulator({ path: ".data/simulator.db" });
 * const payments = createPaymentsHandler({ store, gateways: [simulator], checkouts, authenticate });
 * ```
 */
import { amountText, toMinorUnits } from "../../minor-units.js";
import type { Gateway, GatewayCall, Notification, Outcome } from "../../server/ports.js";
import type { Database } from "../../stores/sqlite/driver.js";
import { type Books, groupJson } from "./books.js";
import { deliver, inquire, KEY_WINDOW_MS } from "./deliver.js";
import { newReference } from "./ledger.js";
import { createMemoryBooks } from "./memory-books.js";
import { decide, type NotifiedEvent, readNotification } from "./notify.js";
import { parseScript } from "./script.js";
import { SIGNATURE_HEADER, sign } from "./signature.js";
import { SqlBooks } from "./sql-books.js";

export { createSimulatorEndpoints, type SimulatorEndpointsOptions } from "./endpoints.js";

/** What {@link openSimulator} takes. */
export interface SimulatorOptions {
  /**
   * The file of the books, which needs SQLite as `checkout-payments/stores/sqlite` does, or a database that is open; keep it apart from the
   * store's. `:memory:` for none, on any host.
   */
  readonly path: string | Database;
  /** Waits so long before each answer, after the books are written: time to kill the server in between. Default: 0. */
  readonly delayMs?: number;
  /** A hold is captured once, and what that leaves is let go of, as at many gateways. Default: false, the rest stays held. */
  readonly captureReleasesRest?: boolean;
  /** The secret that notifications are signed with. Default: a random one. */
  readonly secret?: string;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly clock?: () => number;
}

/** A payment made outside of any checkout, e.g. by a wallet. */
export interface MintRequest {
  /** Decimal text or a JSON number. */
  readonly amount: unknown;
  readonly currencyIsoCode: unknown;
  readonly captured?: unknown;
  /** As in a token, with or without `sim_`. */
  readonly script?: unknown;
}

/** What the simulator is to a host, wherever it runs. */
export const SIMULATOR: Pick<Gateway, "provider" | "capabilities"> = {
  provider: "simulator",
  capabilities: { keyWindowMs: KEY_WINDOW_MS, inquire: ["ourReference", "gatewayReference"] },
};

/** The simulator where it is asked from afar: the same, each answer in its time. */
export type SimulatorDesk = Pick<Simulator, "provider"> & {
  [Name in "mint" | "books" | "groupOf" | "decide"]: (...given: Parameters<Simulator[Name]>) => ReturnType<Simulator[Name]> | Promise<Awaited<ReturnType<Simulator[Name]>>>;
};

/** The simulator: a gateway, and ways to look behind it. */
export interface Simulator extends Gateway {
  /** Makes a payment that PostAuth can record. Gives its token, or what is wrong with the request. */
  mint(request: MintRequest): { readonly token: string } | { readonly invalid: string };
  /** Every payment the simulator ever made for a group: the JSON text of `GET /simulator/books`. */
  books(groupId: string): string;
  /** The group that a payment, capture, reversal or refund belongs to. */
  groupOf(reference: string): string | undefined;
  /** Decides a pending matter; gives the signed notification to send, or undefined for an unknown reference. */
  decide(reference: string, event: NotifiedEvent): Promise<{ readonly headers: Record<string, string>; readonly body: string; readonly fact: Notification } | undefined>;
  /** Closes the books. */
  close(): void;
}

/** Opens the simulator on its books. Throws `store_unusable`. */
export async function openSimulator({ path, delayMs = 0, captureReleasesRest = false, secret: given, clock = Date.now }: SimulatorOptions): Promise<Simulator> {
  const books = path === ":memory:" ? createMemoryBooks(captureReleasesRest) : await SqlBooks.open(path, captureReleasesRest);
  // Made when it is needed first: a Worker has no random numbers while it starts.
  let made: string | undefined;
  const secret = (): string => given ?? (made ??= newReference("secret"));
  const delayed = async (outcome: Outcome): Promise<Outcome> => {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return outcome;
  };

  return {
    ...SIMULATOR,
    ...(captureReleasesRest ? { capabilities: { ...SIMULATOR.capabilities, captureReleasesRest } } : {}),
    process: async (call: GatewayCall) => delayed(deliver(books, call, clock())),
    inquire: async (call: GatewayCall) => delayed(inquire(books, call)),
    notification: (request) => readNotification(secret(), request),
    mint: (request) => mint(books, request),
    books: (groupId) => groupJson(books, groupId),
    groupOf: (reference) => books.payment(books.effect(reference)?.paymentReference ?? reference)?.groupId,
    async decide(reference, event) {
      const fact = decide(books, SIMULATOR.provider, reference, event);
      if (fact === undefined) return undefined;
      const body = JSON.stringify(fact);
      return { body, fact, headers: { "content-type": "application/json", [SIGNATURE_HEADER]: await sign(secret(), new TextEncoder().encode(body)) } };
    },
    close: () => books.close(),
  };
}

function mint(books: Books, { amount, currencyIsoCode, captured = false, script = "ok" }: MintRequest): { token: string } | { invalid: string } {
  if (typeof currencyIsoCode !== "string" || !/^[A-Z]{3}$/.test(currencyIsoCode)) return { invalid: "'currencyIsoCode' must be a currency code" };
  const asked = toMinorUnits(amountText(amount) ?? "", currencyIsoCode);
  if (asked === undefined || asked === 0n) return { invalid: "'amount' must be a positive amount with no more decimals than the currency has" };
  if (typeof captured !== "boolean") return { invalid: "'captured' must be true or false" };
  if (typeof script !== "string" || parseScript(script) === undefined) return { invalid: "'script' must be operation-outcome pairs joined by dots" };

  const token = newReference("sim_payment");
  books.atomically(() =>
    books.putPayment({
      reference: newReference("pay"),
      groupId: undefined,
      ourReference: undefined,
      token,
      operation: "postauth",
      currencyIsoCode,
      script,
      minted: true,
      sale: captured,
      state: "live",
      asked,
      authorized: asked,
      reversed: 0n,
      captured: captured ? asked : 0n,
      refunded: 0n,
    }),
  );
  return { token };
}
