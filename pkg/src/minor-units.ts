/**
 * Exact sums for hosts (carts, simulators, tests): amounts as whole minor units, never as floats (DESIGN §4). What the
 * core decides, it computes by itself.
 */

// ISO 4217 list one; every other currency has two decimals.
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...each(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
  ...each(3, "BHD IQD JOD KWD LYD OMR TND"),
  ...each(4, "CLF UYW"),
]);

const AMOUNT = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;
const MAX_DIGITS = 18;

/** How many decimals the currency's minor unit has. */
export function decimalsOf(currencyIsoCode: string): number {
  return DECIMALS.get(currencyIsoCode) ?? 2;
}

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

/** `"129.9"`, `"USD"` to `12990n`; undefined when the text is no amount or has more decimals than the currency. */
export function toMinorUnits(text: string, currencyIsoCode: string): bigint | undefined {
  const match = AMOUNT.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = ""] = match;
  const decimals = decimalsOf(currencyIsoCode);
  if (fraction.length > decimals || digits(text) > MAX_DIGITS) return undefined;
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}

/** `12990n`, `"USD"` to `"129.90"`. */
export function fromMinorUnits(units: bigint, currencyIsoCode: string): string {
  const decimals = decimalsOf(currencyIsoCode);
  const text = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = text.slice(0, text.length - decimals);
  return (units < 0n ? "-" : "") + (decimals === 0 ? whole : `${whole}.${text.slice(-decimals)}`);
}

function digits(text: string): number {
  return text.replace(".", "").length;
}

function each(decimals: number, codes: string): [string, number][] {
  return codes.split(" ").map((code) => [code, decimals]);
}
