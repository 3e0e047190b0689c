import { useEffect, useRef } from "preact/hooks";
import type { Outcome, OutcomeKind } from "../state/outcome";
import { busy, repeat } from "../state/payment";
import { outcome, outcomeIsNews } from "../state/telling";
import { Icon, type IconName } from "./Icon";

interface Telling {
  readonly icon: IconName;
  readonly tone: "good" | "warn" | "bad";
  readonly headline: string;
  readonly text: string;
  /** The label of the button that repeats the same request. */
  readonly again?: string;
}

const TELLING: Record<Exclude<OutcomeKind, "challenge">, Telling> = {
  paid: { icon: "check", tone: "good", headline: "Your payment stands", text: "You can place the order now." },
  pending: {
    icon: "clock",
    tone: "warn",
    headline: "The bank takes its time",
    text: "It has accepted your payment and will tell us the result. You need not pay again.",
    again: "Check again",
  },
  declined: { icon: "cross", tone: "bad", headline: "The bank declined", text: "Nothing was taken. Everything you typed is still here: choose another way to pay, or try again." },
  unknown: {
    icon: "question",
    tone: "warn",
    headline: "We don’t know yet whether you have paid",
    text: "The bank did not answer. Checking again asks about this very payment; it can’t make you pay twice.",
    again: "Check again",
  },
  "release-failed": { icon: "alert", tone: "bad", headline: "The change could not be made", text: "What you paid before could not be given back just now, so nothing new was taken." },
  "not-sent": { icon: "alert", tone: "warn", headline: "The bank could not be reached", text: "Nothing was sent and nothing was taken. You can simply try again." },
  refused: { icon: "alert", tone: "bad", headline: "The store can’t take this request", text: "Nothing was taken." },
  busy: { icon: "clock", tone: "warn", headline: "Another request is under way", text: "The store is still busy with this checkout.", again: "Try once more" },
  gone: { icon: "alert", tone: "bad", headline: "This checkout has ended", text: "The store no longer knows it, so a payment made in it can’t be used. Your bag is still here: pay again to begin anew." },
  cancelled: { icon: "cross", tone: "warn", headline: "You didn’t confirm", text: "The bank’s question was not answered, so you have not paid. Choose another way to pay." },
};

const EARLIER = {
  stands: "Your earlier payment still stands.",
  released: "Your earlier payment has already been let go, so nothing pays for this bag now.",
} as const;

// The core's own words are shown where they say more than ours.
const DETAILED: readonly OutcomeKind[] = ["refused"];

/** Tells what came of the request; takes the focus when it is news, not when it is only shown again. */
export function OutcomeBox() {
  const told = outcome.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // In the next frame: a dialog that closes with this news gives its own focus back first.
    if (told && outcomeIsNews()) requestAnimationFrame(() => heading.current?.focus());
  }, [told]);
  return (
    <div role="status" class="outcome-place">
      {told && told.kind !== "challenge" && <Told told={told} telling={TELLING[told.kind]} heading={heading} />}
    </div>
  );
}

function Told({ told, telling, heading }: { told: Outcome; telling: Telling; heading: { current: HTMLHeadingElement | null } }) {
  return (
    <div class={`outcome tone-${telling.tone}`} data-outcome={told.kind}>
      <h3 ref={heading} tabIndex={-1}>
        <Icon name={telling.icon} /> {telling.headline}
      </h3>
      <p>{telling.text}</p>
      {told.earlier && <p>{EARLIER[told.earlier]}</p>}
      {told.detail && DETAILED.includes(told.kind) && <p class="outcome-detail">{told.detail}</p>}
      {told.fields && (
        <ul>
          {told.fields.map(({ name, detail }) => (
            <li key={name}>
              <code>{name}</code>: {detail}
            </li>
          ))}
        </ul>
      )}
      {telling.again && (
        <button type="button" class="button" aria-disabled={busy.value} onClick={() => void repeat()}>
          <Icon name="refresh" /> {telling.again}
        </button>
      )}
    </div>
  );
}
