/**
 * Stripe's events: which are read, and which that concern the same objects are not, and why not. tests/stripe-tables.test.mjs holds this
 * against the SDK's list of events (stripe 23.1.0), so a new one is seen.
 */

/** How an event is read (`notify.ts`). */
export type EventReading = "held" | "taken" | "failed" | "canceled" | "refund" | "setup";

/** The events that are read. */
export const READ_EVENTS: Readonly<Record<string, EventReading>> = {
  "payment_intent.amount_capturable_updated": "held",
  "payment_intent.succeeded": "taken",
  "payment_intent.payment_failed": "failed",
  "payment_intent.canceled": "canceled",
  "refund.created": "refund",
  "refund.updated": "refund",
  "refund.failed": "refund",
  "charge.refund.updated": "refund",
  "setup_intent.succeeded": "setup",
  "setup_intent.setup_failed": "setup",
  "setup_intent.canceled": "setup",
};

const SAID_BY_INTENT = "the payment intent's own event says it";
const SAID_BY_REFUND = "the refund's own event says it";
const NOT_SETTLED = "nothing is settled by it";
const DISPUTE = "disputes are not kept here yet";

/** The events about payments, refunds and setups that are acknowledged and not read, with the reason. */
export const IGNORED_EVENTS: Readonly<Record<string, string>> = {
  "payment_intent.created": NOT_SETTLED,
  "payment_intent.processing": NOT_SETTLED,
  "payment_intent.requires_action": NOT_SETTLED,
  "payment_intent.partially_funded": NOT_SETTLED,
  "charge.captured": SAID_BY_INTENT,
  "charge.expired": SAID_BY_INTENT,
  "charge.failed": SAID_BY_INTENT,
  "charge.pending": SAID_BY_INTENT,
  "charge.succeeded": SAID_BY_INTENT,
  "charge.updated": SAID_BY_INTENT,
  "charge.refunded": SAID_BY_REFUND,
  "charge.dispute.closed": DISPUTE,
  "charge.dispute.created": DISPUTE,
  "charge.dispute.funds_reinstated": DISPUTE,
  "charge.dispute.funds_withdrawn": DISPUTE,
  "charge.dispute.updated": DISPUTE,
  "setup_intent.created": NOT_SETTLED,
  "setup_intent.requires_action": NOT_SETTLED,
};
