/**
 * What the simulated gateway does: the effect of each operation on the books, once it has arrived and nothing else was
 * scripted. Amounts never leave their bounds: no more is captured or reversed than was authorized, no more refunded
 * than captured.
 */
import type { GatewayCall, Outcome, RetryCategory, RetryDecision } from "../../server/ports.js";
import { fromMinorUnits, toMinorUnits } from "../../minor-units.js";
import type { BookedEffect, BookedPayment, Books } from "./books.js";
import { tokenization, tokenize } from "./tokens.js";

const AUTHORIZATION_DAYS_MS = 7 * 24 * 3_600_000;

/** Whether what was asked for happens at once, waits for a notification, or waits for the shopper. */
export type Manner = "now" | "pending" | "review";

/** What came of a call, and which payment it concerns. */
export interface Booked {
  readonly outcome: Outcome;
  readonly paymentReference?: string;
}

/** Books a call that has arrived. */
export function book(books: Books, call: GatewayCall, manner: Manner, now: number): Booked {
  switch (call.operation) {
    case "authorize":
    case "sale":
      return make(books, call, manner, now);
    case "postauth":
      return adopt(books, call, manner, now);
    case "capture":
    case "reverse":
    case "refund":
      return act(books, call, call.operation, manner);
    case "tokenize":
      return tokenize(call, manner);
    case "inquire":
      return refused("ValidationError", "not_a_request", "an inquiry is no request");
  }
}

/** A definite refusal; and what it means for another try, where the gateway says so. */
export function refused(resultCode: Outcome["resultCode"], gatewayResultCode: string, gatewayMessage: string, retryCategory?: RetryCategory, retryDecision?: RetryDecision): Booked {
  const retry = retryCategory === undefined || retryDecision === undefined ? {} : { retryCategory, retryDecision };
  return { outcome: { resultCode, gatewayResultCode, gatewayMessage, ...retry } };
}

/** A new reference: letters only, so that it is never taken for a card number. */
export function newReference(prefix: string): string {
  return `${prefix}_${Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => "bcdfghjklmnpqrst".charAt(byte & 15)).join("")}`;
}

/** Whether a capture, reversal or refund of `amount` is still within its payment's bounds. */
function room(books: Books, payment: BookedPayment, operation: BookedEffect["operation"]): bigint {
  const waiting = (name: BookedEffect["operation"]): bigint => books.pendingAmount(payment.reference, name);
  if (operation === "refund") return payment.captured - payment.refunded - waiting("refund");
  if (operation === "capture" && books.captureReleasesRest && payment.captured + waiting("capture") > 0n) return 0n;
  return payment.authorized - payment.reversed - payment.captured - waiting("capture") - waiting("reverse");
}

// authorize and sale: a new payment, or the one that the shopper's bank wanted to look at first
function make(books: Books, call: GatewayCall, manner: Manner, now: number): Booked {
  const amount = askedAmount(call);
  if (amount === undefined) return refused("ValidationError", "invalid_amount", "the amount or the currency is missing or can't be read");
  const reviewed = call.gatewayReference === undefined ? undefined : books.payment(call.gatewayReference);
  if (call.gatewayReference !== undefined && reviewed?.state !== "review") {
    return refused("ValidationError", "payment_not_found", "there is no payment under review with this reference");
  }
  const payment = reviewed ?? newPayment(call, newReference("pay"), amount);
  return settle(books, payment, call, amount, manner, now);
}

function settle(books: Books, payment: BookedPayment, call: GatewayCall, amount: bigint, manner: Manner, now: number): Booked {
  const state = manner === "now" ? "live" : manner;
  const waiting = { ...payment, state, groupId: call.groupId, ourReference: call.ourReference, asked: amount, authorized: 0n, captured: 0n } as const;
  books.putPayment(manner === "now" ? fulfilled(waiting) : waiting);
  const outcome = outcomeOf(call, payment.reference, manner, now);
  return { outcome: payment.sale && call.operation === "postauth" ? { ...outcome, captured: true } : outcome, paymentReference: payment.reference };
}

/** A payment whose money has been put aside, or taken. */
export function fulfilled(payment: BookedPayment): BookedPayment {
  return { ...payment, state: "live", authorized: payment.asked, captured: payment.sale ? payment.asked : 0n };
}

// postauth: takes over a payment that was made outside
function adopt(books: Books, call: GatewayCall, manner: Manner, now: number): Booked {
  const amount = askedAmount(call);
  if (amount === undefined) return refused("ValidationError", "invalid_amount", "the amount or the currency is missing or can't be read");
  const token = call.paymentToken ?? "";
  const payment = books.mintedPayment(token);
  if (payment === undefined) {
    // the seed's own sample names a payment of this form; it is taken as authorized for exactly what was asked
    if (token.startsWith("pi_")) return settle(books, newPayment(call, newReference("pay"), amount), call, amount, manner, now);
    return refused("ValidationError", "payment_not_found", "there is no such payment");
  }
  if (payment.currencyIsoCode !== call.currencyIsoCode) return refused("ValidationError", "currency_mismatch", "the payment is in another currency");
  if (payment.asked !== amount) return refused("ValidationError", "amount_mismatch", "the payment is of another amount");
  if (payment.groupId !== undefined) return refused("ValidationError", "already_used", "the payment has been recorded before");
  return settle(books, payment, call, amount, manner, now);
}

