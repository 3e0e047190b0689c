/** What the storefront sends and gets (`docs/core.md`, DESIGN §5). Amounts are decimal text here, as everywhere in the npm API. */
import type { FieldError } from "../errors.js";
import type { Address, Amount, CheckoutError, Currency, ReleaseOrder, RequestType, ResultCode, TransactionStatus } from "../wire.js";

export type { CheckoutError, ReleaseOrder, RequestType };

/** A billing address (`reference/salesforce.md` §1.3). */
export interface BillingAddress extends Address {
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

/** The outcome of a payment request: the seed's Checkout Payment, and the HTTP status it came with. */
export interface CheckoutPayment {
  /** 201 paid, 202 something is due first, 422 not paid. */
  readonly status: 201 | 202 | 422;
  readonly salesforceResultCode: Extract<ResultCode, "Success" | "Decline" | "ValidationError" | "SystemError" | "RequiresReview">;
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

/** The payments of a checkout, the answer of `GET …/payments` (DESIGN §8), and what it is made of. */
export type {
  CheckoutPaymentGroup as PaymentGroup,
  CheckoutPayments,
  Heard,
  OperationView as Operation,
  ReleaseOwedView as ReleaseOwed,
  StepView as Step,
  UnresolvedView as Unresolved,
} from "../wire.js";

/** A record of the payments data model, of whatever kind. */
export type PaymentRecord = { readonly id: string; readonly status: TransactionStatus; readonly amount: Amount; readonly currencyIsoCode: Currency; readonly balance?: Amount };
