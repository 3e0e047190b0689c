/**
 * One delivery of a call: what its script says the first one meets, and the truth for every repeat with the same key
 * (DESIGN §7).
 */
import type { GatewayCall, Outcome } from "../../server/ports.js";
import type { Books } from "./books.js";
import { book, type Booked, refused } from "./ledger.js";
import { parseScript, type Script, type ScriptedOutcome, scriptOfToken } from "./script.js";

/** How long the simulator remembers a key. */
export const KEY_WINDOW_MS = 24 * 3_600_000;

const INDETERMINATE: Outcome = { resultCode: "Indeterminate", gatewayResultCode: "timeout", gatewayMessage: "no answer" };

/** Delivers `call`; what happens is in the books before this returns. */
export function deliver(books: Books, call: GatewayCall, now: number): Outcome {
  return books.atomically(() => {
    const fingerprint = fingerprintOf(call);
    const { idempotencyKey: key } = call;
    if (key === undefined) return refused("ValidationError", "idempotency_key_missing", "a call needs an idempotency key").outcome;
    const known = books.request(key);
    const remembered = known !== undefined && now - known.at < KEY_WINDOW_MS ? known : undefined;
    if (remembered !== undefined && remembered.fingerprint !== fingerprint) {
      return refused("ValidationError", "idempotency_key_reuse", "this key came with other parameters before").outcome;
    }
    if (remembered?.result !== undefined) return JSON.parse(remembered.result) as Outcome;

    const remember = (booked?: Booked): void =>
      books.putRequest({
        key,
        at: remembered?.at ?? now,
        fingerprint,
        operation: call.operation,
        ourReference: call.ourReference,
        paymentReference: booked?.paymentReference,
        result: booked && JSON.stringify(booked.outcome),
      });
    const answer = (booked: Booked): Outcome => {
      remember(booked);
      return booked.outcome;
    };

    // a repeat of what got lost on its way is done now
    const scripted = remembered === undefined ? firstOutcome(books, call) : "ok";
    switch (scripted) {
      case undefined:
        return answer(refused("ValidationError", "malformed_token", "the token's script can't be read"));
      case "ok":
        return answer(book(books, call, "now", now));
      case "pending":
        return answer(book(books, call, "pending", now));
      case "review":
        return answer(book(books, call, "review", now));
      case "decline":
        return answer(declined());
      case "fail":
        return answer(refused("PermanentFail", "account_closed", "The account is closed.", "PaymentProcessing", "NonRetriable"));
      case "invalid":
        return answer(refused("ValidationError", "incorrect_cvc", "The security code is wrong.", "PaymentInformation", "NonRetriable"));
      case "error":
        return refused("SystemError", "not_sent", "the gateway could not be reached", "GatewayConnection", "Retriable").outcome;
      case "timeout_before":
        remember();
        return INDETERMINATE;
      case "timeout_after":
        answer(book(books, call, "now", now));
        return INDETERMINATE;
    }
  });
}

/** Says what became of the call that an inquiry asks about. */
export function inquire(books: Books, call: GatewayCall): Outcome {
  return books.atomically(() => {
    const about = books.requestByOurs(call.ourReference, call.inquireOperation);
    const reference = call.gatewayReference ?? about?.paymentReference;
    const payment = reference === undefined ? books.paymentByOurs(call.ourReference) : books.payment(reference);
    const script = payment === undefined ? {} : scriptOf(payment.minted, payment.script);
    const scripted = books.firstDelivery(`inquiry:${call.ourReference}`, "inquire") ? script?.inquire : undefined;
    if (scripted === "error") return refused("SystemError", "not_sent", "the gateway could not be reached").outcome;
    // An inquiry that is refused or lost says nothing about what it asked for.
    if (scripted !== undefined && scripted !== "ok") return { ...INDETERMINATE, gatewayMessage: "the inquiry was not answered" };
    return current(books, about?.result);
  });
}

// The truth of now: what was pending when the call was answered may have been decided since.
function current(books: Books, result: string | undefined): Outcome {
  if (result === undefined) {
    return { resultCode: "ValidationError", notFound: true, gatewayResultCode: "not_found", gatewayMessage: "there is no such request" };
  }
  const { pending, ...outcome } = JSON.parse(result) as Outcome;
  if (pending !== true || outcome.gatewayReference === undefined) return outcome;
  const state = books.effect(outcome.gatewayReference)?.state ?? books.payment(outcome.gatewayReference)?.state;
  if (state === "pending") return { ...outcome, pending };
  return state === "failed" ? { ...declined().outcome, gatewayReference: outcome.gatewayReference } : outcome;
}

function declined(): Booked {
  return refused("Decline", "card_declined", "Payment not accepted.", "PaymentProcessing", "Retriable");
}

/** What a call meets at its first delivery: undefined = its token is malformed. */
function firstOutcome(books: Books, call: GatewayCall): ScriptedOutcome | undefined {
  if (call.operation === "capture" || call.operation === "reverse" || call.operation === "refund") {
    const payment = call.gatewayReference === undefined ? undefined : books.paymentActedOn(call.gatewayReference);
    if (payment === undefined) return "ok"; // there is no script to follow; the ledger refuses it
    const scripted = scriptOf(payment.minted, payment.script)?.[call.operation] ?? "ok";
    return books.firstDelivery(`payment:${payment.reference}`, call.operation) ? scripted : "ok";
  }
  const token = call.paymentToken ?? "";
  const minted = call.operation === "postauth" ? books.mintedPayment(token) : undefined;
  const script = minted === undefined ? scriptOfToken(token) : parseScript(minted.script);
  // an unknown payment is refused by the ledger for what it is, not for the form of its name
  if (script === undefined) return call.operation === "postauth" ? "ok" : undefined;
  const scripted = script[call.operation] ?? "ok";
  return books.firstDelivery(`token:${call.groupId}:${token}`, call.operation) ? scripted : "ok";
}

function scriptOf(minted: boolean, script: string): Script | undefined {
  return minted ? parseScript(script) : scriptOfToken(script);
}

function fingerprintOf({ operation, groupId, ourReference, amount, currencyIsoCode, paymentToken, gatewayReference }: GatewayCall): string {
  return JSON.stringify([operation, groupId, ourReference, amount, currencyIsoCode, paymentToken, gatewayReference]);
}
