import { CATALOG } from "../shop/catalog";
import { count } from "../state/bag";
import { Icon } from "./Icon";
import { ProductCard } from "./ProductCard";

/** The shop: what there is, and the way to the checkout. */
export function ShopView() {
  return (
    <>
      <section class="hero">
        <p class="eyebrow">A demo store. Nothing is sold, no card is charged.</p>
        <h1 tabIndex={-1}>Things for quiet evenings</h1>
        <p class="lede">Fill the bag, pay in the ways that go well and the ways that don’t, and see what the payments core makes of each.</p>
      </section>
      <section aria-labelledby="products-title">
        <h2 id="products-title" class="visually-hidden">
          Products
        </h2>
        <ul class="products">
          {CATALOG.map((product) => (
            <ProductCard key={product.id} product={product} />
          ))}
        </ul>
      </section>
      <p class="to-checkout">
        {count.value > 0 ? (
          <a class="button button-primary" href="#/checkout">
            Go to checkout <Icon name="right" />
          </a>
        ) : (
          <span class="quiet">The bag is empty so far.</span>
        )}
      </p>
    </>
  );
}
