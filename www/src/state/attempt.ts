import type { FormRequest } from "../api/core";
import { savedSignal } from "./saved";

/** The bag a payment was made for. */
export interface PaidBag {
  readonly quantities: Readonly<Record<string, number>>;
  readonly currency: "USD" | "JPY" | "KWD";
  readonly total: string;
}

/** What was sent, kept until it is settled: only the same request with the same key can be repeated safely. */
export interface Attempt {
  /** The checkout it is for; it is sent to no other. */
  readonly checkoutId: string;
  readonly request: FormRequest;
  readonly key: string;
  readonly bag: PaidBag;
  /** Was there a payment before this one? */
  readonly replaces: boolean;
  /** The store's latest operation before this one. */
  readonly after: string | undefined;
}

/** The attempt that is not settled yet. */
export const attempt = savedSignal<Attempt | undefined>("attempt", undefined);

/** The bag that the checkout's payment was made for. */
export const paidBag = savedSignal<PaidBag | undefined>("paid", undefined);

/** A key that no attempt had before. */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
