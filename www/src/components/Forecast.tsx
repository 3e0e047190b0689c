import { outlook } from "../state/form";
import { livePayment } from "../state/payment";
import { Icon } from "./Icon";

const FROM_ORDER = "This bag is on a purchase order. You can change its number, but not move it to a card or a wallet.";
const FROM_MONEY = "This bag is paid by card or wallet. You can change to another card or wallet, but not to a purchase order.";

/** What will happen on paying, in the core's own words: beforehand, by the code that will do it. */
export function Forecast() {
  const told = outlook.value;
  const { allowed } = told;
  return (
    <section class={`forecast ${allowed ? "" : "forecast-refused"}`} aria-labelledby="forecast-title" aria-live="polite" id="forecast">
      <h3 id="forecast-title">{allowed ? "What will happen" : "This can’t be done"}</h3>
      {told.allowed ? (
        <ol class="forecast-steps">
          {told.steps.map((step, index) => (
            <li key={index} class={`forecast-${step.operation}`}>
              {step.text}
            </li>
          ))}
        </ol>
      ) : (
        <>
          <p>
            <Icon name="alert" /> {livePayment.value?.type === "SimplePurchaseOrder" ? FROM_ORDER : FROM_MONEY}
          </p>
          <p class="forecast-detail">{told.detail}</p>
        </>
      )}
    </section>
  );
}
