import type { Currency } from "../money";
import type { ArtworkName } from "./artwork";

/** Something Tidewick sells, with its own price in each currency (no conversion, no rounding). */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly artwork: ArtworkName;
  readonly price: Readonly<Record<Currency, string>>;
}

/** Everything in the shop. */
export const CATALOG: readonly Product[] = [
  { id: "lamp", name: "Harbour lamp", note: "Enamelled steel, a brass arm, warm light", artwork: "lamp", price: { USD: "89.00", JPY: "13200", KWD: "27.350" } },
  { id: "mug", name: "Stoneware mug", note: "Thrown in two glazes, holds a long tea", artwork: "mug", price: { USD: "22.40", JPY: "3300", KWD: "6.875" } },
  { id: "notebook", name: "Ash notebook", note: "Linen cover, 160 pages that lie flat", artwork: "notebook", price: { USD: "18.50", JPY: "2750", KWD: "5.690" } },
  { id: "candle", name: "Beeswax candle", note: "Burns for forty hours, smells of nothing much", artwork: "candle", price: { USD: "14.00", JPY: "2100", KWD: "4.300" } },
  { id: "tea", name: "Smoked black tea", note: "A tin of 100 g, pine smoke and apricot", artwork: "tea", price: { USD: "16.75", JPY: "2500", KWD: "5.150" } },
  { id: "throw", name: "Wool throw", note: "Undyed lambswool, 130 by 180 cm", artwork: "throw", price: { USD: "124.00", JPY: "18500", KWD: "38.125" } },
];

/** The product with this id, if the shop has it. */
export function productById(id: string): Product | undefined {
  return CATALOG.find((product) => product.id === id);
}
