// Made from the Rust types by src/wire/typescript.rs; do not edit. `UPDATE_WIRE=1 cargo test --lib wire` makes it anew.

/** Decimal text of a strict grammar, exact, at most 18 digits: `"129.90"`. */
export type Amount = string;

/** An ISO 4217 code. */
export type Currency = string;

/** RFC 3339 in UTC with milliseconds; the core also takes milliseconds since 1970. */
export type Timestamp = string | number;

/** What a gateway call came to. */
export type ResultCode =
  /** The gateway accepted. */
  | "Success"
  /** Declined now; may work later or with another method. */
  | "Decline"
  /** Declined for good: account closed, fraud. */
  | "PermanentFail"
  /** The bank wants more from the shopper before it answers. */
  | "RequiresReview"
  /** The payment data was wrong. */
  | "ValidationError"
  /** Provably not sent; a repeat is safe. */
  | "SystemError"
  /** Sent, and no trustworthy answer: money may have moved. */
  | "Indeterminate";

/** The kinds of payment (`seeds/checkout-payments.txt`, `requestType`). */
export type RequestType =
  /** Authorize a saved card or wallet, or a gateway's token. */
  | "Auth"
  /** Record a payment that was made outside, after the gateway's adapter has validated it. */
  | "PostAuth"
  /** Pay by a purchase order number. */
  | "SimplePurchaseOrder";

/** Which comes first, the release of the old payment or the new payment: a policy of the web store. */
export type ReleaseOrder =
  /** Never two holds, never a payment the shopper has turned away from. */
  | "release-first"
  /** The old payment stays until the new one stands. */
  | "authorize-first";

/** Why a payment is not possible beside the one the cart has. */
export type Objection =
  /** A card payment can't become a purchase order, nor the other way round. */
  | "payment_type_change"
  /** The version of the interface does not know second payments (of this type). */
  | "payment_exists"
  /** The payment the cart has is applied to an invoice. */
  | "payment_applied";

/** What can be done about a cart that its payment does not fit any more. */
export type WayOut =
  /** Bring the cart back to what was paid for. */
  | "adjust"
  /** Pay again: the payment made before is released. */
  | "payAgain"
  /** Have the payment reversed or refunded. */
  | "reverse";

/** A code for programs; the message beside it is for people. `docs/errors.md` lists them. */
export type ErrorCode =
  /** The body is not acceptable JSON or XML. */
  | "JSON_PARSER_ERROR"
  /** A member is missing, unknown, or of the wrong type. */
  | "INVALID_API_INPUT"
  /** No such resource, or not in this API version. */
  | "NOT_FOUND"
  /** No such checkout, another shopper's, or gone. */
  | "CHECKOUT_NOT_FOUND"
  /** Another request for this checkout is under way: try again. */
  | "CHECKOUT_CONFLICT"
  /** An id in the body names no record of the kind that is meant. */
  | "INVALID_ID_FIELD"
  /** A value is of the right type and not acceptable. */
  | "FIELD_INTEGRITY_EXCEPTION"
  /** More than a balance has. */
  | "AMOUNT_TOO_LARGE"
  /** Two records of different currencies. */
  | "CURRENCY_MISMATCH"
  /** A record's status does not allow it. */
  | "INVALID_STATUS"
  /** Payments are applied at the other level, invoice or invoice line. */
  | "APPLICATION_LEVEL_MISMATCH"
  /** A name that must be unique belongs to something else. */
  | "DUPLICATE_VALUE"
  /** The idempotency key was used for another request. */
  | "IDEMPOTENCY_KEY_REUSED"
  /** A record has as many parts as it may have. */
  | "LIMIT_EXCEEDED"
  /** The body is neither JSON nor XML. */
  | "UNSUPPORTED_MEDIA_TYPE"
  /** Nothing can be captured after the authorization's expiration date. */
  | "AUTHORIZATION_EXPIRED"
  /** Another request for this payment group is under way: try again. */
  | "PAYMENT_CONFLICT"
  /** The gateway declined. */
  | "PAYMENT_DECLINED"
  /** The gateway does not take this payment data. */
  | "PAYMENT_DATA_REFUSED"
  /** The request provably never reached the gateway. */
  | "PAYMENT_NOT_SENT"
  /** Nobody knows whether it happened. */
  | "PAYMENT_INDETERMINATE"
  /** The payment method can't be used any more: the month of its expiry is over. */
  | "PAYMENT_METHOD_EXPIRED"
  /** The object has no such field. */
  | "INVALID_FIELD"
  /** The field is not for people to write. */
  | "INVALID_FIELD_FOR_INSERT_UPDATE"
  /** A field that may not be empty is. */
  | "REQUIRED_FIELD_MISSING"
  /** The host handed the core something that is not of the contract, or the store is damaged: a bug. */
  | "INTERNAL_ERROR";

/** The class of a [`CheckoutError`]: a URI reference, for programs. The list only grows. */
export type ErrorType =
  /** The request, or the payment the cart has, does not allow this payment. */
  | "/commerce/payment"
  /** The payment was not accepted. */
  | "/commerce/errors/payment-failure"
  /** Whether money moved is not known yet; a repeat resumes and never charges again. */
  | "/commerce/errors/payment-indeterminate"
  /** The existing payment could not be released, so the new one was not taken. */
  | "/commerce/errors/payment-release-failure"
  /** The order can't be placed because of its payment. */
  | "/commerce/checkout/placeorder/payment";

/** A billing address that passed validation. */
export interface Address {
  /** Contact name. */
  readonly name: string;
  /** Street; may have several lines. */
  readonly street: string;
  /** ISO 3166-1 alpha-2 code. */
  readonly country: string;
  /** City. */
  readonly city?: string;
  /** Region code within the country. */
  readonly region?: string;
  /** Postal code. */
  readonly postalCode?: string;
  /** First name (since 57.0). */
  readonly firstName?: string;
  /** Last name (since 57.0). */
  readonly lastName?: string;
  /** Whether it becomes the account's default. */
  readonly isDefault?: boolean;
}

/** A member whose value is not acceptable, and why. */
export interface Problem {
  /** The path of the member: `billingAddress.country`. */
  readonly name: string;
  /** For people. */
  readonly detail: string;
}

/** One reason why a payment did not succeed, in the manner of RFC 7807. */
export interface CheckoutError {
  /** The class of error, for programs. */
  readonly type: ErrorType;
  /** What happened, in a few words. */
  readonly title: string;
  /** What happened and what to do, for people. */
  readonly detail: string;
  /** A reference to this occurrence: empty, as there is none. */
  readonly instance: string;
  /** The members of the request at fault. */
  readonly invalidParameters: readonly Problem[];
}

/** The answer of the resource: what the payment came to. */
export interface CheckoutPayment {
  /** What it came to. */
  readonly salesforceResultCode: ResultCode;
  /** Why it did not succeed; empty when it did. */
  readonly errors: readonly CheckoutError[];
  /** What the gateway's adapter hands to the page: JSON in a string, `{}` when there is nothing. */
  readonly paymentData: string;
}

/** Whether a checkout still takes payments. */
export type CheckoutStatus =
  /** It does. */
  | "open"
  /** Its order is placed, or it is gone. */
  | "closed";

/** A checkout, as it is now. */
export interface Checkout {
  /** Its id. */
  readonly id: string;
  /** The web store. */
  readonly webstoreId: string;
  /** The payer's account, where known. */
  readonly accountId?: string;
  /** Whether it still takes payments. */
  readonly status: CheckoutStatus;
  /** The cart's grand total. */
  readonly amount: Amount;
  /** Its currency. */
  readonly currencyIsoCode: Currency;
  /** A digest of what the total is made of: lines, shipping, tax, currency, total. */
  readonly digest: string;
}

/** A way to ask what became of a call. */
export type InquireBy =
  /** By the reference we sent with the call. */
  | "ourReference"
  /** By the gateway's own id. */
  | "gatewayReference";

