/** How requests leave: once each, and what is known about one that came to nothing. */

/** No answer. `sent` is false only when the connection provably never came about. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  readonly sent: boolean;

  constructor(sent: boolean) {
    super(sent ? "no readable answer" : "no connection");
    this.sent = sent;
  }
}

const NULL_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/**
 * A `fetch` for the SDK that makes exactly one request. The SDK sends once more by itself, whatever its settings, when it sees that a
 * connection was closed; so it is never shown why a request failed, nor given a body that still has to be read. A redirect is not
 * followed: it is an answer nobody asked for.
 */
export function sendOnce(fetchFn: typeof fetch): typeof fetch {
  return async (input, init) => {
    try {
      const response = await fetchFn(input, { ...init, redirect: "manual" });
      const text = await response.text();
      return new Response(NULL_BODY.has(response.status) ? null : text, { status: response.status, headers: response.headers });
    } catch (error) {
      throw new Unanswered(!isNeverConnected(error));
    }
  };
}

const BEFORE_SENDING: ReadonlySet<unknown> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

// Node's fetch says why in `cause`; with several addresses there is an error for each. A runtime that says nothing proves nothing.
function isNeverConnected(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, syscall, errors, cause } = error as { code?: unknown; syscall?: unknown; errors?: unknown; cause?: unknown };
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isNeverConnected);
  return BEFORE_SENDING.has(code) || syscall === "connect" || syscall === "getaddrinfo" || isNeverConnected(cause);
}
