// A checkout that the store no longer knows, though the shopper had paid in it or may have: it is never left in silence.

import { effect } from "@preact/signals";
import { announce } from "./announcer";
import { attempt, paidBag } from "./attempt";
import { checkoutId } from "./checkout";
import type { Outcome } from "./outcome";
import { outcome, tellQuietly } from "./telling";

/** The checkout has ended. */
export const GONE: Outcome = { kind: "gone" };

let lost = 0;

/** How many checkouts were lost with a payment since the page was loaded. */
export function lostCheckouts(): number {
  return lost;
}

// A checkout that is left behind takes its outcome with it. An order settles all, so what is still open then is lost.
effect(() => {
  if (checkoutId.value) return;
  const isLost = attempt.peek() !== undefined || paidBag.peek() !== undefined;
  attempt.value = undefined;
  paidBag.value = undefined;
  if (isLost) {
    lost += 1;
    tellQuietly(GONE);
    announce("This checkout has ended. Your bag is still here: pay again to begin anew.");
  } else if (outcome.peek()?.kind !== "gone" && outcome.peek()?.kind !== "not-sent") {
    outcome.value = undefined;
  }
});
