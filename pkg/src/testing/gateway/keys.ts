/** One key, one effect. */
import type { Check } from "../case.js";
import { expect, expectAmount, expectEqual } from "../expect.js";
import type { SentRequest } from "../faults.js";
import { type Doing, type GatewayWorld, isRefusal, PLAIN, said } from "./world.js";

const SAME = "§6: the key of a step is the same after a restart, and the core repeats under it whatever it knows no answer to.";

export const keyChecks: readonly Check<GatewayWorld>[] = [
  {
    title: "keys: the same call again is one effect and the same answer",
    rule: SAME,
    needs: ["idempotency"],
    check: (world) => eachTwice(world, async () => {}),
  },
  {
    title: "keys: the same call from a restarted host is one effect and the same answer",
    rule: `${SAME} So the gateway must know the key, not the adapter's memory.`,
    needs: ["idempotency"],
    check: (world) => eachTwice(world, () => world.restart()),
  },
  {
    title: "keys: the same call twice at once is one effect",
    rule: "§6: a host that counts as dead may still be sending when another one repeats its call.",
    needs: ["idempotency"],
    async check(world) {
      const call = await world.ready("authorize");
      const outcomes = await Promise.all([world.make(call), world.make(call), world.make(call)]);
      for (const outcome of outcomes) expect(!isRefusal(outcome), `a delivery beside another one of the same key came to ${said(outcome)}, though the payment was made`);
      const references = new Set(outcomes.flatMap(({ gatewayReference }) => gatewayReference ?? []));
      expect(references.size === 1, `three deliveries of one key named ${references.size} payments`);
      await world.bookedOnce(call.groupId);
    },
  },
  {
    title: "keys: the key of the call is in the request that does something",
    rule: "§6: only the gateway can tell a repeat from a new payment, and only by the key.",
    needs: ["network"],
    async check(world) {
      for (const operation of PLAIN.filter((each) => world.can(each))) {
        const call = await world.ready(operation);
        const before = world.network.sent.length;
        await world.done(call);
        const writes = world.network.sent.slice(before).filter((request) => world.acts(request));
        expect(writes.length > 0, `${operation} sent no request that could do something`);
        expect(writes.some((request) => holds(request, call.idempotencyKey ?? "")), `no request of ${operation} holds the call's idempotency key`);
      }
    },
  },
  {
    title: "keys: a new key is a new attempt",
    rule: "§6: each new attempt after a definite refusal has a new key. A key made of anything but the call's own would give the old refusal again.",
    async check(world) {
      const declined = world.call("authorize", { paymentToken: await world.token({ operation: "authorize", meets: "decline" }) });
      const refused = await world.make(declined);
      expect(isRefusal(refused), `a payment with a token that is declined came to ${said(refused)}`);
      const taken = await world.done(world.again(declined, { paymentToken: await world.token() }));
      const booked = await world.bookedOnce(declined.groupId);
      if (booked !== undefined) expectAmount(booked.authorized, taken.call.amount, "authorized by the second attempt");
    },
  },
  {
    title: "keys: two calls that differ only in their key are two payments",
    rule: "§6: the key tells a repeat from a second payment, and nothing else does: neither the amount nor the reference nor the token.",
    async check(world) {
      const first = await world.paid();
      const second = await world.done(world.again(first.call, { paymentToken: await world.token() }));
      expect(first.reference !== second.reference, "two calls with two keys named the same payment");
      const booked = await world.booked(first.call.groupId);
      expect(booked === undefined || booked.length === 2, `two calls with two keys made ${booked?.length} payments`);
    },
  },
  {
    title: "keys: one key with another amount does nothing",
    rule: "§6: a key is of one request. Whatever is answered, there is one payment, of the first amount.",
    needs: ["idempotency"],
    async check(world) {
      const made = await world.paid();
      const outcome = await world.make({ ...made.call, amount: "11.00" });
      expect(outcome.resultCode !== "Success" || outcome.amount !== "11.00", "the key was used for 10.00 and then succeeded for 11.00");
      const booked = await world.bookedOnce(made.call.groupId);
      if (booked !== undefined) expectAmount(booked.authorized, "10.00", "authorized");
    },
  },
];

async function eachTwice(world: GatewayWorld, between: () => Promise<void>): Promise<void> {
  for (const operation of PLAIN.filter((each) => world.can(each))) {
    // parts, so that a second effect would have room
    const amount = operation === "capture" || operation === "refund" ? { amount: "3.00" } : {};
    const call = { ...(await world.ready(operation)), ...amount };
    const first = await world.done(call);
    await between();
    const second = await world.done(call);
    expectEqual(second.reference, first.reference, `${operation}: the reference that the second delivery names`);
    await expectOneEffect(world, call, operation);
  }
}

/** Fails when the books have more or less than one effect of the call. */
export async function expectOneEffect(world: GatewayWorld, { groupId, amount }: { readonly groupId: string; readonly amount: string }, operation: Doing): Promise<void> {
  if (operation === "tokenize" || operation === "postauth") return; // no money moves
  const booked = await world.bookedOnce(groupId);
  if (booked === undefined) return;
  if (operation === "authorize") expectAmount(booked.authorized, amount, "authorized at the gateway");
  if (operation === "sale" || operation === "capture") expectAmount(booked.captured, amount, "captured at the gateway");
  if (operation === "refund") expectAmount(booked.refunded, amount, "refunded at the gateway");
  if (operation === "authorize" || operation === "reverse") expectAmount(booked.captured, "0", "captured at the gateway");
  if (operation === "reverse") expectAmount(booked.held, "0", "still held at the gateway");
}

function holds({ url, headers, body }: SentRequest, key: string): boolean {
  return [url, body, ...headers.values()].some((text) => text.includes(key) || text.includes(encodeURIComponent(key)));
}
