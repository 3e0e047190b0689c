/** What became of an earlier call: Stripe is looked at, nothing is done. */
import type { Outcome } from "../../server/ports.js";
import { CAPTURE_REFERENCE, outcomeOfCapture, outcomeOfRefund, outcomeOfReversal } from "./change.js";
import { indeterminate, isMissing, isNeverSent, outcomeOf, refusalOf } from "./errors.js";
import { find } from "./find.js";
import { type Intent, maybeText, readIntent, readPage, readRefund, readSetup } from "./objects.js";
import type { Turn } from "./session.js";
import { outcomeOfIntent } from "./take.js";
import { outcomeOfSetup } from "./tokens.js";

const NOT_FOUND: Outcome = { resultCode: "ValidationError", notFound: true, gatewayResultCode: "not_found", gatewayMessage: "Stripe knows of no such request" };

/** The outcome of the call asked about. A question that was not answered says nothing about it. */
export async function inquire(turn: Turn): Promise<Outcome> {
  try {
    return await answer(turn);
  } catch (error) {
    if (isMissing(error)) return NOT_FOUND;
    return { ...(isNeverSent(error) ? indeterminate("no_answer", "Stripe was not reached") : outcomeOf(error)), resultCode: "Indeterminate" };
  }
}

async function answer(turn: Turn): Promise<Outcome> {
  switch (turn.call.inquireOperation) {
    case "authorize":
    case "sale":
    case "postauth":
      return taken(turn);
    case "capture":
      return captured(await intentOf(turn), turn);
    case "reverse":
      return outcomeOfReversal(await intentOf(turn), turn.amount()) ?? NOT_FOUND;
    case "refund":
      return refunded(turn);
    case "tokenize":
      return kept(turn);
    default:
      return indeterminate("not_a_request", "there is no such call to ask about");
  }
}

async function taken(turn: Turn): Promise<Outcome> {
  const { gatewayReference, ourReference } = turn.call;
  const id = gatewayReference ?? (await find(turn, "paymentIntents"));
  if (id === undefined) return NOT_FOUND;
  const intent = await intentOf(turn, id);
  // A payment that was made outside is ours once our name is on it.
  return intent.metadata["our_reference"] === ourReference ? outcomeOfIntent(intent, turn) : NOT_FOUND;
}

function captured(intent: Intent, { call }: Turn): Outcome {
  if (intent.status === "requires_capture") return NOT_FOUND;
  if (intent.status === "canceled") {
    return intent.charge?.["captured"] === true ? indeterminate("unexpected_status", "canceled and captured at once") : refusalOf({ code: "canceled", message: "the payment intent is canceled" }, "invalid_request_error");
  }
  if (intent.status === "succeeded" && intent.metadata[CAPTURE_REFERENCE] !== call.ourReference) {
    return refusalOf({ code: "charge_already_captured", message: "the money was taken by another capture" }, "invalid_request_error");
  }
  return outcomeOfCapture(intent);
}

async function refunded(turn: Turn): Promise<Outcome> {
  const { stripe } = turn.session;
  const reference = turn.reference();
  if (!reference.startsWith("pi_")) return outcomeOfRefund(readRefund(await turn.look((options) => stripe.refunds.retrieve(reference, {}, options))));
  let startingAfter: string | undefined;
  for (;;) {
    const page = { payment_intent: reference, limit: 100, ...(startingAfter === undefined ? {} : { starting_after: startingAfter }) };
    const { data, hasMore } = readPage(await turn.look((options) => stripe.refunds.list(page, options)));
    const ours = data.find((refund) => refund.metadata?.["our_reference"] === turn.call.ourReference);
    if (ours !== undefined) return outcomeOfRefund(readRefund(ours));
    startingAfter = maybeText(data.at(-1)?.id);
    if (!hasMore || startingAfter === undefined) return NOT_FOUND;
  }
}

async function kept(turn: Turn): Promise<Outcome> {
  const id = turn.call.gatewayReference ?? (await find(turn, "setupIntents"));
  if (id === undefined) return NOT_FOUND;
  const setup = readSetup(await turn.look((options) => turn.session.stripe.setupIntents.retrieve(id, { expand: ["payment_method"] }, options)));
  // made, and never confirmed: the method was not sent
  return setup.status === "requires_payment_method" && setup.lastError === undefined ? NOT_FOUND : outcomeOfSetup(setup, turn);
}

async function intentOf(turn: Turn, id = turn.reference()): Promise<Intent> {
  return readIntent(await turn.look((options) => turn.session.stripe.paymentIntents.retrieve(id, { expand: ["latest_charge", "payment_method"] }, options)));
}
