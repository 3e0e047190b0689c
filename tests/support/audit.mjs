// Holds what clients asked for and were answered against the gateway's books and the store's records.

import { booked, minorUnits, pendingRecords, recorded, standing, unsettled } from "./accounts.mjs";
import { records } from "./records.mjs";
import { answeredAlike, isFinal } from "./shopping.mjs";

const SIDE_BY_SIDE = 6;
const ROUNDS = 12;

/** Settles and compares `checkouts`; gives what is wrong with them, as texts. */
export async function audit(server, checkouts) {
  const wrong = [];
  let open = await eachSideBySide(checkouts, (checkout) => look(server, checkout));
  for (let round = 0; round < ROUNDS; round++) {
    open = open.filter(({ view, books }) => unsettled(view).length > 0 || books.some(({ state }) => state === "pending"));
    if (open.length === 0) break;
    await eachSideBySide(open, (seen) => decideAll(server, seen));
    await server.backOffice("POST", "/demo/recover");
    open = await eachSideBySide(open, ({ checkout }) => look(server, checkout));
  }
  await eachSideBySide(checkouts, async (checkout) => {
    const seen = await look(server, checkout);
    for (const problem of compare(seen)) wrong.push(`${problem}\n${JSON.stringify(seen, null, 1)}`);
  });
  return wrong;
}

/** Repeats every key that has a final answer: the same answer, and nothing done. Gives what is wrong. */
export async function repeatKeys(server, checkouts, address) {
  const wrong = [];
  let repeats = 0;
  await eachSideBySide(checkouts, async (checkout) => {
    const before = await look(server, checkout);
    const shopper = await server.shopper(checkout.session);
    for (const attempt of checkout.attempts.filter((each) => each.key !== undefined && isFinal(each))) {
      const { key, type, token, status, text } = attempt;
      const body = { requestType: type, paymentToken: token, billingAddress: address };
      const answer = await shopper.request("POST", `${pathOf(checkout)}/payments`, body, { "idempotency-key": key });
      repeats += 1;
      if (!answeredAlike(attempt, answer)) wrong.push(`${checkout.id} ${key}: first ${status} ${text}, now ${answer.status} ${answer.text}`);
    }
    const after = await look(server, checkout);
    if (JSON.stringify([before.books, before.view.operations.length]) !== JSON.stringify([after.books, after.view.operations.length])) wrong.push(`${checkout.id}: repeats did something`);
  });
  return { wrong, repeats };
}

async function look(server, checkout) {
  const { status, text, body: view } = await server.backOffice("GET", `${pathOf(checkout)}/payments`);
  if (status !== 200) throw new Error(`${pathOf(checkout)}: ${status} ${text}`);
  const groupId = view.paymentGroup?.id;
  const books = groupId === undefined ? [] : (await server.backOffice("GET", `/simulator/books?groupId=${groupId}`)).body.payments;
  const rows = groupId === undefined ? {} : await rowsOf(server, groupId);
  return { checkout, view, books, rows };
}

// What the same group looks like to those who query its records.
async function rowsOf(server, groupId) {
  const of = (object, fields) => records(server, `SELECT Id, Status, Amount, ${fields} FROM ${object} WHERE PaymentGroupId = '${groupId}'`);
  const [authorizations, payments, refunds] = await Promise.all([of("PaymentAuthorization", "Balance"), of("Payment", "Balance"), of("Refund", "PaymentId")]);
  return { authorizations, payments, refunds };
}

