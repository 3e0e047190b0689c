// The payments core and the store's payment calls, as the page uses them. What judges and explains here is the same Rust
// code as the server's, in its small storefront build.

import {
  type BillingAddress,
  type CheckoutClient,
  type CheckoutPayment,
  createCheckout,
  type FieldError,
  formatMoney,
  init,
  type PaymentRequest,
  type Preview,
  preview,
  validate,
} from "checkout-payments";
import { shopperFetch } from "./shopper";
import { webstoreId } from "./store";
import type { Amount, PaymentsView, ReleaseOrder } from "./types";

export { isPaymentsError } from "checkout-payments";
export type { BillingAddress, CheckoutPayment, FieldError, PaymentRequest };

/** A request with everything the form gives. */
export type FormRequest = PaymentRequest & { readonly billingAddress: BillingAddress };

/** Loads the core; call once, before anything else here. */
export async function loadCore(): Promise<void> {
  await init();
}

/** The fields of a request that would be refused, and why; none: it would be taken. */
export function objections(request: FormRequest): readonly FieldError[] {
  const verdict = validate(request);
  return verdict.valid ? [] : verdict.fields;
}

/** Says beforehand what becomes of the payment the cart has. */
export function forecast(existing: PaymentsView, request: FormRequest, facts: { releaseOrder: ReleaseOrder; amount: string; currencyIsoCode: string }): Preview {
  return preview(existing, request, facts);
}

/** An amount for people: `129.9`, `USD` gives `$129.90`. */
export function money(amount: Amount, currency: string): string {
  return formatMoney(String(amount), currency);
}

/** The records of a checkout's payments. */
export async function readPayments(checkoutId: string): Promise<PaymentsView> {
  return client().payments(checkoutId);
}

/** Sends a payment request; the same key again repeats it without ever paying twice. */
export function sendPayment(checkoutId: string, request: FormRequest, idempotencyKey: string): Promise<CheckoutPayment> {
  const { requestType, paymentToken, billingAddress } = request;
  const options = { idempotencyKey };
  switch (requestType) {
    case "Auth":
      return client().authorizePayment(checkoutId, paymentToken, billingAddress, options);
    case "PostAuth":
      return client().postAuthorizePayment(checkoutId, paymentToken, billingAddress, undefined, options);
    case "SimplePurchaseOrder":
      return client().simplePurchaseOrderPayment(checkoutId, paymentToken, billingAddress, options);
  }
}

/** Places the order and gives its number; a repeat gives the same. */
export async function placeOrder(checkoutId: string): Promise<string> {
  return (await client().placeOrder(checkoutId)).orderReferenceNumber;
}

function client(): CheckoutClient {
  return createCheckout({ baseUrl: "", webstoreId: webstoreId(), fetch: shopperFetch });
}
