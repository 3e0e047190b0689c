/** Capture, reversal and refund: what is done to an intent that is there. */
import type Stripe from "stripe";
import type { Outcome } from "../../server/ports.js";
import { clip, indeterminate, refusalOf, refused } from "./errors.js";
import { amountOf, type Intent, readIntent, readRefund, type Refund } from "./objects.js";
import type { Turn } from "./session.js";

const EXPAND = ["latest_charge"];

/** Which capture an intent's money was taken by: its reference, kept by the intent. */
export const CAPTURE_REFERENCE = "capture_reference";

/** Takes money that is held. The amount is always said: without it Stripe takes all. What is left is let go of by Stripe. */
export async function capture(turn: Turn): Promise<Outcome> {
  const { call, session } = turn;
  const amount = turn.amount();
  const reference = turn.reference();
  const metadata = { [CAPTURE_REFERENCE]: call.ourReference };
  const params: Stripe.PaymentIntentCaptureParams = { amount_to_capture: amount, expand: EXPAND };
  if (session.compatible) {
    // Such a server may capture what is canceled, and takes no metadata with a capture: so one looks first, and notes it apart.
    const intent = readIntent(await turn.prepare((options) => session.stripe.paymentIntents.retrieve(reference, { expand: EXPAND }, options)));
    if (intent.status !== "requires_capture") return refusalOf({ code: "payment_intent_unexpected_state", message: `the payment intent is ${intent.status}` }, "invalid_request_error");
    await turn.prepare((options) => session.stripe.paymentIntents.update(reference, { metadata }, options), "note");
  } else {
    params.metadata = metadata;
  }
  return outcomeOfCapture(readIntent(await turn.act((options) => session.stripe.paymentIntents.capture(reference, params, options))));
}

/**
 * Lets go of money that is held. Stripe knows only the whole of it: a part is refused, but for the part that Stripe let go of by itself
 * when the rest was captured.
 */
export async function reverse(turn: Turn): Promise<Outcome> {
  const { session } = turn;
  const asked = turn.amount();
  const reference = turn.reference();
  const intent = readIntent(await turn.prepare((options) => session.stripe.paymentIntents.retrieve(reference, { expand: EXPAND }, options)));
  const settled = outcomeOfReversal(intent, asked);
  if (settled !== undefined) return settled;
  const held = intent.status === "requires_capture" ? (intent.capturable ?? intent.amount) : intent.amount;
  if (asked < held) return refused("partial_reversal_unsupported", "Stripe lets go of a hold as a whole: capture what is wanted, and the rest is let go of");
  if (asked > held) return refused("amount_too_large", "more than what is held");
  const canceled = readIntent(await turn.act((options) => session.stripe.paymentIntents.cancel(reference, {}, options)));
  return outcomeOfReversal(canceled, asked) ?? indeterminate(clip(canceled.status, 64), "the payment intent is not canceled");
}

/** Gives money back. The amount is always said: without it Stripe gives all back. */
export async function refund(turn: Turn): Promise<Outcome> {
  const { call, session } = turn;
  const params: Stripe.RefundCreateParams = {
    payment_intent: turn.reference(),
    amount: turn.amount(),
    metadata: { our_reference: call.ourReference, operation: "refund", group_id: call.groupId },
  };
  return outcomeOfRefund(readRefund(await turn.act((options) => session.stripe.refunds.create(params, options))));
}

/** What an intent says about the capture that has just been made of it. */
export function outcomeOfCapture(intent: Intent): Outcome {
  const { id, status, received, currencyIsoCode, replayed } = intent;
  const common = { gatewayReference: id, gatewayResultCode: clip(status, 64), ...(replayed ? { replayed } : {}) };
  if (status === "processing") return { resultCode: "Success", pending: true, ...common };
  // "canceled" with a 200 is not to be believed, whatever it says about the charge
  if (status !== "succeeded") return { ...indeterminate("unexpected_status", `the payment intent is ${clip(status, 64)}`), gatewayReference: id };
  return { resultCode: "Success", ...common, ...(received === undefined ? {} : { amount: amountOf(received, currencyIsoCode), currencyIsoCode }) };
}

/** What an intent says about a reversal of so much; undefined when nothing has been let go of. */
export function outcomeOfReversal(intent: Intent, asked: number): Outcome | undefined {
  const { id, status, replayed } = intent;
  const common = { gatewayReference: id, ...(replayed ? { replayed } : {}) };
  if (status === "canceled") return { resultCode: "Success", ...common, gatewayResultCode: "canceled", ...(intent.cancellationReason === undefined ? {} : { gatewayMessage: clip(intent.cancellationReason, 255) }) };
  if (status !== "succeeded") return undefined;
  const released = intent.amount - (intent.received ?? intent.amount);
  if (asked <= released) return { resultCode: "Success", ...common, gatewayResultCode: "released_at_capture" };
  return { ...refusalOf({ code: "charge_already_captured", message: "the money was taken, so there is no hold to let go of" }, "invalid_request_error"), gatewayReference: id };
}

/** What a refund's status means. */
export function outcomeOfRefund({ id, status, amount, currencyIsoCode, failureReason, replayed }: Refund): Outcome {
  const common = {
    gatewayReference: id,
    amount: amountOf(amount, currencyIsoCode),
    currencyIsoCode,
    gatewayResultCode: clip(status, 64),
    ...(replayed ? { replayed } : {}),
  };
  switch (status) {
    case "succeeded":
      return { resultCode: "Success", ...common };
    case "pending":
    case "requires_action":
      return { resultCode: "Success", pending: true, ...common };
    case "failed":
    case "canceled":
      return { resultCode: "Decline", ...common, gatewayMessage: `the refund is ${status}${failureReason === undefined ? "" : ` (${clip(failureReason, 100)})`}` };
    default:
      return { ...common, ...indeterminate("unexpected_status", `the refund is ${clip(status, 64)}`) };
  }
}