/** The capabilities the engine has to know of. */
export interface Capabilities {
  /** The provider's name. */
  readonly provider: string;
  /** How long the gateway remembers an idempotency key, in milliseconds. */
  readonly keyWindowMs: number;
  /** How one can ask. */
  readonly inquire: readonly InquireBy[];
  /** After how many milliseconds "not found" means "never happened" (default: ten minutes). */
  readonly notFoundAfterMs?: number;
  /** How many lines of level 3 data it takes (default: two hundred). */
  readonly lineItemsMax?: number;
  /** A hold is captured once: the gateway lets go of the rest by itself when the capture has happened. */
  readonly captureReleasesRest?: boolean;
}

/** An operation, by the last word of its path. */
export type PaymentsOperation =
  /** Hold money. */
  | "authorizations"
  /** Take over a payment that was made outside. */
  | "postAuths"
  /** Take money that is held. */
  | "captures"
  /** Let go of money that is held. */
  | "reversals"
  /** Take money at once. */
  | "sales"
  /** Give money back. */
  | "refunds"
  /** Keep a payment method for later. */
  | "payment-methods";

/** The host's context. */
export interface Context {
  /** The host's clock. */
  readonly now: Timestamp;
  /** 32 hex digits, fresh for every call. */
  readonly entropy: string;
  /** The adapter's capabilities. */
  readonly gateway?: Capabilities;
  /** No process drives this group's running operation. */
  readonly takeOver?: boolean;
  /** Recovery without back-off: when this pass began. */
  readonly passStartedAt?: Timestamp;
  /** The call that was answered. */
  readonly callId?: string;
  /** The version of the interface. */
  readonly apiVersion?: string;
  /** The checkout, as it is now. */
  readonly checkout?: Checkout;
  /** The web store's policy. */
  readonly releaseOrder?: ReleaseOrder;
  /** The client's idempotency key. */
  readonly idempotencyKey?: string;
  /** The request's media type. */
  readonly contentType?: string;
  /** The media type the client wants. */
  readonly accept?: string;
  /** The earlier operation was tried in this request already. */
  readonly resolved?: boolean;
  /** With a request of the payments API: what is asked for. */
  readonly operation?: PaymentsOperation;
  /** The state of the account that has the saved payment method which the request names; empty when there is none. */
  readonly account?: string;
  /** The record in the path. */
  readonly targetId?: string;
  /** The number to give if the order is placed now. */
  readonly orderReferenceNumber?: string;
  /** The store can be queried: a commit comes with its rows. */
  readonly rows?: boolean;
}

/** At which level payments are applied. */
export type SettlementLevel =
  /** At the invoice as a whole. */
  | "Invoice"
  /** At each of its lines. */
  | "InvoiceLine";

/** A row that was asked for. */
export interface LoadedRow {
  /** What it was asked for by: its key, or a text of its index. */
  readonly name: string;
  /** Its key; none when there is no such row. */
  readonly key?: string;
}

/** The host's context of a transaction. */
export interface TransactionContext {
  /** The host's clock. */
  readonly now: Timestamp;
  /** 32 hex digits, fresh for every call. */
  readonly entropy: string;
  /** The adapter's capabilities. */
  readonly gateway?: Capabilities;
  /** The version of the interface. */
  readonly apiVersion?: string;
  /** The client's idempotency key. */
  readonly idempotencyKey?: string;
  /** The object that the address names, by its API name. */
  readonly object?: string;
  /** The record that the address names. */
  readonly recordId?: string;
  /** The line of it that the address names. */
  readonly lineId?: string;
  /** The level at which the store applies payments; lines when it is left out. */
  readonly applicationLevel?: SettlementLevel;
  /** The store keeps the records as rows, too. */
  readonly rows?: boolean;
  /** The rows that were asked for, in the order of their values. */
  readonly loaded: readonly LoadedRow[];
}

/** The host's context of a request about saved payment methods. */
export interface MethodContext {
  /** The host's clock. */
  readonly now: Timestamp;
  /** 32 hex digits, fresh for every call. */
  readonly entropy: string;
  /** The adapter's capabilities. */
  readonly gateway: Capabilities;
  /** The payment method that the address names. */
  readonly paymentMethodId?: string;
  /** The account that is meant. */
  readonly accountId?: string;
  /** The merchant account that the address names, at which the method must be. */
  readonly merchantAccountId?: string;
  /** The key of the group that has payment methods to be saved. */
  readonly groupKey?: string;
  /** The operation whose answer is wanted. */
  readonly operationId?: string;
  /** How many are wanted on a page. */
  readonly pageSize?: string;
  /** What the page before said. */
  readonly pageToken?: string;
  /** The store keeps rows: what is written comes with its own. */
  readonly rows?: boolean;
  /** The rows that were asked for, in the order of their values. */
  readonly loaded: readonly LoadedRow[];
}

/** What a gateway can be asked to do (`reference` §2.2, RequestType). */
export type GatewayOperation =
  /** Hold money. */
  | "authorize"
  /** Validate a payment that was made outside. */
  | "postauth"
  /** Take money that is held. */
  | "capture"
  /** Let go of money that is held. */
  | "reverse"
  /** Take money at once. */
  | "sale"
  /** Give money back. */
  | "refund"
  /** Keep a payment method for later. */
  | "tokenize"
  /** Tell what became of an earlier call. */
  | "inquire";

/** One line of a sale. */
export interface LineItem {
  /** The line's id. */
  readonly lineItemId?: string;
  /** The product's name. */
  readonly name?: string;
  /** What it is. */
  readonly description?: string;
  /** The merchant's code of the product. */
  readonly sku?: string;
  /** The code of its class of goods. */
  readonly commodityCode?: string;
  /** How many. */
  readonly quantity: number;
  /** Of what. */
  readonly uom?: string;
  /** The price of one. */
  readonly unitPrice: Amount;
  /** What was taken off. */
  readonly discount?: Amount;
  /** Whether anything was. */
  readonly discountIndicator?: boolean;
  /** Tax of the line. */
  readonly taxAmount?: Amount;
  /** In percent. */
  readonly taxRate?: Amount;
  /** Freight of the line. */
  readonly shippingAmount?: Amount;
  /** Duty of the line. */
  readonly dutyAmount?: Amount;
  /** Whether the total is net (N, the default) or gross (Y) of tax. */
  readonly grossNetIndicator?: string;
  /** The line's total. */
  readonly lineItemTotal: Amount;
  /** More pairs. */
  readonly additionalAttributes?: Readonly<Record<string, string>>;
}

/** About the sale as a whole. Amounts are in the sale's currency, rates are in percent. */
export interface EnhancedPaymentData {
  /** What was taken off the price; nothing by default, as with duty and taxes. */
  readonly discountAmount?: Amount;
  /** Duty. */
  readonly dutyAmount?: Amount;
  /** Freight. */
  readonly shippingAmount?: Amount;
  /** Sales tax. */
  readonly salesTaxAmount?: Amount;
  /** All taxes. */
  readonly totalTaxAmount?: Amount;
  /** Tax divided by the taxable base, in percent. */
  readonly taxRate?: Amount;
  /** The invoice it pays. */
  readonly invoiceNumber?: string;
  /** The merchant's reference. */
  readonly referenceId?: string;
  /** Where it is sent from. */
  readonly shipFromZip?: string;
  /** Where it is sent to. */
  readonly shipToZip?: string;
  /** The country it is sent to. */
  readonly shipToCountry?: string;
  /** More pairs. */
  readonly additionalAttributes?: Readonly<Record<string, string>>;
  /** The lines: level 3. */
  readonly lineItems: readonly LineItem[];
}

/** Passed on to the gateway's adapter as it came. */
export interface CallExtras {
  /** Custom pairs of the request (`reference` §3.1, additionalData). */
  readonly additionalData?: Readonly<Record<string, string>>;
  /** Level 2 and level 3 data of a sale (`reference` §2.10). */
  readonly enhancedPaymentData?: EnhancedPaymentData;
  /** The method is to be kept for later. */
  readonly saveForFuture?: boolean;
  /** The merchant asks for it, not the customer. */
  readonly submittedByMerchant?: boolean;
  /** With a saved method: the gateway's name of the customer who owns its token there. */
  readonly customerReference?: string;
}

