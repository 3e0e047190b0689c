import type { TargetedEvent } from "preact";
import { money } from "../api/core";
import { count, currency, total } from "../state/bag";
import { method, outlook } from "../state/form";
import { busy, changing, livePayment, pay } from "../state/payment";
import { AddressFields } from "./AddressFields";
import { Forecast } from "./Forecast";
import { MethodFields } from "./MethodFields";
import { OutcomeBox } from "./OutcomeBox";

/** Address, way to pay, what will happen, and the button that does it. */
export function PaymentForm() {
  const unable = busy.value || count.value === 0 || !outlook.value.allowed;
  return (
    <form class="card payment-form" noValidate onSubmit={submit} aria-labelledby="payment-title">
      <h2 id="payment-title" tabIndex={-1}>
        {livePayment.value ? "Pay another way" : "Payment"}
      </h2>
      <AddressFields />
      <MethodFields />
      <Forecast />
      <OutcomeBox />
      <div class="actions">
        <button type="submit" class="button button-primary button-wide" aria-disabled={unable} aria-describedby="forecast">
          {busy.value ? <span class="working">Working …</span> : label()}
        </button>
        {changing.value && livePayment.value && (
          <button type="button" class="button" onClick={() => !busy.value && (changing.value = false)}>
            Keep my payment
          </button>
        )}
      </div>
    </form>
  );
}

function label(): string {
  if (method.value === "order") return "Use this purchase order";
  return `Pay ${money(total.value, currency.value)}`;
}

async function submit(event: TargetedEvent<HTMLFormElement>): Promise<void> {
  event.preventDefault();
  const atFault = await pay();
  if (atFault) document.getElementById(`field-${atFault}`)?.focus();
}
