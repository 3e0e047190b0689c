// Made from the Rust types by src/wire/typescript.rs; do not edit. `UPDATE_WIRE=1 cargo test --lib typescript` makes it anew.

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
  readonly standardEntryClassCode?: "CCD" | "PPD" | "TEL" | "WEB";
}

/** A payment group to take part in, or to make. */
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
  readonly paymentMethod: PaymentMethodInput;
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

/** The body of `POST …/payment-methods`. */
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
  readonly cardPaymentMethod?: CardPaymentMethodInput;
  readonly alternativePaymentMethod?: AlternativePaymentMethodInput;
  readonly bankPaymentMethod?: BankPaymentMethodInput;
}
