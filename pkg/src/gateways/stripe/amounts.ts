/** Amounts as Stripe writes them: whole numbers, by Stripe's own table. Exact or refused; nothing is ever rounded. */
import { currencyDecimals } from "../../core.js";
import { fromMinorUnits, toMinorUnits } from "../../minor-units.js";
import { CURRENCY_CLASSES, type CurrencyClass } from "./currencies.js";

/** Why an amount can't be said to Stripe. */
export type AmountProblem = "currency_not_supported" | "amount_not_representable";

const CLASSES: ReadonlyMap<string, CurrencyClass> = new Map(CURRENCY_CLASSES.flatMap((of) => of.codes.split(" ").map((code) => [code, of])));

/** `"5"`, `"ISK"` to `500`; the problem when Stripe has no number for it. */
export function toStripe(amount: string, currencyIsoCode: string): number | AmountProblem {
  const form = CLASSES.get(currencyIsoCode);
  const units = toMinorUnits(amount, currencyIsoCode);
  if (form === undefined) return "currency_not_supported";
  if (units === undefined) return "amount_not_representable";
  const scaled = rescale(units, currencyDecimals(currencyIsoCode) ?? 0, form.decimals);
  const fits = scaled !== undefined && scaled % BigInt(form.multipleOf) === 0n && scaled <= BigInt(Number.MAX_SAFE_INTEGER);
  return fits ? Number(scaled) : "amount_not_representable";
}

/** `500`, `"ISK"` to `"5"`; undefined when Stripe's number is none of this currency. */
export function fromStripe(number: number, currencyIsoCode: string): string | undefined {
  const form = CLASSES.get(currencyIsoCode);
  const decimals = currencyDecimals(currencyIsoCode);
  if (form === undefined || decimals === undefined || !Number.isSafeInteger(number) || number < 0) return undefined;
  const units = rescale(BigInt(number), form.decimals, decimals);
  return units === undefined ? undefined : fromMinorUnits(units, currencyIsoCode);
}

function rescale(units: bigint, from: number, to: number): bigint | undefined {
  if (to >= from) return units * 10n ** BigInt(to - from);
  const factor = 10n ** BigInt(from - to);
  return units % factor === 0n ? units / factor : undefined;
}
