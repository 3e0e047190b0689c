import { signal } from "@preact/signals";

/** What a screen reader is told next, politely. */
export const announcement = signal("");

/** Says something to a screen reader without moving the focus. */
export function announce(text: string): void {
  announcement.value = "";
  // A live region speaks on change: the same sentence twice needs the empty moment between.
  setTimeout(() => (announcement.value = text), 30);
}
