import { computed, effect, signal } from "@preact/signals";
import { isPaymentsError, placeOrder, sendPayment } from "../api/core";
import { payAtGateway } from "../api/store";
import type { Operation } from "../api/types";
import { WALLETS } from "../shop/payment-choices";
import { type Attempt, attempt, freshKey, paidBag } from "./attempt";
import { count, currency, lines, quantities, total } from "./bag";
import { bringCheckout, checkoutId, checkoutIsGone, receipt } from "./checkout";
import { method, outlook, request, verdicts, visited, wallet } from "./form";
import { GONE, lostCheckouts } from "./lost-checkout";
import { type Outcome, type OutcomeKind, readFailure, readOutcome } from "./outcome";
import { readingEnded, records, refresh } from "./records";
import { outcome, tell, tellQuietly } from "./telling";

const UNANSWERED: readonly string[] = ["network_failed", "service_unavailable", "response_invalid"];
const NO_ORDER = "The store did not answer. Placing the order again is safe: it can be placed only once.";

// After these, it matters what became of the payment there was before.
const NOT_PAID: readonly OutcomeKind[] = ["declined", "not-sent", "refused", "release-failed"];

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
    let fresh: Attempt;
    try {
      const id = await checkoutForThis();
      if (!id) return;
      const token = method.value === "wallet" ? { paymentToken: await payAtWallet() } : {};
      fresh = {
        checkoutId: id,
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
    attempt.value = fresh;
    await sendAttempt(fresh);
  });
  return undefined;
}

/** Sends the very same request again: it takes up where the first left off and never pays twice. */
export async function repeat(): Promise<void> {
  const same = attempt.value;
  if (!same) return refresh();
  await exclusively(() => sendAttempt(same));
}

/**
 * The shopper has answered the bank: the same payment, tried anew. The key is new, for the old one would bring back the
 * bank's question; should this answer get lost too, the repeats have the new key.
 */
export async function confirmChallenge(): Promise<void> {
  if (!attempt.value || busy.value) return;
  const confirmed = { ...attempt.value, key: freshKey() };
  attempt.value = confirmed;
  await exclusively(() => sendAttempt(confirmed));
}

/** The same, when nobody asked for it: the news does not take the focus. */
export async function repeatQuietly(): Promise<void> {
  const same = attempt.value;
  if (same) await exclusively(() => sendAttempt(same, tellQuietly));
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
    let id = checkoutId.value;
    try {
      if (!receipt.value) id = await checkoutForThis();
      if (id) issueReceipt(await placeOrder(id));
    } catch (error) {
      if (id && readFailure(error).kind === "gone") checkoutIsGone(id);
      if (id === checkoutId.value) orderProblem.value = isPaymentsError(error) && !UNANSWERED.includes(error.code) ? error.message : NO_ORDER;
      else tell(GONE);
    }
    await refresh();
  });
}

function latestOperation(): Operation | undefined {
  return (records.value.operations ?? []).filter(({ kind }) => kind === "checkoutPayment").at(-1);
}

// The checkout for what the shopper asks now. Undefined: a checkout was lost over it. That is told, and the shopper decides
// anew, for what was asked belonged to the payment that is lost.
async function checkoutForThis(): Promise<string | undefined> {
  const before = lostCheckouts();
  await readingEnded();
  const id = await bringCheckout();
  if (lostCheckouts() === before) return id;
  tell(GONE);
  return undefined;
}

async function sendAttempt(sent: Attempt, say = tell): Promise<void> {
  const isLeft = () => sent.checkoutId !== checkoutId.value;
  let result = isLeft() ? GONE : await answerTo(sent);
  if (result.kind === "gone") checkoutIsGone(sent.checkoutId);
  // What a checkout answers that was left meanwhile is nothing to build on.
  if (isLeft()) result = GONE;
  if (result.kind === "paid" || result.kind === "pending") {
    paidBag.value = sent.bag;
    changing.value = false;
  }
  if (!["unknown", "pending", "challenge", "busy"].includes(result.kind)) attempt.value = undefined;
  if (result.kind === "unknown") {
    say(result);
    void refresh(); // not waited for: when the store is out of reach, reading takes its time too, and asking again must be possible
    return;
  }
  await refresh();
  say(sent.replaces && NOT_PAID.includes(result.kind) ? { ...result, earlier: livePayment.value ? "stands" : "released" } : result);
}

async function answerTo(sent: Attempt): Promise<Outcome> {
  try {
    return readOutcome(await sendPayment(sent.checkoutId, sent.request, sent.key));
  } catch (error) {
    return readFailure(error);
  }
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
  paidBag.value = undefined;
  changing.value = false;
  quantities.value = {};
}

function sameQuantities(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((id) => a[id] === b[id]);
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

// A checkout that is left behind takes with it what was asked about it.
effect(() => {
  if (checkoutId.value) return;
  changing.value = false;
  orderProblem.value = undefined;
});
