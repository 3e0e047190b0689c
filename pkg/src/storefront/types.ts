/** What the storefront sends and gets (`docs/core.md`, DESIGN §5). Amounts are decimal text here, as everywhere in the npm API. */
import type { FieldError } from "../errors.js";

/** How the shopper pays. */
export type RequestType = "Auth" | "PostAuth" | "SimplePurchaseOrder";

/** A billing address (`reference/salesforce.md` §1.3). */
export interface BillingAddress {
  readonly name: string;
  readonly street: string;
  /** ISO 3166 code. */
  readonly country: string;
  readonly city?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly isDefault?: boolean;
  /** Ignored in the payment request. */
  readonly shipToPhoneNumber?: string;
}

/** Up to four pairs for the gateway adapter. */
export type PaymentsData = Readonly<Record<string, string>>;

/** The body of `POST …/payments`: the seed's `checkoutPaymentInput`. */
export interface PaymentRequest {
  readonly requestType: RequestType;
  readonly paymentToken: string;
  readonly billingAddress?: BillingAddress;
  readonly paymentsData?: PaymentsData;
}

/** One error of an outcome (`reference/salesforce.md` §1.4). */
export interface CheckoutError {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly instance?: string;
  readonly invalidParameters?: readonly FieldError[];
}

/** The outcome of a payment request: the seed's Checkout Payment, and the HTTP status it came with. */
export interface CheckoutPayment {
  /** 201 paid, 202 something is due first, 422 not paid. */
  readonly status: 201 | 202 | 422;
  readonly salesforceResultCode: "Success" | "Decline" | "ValidationError" | "SystemError" | "RequiresReview";
  /** Empty on success. */
  readonly errors: readonly CheckoutError[];
  /** What the page needs to go on, as the gateway adapter gave it. */
  readonly paymentData?: unknown;
}

/** What the checkout is about. */
export interface CheckoutFacts {
  readonly amount: string;
  readonly currencyIsoCode: string;
}

/** The verdict on a request. */
export type Verdict =
  | { readonly valid: true; readonly status: 200 }
  | {
      readonly valid: false;
      /** The status the server would answer with. */
      readonly status: 400 | 422;
      readonly fields: readonly FieldError[];
      /** The server's answer. */
      readonly body: unknown;
    };

/** Which comes first when a payment is changed. */
export type ReleaseOrder = "release-first" | "authorize-first";

/** One step of what a request will do. */
export interface PreviewStep {
  readonly operation: string;
  readonly recordId?: string;
  readonly amount?: string;
  readonly currencyIsoCode?: string;
  /** A sentence for the shopper. */
  readonly text: string;
}

/** What a request will do to the payment that the cart has. */
export type Preview =
  | { readonly allowed: true; readonly releaseOrder: ReleaseOrder; readonly steps: readonly PreviewStep[]; readonly summary: string }
  | { readonly allowed: false; readonly status: number; readonly code: string; readonly detail: string };

/** The payments of a checkout, the answer of `GET …/payments` (DESIGN §8). */
export interface CheckoutPayments {
  readonly paymentGroup?: { readonly id: string } & Readonly<Record<string, unknown>>;
  readonly paymentAuthorizations?: readonly PaymentRecord[];
  readonly paymentAuthAdjustments?: readonly PaymentRecord[];
  readonly payments?: readonly PaymentRecord[];
  readonly refunds?: readonly PaymentRecord[];
  readonly purchaseOrder?: { readonly number: string; readonly replaced: readonly string[] };
  readonly operations?: readonly Readonly<Record<string, unknown>>[];
  readonly releasesOwed?: readonly Readonly<Record<string, unknown>>[];
  readonly livePayment?: { readonly type: RequestType; readonly recordId?: string };
}

/** A record of the payments data model. */
export interface PaymentRecord {
  readonly id: string;
  readonly status: string;
  readonly amount: string;
  readonly balance?: string;
  readonly [member: string]: unknown;
}
