/** Authorize, sale and PostAuth: an intent, and what its status means. */
import type Stripe from "stripe";
import type { Outcome } from "../../server/ports.js";
import { enhancedData } from "./enhanced-data.js";
import { clip, indeterminate, isNeverSent, outcomeOf, refusalOf, refused } from "./errors.js";
import { amountOf, type Intent, maybeMembers, maybeText, maybeWhole, readIntent } from "./objects.js";
import type { Session, Turn } from "./session.js";
import { customerFor, lastingToken } from "./tokens.js";

const EXPAND = ["latest_charge", "payment_method"];

/** A new intent, confirmed at once; or the one that the shopper's bank wanted to look at first. */
export async function take(turn: Turn): Promise<Outcome> {
  const { call, session } = turn;
  if (call.gatewayReference !== undefined) return finishChallenge(turn, call.gatewayReference);
  const amount = turn.amount();
  const customer = await customerFor(turn);
  const { returnUrl } = session.options;
  const params: Stripe.PaymentIntentCreateParams = {
    amount,
    currency: call.currencyIsoCode.toLowerCase(),
    payment_method: call.paymentToken ?? "",
    ...allowedTypes(session),
    capture_method: call.operation === "sale" ? "automatic" : "manual",
    confirm: true,
    metadata: metadataOf(turn),
    expand: EXPAND,
    ...(customer === undefined ? {} : { customer }),
    ...(call.extras?.saveForFuture === true ? { setup_future_usage: "off_session" } : {}),
    // the customer is not there to meet a challenge
    ...(call.extras?.submittedByMerchant === true ? { off_session: true } : {}),
    ...(returnUrl === undefined || call.extras?.submittedByMerchant === true ? {} : { return_url: returnUrl }),
    ...enhancedData(call),
  };
  return outcomeOfIntent(readIntent(await turn.act((options) => session.stripe.paymentIntents.create(params, options))), turn);
}

/** A payment that was made outside: id, amount, currency and status must agree, and nobody else may have recorded it. */
export async function postAuthorize(turn: Turn): Promise<Outcome> {
  const { call, session } = turn;
  const token = call.paymentToken ?? "";
  if (!/^pi_\w+$/.test(token)) return refused("payment_not_found", "the token names no payment intent");
  const asked = turn.amount();
  const intent = readIntent(await turn.prepare((options) => session.stripe.paymentIntents.retrieve(token, { expand: EXPAND }, options)));
  const objection = objectionTo(intent, token, asked, turn);
  // without its reference: what is told about that payment later is another record's matter
  if (objection !== undefined) return objection;
  if (!["requires_capture", "succeeded", "processing"].includes(intent.status)) return outcomeOfIntent(intent, turn);
  // From here on it is this record's: who comes with it for another cart is refused, and our reference finds it.
  const claimed = await turn.act((options) => session.stripe.paymentIntents.update(token, { metadata: metadataOf(turn), expand: EXPAND }, options));
  return outcomeOfIntent(readIntent(claimed), turn);
}

/** What an intent's status means for the call that made it, or took it over. */
export function outcomeOfIntent(intent: Intent, { call, session }: Turn): Outcome {
  const common = {
    gatewayReference: intent.id,
    amount: amountOf(intent.amount, intent.currencyIsoCode),
    currencyIsoCode: intent.currencyIsoCode,
    gatewayResultCode: clip(intent.status, 64),
    ...(intent.replayed ? { replayed: true } : {}),
  };
  const operation = call.inquireOperation ?? call.operation;
  const more = details(intent);
  switch (intent.status) {
    case "succeeded":
      return { resultCode: "Success", ...common, ...(operation === "postauth" ? { captured: true } : {}), ...more };
    case "requires_capture":
      if (operation === "sale") return { ...common, ...indeterminate("unexpected_status", "the money is held, and was to be taken") };
      return { resultCode: "Success", ...common, ...more };
    case "processing":
      return { resultCode: "Success", pending: true, ...common };
    case "requires_action":
      return { resultCode: "RequiresReview", ...common, paymentData: challengeOf(intent, session.options.publishableKey) };
    case "requires_payment_method":
      return { ...refusalOf(intent.lastError ?? { code: intent.status }, "card_error"), gatewayReference: intent.id };
    case "canceled":
      return { ...refusalOf({ code: "canceled", message: `the payment intent is canceled (${intent.cancellationReason ?? "by request"})` }, "card_error"), gatewayReference: intent.id };
    default:
      return { ...indeterminate(clip(intent.status, 64), "the payment intent is not settled"), gatewayReference: intent.id };
  }
}

