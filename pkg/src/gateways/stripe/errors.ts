/**
 * What an exception of the SDK proves. The rule (DESIGN §6): never sent is SystemError; Stripe's own refusal is what the table says; sent
 * without Stripe's readable word is Indeterminate, whatever the status.
 */
import { NotSentError, type Outcome } from "../../server/ports.js";
import { scrub } from "../../server/scrub.js";
import { type CodeMeaning, meaningOf } from "./codes.js";
import { Unanswered } from "./transport.js";

/** The way out of an operation whose outcome is known. */
export class Settled extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.resultCode);
    this.outcome = outcome;
  }
}

/** An answer that is not of Stripe's form. */
export class Unreadable extends Error {}

/** What Stripe says about a failure, in an answer or in an intent. */
export interface StripeFailure {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly decline_code?: unknown;
  readonly advice_code?: unknown;
  readonly message?: unknown;
  readonly payment_intent?: unknown;
  readonly setup_intent?: unknown;
}

/** The outcome of a request that failed so. Throws {@link NotSentError} when it never left. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof Settled) return error.outcome;
  if (error instanceof Unreadable) return indeterminate("unreadable", "Stripe's answer can't be read");
  if (isNeverSent(error)) throw new NotSentError();
  const { statusCode, headers, raw } = asStripeError(error);
  if (typeof statusCode !== "number" || typeof raw?.type !== "string") return indeterminate("no_answer", "no readable answer");
  const outcome = outcomeOfAnswer(statusCode, raw);
  return headers?.["idempotent-replayed"] === "true" ? { ...outcome, replayed: true } : outcome;
}

/** Whether the request provably never left. */
export function isNeverSent(error: unknown): boolean {
  const { detail } = asStripeError(error);
  return detail instanceof Unanswered && !detail.sent;
}

/** Whether Stripe itself says that there is no such object. */
export function isMissing(error: unknown): boolean {
  const { statusCode, raw } = asStripeError(error);
  return statusCode === 404 && typeof raw?.type === "string";
}

/** Whether Stripe itself refused the request for what it says. */
export function isInvalidRequest(error: unknown): boolean {
  const { statusCode, raw } = asStripeError(error);
  return (statusCode === 400 || statusCode === 404) && raw?.type === "invalid_request_error";
}

/** A refusal, by what Stripe says about it. */
export function refusalOf(failure: StripeFailure, kind: "card_error" | "invalid_request_error"): Outcome {
  const code = [failure.decline_code, failure.code].find((code) => typeof code === "string" && code !== "") as string | undefined;
  const advised = failure.advice_code === "do_not_try_again" ? meaningOf("do_not_try_again") : undefined;
  const meaning = advised ?? meaningOf(code) ?? meaningOf(textOf(failure.code));
  return {
    resultCode: meaning?.resultCode ?? (kind === "card_error" ? "Decline" : "ValidationError"),
    gatewayResultCode: clip(code ?? kind, 64),
    ...retryOf(meaning),
    ...(typeof failure.message === "string" ? { gatewayMessage: clip(failure.message, 255) } : {}),
  };
}

/** A refusal of our own, made before anything was sent. */
export function refused(gatewayResultCode: string, gatewayMessage: string): Outcome {
  return { resultCode: "ValidationError", gatewayResultCode, gatewayMessage };
}

/** Nobody knows. */
export function indeterminate(gatewayResultCode: string, gatewayMessage: string): Outcome {
  return { resultCode: "Indeterminate", gatewayResultCode, gatewayMessage };
}

/** Stripe's words, without what looks like a key, a client secret, a payment token or a card number, and not too long. */
export function clip(text: string, max: number): string {
  return scrub(text).replaceAll(SECRET, "[removed]").slice(0, max);
}

const SECRET = /\b(?:[srp]k|whsec|pm|tok|src)_[\w*]+|_secret_\w+/g;

const TYPES: ReadonlySet<unknown> = new Set(["api_error", "card_error", "idempotency_error", "invalid_request_error", "rate_limit_error", "authentication_error"]);

function outcomeOfAnswer(status: number, raw: StripeFailure): Outcome {
  const answered = { ...(typeof raw.message === "string" ? { gatewayMessage: clip(raw.message, 255) } : {}), ...referenceIn(raw) };
  const code = clip(textOf(raw.code) ?? `http_${status}`, 64);
  const unknown: Outcome = { resultCode: "Indeterminate", gatewayResultCode: code, ...answered };
  // What stands between us and Stripe answers in JSON, too. And the same key with other parameters: something was done under it, and this
  // does not say what.
  if (!TYPES.has(raw.type) || raw.type === "idempotency_error") return unknown;
  // An unknown or foreign key, or one without the right: refused before the request is looked at.
  const meaning = meaningOf(textOf(raw.code));
  if (status === 401 || status === 403) return { resultCode: "SystemError", gatewayResultCode: code, ...retryOf(meaning), ...answered };
  // The limiters stand before the idempotency layer; a lock's time-out comes after the work has begun (the table knows which is which).
  if (status === 429) return { ...unknown, resultCode: meaning?.resultCode ?? "Indeterminate", ...retryOf(meaning) };
  if (status === 402 || ((status === 400 || status === 404) && (raw.type === "card_error" || raw.type === "invalid_request_error"))) {
    return { ...refusalOf(raw, status === 402 ? "card_error" : "invalid_request_error"), ...referenceIn(raw) };
  }
  return unknown;
}

// What is unknown is asked about; whether to try anew is no question then.
function retryOf(meaning: CodeMeaning | undefined): Pick<Outcome, "retryCategory" | "retryDecision"> {
  if (meaning === undefined || meaning.resultCode === "Indeterminate") return {};
  return { retryCategory: meaning.retryCategory, retryDecision: meaning.retryDecision };
}

// A declined payment has an intent all the same; the books should name it.
function referenceIn(raw: StripeFailure): Pick<Outcome, "gatewayReference"> {
  const id = (raw.payment_intent as { id?: unknown } | undefined)?.id ?? (raw.setup_intent as { id?: unknown } | undefined)?.id;
  return typeof id === "string" ? { gatewayReference: id } : {};
}

interface StripeErrorLike {
  readonly detail?: unknown;
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly raw?: StripeFailure;
}

function asStripeError(error: unknown): StripeErrorLike {
  return typeof error === "object" && error !== null ? (error as StripeErrorLike) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
