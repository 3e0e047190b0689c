// The shapes of the store's answers, as far as the page reads them and the package does not name them.

import type { CheckoutPayments } from "checkout-payments";

export type { Operation, PaymentRecord, ReleaseOrder, ReleaseOwed, Unresolved } from "checkout-payments";

/** An amount as it comes (a JSON number) or as the page writes it (decimal text). */
export type Amount = string | number;

/** One line of a bag, as the store takes it. */
export interface CartItem {
  name: string;
  quantity: number;
  unitPrice: string;
}

/** The records of a checkout's payment group; nothing of it before the first reading. */
export type PaymentsView = Partial<CheckoutPayments>;

/** What was decided for a checkout and why, in sentences. */
export interface Explanation {
  /** What stands for the cart. */
  now: readonly string[];
  /** Oldest first. */
  operations: readonly ExplainedOperation[];
  next: readonly Coming[];
}

/** One operation, explained. */
export interface ExplainedOperation {
  id: string;
  date: string;
  status: string;
  decided: string;
  rule: string;
  evidence: readonly string[];
  result: string;
}

/** Something that is to come. */
export interface Coming {
  at?: string;
  text: string;
}

/** One payment in the gateway's own books. */
export interface BookEntry {
  reference: string;
  groupId?: string;
  operation: string;
  state?: string;
  currencyIsoCode: string;
  authorized: Amount;
  reversed: Amount;
  captured: Amount;
  refunded: Amount;
  keys: string[];
}

/** An HTTP answer: status and parsed body. */
export interface Answer<Body = unknown> {
  status: number;
  body: Body;
}
