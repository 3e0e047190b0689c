/**
 * Stripe's objects as far as they are trusted: each member is looked at before it is believed. An answer that is not of this form is
 * {@link Unreadable}, and so unknown.
 */
import { fromStripe } from "./amounts.js";
import { type StripeFailure, Unreadable } from "./errors.js";

type Members = Readonly<Record<string, unknown>>;

/** A PaymentIntent. Amounts are Stripe's numbers. */
export interface Intent {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly currencyIsoCode: string;
  readonly isManual: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  /** What was captured. A server that only speaks like Stripe may not say; then it is what it kept of the charge. */
  readonly received: number | undefined;
  /** What can be captured; such a server may not say either. */
  readonly capturable: number | undefined;
  readonly clientSecret: string | undefined;
  readonly nextAction: Members | undefined;
  readonly lastError: StripeFailure | undefined;
  readonly cancellationReason: string | undefined;
  readonly customer: string | undefined;
  readonly paymentMethod: Members | undefined;
  /** The payment method may be used again without the customer. */
  readonly isToBeSaved: boolean;
  readonly charge: Members | undefined;
  /** The intent has, or had, a charge. */
  readonly wasTried: boolean;
  readonly replayed: boolean;
}

/** A Refund. */
export interface Refund {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly currencyIsoCode: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly failureReason: string | undefined;
  readonly replayed: boolean;
}

/** A SetupIntent. */
export interface Setup {
  readonly id: string;
  readonly status: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly clientSecret: string | undefined;
  readonly nextAction: Members | undefined;
  readonly lastError: StripeFailure | undefined;
  readonly customer: string | undefined;
  readonly paymentMethod: Members | undefined;
  readonly replayed: boolean;
}

/** Reads a PaymentIntent. Throws {@link Unreadable}. */
export function readIntent(value: unknown): Intent {
  const intent = objectOf(value, "payment_intent");
  return {
    id: text(intent["id"]),
    status: text(intent["status"]),
    amount: whole(intent["amount"]),
    currencyIsoCode: text(intent["currency"]).toUpperCase(),
    isManual: intent["capture_method"] === "manual",
    metadata: textMembers(intent["metadata"]),
    received: maybeWhole(intent["amount_received"]) ?? keptOfCharge(intent),
    capturable: maybeWhole(intent["amount_capturable"]),
    clientSecret: maybeText(intent["client_secret"]),
    nextAction: maybeMembers(intent["next_action"]),
    lastError: maybeMembers(intent["last_payment_error"]),
    cancellationReason: maybeText(intent["cancellation_reason"]),
    customer: idOf(intent["customer"]),
    paymentMethod: maybeMembers(intent["payment_method"]),
    isToBeSaved: intent["setup_future_usage"] === "off_session",
    charge: maybeMembers(intent["latest_charge"]),
    wasTried: idOf(intent["latest_charge"]) !== undefined,
    replayed: isReplayed(value),
  };
}

/** Reads a Refund. Throws {@link Unreadable}. */
export function readRefund(value: unknown): Refund {
  const refund = objectOf(value, "refund");
  return {
    id: text(refund["id"]),
    status: text(refund["status"]),
    amount: whole(refund["amount"]),
    currencyIsoCode: text(refund["currency"]).toUpperCase(),
    metadata: textMembers(refund["metadata"]),
    failureReason: maybeText(refund["failure_reason"]),
    replayed: isReplayed(value),
  };
}

/** Reads a SetupIntent. Throws {@link Unreadable}. */
export function readSetup(value: unknown): Setup {
  const setup = objectOf(value, "setup_intent");
  return {
    id: text(setup["id"]),
    status: text(setup["status"]),
    metadata: textMembers(setup["metadata"]),
    clientSecret: maybeText(setup["client_secret"]),
    nextAction: maybeMembers(setup["next_action"]),
    lastError: maybeMembers(setup["last_setup_error"]),
    customer: idOf(setup["customer"]),
    paymentMethod: maybeMembers(setup["payment_method"]),
    replayed: isReplayed(value),
  };
}

/** The id of an object that may come whole or by its id only. */
export function idOf(value: unknown): string | undefined {
  return maybeText(value) ?? maybeText(maybeMembers(value)?.["id"]);
}

/** Stripe's number as an amount of the core's. Throws {@link Unreadable} when it is none. */
export function amountOf(number: number, currencyIsoCode: string): string {
  const amount = fromStripe(number, currencyIsoCode);
  if (amount === undefined) throw new Unreadable();
  return amount;
}

/** The members of an object, if it is one. */
export function maybeMembers(value: unknown): Members | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
}

/** The text, if it is one and not empty. */
export function maybeText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The whole number, if it is one and not negative. */
export function maybeWhole(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

/** The members of a page of a list. Throws {@link Unreadable}: half a list proves nothing. */
export function readPage<T>(value: { readonly data: T[]; readonly has_more: boolean }): { readonly data: T[]; readonly hasMore: boolean } {
  const { data, has_more: hasMore } = (value ?? {}) as { data?: unknown; has_more?: unknown };
  if (!Array.isArray(data) || typeof hasMore !== "boolean") throw new Unreadable();
  return { data: data as T[], hasMore };
}

function keptOfCharge(intent: Members): number | undefined {
  const refunded = maybeWhole(maybeMembers(intent["latest_charge"])?.["amount_refunded"]);
  return intent["status"] === "succeeded" && refunded !== undefined ? maybeWhole(whole(intent["amount"]) - refunded) : undefined;
}

function objectOf(value: unknown, kind: string): Members {
  const members = maybeMembers(value);
  if (members?.["object"] !== kind) throw new Unreadable();
  return members;
}

function text(value: unknown): string {
  return maybeText(value) ?? unreadable();
}

function whole(value: unknown): number {
  return maybeWhole(value) ?? unreadable();
}

function textMembers(value: unknown): Record<string, string> {
  const pairs = Object.entries(maybeMembers(value) ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return Object.fromEntries(pairs);
}

function isReplayed(value: unknown): boolean {
  const headers = (value as { lastResponse?: { headers?: unknown } } | undefined)?.lastResponse?.headers;
  return headers instanceof Headers && headers.get("idempotent-replayed") === "true";
}

function unreadable(): never {
  throw new Unreadable();
}
