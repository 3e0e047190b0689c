/** The money that moves is the money that was asked for (DESIGN §4, §6), by the gateway's own books. */
import type { Outcome } from "../../server/ports.js";
import { type Check, skip } from "../case.js";
import { expect, expectAmount, isSameAmount } from "../expect.js";
import type { BookedPayment } from "./harness.js";
import { type GatewayWorld, isRefusal, said } from "./world.js";

const DEFAULT_CURRENCIES: Readonly<Record<number, string>> = { 0: "JPY", 2: "USD", 3: "KWD" };
// a whole and a part, by decimals; the third decimal is 0, for networks that take thousandths in tens only
const SAMPLES: Readonly<Record<number, { readonly whole: string; readonly part: string }>> = {
  0: { whole: "1500", part: "400" },
  2: { whole: "15.05", part: "4.01" },
  3: { whole: "15.050", part: "4.010" },
};

const EXACT = "§4 and §6: the amount is the call's, in the currency's own minor units; the gateway's books and ours must agree.";
const TRUE = "§6: a success that did not happen, and a refusal of what did, both leave the books apart.";

export const amountChecks: readonly Check<GatewayWorld>[] = [
  ...[0, 2, 3].map((decimals): Check<GatewayWorld> => ({
    title: `amounts: a currency of ${decimals} decimals`,
    rule: `${EXACT} A hundred times too much is the commonest fault of adapters.`,
    needs: ["books"],
    async check(world) {
      const currencyIsoCode = (world.options.currencies ?? DEFAULT_CURRENCIES)[decimals] ?? skip(`the gateway has no currency of ${decimals} decimals`);
      const { whole, part } = SAMPLES[decimals] as { whole: string; part: string };
      const held = await world.paid({ amount: whole, currencyIsoCode });
      speaksOf(held.outcome, whole, currencyIsoCode);
      await expectBooks(world, held.call.groupId, { authorized: whole, held: whole, captured: "0", refunded: "0" });
      const taken = await world.done(world.on(held, "capture", { amount: part }));
      speaksOf(taken.outcome, part, currencyIsoCode);
      await expectBooks(world, held.call.groupId, { authorized: whole, captured: part, refunded: "0" });
      const booked = await world.bookedOnce(held.call.groupId);
      expect(booked?.currencyIsoCode === currencyIsoCode, `booked in ${booked?.currencyIsoCode}, asked for in ${currencyIsoCode}`);
    },
  })),
  {
    title: "amounts: a capture of a part takes the part",
    rule: `${EXACT} Taking the whole instead charges a shopper for what was never sent.`,
    async check(world) {
      const held = await world.paid();
      const { outcome } = await world.done(world.on(held, "capture", { amount: "4.00" }));
      speaksOf(outcome, "4.00", "USD");
      await expectBooks(world, held.call.groupId, { captured: "4.00" });
    },
  },
  {
    title: "amounts: several captures take their parts, or are refused",
    rule: TRUE,
    async check(world) {
      const held = await world.paid();
      await world.done(world.on(held, "capture", { amount: "4.00" }));
      await truthful(world, held.call.groupId, await world.make(world.on(held, "capture", { amount: "2.50" })), "captured", "4.00", "6.50");
    },
  },
  {
    title: "amounts: what a capture of a part leaves is held, or let go of, as is stated",
    rule: "§6 and §7: by `captureReleasesRest` the records know whether the rest is held. Wrongly stated, they count money that is not there, or forget a hold.",
    async check(world) {
      const held = await world.paid();
      await world.done(world.on(held, "capture", { amount: "4.00" }));
      const isLetGo = world.gateway.capabilities.captureReleasesRest === true;
      await expectBooks(world, held.call.groupId, { held: isLetGo ? "0" : "6.00", captured: "4.00" });
      const second = await world.make(world.on(held, "capture", { amount: "2.50" }));
      if (isLetGo) expect(isRefusal(second), `the rest is said to be let go of, and a second capture came to ${said(second)}`);
      else if (isRefusal(second)) world.note(`the rest stays held, and a second capture came to ${said(second)}: does the gateway let go of it, and want to be stated so?`);
    },
  },
  {
    title: "amounts: a refund of a part gives the part back, and so does the next",
    rule: `${EXACT} Giving back what was captured, whatever was asked, is the refund's form of the same fault.`,
    async check(world) {
      if (!world.can("refund")) skip("the adapter has no refund");
      const taken = await world.paid({ captured: true });
      const { outcome } = await world.done(world.on(taken, "refund", { amount: "4.00" }));
      speaksOf(outcome, "4.00", "USD");
      await expectBooks(world, taken.call.groupId, { captured: "10.00", refunded: "4.00" });
      await truthful(world, taken.call.groupId, await world.make(world.on(taken, "refund", { amount: "2.50" })), "refunded", "4.00", "6.50");
    },
  },
  {
    title: "amounts: a refund may follow a capture of a part",
    rule: EXACT,
    async check(world) {
      if (!world.can("refund")) skip("the adapter has no refund");
      const held = await world.paid();
      const taken = await world.done(world.on(held, "capture", { amount: "4.00" }));
      await world.done(world.on(taken, "refund", { amount: "1.50" }));
      await expectBooks(world, held.call.groupId, { captured: "4.00", refunded: "1.50" });
    },
  },
  {
    title: "amounts: a refund takes the reference of the payment where there is none of the capture",
    rule: "§6: a capture that was learnt of by a question may have no reference of its own; the core names the payment's then.",
    async check(world) {
      if (!world.can("refund")) skip("the adapter has no refund");
      const held = await world.paid();
      await world.done(world.on(held, "capture"));
      await world.done(world.on(held, "refund", { amount: "1.50" }));
      await expectBooks(world, held.call.groupId, { captured: "10.00", refunded: "1.50" });
    },
  },
  {
    title: "amounts: a sale takes the money, and can be refunded",
    rule: EXACT,
    async check(world) {
      if (!world.can("sale")) skip("the adapter has no sale");
      const sold = await world.done(await world.ready("sale"));
      speaksOf(sold.outcome, "10.00", "USD");
      await expectBooks(world, sold.call.groupId, { captured: "10.00", refunded: "0" });
      if (!world.can("refund")) return;
      await world.done(world.on(sold, "refund"));
      await expectBooks(world, sold.call.groupId, { captured: "10.00", refunded: "10.00" });
    },
  },
  {
    title: "amounts: a reversal lets go of what is held, and takes nothing",
    rule: EXACT,
    async check(world) {
      const held = await world.paid();
      await world.done(world.on(held, "reverse"));
      await expectBooks(world, held.call.groupId, { held: "0", captured: "0", refunded: "0" });
    },
  },
  {
    title: "amounts: a reversal of a part lets go of the part, or is refused",
    rule: `${TRUE} Letting go of the whole gives away what the rest of the order needs.`,
    async check(world) {
      const held = await world.paid();
      await truthful(world, held.call.groupId, await world.make(world.on(held, "reverse", { amount: "4.00" })), "held", "10.00", "6.00");
    },
  },
  {
    title: "amounts: a reversal after a capture of a part leaves the captured part alone",
    rule: `${TRUE} A reversal is never a refund.`,
    async check(world) {
      const held = await world.paid();
      await world.done(world.on(held, "capture", { amount: "4.00" }));
      // a gateway may let go of the rest by itself; then there is nothing to reverse
      await world.make(world.on(held, "reverse", { amount: "6.00" }));
      await expectBooks(world, held.call.groupId, { captured: "4.00", refunded: "0" });
    },
  },
  {
    title: "amounts: more than there is, is captured and refunded only as the books say",
    rule: TRUE,
    needs: ["books"],
    async check(world) {
      const held = await world.paid();
      await truthful(world, held.call.groupId, await world.make(world.on(held, "capture", { amount: "12.00" })), "captured", "0", "12.00");
      if (!world.can("refund")) return;
      const taken = await world.paid({ captured: true });
      await truthful(world, taken.call.groupId, await world.make(world.on(taken, "refund", { amount: "12.00" })), "refunded", "0", "12.00");
    },
  },
  {
    title: "amounts: an answer about another amount is told as it is",
    rule: "§6: the outcome repeats what the gateway says, never what was asked; the core sees that it is not the same, and holds it for unknown.",
    needs: ["network", "misquote"],
    check: (world) => misquoted(world, "amount"),
  },
  {
    title: "amounts: an answer in another currency is told as it is",
    rule: "§6: the outcome repeats what the gateway says, never what was asked; the core sees that it is not the same, and holds it for unknown.",
    needs: ["network", "misquote"],
    check: (world) => misquoted(world, "currencyIsoCode"),
  },
  {
    title: "postauth: a payment made outside is recorded as it is",
    rule: "§5: id, amount and currency must match the cart's; `captured` says whether the money has been taken already.",
    needs: ["outside"],
    async check(world) {
      for (const captured of [false, true]) {
        const made = await world.done(world.call("postauth", { paymentToken: await world.outside({ captured }) }));
        speaksOf(made.outcome, "10.00", "USD");
        expect((made.outcome.captured ?? false) === captured, `'captured' must be ${captured} for a payment that is ${captured ? "taken" : "only held"}`);
      }
    },
  },
  {
    title: "postauth: a payment of another amount or currency is not the cart's",
    rule: "§5: a payment of a smaller amount must not pay for the cart. It is refused, or told with its true amount and currency.",
    needs: ["outside"],
    async check(world) {
      for (const other of [{ amount: "9.99" }, { amount: "100.00" }, { currencyIsoCode: "EUR" }]) {
        const outcome = await world.make(world.call("postauth", { paymentToken: await world.outside(other) }));
        const isTold = !isSameAmount(outcome.amount ?? "10.00", "10.00") || (outcome.currencyIsoCode ?? "USD") !== "USD";
        expect(isRefusal(outcome) || (outcome.resultCode === "Success" && isTold), `a payment of ${JSON.stringify(other)} for a cart of 10.00 USD came to ${said(outcome)}`);
      }
    },
  },
  {
    title: "postauth: a payment that does not exist is refused",
    rule: "§5: the token of a PostAuth is the gateway's transaction, and the shopper sends it.",
    async check(world) {
      if (!world.can("postauth")) skip("the adapter has no postauth");
      const outcome = await world.make(world.call("postauth", { paymentToken: "no_such_payment" }));
      expect(isRefusal(outcome), `a payment that does not exist came to ${said(outcome)}`);
    },
  },
];

