/** Sent, and no answer that can be read: unknown, and nothing else (DESIGN §6). */
import type { GatewayCall } from "../../server/ports.js";
import { type Check, skip } from "../case.js";
import { expect, expectEqual } from "../expect.js";
import { type Fault, FAULTS, REFUSED } from "../faults.js";
import { expectOneEffect } from "./keys.js";
import { ALL, type Doing, type GatewayWorld, isRefusal, type Made, said } from "./world.js";

/** A call that was lost, and how. */
interface Lost extends Made {
  readonly operation: Doing;
  /** Whether the gateway got it. */
  readonly arrived: boolean;
}

export const unknownChecks: readonly Check<GatewayWorld>[] = [
  ...FAULTS.map((fault): Check<GatewayWorld> => ({
    title: `unknown: ${fault.name}`,
    rule: "§6: sent and no trustworthy answer is Indeterminate, thrown or returned. A refusal would let the shopper pay twice, a SystemError would say that nothing was sent.",
    check: (world) =>
      eachLost(world, fault, async ({ operation, outcome, arrived, call }) => {
        // An adapter that finds out by itself what became of its request may say so, as long as it is the truth.
        if (arrived && outcome.resultCode === "Success") return expectOneEffect(world, call, operation);
        expectEqual(outcome.resultCode, "Indeterminate", `${operation}: the result code`);
        expect(outcome.notFound !== true, `${operation}: an Indeterminate must not say that there is no such payment`);
      }),
  })),
  ...FAULTS.map((fault): Check<GatewayWorld> => ({
    title: `repeated: ${fault.name}`,
    rule: "§6: a repeat under the same key is told the truth: what happened, or it is done now. Either way there is one effect.",
    needs: ["idempotency"],
    check: (world) =>
      eachLost(world, fault, async ({ operation, call }) => {
        await world.restart();
        const repeated = await world.make(call);
        expect(repeated.resultCode === "Success", `${operation}: the repeat must succeed, but came to ${said(repeated)}`);
        await expectOneEffect(world, call, operation);
      }),
  })),
  {
    title: `not sent: ${REFUSED.name}`,
    rule: "§6: SystemError, or a NotSentError, is for what was provably not sent; an adapter that can't tell says Indeterminate. A repeat goes through.",
    async check(world) {
      const lost = await notSent(world);
      expect(["SystemError", "Indeterminate"].includes(lost.outcome.resultCode), `a connection that can't be made came to ${said(lost.outcome)}`);
      const booked = await world.booked(lost.call.groupId);
      expect(booked === undefined || booked.length === 0, "nothing was sent, and yet the gateway has a payment");
      await world.done(lost.call);
      await expectOneEffect(world, lost.call, "authorize");
    },
  },
  {
    title: "replayed: a 500 that the gateway has kept is told as such",
    rule: "§6: a gateway that keeps its 500s gives them to every repeat. `replayed` tells the core to ask instead of repeating until the window ends.",
    needs: ["network", "storedFailure"],
    async check(world) {
      const stored = world.harness.storedFailure;
      if (stored === undefined) return;
      const call = await world.ready("authorize");
      const fresh = await world.under(FIRST_500, call);
      expect(fresh.outcome.replayed !== true, "a first 500 is not a replayed one");
      const { outcome } = await world.under({ name: "a stored 500", arrives: false, meet: async () => stored.call(world.harness) }, call);
      expectEqual([outcome.resultCode, outcome.replayed], ["Indeterminate", true], "result code and `replayed` of a stored 500");
    },
  },
];

const FIRST_500 = FAULTS.find(({ name }) => name === "a 500 that did it") as Fault;

/** Loses a call of every operation in this way, and hands each over. Skips the case when it can't be done with any. */
async function eachLost(world: GatewayWorld, fault: Fault, check: (lost: Lost) => Promise<void>): Promise<void> {
  const reasons: string[] = [];
  let tried = 0;
  for (const operation of ALL.filter((each) => world.can(each))) {
    const lost = await lose(world, fault, operation);
    if (typeof lost === "string") {
      reasons.push(lost);
      continue;
    }
    tried += 1;
    await check(lost);
  }
  if (tried === 0) skip(reasons[0] ?? "the adapter has no operation to lose");
  for (const reason of new Set(reasons)) world.note(reason);
}

async function lose(world: GatewayWorld, fault: Fault, operation: Doing): Promise<Lost | string> {
  if (operation === "postauth" && !world.has("outside")) return "postauth: the harness has no 'outside'";
  if (!world.sends) return loseByScript(world, fault, operation);
  const call = await world.ready(operation);
  const lost = await world.under(fault, call);
  if (lost.met) return { operation, call, outcome: lost.outcome, arrived: fault.arrives };
  // nothing but looking is done for this operation: then it is the look that is lost
  expect(operation === "postauth", `${operation} sent no request that could do something`);
  const other = await world.ready(operation);
  const { outcome, met } = await world.under(fault, other, "all");
  return met ? { operation, call: other, outcome, arrived: fault.arrives } : `${operation} sends nothing`;
}

async function loseByScript(world: GatewayWorld, { scripted, name, arrives }: Fault, operation: Doing): Promise<Lost | string> {
  if (scripted === undefined) return `the adapter sends nothing: there is no answer to be ${JSON.stringify(name)}`;
  if (operation === "postauth") return "postauth: the payment made outside has no token to script";
  const token = await world.maybeToken({ operation, meets: scripted });
  if (token === undefined) return `${operation}: no token that is lost on its way`;
  const call = await world.ready(operation, token);
  return { operation, call, outcome: await world.make(call), arrived: arrives };
}

async function notSent(world: GatewayWorld): Promise<Made> {
  if (world.sends) {
    const call: GatewayCall = await world.ready("authorize");
    const { outcome } = await world.under(REFUSED, call);
    return { call, outcome };
  }
  const call = await world.ready("authorize", await world.token({ operation: "authorize", meets: "notSent" }));
  const outcome = await world.make(call);
  expect(!isRefusal(outcome), `what was not sent was refused: ${said(outcome)}`);
  return { call, outcome };
}
