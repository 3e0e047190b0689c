import { money } from "../api/core";
import { currency, lines, total } from "../state/bag";
import { QuantityStepper } from "./QuantityStepper";

/** What is in the bag, with quantities to change and the total. */
export function Bag() {
  return (
    <section class="card bag" aria-labelledby="bag-title">
      <h2 id="bag-title">Your bag</h2>
      {lines.value.length === 0 ? (
        <p class="quiet">
          It is empty. <a href="#/">Look around the shop</a>.
        </p>
      ) : (
        <>
          <ul class="bag-lines">
            {lines.value.map(({ product, quantity, amount }) => (
              <li key={product.id} class="bag-line">
                <span class="bag-line-name">{product.name}</span>
                <span class="bag-line-amount">{money(amount, currency.value)}</span>
                <QuantityStepper product={product} quantity={quantity} />
              </li>
            ))}
          </ul>
          <dl class="bag-sums">
            <div>
              <dt>Shipping</dt>
              <dd>free</dd>
            </div>
            <div class="bag-sum-total">
              <dt>Total</dt>
              <dd data-testid="total">{money(total.value, currency.value)}</dd>
            </div>
          </dl>
        </>
      )}
    </section>
  );
}
