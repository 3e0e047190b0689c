/** What the back office sends and gets (`docs/payments-api.md`). Amounts are decimal text here, as everywhere in the npm API. */
import type { Amount, Currency, ErrorCode as RefusalCode, ResultCode, TransactionStatus } from "../wire.js";

export type {
  AddressInput,
  AlternativePaymentMethodInput,
  AuthorizationInput,
  BankPaymentMethodInput,
  CaptureInput,
  CardPaymentMethodInput,
  EnhancedPaymentDataInput,
  LineItemInput,
  PaymentGroupInput,
  PaymentMethodInput,
  PostAuthInput,
  RefundInput,
  ReversalInput,
  SaleInput,
} from "../wire.js";

/** What an operation came to. */
export type Outcome =
  /** It happened. */
  | "succeeded"
  /** The gateway accepted it; its record is Pending until the gateway says what became of it. */
  | "pending"
  /** The payer's bank asks first; `gatewayResponse.paymentData` holds what the payer's page needs. */
  | "review"
  /** The gateway refused; nothing happened. */
  | "refused"
  /** It provably never reached the gateway; nothing happened, and a repeat is safe. */
  | "notSent"
  /** Nobody knows yet. A repeat with the same idempotency key finds out, and never does it twice. */
  | "unknown";

/** What the gateway said. */
export interface GatewayResponse {
  readonly salesforceResultCode: ResultCode;
  readonly gatewayResultCode?: string;
  readonly gatewayMessage?: string;
  readonly gatewayReferenceNumber?: string;
  readonly gatewayAuthorizationCode?: string;
  readonly gatewayDate?: string;
  readonly paymentData?: Readonly<Record<string, string>>;
}

/** What all records of the answers have. */
export interface AnsweredRecord {
  readonly id: string;
  readonly accountId?: string;
  readonly amount: Amount;
  readonly currencyIsoCode: Currency;
  readonly effectiveDate: string;
  readonly requestDate: string;
  readonly status: TransactionStatus;
}

/** The group that the record belongs to. */
export interface AnsweredGroup {
  readonly id: string;
  readonly sourceObjectId?: string;
  readonly currencyIsoCode?: Currency;
}

/** The answer to an operation. */
export interface OperationResult {
  readonly outcome: Outcome;
  /** 201, 202 or 422, as it was answered. */
  readonly status: 201 | 202 | 422;
  /** The key it was asked under: repeat with it. */
  readonly idempotencyKey: string;
  readonly gatewayResponse?: GatewayResponse;
  readonly paymentGroup?: AnsweredGroup;
  /** Of an authorization, and of a post-authorization that holds. */
  readonly paymentAuthorization?: AnsweredRecord & { readonly paymentAuthorizationNumber: string; readonly expirationDate?: string };
  /** Of a capture or a sale. */
  readonly payment?: AnsweredRecord & { readonly paymentNumber: string };
  /** Of a reversal. */
  readonly paymentAuthAdjustment?: AnsweredRecord & { readonly paymentAuthAdjustmentNumber: string };
  /** Of a refund. */
  readonly refund?: AnsweredRecord & { readonly refundNumber: string };
  /** Why it did not happen, or is not known to have. */
  readonly error?: { readonly errorCode: RefusalCode; readonly message: string };
}
