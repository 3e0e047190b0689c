/** An adapter's word about its gateway is what the core decides by. */
import { type Check, skip } from "../case.js";
import { expect, expectEqual } from "../expect.js";
import { ALL, type GatewayWorld, isRefusal, said } from "./world.js";

const WAYS = ["ourReference", "gatewayReference"] as const;
const MAX_U32 = 2 ** 32 - 1;

export const capabilityChecks: readonly Check<GatewayWorld>[] = [
  {
    title: "capabilities: they can be read",
    rule: "§7: the key window, and how one can ask, are stated by the adapter; the core decides by them how an unknown is resolved.",
    async check({ gateway }) {
      const { keyWindowMs, inquire, notFoundAfterMs, lineItemsMax, captureReleasesRest } = gateway.capabilities;
      expect(/^[A-Za-z0-9_.-]{1,64}$/.test(gateway.provider), "'provider' must be a name: letters, digits, '_', '.' and '-'; it is part of an address");
      for (const [name, value] of Object.entries({ keyWindowMs, notFoundAfterMs, lineItemsMax })) {
        const absent = value === undefined && name !== "keyWindowMs";
        expect(absent || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_U32), `'${name}' must be a whole number from 0 to ${MAX_U32}`);
      }
      expect(captureReleasesRest === undefined || typeof captureReleasesRest === "boolean", "'captureReleasesRest' must be true or false");
      expect(Array.isArray(inquire) && inquire.every((way) => WAYS.includes(way)), `'inquire' must list ways to ask: ${WAYS.join(", ")}`);
      expect(new Set(inquire).size === inquire.length, "'inquire' lists a way twice");
    },
  },
  {
    title: "capabilities: one of the ways to learn what became of a call exists",
    rule: "§6: an unknown is resolved by a repeat under its key or by asking; a gateway with neither leaves every lost answer to a person.",
    async check({ gateway }) {
      const { keyWindowMs, inquire } = gateway.capabilities;
      expect(keyWindowMs > 0 || inquire.length > 0, "the gateway remembers no key and can't be asked");
    },
  },
  {
    title: "capabilities: everything is sent through the fetch that was handed over",
    rule: "The cases about broken networks mean something only when the network is the adapter's.",
    needs: ["network"],
    async check(world) {
      await world.paid();
      expect(world.network.sent.length > 0, "a payment was made and nothing went through 'fetch'; pass it on to whatever the adapter sends with");
    },
  },
  {
    title: "capabilities: it can be asked in each way that it claims",
    rule: "§6: after the repeat, the core asks by our reference, then by the gateway's. A way that does not work costs the time until the next.",
    async check(world) {
      const made = await world.paid();
      for (const way of world.gateway.capabilities.inquire) {
        const found = await world.make(world.question(made, way));
        expect(found.resultCode === "Success" && found.pending !== true, `asked by ${way} about a payment that stands, it said ${said(found)}`);
        expectEqual(found.gatewayReference, made.reference, `asked by ${way}: the gateway's reference`);
      }
    },
  },
  {
    title: "capabilities: what it can't do is refused",
    rule: "§6: what is refused is over; an exception or an Indeterminate would leave the operation unresolved for good.",
    async check(world) {
      const others = ALL.filter((each) => !world.can(each));
      if (others.length === 0) skip("the adapter can do everything");
      for (const operation of others) {
        const outcome = await world.make(world.call(operation, { paymentToken: await world.token(), gatewayReference: "none" }));
        expect(isRefusal(outcome), `${operation} is none of the adapter's operations and must be refused, but came to ${said(outcome)}`);
      }
    },
  },
  {
    title: "capabilities: a key is known until the window ends",
    rule: "§6: the core repeats a call as long as the window is open. A shorter window than stated makes a second payment.",
    needs: ["idempotency", "advance"],
    async check(world) {
      const made = await world.paid();
      await world.harness.advance?.(world.gateway.capabilities.keyWindowMs - 1_000);
      const repeated = await world.done(made.call);
      expectEqual(repeated.reference, made.reference, "the payment that a repeat within the window names");
      await world.bookedOnce(made.call.groupId);
    },
  },
];
