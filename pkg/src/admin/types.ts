/** What the back office sends and gets (`docs/admin.md`). Amounts are decimal text here, as everywhere in the npm API. */
import type { OperationAnswer } from "../wire.js";

export type {
  AddressInput,
  AlternativePaymentMethodInput,
  AlternativeToTokenizeInput,
  AppliedLine,
  ApplyPaymentInput,
  ApplyRefundInput,
  AuthorizationInput,
  BankPaymentMethodInput,
  CaptureInput,
  CardPaymentMethodInput,
  CardToTokenizeInput,
  CheckoutPayments,
  EnhancedPaymentDataInput,
  Explanation,
  GatewayResponse,
  MadeRecord,
  ImportedRow,
  ImportReport,
  InvoiceInput,
  InvoiceLineInput,
  InvoiceLineView as InvoiceLine,
  InvoiceView as Invoice,
  LineItemInput,
  PaymentGroupInput,
  PaymentMethodChange,
  PaymentMethodInput,
  PaymentMethodPage,
  PaymentMethodView as SavedPaymentMethod,
  PlatformFault,
  PostAuthInput,
  RefundInput,
  ReversalInput,
  SaleInput,
  SalePaymentMethodInput,
  SavedPaymentMethodInput,
  TokenizeInput,
  UnappliedLine,
  UnapplyPaymentInput,
  UnresolvedGroup,
  UnresolvedView as Unresolved,
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

/** The answer to an operation: the record that was made, its group, what the gateway said, or why it did not happen. */
export interface OperationResult extends OperationAnswer {
  readonly outcome: Outcome;
  /** 201, 202 or 422, as it was answered. */
  readonly status: 201 | 202 | 422;
  /** The key it was asked under: repeat with it. */
  readonly idempotencyKey: string;
}
