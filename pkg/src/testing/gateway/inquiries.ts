/** What became of a call: asked by our reference and by the gateway's (DESIGN §6, "Resolving an unknown"). */
import type { Outcome } from "../../server/ports.js";
import { type Check, skip } from "../case.js";
import { expect, expectAmount, newId } from "../expect.js";
import { type Fault, FAULTS } from "../faults.js";
import { type Doing, type GatewayWorld, isRefusal, type Made, said } from "./world.js";

const NOT_FOUND =
  "§6: 'not found' is proof only when asked late enough, which the core decides; so it is told as `notFound`, never as a refusal, and never made up.";

const AFTER = FAULTS.find(({ scripted }) => scripted === "lostAfter") as Fault;

export const inquiryChecks: readonly Check<GatewayWorld>[] = [
  {
    title: "inquiries: what was done and not answered is found by our reference",
    rule: "§6: the answer is the outcome of the call asked about. Our reference is all that the core has of a call whose answer was lost.",
    async check(world) {
      needs(world, "ourReference");
      const lost = await loseAuthorize(world);
      const found = await world.make(world.question(lost, "ourReference"));
      expect(found.resultCode === "Success", `a payment that was made was said to be ${said(found)}`);
      expect(found.gatewayReference !== undefined, "a payment that was found must have the gateway's reference");
      if (found.amount !== undefined) expectAmount(found.amount, lost.call.amount, "its amount");
    },
  },
  ...(["capture", "reverse", "refund"] as const).map((operation): Check<GatewayWorld> => ({
    title: `inquiries: a ${operation} is found by our reference, with its own amount`,
    rule: "§6: the question is about one call. An answer that speaks of the whole payment is an answer about another amount, and proves nothing.",
    async check(world) {
      needs(world, "ourReference");
      if (!world.can(operation)) skip(`the adapter has no ${operation}`);
      const amount = operation === "reverse" ? "10.00" : "4.00";
      const made = await world.done({ ...(await world.ready(operation)), amount });
      const found = await world.make(world.question({ call: made.call, outcome: { resultCode: "Indeterminate" } }, "ourReference"));
      expect(found.resultCode === "Success", `a ${operation} that happened was said to be ${said(found)}`);
      if (found.amount !== undefined) expectAmount(found.amount, amount, "its amount");
    },
  })),
  {
    title: "inquiries: what the gateway never heard of is not found",
    rule: NOT_FOUND,
    async check(world) {
      needs(world, "ourReference");
      const never = world.call("authorize", { paymentToken: await world.token() });
      expectNotFound(await world.make(world.question({ call: never, outcome: { resultCode: "Indeterminate" } }, "ourReference")), "a payment that nobody asked for");
    },
  },
  ...(["capture", "reverse", "refund"] as const).map((operation): Check<GatewayWorld> => ({
    title: `inquiries: a ${operation} that never happened is not found where its payment is`,
    rule: `${NOT_FOUND} The question names the payment too, and that the payment stands says nothing about the ${operation}.`,
    async check(world) {
      needs(world, "ourReference");
      if (!world.can(operation)) skip(`the adapter has no ${operation}`);
      const never = await world.ready(operation);
      expectNotFound(await world.make(world.question({ call: never, outcome: { resultCode: "Indeterminate" } }, "ourReference")), `a ${operation} that nobody asked for`);
    },
  })),
  {
    title: "inquiries: an unknown reference of the gateway's proves nothing",
    rule: NOT_FOUND,
    async check(world) {
      needs(world, "gatewayReference");
      const never = world.call("authorize", { paymentToken: await world.token() });
      const found = await world.make(world.question({ call: never, outcome: { resultCode: "Indeterminate", gatewayReference: newId("none") } }, "gatewayReference"));
      expect(found.notFound === true || found.resultCode === "Indeterminate", `a payment that does not exist was said to be ${said(found)}`);
    },
  },
  {
    title: "inquiries: a refused payment is not said to stand",
    rule: "§6: the answer is the outcome of the call asked about.",
    async check(world) {
      needs(world, "ourReference");
      const call = world.call("authorize", { paymentToken: await world.token({ operation: "authorize", meets: "decline" }) });
      const outcome = await world.make(call);
      const found = await world.make(world.question({ call, outcome }, "ourReference"));
      // a gateway may keep no trace of what it refused
      expect(isRefusal(found) || found.notFound === true, `a payment that was declined was said to be ${said(found)}`);
    },
  },
  {
    title: "inquiries: a second attempt is not answered with the first one's refusal",
    rule: "§6: both attempts have one reference of ours. If one of them took the money, the answer is that it did.",
    async check(world) {
      needs(world, "ourReference");
      const declined = world.call("authorize", { paymentToken: await world.token({ operation: "authorize", meets: "decline" }) });
      await world.make(declined);
      const taken = await world.done(world.again(declined, { paymentToken: await world.token() }));
      const found = await world.make(world.question({ call: taken.call, outcome: { resultCode: "Indeterminate" } }, "ourReference"));
      // to say that it can't tell them apart is safe; to tell one of them as the truth is not
      expect(found.resultCode === "Success" || (found.resultCode === "Indeterminate" && found.notFound !== true), `a payment whose second attempt succeeded was said to be ${said(found)}`);
    },
  },
  ...FAULTS.map((fault): Check<GatewayWorld> => ({
    title: `inquiries: asked in vain: ${fault.name}`,
    rule: `${NOT_FOUND} A question that was not answered says nothing about what it asked for.`,
    needs: ["network"],
    async check(world) {
      const { inquire } = world.gateway.capabilities;
      if (inquire.length === 0) skip("the adapter's gateway can't be asked");
      const made = await world.paid();
      for (const way of inquire) {
        const { outcome, met } = await world.under(fault, world.question(made, way), "all");
        expect(met, `asked by ${way}, the adapter sent nothing`);
        expect(outcome.resultCode === "Indeterminate" && outcome.notFound !== true, `asked by ${way} in vain, it said ${said(outcome)}`);
      }
    },
  })),
];

function needs(world: GatewayWorld, way: "ourReference" | "gatewayReference"): void {
  if (!world.gateway.capabilities.inquire.includes(way)) skip(`the adapter's gateway can't be asked by ${way}`);
}

async function loseAuthorize(world: GatewayWorld): Promise<Made> {
  const operation: Doing = "authorize";
  const call = await world.ready(operation, world.sends ? undefined : await world.token({ operation, meets: "lostAfter" }));
  const outcome = world.sends ? (await world.under(AFTER, call)).outcome : await world.make(call);
  return { call, outcome: { resultCode: outcome.resultCode } };
}

function expectNotFound(found: Outcome, what: string): void {
  expect(found.notFound === true, `${what} must be 'notFound', but was said to be ${said(found)}`);
}
