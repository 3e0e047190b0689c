/** Payment methods that are kept: a customer at Stripe owns each (a SetupIntent, or an intent with `setup_future_usage`). */
import type { Outcome } from "../../server/ports.js";
import { clip, indeterminate, refusalOf } from "./errors.js";
import { maybeMembers, maybeText, maybeWhole, idOf, readSetup, type Setup } from "./objects.js";
import type { Turn } from "./session.js";
import { allowedTypes, challengeOf, metadataOf } from "./take.js";

const EXPAND = ["payment_method"];

/** Keeps a payment method: it is set up for a customer, who may have to authenticate. */
export async function tokenize(turn: Turn): Promise<Outcome> {
  const { call, session } = turn;
  const { stripe, options: settings } = session;
  if (call.gatewayReference !== undefined) {
    const reference = call.gatewayReference;
    return outcomeOfSetup(readSetup(await turn.look((options) => stripe.setupIntents.retrieve(reference, { expand: EXPAND }, options))), turn);
  }
  const customer = await customerFor(turn);
  const prepared = await turn.prepare(
    (options) =>
      stripe.setupIntents.create(
        { ...(customer === undefined ? {} : { customer }), usage: "off_session", ...allowedTypes(session), metadata: metadataOf(turn) },
        options,
      ),
    "setup",
  );
  const { id } = readSetup(prepared);
  const params = { payment_method: call.paymentToken ?? "", expand: EXPAND, ...(settings.returnUrl === undefined ? {} : { return_url: settings.returnUrl }) };
  return outcomeOfSetup(readSetup(await turn.act((options) => stripe.setupIntents.confirm(id, params, options))), turn);
}

/** What a setup intent's status means. */
export function outcomeOfSetup(setup: Setup, { session }: Turn): Outcome {
  const { id, status, replayed } = setup;
  const common = { gatewayReference: id, gatewayResultCode: clip(status, 64), ...(replayed ? { replayed } : {}) };
  switch (status) {
    case "succeeded":
      return { resultCode: "Success", ...common, ...lastingToken(setup.paymentMethod, setup.customer) };
    case "processing":
      return { resultCode: "Success", pending: true, ...common };
    case "requires_action":
      return { resultCode: "RequiresReview", ...common, paymentData: challengeOf(setup, session.options.publishableKey) };
    case "requires_payment_method":
    case "canceled":
      return { ...refusalOf(setup.lastError ?? { code: status }, "card_error"), gatewayReference: id };
    default:
      return { ...indeterminate(clip(status, 64), "the setup intent is not settled"), gatewayReference: id };
  }
}

/** The customer who owns the payment's method: the saved method's own, or a new one for a method that is to be kept. */
export async function customerFor(turn: Turn): Promise<string | undefined> {
  const { call, session } = turn;
  const known = call.extras?.customerReference;
  if (known !== undefined) return known;
  if (call.operation !== "tokenize" && call.extras?.saveForFuture !== true) return undefined;
  const accountId = call.details?.["AccountId"];
  const metadata = { our_reference: call.ourReference, ...(accountId === undefined ? {} : { account_id: accountId }) };
  return idOf(await turn.prepare((options) => session.stripe.customers.create({ metadata }, options), "customer"));
}

/** The token and what goes with it. The same card has the same fingerprint, whatever its token. */
export function lastingToken(method: Readonly<Record<string, unknown>> | undefined, customer: string | undefined): Partial<Outcome> {
  const token = maybeText(method?.["id"]);
  if (token === undefined) return {};
  const kind = maybeMembers(method?.[maybeText(method?.["type"]) ?? "card"]);
  const checksum = maybeText(kind?.["fingerprint"]);
  const owner = customer ?? idOf(method?.["customer"]);
  const details = detailsOf(kind);
  return {
    gatewayToken: token,
    ...(checksum === undefined ? {} : { checksum }),
    ...(owner === undefined ? {} : { customerReference: owner }),
    ...(details === undefined ? {} : { gatewayTokenDetails: details }),
  };
}

function detailsOf(kind: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const [brand, last4, month, year] = [maybeText(kind?.["brand"]), maybeText(kind?.["last4"]), maybeWhole(kind?.["exp_month"]), maybeWhole(kind?.["exp_year"])];
  if (brand === undefined || last4 === undefined) return undefined;
  const expiry = month === undefined || year === undefined ? "" : ` ${String(month).padStart(2, "0")}/${year}`;
  return clip(`${brand} ending in ${last4}${expiry}`, 255);
}