/** One call. The host hands it to the gateway's adapter and brings back an [`super::Outcome`]. */
export interface Call {
  /** Names the call; the host gives it back with the outcome. */
  readonly id: string;
  /** What to do. */
  readonly operation: GatewayOperation;
  /** The gateway's idempotency key; none for a question. */
  readonly idempotencyKey?: string;
  /** Our id of what this call makes, which the gateway keeps. */
  readonly ourReference: string;
  /** The payment group. */
  readonly groupId: string;
  /** The checkout. */
  readonly checkoutId: string;
  /** The web store. */
  readonly webstoreId: string;
  /** How much. */
  readonly amount: Amount;
  /** In which currency. */
  readonly currencyIsoCode: Currency;
  /** The shopper's payment token. */
  readonly paymentToken?: string;
  /** The gateway's id of the payment acted on. */
  readonly gatewayReference?: string;
  /** With a question: the kind of call asked about. */
  readonly inquireOperation?: GatewayOperation;
  /** With a question: the reference to ask by. */
  readonly inquireBy?: InquireBy;
  /** Custom data of the request. */
  readonly paymentsData?: Readonly<Record<string, string>>;
  /** The billing address. */
  readonly billingAddress?: Address;
  /** Of the payments API: what the record keeps (`AccountId`, `Email`, …), by the names of its fields. */
  readonly details?: Readonly<Record<string, string>>;
  /** Of the payments API: what the request has for the gateway. */
  readonly extras?: CallExtras;
}

/** Why a call failed, as far as that matters to whoever tries again. */
export type RetryCategory =
  /** A limit of the card, or of the money on it. */
  | "CardLimit"
  /** The gateway or the bank was not reached. */
  | "GatewayConnection"
  /** The payment method's data is wrong, or out of date. */
  | "PaymentInformation"
  /** The account is closed or restricted, or the bank said no without a reason. */
  | "PaymentProcessing"
  /** Fraud, or the bank wants to know who pays. */
  | "Security"
  /** None of these. */
  | "Unknown";

/** Whether the same payment method may be tried again later, without the payer. */
export type RetryDecision =
  /** It may. */
  | "Retriable"
  /** It would be refused again, or must not be tried. */
  | "NonRetriable";

/** The adapter's report of one call. */
export interface Outcome {
  /** One of the seven codes. */
  readonly resultCode: ResultCode;
  /** Accepted; a notification follows. */
  readonly pending?: boolean;
  /** Answer to a question: the gateway knows of no such call. */
  readonly notFound?: boolean;
  /** The gateway says that this is its stored answer to an earlier delivery with the same key. */
  readonly replayed?: boolean;
  /** The gateway's id of the payment. */
  readonly gatewayReference?: string;
  /** The amount the gateway speaks of. */
  readonly amount?: Amount;
  /** Its currency. */
  readonly currencyIsoCode?: Currency;
  /** The payment made outside has been taken already, not only held. */
  readonly captured?: boolean;
  /** The gateway's own code. */
  readonly gatewayResultCode?: string;
  /** The gateway's words. */
  readonly gatewayMessage?: string;
  /** Of a refusal: why, for whoever decides about another try. */
  readonly retryCategory?: RetryCategory;
  /** Of a refusal: whether the same method may be tried again by itself. */
  readonly retryDecision?: RetryDecision;
  /** The authorization code. */
  readonly gatewayAuthorizationCode?: string;
  /** When an authorization ends. */
  readonly expiresAt?: Timestamp;
  /** What the page needs to go on. */
  readonly paymentData?: Readonly<Record<string, string>>;
  /** A lasting token of the payment method (`reference` §2.4, PaymentMethodTokenizationResponse). It goes to the saved method, and is kept nowhere else. */
  readonly gatewayToken?: string;
  /** About the token, for the gateway's adapter. */
  readonly gatewayTokenDetails?: string;
  /** What is the same for the same card or account, whatever its token. */
  readonly checksum?: string;
  /** The gateway's name of the customer who owns the token there. */
  readonly customerReference?: string;
}

/** What became of the call the notification is about. */
export type NotificationEvent =
  /** It happened. */
  | "succeeded"
  /** It did not happen. */
  | "failed";

/** A verified notification. */
export interface Notification {
  /** The provider it came from. */
  readonly provider: string;
  /** The gateway's id of the payment. */
  readonly gatewayReference: string;
  /** Our reference, where the gateway gives it back. */
  readonly ourReference?: string;
  /** The kind of call it is about. */
  readonly operation?: GatewayOperation;
  /** What became of it. */
  readonly event: NotificationEvent;
  /** How much, where said. */
  readonly amount?: Amount;
  /** In which currency, where said. */
  readonly currencyIsoCode?: Currency;
  /** The payment made outside has been taken already, not only held. */
  readonly captured?: boolean;
  /** The gateway's words. */
  readonly gatewayMessage?: string;
  /** Of a tokenization: the lasting token. Without it the gateway is asked for it. */
  readonly gatewayToken?: string;
}

/** Where a money record stands. */
export type TransactionStatus =
  /** Can be edited; nothing happened yet. */
  | "Draft"
  /** The gateway accepted it; its notification is due. */
  | "Pending"
  /** It happened. */
  | "Processed"
  /** The gateway said that it did not happen after all. */
  | "Failed"
  /** Taken back by hand. */
  | "Canceled";

/** A hold. What is left of it (its balance) follows from the group's captures and reversals. */
export interface PaymentAuthorization {
  /** Our id, which is also our reference at the gateway. */
  readonly id: string;
  /** Where it stands. */
  readonly status: TransactionStatus;
  /** The amount authorized. */
  readonly amount: Amount;
  /** Its currency. */
  readonly currencyIsoCode: Currency;
  /** The gateway's id of the payment. */
  readonly gatewayRefNumber?: string;
  /** The gateway's authorization code. */
  readonly gatewayAuthCode?: string;
  /** When it was recorded. */
  readonly date: Timestamp;
  /** After this time nothing can be captured. */
  readonly expirationDate?: Timestamp;
  /** The operation that made it. */
  readonly operationId: string;
  /** What the core keeps and does not reason about, by the field's name in the object's description. */
  readonly details?: Readonly<Record<string, string>>;
}

/** A reversal. */
export interface PaymentAuthAdjustment {
  /** Our id. */
  readonly id: string;
  /** Where it stands. */
  readonly status: TransactionStatus;
  /** The amount reversed. */
  readonly amount: Amount;
  /** Its currency: the authorization's. */
  readonly currencyIsoCode: Currency;
  /** The authorization it takes from. */
  readonly paymentAuthorizationId: string;
  /** The gateway's id of the reversal, where it gives one. */
  readonly gatewayRefNumber?: string;
  /** When it was recorded. */
  readonly date: Timestamp;
  /** The operation that made it. */
  readonly operationId: string;
  /** What the core keeps and does not reason about, by the field's name in the object's description. */
  readonly details?: Readonly<Record<string, string>>;
}

/** How the money was taken. */
export type PaymentKind =
  /** From an earlier authorization. */
  | "Capture"
  /** At once. */
  | "Sale";

/** A capture or a sale. What can still be refunded follows from the group's refunds. */
export interface Payment {
  /** Our id. */
  readonly id: string;
  /** Where it stands. */
  readonly status: TransactionStatus;
  /** How it was taken. */
  readonly type: PaymentKind;
  /** The amount taken. */
  readonly amount: Amount;
  /** Its currency. */
  readonly currencyIsoCode: Currency;
  /** The authorization it was captured from. */
  readonly paymentAuthorizationId?: string;
  /** Once this capture has happened, the gateway holds nothing more of the authorization. */
  readonly finalCapture?: boolean;
  /** The gateway's id of the payment. */
  readonly gatewayRefNumber?: string;
  /** When it was recorded. */
  readonly date: Timestamp;
  /** The operation that made it. */
  readonly operationId: string;
  /** What the core keeps and does not reason about, by the field's name in the object's description. */
  readonly details?: Readonly<Record<string, string>>;
}

