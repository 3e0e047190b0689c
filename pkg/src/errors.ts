/**
 * The one error class of this package and its closed list of codes (DESIGN §3 "Boundary", §10).
 *
 * A decline is no error: it is an outcome, returned like any other answer. Errors are what kept the question from
 * being answered at all.
 */

/** What went wrong; append-only. Branch on this, never on the message. */
export type ErrorCode =
  /** A function was called before `await init()`. */
  | "core_not_initialised"
  /** The WebAssembly module could not be fetched, read or compiled; `details.cause` says why. */
  | "core_load_failed"
  /** A bug of ours: the core stopped. Its instance was reset, the next call works. Please report. */
  | "core_panicked"
  /** The core answered what this version of the package can't read: the wasm is of another version. */
  | "core_version_mismatch"
  /** An argument has the wrong type or form; `path` names it. */
  | "argument_invalid"
  /** 400: the request is malformed; `details.fields` and `details.errors` say where. */
  | "request_invalid"
  /** 401: no session, or it has ended. */
  | "unauthorized"
  /** 403: the session may not do this. */
  | "forbidden"
  /** 404: no such checkout, or another shopper's. */
  | "checkout_not_found"
  /** 404 of anything else. */
  | "not_found"
  /** 409, and it stayed so over every repeat: another request for this checkout is under way. */
  | "checkout_conflict"
  /** 409 of the payments API, and it stayed so over every repeat: another request for this payment group is under way. */
  | "payment_conflict"
  /** 422 of the payments API: a rule refused it before anything was sent; `details.errors` names the rule and the members. */
  | "operation_refused"
  /** 422 to an order: `details.errors` says both amounts. */
  | "order_refused"
  /** 429, and it stayed so over every repeat. */
  | "rate_limited"
  /** 503 and the like, and it stayed so over every repeat. */
  | "service_unavailable"
  /** No answer came. A repeat with `details.idempotencyKey` never charges twice. */
  | "network_failed"
  /** The caller's signal ended the wait; the payment may have happened. Repeat with `details.idempotencyKey`. */
  | "aborted"
  /** An answer came that is not of this API. */
  | "response_invalid"
  /** The store's file belongs to another process, or to another version of this package. */
  | "store_unusable";

/** One field of a request and what is wrong with it. */
export interface FieldError {
  /** Path of the field, e.g. `billingAddress.country`. */
  readonly name: string;
  /** What is wrong, as a sentence for people. */
  readonly detail: string;
}

/** What an error knows beyond its code. Members are there when they are known. */
export interface ErrorDetails {
  /** The HTTP status that was answered. */
  readonly status?: number;
  /** The fields at fault. */
  readonly fields?: readonly FieldError[];
  /** The `errors` or error list of the answer, as it came. */
  readonly errors?: readonly unknown[];
  /** The key to repeat the request with. */
  readonly idempotencyKey?: string;
  /** The error that caused this one. */
  readonly cause?: unknown;
}

const BRAND = "checkout-payments/PaymentsError";

/** Every error this package throws on purpose. */
export class PaymentsError extends Error {
  /** The class's name as a literal: it survives minifiers. */
  override readonly name = "PaymentsError";
  /** Recognised by {@link isPaymentsError} even when two copies of the package are loaded. */
  readonly brand = BRAND;
  /** What went wrong. */
  readonly code: ErrorCode;
  /** The argument or field at fault. */
  readonly path?: string;
  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean;
  /** What else is known. */
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { path?: string; retryable?: boolean; details?: ErrorDetails } = {}) {
    super(message, options.details?.cause === undefined ? undefined : { cause: options.details.cause });
    this.code = code;
    if (options.path !== undefined) this.path = options.path;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }
}

/** Whether `value` is a {@link PaymentsError}, also one of another copy of this package (`instanceof` would say no). */
export function isPaymentsError(value: unknown): value is PaymentsError {
  return typeof value === "object" && value !== null && (value as { brand?: unknown }).brand === BRAND;
}
