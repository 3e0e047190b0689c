import type { Outcome } from "./outcome";
import { savedSignal } from "./saved";

/** What came of the last payment request; undefined: nothing to tell. */
export const outcome = savedSignal<Outcome | undefined>("outcome", undefined);

let news: Outcome | undefined;

/** Tells the shopper what came of what they asked for. */
export function tell(result: Outcome): void {
  news = { ...result }; // a new one, so that the same outcome again is news again
  outcome.value = news;
}

/** The same, when nobody asked for it: it does not take the focus. */
export function tellQuietly(result: Outcome): void {
  outcome.value = result;
}

/** Is the outcome new since this was last asked? After a reload, it is not. */
export function outcomeIsNews(): boolean {
  const isNews = news !== undefined && news === outcome.peek();
  news = undefined;
  return isNews;
}
