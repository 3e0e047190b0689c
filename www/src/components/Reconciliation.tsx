import { money } from "../api/core";
import type { BookEntry, PaymentsView } from "../api/types";
import { toAmount } from "../money";
import { heldAndTaken, owedBack, recordedHeldAndTaken, sameSums, type Sums } from "../state/reconcile";
import { Icon } from "./Icon";

/** One line that says whether both sides come to the same. */
export function Reconciliation({ view, books }: { view: PaymentsView; books: readonly BookEntry[] }) {
  if (books.length === 0 && !view.paymentGroup) return <p class="reconciliation tone-still">Nothing has been paid yet, so both sides are empty.</p>;
  const ours = recordedHeldAndTaken(view);
  const theirs = heldAndTaken(books);
  const owed = owedBack(view);
  return sameSums(ours, theirs) ? (
    <p class="reconciliation tone-good" data-testid="reconciliation">
      <Icon name="check" /> Both sides agree: {say(theirs)} held or taken.{owed.size > 0 && ` Still to be given back: ${say(owed)}.`}
    </p>
  ) : (
    <p class="reconciliation tone-warn" data-testid="reconciliation">
      <Icon name="question" /> They differ for the moment: {say(ours)} on our record, {say(theirs)} at the gateway.
    </p>
  );
}

function say(sums: Sums): string {
  return [...sums].map(([code, minor]) => money(toAmount(minor, code), code)).join(" and ") || "nothing";
}
