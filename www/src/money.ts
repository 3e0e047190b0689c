// Sums for the page, in whole minor units: no amount ever passes through a float.

/** The currencies the shop sells in, with their number of decimals (ISO 4217). */
export const DECIMALS = { USD: 2, JPY: 0, KWD: 3 } as const;

/** A currency the shop sells in. */
export type Currency = keyof typeof DECIMALS;

/** Is this text one of the shop's currencies? */
export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(DECIMALS, text);
}

/** Decimal text or a JSON number ("129.9") as whole minor units (12990n). More decimals than the currency has are an error. */
export function toMinor(amount: string | number, currency: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount));
  const decimals = isCurrency(currency) ? DECIMALS[currency] : 2;
  if (!match) throw new RangeError(`not an amount: ${amount}`);
  const [, sign, whole, fraction = ""] = match;
  if (fraction.length > decimals) throw new RangeError(`${amount} has more decimals than ${currency}`);
  const minor = BigInt(whole + fraction.padEnd(decimals, "0"));
  return sign ? -minor : minor;
}

/** Whole minor units (12990n) as decimal text ("129.90"). */
export function toAmount(minor: bigint, currency: string): string {
  const decimals = isCurrency(currency) ? DECIMALS[currency] : 2;
  const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, "0");
  const sign = minor < 0n ? "-" : "";
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The sum of amounts of one currency, in minor units; what is absent counts nothing. */
export function sumMinor(amounts: readonly (string | number | undefined)[], currency: string): bigint {
  return amounts.reduce<bigint>((sum, amount) => sum + (amount === undefined ? 0n : toMinor(amount, currency)), 0n);
}
