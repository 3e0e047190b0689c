/**
 * Level 2 and level 3 data in Stripe's form. It only lowers a fee: a figure that Stripe has no number for leaves all of it out, and
 * Stripe is told not to refuse a sale over its arithmetic (the core has checked that lines come to the amount).
 */
import type Stripe from "stripe";
import type { GatewayCall } from "../../server/ports.js";
import { toStripe } from "./amounts.js";

type Params = Pick<Stripe.PaymentIntentCreateParams, "amount_details" | "payment_details">;

/** How many lines Stripe takes. */
export const LINE_ITEMS_MAX = 200;

/** What of a sale's data Stripe takes; nothing when there is none. */
export function enhancedData({ extras, currencyIsoCode, details, ourReference }: GatewayCall): Params {
  const data = extras?.enhancedPaymentData;
  if (data === undefined) return {};
  let isWhole = true;
  const number = (amount: string): number => {
    const units = toStripe(amount, currencyIsoCode);
    if (typeof units === "number") return units;
    isWhole = false;
    return 0;
  };
  const some = (amount: string | undefined): number | undefined => (amount === undefined ? undefined : number(amount));
  const positive = (amount: string | undefined): number | undefined => some(amount) || undefined;

  const lines = (data.lineItems ?? []).map((line) =>
    defined({
      product_name: (line.name ?? line.description ?? line.sku ?? "item").slice(0, 1024),
      product_code: line.sku?.slice(0, 12),
      quantity: line.quantity,
      unit_cost: number(line.unitPrice),
      unit_of_measure: line.uom,
      discount_amount: positive(line.discount),
      tax: line.taxAmount === undefined ? undefined : { total_tax_amount: number(line.taxAmount) },
      payment_method_options: line.commodityCode === undefined ? undefined : { card: { commodity_code: line.commodityCode } },
    }),
  );
  // Stripe takes tax and discount either by line or as a whole
  const total = data.totalTaxAmount ?? data.salesTaxAmount;
  const tax = total === undefined || lines.some((line) => "tax" in line) ? undefined : { total_tax_amount: number(total) };
  const discount = lines.some((line) => "discount_amount" in line) ? undefined : positive(data.discountAmount);
  const shipping = defined({ amount: some(data.shippingAmount), from_postal_code: data.shipFromZip?.slice(0, 10), to_postal_code: data.shipToZip?.slice(0, 10) });
  const amountDetails = defined({
    line_items: lines.length === 0 ? undefined : lines,
    discount_amount: discount,
    tax,
    shipping: Object.keys(shipping).length === 0 ? undefined : shipping,
  });
  if (!isWhole) return {};
  return {
    amount_details: { ...amountDetails, enforce_arithmetic_validation: false },
    payment_details: { order_reference: data.invoiceNumber ?? data.referenceId ?? ourReference, ...(details?.["AccountId"] === undefined ? {} : { customer_reference: details["AccountId"] }) },
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

// the SDK sends what is there, also as empty; what is not given is left out
function defined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}
