/**
 * The raw core (`docs/core.md`): text in, text out. For hosts that are not `checkout-payments/server`.
 *
 * On Node, Deno, Bun and Workers it loads itself at the first call; elsewhere call {@link loadCore} once.
 */
import { core as build, type CoreGlue } from "./core-build.js";
import { utf8 } from "./utf8.js";
import type { WasmSource } from "./wasm-source.js";

/** Loads the core from `source`; without one from where this host keeps it. Throws `core_load_failed`. */
export function loadCore(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return build.load(source);
}

/** Reads and validates a payment request's body, decides, announces the first step. Returns a step (three lines). */
export function beginCheckoutPayment(context: string, state: string, body: Uint8Array): string {
  return call("beginCheckoutPayment", (core) => core.beginCheckoutPayment(utf8(context), utf8(state), body));
}

/** Where a request of the payments API belongs: its group, idempotency key, saved payment method. Returns a step without commit. */
export function locatePayments(context: string, body: Uint8Array): string {
  return call("locatePayments", (core) => core.locatePayments(utf8(context), body));
}

/** Reads and checks a request of the payments API, decides, announces the call. Returns a step (three lines). */
export function beginPayments(context: string, state: string, body: Uint8Array): string {
  return call("beginPayments", (core) => core.beginPayments(utf8(context), utf8(state), body));
}

/** Takes the gateway's outcome of the call that `context.callId` names and decides what is next. Returns a step. */
export function advance(context: string, state: string, outcome: string): string {
  return call("advance", (core) => core.advance(utf8(context), utf8(state), utf8(outcome)));
}

/** The next piece of recovery that this group needs (DESIGN §6). Returns a step. */
export function recover(context: string, state: string): string {
  return call("recover", (core) => core.recover(utf8(context), utf8(state)));
}

/** Takes a verified fact that came by notification (DESIGN §6). Returns a step. */
export function notify(context: string, state: string, notification: string): string {
  return call("notify", (core) => core.notify(utf8(context), utf8(state), utf8(notification)));
}

/** Checks payment = grand total and gives the order its number, or the same again (DESIGN §5). Returns a step. */
export function placeOrder(context: string, state: string): string {
  return call("placeOrder", (core) => core.placeOrder(utf8(context), utf8(state)));
}

/** The view behind `GET …/payments` (DESIGN §8). Returns a step without commit. */
export function readPayments(context: string, state: string): string {
  return call("readPayments", (core) => core.readPayments(utf8(context), utf8(state)));
}

/** What of a group is unresolved: since when, what was tried, what comes next. Returns a step without commit. */
export function listUnresolved(context: string, state: string): string {
  return call("listUnresolved", (core) => core.listUnresolved(utf8(context), utf8(state)));
}

/** What was decided, by which rule, on what evidence, and what comes next, in sentences. Returns a step without commit. */
export function explain(context: string, state: string): string {
  return call("explain", (core) => core.explain(utf8(context), utf8(state)));
}

/** Saves what a payment group has for an account, in one commit of both. Returns a transaction. */
export function savePaymentMethods(context: string, rows: string): string {
  return call("savePaymentMethods", (core) => core.savePaymentMethods(utf8(context), utf8(rows)));
}

/** Changes a saved payment method. Returns a transaction. */
export function changePaymentMethod(context: string, rows: string, body: Uint8Array): string {
  return call("changePaymentMethod", (core) => core.changePaymentMethod(utf8(context), utf8(rows), body));
}

/** Gives a saved payment method up. Returns a transaction. */
export function cancelPaymentMethod(context: string, rows: string): string {
  return call("cancelPaymentMethod", (core) => core.cancelPaymentMethod(utf8(context), utf8(rows)));
}

/** One saved payment method. Returns a transaction that writes nothing. */
export function readPaymentMethod(context: string, rows: string): string {
  return call("readPaymentMethod", (core) => core.readPaymentMethod(utf8(context), utf8(rows)));
}

/** A page of an account's payment methods. Returns a transaction that writes nothing. */
export function listPaymentMethods(context: string, rows: string): string {
  return call("listPaymentMethods", (core) => core.listPaymentMethods(utf8(context), utf8(rows)));
}

