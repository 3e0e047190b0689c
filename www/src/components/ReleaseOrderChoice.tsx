import { useEffect } from "preact/hooks";
import type { ReleaseOrder } from "../api/types";
import { chooseReleaseOrder, loadReleaseOrder, releaseOrder } from "../state/records";

const CHOICES: readonly { value: ReleaseOrder; label: string; note: string }[] = [
  { value: "release-first", label: "Release first", note: "The old payment goes, then the new one is made." },
  { value: "authorize-first", label: "Authorize first", note: "The old payment stays until the new one stands." },
];

/** The store's policy for a change of payment; in a real store an operator's setting. */
export function ReleaseOrderChoice() {
  useEffect(() => void loadReleaseOrder().catch(() => undefined), []);
  return (
    <fieldset class="policy">
      <legend>When a payment is changed, this store will</legend>
      {CHOICES.map(({ value, label, note }) => (
        <label key={value} class="policy-choice">
          <input type="radio" name="releaseOrder" value={value} checked={releaseOrder.value === value} onChange={() => void chooseReleaseOrder(value)} />
          <span>
            <strong>{label}.</strong> <span class="quiet">{note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