async function misquoted(world: GatewayWorld, member: "amount" | "currencyIsoCode"): Promise<void> {
  const { misquote } = world.harness;
  if (misquote === undefined) return;
  for (const operation of ["authorize", "capture", "refund"] as const) {
    if (!world.can(operation)) continue;
    const call = await world.ready(operation);
    let isQuoted = false;
    const { outcome, met } = await world.under(
      {
        name: `another ${member}`,
        arrives: true,
        async meet({ answer }) {
          const text = (await answer?.text()) ?? "";
          const changed = member === "amount" ? misquote.amount(text) : misquote.currency(text);
          isQuoted ||= changed !== text;
          return new Response(changed, { status: answer?.status ?? 200, headers: new Headers(answer?.headers) });
        },
      },
      call,
    );
    expect(met, `${operation} sent no request that could do something`);
    expect(isQuoted || operation !== "authorize", "'misquote' has changed nothing in the answer to an authorize");
    if (!isQuoted) world.note(`the gateway's answer to ${operation} says nothing of it`);
    if (!isQuoted || outcome.resultCode === "Indeterminate") continue;
    const asked = member === "amount" ? isSameAmount(outcome.amount ?? call.amount, call.amount) : (outcome.currencyIsoCode ?? call.currencyIsoCode) === call.currencyIsoCode;
    expect(outcome.resultCode === "Success" && !asked, `${operation}: the gateway spoke of another ${member}, and the outcome was ${said(outcome)} with ${String(outcome[member])}`);
  }
}

