import { send } from "./shopper";
import type { Amount, Answer, BookEntry, CartItem, Explanation, ReleaseOrder } from "./types";

/** Who takes the payments: the simulator with its books, or Stripe in test mode. */
export type GatewayName = "simulator" | "stripe";

let known: { readonly webstoreId: string; readonly gateway: GatewayName } | undefined;

/** Asks the server which web store this is, and who takes its payments; call once, before anything else here. */
export async function loadStore(): Promise<void> {
  known = expect(await send("GET", "/demo/config"), 200);
}

/** The id of the web store this page sells for. */
export function webstoreId(): string {
  return loaded().webstoreId;
}

/** Who takes this store's payments. */
export function gateway(): GatewayName {
  return loaded().gateway;
}

/** Makes a cart and gives its id and total. */
export async function createCart(currencyIsoCode: string, items: CartItem[]): Promise<{ cartId: string; grandTotalAmount: Amount }> {
  return expect(await send("POST", "/demo/carts", { body: { currencyIsoCode, items } }), 201);
}

/** Changes a cart. False: the store has no such cart for this shopper any more. */
export async function updateCart(cartId: string, currencyIsoCode: string, items: CartItem[]): Promise<boolean> {
  const answer = await send("PUT", `/demo/carts/${encodeURIComponent(cartId)}`, { body: { currencyIsoCode, items } });
  if (answer.status === 404) return false;
  expect(answer, 200);
  return true;
}

/** Starts the checkout of a cart and gives its id; undefined: the store has no such cart for this shopper any more. */
export async function startCheckout(cartId: string): Promise<string | undefined> {
  const answer = await send("POST", `/commerce/webstores/${encodeURIComponent(webstoreId())}/checkouts`, { body: { cartId } });
  return answer.status === 404 ? undefined : expect<{ checkoutId: string }>(answer, 201).checkoutId;
}

/** What was decided for a checkout, by which rule and on what evidence, and what comes next. */
export async function readExplanation(checkoutId: string, signal: AbortSignal): Promise<Explanation> {
  const path = `/commerce/webstores/${encodeURIComponent(webstoreId())}/checkouts/${encodeURIComponent(checkoutId)}/payments/explain`;
  return expect(await send("GET", path, { signal }), 200);
}

/** The gateway's own books for a checkout; Stripe's are in its dashboard. */
export async function readBooks(checkoutId: string): Promise<BookEntry[]> {
  if (gateway() !== "simulator") return [];
  return expect<{ payments: BookEntry[] }>(await send("GET", `/demo/books?checkoutId=${encodeURIComponent(checkoutId)}`), 200).payments;
}

/** Pays at the gateway itself, as a wallet does, and gives the token of that payment. */
export async function payAtGateway(amount: string, currencyIsoCode: string, captured: boolean, script?: string): Promise<string> {
  const body = { amount, currencyIsoCode, captured, ...(script ? { script } : {}) };
  return expect<{ token: string }>(await send("POST", "/simulator/payments", { body }), 200, 201).token;
}

/** Sets the store's release policy (demo only). */
export async function writeReleaseOrder(releaseOrder: ReleaseOrder): Promise<boolean> {
  return (await send("PUT", "/demo/settings", { body: { releaseOrder } })).status < 300;
}

/** The store's release policy (demo only). */
export async function readReleaseOrder(): Promise<ReleaseOrder> {
  return expect<{ releaseOrder: ReleaseOrder }>(await send("GET", "/demo/settings"), 200).releaseOrder;
}

/** Lets the simulated bank give its late answer to a pending payment of this checkout (demo only). */
export async function letBankAnswer(checkoutId: string, reference: string, event: "succeeded" | "failed"): Promise<void> {
  await send("POST", "/demo/notify", { body: { checkoutId, reference, event } });
}

function loaded(): NonNullable<typeof known> {
  if (known === undefined) throw new Error("loadStore() comes first");
  return known;
}

function expect<Body>(answer: Answer<unknown>, ...statuses: number[]): Body {
  if (!statuses.includes(answer.status)) throw new Error(`the store answered ${answer.status}`);
  return answer.body as Body;
}
