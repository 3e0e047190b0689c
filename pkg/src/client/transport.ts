/**
 * Sending a request until it is answered. Every repeat carries the same idempotency key, so that it can't pay twice;
 * every repeat is bounded, so that the shopper gets an answer.
 */
import { type ErrorCode, type ErrorDetails, PaymentsError } from "../errors.js";

/** Waits before each repeat, in milliseconds: about 6 s in all, as long as a shopper watches a spinner. */
const WAITS_MS = [150, 300, 600, 1200, 1800, 2400];
const MAX_WAIT_MS = 10_000;
// Answers that say "not now": the store is busy with this checkout, overloaded, or unreachable behind its proxy.
const REPEATABLE: ReadonlySet<number> = new Set([409, 429, 502, 503, 504]);

/** A request that can be sent again. */
export interface Repeatable {
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends until there is a final answer. Throws `network_failed` or `aborted`; a busy answer that stays is returned. */
export async function sendRepeatedly(fetch: typeof globalThis.fetch, request: Repeatable): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const last = attempt >= WAITS_MS.length;
    const answer = await sendOnce(fetch, request);
    if (answer instanceof PaymentsError) {
      if (last || !answer.retryable) throw answer;
    } else if (last || !REPEATABLE.has(answer.status)) {
      return answer;
    }
    const asked = answer instanceof PaymentsError ? 0 : answer.retryAfterMs;
    await pause(Math.min(Math.max(jittered(WAITS_MS[attempt] ?? 0), asked), MAX_WAIT_MS), request);
  }
}

/** The error that a refused request amounts to. */
export function refusalOf(answer: Answer, idempotencyKey: string | undefined): PaymentsError {
  const errors = errorList(answer.text);
  const first = errors?.[0] as { errorCode?: string; message?: string; detail?: string } | undefined;
  const code = errors === undefined ? "response_invalid" : codeOf(answer.status, first?.errorCode);
  const message = first?.message ?? first?.detail ?? `The store answered with status ${answer.status}.`;
  return new PaymentsError(code, message, {
    retryable: REPEATABLE.has(answer.status),
    details: { status: answer.status, ...(errors === undefined ? {} : { errors }), ...keyDetail(idempotencyKey) },
  });
}

async function sendOnce(fetch: typeof globalThis.fetch, request: Repeatable): Promise<(Answer & { retryAfterMs: number }) | PaymentsError> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      credentials: "same-origin",
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    // The body is part of the answer: a connection that breaks within it is a lost answer too.
    return { status: response.status, text: await response.text(), retryAfterMs: 1000 * (Number(response.headers.get("retry-after")) || 0) };
  } catch (cause) {
    if (request.signal?.aborted === true) return aborted(request);
    return new PaymentsError("network_failed", "No answer came from the store. Repeating with the same idempotency key never pays twice.", {
      retryable: true,
      details: { cause, ...keyDetail(request.idempotencyKey) },
    });
  }
}

function pause(ms: number, request: Repeatable): Promise<void> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    if (signal?.aborted === true) return reject(aborted(request));
    const end = (): void => {
      clearTimeout(timer);
      reject(aborted(request));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}

function aborted(request: Repeatable): PaymentsError {
  return new PaymentsError("aborted", "The wait was ended. The payment may have happened: repeat with the same idempotency key to know.", {
    details: keyDetail(request.idempotencyKey),
  });
}

// Two tabs that met each other shall not meet again at every repeat.
function jittered(ms: number): number {
  return ms * (0.75 + Math.random() / 2);
}

function keyDetail(idempotencyKey: string | undefined): ErrorDetails {
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}

function errorList(text: string): readonly unknown[] | undefined {
  try {
    const body = JSON.parse(text) as unknown;
    if (Array.isArray(body)) return body;
    const { errors } = (body ?? {}) as { errors?: unknown };
    return Array.isArray(errors) ? errors : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(status: number, errorCode: string | undefined): ErrorCode {
  switch (status) {
    case 400:
    case 405:
    case 413:
    case 415:
      return "request_invalid";
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return errorCode === "CHECKOUT_NOT_FOUND" ? "checkout_not_found" : "not_found";
    case 409:
      return errorCode === "PAYMENT_CONFLICT" ? "payment_conflict" : "checkout_conflict";
    case 422:
      return "operation_refused";
    case 429:
      return "rate_limited";
    default:
      return status >= 500 ? "service_unavailable" : "response_invalid";
  }
}
