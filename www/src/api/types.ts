// The shapes of the store's answers, as far as the page reads them and the package does not name them.

import type { CheckoutPayments } from "checkout-payments";

export type { PaymentRecord, ReleaseOrder } from "checkout-payments";

/** An amount as it comes (a JSON number) or as the page writes it (decimal text). */
export type Amount = string | number;

/** One line of a bag, as the store takes it. */
export interface CartItem {
  name: string;
  quantity: number;
  unitPrice: string;
}

/** One step of an operation: what was or will be said to the gateway. */
export interface OperationStep {
  operation?: string;
  status: string;
  amount?: Amount;
  currencyIsoCode?: string;
  recordId?: string;
  [member: string]: unknown;
}

/** A plan under way or done. */
export interface Operation {
  id: string;
  kind?: string;
  status: string;
  steps: OperationStep[];
  [member: string]: unknown;
}

/** A release that could not be made yet and is tried again until it is. */
export interface OwedRelease {
  recordId: string;
  operation: string;
  amount?: Amount;
  currencyIsoCode?: string;
  tries: number;
  nextTryAt?: string | number;
}

/** The records of a checkout's payment group, with the parts the panel shows. */
export interface PaymentsView extends Omit<CheckoutPayments, "operations" | "releasesOwed"> {
  operations?: readonly (Operation & Readonly<Record<string, unknown>>)[];
  releasesOwed?: readonly (OwedRelease & Readonly<Record<string, unknown>>)[];
  /** The cart is no longer the one that was paid for. */
  cartChange?: { paidAmount: Amount; paidCurrencyIsoCode: string };
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
