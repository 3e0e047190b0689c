/** Applying payments to invoices and refunds to payments, and taking that back. No gateway has a part in it. */
import type { AppliedLine, ApplyPaymentInput, ApplyRefundInput, UnappliedLine, UnapplyPaymentInput } from "../wire.js";
import { bodyOf, type CallOptions, type Connection, part } from "./connection.js";

/** What is done with a payment that was taken. */
export interface Payments {
  /** Settles an invoice, or one of its lines, with part of a payment. */
  apply(paymentId: string, input: ApplyPaymentInput, options?: CallOptions): Promise<AppliedLine>;
  /** Takes that back, by the id of the line that `apply` gave: exactly its reverse, as a line of its own. */
  unapply(paymentId: string, lineId: string, input?: UnapplyPaymentInput, options?: CallOptions): Promise<UnappliedLine>;
}

/** What is done with a refund that was made. */
export interface Refunds {
  /** Enters a refund at the payment that it gives back. */
  apply(refundId: string, input: ApplyRefundInput, options?: CallOptions): Promise<AppliedLine>;
}

/** Payments over this connection. */
export function paymentsOf(connection: Connection): Payments {
  return {
    async apply(id, input, options) {
      const path = `/commerce/billing/payments/${part("paymentId", id)}/actions/apply`;
      return bodyOf(await connection.change({ method: "POST", path, body: input }, options));
    },
    async unapply(id, lineId, input = {}, options = {}) {
      const path = `/commerce/billing/payments/${part("paymentId", id)}/paymentlines/${part("lineId", lineId)}/actions/unapply`;
      return bodyOf(await connection.change({ method: "POST", path, body: input }, options));
    },
  };
}

/** Refunds over this connection. */
export function refundsOf(connection: Connection): Refunds {
  return {
    async apply(id, input, options) {
      const path = `/commerce/billing/refunds/${part("refundId", id)}/actions/apply`;
      return bodyOf(await connection.change({ method: "POST", path, body: input }, options));
    },
  };
}
