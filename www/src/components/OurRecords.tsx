import { money } from "../api/core";
import type { Amount, ReleaseOwed, PaymentRecord, PaymentsView } from "../api/types";
import { currency } from "../state/bag";
import { Badge } from "./Badge";
import { Icon } from "./Icon";
import { Moment } from "./Moment";
import { ShortId } from "./ShortId";

/** The store's own records: what it believes, and why. */
export function OurRecords({ view }: { view: PaymentsView }) {
  const { paymentAuthorizations = [], paymentAuthAdjustments = [], payments = [], refunds = [], purchaseOrder, releasesOwed = [], livePayment } = view;
  const live = (id: string) => livePayment?.recordId === id;
  return (
    <section class="card column" aria-labelledby="records-title" data-testid="records">
      <h3 id="records-title">Our records</h3>
      {view.paymentGroup && (
        <p class="quiet">
          Payment group <ShortId id={view.paymentGroup.id} />
        </p>
      )}
      <ul class="records">
        {newestFirst(paymentAuthorizations).map((record) => (
          <Record key={record.id} kind="Authorization" record={record} live={live(record.id)} />
        ))}
        {newestFirst(paymentAuthAdjustments).map((record) => (
          <Record key={record.id} kind="Reversal" record={record} />
        ))}
        {newestFirst(payments).map((record) => (
          <Record key={record.id} kind="Payment" record={record} live={live(record.id)} />
        ))}
        {newestFirst(refunds).map((record) => (
          <Record key={record.id} kind="Refund" record={record} />
        ))}
        {purchaseOrder && (
          <li class="record">
            <span class="record-kind">
              Purchase order {livePayment?.type === "SimplePurchaseOrder" && <span class="live">pays now</span>}
            </span>
            <span class="record-facts">
              <code>{purchaseOrder.number}</code>
              {(purchaseOrder.replaced ?? []).map((old, index) => (
                <s key={index} class="quiet">
                  {old}
                </s>
              ))}
            </span>
          </li>
        )}
      </ul>
      {releasesOwed.length > 0 && (
        <>
          <h4>Releases owed</h4>
          <ul class="records" data-testid="owed">
            {releasesOwed.map((owed) => (
              <Owed key={owed.recordId} owed={owed} />
            ))}
          </ul>
        </>
      )}
      {!view.paymentGroup && <p class="quiet">Nothing yet.</p>}
    </section>
  );
}

function newestFirst<Item>(items: readonly Item[]): Item[] {
  return [...items].reverse();
}

function Record({ kind, record, live = false }: { kind: string; record: PaymentRecord; live?: boolean }) {
  const say = (amount: Amount) => money(amount, String(record["currencyIsoCode"] ?? currency.value));
  return (
    <li class={`record ${nothingLeft(record) ? "record-spent" : ""}`}>
      <span class="record-kind">
        {kind} <ShortId id={record.id} /> {live && <span class="live">pays now</span>}
      </span>
      <span class="record-facts">
        {record.amount !== undefined && <strong>{say(record.amount)}</strong>}
        {record.balance !== undefined && <span class="quiet">balance {say(record.balance)}</span>}
        <Badge status={record.status} />
      </span>
    </li>
  );
}

// All of it was given back: it stays on record and is of no more consequence.
function nothingLeft({ balance }: PaymentRecord): boolean {
  return balance !== undefined && Number(balance) === 0;
}

function Owed({ owed }: { owed: ReleaseOwed }) {
  return (
    <li class="record">
      <span class="record-kind">
        <Icon name="clock" /> {owed.operation} of <ShortId id={owed.recordId} />
      </span>
      <span class="record-facts">
        {owed.amount !== undefined && <strong>{money(owed.amount, owed.currencyIsoCode ?? currency.value)}</strong>}
        <span class="quiet">
          tried {owed.tries === 1 ? "once" : `${owed.tries} times`}, next try at <Moment at={owed.nextTryAt} />
        </span>
      </span>
    </li>
  );
}
