import { money } from "../api/core";
import type { ExplainedOperation, Explanation, Operation, PaymentsView, Unresolved } from "../api/types";
import { Badge } from "./Badge";
import { Moment } from "./Moment";
import { Sentence } from "./Sentence";
import { ShortId } from "./ShortId";
import { Unsettled } from "./Unsettled";

/** How many operations show at once; the earlier ones wait behind a line to open. */
const AT_ONCE = 3;

/** What was undertaken, newest first: the decision, its steps, and why. */
export function Decisions({ view, explanation }: { view: PaymentsView; explanation: Explanation | undefined }) {
  const newestFirst = [...(view.operations ?? [])].reverse();
  if (newestFirst.length === 0) return null;
  const [newest] = newestFirst;
  const show = (operations: readonly Operation[]) => (
    <ol class="decisions">
      {operations.map((operation) => (
        <Decision
          key={operation.id}
          operation={operation}
          explained={explanation?.operations.find(({ id }) => id === operation.id)}
          unresolved={view.unresolved?.find(({ operationId }) => operationId === operation.id)}
          isNewest={operation === newest}
        />
      ))}
    </ol>
  );
  const earlier = newestFirst.slice(AT_ONCE);
  return (
    <section class="card column decided" aria-labelledby="decisions-title" data-testid="decisions">
      <h3 id="decisions-title">What was decided, and why</h3>
      {show(newestFirst.slice(0, AT_ONCE))}
      {earlier.length > 0 && (
        <details class="disclosure earlier">
          <summary>{earlier.length} earlier</summary>
          {show(earlier)}
        </details>
      )}
    </section>
  );
}

interface DecisionProps {
  readonly operation: Operation;
  readonly explained: ExplainedOperation | undefined;
  readonly unresolved: Unresolved | undefined;
  readonly isNewest: boolean;
}

function Decision({ operation, explained, unresolved, isNewest }: DecisionProps) {
  return (
    <li class={`decision ${unresolved ? "decision-open" : ""}`}>
      <p class="decision-head">
        <Moment at={operation.date} /> <ShortId id={operation.id} /> <Badge status={operation.status} />
      </p>
      <div class="decision-said">
        {explained && (
          <>
            <h4>
              <Sentence text={explained.decided} />
            </h4>
            <p>{explained.result}</p>
          </>
        )}
        {unresolved && <Unsettled entry={unresolved} />}
      </div>
      <Steps operation={operation} />
      {explained && <Why explained={explained} isOpen={isNewest} />}
    </li>
  );
}

function Steps({ operation }: { operation: Operation }) {
  if (operation.steps.length === 0) return null;
  return (
    <ol class="steps" aria-label="Steps">
      {operation.steps.map((step, index) => (
        <li key={index}>
          <span>
            {step.operation} {money(step.amount, step.currencyIsoCode)}
          </span>
          <Badge status={step.status} />
        </li>
      ))}
    </ol>
  );
}

function Why({ explained, isOpen }: { explained: ExplainedOperation; isOpen: boolean }) {
  return (
    <details class="disclosure why" open={isOpen}>
      <summary>Why: the rule and the evidence</summary>
      <dl>
        <dt>Rule</dt>
        <dd>{explained.rule}</dd>
        {explained.evidence.length > 0 && (
          <>
            <dt>Evidence</dt>
            <dd>
              <ul class="evidence">
                {explained.evidence.map((text, index) => (
                  <li key={index}>
                    <Sentence text={text} />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}
