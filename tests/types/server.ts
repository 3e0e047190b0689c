// The types of what a server imports: the handler, the raw core, stores, gateways and the kit. Compiled, never run; without the types of
// a page (`lib` has no DOM), because a server's project has none.

import { advance, beginCheckoutPayment, currencyDecimals, loadCore } from "checkout-payments/core";
import { openSimulator, createSimulatorEndpoints } from "checkout-payments/gateways/simulator";
import type { Simulator } from "checkout-payments/gateways/simulator";
import { createStripeGateway, meaningOf, toStripe } from "checkout-payments/gateways/stripe";
import type { RetryCategory, StripeOptions } from "checkout-payments/gateways/stripe";
import { createPaymentsHandler, fromMinorUnits, isPaymentsError, loadCore as loadServer, NotSentError, Refusal, refusalResponse, StoreUnavailable, toMinorUnits } from "checkout-payments/server";
import type { Capabilities, Checkout, Gateway, GatewayCall, Identity, LogLine, Outcome, PaymentsHandler, PaymentsOptions, Store, Write } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { openSqliteStore } from "checkout-payments/stores/sqlite";
import type { SqliteStore } from "checkout-payments/stores/sqlite";
import { gatewayConformance, register, storeConformance } from "checkout-payments/testing";
import type { Case, GatewayHarness, StoreHarness } from "checkout-payments/testing";
import { same } from "./same.js";

const OPTIONS: StripeOptions = { secretKey: "sk_test_x", webhookSecret: "whsec_x", paymentMethodTypes: ["card"] };

/** An adapter of one's own has to be a `Gateway`, and nothing more. */
export const own: Gateway = {
  provider: "own",
  capabilities: {} as Capabilities,
  process: (call: GatewayCall, signal: AbortSignal): Promise<Outcome> => Promise.reject(signal.aborted ? new NotSentError(call.id) : new Error("later")),
  inquire: () => Promise.reject(new NotSentError("no questions")),
  notification: async ({ headers, body }) => ({ authentic: headers.get("signature") === String(body.length), notifications: [] }),
};

/** A store of one's own, likewise. */
export const nothing: Store = {
  exclusive: true,
  load: async () => undefined,
  commit: async (writes: readonly Write[]) => writes.every(({ expectedVersion }) => expectedVersion === 0),
  find: async (query) => ("index" in query ? [query.index] : []),
};

export async function serve(checkout: Checkout, who: Identity): Promise<Response> {
  const sqlite: SqliteStore = await openSqliteStore({ path: "payments.db" });
  const simulator: Simulator = await openSimulator({ path: ":memory:" });
  const options: PaymentsOptions = {
    store: sqlite,
    gateways: [createStripeGateway(OPTIONS), simulator, own],
    checkouts: { find: async () => checkout, placed: async () => undefined },
    authenticate: (request) => (request.headers.has("authorization") ? who : undefined),
    log: (line: LogLine) => void line.event,
  };
  const handler: PaymentsHandler = createPaymentsHandler(options);
  // @ts-expect-error at least one gateway
  createPaymentsHandler({ ...options, gateways: [] });
  // @ts-expect-error a key is needed
  createStripeGateway({});
  // @ts-expect-error a handler takes a Request
  await handler("https://shop.example");
  const endpoints = createSimulatorEndpoints({ simulator, authenticate: options.authenticate, deliverTo: handler });
  createPaymentsHandler({ ...options, store: createMemoryStore() });
  await handler.recover();
  await handler.startRecovery({ everyMs: 1000 })();
  const answer = await endpoints(new Request("https://shop.example/simulator/books"));
  return answer.ok ? answer : refusalResponse(new Refusal(404, "NOT_FOUND", "No such thing."));
}

export async function raw(module: Uint8Array): Promise<string> {
  await loadCore(module);
  await loadServer(new URL("file:///core.wasm"));
  const step: string = beginCheckoutPayment("{}", "", new TextEncoder().encode("{}"));
  same<ReturnType<typeof currencyDecimals>, number | undefined>(true);
  // @ts-expect-error a body is bytes, as it came
  beginCheckoutPayment("{}", "", "{}");
  return advance("{}", step, "{}");
}

export function check(harness: GatewayHarness, store: StoreHarness, test: (name: string, run: () => Promise<void>) => void): readonly Case[] {
  const cases = [...gatewayConformance({ name: "own", open: () => harness }), ...storeConformance({ name: "own", open: () => store, cannot: { reopen: "memory" } })];
  register(cases, test);
  return cases;
}

export function money(error: unknown): string {
  const units: bigint | undefined = toMinorUnits("129.90", "USD");
  const stripe = toStripe("129.90", "USD");
  const retry: RetryCategory | undefined = meaningOf("card_declined")?.retryCategory;
  if (error instanceof StoreUnavailable) same<typeof error.trouble, "full" | "read_only" | "busy" | "failed">(true);
  return fromMinorUnits(units ?? 0n, "USD") + String(stripe) + (retry ?? "") + (isPaymentsError(error) ? error.code : "");
}
