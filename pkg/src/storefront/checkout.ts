/** The payment calls of a storefront (`reference/salesforce.md` §1.8, "Storefront JS wrappers"). */
import { PaymentsError } from "../errors.js";
import { parseWithAmounts } from "../client/amounts.js";
import { init, storefront } from "./core.js";
import { type Answer, refusalOf, sendRepeatedly } from "../client/transport.js";
import type { BillingAddress, CheckoutPayment, CheckoutPayments, PaymentRequest, PaymentsData, Verdict } from "./types.js";

/** What {@link createCheckout} takes. */
export interface CheckoutOptions {
  /** Where the store's API is, e.g. `https://shop.example`; `""` = the page's own origin. */
  readonly baseUrl: string;
  /** The web store. */
  readonly webstoreId: string;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** E.g. `"67.0"`; without it the newest. */
  readonly apiVersion?: string;
  /** Sent as `Authorization: Bearer`; without it the page's cookie speaks. */
  readonly token?: string;
}

/** Options of one payment call. */
export interface PaymentOptions {
  /** The key of an earlier try of the same payment. Default: a new one. */
  readonly idempotencyKey?: string;
  /** Ends the wait, not the payment. */
  readonly signal?: AbortSignal;
}

/** A store's checkout API. Every call throws {@link PaymentsError}; declines and the like are results, not errors. */
export interface CheckoutClient {
  /** Authorizes the checkout's total on a saved card, a wallet's method or a gateway token (`Auth`). */
  authorizePayment(
    checkoutId: string,
    token: string,
    billingAddress?: BillingAddress,
    options?: PaymentOptions & { readonly paymentsData?: PaymentsData },
  ): Promise<CheckoutPayment>;
  /** Records a payment that happened at the gateway already (`PostAuth`). */
  postAuthorizePayment(
    checkoutId: string,
    token: string,
    billingAddress?: BillingAddress,
    paymentsData?: PaymentsData,
    options?: PaymentOptions,
  ): Promise<CheckoutPayment>;
  /** Pays with a purchase order (`SimplePurchaseOrder`). */
  simplePurchaseOrderPayment(checkoutId: string, poNumber: string, billingAddress?: BillingAddress, options?: PaymentOptions): Promise<CheckoutPayment>;
  /** The payments of a checkout: what `preview` takes as `existing`. */
  payments(checkoutId: string): Promise<CheckoutPayments>;
  /** Places the order; a repeat gives the same number. Throws `order_refused` when the payment isn't the total. */
  placeOrder(checkoutId: string): Promise<{ readonly orderReferenceNumber: string }>;
}

/** The checkout API of one web store. */
export function createCheckout(options: CheckoutOptions): CheckoutClient {
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const version = options.apiVersion === undefined ? "" : `/services/data/v${options.apiVersion}`;
  const store = `${options.baseUrl}${version}/commerce/webstores/${encodeURIComponent(options.webstoreId)}`;
  const headers = { accept: "application/json", ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }) };
  const address = (checkoutId: string, what: string): string => {
    if (typeof checkoutId !== "string" || checkoutId === "") throw invalidArgument("checkoutId", "a checkout's id or 'active'");
    return `${store}/checkouts/${encodeURIComponent(checkoutId)}/${what}`;
  };

  return {
    authorizePayment: (checkoutId, token, billingAddress, { paymentsData, ...rest } = {}) =>
      pay(checkoutId, requestOf("Auth", token, billingAddress, paymentsData), rest),
    postAuthorizePayment: (checkoutId, token, billingAddress, paymentsData, rest = {}) =>
      pay(checkoutId, requestOf("PostAuth", token, billingAddress, paymentsData), rest),
    simplePurchaseOrderPayment: (checkoutId, poNumber, billingAddress, rest = {}) =>
      pay(checkoutId, requestOf("SimplePurchaseOrder", poNumber, billingAddress, undefined), rest),

    async payments(checkoutId) {
      const answer = await sendRepeatedly(fetch, { url: address(checkoutId, "payments"), method: "GET", headers });
      if (answer.status !== 200) throw refusalOf(answer, undefined);
      return read(answer, parseWithAmounts) as CheckoutPayments;
    },

    async placeOrder(checkoutId) {
      const answer = await sendRepeatedly(fetch, { url: address(checkoutId, "orders"), method: "POST", headers });
      if (answer.status === 201) return read(answer) as { orderReferenceNumber: string };
      const refusal = refusalOf(answer, undefined);
      throw answer.status === 422 ? new PaymentsError("order_refused", refusal.message, { details: refusal.details }) : refusal;
    },
  };

  async function pay(checkoutId: string, request: PaymentRequest, { idempotencyKey = crypto.randomUUID(), signal }: PaymentOptions): Promise<CheckoutPayment> {
    const url = address(checkoutId, "payments");
    // One text is judged and sent: what the page thinks valid is, byte for byte, what the server reads.
    const body = JSON.stringify(request);
    await init();
    const refused = refusedHere(body, options.apiVersion);
    if (refused !== undefined) return refused;
    const answer = await sendRepeatedly(fetch, {
      url,
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "idempotency-key": idempotencyKey },
      body,
      idempotencyKey,
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.status !== 201 && answer.status !== 202 && answer.status !== 422) throw refusalOf(answer, idempotencyKey);
    return outcomeOf(answer.status, read(answer));
  }
}

function requestOf(
  requestType: PaymentRequest["requestType"],
  paymentToken: string,
  billingAddress: BillingAddress | undefined,
  paymentsData: PaymentsData | undefined,
): PaymentRequest {
  return { requestType, paymentToken, ...(billingAddress === undefined ? {} : { billingAddress }), ...(paymentsData === undefined ? {} : { paymentsData }) };
}

// What the server would refuse is answered here, with the server's own answer: the same core wrote it.
function refusedHere(body: string, apiVersion: string | undefined): CheckoutPayment | undefined {
  const verdict = JSON.parse(storefront.text("validate", body, JSON.stringify(apiVersion === undefined ? {} : { apiVersion }))) as Verdict;
  if (verdict.valid) return undefined;
  if (verdict.status === 422) return outcomeOf(422, verdict.body);
  const [first] = verdict.fields;
  throw new PaymentsError("request_invalid", first === undefined ? "The request is malformed." : first.detail, {
    ...(first === undefined ? {} : { path: first.name }),
    details: { status: verdict.status, fields: verdict.fields, errors: Array.isArray(verdict.body) ? verdict.body : [] },
  });
}

function outcomeOf(status: 201 | 202 | 422, body: unknown): CheckoutPayment {
  const outcome = body as Partial<CheckoutPayment> | null;
  if (typeof outcome?.salesforceResultCode !== "string") throw unreadable(status);
  return { ...(outcome as CheckoutPayment), errors: outcome.errors ?? [], status };
}

function read(answer: Answer, parse: (text: string) => unknown = JSON.parse): unknown {
  try {
    return parse(answer.text);
  } catch {
    throw unreadable(answer.status);
  }
}

function unreadable(status: number): PaymentsError {
  return new PaymentsError("response_invalid", `The store answered with status ${status} and a body that is not of this API.`, { details: { status } });
}

function invalidArgument(path: string, expected: string): PaymentsError {
  return new PaymentsError("argument_invalid", `'${path}' must be ${expected}.`, { path });
}
