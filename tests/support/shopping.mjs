// One shopper's walk: carts, payments over payments, cart changes, races, repeats, orders; every answer is kept.

import { fromMinorUnits } from "checkout-payments/server";
import { ADDRESS, API_TOKEN, STORES } from "./server.mjs";

const OUTCOMES = ["ok", "ok", "ok", "decline", "fail", "invalid", "review", "error", "timeout_before", "timeout_after", "timeout_after", "pending"];
const CURRENCIES = ["USD", "EUR", "JPY", "KWD"];
const BACK_OFFICE = { authorization: `Bearer ${API_TOKEN}` };
let serial = 0;

/**
 * What is kept of a checkout: every attempt to pay with the amounts it may have been about and its last answer, the
 * payment that has to stand by now if that is certain, and the number of its order.
 *
 * @typedef {{ key?: string, type: string, token: string, amounts: string[], sends: number, status?: number, text?: string }} Attempt
 * @typedef {{ id: string, webstoreId: string, session: string, attempts: Attempt[], expected?: Attempt, order?: string }} Checkout
 */

/** Shops without end. */
export async function shop(line, random, number) {
  const { pick, chance } = random;
  let session;
  for (;;) {
    if (session === undefined || chance(0.05)) session = await line.during(async () => (await line.insist("POST", "/demo/sessions")).body.token);
    const walk = await line.during(() => startCheckout(line, random, session, number));
    for (let step = 0; step < pick([1, 2, 3, 4, 6]) && walk.checkout.order === undefined; step++) await line.during(() => act(walk));
    if (chance(0.3)) await line.during(() => repeat(walk));
  }
}

async function startCheckout(line, random, session, number) {
  const webstoreId = random.pick(STORES);
  const request = (method, path, body, headers) => line.insist(method, path, body, { authorization: `Bearer ${session}`, ...headers });
  const cart = newCart(random);
  const { cartId } = must(line, 201, await request("POST", "/demo/carts", cart.body));
  const { checkoutId } = must(line, 201, await request("POST", `/commerce/webstores/${webstoreId}/checkouts`, { cartId }));
  line.counts.checkouts += 1;
  const checkout = { id: checkoutId, webstoreId, session, attempts: [] };
  line.touch(checkout);
  return { line, random, request, checkout, cart, cartId, number, path: `/commerce/webstores/${webstoreId}/checkouts/${checkoutId}`, decided: new Map() };
}

// No two carts of one shopper cost the same, so an amount in the books says which attempt it belongs to.
function newCart({ pick }) {
  const currencyIsoCode = pick(CURRENCIES);
  const price = fromMinorUnits(BigInt(1000 + (serial += 1)), currencyIsoCode);
  return { amount: `${price} ${currencyIsoCode}`, body: { currencyIsoCode, items: [{ name: "Hat", quantity: 1, unitPrice: price }] } };
}

async function act(walk) {
  const { random, line, checkout } = walk;
  line.touch(checkout);
  const what = random.pick(["auth", "auth", "auth", "postAuth", "postAuth", "purchaseOrder", "reprice", "reprice", "race", "race", "repeat", "notify", "read", "order"]);
  if (what === "race") return race(walk);
  if (what === "repeat") return repeat(walk);
  if (what === "notify") return notify(walk);
  if (what === "order") return order(walk);
  if (what === "reprice") return reprice(walk);
  if (what === "read") return void must(line, 200, await walk.request("GET", `${walk.path}/payments`));
  const attempt = await newAttempt(walk, what);
  checkout.expected = undefined;
  await pay(walk, attempt);
  checkout.expected = attempt.status === 201 ? attempt : undefined;
}

async function newAttempt(walk, what) {
  const { random, cart, request, line } = walk;
  const { pick, chance } = random;
  const script = (...operations) => (chance(0.3) ? "ok" : operations.map((operation) => `${operation}-${pick(OUTCOMES)}`).join("."));
  const key = chance(0.85) ? `key-${walk.number}-${(serial += 1)}` : undefined;
  const attempt = { key, type: "Auth", token: chance(0.3) ? `card-${walk.number}-${(serial += 1)}` : `sim_${script("authorize", "reverse", "inquire")}`, amounts: [cart.amount], sends: 0 };
  if (what === "purchaseOrder") return { ...attempt, type: "SimplePurchaseOrder", token: `PO-${walk.number}-${(serial += 1)}` };
  if (what !== "postAuth") return attempt;
  const [amount, currencyIsoCode] = cart.amount.split(" ");
  const mint = { amount, currencyIsoCode, captured: chance(0.5), script: script("postauth", "reverse", "refund") };
  return { ...attempt, type: "PostAuth", token: must(line, 201, await request("POST", "/simulator/payments", mint)).token };
}

