import { money } from "../api/core";
import { letBankAnswer } from "../api/store";
import type { Amount, BookEntry } from "../api/types";
import { sumMinor, toAmount } from "../money";
import { checkoutId } from "../state/checkout";
import { refresh } from "../state/records";
import { Badge } from "./Badge";
import { HoldBar } from "./HoldBar";
import { ShortId } from "./ShortId";

/** The gateway's own books: what really happened there, whatever we believe. */
export function GatewayBooks({ books }: { books: readonly BookEntry[] }) {
  return (
    <section class="card column" aria-labelledby="books-title" data-testid="books">
      <h3 id="books-title">The gateway’s books</h3>
      {books.length === 0 && <p class="quiet">Nothing yet.</p>}
      <ul class="records">
        {[...books].reverse().map((entry) => (
          <Entry key={entry.reference} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { entry: BookEntry }) {
  const { currencyIsoCode: code, authorized, reversed, captured, refunded } = entry;
  const say = (amount: Amount) => money(amount, code);
  const held = sumMinor([authorized], code) - sumMinor([reversed, captured], code);
  return (
    <li class="record entry">
      <span class="record-kind">
        {entry.operation} <ShortId id={entry.reference} /> {entry.state && entry.state !== "live" && <Badge status={entry.state} />}
      </span>
      {entry.state === "pending" && <LateAnswer reference={entry.reference} />}
      <HoldBar authorized={authorized} reversed={reversed} captured={captured} refunded={refunded} currency={code} />
      <dl class="entry-amounts">
        <Sum name="Authorized" amount={say(authorized)} />
        <Sum name="Reversed" amount={say(reversed)} />
        <Sum name="Captured" amount={say(captured)} />
        <Sum name="Refunded" amount={say(refunded)} />
        <Sum name="Still held" amount={say(toAmount(held > 0n ? held : 0n, code))} />
        <Sum name="Requests" amount={String(entry.keys.length)} />
      </dl>
    </li>
  );
}

function LateAnswer({ reference }: { reference: string }) {
  const answer = (event: "succeeded" | "failed") => void letBankAnswer(checkoutId.value ?? "", reference, event).then(refresh);
  return (
    <div class="actions">
      <button type="button" class="button button-small" onClick={() => answer("succeeded")}>
        Let the bank say yes
      </button>
      <button type="button" class="button button-small" onClick={() => answer("failed")}>
        Let it say no
      </button>
    </div>
  );
}

function Sum({ name, amount }: { name: string; amount: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{amount}</dd>
    </div>
  );
}