/** A refund of (part of) a payment. */
export interface Refund {
  /** Our id. */
  readonly id: string;
  /** Where it stands. */
  readonly status: TransactionStatus;
  /** The amount given back. */
  readonly amount: Amount;
  /** Its currency: the payment's. */
  readonly currencyIsoCode: Currency;
  /** The payment it takes from. */
  readonly paymentId: string;
  /** The gateway's id of the refund, where it gives one. */
  readonly gatewayRefNumber?: string;
  /** When it was recorded. */
  readonly date: Timestamp;
  /** The operation that made it. */
  readonly operationId: string;
  /** What the core keeps and does not reason about, by the field's name in the object's description. */
  readonly details?: Readonly<Record<string, string>>;
}

/** A simple purchase order. */
export interface PurchaseOrder {
  /** The number in force. */
  readonly number: string;
  /** The numbers it replaced, oldest first. */
  readonly replaced: readonly string[];
}

/** The order that was placed with this group's payment. */
export interface PlacedOrder {
  /** Its number. */
  readonly orderReferenceNumber: string;
  /** When it was placed. */
  readonly date: Timestamp;
}

/** Who planned an operation. */
export type OperationKind =
  /** A checkout payment. */
  | "checkoutPayment"
  /** The payments API, for the back office. */
  | "payments"
  /** The engine itself, to settle a release owed or to wait for what was accepted. */
  | "release";

/** Where an operation stands. */
export type OperationStatus =
  /** A step is announced and its outcome is due. */
  | "running"
  /** A challenge or a notification is due. */
  | "waiting"
  /** An unknown is being resolved. */
  | "unresolved"
  /** It went through. */
  | "succeeded"
  /** It did not go through. */
  | "failed";

/** The result to tell. Set while an operation waits or is unresolved too; only then may it still change. */
export type Conclusion =
  /** All went through. */
  | "success"
  /** The gateway declined; may work later. */
  | "decline"
  /** The gateway declined for good. */
  | "permanentFail"
  /** The payment data was wrong. */
  | "validationError"
  /** The bank asks the shopper first. */
  | "review"
  /** Accepted; a notification is due. */
  | "pending"
  /** Provably not sent. */
  | "systemError"
  /** Sent, and no trustworthy answer. */
  | "indeterminate"
  /** The old payment could not be refunded, so the new one was not taken. */
  | "releaseFailure"
  /** A later request took its place before it was finished. */
  | "replaced";

/** What a step is for; this decides what its outcome means for the operation. */
export type Role =
  /** It is what the operation is about. Refused or unknown, it stops the operation. */
  | "take"
  /** It lets go of an older payment. A hold that can't be let go is owed; a charge that can't be stops the operation. */
  | "release"
  /** It takes back what this operation took, after a stop. What can't be taken back is owed. */
  | "undo"
  /** It finds out whether an abandoned hold exists; if so, a release follows. */
  | "probe";

/** Where a step stands. */
export type StepStatus =
  /** To be done; nothing has been sent. */
  | "planned"
  /** Written down before it is sent; no outcome yet. */
  | "announced"
  /** It happened, or the gateway accepted it. */
  | "succeeded"
  /** Evidence says that it did not happen. */
  | "refused"
  /** Sent, and no trustworthy answer. */
  | "unknown";

/** One record, flat, for those who query: what its object's description lists. */
export interface Row {
  /** The object, by its API name. */
  readonly object: string;
  /** The record's id. */
  readonly id: string;
  /** The fields that are not empty, by their API names: amounts as exact decimals, times as RFC 3339. */
  readonly fields?: Readonly<Record<string, string>>;
  /** It is there only until the group is written without it; any other row stays for good. */
  readonly passing?: boolean;
}

/** Why a request is refused. */
export interface PlatformFault {
  /** For programs. */
  readonly errorCode: ErrorCode;
  /** For people; it never repeats a value of the request. */
  readonly message: string;
  /** The members of the request at fault. */
  readonly fields?: readonly string[];
}

/** How a word of the gateway was come by. */
export type Way =
  /** The first delivery of the call. */
  | "call"
  /** The same call once more, with the same key. */
  | "repeat"
  /** A question by our reference. */
  | "ourReference"
  /** A question by the gateway's reference. */
  | "gatewayReference"
  /** Nothing could be asked. */
  | "noWay"
  /** The gateway spoke on its own. */
  | "notification";

/** One word of the gateway, or its silence. */
export interface Heard {
  /** When. */
  readonly at: Timestamp;
  /** How it was come by. */
  readonly way: Way;
  /** What it said; `Indeterminate` is silence, or an answer nobody can trust. */
  readonly resultCode: ResultCode;
  /** It knows of no such call. */
  readonly notFound?: boolean;
  /** It is the stored answer to an earlier delivery. */
  readonly replayed?: boolean;
  /** The gateway's own code. */
  readonly gatewayResultCode?: string;
  /** The gateway's words. */
  readonly gatewayMessage?: string;
  /** Of a refusal: why, for whoever decides about another try. */
  readonly retryCategory?: RetryCategory;
  /** Of a refusal: whether the same method may be tried again by itself. */
  readonly retryDecision?: RetryDecision;
}

/** Why something is not over. */
export type Why =
  /** Nobody knows whether it happened. */
  | "unknown"
  /** The gateway has accepted it and has not said what became of it. */
  | "accepted"
  /** A release has to be done still. */
  | "owed"
  /** Perhaps the gateway holds money that nobody wants any more. */
  | "abandoned";

/** What recovery does next. */
export type NextWay =
  /** The release is tried, as a new attempt. */
  | "try"
  /** The very same call once more, with the same key. */
  | "repeat"
  /** A question by our reference. */
  | "askByOurReference"
  /** A question by the gateway's reference. */
  | "askByGatewayReference"
  /** Nothing: no way is open. The gateway's notification or a person has to tell. */
  | "wait";

/** What recovery does next about something that is not over. */
export interface NextTry {
  /** When. */
  readonly at: string;
  /** How. */
  readonly way: NextWay;
  /** No way is left, or only daily tries are: somebody should look. */
  readonly needsPerson?: boolean;
}

/** Something that is not over: why, what was tried, what comes next. */
export interface UnresolvedView {
  /** Why it is not over. */
  readonly why: Why;
  /** The operation that waits for it. */
  readonly operationId?: string;
  /** The entry in the list of what is owed. */
  readonly releaseOwedId?: string;
  /** The record it is about. */
  readonly recordId: string;
  /** What the gateway was asked to do. */
  readonly operation: GatewayOperation;
  /** How much. */
  readonly amount: Amount;
  /** In which currency. */
  readonly currencyIsoCode: Currency;
  /** Since when. */
  readonly since: string;
  /** How often it was tried. */
  readonly tries: number;
  /** When it was tried last. */
  readonly lastTryAt?: string;
  /** What was heard about it, oldest first: the newest eight. */
  readonly heard: readonly Heard[];
  /** What comes next. */
  readonly next: NextTry;
}

/** A group of which something is unresolved. */
export interface UnresolvedGroup {
  /** Its id. */
  readonly paymentGroupId: string;
  /** The web store. */
  readonly webstoreId: string;
  /** The checkout. */
  readonly checkoutId: string;
  /** What is not over, oldest first. */
  readonly unresolved: readonly UnresolvedView[];
}

/** What owns the payment records of one checkout. */
export interface CheckoutPaymentGroup {
  /** Its id. */
  readonly id: string;
  /** The web store. */
  readonly webstoreId: string;
  /** The checkout. */
  readonly checkoutId: string;
  /** When it was made. */
  readonly date: string;
  /** The billing address that was given last. */
  readonly billingAddress?: Address;
  /** The order, once it is placed. */
  readonly order?: PlacedOrder;
}

/** A hold, and what is left of it. */
export interface AuthorizationView extends PaymentAuthorization {
  /** What is held still: less what was captured and reversed. */
  readonly balance: Amount;
}

