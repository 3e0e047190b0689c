import { computed, effect, signal } from "@preact/signals";
import { type FormRequest, isPaymentsError, placeOrder, sendPayment } from "../api/core";
import { payAtGateway } from "../api/store";
import type { Operation } from "../api/types";
import { WALLETS } from "../shop/payment-choices";
import { count, currency, lines, quantities, total } from "./bag";
import { bringCheckout, checkoutId, forgetCheckout, type PaidBag, paidBag, receipt } from "./checkout";
import { method, outlook, request, verdicts, visited, wallet } from "./form";
import { type Outcome, type OutcomeKind, readFailure, readOutcome } from "./outcome";
import { readingEnded, records, refresh } from "./records";
import { savedSignal } from "./saved";

// What was sent, kept until it is settled: only the same request with the same key can be repeated safely.
interface Attempt {
  readonly request: FormRequest;
  readonly key: string;
  readonly bag: PaidBag;
  /** Was there a payment before this one? */
  readonly replaces: boolean;
  /** The store's latest operation before this one. */
  readonly after: string | undefined;
}

const UNANSWERED: readonly string[] = ["network_failed", "service_unavailable", "response_invalid"];
const NO_ORDER = "The store did not answer. Placing the order again is safe: it can be placed only once.";

// After these, it matters what became of the payment there was before.
const NOT_PAID: readonly OutcomeKind[] = ["declined", "not-sent", "refused", "release-failed"];

const attempt = savedSignal<Attempt | undefined>("attempt", undefined);

/** What came of the last payment request; undefined: nothing to tell. */
export const outcome = savedSignal<Outcome | undefined>("outcome", undefined);

let news: Outcome | undefined;

/** Is the outcome new since this was last asked? After a reload, it is not. */
export function outcomeIsNews(): boolean {
  const isNews = news !== undefined && news === outcome.peek();
  news = undefined;
  return isNews;
}

/** The bag that the request under way is for. */
export const askedFor = computed(() => attempt.value?.bag);

/** Is a request on its way? */
export const busy = signal(false);

/** Has the shopper asked to pay another way, though a payment stands? */
export const changing = signal(false);

/** Why the order could not be placed. */
export const orderProblem = signal<string | undefined>(undefined);

/** The payment that stands, if one does. */
export const livePayment = computed(() => records.value.livePayment);

/** Does a payment stand for another bag than this one? */
export const mismatch = computed(() => {
  const paid = paidBag.value;
  // A purchase order pays for whatever the bag comes to.
  if (!livePayment.value || livePayment.value.type === "SimplePurchaseOrder" || receipt.value) return false;
  if (!paid) return records.value.cartChange !== undefined;
  return paid.currency !== currency.value || !sameQuantities(paid.quantities, quantities.value);
});

/** The operation that the last request began, once the store has settled what was unknown or pending about it. */
export const settledMeanwhile = computed(() => {
  const waiting = outcome.value?.kind === "unknown" || outcome.value?.kind === "pending";
  const latest = latestOperation();
  const isOurs = latest !== undefined && attempt.value !== undefined && latest.id !== attempt.value.after;
  return waiting && isOurs && (latest.status === "succeeded" || latest.status === "failed") ? latest.id : undefined;
});

/** Pays what is in the bag, as the form says. Gives the first field at fault instead, when there is one. */
export async function pay(): Promise<string | undefined> {
  if (busy.value || count.value === 0) return undefined;
  const [atFault] = verdicts.value.keys();
  visited.value = new Set([...visited.value, ...verdicts.value.keys()]);
  if (atFault) return atFault;
  if (!outlook.value.allowed) return undefined;
  await exclusively(async () => {
    outcome.value = undefined;
    orderProblem.value = undefined;
    try {
      await readingEnded();
      await bringCheckout();
      const token = method.value === "wallet" ? { paymentToken: await payAtWallet() } : {};
      attempt.value = {
        request: { ...request.value, ...token },
        key: freshKey(),
        bag: { quantities: quantities.value, currency: currency.value, total: total.value },
        replaces: livePayment.value !== undefined,
        after: latestOperation()?.id,
      };
    } catch {
      tell({ kind: "not-sent" });
      return;
    }
    await sendAttempt();
  });
  return undefined;
}

/** Sends the very same request again: it takes up where the first left off and never pays twice. */
export async function repeat(): Promise<void> {
  if (!attempt.value) return refresh();
  await exclusively(sendAttempt);
}

