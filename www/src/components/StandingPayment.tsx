import { money } from "../api/core";
import type { PaymentRecord } from "../api/types";
import { currency, total } from "../state/bag";
import { receipt } from "../state/checkout";
import { busy, livePayment, mismatch, order, orderProblem, startChanging } from "../state/payment";
import { records } from "../state/records";
import { Icon } from "./Icon";
import { MismatchNotice } from "./MismatchNotice";
import { OutcomeBox } from "./OutcomeBox";

/** The payment that stands, and what can be done with it: place the order, or pay another way. */
export function StandingPayment() {
  const live = livePayment.value;
  if (!live) return null;
  return (
    <section class="card standing" aria-labelledby="standing-title">
      <h2 id="standing-title" tabIndex={-1}>
        Your payment
      </h2>
      <p class="standing-line">
        <Icon name={live.type === "SimplePurchaseOrder" ? "order" : live.type === "PostAuth" ? "wallet" : "card"} />
        <span data-testid="standing">{describe()}</span>
      </p>
      <OutcomeBox />
      {mismatch.value && <MismatchNotice />}
      <div role="alert" class="order-problem-place">
        {orderProblem.value && (
          <p class="outcome tone-bad">
            <Icon name="alert" /> {orderProblem.value}
          </p>
        )}
      </div>
      <div class="actions">
        <button type="button" class={`button button-wide ${mismatch.value ? "" : "button-primary"}`} aria-disabled={busy.value} onClick={() => void order()}>
          {busy.value ? <span class="working">Working …</span> : `Place the order · ${money(total.value, currency.value)}`}
        </button>
        {!receipt.value && (
          <button type="button" class="button" onClick={change}>
            Pay another way
          </button>
        )}
      </div>
    </section>
  );
}

/** Opens the form and takes the focus there. */
export function change(): void {
  startChanging();
  requestAnimationFrame(() => document.getElementById("payment-title")?.focus());
}

function describe(): string {
  const { livePayment: live, paymentAuthorizations = [], payments = [], purchaseOrder } = records.value;
  if (live?.type === "SimplePurchaseOrder") return `Purchase order ${purchaseOrder?.number ?? ""}`;
  const held = paymentAuthorizations.find(({ id }) => id === live?.recordId);
  const where = live?.type === "PostAuth" ? "by your wallet" : "on your card";
  if (held?.status === "Pending") return `${amountOf(held)} will be held ${where} once the bank has answered.`;
  if (held) return `${amountOf(held)} is held ${where}.`;
  const taken = payments.find(({ id }) => id === live?.recordId);
  return taken ? `${amountOf(taken)} has been taken through your wallet.` : "Your payment stands.";
}

function amountOf(record: PaymentRecord): string {
  return money(record.amount, String(record["currencyIsoCode"] ?? currency.value));
}