/** A capture or a sale, and what is left of it. */
export interface PaymentView extends Payment {
  /** What of it can still be refunded. */
  readonly refundableAmount: Amount;
  /** What of it is applied to invoices. */
  readonly netApplied: Amount;
}

/** One call to the gateway, from its plan to its outcome. */
export interface StepView {
  /** What the gateway is asked to do. */
  readonly operation: GatewayOperation;
  /** What it is for. */
  readonly role: Role;
  /** Where it stands. */
  readonly status: StepStatus;
  /** How much. */
  readonly amount: Amount;
  /** In which currency. */
  readonly currencyIsoCode: Currency;
  /** The record it made. */
  readonly recordId?: string;
  /** The record it acts on. */
  readonly targetId?: string;
  /** Counts from 1; a new one only after a definite answer. */
  readonly attempt: number;
  /** How often this attempt was sent. */
  readonly deliveries: number;
  /** When it was written down. */
  readonly announcedAt?: string;
  /** When it was sent. */
  readonly sentAt?: string;
  /** What the gateway said. */
  readonly resultCode?: ResultCode;
  /** The gateway's own code. */
  readonly gatewayResultCode?: string;
}

/** Something that was asked for: under way, or over. */
export interface OperationView {
  /** Its id. */
  readonly id: string;
  /** What kind of request it serves. */
  readonly kind: OperationKind;
  /** Where it stands. */
  readonly status: OperationStatus;
  /** What it came to. */
  readonly conclusion?: Conclusion;
  /** The kind of payment, of a payment for a checkout. */
  readonly requestType?: RequestType;
  /** When it began. */
  readonly date: string;
  /** While it is under way: how often its unknown was asked about. */
  readonly tries?: number;
  /** While it is under way: when it was asked about last. */
  readonly lastTryAt?: string;
  /** While it is under way: when it is asked about next. */
  readonly nextTryAt?: string;
  /** Its calls to the gateway, in order. */
  readonly steps: readonly StepView[];
}

/** A release that did not succeed yet, and is retried until it has. */
export interface ReleaseOwedView {
  /** Its id. */
  readonly id: string;
  /** The record to be released. */
  readonly recordId: string;
  /** How: reverse or refund. */
  readonly operation: GatewayOperation;
  /** How much. */
  readonly amount: Amount;
  /** In which currency. */
  readonly currencyIsoCode: Currency;
  /** How often it was tried. */
  readonly tries: number;
  /** When it is tried next. */
  readonly nextTryAt: string;
  /** When it was tried last. */
  readonly lastTryAt?: string;
  /** Since when it is owed. */
  readonly date: string;
}

/** The payment that stands for a cart. */
export interface LivePaymentView {
  /** The kind of request that made it. */
  readonly type: RequestType;
  /** Its authorization or payment; a purchase order has the group's id. */
  readonly recordId: string;
}

/** How a cart differs from what was paid for. */
export interface CartChange {
  /** What is paid: authorized, captured and pending. */
  readonly paidAmount: Amount;
  /** In which currency. */
  readonly paidCurrencyIsoCode: Currency;
  /** The cart's grand total now. */
  readonly grandTotalAmount: Amount;
  /** What can be done about it. */
  readonly waysOut: readonly WayOut[];
}

/** The payments of a checkout: the records, what is under way, what is owed. */
export interface CheckoutPayments {
  /** What owns the records; absent until the first payment. */
  readonly paymentGroup?: CheckoutPaymentGroup;
  /** The cart's grand total. */
  readonly grandTotalAmount: Amount;
  /** Its currency. */
  readonly currencyIsoCode: Currency;
  /** The web store's policy. */
  readonly releaseOrder: ReleaseOrder;
  /** What is held, or was. */
  readonly paymentAuthorizations: readonly AuthorizationView[];
  /** What was reversed of it. */
  readonly paymentAuthAdjustments: readonly PaymentAuthAdjustment[];
  /** What was taken. */
  readonly payments: readonly PaymentView[];
  /** What was given back. */
  readonly refunds: readonly Refund[];
  /** The purchase order that the cart is paid by. */
  readonly purchaseOrder?: PurchaseOrder;
  /** Everything that was asked for, oldest first. */
  readonly operations: readonly OperationView[];
  /** Releases that did not succeed yet. */
  readonly releasesOwed: readonly ReleaseOwedView[];
  /** What is not over, oldest first. */
  readonly unresolved: readonly UnresolvedView[];
  /** The payment that stands for the cart. */
  readonly livePayment?: LivePaymentView;
  /** The cart is no longer the one that was paid for. */
  readonly cartChange?: CartChange;
}

/** One thing that was asked for, and why it went as it did. */
export interface ExplainedOperation {
  /** Its id. */
  readonly id: string;
  /** When it began. */
  readonly date: string;
  /** Where it stands. */
  readonly status: OperationStatus;
  /** What was decided. */
  readonly decided: string;
  /** By which rule. */
  readonly rule: string;
  /** On what evidence. */
  readonly evidence: readonly string[];
  /** What it came to. */
  readonly result: string;
}

/** Something that will happen. */
export interface ComingEvent {
  /** When, where that is known. */
  readonly at?: string;
  /** What. */
  readonly text: string;
}

/** What was decided for a cart, by which rule, on what evidence, and what will happen next, in plain sentences. */
export interface Explanation {
  /** What stands for the cart. */
  readonly now: readonly string[];
  /** What was asked for, oldest first. */
  readonly operations: readonly ExplainedOperation[];
  /** What will happen, soonest first. */
  readonly next: readonly ComingEvent[];
}

/** An order that is placed. */
export interface OrderPlaced {
  /** The order's number; a repeat gives the same. */
  readonly orderReferenceNumber: string;
  /** Empty. */
  readonly errors: readonly CheckoutError[];
}

/** Why an order can't be placed, and what can be done about it. */
export interface OrderRefusal {
  /** The one reason. */
  readonly errors: readonly CheckoutError[];
  /** What is paid: authorized, captured and pending. */
  readonly paidAmount: Amount;
  /** In which currency. */
  readonly paidCurrencyIsoCode: Currency;
  /** The cart's grand total. */
  readonly grandTotalAmount: Amount;
  /** Its currency. */
  readonly currencyIsoCode: Currency;
  /** What can be done about it. */
  readonly waysOut: readonly WayOut[];
}

/** Why an operation did not happen, or is not known to have. */
export interface OperationError {
  /** For programs. */
  readonly errorCode: ErrorCode;
  /** For people. */
  readonly message: string;
}

/** What the gateway said. */
export interface GatewayResponse {
  /** What it came to. */
  readonly salesforceResultCode: ResultCode;
  /** The gateway's own code. */
  readonly gatewayResultCode?: string;
  /** The gateway's words. */
  readonly gatewayMessage?: string;
  /** The gateway's id of what was made. */
  readonly gatewayReferenceNumber?: string;
  /** When it was sent. */
  readonly gatewayDate?: string;
  /** The gateway's authorization code. */
  readonly gatewayAuthorizationCode?: string;
  /** What the payer's page needs to go on. */
  readonly paymentData?: Readonly<Record<string, string>>;
}

/** What all records of the answers have. */
export interface AnsweredRecord {
  /** Its id. */
  readonly id: string;
  /** The payer. */
  readonly accountId?: string;
  /** How much. */
  readonly amount: Amount;
  /** In which currency. */
  readonly currencyIsoCode: Currency;
  /** When it takes effect. */
  readonly effectiveDate: string;
  /** Of an authorization: after this time nothing can be captured. */
  readonly expirationDate?: string;
  /** When it was asked for. */
  readonly requestDate: string;
  /** Where it stands; Pending until the gateway says what became of it. */
  readonly status: TransactionStatus;
}

/** An authorization that was made. */
export interface AuthorizationAnswer extends AnsweredRecord {
  /** Its number, for people. */
  readonly paymentAuthorizationNumber: string;
}

/** A payment that was made. */
export interface PaymentAnswer extends AnsweredRecord {
  /** Its number, for people. */
  readonly paymentNumber: string;
}

/** A reversal that was made. */
export interface AdjustmentAnswer extends AnsweredRecord {
  /** Its number, for people. */
  readonly paymentAuthAdjustmentNumber: string;
}

