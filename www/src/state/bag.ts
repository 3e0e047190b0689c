import { computed } from "@preact/signals";
import type { CartItem } from "../api/types";
import { type Currency, toAmount, toMinor } from "../money";
import { CATALOG, type Product } from "../shop/catalog";
import { announce } from "./announcer";
import { savedSignal } from "./saved";

/** The most of one product that fits the bag. */
export const MOST = 20;

/** The currency the shop shows and sells in. */
export const currency = savedSignal<Currency>("currency", "USD");

/** How many of each product are in the bag. */
export const quantities = savedSignal<Readonly<Record<string, number>>>("bag", {});

/** One product in the bag. */
export interface BagLine {
  readonly product: Product;
  readonly quantity: number;
  readonly amount: string;
}

/** The bag's lines, in the order of the shop. */
export const lines = computed<readonly BagLine[]>(() =>
  CATALOG.flatMap((product) => {
    const quantity = quantities.value[product.id] ?? 0;
    if (quantity === 0) return [];
    const amount = toMinor(product.price[currency.value], currency.value) * BigInt(quantity);
    return [{ product, quantity, amount: toAmount(amount, currency.value) }];
  }),
);

/** The bag's total, in minor units. */
export const totalMinor = computed(() => lines.value.reduce((sum, line) => sum + toMinor(line.amount, currency.value), 0n));

/** The bag's total, as decimal text. */
export const total = computed(() => toAmount(totalMinor.value, currency.value));

/** How many things are in the bag. */
export const count = computed(() => lines.value.reduce((sum, line) => sum + line.quantity, 0));

/** The bag as the store takes it. */
export const items = computed<CartItem[]>(() =>
  lines.value.map(({ product, quantity }) => ({ name: product.name, quantity, unitPrice: product.price[currency.value] })),
);

/** Puts a quantity of a product into the bag, in place of what was there. */
export function setQuantity(product: Product, quantity: number): void {
  const next = Math.max(0, Math.min(MOST, quantity));
  const { [product.id]: _, ...others } = quantities.value;
  quantities.value = next === 0 ? others : { ...others, [product.id]: next };
  announce(next === 0 ? `${product.name} taken out of the bag` : `${product.name}: ${next} in the bag`);
}

/** Adds one of a product. */
export function addOne(product: Product): void {
  setQuantity(product, (quantities.value[product.id] ?? 0) + 1);
}
