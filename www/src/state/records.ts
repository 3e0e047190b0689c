import { batch, effect, signal, untracked } from "@preact/signals";
import { isPaymentsError, readPayments } from "../api/core";
import { readBooks, readReleaseOrder, writeReleaseOrder } from "../api/store";
import type { BookEntry, PaymentRecord, PaymentsView, ReleaseOrder } from "../api/types";
import { checkoutId, checkoutIsGone } from "./checkout";

/** How often the records are read again while something is still to happen, in milliseconds. */
const WATCH_EVERY = 4000;

/** The store's records of the checkout's payments. */
export const records = signal<PaymentsView>({});

/** What the gateway itself has in its books for the checkout. */
export const books = signal<readonly BookEntry[]>([]);

/** When both were read last. */
export const readAt = signal<Date | undefined>(undefined);

/** Whether the store has been asked since the page was loaded; until then nobody knows whether a payment stands. */
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
  reading = readWhileAsked();
  return reading;
}

async function readWhileAsked(): Promise<void> {
  do {
    again = false;
    await readBoth();
  } while (again);
  // In the same breath as the last look at `again`: whoever asks from now on begins a reading of their own.
  reading = undefined;
  known.value = true;
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
  if (!id) return;
  const [payments, entries] = await Promise.allSettled([readPayments(id), readBooks(id)]);
  if (id !== checkoutId.value) return;
  // Whether the checkout is gone is for the payments to say. The books fail as well then, and may do so first.
  if (payments.status === "rejected" && isGone(payments.reason)) {
    show({}, [], undefined);
    checkoutIsGone(id);
  }
  // Without both answers, what was read before stays on the page, with its time.
  if (payments.status === "rejected" || entries.status === "rejected") return;
  show(payments.value, entries.value, new Date());
}

function isGone(error: unknown): boolean {
  return isPaymentsError(error) && error.code === "checkout_not_found";
}

function show(payments: PaymentsView, entries: readonly BookEntry[], time: Date | undefined): void {
  batch(() => {
    records.value = payments;
    books.value = entries;
    readAt.value = time;
  });
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

// What was read of one checkout never shows for another; where there is none, nobody need be asked.
effect(() => {
  const id = checkoutId.value;
  untracked(() => {
    show({}, [], undefined);
    if (id) void refresh();
    else known.value = true;
  });
});

effect(() => {
  if (!somethingDue(records.value)) return undefined;
  const timer = setInterval(() => document.visibilityState === "visible" && void refresh(), WATCH_EVERY);
  return () => clearInterval(timer);
});