/** A refund that was made. */
export interface RefundAnswer extends AnsweredRecord {
  /** Its number, for people. */
  readonly refundNumber: string;
}

/** Where a payment method stands. */
export type MethodStatus =
  /** It can be used. */
  | "Active"
  /** Put aside; it can be used again once it is made active. */
  | "InActive"
  /** The gateway has to do something still before it can be used. */
  | "AwaitingPayment"
  /** The gateway says that it does not work. */
  | "Errored"
  /** Its time is over. */
  | "Expired"
  /** Given up for good. */
  | "Canceled";

/** A saved payment method that was made, or that was paid with. */
export interface PaymentMethodAnswer {
  /** Its id. */
  readonly id: string;
  /** Whose it is. */
  readonly accountId?: string;
  /** Where it stands. Of one that another aggregate owns it is known that it was Active. */
  readonly status: MethodStatus;
}

/** The group that a record belongs to. */
export interface PaymentGroupAnswer {
  /** Its id. */
  readonly id: string;
  /** What it is about. */
  readonly sourceObjectId?: string;
  /** Its one currency, where it has one. */
  readonly currencyIsoCode?: Currency;
}

/** The answer to an operation of the payments API: the record that was made, its group, and what the gateway said. */
export interface OperationAnswer {
  /** Why it did not happen, or is not known to have. */
  readonly error?: OperationError;
  /** What the gateway said. */
  readonly gatewayResponse?: GatewayResponse;
  /** The hold that was made, of an authorization or a post-authorization. */
  readonly paymentAuthorization?: AuthorizationAnswer;
  /** The payment that was made, of a capture or a sale. */
  readonly payment?: PaymentAnswer;
  /** The reversal that was made. */
  readonly paymentAuthAdjustment?: AdjustmentAnswer;
  /** The refund that was made. */
  readonly refund?: RefundAnswer;
  /** The saved payment method that was made, or that it was paid with. */
  readonly paymentMethod?: PaymentMethodAnswer;
  /** The group that the record belongs to. */
  readonly paymentGroup?: PaymentGroupAnswer;
}

/** Which object of the reference a method is. */
export type MethodObject =
  /** A card. */
  | "CardPaymentMethod"
  /** A wallet: Apple Pay, Google Pay. */
  | "DigitalWallet"
  /** Anything else that a gateway gives a token for, a bank account among them. */
  | "AlternativePaymentMethod"
  /** One whose token was made elsewhere. */
  | "SavedPaymentMethod";

/** A saved payment method. Its token is in no answer. */
export interface PaymentMethodView {
  /** Its id. */
  readonly id: string;
  /** Which object it is. */
  readonly object: MethodObject;
  /** Where it stands. */
  readonly status: MethodStatus;
  /** Whose it is. */
  readonly accountId: string;
  /** The gateway whose token it is. */
  readonly paymentGatewayId: string;
  /** The merchant account at that gateway, where there are several. */
  readonly merchantAccountId?: string;
  /** The gateway's name of the customer, who owns the token there. */
  readonly gatewayReference?: string;
  /** What is the same for the same card or account, whatever its token. */
  readonly checksum?: string;
  /** Whether the account uses it when nothing else is said. */
  readonly isDefault: boolean;
  /** The last month in which it can be used: 1 to 12. */
  readonly expiryMonth?: number;
  /** The year of that month, with four digits. */
  readonly expiryYear?: number;
  /** What its owner calls it. */
  readonly nickName?: string;
  /** When it was saved. */
  readonly createdDate: string;
  /** When it was changed last. */
  readonly lastModifiedDate: string;
  /** What else is known of it, by the names of the object's fields. */
  readonly details?: Readonly<Record<string, string>>;
  /** Whether the month of its expiry is over. */
  readonly isExpired: boolean;
}

/** A page of an account's payment methods. */
export interface PaymentMethodPage {
  /** The methods, oldest first. */
  readonly paymentMethods: readonly PaymentMethodView[];
  /** Where the next page begins; absent on the last one. */
  readonly nextPageToken?: string;
}

/** What became of a row. */
export type RowStatus =
  /** It was saved. */
  | "created"
  /** It changed a method that was there. */
  | "updated"
  /** It was there already, just so. */
  | "unchanged"
  /** It was not saved. */
  | "failed";

/** What became of one row. */
export interface ImportedRow {
  /** Its number, counted from one. */
  readonly row: number;
  /** What became of it. */
  readonly status: RowStatus;
  /** The payment method's id. */
  readonly id?: string;
  /** Why it was not saved. */
  readonly errors?: readonly PlatformFault[];
}

/** What became of each row of an import. */
export interface ImportReport {
  /** The rows, in order. */
  readonly rows: readonly ImportedRow[];
  /** How many were saved. */
  readonly created: number;
  /** How many changed a method that was there. */
  readonly updated: number;
  /** How many were there already, just so. */
  readonly unchanged: number;
  /** How many were not saved. */
  readonly failed: number;
}

/** The answer to a record that was made. */
export interface MadeRecord {
  /** Its id. */
  readonly id: string;
  /** Always true. */
  readonly success: boolean;
  /** Empty. */
  readonly errors: readonly PlatformFault[];
}

/** The line that applies a payment or a refund. */
export interface AppliedLine {
  /** Its id. */
  readonly id: string;
  /** When it was written. */
  readonly appliedDate: string;
}

/** The line that takes an application back. */
export interface UnappliedLine {
  /** Its id. */
  readonly id: string;
  /** When it was written. */
  readonly unappliedDate: string;
}

/** Where an invoice stands. */
export type InvoiceStatus =
  /** Nobody owes it yet. */
  | "Draft"
  /** It is owed, and payments can be applied. */
  | "Posted"
  /** It was owed, and is not any more. */
  | "Voided"
  /** It was given up before it was owed. */
  | "Canceled";

/** How far an invoice is settled. */
export type SettlementStatus =
  /** There is nothing to settle: it is not posted, or it costs nothing. */
  | "Not Applicable"
  /** Nothing is applied to it. */
  | "Not Settled"
  /** Something is owed still. */
  | "Partially Settled"
  /** Nothing is owed any more. */
  | "Settled";

/** What a line is for. */
export type InvoiceLineType =
  /** Something sold. */
  | "Charge"
  /** A correction of another line. */
  | "Adjustment"
  /** A tax. */
  | "Tax";

/** One line of an invoice, in the invoice's currency. */
export interface InvoiceLine {
  /** Our id. */
  readonly id: string;
  /** What it is for. */
  readonly type: InvoiceLineType;
  /** What is sold, for people. */
  readonly name?: string;
  /** The product, by the host's own id. */
  readonly productId?: string;
  /** How much of it. */
  readonly quantity?: Amount;
  /** What one of it costs; it may be finer than the currency. */
  readonly unitPrice?: Amount;
  /** What the line comes to without tax. */
  readonly lineAmount: Amount;
  /** The tax on it. */
  readonly taxAmount: Amount;
  /** What is applied of payments to this line now. */
  readonly netPaymentsApplied: Amount;
  /** What is applied of credits to this line now. */
  readonly netCreditsApplied: Amount;
}

/** One line of an invoice, and what of it is owed still. */
export interface InvoiceLineView extends InvoiceLine {
  /** What of it is owed still, as far as payments are applied to lines. */
  readonly balance: Amount;
}

