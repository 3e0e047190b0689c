import { money } from "../api/core";
import type { Operation } from "../api/types";
import { currency } from "../state/bag";
import { Badge } from "./Badge";
import { ShortId } from "./ShortId";

/** How many operations show at once; the earlier ones wait behind a line to open. */
const AT_ONCE = 3;

/** What was undertaken, newest first, each with its steps. */
export function Operations({ operations }: { operations: readonly Operation[] }) {
  if (operations.length === 0) return null;
  const newestFirst = [...operations].reverse();
  const earlier = newestFirst.slice(AT_ONCE);
  return (
    <section class="card column undertakings" aria-labelledby="operations-title" data-testid="operations">
      <h3 id="operations-title">Operations and their steps</h3>
      <OperationList operations={newestFirst.slice(0, AT_ONCE)} />
      {earlier.length > 0 && (
        <details class="earlier">
          <summary>{earlier.length} earlier</summary>
          <OperationList operations={earlier} />
        </details>
      )}
    </section>
  );
}

function OperationList({ operations }: { operations: readonly Operation[] }) {
  return (
    <ol class="operations">
      {operations.map((operation) => (
        <li key={operation.id} class="operation">
          <p class="operation-head">
            <ShortId id={operation.id} /> <Badge status={operation.status} />
          </p>
          <ol class="steps">
            {(operation.steps ?? []).map((step, index) => (
              <li key={index}>
                <span>
                  {step.operation ?? "step"} {step.amount !== undefined && money(step.amount, step.currencyIsoCode ?? currency.value)}
                </span>
                <Badge status={step.status} />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
