/**
 * Stripe's webhooks. The signature is over the raw bytes, and checked with WebCrypto, so that it works on Workers too. What has none of
 * our names on it is not ours; events about others' accounts, or of the other mode, are acknowledged and ignored.
 */
import type Stripe from "stripe";
import type { GatewayOperation, Notification, NotificationRequest, NotificationVerdict } from "../../server/ports.js";
import { CAPTURE_REFERENCE } from "./change.js";
import { clip } from "./errors.js";
import { type EventReading, READ_EVENTS } from "./events.js";
import { amountOf, type Intent, maybeMembers, maybeText, readIntent, readRefund, readSetup } from "./objects.js";
import type { StripeOptions } from "./options.js";

const ACKNOWLEDGEMENT = { body: '{"received":true}', contentType: "application/json" };

/** What the webhook's reader needs. */
export interface WebhookSettings {
  readonly stripe: Stripe;
  readonly crypto: Stripe.CryptoProvider;
  readonly provider: string;
  readonly options: StripeOptions;
}

/** Verifies and reads one webhook request. */
export async function readWebhook(settings: WebhookSettings, { headers, body }: NotificationRequest): Promise<NotificationVerdict> {
  const { stripe, crypto, options } = settings;
  const none: NotificationVerdict = { authentic: false, notifications: [] };
  const signature = headers.get("stripe-signature");
  if (options.webhookSecret === undefined || signature === null || body.length === 0) return none;
  let text: string;
  try {
    // The signature is over the bytes; text that is not UTF-8 would be another.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    const now = (options.clock ?? Date.now)();
    await stripe.webhooks.signature?.verifyHeaderAsync(text, signature, options.webhookSecret, stripe.webhooks.DEFAULT_TOLERANCE, crypto, now);
  } catch {
    return none;
  }
  return { authentic: true, notifications: factsIn(text, settings), acknowledgement: ACKNOWLEDGEMENT };
}

function factsIn(text: string, { provider, options }: WebhookSettings): Notification[] {
  const event = parsed(text);
  const reading = READ_EVENTS[maybeText(event?.["type"]) ?? ""];
  if (event === undefined || reading === undefined || !isForUs(event, options)) return [];
  const object = maybeMembers(event["data"])?.["object"];
  try {
    return READERS[reading](object).map((fact) => ({ provider, ...fact }));
  } catch {
    return []; // an object of another form than we know: the state is asked for by those who wait for it
  }
}

// Signed by our secret, and yet of another account or of the other mode: an endpoint that serves several.
function isForUs(event: Readonly<Record<string, unknown>>, { secretKey, account }: StripeOptions): boolean {
  const isLive = /^(?:sk|rk)_live_/.test(secretKey);
  return event["livemode"] === isLive && maybeText(event["account"]) === account;
}

type Fact = Omit<Notification, "provider">;

const READERS: Readonly<Record<EventReading, (object: unknown) => Fact[]>> = {
  held: (object) => {
    const intent = readIntent(object);
    return intent.status === "requires_capture" ? [madeBy(intent, "succeeded")].flat() : [];
  },
  taken: (object) => {
    const intent = readIntent(object);
    const made = madeBy(intent, "succeeded");
    if (made.length === 0 || !intent.isManual) return made;
    // A hold that was captured: it was held before. Which capture took it, the intent says.
    const ourReference = intent.metadata[CAPTURE_REFERENCE];
    const received = intent.received === undefined ? {} : { amount: amountOf(intent.received, intent.currencyIsoCode), currencyIsoCode: intent.currencyIsoCode };
    const capture: Fact = { gatewayReference: intent.id, operation: "capture", event: "succeeded", ...(ourReference === undefined ? {} : { ourReference }), ...received };
    return [...made.map(({ captured: _, ...fact }) => fact), capture];
  },
  failed: (object) => madeBy(readIntent(object), "failed"),
  canceled: (object) => {
    const intent = readIntent(object);
    const made = madeBy(intent, "failed");
    if (made.length === 0) return [];
    // What was never tried will not be held any more; what was held is let go of, unless Stripe did that by itself.
    const byItself = ["automatic", "expired", "failed_invoice", "void_invoice"].includes(intent.cancellationReason ?? "");
    const reversal: Fact = { gatewayReference: intent.id, operation: "reverse", event: "succeeded" };
    return [...(intent.wasTried ? [] : made), ...(byItself ? [] : [reversal])];
  },
  refund: (object) => {
    const { id, status, amount, currencyIsoCode, metadata, failureReason } = readRefund(object);
    const ourReference = metadata["our_reference"];
    const event = status === "succeeded" ? "succeeded" : status === "failed" || status === "canceled" ? "failed" : undefined;
    if (ourReference === undefined || event === undefined) return [];
    const words = failureReason === undefined ? {} : { gatewayMessage: clip(failureReason, 255) };
    return [{ gatewayReference: id, ourReference, operation: "refund", event, amount: amountOf(amount, currencyIsoCode), currencyIsoCode, ...words }];
  },
  setup: (object) => {
    const { id, status, metadata } = readSetup(object);
    const ourReference = metadata["our_reference"];
    if (ourReference === undefined) return [];
    // without the token: who waits for it asks, and gets all that goes with it
    return [{ gatewayReference: id, ourReference, operation: "tokenize", event: status === "succeeded" ? "succeeded" : "failed" }];
  },
};

function madeBy(intent: Intent, event: Notification["event"]): Fact[] {
  const ourReference = intent.metadata["our_reference"];
  const operation = intent.metadata["operation"] as GatewayOperation | undefined;
  if (ourReference === undefined || (operation !== "authorize" && operation !== "sale" && operation !== "postauth")) return [];
  const message = maybeText(intent.lastError?.message);
  return [
    {
      gatewayReference: intent.id,
      ourReference,
      operation,
      event,
      amount: amountOf(intent.amount, intent.currencyIsoCode),
      currencyIsoCode: intent.currencyIsoCode,
      ...(operation === "postauth" && event === "succeeded" && intent.status === "succeeded" && !intent.isManual ? { captured: true } : {}),
      ...(event === "failed" && message !== undefined ? { gatewayMessage: clip(message, 255) } : {}),
    },
  ];
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return maybeMembers(JSON.parse(text));
  } catch {
    return undefined;
  }
}
