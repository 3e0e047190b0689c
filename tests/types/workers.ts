// The types of what a Durable Object imports. Compiled, never run. The platform's types are not here, so what the store needs of them is
// said again, in their form (@cloudflare/workers-types).

import { SIMULATOR } from "checkout-payments/gateways/simulator";
import type { SimulatorDesk } from "checkout-payments/gateways/simulator";
import { createPaymentsHandler } from "checkout-payments/server";
import type { PaymentsHandler, PaymentsOptions } from "checkout-payments/server";
import { openDatabase, openDurableObjectStore, transact } from "checkout-payments/stores/durable-object";
import type { DurableObjectStorage, DurableObjectStore } from "checkout-payments/stores/durable-object";

interface Cursor<T> {
  toArray(): T[];
  one(): T;
}

interface PlatformStorage {
  readonly sql: { exec<T extends Record<string, ArrayBuffer | string | number | null>>(query: string, ...bindings: unknown[]): Cursor<T> };
  transactionSync<T>(closure: () => T): T;
  getAlarm(options?: { readonly allowConcurrency?: boolean }): Promise<number | null>;
  setAlarm(scheduledTime: number | Date, options?: { readonly allowUnconfirmed?: boolean }): Promise<void>;
  deleteAlarm(options?: { readonly allowUnconfirmed?: boolean }): Promise<void>;
}

export class Payments {
  readonly store: DurableObjectStore;
  readonly payments: PaymentsHandler;

  constructor(ctx: { readonly storage: PlatformStorage }, options: Omit<PaymentsOptions, "store">) {
    this.store = openDurableObjectStore(ctx.storage, { recoverEveryMs: 1_000 });
    this.payments = createPaymentsHandler({ ...options, store: this.store });
    const storage: DurableObjectStorage = ctx.storage;
    const database = openDatabase(storage);
    transact(database, () => database.prepare("SELECT 1 AS one").get()?.["one"] === 1);
    // @ts-expect-error a store is opened on a storage
    openDurableObjectStore({ path: "payments.db" });
  }

  fetch(request: Request): Promise<Response> {
    return this.payments(request);
  }

  alarm(): Promise<void> {
    return this.store.onAlarm(this.payments);
  }

  cron(): Promise<boolean> {
    return this.payments.recoverDue({ isOver: () => false });
  }
}

export async function ask(desk: SimulatorDesk): Promise<string> {
  const minted = await desk.mint({ amount: "1.00", currencyIsoCode: "USD" });
  return "token" in minted ? minted.token : `${SIMULATOR.provider}: ${minted.invalid}`;
}
