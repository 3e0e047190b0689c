/**
 * The back office's client (`docs/payments-api.md`): every call of the payments API, each sent until it is answered, under one
 * idempotency key, so that a lost answer never does anything twice. Runs wherever there is `fetch`.
 */
import { parseWithAmounts } from "../client/amounts.js";
import { type Answer, refusalOf, sendRepeatedly } from "../client/transport.js";
import { PaymentsError } from "../errors.js";
import type {
  AuthorizationInput,
  CaptureInput,
  OperationResult,
  Outcome,
  PostAuthInput,
  RefundInput,
  ReversalInput,
  SaleInput,
} from "./types.js";

export type * from "./types.js";
export { PaymentsError, isPaymentsError } from "../errors.js";

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

/** Options of one call. */
export interface CallOptions {
  /** The key of an earlier try of the same call. Default: a new one, or the body's. */
  readonly idempotencyKey?: string;
  /** Ends the wait, not the operation. */
  readonly signal?: AbortSignal;
}

/**
 * The payments API. What the gateway refused, or nobody knows, is a result; what the store refused before anything was sent is a
 * thrown {@link PaymentsError}, `details.errors` naming the rule and the members.
 */
export interface AdminClient {
  /** Holds money on a payment method. */
  authorize(input: AuthorizationInput, options?: CallOptions): Promise<OperationResult>;
  /** Takes over a payment that was made outside. */
  postAuthorize(input: PostAuthInput, options?: CallOptions): Promise<OperationResult>;
  /** Takes money that an authorization holds; several captures may share it. */
  capture(authorizationId: string, input: CaptureInput, options?: CallOptions): Promise<OperationResult>;
  /** Lets go of money that an authorization holds, in whole or in part. */
  reverse(authorizationId: string, input: ReversalInput, options?: CallOptions): Promise<OperationResult>;
  /** Takes money at once. */
  sell(input: SaleInput, options?: CallOptions): Promise<OperationResult>;
  /** Gives back what a payment took, in whole or in part. */
  refund(paymentId: string, input: RefundInput, options?: CallOptions): Promise<OperationResult>;
}

/** The payments API of a store. */
export function createAdmin(options: AdminOptions): AdminClient {
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const version = options.apiVersion === undefined ? "" : `/services/data/v${options.apiVersion}`;
  const payments = `${options.baseUrl}${version}/commerce/payments`;
  const headers = { accept: "application/json", "content-type": "application/json", authorization: `Bearer ${options.token}` };
  const authorization = (id: string): string => `authorizations/${part("authorizationId", id)}`;

  return {
    authorize: (input, call) => post("authorizations", input, call),
    postAuthorize: (input, call) => post("postAuths", input, call),
    capture: async (id, input, call) => post(`${authorization(id)}/captures`, input, call),
    reverse: async (id, input, call) => post(`${authorization(id)}/reversals`, input, call),
    sell: (input, call) => post("sales", input, call),
    refund: async (id, input, call) => post(`payments/${part("paymentId", id)}/refunds`, input, call),
  };

  async function post(path: string, input: { readonly idempotencyKey?: string }, { idempotencyKey, signal }: CallOptions = {}): Promise<OperationResult> {
    const { idempotencyKey: inBody, ...body } = input;
    const key = idempotencyKey ?? inBody ?? crypto.randomUUID();
    const answer = await sendRepeatedly(fetch, {
      url: `${payments}/${path}`,
      method: "POST",
      headers: { ...headers, "idempotency-key": key },
      body: JSON.stringify(body),
      idempotencyKey: key,
      ...(signal === undefined ? {} : { signal }),
    });
    return resultOf(answer, key);
  }
}

function resultOf(answer: Answer, idempotencyKey: string): OperationResult {
  const { status } = answer;
  if (status !== 201 && status !== 202 && status !== 422) throw refusalOf(answer, idempotencyKey);
  const body = read(answer, idempotencyKey);
  // A list is what the store refused by itself, before anything was sent.
  if (Array.isArray(body)) throw refusalOf(answer, idempotencyKey);
  const result = body as Omit<OperationResult, "outcome" | "status" | "idempotencyKey">;
  return { ...result, outcome: outcomeOf(status, result), status, idempotencyKey };
}

function outcomeOf(status: 201 | 202 | 422, { error, payment, paymentAuthorization, paymentAuthAdjustment, refund }: Partial<OperationResult>): Outcome {
  if (status === 202) return "review";
  if (status === 201) {
    const record = payment ?? paymentAuthorization ?? paymentAuthAdjustment ?? refund;
    return record?.status === "Pending" ? "pending" : "succeeded";
  }
  switch (error?.errorCode) {
    case "PAYMENT_NOT_SENT":
      return "notSent";
    case "PAYMENT_INDETERMINATE":
      return "unknown";
    default:
      return "refused";
  }
}

function read(answer: Answer, idempotencyKey: string): unknown {
  try {
    return parseWithAmounts(answer.text);
  } catch {
    throw new PaymentsError("response_invalid", `The store answered with status ${answer.status} and a body that is not of this API.`, {
      details: { status: answer.status, idempotencyKey },
    });
  }
}

function part(name: string, id: string): string {
  if (typeof id !== "string" || id === "") throw new PaymentsError("argument_invalid", `'${name}' must be the id of a record.`, { path: name });
  return encodeURIComponent(id);
}
