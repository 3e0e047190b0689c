/** Under which key a checkout's payment group is stored. */
import type { Checkout } from "./ports.js";

/** How the keys of all checkouts' payment groups begin. */
export const CHECKOUT_GROUPS = "checkout/";

/** The key of a checkout's payment group. */
export function groupKey(checkout: Pick<Checkout, "webstoreId" | "id">): string {
  return `${groupKeysOf(checkout.webstoreId)}${encodeURIComponent(checkout.id)}`;
}

/** How the keys of all payment groups of a web store begin. */
export function groupKeysOf(webstoreId: string): string {
  return `${CHECKOUT_GROUPS}${encodeURIComponent(webstoreId)}/`;
}
