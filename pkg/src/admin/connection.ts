/** Talking to a store's API as its back office: every change under one idempotency key, and every request until it is answered. */
import { parseWithTexts } from "../client/amounts.js";
import { type Answer, type Repeatable, refusalOf, sendRepeatedly } from "../client/transport.js";
import { PaymentsError } from "../errors.js";
import { AMOUNT_MEMBERS } from "../wire.js";

/** The newest version of the interface. */
const NEWEST_VERSION = "67.0";

/** What {@link createAdmin} takes. */
export interface AdminOptions {
  /** Where the store's API is, e.g. `https://shop.example`. */
  readonly baseUrl: string;
  /** The back office's token, sent as `Authorization: Bearer`. It belongs on a server, never in a page. */
  readonly token: string;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** E.g. `"67.0"`; without it the newest. */
  readonly apiVersion?: string;
}

/** Options of a call that reads. */
export interface ReadOptions {
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/** Options of a call that changes something. */
export interface CallOptions {
  /** The key of an earlier try of the same call. Default: a new one, or the body's. */
  readonly idempotencyKey?: string;
  /** Ends the wait, not what was asked for. */
  readonly signal?: AbortSignal;
}

/** A request that changes something. */
export interface Change {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** Behind the version. */
  readonly path: string;
  /** Sent as JSON; a text as it stands. */
  readonly body?: unknown;
  /** Default: `application/json`. */
  readonly contentType?: string;
}

/** An answer, and the key it was asked under. */
export interface Answered extends Answer {
  readonly idempotencyKey?: string;
}

/** A store's API. */
export interface Connection {
  /** Sends a change until it is answered, always under the same key. */
  change(change: Change, options?: CallOptions): Promise<Answered>;
  /** Asks until it is answered. The path is behind the version, or begins with `/services/data`. */
  read(path: string, options?: ReadOptions, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

/** The API that these options lead to. */
export function connect(options: AdminOptions): Connection {
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const version = `/services/data/v${options.apiVersion ?? NEWEST_VERSION}`;
  const address = (path: string): string => `${options.baseUrl}${path.startsWith("/services/data/") ? path : `${version}${path}`}`;
  const always = { accept: "application/json", authorization: `Bearer ${options.token}` };
  const send = (request: Repeatable, signal: AbortSignal | undefined): Promise<Answer> =>
    sendRepeatedly(fetch, { ...request, ...(signal === undefined ? {} : { signal }) });

  return {
    async change({ method, path, body, contentType = "application/json" }, { idempotencyKey = crypto.randomUUID(), signal } = {}) {
      const headers = { ...always, "idempotency-key": idempotencyKey, ...(body === undefined ? {} : { "content-type": contentType }) };
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const request = { url: address(path), method, headers, idempotencyKey, ...(body === undefined ? {} : { body: text }) };
      return { ...(await send(request, signal)), idempotencyKey };
    },
    read: (path, { signal } = {}, headers = {}) => send({ url: address(path), method: "GET", headers: { ...always, ...headers } }, signal),
  };
}

/** The body of an answer that is 200 or 201, with amounts as text. Throws what the store refused. */
export function bodyOf<T>(answer: Answered, parse: (text: string) => unknown = parseAmounts): T {
  if (answer.status !== 200 && answer.status !== 201) throw refusalOf(answer, answer.idempotencyKey);
  return parsed(answer, parse) as T;
}

/** Of an answer without a body: throws what the store refused. */
export function done(answer: Answered): void {
  if (answer.status !== 204) throw refusalOf(answer, answer.idempotencyKey);
}

/** The body of an answer, whatever its status, with amounts as text. Throws `response_invalid`. */
export function parsed(answer: Answered, parse: (text: string) => unknown = parseAmounts): unknown {
  try {
    return parse(answer.text);
  } catch {
    throw new PaymentsError("response_invalid", `The store answered with status ${answer.status} and a body that is not of this API.`, {
      details: { status: answer.status, ...(answer.idempotencyKey === undefined ? {} : { idempotencyKey: answer.idempotencyKey }) },
    });
  }
}

/** An id as part of an address. Throws `argument_invalid`, naming the argument, when it is none. */
export function part(name: string, id: string): string {
  if (typeof id !== "string" || id === "") throw new PaymentsError("argument_invalid", `'${name}' must be an id.`, { path: name });
  return encodeURIComponent(id);
}

function parseAmounts(text: string): unknown {
  return parseWithTexts(text, (member) => AMOUNT_MEMBERS.has(member));
}
