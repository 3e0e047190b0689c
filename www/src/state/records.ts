import { batch, effect, signal, untracked } from "@preact/signals";
import { isPaymentsError, readPayments } from "../api/core";
import { readBooks, readExplanation, readReleaseOrder, writeReleaseOrder } from "../api/store";
import type { BookEntry, Explanation, PaymentsView, ReleaseOrder } from "../api/types";
import { checkoutId, checkoutIsGone } from "./checkout";

/** How often the records are read again while something is still to happen, in milliseconds. */
const WATCH_EVERY = 4000;

/** How long the records wait for their explanation, in milliseconds. */
const EXPLAIN_WITHIN = 5000;

/** The store's records of the checkout's payments. */
export const records = signal<PaymentsView>({});

/** What the gateway itself has in its books for the checkout. */
export const books = signal<readonly BookEntry[]>([]);

/** The store's explanation of the records; undefined: it gave none. */
export const explanation = signal<Explanation | undefined>(undefined);

/** When all of it was read last. */
export const readAt = signal<Date | undefined>(undefined);

/** Whether the store has been asked since the page was loaded; until then nobody knows whether a payment stands. */
export const known = signal(false);

/** The store's release policy. */
export const releaseOrder = signal<ReleaseOrder>("release-first");

let reading: Promise<void> | undefined;
let again = false;

/** Reads the records, the books and the explanation again. A call during a reading reads once more after it. */
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
    await readAll();
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

async function readAll(): Promise<void> {
  const id = checkoutId.value;
  if (!id) return;
  const view = readPayments(id);
  const [payments, entries, told] = await Promise.allSettled([view, readBooks(id), explain(id, view)]);
  if (id !== checkoutId.value) return;
  // Whether the checkout is gone is for the payments to say. The books fail as well then, and may do so first.
  if (payments.status === "rejected" && isGone(payments.reason)) {
    show({});
    checkoutIsGone(id);
  }
  // Without both answers, what was read before stays on the page, with its time.
  if (payments.status === "rejected" || entries.status === "rejected") return;
  // An explanation of earlier records would contradict these: better none.
  show({ payments: payments.value, entries: entries.value, told: told.status === "fulfilled" ? told.value : undefined, time: new Date() });
}

// After the records, so that it is never older: what is unsettled in older records is read again soon, and both agree.
async function explain(id: string, view: Promise<unknown>): Promise<Explanation> {
  await view;
  return readExplanation(id, AbortSignal.timeout(EXPLAIN_WITHIN));
}

function isGone(error: unknown): boolean {
  return isPaymentsError(error) && error.code === "checkout_not_found";
}

interface Reading {
  payments?: PaymentsView;
  entries?: readonly BookEntry[];
  told?: Explanation | undefined;
  time?: Date;
}

function show({ payments = {}, entries = [], told, time }: Reading): void {
  batch(() => {
    records.value = payments;
    books.value = entries;
    explanation.value = told;
    readAt.value = time;
  });
}

/** Is anything still to happen by itself? What is on its way at this moment is not called unresolved yet. */
export function somethingDue({ unresolved = [], operations = [] }: PaymentsView): boolean {
  return unresolved.length > 0 || operations.some(({ status }) => status === "running");
}

// What was read of one checkout never shows for another; where there is none, nobody need be asked.
effect(() => {
  const id = checkoutId.value;
  untracked(() => {
    show({});
    if (id) void refresh();
    else known.value = true;
  });
});

effect(() => {
  if (!somethingDue(records.value)) return undefined;
  const timer = setInterval(() => document.visibilityState === "visible" && void refresh(), WATCH_EVERY);
  return () => clearInterval(timer);
});