/** Saves one payment method whose token was made elsewhere. Returns a transaction. */
export function importPaymentMethod(context: string, rows: string, body: Uint8Array): string {
  return call("importPaymentMethod", (core) => core.importPaymentMethod(utf8(context), utf8(rows), body));
}

/** Saves many, and tells of each. Returns a transaction. */
export function importPaymentMethods(context: string, rows: string, body: Uint8Array): string {
  return call("importPaymentMethods", (core) => core.importPaymentMethods(utf8(context), utf8(rows), body));
}

/** Applies a payment to an invoice or to one of its lines. Returns a transaction. */
export function applyPayment(context: string, rows: string, body: Uint8Array): string {
  return call("applyPayment", (core) => core.applyPayment(utf8(context), utf8(rows), body));
}

/** Takes the application of a payment back. Returns a transaction. */
export function unapplyPayment(context: string, rows: string, body: Uint8Array): string {
  return call("unapplyPayment", (core) => core.unapplyPayment(utf8(context), utf8(rows), body));
}

/** Applies a refund to its payment. Returns a transaction. */
export function applyRefund(context: string, rows: string, body: Uint8Array): string {
  return call("applyRefund", (core) => core.applyRefund(utf8(context), utf8(rows), body));
}

/** Takes an invoice in, as a draft or posted. Returns a transaction. */
export function ingestInvoice(context: string, rows: string, body: Uint8Array): string {
  return call("ingestInvoice", (core) => core.ingestInvoice(utf8(context), utf8(rows), body));
}

/** Posts an invoice. Returns a transaction. */
export function postInvoice(context: string, rows: string, body: Uint8Array): string {
  return call("postInvoice", (core) => core.postInvoice(utf8(context), utf8(rows), body));
}

/** Voids an invoice. Returns a transaction. */
export function voidInvoice(context: string, rows: string, body: Uint8Array): string {
  return call("voidInvoice", (core) => core.voidInvoice(utf8(context), utf8(rows), body));
}

/** Cancels an invoice that is a draft. Returns a transaction. */
export function cancelInvoice(context: string, rows: string, body: Uint8Array): string {
  return call("cancelInvoice", (core) => core.cancelInvoice(utf8(context), utf8(rows), body));
}

/** The invoice with its lines and its settlement. Returns a transaction that writes nothing. */
export function readInvoice(context: string, rows: string): string {
  return call("readInvoice", (core) => core.readInvoice(utf8(context), utf8(rows)));
}

/** Makes a record by hand: a draft, what happened outside, or a payment group. Returns a transaction. */
export function createRecord(context: string, rows: string, body: Uint8Array): string {
  return call("createRecord", (core) => core.createRecord(utf8(context), utf8(rows), body));
}

/** Changes a record by hand, or moves its status. Returns a transaction. */
export function updateRecord(context: string, rows: string, body: Uint8Array): string {
  return call("updateRecord", (core) => core.updateRecord(utf8(context), utf8(rows), body));
}

/** Gives a draft up. Returns a transaction. */
export function giveUpRecord(context: string, rows: string): string {
  return call("giveUpRecord", (core) => core.giveUpRecord(utf8(context), utf8(rows)));
}

/** The group's records as flat rows, for a store that did not keep them when the group was written. Returns a step without commit. */
export function listRows(context: string, state: string): string {
  return call("listRows", (core) => core.listRows(utf8(context), utf8(state)));
}

/** The verdict on a request, field by field (DESIGN §5). Returns JSON. */
export function validate(request: string, options: string): string {
  return call("validate", (core) => core.validate(utf8(request), utf8(options)));
}

/** What a request will do to the payment that a cart has (DESIGN §5). Returns JSON. */
export function preview(existing: string, request: string, options: string): string {
  return call("preview", (core) => core.preview(utf8(existing), utf8(request), utf8(options)));
}

/** `"129.9"`, `"USD"` to `"$129.90"`. */
export function formatMoney(amount: string, currency: string): string {
  return call("formatMoney", (core) => core.formatMoney(utf8(amount), utf8(currency)));
}

/** How many decimals a currency has (ISO 4217); undefined for a code that is not one. */
export function currencyDecimals(currency: string): number | undefined {
  return call("currencyDecimals", (core) => core.currencyDecimals(utf8(currency)));
}

function call<T>(name: string, use: (core: CoreGlue) => T): T {
  return build.use(use, name);
}
