/** Notifications are facts, verified on the raw bytes (DESIGN §6). */
import type { Notification, NotificationVerdict } from "../../server/ports.js";
import { type Check, skip } from "../case.js";
import { expect, expectAmount, expectEqual } from "../expect.js";
import type { GatewayHarness } from "./harness.js";
import { checkFact } from "./outcome.js";
import { type GatewayWorld, type Made, said } from "./world.js";

const SIGNED = "§6: a notification moves money in our books; whoever can forge one can have goods for nothing.";

/** A payment, and the body of a notification about it. */
interface Told {
  readonly body: Uint8Array;
  readonly reference: string;
  readonly ourReference: string;
}

export const notificationChecks: readonly Check<GatewayWorld>[] = [
  ...([undefined, "succeeded", "failed"] as const).map((event) =>
    check(event === undefined ? "a payment that stands is told as such" : `a pending payment that ${event} is told as such`, "§6: a fact names the payment and what became of it; the same as an answer to a question would.", async (world, harness) => {
      const { body, reference, ourReference } = await told(world, harness, event);
      const { authentic, notifications } = await read(world, await harness.sign(body, "own"));
      expect(authentic, "the gateway's own notification must be authentic");
      const fact = notifications.find((each) => each.gatewayReference === reference || each.ourReference === ourReference);
      expect(fact !== undefined, "no fact names the payment, neither by the gateway's reference nor by ours");
      expectEqual(fact.event, event ?? "succeeded", "the fact's event");
      expect(event === "failed" || fact.operation === undefined || fact.operation === "authorize", `the fact is about ${fact.operation}, the payment was an authorize`);
      if (fact.amount !== undefined) expectAmount(fact.amount, "10.00", "the fact's amount");
      expect(fact.currencyIsoCode === undefined || fact.currencyIsoCode === "USD", "the fact's currency must be the payment's");
    }),
  ),
  check("what was decided is told to a question too", "§6: a notification may be lost; the question that takes its place must have the same answer.", async (world, harness) => {
    for (const event of ["succeeded", "failed"] as const) {
      const { call, outcome } = await pending(world);
      await harness.about(outcome.gatewayReference ?? "", event);
      for (const way of world.gateway.capabilities.inquire) {
        const found = await world.make(world.question({ call, outcome }, way));
        const isRight = event === "succeeded" ? found.resultCode === "Success" && found.pending !== true : found.resultCode === "Decline" || found.resultCode === "PermanentFail";
        expect(isRight, `asked by ${way} about a pending payment that ${event}, it said ${said(found)}`);
      }
    }
  }),
  check("the same notification again is the same fact", "§6: gateways repeat themselves; the core knows a duplicate by its content.", async (world, harness) => {
    const { body } = await told(world, harness);
    const first = await read(world, await harness.sign(body, "own"));
    const second = await read(world, await harness.sign(body, "own"));
    expect(second.authentic, "a notification that is delivered again is as authentic as before");
    expectEqual(second.notifications, first.notifications, "the facts of the second delivery");
  }),
  check("the signature is over the raw bytes", `${SIGNED} Verifying what a parser made of the body lets a changed body pass.`, async (world, harness) => {
    const { body } = await told(world, harness);
    const { headers } = await harness.sign(body, "own");
    for (const [what, changed] of Object.entries(changedBodies(body))) {
      const { authentic, notifications } = await read(world, { headers, body: changed });
      expect(!authentic && notifications.length === 0, `a body with ${what} was taken as authentic`);
    }
  }),
  check("a forged signature is none", SIGNED, async (world, harness) => {
    const { body } = await told(world, harness);
    const { headers } = await harness.sign(body, "own");
    for (const [what, forged] of Object.entries(forgedHeaders(headers))) {
      const { authentic, notifications } = await read(world, { headers: forged, body });
      expect(!authentic && notifications.length === 0, `a notification with ${what} was taken as authentic`);
    }
    expect(!(await read(world, { headers: new Headers(), body: new Uint8Array() })).authentic, "an empty request was taken as authentic");
  }),
  check("a notification for another account of the gateway is none", `${SIGNED} The gateway signs for everybody.`, async (world, harness) => {
    const { body } = await told(world, harness);
    const { authentic, notifications } = await read(world, await harness.sign(body, "other"));
    expect(!authentic && notifications.length === 0, "a notification that is signed for another account was taken as authentic");
  }),
  check("an event that is none of ours is accepted, and no fact", "§6: an exception makes the gateway repeat it for days, and in the end give up on the address.", async (world, harness) => {
    const body = await (harness.unrelated ?? (() => skip("the harness has no 'unrelated' event")))();
    const { authentic, notifications } = await read(world, await harness.sign(body, "own"));
    expect(authentic, "a signed event that the adapter does not know is authentic all the same");
    expectEqual(notifications, [], "the facts of an unrelated event");
  }),
  check("a signed body that can't be read is no fact", "§6: whatever is made of it, it must not move money.", async (world, harness) => {
    for (const text of ["", "{", "null", "[]", "{}", '{"type":7}', "\ufffd"]) {
      const request = await harness.sign(new TextEncoder().encode(text), "own");
      const facts = await world.gateway.notification(request).then(({ notifications }) => notifications, () => []); // an exception is no fact either
      expectEqual(facts, [], `the facts of the signed body ${JSON.stringify(text)}`);
    }
  }),
];

