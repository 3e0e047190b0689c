import { gateway } from "../api/store";
import { busy } from "../state/payment";
import { books, explanation, readAt, records, refresh, somethingDue } from "../state/records";
import { Decisions } from "./Decisions";
import { GatewayBooks } from "./GatewayBooks";
import { Icon } from "./Icon";
import { NowAndNext } from "./NowAndNext";
import { OurRecords } from "./OurRecords";
import { ReleaseOrderChoice } from "./ReleaseOrderChoice";
import { Reconciliation } from "./Reconciliation";

/** The panel that shows the store's records and the gateway's own books, side by side. */
export function BehindTheCounter() {
  const hasBooks = gateway() === "simulator";
  return (
    <section class="counter" aria-labelledby="counter-title">
      <div class="counter-head">
        <div>
          <h2 id="counter-title">{hasBooks ? "Records and the gateway’s books, side by side" : "The store’s records"}</h2>
          <p class="quiet">
            What a shopper never sees: what this store has recorded{hasBooks ? ", and what the gateway says has really happened." : ". Stripe’s own books are in its dashboard, in test mode."}
          </p>
        </div>
        <button type="button" class="button" aria-disabled={busy.value} onClick={() => void refresh()}>
          <Icon name="refresh" /> Read again
        </button>
      </div>
      <ReleaseOrderChoice />
      {hasBooks && <Reconciliation view={records.value} books={books.value} />}
      <NowAndNext view={records.value} explanation={explanation.value} />
      <div class="counter-columns">
        <OurRecords view={records.value} />
        {hasBooks && <GatewayBooks books={books.value} />}
      </div>
      <Decisions view={records.value} explanation={explanation.value} />
      <p class="quiet counter-foot">
        {readAt.value ? <>Read at {readAt.value.toLocaleTimeString("en-GB")}.</> : "Nothing read yet."}
        {somethingDue(records.value) && " Something is still to happen by itself, so this is read again every few seconds."}
      </p>
    </section>
  );
}