function compare({ checkout, view, books, rows }) {
  const wrong = unsettled(view).map((what) => `${checkout.id}: ${what}`);
  const check = (right, problem) => right || wrong.push(`${checkout.id}: ${problem}`);
  const ours = recorded(view);
  check(booked(books) === ours, `the books have ${booked(books)}, we have ${ours}`);
  const left = standing(books);
  const byCard = view.livePayment?.type === "Auth" || view.livePayment?.type === "PostAuth";
  check(left.length <= 1, `${left.length} payments stand`);
  check((left.length === 1) === byCard, `${left.length} payments stand, the live one is ${JSON.stringify(view.livePayment)}`);
  for (const { keys } of books) check(new Set(keys).size === keys.length, "a key is twice in the books");
  const isSame = (ofRows = [], ofView, expected) => {
    const text = (list) => JSON.stringify(list.toSorted(([a], [b]) => (a < b ? -1 : 1)));
    check(text(ofRows.map(({ Id, Status, Amount, Balance = null }) => [Id, Status, Amount, Balance])) === text(ofView.map(expected)), `the rows are ${JSON.stringify(ofRows)}`);
  };
  isSame(rows.authorizations, view.paymentAuthorizations, ({ id, status, amount, balance }) => [id, status, amount, balance]);
  isSame(rows.payments, view.payments, ({ id, status, amount }) => [id, status, amount, status === "Processed" ? amount : 0]);
  isSame(rows.refunds, view.refunds, ({ id, status, amount }) => [id, status, amount, null]);

  const made = books.filter(({ authorized }) => authorized > 0);
  const undone = undoneIn(view);
  const amountOf = (payment) => `${payment.authorized} ${payment.currencyIsoCode}`;
  const isAbout = (attempt, payment) => attempt.amounts.some((amount) => isAmount(payment.authorized, payment.currencyIsoCode, amount));
  for (const payment of made) {
    const attempts = checkout.attempts.filter((attempt) => isAbout(attempt, payment));
    const sends = attempts.reduce((sum, { key, sends }) => sum + (key === undefined ? sends : 1), 0);
    // What was undone because the old payment could not be given back was answered "a repeat is safe": the same key may ask again.
    const same = made.filter((other) => amountOf(other) === amountOf(payment) && !undone.has(other.reference)).length;
    check(same <= sends, `${same} payments of ${amountOf(payment)}, asked for ${sends} times`);
  }
  for (const attempt of checkout.attempts.filter(({ status }) => status === 201)) {
    const isTrue = attempt.type === "SimplePurchaseOrder" ? JSON.stringify(view.purchaseOrder ?? {}).includes(`"${attempt.token}"`) : made.some((payment) => isAbout(attempt, payment));
    check(isTrue, `answered 201, and there is no such payment: ${JSON.stringify(attempt)}`);
  }
  const { expected } = checkout;
  if (expected !== undefined) {
    const stands = expected.type === "SimplePurchaseOrder" ? view.purchaseOrder?.number === expected.token : left.some((payment) => isAbout(expected, payment));
    check(stands && view.livePayment?.type === expected.type, `answered 201, and it does not stand: ${JSON.stringify(expected)}`);
  }
  if (checkout.order !== undefined) {
    check(JSON.stringify(view.paymentGroup?.order ?? null).includes(checkout.order), `its order ${checkout.order} is not recorded`);
    const paid = view.livePayment?.type === "SimplePurchaseOrder" || left.some(({ authorized, reversed, refunded }) => authorized === view.grandTotalAmount && reversed + refunded === 0);
    check(paid, "its order is not paid");
  }
  return wrong;
}

// The gateway's references of the holds that the operation which made them has let go of again.
function undoneIn({ operations, paymentAuthorizations }) {
  const steps = operations.flatMap(({ steps }) => steps);
  const targets = new Set(steps.filter(({ role, status }) => role === "undo" && status === "succeeded").map(({ targetId }) => targetId));
  return new Set(paymentAuthorizations.filter(({ id }) => targets.has(id)).map(({ gatewayRefNumber }) => gatewayRefNumber));
}

function isAmount(number, currency, text) {
  const [amount, itsCurrency] = text.split(" ");
  return currency === itsCurrency && minorUnits(number, currency) === minorUnits(amount, currency);
}

async function decideAll(server, { view, books }) {
  const pending = [...pendingRecords(view).map(({ gatewayRefNumber }) => gatewayRefNumber), ...books.filter(({ state }) => state === "pending").map(({ reference }) => reference)];
  for (const reference of new Set(pending.filter(Boolean))) await server.backOffice("POST", "/simulator/notify", { reference, event: "succeeded" });
}

function pathOf({ webstoreId, id }) {
  return `/commerce/webstores/${webstoreId}/checkouts/${id}`;
}

async function eachSideBySide(list, work) {
  const results = [];
  const rest = list.entries();
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      for (const [index, item] of rest) results[index] = await work(item);
    }),
  );
  return results;
}