type NotificationHarness = NonNullable<GatewayHarness["notifications"]>;

function check(title: string, rule: string, run: (world: GatewayWorld, harness: NotificationHarness) => Promise<void>): Check<GatewayWorld> {
  return {
    title: `notifications: ${title}`,
    rule,
    needs: ["notifications"],
    check: (world) => run(world, world.harness.notifications as NotificationHarness),
  };
}

async function pending(world: GatewayWorld): Promise<Made & { readonly reference: string }> {
  const call = world.call("authorize", { paymentToken: await world.token({ operation: "authorize", meets: "pending" }) });
  const outcome = await world.make(call);
  expect(outcome.pending === true && outcome.gatewayReference !== undefined, `a payment with a token that is pending came to ${said(outcome)}`);
  return { call, outcome, reference: outcome.gatewayReference };
}

/** A pending payment that is decided so, or one that stands anyway. */
async function told(world: GatewayWorld, harness: NotificationHarness, event?: Notification["event"]): Promise<Told> {
  const { call, reference } = await (event === undefined ? world.paid() : pending(world));
  return { body: await harness.about(reference, event ?? "succeeded"), reference, ourReference: call.ourReference };
}

async function read(world: GatewayWorld, request: Parameters<GatewayWorld["gateway"]["notification"]>[0]): Promise<NotificationVerdict> {
  const verdict = await world.gateway.notification(request);
  expect(typeof verdict.authentic === "boolean" && Array.isArray(verdict.notifications), "a verdict must have 'authentic' and 'notifications'");
  for (const fact of verdict.notifications) checkFact(fact, world.gateway.provider);
  return verdict;
}

function changedBodies(body: Uint8Array): Record<string, Uint8Array> {
  const text = new TextDecoder().decode(body);
  const bytes = (changed: string): Uint8Array => new TextEncoder().encode(changed);
  return {
    "a space behind it": bytes(`${text} `),
    "a line break before it": bytes(`\n${text}`),
    "a letter changed": bytes(text.replace(/[a-z]/, (letter) => (letter === "x" ? "y" : "x"))),
    "a member more": bytes(text.replace("{", '{"and":"more",')),
    "its last byte gone": body.slice(0, -1),
    nothing: new Uint8Array(),
  };
}

function forgedHeaders(headers: Headers): Record<string, Headers> {
  const without = new Headers();
  const changed = new Headers();
  const emptied = new Headers();
  const long = new Headers();
  for (const [name, value] of headers) {
    if (name === "content-type") continue;
    changed.set(name, turned(value));
    emptied.set(name, "");
    long.set(name, `${value}00`);
  }
  return { "no signature": without, "a changed signature": changed, "an empty signature": emptied, "a signature that is too long": long };
}

// The last letter or digit becomes another one, whatever the alphabet.
function turned(value: string): string {
  const last = value.slice(-1);
  return value.slice(0, -1) + (last === "0" ? "1" : "0");
}
