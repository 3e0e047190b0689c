import type { Amount } from "../api/types";
import { toMinor } from "../money";

interface HoldBarProps {
  authorized: Amount;
  reversed: Amount;
  captured: Amount;
  refunded: Amount;
  currency: string;
}

/** A payment as a bar: what is taken, what is held, and what was given back. The numbers stand beneath it. */
export function HoldBar({ authorized, reversed, captured, refunded, currency }: HoldBarProps) {
  const minor = (amount: Amount) => Number(toMinor(amount, currency));
  const whole = Math.max(minor(authorized), minor(captured), 1);
  const taken = minor(captured) - minor(refunded);
  const held = Math.max(0, minor(authorized) - minor(reversed) - minor(captured));
  const share = (part: number) => (100 * part) / whole;
  return (
    <svg class="hold-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="hold-released" width="100" height="4" />
      <rect class="hold-held" width={share(taken + held)} height="4" />
      <rect class="hold-taken" width={share(taken)} height="4" />
    </svg>
  );
}