/** What the page needs to meet a challenge. */
export function challengeOf({ id, clientSecret, nextAction }: Pick<Intent, "id" | "clientSecret" | "nextAction">, publishableKey: string | undefined): Record<string, string> {
  const redirectUrl = maybeText(maybeMembers(nextAction?.["redirect_to_url"])?.["url"]);
  return {
    challenge: maybeText(nextAction?.["type"]) ?? "next_action",
    challengeReference: id,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(redirectUrl === undefined ? {} : { redirectUrl }),
    ...(publishableKey === undefined ? {} : { publishableKey }),
  };
}

/** Which payment methods an intent takes. Said, because otherwise Stripe takes what the dashboard says, and may ask for a return address. */
export function allowedTypes({ options, compatible }: Session): { allowed_payment_method_types?: ("card" | (string & {}))[] } {
  return compatible ? {} : { allowed_payment_method_types: [...(options.paymentMethodTypes ?? ["card"])] };
}

/** Our names for what we make at Stripe: they find it again, and say whose an event is. */
export function metadataOf({ call }: Turn): Record<string, string> {
  const { operation, ourReference, groupId, checkoutId, webstoreId } = call;
  const all = { our_reference: ourReference, operation, group_id: groupId, checkout_id: checkoutId, webstore_id: webstoreId };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

/**
 * The shopper has answered the bank, or asks anew. Nothing is confirmed a second time: the intent says what came of it. It may have been
 * paid meanwhile, so not reaching Stripe does not say here that nothing happened.
 */
async function finishChallenge(turn: Turn, reference: string): Promise<Outcome> {
  const { session } = turn;
  const failure = await orUnknown(async () => {
    const intent = readIntent(await turn.look((options) => session.stripe.paymentIntents.retrieve(reference, { expand: EXPAND }, options)));
    return outcomeOfIntent(intent, turn);
  });
  const isOpen = isRefusal(failure) && failure.gatewayReference === reference && failure.gatewayResultCode !== "canceled";
  if (!isOpen) return failure;
  // The page still has the secret with which this intent could be paid. Before it is told as refused, it is closed.
  const closed = await orUnknown(async () => {
    const intent = readIntent(await turn.act((options) => session.stripe.paymentIntents.cancel(reference, {}, options)));
    return outcomeOfIntent(intent, turn);
  });
  if (closed.gatewayResultCode === "canceled") return failure;
  return isRefusal(closed) ? { ...indeterminate("challenge_not_closed", "the payment intent could not be closed"), gatewayReference: reference } : closed;
}

async function orUnknown(request: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await request();
  } catch (error) {
    const outcome = isNeverSent(error) ? indeterminate("no_answer", "Stripe was not reached") : outcomeOf(error);
    return outcome.resultCode === "SystemError" ? { ...outcome, resultCode: "Indeterminate" } : outcome;
  }
}

function isRefusal({ resultCode }: Outcome): boolean {
  return resultCode === "Decline" || resultCode === "PermanentFail" || resultCode === "ValidationError";
}

function objectionTo(intent: Intent, token: string, asked: number, { call }: Turn): Outcome | undefined {
  if (intent.id !== token) return refused("payment_not_found", "Stripe answered about another payment");
  if (intent.currencyIsoCode !== call.currencyIsoCode) return refused("currency_mismatch", "the payment is in another currency");
  if (intent.amount !== asked) return refused("amount_mismatch", "the payment is of another amount");
  const owner = intent.metadata["our_reference"];
  if (owner !== undefined && owner !== call.ourReference) return refused("already_used", "the payment has been recorded before");
  // captured in part: the rest is gone, so it is not the payment of the cart any more
  const isShort = intent.status === "succeeded" && intent.received !== undefined && intent.received !== asked;
  const isRefunded = (maybeWhole(intent.charge?.["amount_refunded"]) ?? 0) > 0;
  if (isShort || isRefunded) return refused("amount_mismatch", "something of the payment has been given back already");
  return undefined;
}

function details(intent: Intent): Partial<Outcome> {
  const card = maybeMembers(maybeMembers(intent.charge?.["payment_method_details"])?.["card"]);
  const code = maybeText(intent.charge?.["authorization_code"]) ?? maybeText(card?.["authorization_code"]);
  const until = intent.status === "requires_capture" ? maybeWhole(card?.["capture_before"]) : undefined;
  return {
    ...(code === undefined ? {} : { gatewayAuthorizationCode: clip(code, 64) }),
    ...(until === undefined ? {} : { expiresAt: until * 1000 }),
    // whoever asks later what became of it does not say that the method was to be kept; the intent does
    ...(intent.isToBeSaved ? lastingToken(intent.paymentMethod, intent.customer) : {}),
  };
}
