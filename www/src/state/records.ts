import { effect, signal } from "@preact/signals";
import { isPaymentsError, readPayments } from "../api/core";
import { readBooks, readReleaseOrder, writeReleaseOrder } from "../api/store";
import type { BookEntry, PaymentRecord, PaymentsView, ReleaseOrder } from "../api/types";
import { checkoutId, forgetCheckout } from "./checkout";

/** How often the records are read again while something is still to happen, in milliseconds. */
const WATCH_EVERY = 4000;

/** The store's records of the checkout's payments. */
export const records = signal<PaymentsView>({});

/** What the gateway itself has in its books for the checkout. */
export const books = signal<readonly BookEntry[]>([]);

/** When both were read last. */
export const readAt = signal<Date | undefined>(undefined);

/** Whether a reading has ended since the page was loaded; until then nobody knows whether a payment stands. */
export const known = signal(false);

/** The store's release policy. */
export const releaseOrder = signal<ReleaseOrder>("release-first");

let reading: Promise<void> | undefined;
let again = false;

/** Reads the records and the books again. A call during a reading reads once more after it. */
export function refresh(): Promise<void> {
  if (reading) {
    again = true;
    return reading;
  }
  reading = (async () => {
    do {
      again = false;
      await readBoth();
    } while (again);
  })().finally(() => {
    reading = undefined;
    known.value = true;
  });
  return reading;
}

/** Waits for a reading that is under way: it may find that the checkout is gone. */
export function readingEnded(): Promise<void> {
  return reading ?? Promise.resolve();
}

/** Asks the store for its policy. */
export async function loadReleaseOrder(): Promise<void> {
  releaseOrder.value = await readReleaseOrder();
}

/** Changes the store's policy. */
export async function chooseReleaseOrder(choice: ReleaseOrder): Promise<void> {
  const before = releaseOrder.value;
  releaseOrder.value = choice;
  if (!(await writeReleaseOrder(choice).catch(() => false))) releaseOrder.value = before;
}

async function readBoth(): Promise<void> {
  const id = checkoutId.value;
  if (!id) {
    records.value = {};
    books.value = [];
    return;
  }
  try {
    const [payments, entries] = await Promise.all([readPayments(id), readBooks(id)]);
    if (id !== checkoutId.value) return;
    records.value = payments;
    books.value = entries;
    readAt.value = new Date();
  } catch (error) {
    if (id === checkoutId.value && isPaymentsError(error) && error.code === "checkout_not_found") forgetCheckout();
    // Otherwise no answer came: what was read before stays on the page, with its time.
  }
}

/** Is anything still to happen by itself: an unknown to be resolved, a release owed, a notification due? */
export function somethingDue(view: PaymentsView): boolean {
  const money: readonly PaymentRecord[] = [
    ...(view.paymentAuthorizations ?? []),
    ...(view.paymentAuthAdjustments ?? []),
    ...(view.payments ?? []),
    ...(view.refunds ?? []),
  ];
  return (
    (view.releasesOwed ?? []).length > 0 ||
    (view.operations ?? []).some(({ status }) => status === "running" || status === "unresolved") ||
    money.some(({ status }) => status === "Pending")
  );
}

effect(() => {
  void checkoutId.value;
  void refresh();
});

effect(() => {
  if (!somethingDue(records.value)) return undefined;
  const timer = setInterval(() => document.visibilityState === "visible" && void refresh(), WATCH_EVERY);
  return () => clearInterval(timer);
});
