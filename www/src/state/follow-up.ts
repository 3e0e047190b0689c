// What the page does by itself: keep the store's cart like the bag, and hear of what was settled meanwhile.

import { effect, untracked } from "@preact/signals";
import { currency, items } from "./bag";
import { bringCheckout, cartIsBehind } from "./checkout";
import { busy, repeatQuietly, settledMeanwhile } from "./payment";
import { refresh } from "./records";

/** How long a bag rests before its change is sent, in milliseconds. */
const REST = 250;

// A change of the bag goes into the cart that the store already has, and the records then say whether the payment fits it.
effect(() => {
  void [currency.value, items.value];
  if (!cartIsBehind.value) return undefined;
  const timer = setTimeout(() => void bringCheckout().then(refresh, () => undefined), REST);
  return () => clearTimeout(timer);
});

let heard: string | undefined;

// Once the store has settled what was unknown or pending, the same request again brings its answer; once for each operation.
effect(() => {
  const settled = settledMeanwhile.value;
  if (settled === undefined || busy.value || heard === settled) return;
  heard = settled;
  untracked(() => void repeatQuietly());
});