// Sends until there is an answer. After a lost connection mostly with the same key, as a client should; sometimes with a
// new one, as a shopper does who reloads the page.
async function pay(walk, attempt) {
  const { line, random, checkout } = walk;
  checkout.attempts.push(attempt);
  line.counts.payments += 1;
  for (;;) {
    const answer = await sendPayment(walk, attempt);
    if (answer === undefined) {
      if (attempt.key === undefined || random.chance(0.75)) continue;
      const again = { ...attempt, key: `key-${walk.number}-${(serial += 1)}`, sends: 0 };
      await pay(walk, again);
      if (again.status === 201) attempt.status = 201; // for `expected`: this payment stands
      return;
    }
    if (answer.status === 409) {
      line.counts.conflicts += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    attempt.status = answer.status;
    attempt.text = answer.text;
    if (![201, 202, 404, 422].includes(answer.status)) line.violation(`a payment was answered ${answer.status} ${answer.text}`);
    return;
  }
}

function sendPayment({ line, path, checkout }, attempt) {
  attempt.sends += 1;
  const headers = { authorization: `Bearer ${checkout.session}`, ...(attempt.key === undefined ? {} : { "idempotency-key": attempt.key }) };
  return line.once("POST", `${path}/payments`, { requestType: attempt.type, paymentToken: attempt.token, billingAddress: ADDRESS }, headers);
}

// Several at once on one checkout: keys of their own, or one for all; perhaps while the cart changes or an order is placed.
async function race(walk) {
  const { random, checkout, line } = walk;
  checkout.expected = undefined;
  const first = await newAttempt(walk, random.pick(["auth", "auth", "postAuth"]));
  const same = first.key !== undefined && random.chance(0.5);
  const others = Array.from({ length: random.pick([1, 2]) }, () => (same ? first : { ...first, amounts: [...first.amounts], key: `key-${walk.number}-${(serial += 1)}` }));
  const runners = [first, ...others];
  const beside = random.pick([undefined, undefined, reprice, order]);
  if (same) checkout.attempts.push(first);
  const answers = await Promise.all([...runners.map((runner) => (same ? answerOf(walk, runner) : pay(walk, runner))), beside?.(walk, runners)]);
  if (!same) return;
  line.counts.payments += 1;
  const settled = answers.slice(0, runners.length).filter(isFinal);
  Object.assign(first, { status: settled[0]?.status, text: settled[0]?.text });
  for (const { status, text } of settled) {
    if (!answeredAlike(first, { status, text })) line.violation(`${walk.path} ${first.key}: one key, two answers: ${first.status} ${first.text} and ${status} ${text}`);
  }
}

async function answerOf(walk, attempt) {
  for (;;) {
    const answer = await sendPayment(walk, attempt);
    if (answer !== undefined && answer.status !== 409) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * Whether a key must keep this answer: that of a payment that was tried and neither waits nor invites a repeat. What was
 * refused before anything was tried (another type of payment stands in the way) may be allowed later.
 */
export function isFinal({ status, text }) {
  if (status !== 422 || text === undefined) return status === 201 && text !== undefined;
  const { salesforceResultCode, errors } = JSON.parse(text);
  return salesforceResultCode === "Decline" || errors.some(({ title }) => title === "The payment data was not accepted.");
}

/** Whether a key's second answer is its first. */
export function answeredAlike(first, answer) {
  return answer.status === first.status && answer.text === first.text;
}

// The same key again: the same answer, whatever happened since.
async function repeat(walk) {
  const known = walk.checkout.attempts.filter((attempt) => attempt.key !== undefined && isFinal(attempt));
  if (known.length === 0) return;
  const attempt = walk.random.pick(known);
  const answer = await answerOf(walk, attempt);
  if (!answeredAlike(attempt, answer)) {
    walk.line.violation(`${walk.path} ${attempt.key}: first ${attempt.status} ${attempt.text}, then ${answer.status} ${answer.text}`);
  }
}

async function reprice(walk, attempts = []) {
  const cart = newCart(walk.random);
  attempts.forEach((attempt) => attempt.amounts.push(cart.amount));
  walk.checkout.expected = undefined;
  const answer = await walk.request("PUT", `/demo/carts/${walk.cartId}`, cart.body);
  if (answer.status !== 404) must(walk.line, 200, answer); // 404: its order is placed
  walk.cart = cart;
}

async function order(walk) {
  const answer = await walk.request("POST", `${walk.path}/orders`);
  if (answer.status === 422) return;
  const { orderReferenceNumber } = must(walk.line, 201, answer);
  walk.checkout.order ??= orderReferenceNumber;
  const again = must(walk.line, 201, await walk.request("POST", `${walk.path}/orders`)).orderReferenceNumber;
  if (again !== walk.checkout.order) walk.line.violation(`${walk.path} has two orders: ${walk.checkout.order} and ${again}`);
}

// The gateway decides what is pending; a decision stays, however often it is told.
async function notify(walk) {
  const { request, path, decided, random, line } = walk;
  const view = must(line, 200, await request("GET", `${path}/payments`));
  walk.checkout.expected = undefined;
  for (const { status, gatewayRefNumber: reference } of [...view.paymentAuthorizations, ...view.payments, ...view.refunds]) {
    if (status !== "Pending" || reference === undefined) continue;
    if (!decided.has(reference)) decided.set(reference, random.pick(["succeeded", "failed"]));
    await line.insist("POST", "/simulator/notify", { reference, event: decided.get(reference), times: random.pick([1, 2]) }, BACK_OFFICE);
  }
}

function must(line, status, answer) {
  if (answer.status !== status) line.violation(`${status} expected, answered ${answer.status} ${answer.text}`);
  return answer.body;
}