function act(books: Books, call: GatewayCall, operation: BookedEffect["operation"], manner: Manner): Booked {
  const payment = call.gatewayReference === undefined ? undefined : books.paymentActedOn(call.gatewayReference);
  if (payment === undefined) return refused("ValidationError", "payment_not_found", "there is no payment with this reference");
  const amount = askedAmount({ ...call, currencyIsoCode: call.currencyIsoCode ?? payment.currencyIsoCode });
  if (amount === undefined || amount === 0n) return refused("ValidationError", "invalid_amount", "the amount is missing or can't be read");
  const { reference: paymentReference, currencyIsoCode } = payment;
  if ((call.currencyIsoCode ?? currencyIsoCode) !== currencyIsoCode) {
    return { ...refused("Decline", "currency_mismatch", "the payment is in another currency"), paymentReference };
  }
  if (manner === "review") return refused("RequiresReview", "review", "someone at the gateway has to look at this");
  if (amount > room(books, payment, operation)) {
    return { ...refused("Decline", "amount_too_large", `more than what is left of the payment to ${operation}`), paymentReference };
  }
  const reference = newReference(operation);
  books.putEffect({ reference, paymentReference, ourReference: call.ourReference, operation, amount, state: manner === "now" ? "done" : "pending" });
  if (manner === "now") applyEffect(books, payment, operation, amount);
  return {
    outcome: {
      resultCode: "Success",
      ...(manner === "now" ? {} : { pending: true }),
      gatewayReference: reference,
      gatewayResultCode: "00",
      gatewayMessage: manner === "now" ? "Transaction Normal" : `[${operation}-received]`,
      amount: fromMinorUnits(amount, currencyIsoCode),
      currencyIsoCode,
    },
    paymentReference,
  };
}

/** Counts an effect that happened. */
export function applyEffect(books: Books, payment: BookedPayment, operation: BookedEffect["operation"], amount: bigint): void {
  const sum = { capture: "captured", reverse: "reversed", refund: "refunded" } as const;
  const name = sum[operation];
  const after = { ...payment, [name]: payment[name] + amount };
  const isOver = books.captureReleasesRest && operation !== "refund" && after.captured > 0n;
  books.putPayment(isOver ? { ...after, reversed: after.authorized - after.captured } : after);
}

// the payment's script goes with its token, so that its own later release can behave as the token says
function newPayment(call: GatewayCall, reference: string, asked: bigint): BookedPayment {
  return {
    reference,
    groupId: call.groupId,
    ourReference: call.ourReference,
    token: call.paymentToken ?? "",
    operation: call.operation,
    currencyIsoCode: call.currencyIsoCode ?? "",
    script: call.paymentToken ?? "",
    minted: false,
    sale: call.operation === "sale",
    state: "live",
    asked,
    authorized: 0n,
    reversed: 0n,
    captured: 0n,
    refunded: 0n,
  };
}

function askedAmount({ amount, currencyIsoCode }: GatewayCall): bigint | undefined {
  return amount === undefined || currencyIsoCode === undefined ? undefined : toMinorUnits(amount, currencyIsoCode);
}

function outcomeOf(call: GatewayCall, reference: string, manner: Manner, now: number): Outcome {
  const { amount = "0", currencyIsoCode = "" } = call;
  const lasting = call.extras?.saveForFuture === true ? tokenization(call) : {};
  const common = { gatewayReference: reference, amount, currencyIsoCode };
  if (manner === "review") {
    const paymentData = { challenge: "3ds", challengeReference: reference };
    return { resultCode: "RequiresReview", ...common, gatewayResultCode: "challenge_required", gatewayMessage: "The bank asks the shopper to confirm.", paymentData };
  }
  if (manner === "pending") return { resultCode: "Success", pending: true, ...common, ...lasting, gatewayResultCode: "pending", gatewayMessage: `[${call.operation}-received]` };
  return {
    resultCode: "Success",
    ...common,
    gatewayResultCode: "00",
    gatewayMessage: "Transaction Normal",
    gatewayAuthorizationCode: authorizationCode(),
    ...lasting,
    ...(call.operation === "authorize" ? { expiresAt: now + AUTHORIZATION_DAYS_MS } : {}),
  };
}

function authorizationCode(): string {
  return `SF${String((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 1_000_000).padStart(6, "0")}`;
}
