import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

type Tone = "good" | "warn" | "bad" | "still";

const TONES: Record<string, Tone> = {
  processed: "good",
  succeeded: "good",
  success: "good",
  active: "good",
  pending: "warn",
  waiting: "warn",
  announced: "warn",
  running: "warn",
  unresolved: "warn",
  unknown: "warn",
  indeterminate: "warn",
  accepted: "warn",
  owed: "warn",
  abandoned: "warn",
  failed: "bad",
  refused: "bad",
  declined: "bad",
};

const ICONS: Record<Tone, IconName> = { good: "check", warn: "clock", bad: "cross", still: "minus" };

/** A status in words, its own or better ones, with a sign and a colour that say the same. */
export function Badge({ status, children = status }: { status: string; children?: ComponentChildren }) {
  const tone = TONES[status.toLowerCase()] ?? "still";
  return (
    <span class={`badge tone-${tone}`}>
      <Icon name={ICONS[tone]} />
      {children}
    </span>
  );
}
