/** One call to a gateway: every way it can end is an outcome (DESIGN §6). */
import type { Gateway, GatewayCall, Outcome } from "./ports.js";
import { scrubbed } from "./scrub.js";

/** The seven. */
export const RESULT_CODES: ReadonlySet<string> = new Set([
  "Success",
  "Decline",
  "PermanentFail",
  "RequiresReview",
  "ValidationError",
  "SystemError",
  "Indeterminate",
]);

/**
 * Sends `call` and waits at most `timeoutMs`. Never throws. Silence, an exception and an answer that can't be read are
 * Indeterminate, because the money may have moved; only the adapter's own word that nothing left is SystemError.
 */
export async function send(gateway: Gateway, call: GatewayCall, timeoutMs: number, report: (error: string) => void): Promise<Outcome> {
  const waiting = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      waiting.abort();
      resolve(indeterminate("timeout", `no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    (timer as { unref?: () => void }).unref?.(); // the call itself keeps a host alive as long as it has a connection
  });
  try {
    return scrubbed(await Promise.race([askGateway(gateway, call, waiting.signal, report), silence]), call);
  } finally {
    clearTimeout(timer);
  }
}

/** What a call comes to as soon as the adapter has answered: whatever it throws is an outcome. `report` is told the kind of what went wrong. */
export async function askGateway(gateway: Gateway, call: GatewayCall, signal: AbortSignal, report: (error: string) => void): Promise<Outcome> {
  try {
    const outcome = await (call.operation === "inquire" ? gateway.inquire(call, signal) : gateway.process(call, signal));
    if (RESULT_CODES.has(outcome?.resultCode)) return outcome;
    report(`${gateway.provider} adapter gave no result code for ${call.operation}`);
    return indeterminate("unreadable", "the adapter's answer has no result code");
  } catch (error) {
    // Only the kind of error: a message may hold what was sent.
    report(`${gateway.provider} adapter threw ${error instanceof Error ? error.name : typeof error} at ${call.operation}`);
    if (isNotSent(error)) return { resultCode: "SystemError", gatewayResultCode: "not_sent", gatewayMessage: "the request was not sent", retryCategory: "GatewayConnection", retryDecision: "Retriable" };
    return indeterminate("broken", "the connection broke or the adapter failed");
  }
}

function isNotSent(error: unknown): boolean {
  return typeof error === "object" && error !== null && (error as { notSent?: unknown }).notSent === true;
}

function indeterminate(gatewayResultCode: string, gatewayMessage: string): Outcome {
  return { resultCode: "Indeterminate", gatewayResultCode, gatewayMessage };
}
