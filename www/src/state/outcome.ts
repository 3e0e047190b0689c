import { type CheckoutPayment, type FieldError, isPaymentsError } from "../api/core";

/** What came of a payment request, as the page tells it. */
export type OutcomeKind =
  | "paid" // the payment stands
  | "challenge" // the bank asks the shopper something
  | "pending" // accepted; the bank tells the result later
  | "declined" // the bank said no
  | "unknown" // sent, and nobody knows yet what became of it
  | "release-failed" // the old payment could not be released, so it stands and nothing new was taken
  | "not-sent" // provably never reached the bank
  | "refused" // the request itself was refused
  | "busy" // another request for this checkout is under way
  | "gone" // the store has no such checkout any more
  | "cancelled"; // the shopper did not answer the bank's question

/** An outcome with the words the store gave. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly detail?: string;
  readonly fields?: readonly FieldError[];
  /** Where the bank asks its question, when it has a page of its own. */
  readonly bankPage?: string;
  /** What became of the payment there was before. */
  readonly earlier?: "stands" | "released";
}

/** Reads the answer to a payment request. */
export function readOutcome({ status, salesforceResultCode, errors, paymentData }: CheckoutPayment): Outcome {
  if (status === 201) return { kind: "paid" };
  if (status === 202) return readQuestion(paymentData);
  const [problem] = errors;
  const kind = kindOf(salesforceResultCode, problem?.type ?? "");
  return { kind, ...(problem && { detail: problem.detail }), ...(problem?.invalidParameters?.length && { fields: problem.invalidParameters }) };
}

/** Reads what was thrown instead of an answer. What may have reached the bank is unknown, never failed. */
export function readFailure(error: unknown): Outcome {
  if (!isPaymentsError(error)) return { kind: "unknown" };
  switch (error.code) {
    case "checkout_conflict":
    case "rate_limited":
      return { kind: "busy" };
    case "checkout_not_found":
      return { kind: "gone" };
    case "network_failed":
    case "aborted":
    case "service_unavailable":
    case "response_invalid":
      return { kind: "unknown" };
    default:
      return { kind: "refused", detail: error.message };
  }
}

function kindOf(resultCode: CheckoutPayment["salesforceResultCode"], type: string): OutcomeKind {
  if (type.endsWith("payment-indeterminate")) return "unknown";
  if (type.endsWith("payment-release-failure")) return "release-failed";
  if (resultCode === "Decline") return "declined";
  if (resultCode === "SystemError") return "not-sent";
  return "refused";
}

// `paymentData` is text that holds an object: with something in it, the bank wants the shopper; empty, it only takes its time.
function readQuestion(paymentData: unknown): Outcome {
  const data: unknown = typeof paymentData === "string" ? JSON.parse(paymentData) : paymentData;
  if (typeof data !== "object" || data === null || Object.keys(data).length === 0) return { kind: "pending" };
  const { redirectUrl } = data as { redirectUrl?: unknown };
  const hasPage = typeof redirectUrl === "string" && redirectUrl.startsWith("https://");
  return { kind: "challenge", ...(hasPage ? { bankPage: redirectUrl } : {}) };
}
