import { money } from "../api/core";
import type { Coming, Explanation, PaymentsView, Unresolved } from "../api/types";
import { Badge } from "./Badge";
import { Icon } from "./Icon";
import { Moment } from "./Moment";
import { Sentence } from "./Sentence";
import { PersonNeeded, Unsettled } from "./Unsettled";

/** What stands for the cart, and what is still to come: whatever is not settled stands out here. */
export function NowAndNext({ view, explanation }: { view: PaymentsView; explanation: Explanation | undefined }) {
  const { unresolved = [], operations = [] } = view;
  if (!view.paymentGroup) return null;
  const needsPerson = unresolved.some(({ next }) => next.needsPerson);
  const isOpen = unresolved.length > 0 || operations.some(({ status }) => status === "running" || status === "waiting");
  return (
    <div class="card now-and-next" data-testid="now-and-next">
      <section class="now" aria-labelledby="now-title">
        <h3 id="now-title">What stands now</h3>
        {explanation?.now.map((text) => (
          <p key={text}>
            <Sentence text={text} />
          </p>
        )) ?? <p class="quiet">The store gave no explanation this time. “Read again” asks for it once more.</p>}
      </section>
      <section class={`next tone-${needsPerson ? "bad" : isOpen ? "warn" : "still"}`} aria-labelledby="next-title" data-testid="next">
        <div class="next-head">
          <h3 id="next-title">
            <Icon name={needsPerson ? "alert" : isOpen ? "clock" : "check"} /> What happens next
          </h3>
          {counted(unresolved).map(([why, count]) => (
            <Badge key={why} status={why}>
              {count} {why}
            </Badge>
          ))}
          {needsPerson && <PersonNeeded />}
        </div>
        {explanation ? <ComingList coming={explanation.next} /> : <UnexplainedList unresolved={unresolved} />}
      </section>
    </div>
  );
}

function ComingList({ coming }: { coming: readonly Coming[] }) {
  return (
    <ul class="coming">
      {coming.map(({ at, text }, index) => (
        <li key={index}>
          {at && (
            <>
              <Moment at={at} />{" "}
            </>
          )}
          <Sentence text={text} />
        </li>
      ))}
    </ul>
  );
}

// Without the store's words, its records still say what is open.
function UnexplainedList({ unresolved }: { unresolved: readonly Unresolved[] }) {
  return (
    <ul class="coming">
      {unresolved.map((entry) => (
        <li key={`${entry.recordId} ${entry.operation}`}>
          <span class="sentence">
            {entry.operation} of {money(entry.amount, entry.currencyIsoCode)}, {entry.why}
          </span>
          <Unsettled entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function counted(unresolved: readonly Unresolved[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { why } of unresolved) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts];
}
