/**
 * Exact sums for hosts (carts, simulators, tests): amounts as whole minor units, never as floats (DESIGN §4). What the
 * core decides, it computes by itself; how many decimals a currency has is the core's table too.
 */
import { currencyDecimals } from "./core.js";

const AMOUNT = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;
const MAX_DIGITS = 18;

/**
 * The decimal text of an amount that came as text or as a JSON number; undefined when it is neither, negative, or so
 * long that a number can't have kept it.
 */
export function amountText(value: unknown): string | undefined {
  if (typeof value === "string") return AMOUNT.test(value) && digits(value) <= MAX_DIGITS ? value : undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  const text = String(value);
  // up to 15 digits a number gives back exactly the decimal text it was read from
  return AMOUNT.test(text) && digits(text) <= 15 ? text : undefined;
}

/** `"129.9"`, `"USD"` to `12990n`; undefined when the text is no amount of that currency, or the currency is none. */
export function toMinorUnits(text: string, currencyIsoCode: string): bigint | undefined {
  const match = AMOUNT.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = ""] = match;
  const decimals = currencyDecimals(currencyIsoCode);
  if (decimals === undefined || fraction.length > decimals || digits(text) > MAX_DIGITS) return undefined;
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}

/** `12990n`, `"USD"` to `"129.90"`. */
export function fromMinorUnits(units: bigint, currencyIsoCode: string): string {
  const decimals = currencyDecimals(currencyIsoCode) ?? 0;
  const text = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = text.slice(0, text.length - decimals);
  return (units < 0n ? "-" : "") + (decimals === 0 ? whole : `${whole}.${text.slice(-decimals)}`);
}

function digits(text: string): number {
  return text.replace(".", "").length;
}
