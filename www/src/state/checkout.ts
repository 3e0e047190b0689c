import { computed, effect } from "@preact/signals";
import { createCart, startCheckout, updateCart } from "../api/store";
import { count, currency, items, quantities } from "./bag";
import { savedSignal } from "./saved";

/** The order that was placed, and what was in it. */
export interface Receipt {
  readonly orderReferenceNumber: string;
  readonly total: string;
  readonly currency: string;
  readonly lines: readonly { name: string; quantity: number }[];
}

/** The bag a payment was made for. */
export interface PaidBag {
  readonly quantities: Readonly<Record<string, number>>;
  readonly currency: "USD" | "JPY" | "KWD";
  readonly total: string;
}

const cartId = savedSignal<string | undefined>("cart", undefined);
const sent = savedSignal<string>("sent", "");

/** The checkout under way at the store, if one is. */
export const checkoutId = savedSignal<string | undefined>("checkout", undefined);

/** The receipt, once the order is placed. */
export const receipt = savedSignal<Receipt | undefined>("receipt", undefined);

/** The bag that the checkout's payment was made for. */
export const paidBag = savedSignal<PaidBag | undefined>("paid", undefined);

let queue: Promise<unknown> = Promise.resolve();

/** Brings the store's cart to what is in the bag, one call at a time, and gives the checkout's id. */
export function bringCheckout(): Promise<string> {
  const result = queue.then(bring);
  queue = result.catch(() => undefined);
  return result;
}

/** Whether the bag differs from the cart that the store has for the checkout under way. */
export const cartIsBehind = computed(() => checkoutId.value !== undefined && !receipt.value && count.value > 0 && sent.value !== contents());

/** Leaves the checkout behind; the store keeps its records. */
export function forgetCheckout(): void {
  cartId.value = undefined;
  checkoutId.value = undefined;
  receipt.value = undefined;
  paidBag.value = undefined;
  sent.value = "";
}

async function bring(): Promise<string> {
  const now = contents();
  if (cartId.value && now !== sent.value && count.value > 0) {
    if (await updateCart(cartId.value, currency.value, items.value)) sent.value = now;
    else forgetCheckout();
  }
  if (!cartId.value) {
    cartId.value = (await createCart(currency.value, items.value)).cartId;
    sent.value = now;
  }
  checkoutId.value ??= (await startCheckout(cartId.value)).checkoutId;
  return checkoutId.value;
}

function contents(): string {
  return JSON.stringify([currency.value, items.value]);
}

// The first thing put into the bag after an order begins a new checkout.
effect(() => {
  if (Object.keys(quantities.value).length > 0 && receipt.peek()) forgetCheckout();
});
