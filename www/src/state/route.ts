import { effect, signal } from "@preact/signals";

/** The page's two views. */
export type Route = "shop" | "checkout";

/** The view that shows now, taken from the address (`#/checkout`). */
export const route = signal<Route>(fromAddress());

effect(() => {
  document.title = route.value === "checkout" ? "Checkout · Tidewick" : "Tidewick: things for quiet evenings";
});

addEventListener("hashchange", () => {
  route.value = fromAddress();
  scrollTo({ top: 0 });
  requestAnimationFrame(() => document.querySelector<HTMLElement>("main h1")?.focus());
});

function fromAddress(): Route {
  return location.hash === "#/checkout" ? "checkout" : "shop";
}
