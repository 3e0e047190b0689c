/** The gateway's words in the seven result codes, and what goes with them (DESIGN §5, §6). */
import type { Outcome } from "../../server/ports.js";
import { type Check, skip } from "../case.js";
import { expect, expectAmount, expectEqual } from "../expect.js";
import type { Behaviour } from "./harness.js";
import { type Doing, type GatewayWorld, type Made, said } from "./world.js";

const MAPPED = "§5: the result code decides what the shopper and the back office are told, and whether a repeat makes sense.";

export const answerChecks: readonly Check<GatewayWorld>[] = [
  mapping("decline", ["Decline"]),
  mapping("permanentFail", ["PermanentFail"]),
  mapping("invalid", ["ValidationError"]),
  {
    title: "answers: a capture and a refund that are refused have done nothing",
    rule: MAPPED,
    async check(world) {
      let tried = 0;
      for (const operation of ["capture", "reverse", "refund"] as const) {
        const token = world.can(operation) ? await world.maybeToken({ operation, meets: "decline" }) : undefined;
        if (token === undefined) continue;
        tried += 1;
        const call = await world.ready(operation, token);
        const outcome = await world.make(call);
        expectEqual(outcome.resultCode, "Decline", `the result code of a declined ${operation}`);
        const booked = await world.bookedOnce(call.groupId);
        if (booked !== undefined) expectAmount(operation === "refund" ? booked.refunded : booked.held, operation === "refund" ? "0" : call.amount, `${operation === "refund" ? "refunded" : "still held"} after a declined ${operation}`);
      }
      if (tried === 0) skip("the gateway can't be made to decline a capture, a reversal or a refund");
    },
  },
  {
    title: "answers: a review has taken nothing, and says how to go on",
    rule: "§5: RequiresReview hands `paymentData` to the page, and nothing has happened yet.",
    async check(world) {
      const { call, outcome } = await behaving(world, "authorize", "review");
      expectEqual(outcome.resultCode, "RequiresReview", "the result code of a review");
      expect(Object.keys(outcome.paymentData ?? {}).length > 0, "a review must have 'paymentData' for the page");
      expect(outcome.gatewayReference !== undefined, "a review must name the gateway's reference: the core goes on with it");
      await expectNothingTaken(world, call.groupId);
    },
  },
  {
    title: "answers: a review that the shopper has passed goes on as the same payment",
    rule: "§5 and §6: the core calls again with the review's reference and a new key. There is one payment in the end.",
    needs: ["confirm"],
    async check(world) {
      const { call, outcome } = await behaving(world, "authorize", "review");
      const reference = outcome.gatewayReference ?? "";
      await world.harness.confirm?.(reference);
      const done = await world.done(world.again(call, { gatewayReference: reference }));
      expectEqual(done.reference, reference, "the payment that was gone on with");
      const booked = await world.bookedOnce(call.groupId);
      if (booked !== undefined) expectAmount(booked.authorized, call.amount, "authorized");
    },
  },
  {
    title: "answers: what is only accepted is pending",
    rule: "§6: `pending` is the difference between money that is held and money that may never come.",
    async check(world) {
      const { call, outcome } = await behaving(world, "authorize", "pending");
      expectEqual([outcome.resultCode, outcome.pending], ["Success", true], "result code and `pending` of what is only accepted");
      expect(outcome.gatewayReference !== undefined, "what is pending must name the gateway's reference: the notification will");
      await expectNothingTaken(world, call.groupId);
      for (const way of world.gateway.capabilities.inquire) {
        const found = await world.make(world.question({ call, outcome }, way));
        expect(found.resultCode === "Success" && found.pending === true, `asked by ${way} about a pending payment, it said ${said(found)}`);
      }
    },
  },
  {
    title: "tokenize: a lasting token, that is not the shopper's",
    rule: "§5: a saved method is paid with later; the shopper's own token is often for one use.",
    async check(world) {
      if (!world.can("tokenize")) skip("the adapter has no tokenize");
      const { call, outcome } = await world.done(await world.ready("tokenize"));
      expect(outcome.gatewayToken !== undefined && outcome.gatewayToken !== "", "a successful tokenization must give 'gatewayToken'");
      await paysWith(world, call.paymentToken, outcome);
    },
  },
  {
    title: "tokenize: a payment whose method is to be kept gives the lasting token too",
    rule: "§5: `extras.saveForFuture` is the only word of it; without the token, the gateway would have to be asked again.",
    async check(world) {
      if (!world.can("tokenize")) skip("the adapter has no tokenize");
      const { call, outcome } = await world.done({ ...(await world.ready("authorize")), extras: { saveForFuture: true } });
      expect(outcome.gatewayToken !== undefined, "a payment with 'saveForFuture' must give 'gatewayToken'");
      await paysWith(world, call.paymentToken, outcome);
    },
  },
  {
    title: "secrecy: a failure that repeats what was sent is not passed on",
    rule: "§5 and SECURITY.md: no token and no card number in an outcome or in an error; both go to logs and to the page.",
    needs: ["network"],
    async check(world) {
      const call = await world.ready("authorize");
      const echo = async (status: number): Promise<void> => {
        // checked with every outcome, as all others are
        await world.under({ name: "an echo", arrives: false, meet: async ({ request }) => Response.json({ error: { message: request.body }, message: request.body }, { status }) }, call);
      };
      for (const status of [500, 502, 400, 402, 403, 422]) await echo(status);
    },
  },
];

function mapping(behaviour: Behaviour, expected: readonly Outcome["resultCode"][]): Check<GatewayWorld> {
  return {
    title: `answers: ${behaviour} is ${expected.join(" or ")}, and nothing was taken`,
    rule: MAPPED,
    async check(world) {
      for (const operation of ["authorize", "sale"] as const) {
        if (!world.can(operation)) continue;
        const { call, outcome } = await behaving(world, operation, behaviour);
        expect(expected.includes(outcome.resultCode), `${operation}: expected ${expected.join(" or ")}, got ${said(outcome)}`);
        expect(outcome.gatewayResultCode !== undefined || outcome.gatewayMessage !== undefined, "a refusal must say the gateway's own code or words");
        await expectNothingTaken(world, call.groupId);
      }
    },
  };
}

async function behaving(world: GatewayWorld, operation: Doing, meets: Behaviour): Promise<Made> {
  const call = world.call(operation, { paymentToken: await world.token({ operation, meets }) });
  return { call, outcome: await world.make(call) };
}

async function expectNothingTaken(world: GatewayWorld, groupId: string): Promise<void> {
  for (const { authorized, held, captured } of (await world.booked(groupId)) ?? []) {
    expectAmount(authorized, "0", "authorized at the gateway");
    expectAmount(held, "0", "held at the gateway");
    expectAmount(captured, "0", "captured at the gateway");
  }
}

async function paysWith(world: GatewayWorld, shoppersToken: string | undefined, { gatewayToken, customerReference }: Outcome): Promise<void> {
  if (gatewayToken === undefined) return;
  expect(gatewayToken !== shoppersToken, "the lasting token is the shopper's own");
  const extras = customerReference === undefined ? {} : { extras: { customerReference } };
  for (let use = 0; use < 2; use++) await world.done(world.call("authorize", { paymentToken: gatewayToken, ...extras }));
}
