/** Checks a cart and sums it up, exactly: whole minor units, no floats (DESIGN §4). */
import { amountText, fromMinorUnits, toMinorUnits } from "checkout-payments/server";
import { currencyDecimals } from "checkout-payments/core";
import { BadInput } from "./http.js";
import { hashOf } from "./ids.js";

const MAX_ITEMS = 100;
const MAX_NAME = 255;
const MAX_QUANTITY = 9_999;
const MAX_TOTAL_DIGITS = 15; // every JSON reader can still tell two such amounts apart

/**
 * @typedef {object} Cart
 * @property {string} currencyIsoCode
 * @property {{name: string, quantity: number, unitPrice: string}[]} items
 * @property {string} total  decimal text
 * @property {string} digest  of lines, currency and total: a payment is for this cart and no other
 */

/**
 * The cart in a request's body. Throws {@link BadInput} naming the field.
 * @param {unknown} input
 * @returns {Promise<Cart>}
 */
export async function readCart(input) {
  const { currencyIsoCode, items } = members(input, "the body", ["currencyIsoCode", "items"]);
  if (typeof currencyIsoCode !== "string" || currencyDecimals(currencyIsoCode) === undefined) throw new BadInput("'currencyIsoCode' must be the ISO 4217 code of a currency in use.");
  if (!Array.isArray(items) || items.length < 1 || items.length > MAX_ITEMS) throw new BadInput(`'items' must be a list of 1 to ${MAX_ITEMS}.`);
  const lines = items.map((item, at) => readItem(item, `items[${at}]`, currencyIsoCode));
  const units = lines.reduce((sum, { quantity, unitPrice }) => sum + BigInt(quantity) * toMinorUnits(unitPrice, currencyIsoCode), 0n);
  if (units === 0n) throw new BadInput("'items' must cost something in all.");
  if (String(units).length > MAX_TOTAL_DIGITS) throw new BadInput("'items' cost more than can be paid here.");
  const total = fromMinorUnits(units, currencyIsoCode);
  return { currencyIsoCode, items: lines, total, digest: await hashOf(JSON.stringify([currencyIsoCode, lines, total])) };
}

/** The members of an object, all of them known. */
export function members(value, what, names) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new BadInput(`${what} must be an object.`);
  for (const name of Object.keys(value)) if (!names.includes(name)) throw new BadInput(`${what} has an unknown field; known are ${names.join(", ")}.`);
  return value;
}

function readItem(item, at, currencyIsoCode) {
  const { name, quantity, unitPrice } = members(item, `'${at}'`, ["name", "quantity", "unitPrice"]);
  if (typeof name !== "string" || name.trim() === "" || [...name].length > MAX_NAME) throw new BadInput(`'${at}.name' must be a text of 1 to ${MAX_NAME} characters.`);
  if (/\p{Cc}|\p{Cs}/u.test(name)) throw new BadInput(`'${at}.name' has characters that can't be shown.`);
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) throw new BadInput(`'${at}.quantity' must be a whole number from 1 to ${MAX_QUANTITY}.`);
  const units = toMinorUnits(amountText(unitPrice) ?? "", currencyIsoCode);
  if (units === undefined) throw new BadInput(`'${at}.unitPrice' must be an amount (number or text) with no more decimals than ${currencyIsoCode} has.`);
  return { name, quantity, unitPrice: fromMinorUnits(units, currencyIsoCode) };
}
