// The conformance kit catches what it is for: adapters and stores that are broken on purpose, one fault each, as they are
// broken in the field. Each must fail, and in the case that is about its fault.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { NotSentError } from "checkout-payments/server";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { openSqliteStore } from "checkout-payments/stores/sqlite";
import { gatewayConformance, storeConformance } from "checkout-payments/testing";
import { WEBHOOK_SECRET } from "./support/plainpay-gateway.mjs";
import { plainPayInProcess, SECRETS } from "./support/plainpay-harness.mjs";

/** The titles of the cases that fail. */
async function failing(cases) {
  const titles = [];
  for (const { name, run } of cases) {
    await run().catch((error) => {
      assert.equal(error.name, "ConformanceFailure", `${name}: ${error.stack}`);
      titles.push(name.slice(name.indexOf(":") + 2));
    });
  }
  return titles;
}

async function assertCaught(cases, title) {
  const about = cases.find(({ name }) => name === `mutant: ${title}`);
  assert.ok(about, `there is no case ${JSON.stringify(title)}`);
  assert.deepEqual(await failing([about]), [title]);
}

// ---- adapters

const adapterCases = (mutate, more = {}) => gatewayConformance({ name: "mutant", open: () => plainPayInProcess(mutate), secrets: SECRETS, patienceMs: 250, ...more });

