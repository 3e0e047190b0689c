/** What the gateway is asked to do: hold, capture, reverse, sell, refund, tokenize (`docs/payments-api.md`). */
import { refusalOf } from "../client/transport.js";
import type {
  AuthorizationInput,
  CaptureInput,
  OperationAnswer,
  PostAuthInput,
  RefundInput,
  ReversalInput,
  SaleInput,
} from "../wire.js";
import { type Answered, type CallOptions, type Connection, parsed, part } from "./connection.js";
import type { OperationResult, Outcome } from "./types.js";

/**
 * The operations of the gateway. What the gateway refused, or nobody knows, is a result; what the store refused before anything was
 * sent is thrown.
 */
export interface Operations {
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

/** The operations over this connection. */
export function operationsOf(connection: Connection): Operations {
  const authorization = (id: string): string => `authorizations/${part("authorizationId", id)}`;
  const ask = (path: string, input: Keyed, options?: CallOptions): Promise<OperationResult> => operate(connection, path, input, options);
  return {
    authorize: (input, options) => ask("authorizations", input, options),
    postAuthorize: (input, options) => ask("postAuths", input, options),
    capture: async (id, input, options) => ask(`${authorization(id)}/captures`, input, options),
    reverse: async (id, input, options) => ask(`${authorization(id)}/reversals`, input, options),
    sell: (input, options) => ask("sales", input, options),
    refund: async (id, input, options) => ask(`payments/${part("paymentId", id)}/refunds`, input, options),
  };
}

/** A body that may bring its own key. */
interface Keyed {
  readonly idempotencyKey?: string;
}

/** Asks for one operation, by its path. */
export async function operate(connection: Connection, path: string, input: Keyed, options: CallOptions = {}): Promise<OperationResult> {
  const { idempotencyKey: inBody, ...body } = input;
  const key = options.idempotencyKey ?? inBody;
  const answer = await connection.change({ method: "POST", path: `/commerce/payments/${path}`, body }, { ...options, ...(key === undefined ? {} : { idempotencyKey: key }) });
  return resultOf(answer);
}

function resultOf(answer: Answered): OperationResult {
  const { status, idempotencyKey = "" } = answer;
  if (status !== 201 && status !== 202 && status !== 422) throw refusalOf(answer, idempotencyKey);
  const body = parsed(answer);
  // A list is what the store refused by itself, before anything was sent.
  if (Array.isArray(body)) throw refusalOf(answer, idempotencyKey);
  const result = body as OperationAnswer;
  return { ...result, outcome: outcomeOf(status, result), status, idempotencyKey };
}

function outcomeOf(status: 201 | 202 | 422, answer: OperationAnswer): Outcome {
  const { error, gatewayResponse, payment, paymentAuthorization, paymentAuthAdjustment, refund } = answer;
  if (status === 202) return gatewayResponse?.salesforceResultCode === "RequiresReview" ? "review" : "pending";
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
