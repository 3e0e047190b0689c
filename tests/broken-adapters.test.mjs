// The conformance kit catches what it is for: adapters that are broken on purpose, one fault each, as they are broken in the field.
// Each must fail in the case that is about its fault.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { NotSentError } from "checkout-payments/server";
import { gatewayConformance } from "checkout-payments/testing";
import { assertCaught, failing } from "./support/caught.mjs";
import { WEBHOOK_SECRET } from "./support/plainpay-gateway.mjs";
import { plainPayInProcess, SECRETS } from "./support/plainpay-harness.mjs";

const adapterCases = (mutate, more = {}) => gatewayConformance({ name: "mutant", open: () => plainPayInProcess(mutate), secrets: SECRETS, ...more });

test("the adapter that the mutants are made of passes every case", async () => {
  for (const { name, run } of adapterCases()) {
    const result = await run();
    // the one that is about what an adapter can't do
    if (!name.endsWith("what it can't do is refused")) assert.deepEqual(result, { status: "passed", notes: [] }, name);
  }
});

const processing = (process) => (connect, fetch) => {
  const adapter = connect(fetch);
  return { ...adapter, process: (call, signal) => process(adapter, call, signal) };
};
const inquiring = (inquire) => (connect, fetch) => {
  const adapter = connect(fetch);
  return { ...adapter, inquire: (call, signal) => inquire(adapter, call, signal) };
};
const notified = (notification) => (connect, fetch) => {
  const adapter = connect(fetch);
  return { ...adapter, notification: (request) => notification(adapter, request) };
};
const answering = (change) => processing(async (adapter, call, signal) => change(await adapter.process(call, signal), call));
const reading = (change) => (connect, fetch) => connect(async (input, init) => change(await fetch(input, init)));
const json = (value, status = 200) => Response.json(value, { status });
const signature = (body) => createHmac("sha256", WEBHOOK_SECRET).update(body).digest("hex");
const resigned = ({ body }) => ({ body, headers: new Headers({ "plainpay-signature": signature(body) }) });
const fresh = () => crypto.randomUUID();

/** Sends the first amount that the group was authorized for, whatever is asked now. */
const whole = (operation) => (connect, fetch) => {
  const adapter = connect(fetch);
  const amounts = new Map();
  return {
    ...adapter,
    async process(call, signal) {
      if (call.operation === "authorize") amounts.set(call.groupId, call.amount);
      return adapter.process(call.operation === operation ? { ...call, amount: amounts.get(call.groupId) } : call, signal);
    },
  };
};

