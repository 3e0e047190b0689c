import { useEffect, useRef } from "preact/hooks";
import { money } from "../api/core";
import { gateway } from "../api/store";
import { askedFor, busy, cancelChallenge, confirmChallenge } from "../state/payment";
import { outcome } from "../state/telling";

/** The bank's question (3-D Secure): a dialog that leads to the bank's own page, or stands for it. */
export function ChallengeDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = outcome.value?.kind === "challenge";
  const bankPage = outcome.value?.bankPage;
  useEffect(() => {
    const element = dialog.current;
    if (asked && !element?.open) element?.showModal();
    if (!asked && element?.open) element.close();
  }, [asked]);
  return (
    <dialog ref={dialog} class="challenge" aria-labelledby="challenge-title" aria-describedby="challenge-text" onCancel={turnAway}>
      <p class="challenge-bank">Your bank{gateway() === "simulator" && " · simulated"}</p>
      <h2 id="challenge-title">Is this you?</h2>
      <p id="challenge-text">
        Tidewick would like to hold <strong>{askedFor.value && money(askedFor.value.total, askedFor.value.currency)}</strong> on your card. Confirm it here, as you would in your bank’s app.
      </p>
      {bankPage && (
        <p>
          <a href={bankPage} target="_blank" rel="noopener noreferrer">
            Open your bank’s page
          </a>
          , answer there, and come back.
        </p>
      )}
      <div class="actions">
        <button type="button" class="button button-primary" aria-disabled={busy.value} onClick={() => void confirmChallenge()}>
          {busy.value ? <span class="working">Working …</span> : gateway() === "simulator" ? "Yes, confirm" : "I have confirmed"}
        </button>
        <button type="button" class="button" onClick={() => !busy.value && cancelChallenge()}>
          No, go back
        </button>
      </div>
    </dialog>
  );
}

function turnAway(event: Event): void {
  event.preventDefault();
  if (!busy.value) cancelChallenge();
}
