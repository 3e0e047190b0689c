/** What holds of every outcome, whatever it says: its form, and what must not be in it. */
import type { GatewayCall, Notification, Outcome } from "../../server/ports.js";
import { expect } from "../expect.js";
import { ECHOED_CARD } from "../faults.js";

const AMOUNT = /^(0|[1-9][0-9]*)(\.[0-9]+)?$/;
const CURRENCY = /^[A-Z]{3}$/;
const FLAGS = ["pending", "notFound", "replayed", "captured"] as const;
const TEXTS = ["gatewayReference", "gatewayResultCode", "gatewayMessage", "gatewayAuthorizationCode", "gatewayToken", "gatewayTokenDetails", "checksum", "customerReference"] as const;
const RETRY = {
  retryCategory: ["CardLimit", "GatewayConnection", "PaymentInformation", "PaymentProcessing", "Security", "Unknown"],
  retryDecision: ["Retriable", "NonRetriable"],
} as const;
const FAILED: ReadonlySet<string> = new Set(["Decline", "PermanentFail", "ValidationError", "SystemError"]);
const MEMBERS: ReadonlySet<string> = new Set(["resultCode", "amount", "currencyIsoCode", "expiresAt", "paymentData", "retryCategory", "retryDecision", ...FLAGS, ...TEXTS]);

/** Fails when the core could not read the outcome. */
export function checkForm(outcome: Outcome, { operation }: Pick<GatewayCall, "operation">): void {
  const of = `the outcome of ${operation}`;
  for (const [name, value] of Object.entries(outcome)) {
    expect(MEMBERS.has(name), `${of} has a member that no outcome has: ${name}`);
    expect(value !== null, `${of}: '${name}' is null; a member that is not known is left out`);
  }
  for (const name of FLAGS) expect(["boolean", "undefined"].includes(typeof outcome[name]), `${of}: '${name}' must be true or false`);
  for (const name of TEXTS) expect(["string", "undefined"].includes(typeof outcome[name]), `${of}: '${name}' must be a text`);
  for (const [name, values] of Object.entries(RETRY)) {
    const value = outcome[name as keyof typeof RETRY];
    expect(value === undefined || (values as readonly string[]).includes(value), `${of}: '${name}' must be one of ${values.join(", ")}`);
    expect(value === undefined || FAILED.has(outcome.resultCode), `${of}: '${name}' is of a failure; ${outcome.resultCode} is none`);
  }
  checkMoney(outcome, of);
  const { expiresAt, paymentData = {} } = outcome;
  expect(expiresAt === undefined || Number.isSafeInteger(expiresAt), `${of}: 'expiresAt' must be whole milliseconds since 1970`);
  expect(Object.values(paymentData).every((value) => typeof value === "string"), `${of}: 'paymentData' must be texts by names`);
}

/** Fails when the core could not read the fact. */
export function checkFact(fact: Notification, provider: string): void {
  expect(fact.provider === provider, `a fact must name its provider, ${provider}`);
  expect(typeof fact.gatewayReference === "string" && fact.gatewayReference !== "", "a fact must name the gateway's reference");
  expect(fact.event === "succeeded" || fact.event === "failed", "a fact's 'event' must be succeeded or failed");
  checkMoney(fact, "a fact");
}

/** Fails when what an adapter says or throws holds what must stay between it and the gateway. */
export function checkSecrecy(outcome: Outcome, thrown: readonly unknown[], secrets: ReadonlySet<string>): void {
  const { gatewayToken: _, ...told } = outcome; // the lasting token's own place
  const texts = [JSON.stringify(told), ...thrown.flatMap((error) => textsOf(error))];
  for (const secret of [...secrets, ECHOED_CARD, ECHOED_CARD.replaceAll(" ", "")]) {
    const where = texts.findIndex((text) => text.includes(secret));
    expect(where === -1, `${where === 0 ? "an outcome" : "an error"} holds a token, a card number or a secret`);
  }
}

function checkMoney({ amount, currencyIsoCode }: Pick<Outcome, "amount" | "currencyIsoCode">, of: string): void {
  expect(amount === undefined || (typeof amount === "string" && AMOUNT.test(amount)), `${of}: 'amount' must be decimal text`);
  expect(currencyIsoCode === undefined || CURRENCY.test(currencyIsoCode), `${of}: 'currencyIsoCode' must be three capitals`);
}

// Whatever a logger could print of an error: its own members too, and those of its causes.
function textsOf(error: unknown, seen = new Set<unknown>()): string[] {
  if (typeof error === "string") return [error];
  if (typeof error !== "object" || error === null || seen.has(error)) return [];
  seen.add(error);
  return Object.getOwnPropertyNames(error).flatMap((name) => textsOf((error as Record<string, unknown>)[name], seen));
}