const ADAPTERS = {
  "forgets the key": ["keys: the same call again is one effect and the same answer", processing((adapter, call, signal) => adapter.process({ ...call, idempotencyKey: fresh() }, signal))],
  "makes the key of our reference": ["keys: a new key is a new attempt", processing((adapter, call, signal) => adapter.process({ ...call, idempotencyKey: call.ourReference }, signal))],
  "keeps the keys in memory only": [
    "keys: the same call from a restarted host is one effect and the same answer",
    (connect, fetch) => {
      const adapter = connect(fetch);
      const known = new Map();
      const process = (call, signal) => {
        if (!known.has(call.idempotencyKey)) known.set(call.idempotencyKey, adapter.process({ ...call, idempotencyKey: fresh() }, signal));
        return known.get(call.idempotencyKey);
      };
      return { ...adapter, process };
    },
  ],
  "sends the key with the first delivery only": [
    "keys: the same call twice at once is one effect",
    (connect, fetch) => {
      const adapter = connect(fetch);
      const seen = new Set();
      const process = async (call, signal) => {
        const isFirst = !seen.has(call.idempotencyKey);
        seen.add(call.idempotencyKey);
        return adapter.process(isFirst ? call : { ...call, idempotencyKey: fresh() }, signal);
      };
      return { ...adapter, process };
    },
  ],
  "says that a key is known for longer than it is": ["capabilities: a key is known until the window ends", (connect, fetch) => ({ ...connect(fetch), capabilities: { keyWindowMs: 30 * 24 * 3_600_000, inquire: ["ourReference"] } })],
  "claims a way to ask that it has not": ["capabilities: it can be asked in each way that it claims", inquiring((adapter, call, signal) => (call.inquireBy === "ourReference" ? { resultCode: "Indeterminate" } : adapter.inquire(call, signal)))],
  "sends around the fetch it was given": ["capabilities: everything is sent through the fetch that was handed over", (connect, _, direct) => connect(direct)],
  "states its window in words": ["capabilities: they can be read", (connect, fetch) => ({ ...connect(fetch), capabilities: { keyWindowMs: "24h", inquire: ["ourReference"] } })],
  "maps a 500 to Decline": ["unknown: a 500 that did it", answering((outcome) => (outcome.resultCode === "Indeterminate" ? { resultCode: "Decline" } : outcome))],
  "maps a broken connection to Decline": ["unknown: the connection breaks after the gateway has done it", processing((adapter, call, signal) => adapter.process(call, signal).catch(() => ({ resultCode: "Decline" })))],
  "takes a time-out for not sent": [
    "unknown: silence, and it was done",
    processing((adapter, call, signal) =>
      adapter.process(call, signal).catch((error) => {
        throw signal.aborted ? new NotSentError("timed out") : error;
      }),
    ),
  ],
  "returns SystemError for a broken connection": ["unknown: the connection breaks before the gateway has the request", processing((adapter, call, signal) => adapter.process(call, signal).catch(() => ({ resultCode: "SystemError" })))],
  "takes a refused connection for a refusal": ["not sent: the connection is refused", processing((adapter, call, signal) => adapter.process(call, signal).catch((error) => (error.notSent ? { resultCode: "PermanentFail" } : Promise.reject(error))))],
  "takes whatever is 2xx for success": ["unknown: an empty 200", processing((adapter, call, signal) => adapter.process(call, signal).catch(() => ({ resultCode: "Success", gatewayReference: fresh() })))],
  "takes any JSON of a 200 for success": ["unknown: a 200 of JSON that says nothing", answering((outcome) => (outcome.gatewayResultCode === "unreadable" ? { resultCode: "Success", gatewayReference: fresh() } : outcome))],
  "takes a firewall's 403 for a refusal": ["unknown: a 403 page of a firewall", reading((response) => (response.status === 403 ? json({ error: { code: "card_declined" } }, 402) : response))],
  "takes the page of a redirect for an answer": ["unknown: a redirect to somewhere else", reading((response) => (response.status === 302 ? json({ error: { code: "not_found" } }, 404) : response))],
  "repairs an answer that is cut off": [
    "unknown: an answer that is cut off",
    reading(async (response) => {
      const text = await response.text();
      const isCut = text.startsWith("{") && !text.endsWith("}");
      return isCut ? json({ error: { code: "card_declined" } }, 402) : new Response(text, { status: response.status, headers: response.headers });
    }),
  ],
  "sends again under a new key when there was no answer": ["repeated: the connection breaks after the gateway has done it", processing((adapter, call, signal) => adapter.process(call, signal).catch(() => adapter.process({ ...call, idempotencyKey: fresh() }, signal)))],
  // that these never settle is seen by waiting for them
  "ignores the signal": ["unknown: silence, and nothing was done", processing((adapter, call) => adapter.process(call, new AbortController().signal))],
  "ignores the signal of a question": ["inquiries: asked in vain: silence, and nothing was done", inquiring((adapter, call) => adapter.inquire(call, new AbortController().signal))],
  "does not tell a stored 500": ["replayed: a 500 that the gateway has kept is told as such", answering(({ replayed: _, ...outcome }) => outcome)],
  "says Decline for not found": ["inquiries: what the gateway never heard of is not found", inquiring(async (adapter, call, signal) => ((outcome) => (outcome.notFound ? { resultCode: "Decline" } : outcome))(await adapter.inquire(call, signal)))],
  "says not found when nobody answers": ["inquiries: asked in vain: the connection breaks before the gateway has the request", inquiring((adapter, call, signal) => adapter.inquire(call, signal).catch(() => ({ resultCode: "ValidationError", notFound: true })))],
  "says not found for any 404": ["inquiries: asked in vain: a 404 page that is not the gateway's", reading((response) => (response.status === 404 ? json({ error: { code: "not_found" } }, 404) : response))],
  "tells the payment where it was asked for its refund": ["inquiries: a refund that never happened is not found where its payment is", inquiring((adapter, call, signal) => adapter.inquire(call.gatewayReference ? { ...call, inquireBy: "gatewayReference" } : call, signal))],
  "answers with the first attempt": [
    "inquiries: a second attempt is not answered with the first one's refusal",
    reading(async (response) => {
      const body = await response.clone().json().catch(() => ({}));
      return Array.isArray(body?.items) ? json({ items: body.items.slice(0, 1) }) : response;
    }),
  ],
  "does not say that a capture lets go of the rest": [
    "amounts: what a capture of a part leaves is held, or let go of, as is stated",
    processing(async (adapter, call, signal) => {
      const outcome = await adapter.process(call, signal);
      const isShort = call.operation === "capture" && call.amount === "4.00" && outcome.resultCode === "Success";
      if (isShort) await adapter.process({ ...call, operation: "reverse", amount: "6.00", idempotencyKey: `${call.idempotencyKey}-too` }, signal);
      return outcome;
    }),
  ],
  "says that a capture lets go of the rest, and it does not": ["amounts: what a capture of a part leaves is held, or let go of, as is stated", (connect, fetch) => ((adapter) => ({ ...adapter, capabilities: { ...adapter.capabilities, captureReleasesRest: true } }))(connect(fetch))],
  "has a retry category of its own": ["answers: decline is Decline, and nothing was taken", answering((outcome) => (outcome.resultCode === "Decline" ? { ...outcome, retryCategory: "TryTomorrow" } : outcome))],
  "says of what nobody knows that it may be tried again": ["unknown: a 500 that did it", answering((outcome) => (outcome.resultCode === "Indeterminate" ? { ...outcome, retryDecision: "Retriable" } : outcome))],
  "captures the whole instead of the part": ["amounts: a capture of a part takes the part", whole("capture")],
  "refunds the whole instead of the part": ["amounts: a refund of a part gives the part back, and so does the next", whole("refund")],
  "reverses the whole instead of the part": ["amounts: a reversal of a part lets go of the part, or is refused", whole("reverse")],
  "says that it has reversed, and does nothing": ["amounts: a reversal lets go of what is held, and takes nothing", processing((adapter, call, signal) => (call.operation === "reverse" ? { resultCode: "Success", gatewayReference: fresh(), amount: call.amount } : adapter.process(call, signal)))],
  "takes every currency for one of two decimals": [
    "amounts: a currency of 0 decimals",
    processing(async (adapter, call, signal) => {
      if (call.currencyIsoCode !== "JPY") return adapter.process(call, signal);
      return { ...(await adapter.process({ ...call, amount: `${call.amount}00` }, signal)), amount: call.amount };
    }),
  ],
  "drops the third decimal": [
    "amounts: a currency of 3 decimals",
    processing(async (adapter, call, signal) => {
      if (call.currencyIsoCode !== "KWD") return adapter.process(call, signal);
      return { ...(await adapter.process({ ...call, amount: String(Number(call.amount) / 10).slice(0, 5) }, signal)), amount: call.amount };
    }),
  ],
  "says the amount that was asked, not the gateway's": ["amounts: an answer about another amount is told as it is", answering((outcome, call) => (outcome.amount === undefined ? outcome : { ...outcome, amount: call.amount }))],
  "says the currency that was asked, not the gateway's": ["amounts: an answer in another currency is told as it is", answering((outcome, call) => (outcome.currencyIsoCode === undefined ? outcome : { ...outcome, currencyIsoCode: call.currencyIsoCode }))],
  "says that what the gateway refused has happened": ["amounts: more than there is, is captured and refunded only as the books say", answering((outcome, call) => (outcome.gatewayResultCode === "amount_too_large" ? { resultCode: "Success", gatewayReference: "x", amount: call.amount } : outcome))],
  "refunds with a reversal": [
    "amounts: a reversal after a capture of a part leaves the captured part alone",
    processing(async (adapter, call, signal) => {
      const outcome = await adapter.process(call, signal);
      if (call.operation === "reverse") await adapter.process({ ...call, operation: "refund", amount: "4.00", idempotencyKey: `${call.idempotencyKey}-too` }, signal);
      return outcome;
    }),
  ],
  "takes a payment made outside at the shopper's word": ["postauth: a payment of another amount or currency is not the cart's", answering((outcome, call) => (call.operation === "postauth" && outcome.resultCode === "Success" ? { ...outcome, amount: call.amount, currencyIsoCode: call.currencyIsoCode } : outcome))],
  "does not say that a payment made outside is taken": ["postauth: a payment made outside is recorded as it is", answering(({ captured: _, ...outcome }) => outcome)],
  "takes pending for done": ["answers: what is only accepted is pending", answering(({ pending: _, ...outcome }) => outcome)],
  "takes a challenge for a refusal": ["answers: a review has taken nothing, and says how to go on", answering((outcome) => (outcome.resultCode === "RequiresReview" ? { resultCode: "Decline" } : outcome))],
  "takes the payment anew after the challenge": ["answers: a review that the shopper has passed goes on as the same payment", processing((adapter, { gatewayReference, ...call }, signal) => adapter.process(call.operation === "authorize" ? { ...call, ...(gatewayReference && { paymentToken: "tok_again" }) } : { ...call, gatewayReference }, signal))],
  "calls every refusal a Decline": ["answers: permanentFail is PermanentFail, and nothing was taken", answering((outcome) => (outcome.resultCode === "PermanentFail" ? { ...outcome, resultCode: "Decline" } : outcome))],
  "has a result code of its own": ["answers: decline is Decline, and nothing was taken", answering((outcome) => (outcome.resultCode === "Decline" ? { ...outcome, resultCode: "Declined" } : outcome))],
  "says null for what it does not know": ["answers: decline is Decline, and nothing was taken", answering((outcome) => ({ gatewayReference: null, ...outcome }))],
  "says amounts as numbers": ["amounts: a capture of a part takes the part", answering((outcome) => (outcome.amount === undefined ? outcome : { ...outcome, amount: Number(outcome.amount) }))],
  "gives the shopper's token as the lasting one": ["tokenize: a lasting token, that is not the shopper's", answering((outcome, call) => (outcome.gatewayToken === undefined ? outcome : { ...outcome, gatewayToken: call.paymentToken }))],
  "forgets to keep the method of a payment": ["tokenize: a payment whose method is to be kept gives the lasting token too", processing((adapter, { extras: _, ...call }, signal) => adapter.process(call, signal))],
  "throws what was sent": [
    "unknown: the connection breaks before the gateway has the request",
    processing((adapter, call, signal) =>
      adapter.process(call, signal).catch((cause) => {
        throw new Error("failed", { cause: { ...cause, sent: JSON.stringify(call) } });
      }),
    ),
  ],
  "passes on the gateway's message as it is": ["answers: decline is Decline, and nothing was taken", answering((outcome, call) => (outcome.gatewayMessage === undefined ? outcome : { ...outcome, gatewayMessage: `refused: ${call.paymentToken}` }))],
  "passes on what a failing gateway repeats": [
    "secrecy: a failure that repeats what was sent is not passed on",
    (connect, fetch) => {
      let repeated;
      const adapter = connect(async (input, init) => ((response) => ((repeated = response.clone()), response))(await fetch(input, init)));
      return { ...adapter, process: (call, signal) => adapter.process(call, signal).then(async (outcome) => (repeated.status < 500 ? outcome : { ...outcome, gatewayMessage: await repeated.text() })) };
    },
  ],
  "does not verify the signature": ["notifications: a forged signature is none", notified((adapter, request) => adapter.notification(resigned(request)))],
  "verifies what a parser made of the body": [
    "notifications: the signature is over the raw bytes",
    notified((adapter, { headers, body }) => {
      let text = new TextDecoder().decode(body);
      try {
        text = JSON.stringify(JSON.parse(text));
      } catch {
        // as it is
      }
      return adapter.notification({ headers, body: new TextEncoder().encode(text) });
    }),
  ],
  "takes notifications for other accounts": [
    "notifications: a notification for another account of the gateway is none",
    notified((adapter, request) => {
      const isTheirs = createHmac("sha256", "of_somebody_else").update(request.body).digest("hex") === request.headers.get("plainpay-signature");
      return adapter.notification(isTheirs ? resigned(request) : request);
    }),
  ],
  "throws at events it does not know": [
    "notifications: an event that is none of ours is accepted, and no fact",
    notified(async (adapter, request) => {
      if (!new TextDecoder().decode(request.body).includes('"operation.updated"')) throw new Error("unknown event");
      return adapter.notification(request);
    }),
  ],
  "makes a fact of every event": [
    "notifications: a signed body that can't be read is no fact",
    notified(async (adapter, request) => {
      const verdict = await adapter.notification(request).catch(() => ({ authentic: true, notifications: [] }));
      return verdict.authentic && verdict.notifications.length === 0 ? { ...verdict, notifications: [{ provider: "plainpay", gatewayReference: "x", event: "succeeded" }] } : verdict;
    }),
  ],
  "tells a failure as a success": ["notifications: a pending payment that failed is told as such", notified(async (adapter, request) => ((verdict) => ({ ...verdict, notifications: verdict.notifications.map((fact) => ({ ...fact, event: "succeeded" })) }))(await adapter.notification(request)))],
  "takes each delivery for a new event": ["notifications: the same notification again is the same fact", notified(async (adapter, request) => ((verdict) => ({ ...verdict, notifications: verdict.notifications.map((fact) => ({ ...fact, gatewayMessage: fresh() })) }))(await adapter.notification(request)))],
  "names payments by other references in notifications": ["notifications: a payment that stands is told as such", notified(async (adapter, request) => ((verdict) => ({ ...verdict, notifications: verdict.notifications.map((fact) => ({ ...fact, gatewayReference: "event_1", ourReference: "x" })) }))(await adapter.notification(request)))],
};

for (const [fault, [caughtBy, mutate]] of Object.entries(ADAPTERS)) {
  test(`caught: an adapter that ${fault}`, () => assertCaught(adapterCases(mutate, { patienceMs: 250 }), caughtBy));
}

test("caught: an adapter that throws at what it can't do, instead of refusing it", async () => {
  const cases = (process) => adapterCases(processing(process), { operations: ["authorize", "capture", "reverse", "refund", "postauth"] });
  const isNone = ({ operation }) => operation === "sale" || operation === "tokenize";
  const refuses = cases((adapter, call, signal) => (isNone(call) ? { resultCode: "ValidationError", gatewayResultCode: "unsupported" } : adapter.process(call, signal)));
  assert.deepEqual(await failing(refuses), []);
  const throws = cases((adapter, call, signal) => (isNone(call) ? Promise.reject(new Error("unsupported")) : adapter.process(call, signal)));
  assert.deepEqual(await failing(throws), ["capabilities: what it can't do is refused"]);
});
