/**
 * The simulator's own books: every payment it ever made, what was done to each, and every key it was given. Apart from the store, so that
 * they tell the truth whatever becomes of it (DESIGN §7). Kept in a file by `sql-books.ts`, in memory by `memory-books.ts`.
 */
import { fromMinorUnits } from "../../minor-units.js";
import type { GatewayOperation } from "../../wire.js";

/** A payment as the gateway knows it. Amounts in minor units. */
export interface BookedPayment {
  readonly reference: string;
  readonly groupId: string | undefined;
  readonly ourReference: string | undefined;
  readonly token: string;
  readonly operation: GatewayOperation;
  readonly currencyIsoCode: string;
  readonly script: string;
  /** Made by `POST /simulator/payments`, outside of any checkout. */
  readonly minted: boolean;
  /** Captured as soon as it is authorized. */
  readonly sale: boolean;
  /** `review`: asked for, nothing happened yet. `pending`: accepted, nothing happened yet. */
  readonly state: "live" | "review" | "pending" | "failed";
  /** What a review or a pending payment is about. */
  readonly asked: bigint;
  readonly authorized: bigint;
  readonly reversed: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
}

/** A capture, reversal or refund. */
export interface BookedEffect {
  readonly reference: string;
  readonly paymentReference: string;
  readonly ourReference: string;
  readonly operation: "capture" | "reverse" | "refund";
  readonly amount: bigint;
  readonly state: "done" | "pending" | "failed";
}

/** One delivery under an idempotency key. */
export interface BookedRequest {
  readonly key: string;
  readonly at: number;
  readonly fingerprint: string;
  readonly operation: GatewayOperation;
  readonly ourReference: string;
  readonly paymentReference: string | undefined;
  /** The definite result, JSON; undefined = it never arrived. */
  readonly result: string | undefined;
}

/** The books. What is joined by {@link Books.atomically} is written as one. */
export interface Books {
  /** A hold is captured once; what that leaves is let go of, and booked as reversed. */
  readonly captureReleasesRest: boolean;
  /** Runs `work` as one write: kept when this returns, undone when it throws. */
  atomically<T>(work: () => T): T;
  payment(reference: string): BookedPayment | undefined;
  /** The payment with this reference, or the one whose capture, reversal or refund has it. */
  paymentActedOn(reference: string): BookedPayment | undefined;
  mintedPayment(token: string): BookedPayment | undefined;
  /** The newest of the caller's name. */
  paymentByOurs(ourReference: string): BookedPayment | undefined;
  /** The oldest first. */
  paymentsOfGroup(groupId: string): BookedPayment[];
  putPayment(payment: BookedPayment): void;
  effect(reference: string): BookedEffect | undefined;
  /** The newest of the caller's name. */
  effectByOurs(ourReference: string): BookedEffect | undefined;
  /** What pending captures, reversals or refunds of a payment are about: no other may count on it. */
  pendingAmount(paymentReference: string, operation: BookedEffect["operation"]): bigint;
  putEffect(effect: BookedEffect): void;
  request(key: string): BookedRequest | undefined;
  /** The last request about one of the caller's records that arrived here, successes first. */
  requestByOurs(ourReference: string, operation: string | undefined): BookedRequest | undefined;
  /** The keys of the requests about a payment, the oldest first. */
  keysOf(paymentReference: string): string[];
  putRequest(request: BookedRequest): void;
  /** Whether this is the first delivery of `operation` within `scope`; the next one is not. */
  firstDelivery(scope: string, operation: string): boolean;
  close(): void;
}

/** The books of a group as `GET /simulator/books` gives them: amounts as JSON numbers, printed from the exact ones. */
export function groupJson(books: Books, groupId: string): string {
  const payments = books.paymentsOfGroup(groupId).filter(({ state }) => state !== "review");
  return `{"payments":[${payments.map((payment) => paymentJson(books, payment)).join(",")}]}`;
}

function paymentJson(books: Books, payment: BookedPayment): string {
  const amount = (units: bigint): string => fromMinorUnits(units, payment.currencyIsoCode);
  const members = [
    ["reference", JSON.stringify(payment.reference)],
    ["groupId", JSON.stringify(payment.groupId ?? null)],
    ["operation", JSON.stringify(payment.operation)],
    ["state", JSON.stringify(payment.state)],
    ["currencyIsoCode", JSON.stringify(payment.currencyIsoCode)],
    ["authorized", amount(payment.authorized)],
    ["reversed", amount(payment.reversed)],
    ["captured", amount(payment.captured)],
    ["refunded", amount(payment.refunded)],
    ["keys", JSON.stringify(books.keysOf(payment.reference))],
  ];
  return `{${members.map(([name, value]) => `"${name}":${value}`).join(",")}}`;
}
