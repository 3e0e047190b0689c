// The gateway's own books against our records, in minor units: what must agree once nothing is unknown (DESIGN §6).

import { amountText, toMinorUnits } from "checkout-payments/server";

/** What a gateway holds and keeps by its own books: currency → minor units held and kept. */
export function booked(books) {
  const sums = new Map();
  for (const { currencyIsoCode, authorized, reversed, captured, refunded } of books) {
    const units = (amount) => minorUnits(amount, currencyIsoCode);
    add(sums, currencyIsoCode, units(authorized) - units(reversed) - units(captured), units(captured) - units(refunded));
  }
  return plain(sums);
}

/** The same by our records, as `GET …/payments` shows them. */
export function recorded({ paymentAuthorizations, payments, refunds }) {
  const sums = new Map();
  const processed = (list, each) => list.filter(({ status }) => status === "Processed").forEach(each);
  processed(paymentAuthorizations, ({ currencyIsoCode, balance }) => add(sums, currencyIsoCode, minorUnits(balance, currencyIsoCode), 0n));
  processed(payments, ({ currencyIsoCode, amount }) => add(sums, currencyIsoCode, 0n, minorUnits(amount, currencyIsoCode)));
  processed(refunds, ({ currencyIsoCode, amount }) => add(sums, currencyIsoCode, 0n, -minorUnits(amount, currencyIsoCode)));
  return plain(sums);
}

/** The payments of the books of which anything is left. */
export function standing(books) {
  return books.filter(({ authorized, reversed, refunded, currencyIsoCode: currency }) => {
    const units = (amount) => minorUnits(amount, currency);
    return units(authorized) - units(reversed) - units(refunded) > 0n;
  });
}

/** What is not settled in a view of payments: nothing, when everything is known and nothing is owed. */
export function unsettled({ operations, releasesOwed, ...records }) {
  return [
    ...operations.filter(({ status }) => status === "running" || status === "unresolved").map(({ id, status }) => `${id} is ${status}`),
    ...releasesOwed.map(({ recordId }) => `a release of ${recordId} is owed`),
    ...pendingRecords(records).map(({ id }) => `${id} is pending`),
  ];
}

/** The records that wait for a notification. */
export function pendingRecords({ paymentAuthorizations, paymentAuthAdjustments, payments, refunds }) {
  return [...paymentAuthorizations, ...paymentAuthAdjustments, ...payments, ...refunds].filter(({ status }) => status === "Pending");
}

/** Exact: an amount of the wire in units of its currency. */
export function minorUnits(amount, currency) {
  const units = toMinorUnits(amountText(amount) ?? "", currency);
  if (units === undefined) throw new Error(`${amount} ${currency} is no amount`);
  return units;
}

function add(sums, currency, held, kept) {
  const sum = sums.get(currency) ?? { held: 0n, kept: 0n };
  sums.set(currency, { held: sum.held + held, kept: sum.kept + kept });
}

// sorted, without zeros, as text: two of them can be compared and printed
function plain(sums) {
  return [...sums]
    .filter(([, { held, kept }]) => held !== 0n || kept !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { held, kept }]) => `${currency} held ${held} kept ${kept}`)
    .join(", ");
}
