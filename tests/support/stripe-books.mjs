// What a Stripe-like server holds and keeps for a payment group, compared with our records of it, in Stripe's numbers.

import assert from "node:assert/strict";
import { toStripe } from "checkout-payments/gateways/stripe";

/** Holds and money kept, when both sides agree; and whether something stands for the cart. */
export async function agreed(stripe, view) {
  const { paymentGroup, paymentAuthorizations = [], payments = [], refunds = [], livePayment } = view;
  const intents = (await stripe.intents()).filter(({ metadata }) => metadata.group_id === paymentGroup?.id);
  let held = 0;
  let kept = 0;
  for (const { id, status, amount } of intents) {
    if (status === "requires_capture") held += amount;
    if (status === "succeeded") kept += amount - (await stripe.refunds(id)).reduce((sum, refund) => sum + refund.amount, 0);
  }
  const number = (record, amount) => toStripe(String(amount), record.currencyIsoCode);
  const sum = (records, of) => records.filter(({ status }) => status === "Processed").reduce((total, record) => total + number(record, of(record)), 0);
  const ours = {
    held: sum(paymentAuthorizations, ({ balance }) => balance),
    kept: sum(payments, ({ amount }) => amount) - sum(refunds, ({ amount }) => amount),
  };
  assert.deepEqual({ held, kept }, ours, "Stripe's books and our records");
  return { held, kept, live: livePayment === undefined ? 0 : 1 };
}

/** The body of an authorization or a sale of the payments API. */
export function apiPayment(gatewayToken, more) {
  return {
    accountId: "001000000000001AAA",
    amount: 100,
    currencyIsoCode: "USD",
    effectiveDate: "2026-11-21T00:00:00Z",
    ...(gatewayToken === undefined ? {} : { paymentMethod: { alternativePaymentMethod: { gatewayToken } } }),
    ...more,
  };
}