/**
 * The shopper has answered the bank: the same payment, tried anew. The key is new, for the old one would bring back the
 * bank's question; should this answer get lost too, the repeats have the new key.
 */
export async function confirmChallenge(): Promise<void> {
  if (!attempt.value || busy.value) return;
  attempt.value = { ...attempt.value, key: freshKey() };
  await exclusively(sendAttempt);
}

/** The same, when nobody asked for it: the news does not take the focus. */
export async function repeatQuietly(): Promise<void> {
  if (!attempt.value) return;
  await exclusively(sendAttempt);
  news = undefined;
}

/** The shopper turns away from the bank's question. */
export function cancelChallenge(): void {
  attempt.value = undefined;
  tell({ kind: "cancelled" });
  void refresh();
}

/** Puts back into the bag what the payment was made for. */
export function restorePaidBag(): void {
  if (!paidBag.value) return;
  currency.value = paidBag.value.currency;
  quantities.value = paidBag.value.quantities;
}

/** Opens the form for another payment. */
export function startChanging(): void {
  changing.value = true;
  outcome.value = undefined;
}

/** Places the order; again, it gives the same number again. */
export async function order(): Promise<void> {
  await exclusively(async () => {
    orderProblem.value = undefined;
    try {
      const id = receipt.value ? checkoutId.value : await bringCheckout();
      if (!id) return;
      issueReceipt(await placeOrder(id));
    } catch (error) {
      orderProblem.value = isPaymentsError(error) && !UNANSWERED.includes(error.code) ? error.message : NO_ORDER;
    }
    await refresh();
  });
}

function latestOperation(): Operation | undefined {
  return (records.value.operations ?? []).filter(({ kind }) => kind === "checkoutPayment").at(-1);
}

async function sendAttempt(): Promise<void> {
  const id = checkoutId.value;
  const sent = attempt.value;
  if (!id || !sent) return;
  let result: Outcome;
  try {
    result = readOutcome(await sendPayment(id, sent.request, sent.key));
  } catch (error) {
    result = readFailure(error);
  }
  if (result.kind === "paid" || result.kind === "pending") {
    paidBag.value = sent.bag;
    changing.value = false;
  }
  if (!["unknown", "pending", "challenge", "busy"].includes(result.kind)) attempt.value = undefined;
  if (result.kind === "gone") forgetCheckout();
  if (result.kind === "unknown") {
    tell(result);
    void refresh(); // not waited for: when the store is out of reach, reading takes its time too, and asking again must be possible
    return;
  }
  await refresh();
  tell(sent.replaces && NOT_PAID.includes(result.kind) ? { ...result, earlier: livePayment.value ? "stands" : "released" } : result);
}

function tell(result: Outcome): void {
  news = result;
  outcome.value = result;
}

async function payAtWallet(): Promise<string> {
  const choice = WALLETS.find(({ id }) => id === wallet.value) ?? WALLETS[0];
  return payAtGateway(total.value, currency.value, choice.captured, "script" in choice ? choice.script : undefined);
}

async function exclusively(task: () => Promise<void>): Promise<void> {
  if (busy.value) return;
  busy.value = true;
  try {
    await task();
  } finally {
    busy.value = false;
  }
}

function issueReceipt(orderReferenceNumber: string): void {
  receipt.value ??= {
    orderReferenceNumber,
    total: total.value,
    currency: currency.value,
    lines: lines.value.map(({ product, quantity }) => ({ name: product.name, quantity })),
  };
  if (receipt.value.orderReferenceNumber !== orderReferenceNumber) throw new Error("an order has one number");
  outcome.value = undefined;
  attempt.value = undefined;
  changing.value = false;
  quantities.value = {};
}

function sameQuantities(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((id) => a[id] === b[id]);
}

function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Good news of a payment is no news once the bag has changed under it.
effect(() => {
  if (mismatch.value && outcome.value?.kind === "paid") outcome.value = undefined;
});

// What was said about an order is void once the bag is another.
effect(() => {
  void [quantities.value, currency.value];
  orderProblem.value = undefined;
});

// A checkout that is left behind takes its outcome with it.
effect(() => {
  if (checkoutId.value) return;
  attempt.value = undefined;
  if (outcome.peek()?.kind !== "gone" && outcome.peek()?.kind !== "not-sent") outcome.value = undefined;
  changing.value = false;
  orderProblem.value = undefined;
});
