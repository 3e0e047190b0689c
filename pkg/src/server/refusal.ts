/** What the host refuses by itself, before or instead of asking the core: `[{errorCode, message}]` (DESIGN §5). */
import { isPaymentsError } from "../errors.js";

/** A request the host refuses. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly errorCode: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, errorCode: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.headers = headers;
  }
}

/** The store threw: disk full, read-only, held by somebody, gone. Answered with 503; nothing is sent after it. */
export class StoreFailure extends Error {
  override readonly name = "StoreFailure";

  constructor(cause: unknown) {
    super("the store failed", { cause });
  }
}

/** The answer to a refused request. */
export function refusalResponse(refusal: Refusal): Response {
  return new Response(JSON.stringify([{ errorCode: refusal.errorCode, message: refusal.message }]), {
    status: refusal.status,
    headers: { "content-type": "application/json", ...refusal.headers },
  });
}

/** The refusal that an exception amounts to. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreFailure) {
    return new Refusal(503, "SERVER_UNAVAILABLE", "The store can't be used at the moment. Repeat the request with the same idempotency key.", {
      "retry-after": "2",
    });
  }
  if (isPaymentsError(error) && (error.code === "core_load_failed" || error.code === "core_not_initialised")) {
    return new Refusal(500, "INTERNAL_ERROR", "The payments core could not be loaded, and nothing was decided. The server's log says why.");
  }
  if (isPaymentsError(error)) {
    return new Refusal(500, "INTERNAL_ERROR", "The payments core stopped; it has been started afresh. Repeat the request with the same idempotency key.");
  }
  return new Refusal(500, "UNKNOWN_EXCEPTION", "Something went wrong here. Repeat the request with the same idempotency key.");
}
