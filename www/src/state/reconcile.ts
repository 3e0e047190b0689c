import type { BookEntry, PaymentRecord, PaymentsView } from "../api/types";
import { toMinor } from "../money";

/** Sums in minor units, by currency; a currency with nothing is left out. */
export type Sums = ReadonlyMap<string, bigint>;

/** What the gateway holds and has taken, less what it gave back. */
export function heldAndTaken(books: readonly BookEntry[]): Sums {
  return sums(
    books.map(({ currencyIsoCode: code, authorized, reversed, captured, refunded }) => {
      const held = toMinor(authorized, code) - toMinor(reversed, code) - toMinor(captured, code);
      return [code, (held > 0n ? held : 0n) + toMinor(captured, code) - toMinor(refunded, code)];
    }),
  );
}

/** The same from the store's records. */
export function recordedHeldAndTaken(view: PaymentsView): Sums {
  return sums([
    ...processed(view.paymentAuthorizations).map((record) => entry(record, record.balance ?? record.amount)),
    ...processed(view.payments).map((record) => entry(record, record.amount)),
    ...processed(view.refunds).map((record) => entry(record, record.amount, -1n)),
  ]);
}

/** What the store still owes back. */
export function owedBack(view: PaymentsView): Sums {
  return sums((view.releasesOwed ?? []).map(({ amount = "0", currencyIsoCode = "" }) => [currencyIsoCode, toMinor(amount, currencyIsoCode)]));
}

/** Are both the same, currency by currency? */
export function sameSums(a: Sums, b: Sums): boolean {
  return a.size === b.size && [...a].every(([code, minor]) => b.get(code) === minor);
}

function processed(records: readonly PaymentRecord[] = []): PaymentRecord[] {
  return records.filter(({ status }) => status === "Processed");
}

function entry(record: PaymentRecord, amount: string, sign = 1n): [string, bigint] {
  const code = String(record["currencyIsoCode"]);
  return [code, sign * toMinor(amount, code)];
}

function sums(entries: readonly (readonly [string, bigint])[]): Sums {
  const total = new Map<string, bigint>();
  for (const [code, minor] of entries) total.set(code, (total.get(code) ?? 0n) + minor);
  for (const [code, minor] of total) if (minor === 0n) total.delete(code);
  return total;
}
