import { count } from "../state/bag";
import { receipt } from "../state/checkout";
import { changing, livePayment } from "../state/payment";
import { known } from "../state/records";
import { Bag } from "./Bag";
import { BehindTheCounter } from "./BehindTheCounter";
import { PaymentForm } from "./PaymentForm";
import { ReceiptCard } from "./ReceiptCard";
import { StandingPayment } from "./StandingPayment";

/** The checkout: pay, change one's mind, place the order; with the books open beside it. */
export function CheckoutView() {
  return (
    <>
      <h1 tabIndex={-1} class="checkout-title">
        Checkout
      </h1>
      <div class="checkout">
        <div class="checkout-main">{main()}</div>
        {!receipt.value && (
          <aside class="checkout-side" aria-label="Bag">
            <Bag />
          </aside>
        )}
      </div>
      <BehindTheCounter />
    </>
  );
}

function main() {
  if (receipt.value) return <ReceiptCard />;
  if (!known.value) return <p class="card empty quiet">One moment, asking the store …</p>;
  if (livePayment.value && !changing.value) return <StandingPayment />;
  if (count.value > 0) return <PaymentForm />;
  return (
    <section class="card empty">
      <h2>Nothing to pay for yet</h2>
      <p>Put something into the bag first.</p>
      <a class="button button-primary" href="#/">
        To the shop
      </a>
    </section>
  );
}
