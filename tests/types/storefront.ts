// The types of checkout-payments: every function used as a page would, and what must not compile. Compiled, never run.

import { createCheckout, currencyDecimals, formatMoney, init, isPaymentsError, PaymentsError, preview, validate } from "checkout-payments";
import type { BillingAddress, CheckoutClient, CheckoutPayment, CheckoutPayments, ErrorCode, FieldError, PaymentRequest, Preview, ValidateOptions, Verdict, WasmSource } from "checkout-payments";
import { same } from "./same.js";

const address: BillingAddress = { name: "Ada Example", street: "1 Test Way", city: "Austin", region: "TX", country: "US", postalCode: "78701" };
const request: PaymentRequest = { requestType: "Auth", paymentToken: "tok", billingAddress: address, paymentsData: { a: "b" } };

export async function load(source: WasmSource): Promise<void> {
  await init();
  await init(source);
  await init("/assets/core.wasm");
  await init(new URL("https://shop.example/core.wasm"));
  await init(fetch("/core.wasm"));
  await init(new Uint8Array(8));
  await init(new ArrayBuffer(8));
  // @ts-expect-error a number is no place
  await init(7);
}

export function judge(options: ValidateOptions): readonly FieldError[] {
  const verdict: Verdict = validate(request, options);
  validate({ requestType: "Auth" });
  validate('{"requestType":"Auth"}', { apiVersion: "63.0", checkout: { amount: "129.90", currencyIsoCode: "USD" } });
  // @ts-expect-error no such type of request
  validate({ requestType: "Charge" });
  // @ts-expect-error an amount is text
  validate(request, { checkout: { amount: 129.9, currencyIsoCode: "USD" } });
  // @ts-expect-error undefined is not the same as absent
  validate(request, { apiVersion: undefined });
  // @ts-expect-error only a verdict that is not valid has fields
  if (verdict.valid) return verdict.fields;
  return verdict.fields;
}

export function explain(existing: CheckoutPayments): string {
  const said: Preview = preview(existing, request, { amount: "129.90", currencyIsoCode: "USD", releaseOrder: "release-first" });
  same<Extract<Preview, { allowed: true }>["summary"], string>(true);
  // @ts-expect-error a preview needs the amount
  preview({}, request, {});
  const decimals: number | undefined = currencyDecimals("USD");
  return said.allowed ? said.summary + formatMoney("1.00", "USD") : `${said.code} ${said.detail} ${decimals}`;
}

export async function pay(): Promise<CheckoutPayment> {
  const checkout: CheckoutClient = createCheckout({ baseUrl: "", webstoreId: "0ZE000000000001", fetch: globalThis.fetch, apiVersion: "67.0", token: "t" });
  const paid = await checkout.authorizePayment("active", "tok", address, { idempotencyKey: "key", signal: new AbortController().signal, paymentsData: { a: "b" } });
  same<typeof paid.status, 201 | 202 | 422>(true);
  await checkout.postAuthorizePayment("active", "tok", address, { a: "b" });
  await checkout.simplePurchaseOrderPayment("active", "PO-1");
  const { orderReferenceNumber } = await checkout.placeOrder("active");
  const { grandTotalAmount } = await checkout.payments("active");
  formatMoney(grandTotalAmount, orderReferenceNumber);
  // @ts-expect-error a client has its web store
  createCheckout({ baseUrl: "" });
  return paid;
}

export function code(error: unknown): ErrorCode | undefined {
  if (error instanceof PaymentsError) same<typeof error.code, ErrorCode>(true);
  return isPaymentsError(error) ? error.code : undefined;
}