/** Fails when the outcome speaks of anything but this money. */
function speaksOf({ amount, currencyIsoCode }: Outcome, asked: string, currency: string): void {
  if (amount !== undefined) expectAmount(amount, asked, "the amount that the outcome speaks of");
  expect(currencyIsoCode === undefined || currencyIsoCode === currency, `the outcome speaks of ${currencyIsoCode}, the call of ${currency}`);
}

async function expectBooks(world: GatewayWorld, groupId: string, sums: Partial<Pick<BookedPayment, "authorized" | "held" | "captured" | "refunded">>): Promise<void> {
  const booked = await world.bookedOnce(groupId);
  if (booked === undefined) return;
  for (const [name, amount] of Object.entries(sums)) expectAmount(booked[name as keyof BookedPayment], amount, `${name} at the gateway`);
}

/** Fails unless the outcome says what the books say: before it, or after it had happened. */
async function truthful(world: GatewayWorld, groupId: string, outcome: Outcome, name: "held" | "captured" | "refunded", before: string, after: string): Promise<void> {
  const happened = outcome.resultCode === "Success" && outcome.pending !== true;
  expect(happened || isRefusal(outcome), `it must succeed or be refused, but came to ${said(outcome)}`);
  await expectBooks(world, groupId, { [name]: happened ? after : before });
}