/** An invoice with its lines and its settlement. */
export interface InvoiceView {
  /** Its id. */
  readonly id: string;
  /** Where it stands. */
  readonly status: InvoiceStatus;
  /** The name by which whoever brought it tells it from others. */
  readonly uniqueIdentifier?: string;
  /** Who owes it. */
  readonly billingAccountId?: string;
  /** Its currency, and that of its lines. */
  readonly currencyIsoCode: Currency;
  /** The day it is of. */
  readonly invoiceDate: string;
  /** The day it is due. */
  readonly dueDate?: string;
  /** When it was brought. */
  readonly createdDate: string;
  /** When it was posted. */
  readonly postedDate?: string;
  /** When it was voided or canceled. */
  readonly endedDate?: string;
  /** No payment is to be collected for it automatically. */
  readonly shouldExcludePayment: boolean;
  /** What it comes to. */
  readonly totalAmountWithTax: Amount;
  /** What is owed still. */
  readonly balance: Amount;
  /** What is applied of payments now. */
  readonly netPaymentsApplied: Amount;
  /** What is applied of credits now. */
  readonly netCreditsApplied: Amount;
  /** How far it is settled. */
  readonly settlementStatus: SettlementStatus;
  /** The level of what is applied now; none while nothing is. */
  readonly settlementLevel?: SettlementLevel;
  /** Since when nothing is owed any more. */
  readonly fullSettlementDate?: string;
  /** Its lines, in order. */
  readonly lines: readonly InvoiceLineView[];
}

/** The body that pays for a checkout. Amount and currency are the checkout's. */
export interface CheckoutPaymentInput {
  readonly requestType: "Auth" | "PostAuth" | "SimplePurchaseOrder";
  readonly paymentToken: string;
  readonly billingAddress?: CheckoutAddressInput;
  readonly paymentsData?: Readonly<Record<string, string>>;
}

/** A billing address. */
export interface CheckoutAddressInput {
  readonly name: string;
  readonly street: string;
  readonly city?: string;
  readonly region?: string;
  readonly country: string;
  readonly postalCode?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly isDefault?: boolean;
  readonly shipToPhoneNumber?: string;
}

/** The address of a payment method. */
export interface AddressInput {
  readonly street?: string;
  readonly city?: string;
  readonly state?: string;
  readonly country?: string;
  readonly postalCode?: string;
  readonly companyName?: string;
}

/** A card, by the gateway's token of it. */
export interface CardPaymentMethodInput {
  readonly gatewayToken: string;
  readonly gatewayTokenDetails?: string;
  readonly accountId?: string;
  readonly autoPay?: boolean;
  readonly cardCategory?: "CreditCard" | "DebitCard" | "Credit" | "Debit";
  readonly cardHolderFirstName?: string;
  readonly cardHolderLastName?: string;
  readonly cardHolderName?: string;
  readonly cardType?: "AmericanExpress" | "DinersClub" | "Discover" | "Jcb" | "Maestro" | "MasterCard" | "UnionPay" | "Visa";
  readonly cardLastFour?: string;
  readonly cardBin?: string;
  readonly expiryMonth?: number;
  readonly expiryYear?: number;
  readonly startMonth?: number;
  readonly startYear?: number;
  readonly nickName?: string;
  readonly email?: string;
  readonly comments?: string;
}

/** A wallet or the like, by the gateway's token of it. */
export interface AlternativePaymentMethodInput {
  readonly gatewayToken: string;
  readonly gatewayTokenDetails?: string;
  readonly accountId?: string;
  readonly name?: string;
  readonly email?: string;
  readonly comments?: string;
}

/** A card to be saved, by the gateway's single-use token of it. */
export interface CardToTokenizeInput {
  readonly gatewayToken: string;
  readonly gatewayTokenDetails?: string;
  readonly accountId: string;
  readonly autoPay?: boolean;
  readonly cardCategory?: "CreditCard" | "DebitCard" | "Credit" | "Debit";
  readonly cardHolderFirstName?: string;
  readonly cardHolderLastName?: string;
  readonly cardHolderName?: string;
  readonly cardType?: "AmericanExpress" | "DinersClub" | "Discover" | "Jcb" | "Maestro" | "MasterCard" | "UnionPay" | "Visa";
  readonly cardLastFour?: string;
  readonly cardBin?: string;
  readonly expiryMonth?: number;
  readonly expiryYear?: number;
  readonly startMonth?: number;
  readonly startYear?: number;
  readonly nickName?: string;
  readonly email?: string;
  readonly comments?: string;
}

/** A wallet or the like to be saved, by the gateway's single-use token of it. */
export interface AlternativeToTokenizeInput {
  readonly gatewayToken: string;
  readonly gatewayTokenDetails?: string;
  readonly accountId: string;
  readonly name?: string;
  readonly email?: string;
  readonly comments?: string;
}

/** A bank account, by the gateway's token of it. */
export interface BankPaymentMethodInput {
  readonly gatewayToken: string;
  readonly gatewayTokenDetails?: string;
  readonly accountId: string;
  readonly accountHolderType?: "Business" | "Individual";
  readonly accountHolderFirstName?: string;
  readonly accountHolderLastName?: string;
  readonly accountHolderName?: string;
  readonly accountType?: "Checking" | "Savings";
  readonly autoPay?: boolean;
  readonly bankCode?: string;
  readonly bankType?: "Ach" | "Bacs" | "Becs" | "SepaDebit";
  readonly last4?: string;
  readonly mandate?: string;
  readonly nickName?: string;
  readonly email?: string;
  readonly comments?: string;
  readonly standardEntryClassCode?: "CCD" | "PPD" | "TEL" | "WEB";
}

/** Exactly one of `id`, `cardPaymentMethod` and `alternativePaymentMethod`. */
export interface PaymentMethodInput {
  readonly id?: string;
  readonly cardPaymentMethod?: CardPaymentMethodInput;
  readonly alternativePaymentMethod?: AlternativePaymentMethodInput;
  readonly address?: AddressInput;
  readonly saveForFuture?: boolean;
}

/** Exactly one of `id`, `cardPaymentMethod` and `alternativePaymentMethod`. */
export interface SalePaymentMethodInput {
  readonly id?: string;
  readonly cardPaymentMethod?: CardPaymentMethodInput;
  readonly alternativePaymentMethod?: AlternativePaymentMethodInput;
  readonly address?: AddressInput;
  readonly saveForFuture?: boolean;
  readonly standardEntryClassCode?: "CCD" | "PPD" | "TEL" | "WEB";
}

/** A payment group to take part in, by its `id` alone, or to make. */
export interface PaymentGroupInput {
  readonly createPaymentGroup?: boolean;
  readonly currencyIsoCode?: Currency;
  readonly id?: string;
  readonly sourceObjectId?: string;
}

/** One line of level 3 data. */
export interface LineItemInput {
  readonly lineItemId?: string;
  readonly name?: string;
  readonly description?: string;
  readonly sku?: string;
  readonly commodityCode?: string;
  readonly quantity: number;
  readonly uom?: string;
  readonly unitPrice: Amount | number;
  readonly discount?: Amount | number;
  readonly discountIndicator?: boolean;
  readonly taxAmount?: Amount | number;
  readonly taxRate?: Amount | number;
  readonly shippingAmount?: Amount | number;
  readonly dutyAmount?: Amount | number;
  readonly grossNetIndicator?: "N" | "Y";
  readonly lineItemTotal: Amount | number;
  readonly additionalAttributes?: Readonly<Record<string, string>>;
}

/** Level 2 data, and level 3 data in its lines. */
export interface EnhancedPaymentDataInput {
  readonly discountAmount?: Amount | number;
  readonly dutyAmount?: Amount | number;
  readonly shippingAmount?: Amount | number;
  readonly salesTaxAmount?: Amount | number;
  readonly totalTaxAmount?: Amount | number;
  readonly taxRate?: Amount | number;
  readonly invoiceNumber?: string;
  readonly referenceId?: string;
  readonly shipFromZip?: string;
  readonly shipToZip?: string;
  readonly shipToCountry?: string;
  readonly additionalAttributes?: Readonly<Record<string, string>>;
  readonly lineItems?: readonly LineItemInput[];
}

/** The body of `POST …/authorizations`. */
export interface AuthorizationInput {
  readonly amount: Amount | number;
  readonly currencyIsoCode: Currency;
  readonly accountId: string;
  readonly effectiveDate?: string;
  readonly comments?: string;
  readonly paymentGatewayId?: string;
  readonly paymentGroup?: PaymentGroupInput;
  readonly paymentGroupId?: string;
  readonly paymentMethod: PaymentMethodInput;
  readonly additionalData?: Readonly<Record<string, string>>;
  readonly email?: string;
  readonly ipAddress?: string;
  readonly macAddress?: string;
  readonly phone?: string;
  readonly idempotencyKey?: string;
}

