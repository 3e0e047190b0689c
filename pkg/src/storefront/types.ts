/** What the storefront sends and gets (`docs/core.md`, DESIGN §5). Amounts are decimal text here, as everywhere in the npm API. */
import type { FieldError } from "../errors.js";
import type {
  Address,
  Amount,
  CheckoutError,
  Conclusion,
  Currency,
  GatewayOperation,
  OperationKind,
  OperationStatus,
  Payment,
  PaymentAuthAdjustment,
  PaymentAuthorization,
  PlacedOrder,
  PurchaseOrder,
  Refund,
  ReleaseOrder,
  RequestType,
  ResultCode,
  Role,
  StepStatus,
  Timestamp,
  TransactionStatus,
  WayOut,
} from "../wire.js";

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

/** The payments of a checkout, the answer of `GET …/payments` (DESIGN §8). */
export interface CheckoutPayments {
  /** Absent until the first payment. */
  readonly paymentGroup?: PaymentGroup;
  readonly grandTotalAmount: Amount;
  readonly currencyIsoCode: Currency;
  readonly releaseOrder: ReleaseOrder;
  readonly paymentAuthorizations: readonly (PaymentAuthorization & { readonly balance: Amount })[];
  readonly paymentAuthAdjustments: readonly PaymentAuthAdjustment[];
  readonly payments: readonly (Payment & { readonly refundableAmount: Amount })[];
  readonly refunds: readonly Refund[];
  readonly purchaseOrder?: PurchaseOrder;
  readonly operations: readonly Operation[];
  readonly releasesOwed: readonly ReleaseOwed[];
  /** What is not over, oldest first. */
  readonly unresolved: readonly Unresolved[];
  /** The payment that stands for the cart. */
  readonly livePayment?: { readonly type: RequestType; readonly recordId: string };
  /** The cart is no longer the one that was paid for. */
  readonly cartChange?: {
    readonly paidAmount: Amount;
    readonly paidCurrencyIsoCode: Currency;
    readonly grandTotalAmount: Amount;
    readonly waysOut: readonly WayOut[];
  };
}

/** What owns the payment records of one checkout. */
export interface PaymentGroup {
  readonly id: string;
  readonly webstoreId: string;
  readonly checkoutId: string;
  readonly date: Timestamp;
  readonly billingAddress?: Address;
  readonly order?: PlacedOrder;
}

/** Something under way, or done. */
export interface Operation {
  readonly id: string;
  readonly kind: OperationKind;
  readonly status: OperationStatus;
  readonly conclusion?: Conclusion;
  readonly requestType?: RequestType;
  readonly date: Timestamp;
  /** While it is under way: how often its unknown was asked about, when last, and when next. */
  readonly tries?: number;
  readonly lastTryAt?: Timestamp;
  readonly nextTryAt?: Timestamp;
  readonly steps: readonly Step[];
}

/** One call to the gateway, from its plan to its outcome. */
export interface Step {
  readonly operation: GatewayOperation;
  readonly role: Role;
  readonly status: StepStatus;
  readonly amount: Amount;
  readonly currencyIsoCode: Currency;
  readonly recordId?: string;
  readonly targetId?: string;
  readonly attempt: number;
  readonly deliveries: number;
  readonly announcedAt?: Timestamp;
  readonly sentAt?: Timestamp;
  readonly resultCode?: ResultCode;
  readonly gatewayResultCode?: string;
}

/** A release that did not succeed yet, and is retried until it has. */
export interface ReleaseOwed {
  readonly id: string;
  readonly recordId: string;
  readonly operation: GatewayOperation;
  readonly amount: Amount;
  readonly currencyIsoCode: Currency;
  readonly tries: number;
  readonly nextTryAt: Timestamp;
  readonly lastTryAt?: Timestamp;
  readonly date: Timestamp;
}

/** Something that is not over: why, what was tried, and what comes next (`docs/core.md`, What is unresolved). */
export interface Unresolved {
  /** Nobody knows; the gateway has not said yet; a release is due still; perhaps money is held that nobody wants. */
  readonly why: "unknown" | "accepted" | "owed" | "abandoned";
  readonly operationId?: string;
  readonly releaseOwedId?: string;
  readonly recordId: string;
  readonly operation: GatewayOperation;
  readonly amount: Amount;
  readonly currencyIsoCode: Currency;
  readonly since: Timestamp;
  readonly tries: number;
  readonly lastTryAt?: Timestamp;
  readonly heard: readonly Heard[];
  readonly next: {
    readonly at: Timestamp;
    readonly way: "try" | "repeat" | "askByOurReference" | "askByGatewayReference" | "wait";
    /** No way is left, or only daily tries are: somebody should look. */
    readonly needsPerson?: boolean;
  };
}

/** A word of the gateway about a call, or its silence. */
export interface Heard {
  readonly at: Timestamp;
  readonly way: "call" | "repeat" | "ourReference" | "gatewayReference" | "noWay" | "notification";
  readonly resultCode: ResultCode;
  readonly notFound?: boolean;
  readonly replayed?: boolean;
  readonly gatewayResultCode?: string;
  readonly gatewayMessage?: string;
}

/** A record of the payments data model, of whatever kind. */
export type PaymentRecord = { readonly id: string; readonly status: TransactionStatus; readonly amount: Amount; readonly currencyIsoCode: Currency; readonly balance?: Amount };