test("the adapter that the mutants are made of passes every case", async () => {
  for (const { name, run } of adapterCases(undefined, { patienceMs: 10_000 })) {
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
  test(`caught: an adapter that ${fault}`, () => assertCaught(adapterCases(mutate), caughtBy));
}

test("caught: an adapter that throws at what it can't do, instead of refusing it", async () => {
  const cases = (process) => adapterCases(processing(process), { operations: ["authorize", "capture", "reverse", "refund", "postauth"] });
  const isNone = ({ operation }) => operation === "sale" || operation === "tokenize";
  const refuses = cases((adapter, call, signal) => (isNone(call) ? { resultCode: "ValidationError", gatewayResultCode: "unsupported" } : adapter.process(call, signal)));
  assert.deepEqual(await failing(refuses), []);
  const throws = cases((adapter, call, signal) => (isNone(call) ? Promise.reject(new Error("unsupported")) : adapter.process(call, signal)));
  assert.deepEqual(await failing(throws), ["capabilities: what it can't do is refused"]);
});

// ---- stores

const shared = (store) => ({ ...store, exclusive: false });
const memory = (change) => () => {
  const store = createMemoryStore();
  return { store: { ...store, ...change(store) } };
};
const committing = (change) => memory((store) => ({ commit: (writes) => store.commit(writes.map(change)) }));
const finding = (change) => memory((store) => ({ find: async (query) => change(await store.find(query), query, store) }));
const sqlite = (change, reopened) => async () => {
  const store = await openSqliteStore({ path: ":memory:" });
  return { store: { ...store, ...change(store) }, ...(reopened && { reopen: reopened }), close: () => store.close() };
};

test("the stores that the mutants are made of pass every case", async () => {
  assert.deepEqual(await failing(storeConformance({ name: "memory", open: memory(() => ({})) })), []);
  assert.deepEqual(await failing(storeConformance({ name: "sqlite", open: sqlite(() => ({})) })), []);
  const twoConnections = () => {
    const store = createMemoryStore();
    return { store: shared(store), another: () => shared(store), reopen: () => shared(store) };
  };
  assert.deepEqual(await failing(storeConformance({ name: "two", open: twoConnections })), []);
});

const STORES = {
  "writes the entries one by one": [
    "commits: a conflict in the last entry leaves nothing of any",
    memory((store) => ({
      async commit(writes) {
        for (const write of writes) if (!(await store.commit([write]))) return false;
        return true;
      },
    })),
  ],
  "checks the first entry's version only": [
    "commits: a conflict in the middle entry leaves nothing of any",
    memory((store) => ({
      async commit([first, ...rest]) {
        if (!(await store.commit([first]))) return false;
        for (const write of rest) await store.commit([{ ...write, expectedVersion: (await store.load(write.key))?.version ?? 0 }]);
        return true;
      },
    })),
  ],
  "checks no version": ["versions: they count the writes of a key, and a wrong one writes nothing", memory((store) => ({ commit: async (writes) => store.commit(await Promise.all(writes.map(async (write) => ({ ...write, expectedVersion: (await store.load(write.key))?.version ?? 0 })))) }))],
  "makes what is not there, whatever version was expected": ["versions: they count the writes of a key, and a wrong one writes nothing", memory((store) => ({ commit: async (writes) => store.commit(await Promise.all(writes.map(async (write) => ((await store.load(write.key)) ? write : { ...write, expectedVersion: 0 })))) }))],
  "counts the writes of all keys together": [
    "versions: each key has its own",
    memory((store) => {
      let count = 0;
      return {
        commit: async (writes) => ((done) => ((count += done ? 1 : 0), done))(await store.commit(writes)),
        load: async (key) => ((found) => found && { ...found, version: count })(await store.load(key)),
      };
    }),
  ],
  "looks first and writes later": [
    "races: of a hundred commits over one version, one wins",
    memory((store) => ({
      async commit(writes) {
        const found = await Promise.all(writes.map(({ key }) => store.load(key)));
        if (writes.some(({ expectedVersion }, at) => (found[at]?.version ?? 0) !== expectedVersion)) return false;
        await new Promise((resolve) => setImmediate(resolve));
        return store.commit(await Promise.all(writes.map(async (write) => ({ ...write, expectedVersion: (await store.load(write.key))?.version ?? 0 }))));
      },
    })),
  ],
  "lets nobody win a race": [
    "races: commits of different groups all win",
    memory((store) => {
      let busy = false;
      return {
        async commit(writes) {
          if (busy) return false;
          busy = true;
          await new Promise((resolve) => setImmediate(resolve));
          busy = false;
          return store.commit(writes);
        },
      };
    }),
  ],
  "drops what is due": ["due: oldest first, at or before the time, at most the limit", committing(({ due: _, ...write }) => write)],
  "keeps the old due time": [
    "due: each write replaces it, and one without ends it",
    memory((store) => {
      const known = new Map();
      return {
        commit: (writes) =>
          store.commit(
            writes.map((write) => {
              if (write.due !== undefined) known.set(write.key, write.due);
              return { ...write, ...(known.has(write.key) && { due: known.get(write.key) }) };
            }),
          ),
      };
    }),
  ],
  "finds the newest first": ["due: oldest first, at or before the time, at most the limit", finding((keys, query) => ("index" in query ? keys : [...keys].reverse()))],
  "ignores the limit": ["due: oldest first, at or before the time, at most the limit", finding((keys, query, store) => ("index" in query ? keys : store.find({ ...query, limit: 1_000_000 })))],
  "finds a page at most": ["due: all that is due is found, however much it is", finding((keys) => keys.slice(0, 100))],
  "keeps due times in 32 bits": ["due: by their time, not by their digits, and exact to the millisecond", committing((write) => (write.due === undefined ? write : { ...write, due: write.due | 0 }))],
  "keeps due times in seconds": ["due: by their time, not by their digits, and exact to the millisecond", committing((write) => (write.due === undefined ? write : { ...write, due: Math.floor(write.due / 1_000) * 1_000 }))],
  "forgets the earlier index texts": [
    "index: every text ever given finds the key, and only it",
    memory((store) => {
      const last = new Map();
      return {
        commit: async (writes) => ((done) => (done && writes.forEach(({ key, index = [] }) => last.set(key, index)), done))(await store.commit(writes)),
        find: async (query) => (await store.find(query)).filter((key) => !("index" in query) || last.get(key).includes(query.index)),
      };
    }),
  ],
  "leaves the index of a commit that conflicts": [
    "commits: a conflict in the first entry leaves nothing of any",
    memory((store) => {
      const texts = new Map();
      return {
        commit(writes) {
          for (const { key, index = [] } of writes) for (const text of index) texts.set(text, new Set([...(texts.get(text) ?? []), key]));
          return store.commit(writes);
        },
        find: async (query) => ("index" in query ? [...(texts.get(query.index) ?? [])] : store.find(query)),
      };
    }),
  ],
  "finds index texts without regard to case": [
    "index: a text is found as it is, not as it looks",
    memory((store) => ({ commit: (writes) => store.commit(writes.map((write) => ({ ...write, index: write.index?.map((text) => text.toLowerCase()) }))), find: (query) => store.find("index" in query ? { index: query.index.toLowerCase() } : query) })),
  ],
  "normalises text": ["texts: keys and values are read as they were written", committing((write) => ({ ...write, value: write.value.normalize("NFC") }))],
  "trims text": ["texts: keys and values are read as they were written", committing((write) => ({ ...write, value: write.value.trimEnd() }))],
  "keeps keys in a plain object": [
    "texts: keys and values are read as they were written",
    () => {
      const groups = {};
      const store = createMemoryStore();
      const load = async (key) => groups[key] && { version: groups[key].version, value: groups[key].value };
      const commit = async (writes) => ((done) => (done && writes.forEach(({ key, expectedVersion, value }) => (groups[key] = { version: expectedVersion + 1, value })), done))(await store.commit(writes));
      return { store: { ...store, load, commit } };
    },
  ],
  "cuts off what is long": ["texts: a value of megabytes, a key and an index text of hundreds of letters", committing((write) => ({ ...write, value: write.value.slice(0, 65_535) }))],
  "gives away its own rows": [
    "what was handed over and what was given are the caller's own",
    memory((store) => {
      const rows = new Map();
      return {
        async load(key) {
          const found = await store.load(key);
          if (found !== undefined && rows.get(key)?.at !== found.version) rows.set(key, { at: found.version, row: found });
          return rows.get(key)?.row;
        },
      };
    }),
  ],
  "keeps the arrays that it is handed": [
    "what was handed over and what was given are the caller's own",
    memory((store) => {
      const indexes = [];
      return {
        commit: async (writes) => ((done) => (done && writes.forEach(({ key, index = [] }) => indexes.push([key, index])), done))(await store.commit(writes)),
        find: async (query) => ("index" in query ? [...new Set(indexes.flatMap(([key, index]) => (index.includes(query.index) ? [key] : [])))] : store.find(query)),
      };
    }),
  ],
  "keeps nothing": ["durable: what was committed is there when the store is opened again", sqlite(() => ({}), () => createMemoryStore())],
  "keeps the group and not the index": [
    "durable: what was committed is there when the store is opened again",
    () => {
      const store = createMemoryStore();
      return { store, reopen: () => ({ ...store, find: async (query) => ("index" in query ? [] : store.find(query)) }) };
    },
  ],
  "throws whatever its driver throws": [
    "trouble: busy is told as such, and nothing is written",
    () => {
      const store = createMemoryStore();
      let busy = false;
      const commit = async (writes) => {
        if (busy) throw new Error("database is locked");
        return store.commit(writes);
      };
      return { store: { ...store, commit }, troubles: { busy: () => ((busy = true), () => (busy = false)) } };
    },
  ],
  "has written part of it when it fails": [
    "trouble: full is told as such, and nothing is written",
    () => {
      const store = createMemoryStore();
      let full = false;
      const commit = async (writes) => {
        if (!full) return store.commit(writes);
        await store.commit(writes.slice(0, 1));
        throw Object.assign(new Error("full"), { name: "StoreUnavailable", trouble: "full" });
      };
      return { store: { ...store, commit }, troubles: { full: () => ((full = true), () => (full = false)) } };
    },
  ],
  "reads from a cache of its own connection": [
    "another connection sees what was committed, at once",
    () => {
      const store = createMemoryStore();
      return { store: shared(store), another: () => ({ ...shared(createMemoryStore()), commit: store.commit }) };
    },
  ],
  "locks by connection": [
    "races: between two connections, one wins",
    () => {
      const store = createMemoryStore();
      const blind = async (writes) => store.commit(await Promise.all(writes.map(async (write) => ({ ...write, expectedVersion: (await store.load(write.key))?.version ?? 0 }))));
      return { store: shared(store), another: () => ({ ...shared(store), commit: blind }) };
    },
  ],
  "does not keep records": ["records: they come and change with their group", sqlite((store) => ({ commit: (writes) => store.commit(writes.map(({ records: _, ...write }) => write)) }))],
  "keeps passing records": ["records: a passing record goes when its group is written without it", sqlite((store) => ({ commit: (writes) => store.commit(writes.map((write) => ({ ...write, records: write.records?.map((record) => ({ ...record, passing: false })) }))) }))],
  "deletes records that are not written again": ["records: they come and change with their group", sqlite((store) => ({ commit: (writes) => store.commit(writes.map((write) => ({ ...write, records: write.records?.map((record) => ({ ...record, passing: true })) }))) }))],
  "writes records before it knows whether it may": [
    "records: a commit that conflicts leaves no records",
    sqlite((store) => ({
      async commit(writes) {
        for (const { key, records } of writes) if (records !== undefined) await store.commit([{ key: `records of ${key}`, expectedVersion: (await store.load(`records of ${key}`))?.version ?? 0, value: "", records }]);
        return store.commit(writes.map(({ records: _, ...write }) => write));
      },
    })),
  ],
  "counts other records than it selects": ["records: conditions: text without regard to case, anything else exactly, empty fields unlike every value", sqlite((store) => ({ records: { ...store.records, count: ({ object }) => store.records.count({ object }) } }))],
  "loses a record between two pages": ["records: an order, and pages that neither repeat nor lose a record", sqlite((store) => ({ records: { ...store.records, select: (selection) => store.records.select(selection.after ? { ...selection, offset: 1 } : selection) } }))],
  "fills over what is newer": ["records: groups of an earlier version are found and filled, once", sqlite((store) => ({ records: { ...store.records, fill: async (write) => store.records.fill({ ...write, version: (await store.load(write.key)).version }) } }))],
};

for (const [fault, [caughtBy, open]] of Object.entries(STORES)) {
  test(`caught: a store that ${fault}`, () => assertCaught(storeConformance({ name: "mutant", open }), caughtBy));
}
