import { batch, computed, effect } from "@preact/signals";
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

const cartId = savedSignal<string | undefined>("cart", undefined);
const sent = savedSignal<string>("sent", "");

/** The checkout under way at the store, if one is. */
export const checkoutId = savedSignal<string | undefined>("checkout", undefined);

/** The receipt, once the order is placed. */
export const receipt = savedSignal<Receipt | undefined>("receipt", undefined);

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
  batch(() => {
    cartId.value = undefined;
    checkoutId.value = undefined;
    receipt.value = undefined;
    sent.value = "";
  });
}

/** The store has said that it knows no such checkout. A late word about another one changes nothing. */
export function checkoutIsGone(id: string): void {
  // An order that was placed stays placed, so its receipt stays too.
  if (id === checkoutId.value && !receipt.value) forgetCheckout();
}

async function bring(): Promise<string> {
  if (cartId.value && sent.value !== contents() && count.value > 0) await bringCart(cartId.value);
  if (checkoutId.value) return checkoutId.value;
  const kept = cartId.value && (await startCheckout(cartId.value));
  // A cart that was kept may be of a session that has ended: then it is made anew, once.
  const started = kept || (await startCheckout(await makeCart()));
  if (!started) throw new Error("the store does not know the cart that it has just made");
  checkoutId.value = started;
  return started;
}

async function bringCart(id: string): Promise<void> {
  const now = contents();
  if (await updateCart(id, currency.value, items.value)) sent.value = now;
  else forgetCheckout();
}

async function makeCart(): Promise<string> {
  const now = contents();
  const { cartId: id } = await createCart(currency.value, items.value);
  cartId.value = id;
  sent.value = now;
  return id;
}

function contents(): string {
  return JSON.stringify([currency.value, items.value]);
}

// The first thing put into the bag after an order begins a new checkout.
effect(() => {
  if (Object.keys(quantities.value).length > 0 && receipt.peek()) forgetCheckout();
});
