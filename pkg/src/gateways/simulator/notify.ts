/** The simulator's notifications: a pending payment, capture, reversal or refund is decided, and the host is told. */
import { fromMinorUnits } from "../../minor-units.js";
import type { Notification, NotificationRequest, NotificationVerdict } from "../../server/ports.js";
import type { Books } from "./books.js";
import { applyEffect, fulfilled } from "./ledger.js";
import { SIGNATURE_HEADER, verify } from "./signature.js";

/** How a pending matter ends. */
export type NotifiedEvent = "succeeded" | "failed";

/**
 * Decides what `reference` names, if it is still pending, and gives the notification about it; undefined = unknown
 * reference. The first decision stays: a later, contradicting event is sent as told, but the books keep the truth.
 */
export function decide(books: Books, provider: string, reference: string, event: NotifiedEvent): Notification | undefined {
  return books.atomically(() => decidePayment(books, provider, reference, event) ?? decideEffect(books, provider, reference, event));
}

/** Reads a notification whose signature is this simulator's. */
export async function readNotification(secret: string, { headers, body }: NotificationRequest): Promise<NotificationVerdict> {
  if (!(await verify(secret, body, headers.get(SIGNATURE_HEADER)))) return { authentic: false, notifications: [] };
  return {
    authentic: true,
    notifications: factsIn(new TextDecoder().decode(body)),
    acknowledgement: { body: "[accepted]", contentType: "text/plain" },
  };
}

// Only what this simulator has written is signed; still, what names no payment is no fact.
function factsIn(text: string): Notification[] {
  const fact = JSON.parse(text) as Partial<Notification> | null;
  const isFact = typeof fact?.gatewayReference === "string" && (fact.event === "succeeded" || fact.event === "failed");
  return isFact ? [fact as Notification] : [];
}

function decidePayment(books: Books, provider: string, reference: string, event: NotifiedEvent): Notification | undefined {
  const payment = books.payment(reference);
  if (payment === undefined) return undefined;
  if (payment.state === "pending") books.putPayment(event === "succeeded" ? fulfilled(payment) : { ...payment, state: "failed" });
  return {
    provider,
    gatewayReference: reference,
    ...(payment.ourReference === undefined ? {} : { ourReference: payment.ourReference }),
    operation: payment.operation,
    event,
    ...(payment.sale && payment.operation === "postauth" ? { captured: true } : {}),
    amount: fromMinorUnits(payment.asked, payment.currencyIsoCode),
    currencyIsoCode: payment.currencyIsoCode,
  };
}

function decideEffect(books: Books, provider: string, reference: string, event: NotifiedEvent): Notification | undefined {
  const effect = books.effect(reference);
  const payment = effect && books.payment(effect.paymentReference);
  if (effect === undefined || payment === undefined) return undefined;
  if (effect.state === "pending") {
    books.putEffect({ ...effect, state: event === "succeeded" ? "done" : "failed" });
    if (event === "succeeded") applyEffect(books, payment, effect.operation, effect.amount);
  }
  return {
    provider,
    gatewayReference: reference,
    ourReference: effect.ourReference,
    operation: effect.operation,
    event,
    amount: fromMinorUnits(effect.amount, payment.currencyIsoCode),
    currencyIsoCode: payment.currencyIsoCode,
  };
}
