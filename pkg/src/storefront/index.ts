/**
 * `checkout-payments`: what a storefront needs. The form is judged, and a change of payment explained, by the same Rust
 * code that runs on the server.
 *
 * ```ts
 * await init();
 * const verdict = validate({ requestType: "Auth", paymentToken, billingAddress });
 * const checkout = createCheckout({ baseUrl: "", webstoreId });
 * const outcome = await checkout.authorizePayment("active", paymentToken, billingAddress);
 * ```
 */
import { PaymentsError } from "../errors.js";
import { storefront } from "./core.js";
import type { CheckoutFacts, CheckoutPayments, PaymentRequest, Preview, ReleaseOrder, Verdict } from "./types.js";

export { init } from "./core.js";
export { createCheckout, type CheckoutClient, type CheckoutOptions, type PaymentOptions } from "./checkout.js";
export { PaymentsError, isPaymentsError, type ErrorCode, type ErrorDetails, type FieldError } from "../errors.js";
export type * from "./types.js";
export type { WasmSource } from "../wasm-source.js";

/** Options of {@link validate}. */
export interface ValidateOptions {
  /** E.g. `"63.0"`; without it the newest. */
  readonly apiVersion?: string;
  /** The checkout's amount and currency, where known. */
  readonly checkout?: CheckoutFacts;
}

/** Options of {@link preview}. */
export interface PreviewOptions extends CheckoutFacts {
  /** E.g. `"63.0"`; without it the newest. */
  readonly apiVersion?: string;
  /** The web store's policy. Default: `release-first`. */
  readonly releaseOrder?: ReleaseOrder;
}

/**
 * Judges a request, field by field (DESIGN §5). `request` may be half filled: it is judged as it stands. Text is taken
 * as the body itself. Throws `core_not_initialised`, `argument_invalid`.
 */
export function validate(request: Partial<PaymentRequest> | string, options: ValidateOptions = {}): Verdict {
  const body = textOf(request, "request");
  return JSON.parse(storefront.text("validate", body, JSON.stringify(options))) as Verdict;
}

/**
 * Says what a request will do to the payment that the cart has (DESIGN §5 "Re-entrancy"), before it is sent. `existing`
 * is the answer of `payments()`, or `{}`. Throws `core_not_initialised`, `argument_invalid`.
 */
export function preview(existing: Partial<CheckoutPayments>, request: Partial<PaymentRequest> | string, options: PreviewOptions): Preview {
  const before = textOf(existing, "existing");
  const body = textOf(request, "request");
  return JSON.parse(storefront.text("preview", before, body, JSON.stringify(options))) as Preview;
}

/** An amount for people: `"129.9"`, `"USD"` gives `"$129.90"`. Throws `core_not_initialised`, `argument_invalid`. */
export function formatMoney(amount: string, currencyIsoCode: string): string {
  if (typeof amount !== "string") throw new PaymentsError("argument_invalid", "'amount' must be decimal text, e.g. \"129.90\".", { path: "amount" });
  return storefront.text("formatMoney", amount, currencyIsoCode);
}

/** How many decimals a currency has; undefined for a code that is not ISO 4217. Throws `core_not_initialised`. */
export function currencyDecimals(currencyIsoCode: string): number | undefined {
  return storefront.number("currencyDecimals", String(currencyIsoCode));
}

function textOf(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  const text = typeof value === "object" && value !== null ? JSON.stringify(value) : undefined;
  if (text === undefined) throw new PaymentsError("argument_invalid", `'${path}' must be an object or its JSON text.`, { path });
  return text;
}
