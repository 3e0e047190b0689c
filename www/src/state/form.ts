import { computed, effect, signal } from "@preact/signals";
import { type BillingAddress, type FormRequest, forecast, objections } from "../api/core";
import { gateway } from "../api/store";
import { CARDS, OWN_TOKEN, USUAL_CARD } from "../shop/payment-choices";
import { currency, total } from "./bag";
import { records, releaseOrder } from "./records";
import { savedSignal } from "./saved";

/** The ways to pay. */
export type Method = "card" | "wallet" | "order";

/** What the address form holds; blank is "". */
export type AddressForm = Record<"name" | "street" | "city" | "region" | "postalCode" | "country", string>;

const BLANK: AddressForm = { name: "", street: "", city: "", region: "", postalCode: "", country: "" };
const keptAddress = savedSignal<AddressForm>("address", BLANK);

/** The ways to pay here. A wallet pays at the gateway by itself, and only the simulator has one. */
export const METHODS: readonly Method[] = gateway() === "simulator" ? ["card", "wallet", "order"] : ["card", "order"];

/** The chosen way to pay. */
export const method = savedSignal<Method>("method", "card");
if (!METHODS.includes(method.peek())) method.value = "card";

/** The chosen test card: its token, or "own" for the text field. */
export const card = savedSignal<string>("card", USUAL_CARD);
if (![...CARDS, OWN_TOKEN].some(({ token }) => token === card.peek())) card.value = USUAL_CARD;

/** The token typed by hand. Not kept over a reload: a person may type anything here. */
export const ownToken = signal("");

/** The chosen wallet. */
export const wallet = savedSignal<string>("wallet", "authorized");

/** The purchase order number. */
export const orderNumber = signal("");

/** The billing address. */
export const address = signal<AddressForm>(keptAddress.value);

/** The fields the shopper has left once, or all after a try to pay: only these show what they lack. */
export const visited = signal<ReadonlySet<string>>(new Set());

/** The request as it stands. A wallet's token exists only once the wallet has paid; until then a stand-in is checked. */
export const request = computed<FormRequest>(() => ({
  ...{
    card: { requestType: "Auth" as const, paymentToken: card.value === "own" ? ownToken.value : card.value },
    wallet: { requestType: "PostAuth" as const, paymentToken: "sim_wallet" },
    order: { requestType: "SimplePurchaseOrder" as const, paymentToken: orderNumber.value },
  }[method.value],
  billingAddress: sentAddress(address.value),
}));

/** What the core says about each field, by the field's name. */
export const verdicts = computed<ReadonlyMap<string, string>>(() => {
  const whole = objections(request.value);
  // A missing token ends the server's reading early; the address gets its verdict all the same.
  const addressOnly = objections({ ...request.value, requestType: "Auth", paymentToken: USUAL_CARD });
  const found = new Map<string, string>();
  for (const { name, detail } of [...whole, ...addressOnly]) if (!found.has(name)) found.set(name, detail);
  return found;
});

/** What the request would do to the payment the cart has. */
export const outlook = computed(() =>
  forecast(records.value, request.value, { releaseOrder: releaseOrder.value, amount: total.value, currencyIsoCode: currency.value }),
);

/** Fills the address with the one of the documentation. */
export function fillExampleAddress(): void {
  address.value = { name: "John Doe", street: "123 Acme Drive", city: "Los Angeles", region: "CA", postalCode: "90001", country: "US" };
}

/** Marks a field as visited. */
export function visit(field: string): void {
  if (!visited.value.has(field)) visited.value = new Set([...visited.value, field]);
}

function sentAddress(form: AddressForm): BillingAddress {
  const { name, street, country, city, region, postalCode } = form;
  return { name, street, country, ...(city && { city }), ...(region && { region }), ...(postalCode && { postalCode }) };
}

// Only an address that the core has nothing against is kept over a reload: it refuses card numbers, so none is ever stored.
effect(() => {
  const clean = [...verdicts.value.keys()].every((name) => !name.startsWith("billingAddress"));
  if (clean) keptAddress.value = address.value;
});
