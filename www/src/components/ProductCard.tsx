import { money } from "../api/core";
import { Artwork } from "../shop/artwork";
import type { Product } from "../shop/catalog";
import { addOne, currency, quantities } from "../state/bag";
import { busy } from "../state/payment";

/** One product: its drawing, its price, and the button that puts it into the bag. */
export function ProductCard({ product }: { product: Product }) {
  const quantity = quantities.value[product.id] ?? 0;
  return (
    <li class="product card">
      <Artwork name={product.artwork} />
      <div class="product-body">
        <h3>{product.name}</h3>
        <p class="quiet">{product.note}</p>
        <div class="product-foot">
          <span class="price">{money(product.price[currency.value], currency.value)}</span>
          <button type="button" class="button" disabled={busy.value} onClick={() => addOne(product)} aria-label={`Add ${product.name} to the bag`}>
            Add{quantity > 0 && <span class="pill">{quantity}</span>}
          </button>
        </div>
      </div>
    </li>
  );
}
