/**
 * The raw core (`docs/core.md`): text in, text out. For hosts that are not `checkout-payments/server`.
 *
 * On Node, Deno, Bun and Workers it loads itself at the first call; elsewhere call {@link loadCore} once.
 */
import { core as build } from "./core-build.js";
import type { WasmSource } from "./wasm-source.js";

/** Loads the core from `source`; without one from where this host keeps it. Throws `core_load_failed`. */
export function loadCore(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return build.load(source);
}

/** Reads and validates a payment request's body, decides, announces the first step. Returns a step (three lines). */
export function beginCheckoutPayment(context: string, state: string, body: Uint8Array): string {
  return build.text("beginCheckoutPayment", context, state, body);
}

/** Where a request of the payments API belongs: its group, idempotency key, saved payment method. Returns a step without commit. */
export function locatePayments(context: string, body: Uint8Array): string {
  return build.text("locatePayments", context, body);
}

/** Reads and checks a request of the payments API, decides, announces the call. Returns a step (three lines). */
export function beginPayments(context: string, state: string, body: Uint8Array): string {
  return build.text("beginPayments", context, state, body);
}

/** Takes the gateway's outcome of the call that `context.callId` names and decides what is next. Returns a step. */
export function advance(context: string, state: string, outcome: string): string {
  return build.text("advance", context, state, outcome);
}

/** The next piece of recovery that this group needs (DESIGN §6). Returns a step. */
export function recover(context: string, state: string): string {
  return build.text("recover", context, state);
}

/** Takes a verified fact that came by notification (DESIGN §6). Returns a step. */
export function notify(context: string, state: string, notification: string): string {
  return build.text("notify", context, state, notification);
}

/** Checks payment = grand total and gives the order its number, or the same again (DESIGN §5). Returns a step. */
export function placeOrder(context: string, state: string): string {
  return build.text("placeOrder", context, state);
}

/** The view behind `GET …/payments` (DESIGN §8). Returns a step without commit. */
export function readPayments(context: string, state: string): string {
  return build.text("readPayments", context, state);
}

/** What of a group is unresolved: since when, what was tried, what comes next. Returns a step without commit. */
export function listUnresolved(context: string, state: string): string {
  return build.text("listUnresolved", context, state);
}

/** What was decided, by which rule, on what evidence, and what comes next, in sentences. Returns a step without commit. */
export function explain(context: string, state: string): string {
  return build.text("explain", context, state);
}

/** Saves what a payment group has for an account, in one commit of both. Returns a transaction. */
export function savePaymentMethods(context: string, rows: string): string {
  return build.text("savePaymentMethods", context, rows);
}

/** Changes a saved payment method. Returns a transaction. */
export function changePaymentMethod(context: string, rows: string, body: Uint8Array): string {
  return build.text("changePaymentMethod", context, rows, body);
}

/** Gives a saved payment method up. Returns a transaction. */
export function cancelPaymentMethod(context: string, rows: string): string {
  return build.text("cancelPaymentMethod", context, rows);
}

/** One saved payment method. Returns a transaction that writes nothing. */
export function readPaymentMethod(context: string, rows: string): string {
  return build.text("readPaymentMethod", context, rows);
}

/** A page of an account's payment methods. Returns a transaction that writes nothing. */
export function listPaymentMethods(context: string, rows: string): string {
  return build.text("listPaymentMethods", context, rows);
}

/** Saves one payment method whose token was made elsewhere. Returns a transaction. */
export function importPaymentMethod(context: string, rows: string, body: Uint8Array): string {
  return build.text("importPaymentMethod", context, rows, body);
}

/** Saves many, and tells of each. Returns a transaction. */
export function importPaymentMethods(context: string, rows: string, body: Uint8Array): string {
  return build.text("importPaymentMethods", context, rows, body);
}

/** Applies a payment to an invoice or to one of its lines. Returns a transaction. */
export function applyPayment(context: string, rows: string, body: Uint8Array): string {
  return build.text("applyPayment", context, rows, body);
}

/** Takes the application of a payment back. Returns a transaction. */
export function unapplyPayment(context: string, rows: string, body: Uint8Array): string {
  return build.text("unapplyPayment", context, rows, body);
}

/** Applies a refund to its payment. Returns a transaction. */
export function applyRefund(context: string, rows: string, body: Uint8Array): string {
  return build.text("applyRefund", context, rows, body);
}

/** Takes an invoice in, as a draft or posted. Returns a transaction. */
export function ingestInvoice(context: string, rows: string, body: Uint8Array): string {
  return build.text("ingestInvoice", context, rows, body);
}

/** Posts an invoice. Returns a transaction. */
export function postInvoice(context: string, rows: string, body: Uint8Array): string {
  return build.text("postInvoice", context, rows, body);
}

/** Voids an invoice. Returns a transaction. */
export function voidInvoice(context: string, rows: string, body: Uint8Array): string {
  return build.text("voidInvoice", context, rows, body);
}

/** Cancels an invoice that is a draft. Returns a transaction. */
export function cancelInvoice(context: string, rows: string, body: Uint8Array): string {
  return build.text("cancelInvoice", context, rows, body);
}

/** The invoice with its lines and its settlement. Returns a transaction that writes nothing. */
export function readInvoice(context: string, rows: string): string {
  return build.text("readInvoice", context, rows);
}

/** Makes a record by hand: a draft, what happened outside, or a payment group. Returns a transaction. */
export function createRecord(context: string, rows: string, body: Uint8Array): string {
  return build.text("createRecord", context, rows, body);
}

/** Changes a record by hand, or moves its status. Returns a transaction. */
export function updateRecord(context: string, rows: string, body: Uint8Array): string {
  return build.text("updateRecord", context, rows, body);
}

/** Gives a draft up. Returns a transaction. */
export function giveUpRecord(context: string, rows: string): string {
  return build.text("giveUpRecord", context, rows);
}

/** The group's records as flat rows, for a store that did not keep them when the group was written. Returns a step without commit. */
export function listRows(context: string, state: string): string {
  return build.text("listRows", context, state);
}

/** The verdict on a request, field by field (DESIGN §5). Returns JSON. */
export function validate(request: string, options: string): string {
  return build.text("validate", request, options);
}

/** What a request will do to the payment that a cart has (DESIGN §5). Returns JSON. */
export function preview(existing: string, request: string, options: string): string {
  return build.text("preview", existing, request, options);
}

/** `"129.9"`, `"USD"` to `"$129.90"`. */
export function formatMoney(amount: string, currency: string): string {
  return build.text("formatMoney", amount, currency);
}

/** How many decimals a currency has (ISO 4217); undefined for a code that is not one. */
export function currencyDecimals(currency: string): number | undefined {
  return build.number("currencyDecimals", currency);
}