/** The body of `POST …/postAuths`. */
export interface PostAuthInput {
  readonly amount: Amount | number;
  readonly currencyIsoCode: Currency;
  readonly accountId: string;
  readonly effectiveDate?: string;
  readonly comments?: string;
  readonly paymentGatewayId?: string;
  readonly paymentGroup?: PaymentGroupInput;
  readonly paymentGroupId?: string;
  readonly paymentMethod: PaymentMethodInput;
  readonly additionalData?: Readonly<Record<string, string>>;
  readonly email?: string;
  readonly ipAddress?: string;
  readonly macAddress?: string;
  readonly phone?: string;
  readonly idempotencyKey?: string;
}

/** The body of `POST …/captures`. */
export interface CaptureInput {
  readonly amount: Amount | number;
  readonly accountId?: string;
  readonly effectiveDate?: string;
  readonly comments?: string;
  readonly paymentGroup?: PaymentGroupInput;
  readonly paymentGroupId?: string;
  readonly clientContext?: string;
  readonly additionalData?: Readonly<Record<string, string>>;
  readonly email?: string;
  readonly ipAddress?: string;
  readonly macAddress?: string;
  readonly phone?: string;
  readonly idempotencyKey?: string;
}

/** The body of `POST …/reversals`. */
export interface ReversalInput {
  readonly amount: Amount | number;
  readonly accountId?: string;
  readonly effectiveDate?: string;
  readonly comments?: string;
  readonly paymentGroup?: PaymentGroupInput;
  readonly paymentGroupId?: string;
  readonly additionalData?: Readonly<Record<string, string>>;
  readonly email?: string;
  readonly ipAddress?: string;
  readonly macAddress?: string;
  readonly phone?: string;
  readonly idempotencyKey?: string;
}

/** The body of `POST …/sales`. */
export interface SaleInput {
  readonly amount: Amount | number;
  readonly currencyIsoCode: Currency;
  readonly accountId?: string;
  readonly effectiveDate?: string;
  readonly comments?: string;
  readonly paymentGatewayId?: string;
  readonly paymentGroup?: PaymentGroupInput;
  readonly paymentGroupId?: string;
  readonly paymentMethod: SalePaymentMethodInput;
  readonly additionalData?: Readonly<Record<string, string>>;
  readonly email?: string;
  readonly ipAddress?: string;
  readonly macAddress?: string;
  readonly phone?: string;
  readonly idempotencyKey?: string;
  readonly enhancedPaymentData?: EnhancedPaymentDataInput;
  readonly paymentInitiationSourceId?: string;
  readonly submittedByMerchant?: boolean;
}

/** The body of `POST …/refunds`. */
export interface RefundInput {
  readonly amount: Amount | number;
  readonly accountId?: string;
  readonly effectiveDate?: string;
  readonly comments?: string;
  readonly paymentGroup?: PaymentGroupInput;
  readonly paymentGroupId?: string;
  readonly clientContext?: string;
  readonly additionalData?: Readonly<Record<string, string>>;
  readonly email?: string;
  readonly ipAddress?: string;
  readonly macAddress?: string;
  readonly phone?: string;
  readonly idempotencyKey?: string;
}

/** The body of `POST …/payment-methods`: exactly one of `cardPaymentMethod`, `alternativePaymentMethod` and `bankPaymentMethod`. */
export interface TokenizeInput {
  readonly paymentGatewayId?: string;
  readonly additionalData?: Readonly<Record<string, string>>;
  readonly email?: string;
  readonly ipAddress?: string;
  readonly macAddress?: string;
  readonly phone?: string;
  readonly idempotencyKey?: string;
  readonly savedByMerchant?: boolean;
  readonly address?: AddressInput;
  readonly cardPaymentMethod?: CardToTokenizeInput;
  readonly alternativePaymentMethod?: AlternativeToTokenizeInput;
  readonly bankPaymentMethod?: BankPaymentMethodInput;
}

/** The body that applies a payment to an invoice or to one of its lines. */
export interface ApplyPaymentInput {
  readonly appliedToId: string;
  readonly amount: Amount | number;
  readonly associatedAccountId?: string;
  readonly comments?: string;
  readonly effectiveDate?: string;
}

/** The body that takes the application of a payment back. */
export interface UnapplyPaymentInput {
  readonly comments?: string;
  readonly effectiveDate?: string;
}

/** The body that enters a refund at the payment that it gives back. */
export interface ApplyRefundInput {
  readonly appliedToId: string;
  readonly amount: Amount | number;
  readonly comments?: string;
  readonly effectiveDate?: string;
}

/** An invoice to be brought in, as a draft or posted. */
export interface InvoiceInput {
  readonly currencyIsoCode: Currency;
  readonly lines: readonly InvoiceLineInput[];
  readonly status?: "Draft" | "Posted";
  readonly uniqueIdentifier?: string;
  readonly billingAccountId?: string;
  readonly invoiceDate?: string;
  readonly dueDate?: string;
  readonly shouldExcludePayment?: boolean;
}

/** One line of an invoice. */
export interface InvoiceLineInput {
  readonly lineAmount: Amount | number;
  readonly taxAmount?: Amount | number;
  readonly type?: "Charge" | "Adjustment" | "Tax";
  readonly name?: string;
  readonly productId?: string;
  readonly quantity?: Amount | number;
  readonly unitPrice?: Amount | number;
}

/** A change of a saved payment method: what is not named stays. A month of expiry needs its year, and a year its month. */
export interface PaymentMethodChange {
  readonly isDefault?: boolean;
  readonly status?: "Active" | "InActive" | "AwaitingPayment" | "Errored" | "Expired" | "Canceled";
  readonly nickName?: string;
  readonly expiryMonth?: number;
  readonly expiryYear?: number;
}

/** A payment method whose token was made elsewhere. Names are read in any case. A card needs its month and year of expiry, an `extd_` type its `extendedPaymentMethodType`, an Active method its `gatewayToken`. */
export interface SavedPaymentMethodInput {
  readonly checksum: string;
  readonly paymentGatewayId: string;
  readonly referenceOwnerId: string;
  readonly gatewayReference: string;
  readonly type: "au_becs_debit" | "bacs_debit" | "bancontact" | "card" | "extd_apm_type" | "extd_wallet" | "ideal" | "sepa_debit" | "us_bank_account";
  readonly gatewayToken?: string;
  readonly extendedPaymentMethodType?: string;
  readonly last4?: string;
  readonly expiryMonth?: number;
  readonly expiryYear?: number;
  readonly issuer?: string;
  readonly network?: string;
  readonly name?: string;
  readonly nickName?: string;
  readonly status?: "Active" | "AwaitingPayment" | "Errored" | "Expired";
  readonly usageType?: "OffSession" | "OnSession" | "RestrictedOffSession";
  readonly isDefault?: boolean;
  readonly isMerchantCreated?: boolean;
  readonly merchantAccountId?: string;
  readonly accountHolderName?: string;
  readonly accountHolderEmail?: string;
  readonly asyncGatewayRefNumber?: string;
  readonly paymentMethodSubType?: string;
  readonly standardEntryClassCode?: "CCD" | "PPD" | "TEL" | "WEB";
  readonly billingStreet?: string;
  readonly billingCity?: string;
  readonly billingState?: string;
  readonly billingPostalCode?: string;
  readonly billingCountry?: string;
}

/** The members of answers that hold amounts: numbers in HTTP, decimal text here. */
export const AMOUNT_MEMBERS: ReadonlySet<string> = new Set(["amount", "balance", "discount", "discountAmount", "dutyAmount", "grandTotalAmount", "lineAmount", "lineItemTotal", "netApplied", "netCreditsApplied", "netPaymentsApplied", "paidAmount", "quantity", "refundableAmount", "salesTaxAmount", "shippingAmount", "taxAmount", "taxRate", "totalAmountWithTax", "totalTaxAmount", "unitPrice"]);
