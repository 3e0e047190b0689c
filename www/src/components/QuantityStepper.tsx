import { money } from "../api/core";
import type { Product } from "../shop/catalog";
import { currency, MOST, setQuantity } from "../state/bag";
import { busy } from "../state/payment";
import { Icon } from "./Icon";

/** Two buttons and the quantity between them; down from one takes the product out. */
export function QuantityStepper({ product, quantity }: { product: Product; quantity: number }) {
  return (
    <span class="stepper" role="group" aria-label={`Quantity of ${product.name}`}>
      <button type="button" disabled={busy.value} onClick={() => setQuantity(product, quantity - 1)} aria-label={quantity > 1 ? `One ${product.name} fewer` : `Take ${product.name} out of the bag`}>
        <Icon name={quantity > 1 ? "minus" : "cross"} />
      </button>
      <span class="stepper-value">{quantity}</span>
      <button type="button" disabled={busy.value || quantity >= MOST} onClick={() => setQuantity(product, quantity + 1)} aria-label={`One more ${product.name}`}>
        <Icon name="plus" />
      </button>
      <span class="stepper-each quiet">{money(product.price[currency.value], currency.value)} each</span>
    </span>
  );
}
