import { money } from "../api/core";
import { paidBag } from "../state/attempt";
import { currency, total } from "../state/bag";
import { restorePaidBag } from "../state/payment";
import { records } from "../state/records";
import { Icon } from "./Icon";
import { change } from "./StandingPayment";

/** The bag has changed since it was paid: says so, and offers the ways out. */
export function MismatchNotice() {
  return (
    <div class="outcome tone-warn" data-testid="mismatch" role="status">
      <h3>
        <Icon name="alert" /> Your payment is for another bag
      </h3>
      <p>{whatChanged()} An order needs a payment that fits it.</p>
      <div class="actions">
        <button type="button" class="button" onClick={change}>
          Pay for this bag instead
        </button>
        {paidBag.value && (
          <button type="button" class="button" onClick={restorePaidBag}>
            Put the bag back as it was
          </button>
        )}
      </div>
    </div>
  );
}

function whatChanged(): string {
  const now = money(total.value, currency.value);
  const { cartChange } = records.value;
  const paid = paidBag.value
    ? money(paidBag.value.total, paidBag.value.currency)
    : cartChange && money(cartChange.paidAmount, cartChange.paidCurrencyIsoCode);
  if (paid === now) return `It comes to ${now} as before, but other things are in it now.`;
  return `You paid for a bag of ${paid}; now it comes to ${now}.`;
}
