/** Under which keys payment groups, accounts and invoices are stored. */
import type { Checkout } from "./ports.js";

/** How the keys of all checkouts' payment groups begin. */
export const CHECKOUT_GROUPS = "checkout/";

/** How the keys of all other payment groups begin. */
export const OTHER_GROUPS = "payments/";
/** How the keys of the accounts' payment methods begin, as the core names them. */
export const ACCOUNTS = "account/";
/** How the keys of invoices begin, as the core names them. */
export const INVOICES = "invoice/";

/** The key of a checkout's payment group. */
export function groupKey(checkout: Pick<Checkout, "webstoreId" | "id">): string {
  return `${groupKeysOf(checkout.webstoreId)}${encodeURIComponent(checkout.id)}`;
}

/** How the keys of all payment groups of a web store begin. */
export function groupKeysOf(webstoreId: string): string {
  return `${CHECKOUT_GROUPS}${encodeURIComponent(webstoreId)}/`;
}
