import { useEffect, useRef } from "preact/hooks";
import { money } from "../api/core";
import { forgetCheckout, receipt } from "../state/checkout";
import { busy, order, orderProblem } from "../state/payment";
import { signal } from "@preact/signals";
import { Icon } from "./Icon";

const asks = signal(0);

/** The order is placed: its number, what was in it, and the proof that it can't be placed twice. */
export function ReceiptCard() {
  const placed = receipt.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (!placed) return null;
  return (
    <section class="card receipt" aria-labelledby="receipt-title">
      <h2 id="receipt-title" ref={heading} tabIndex={-1}>
        <Icon name="check" /> Thank you, your order is placed
      </h2>
      <p class="receipt-number">
        <span class="quiet">Order reference</span>
        <output data-testid="order-number">{placed.orderReferenceNumber}</output>
      </p>
      <p>
        {placed.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(", ")}: <strong>{money(placed.total, placed.currency)}</strong>
      </p>
      <div class="actions">
        <a class="button button-primary" href="#/" onClick={forgetCheckout}>
          Start a new bag
        </a>
        <button type="button" class="button" aria-disabled={busy.value} onClick={() => void placeAgain()}>
          Place it again
        </button>
      </div>
      <p class="quiet" role="status">
        {orderProblem.value ?? (asks.value > 0 ? `The store gave the same number again${asks.value > 1 ? `, ${asks.value} times now` : ""}. Nothing was ordered twice.` : "")}
      </p>
    </section>
  );
}

async function placeAgain(): Promise<void> {
  if (busy.value) return;
  await order();
  if (!orderProblem.value) asks.value += 1;
}
