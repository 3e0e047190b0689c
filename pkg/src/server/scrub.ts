/** What a gateway writes for people, before it is stored, shown or logged: gateways repeat what they were sent. */
import type { GatewayCall, Notification, Outcome } from "./ports.js";

const CARD_LIKE = /\d(?:[ -]?\d){11,}/g;
const REMOVED = "[removed]";

/** The text without what looks like a card number, and without the payment token of the call that it answers. */
export function scrub(text: string, call?: Pick<GatewayCall, "operation" | "paymentToken">): string {
  const { operation, paymentToken = "" } = call ?? {};
  // a payment that was made outside goes by its reference, which is no secret
  const withoutToken = paymentToken === "" || operation === "postauth" ? text : text.replaceAll(paymentToken, REMOVED);
  return withoutToken.replaceAll(CARD_LIKE, REMOVED);
}

/** The same of whatever an adapter has passed on: the last look, for an adapter that has not looked itself. */
export function scrubbed<T extends Outcome | Notification>(told: T, call?: GatewayCall): T {
  const { gatewayMessage } = told;
  return typeof gatewayMessage === "string" ? { ...told, gatewayMessage: scrub(gatewayMessage, call) } : told;
}
