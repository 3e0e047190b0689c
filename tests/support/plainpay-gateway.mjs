// PlainPay, the gateway of docs/examples/plainpay.mjs: a small HTTP service with idempotency keys, its own ledger in minor units,
// challenges, payments that are decided later, and signed notifications. Its tokens say what becomes of a payment.

import { createHmac, randomBytes } from "node:crypto";
import { createServer } from "node:http";

const WINDOW_MS = 24 * 3_600_000;
// the gateway's own table, so that nothing here is right only because it is the adapter's
const DECIMALS = { JPY: 0, USD: 2, EUR: 2, KWD: 3 };
const REFUSED = { decline: [402, "card_declined"], permanentFail: [402, "account_closed"], invalid: [422, "incorrect_cvc"] };

export const API_KEY = "plainpay_api_key";
export const WEBHOOK_SECRET = "plainpay_webhook_secret";

export function createPlainPayGateway() {
  const operations = new Map();
  const keys = new Map();
  const met = new Set();
  let now = Date.now();

  return { handle, listen, books, outside, about, sign, advance: (ms) => void (now += ms) };

  async function handle(request) {
    const body = request.method === "POST" ? await request.text() : "";
    if (request.headers.get("authorization") !== `Bearer ${API_KEY}`) return refuse(401, "unauthorized", "no such API key");
    const { pathname, searchParams } = new URL(request.url);
    const [collection, id, action] = pathname.slice(1).split("/").map(decodeURIComponent);
    if (request.method === "GET") return look(id, searchParams);
    const key = request.headers.get("idempotency-key");
    if (key === null) return refuse(400, "key_missing", "every request needs an idempotency key");
    const fingerprint = pathname + body;
    const known = keys.get(key);
    if (known !== undefined && now - known.at < WINDOW_MS) {
      if (known.fingerprint !== fingerprint) return refuse(409, "key_reused", "this key came with another request");
      return new Response(await known.text, { status: known.status, headers: { "content-type": "application/json", "idempotent-replayed": "true" } });
    }
    const response = doNow(collection, id, action, JSON.parse(body));
    keys.set(key, { at: now, fingerprint, status: response.status, text: response.clone().text() });
    return response;
  }

  function doNow(collection, id, action, body) {
    if (collection === "sources") return make({ kind: "source", ...body, ...lasting(body.source) });
    if (collection === "payments") return pay(body);
    const target = operations.get(id);
    const payment = operations.get(target?.payment) ?? target;
    if (payment?.kind !== "payment") return refuse(404, "not_found", `no such payment: ${id}`);
    if (action === "completions") return answer(Object.assign(payment, { status: "done" }));
    return act(payment, action, body);
  }

  function pay({ capture, save, ...body }) {
    if (!(body.currency in DECIMALS) || !Number.isSafeInteger(body.amount) || body.amount <= 0) return refuse(422, "invalid_amount", "no such amount");
    const payment = { kind: "payment", ...body, sale: capture, captured: 0, refunded: 0, released: 0, ...(save ? lasting(body.source) : {}) };
    const meets = meeting(payment, capture ? "sale" : "authorize");
    if (meets in REFUSED) return declined(payment, ...REFUSED[meets]);
    if (meets === "review") return make({ ...payment, challenge: "ask the bank" }, "challenge");
    if (meets === "pending") return make(payment, "pending");
    return make({ ...payment, captured: capture ? body.amount : 0 });
  }

  function act(payment, action, { amount, currency, reference }) {
    const operation = { captures: "capture", releases: "reverse", refunds: "refund" }[action];
    const meets = meeting(payment, operation);
    const kind = action.slice(0, -1);
    const effect = { kind, payment: payment.id, amount, currency, reference };
    if (meets in REFUSED) return declined(effect, ...REFUSED[meets]);
    const left = kind === "refund" ? payment.captured - payment.refunded : payment.amount - payment.captured - payment.released;
    if (payment.status !== "done" || currency !== payment.currency || !(amount > 0)) return declined(effect, 422, "invalid_amount");
    if (amount > left) return declined(effect, 402, "amount_too_large");
    payment[{ capture: "captured", release: "released", refund: "refunded" }[kind]] += amount;
    return make(effect);
  }

  function look(id, query) {
    if (id !== undefined) return operations.has(id) ? answer(operations.get(id)) : refuse(404, "not_found", `no such operation: ${id}`);
    const items = [...operations.values()].filter(({ reference, kind }) => reference === query.get("reference") && kind === query.get("kind"));
    return Response.json({ items: items.map(shown) });
  }

  function make(operation, status = "done") {
    const made = { id: `${operation.kind}_${name()}`, ...operation, status };
    operations.set(made.id, made);
    return answer(made);
  }

  // as gateways do, its message repeats what was sent
  function declined(operation, status, code) {
    make({ ...operation, code, message: "refused" }, "declined");
    return refuse(status, code, `refused: ${operation.source ?? operation.payment}`);
  }

  // the token: `tok_`, something, and what the first delivery of an operation meets
  function meeting({ source, id = "", group }, operation) {
    const [, , wished, meets] = String(source).split("_");
    const scope = `${id || group + source} ${operation}`;
    if (wished !== operation || met.has(scope)) return "done";
    met.add(scope);
    return meets;
  }

  function books(groupId) {
    const made = [...operations.values()].filter(({ kind, group, status }) => kind === "payment" && group === groupId && status !== "declined");
    return made.map(({ currency, amount, captured, released, refunded, status }) => ({
      currencyIsoCode: currency,
      authorized: decimal(status === "done" ? amount : 0, currency),
      held: decimal(status === "done" ? amount - captured - released : 0, currency),
      captured: decimal(captured, currency),
      refunded: decimal(refunded, currency),
    }));
  }

  function outside({ amount, currencyIsoCode, captured }) {
    const id = `payment_${name()}`;
    const units = Math.round(Number(amount) * 10 ** DECIMALS[currencyIsoCode]);
    operations.set(id, { id, kind: "payment", amount: units, currency: currencyIsoCode, captured: captured ? units : 0, refunded: 0, released: 0, status: "done" });
    return id;
  }

  function about(id, event) {
    const operation = operations.get(id);
    if (operation.status === "pending") Object.assign(operation, event === "succeeded" ? { status: "done" } : { status: "declined", code: "card_declined" });
    return new TextEncoder().encode(JSON.stringify({ type: "operation.updated", operation: shown(operation) }));
  }

  function sign(body, account) {
    const signature = createHmac("sha256", account === "own" ? WEBHOOK_SECRET : "of_somebody_else").update(body).digest("hex");
    return { body, headers: new Headers({ "content-type": "application/json", "plainpay-signature": signature }) };
  }

  /** Serves it on a free port of the loopback. */
  async function listen() {
    const server = createServer(async (incoming, outgoing) => {
      const chunks = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method, headers, url } = incoming;
      const response = await handle(new Request(`http://plainpay${url}`, { method, headers, ...(method === "POST" ? { body: Buffer.concat(chunks) } : {}) }));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const close = () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    };
    return { baseUrl: `http://127.0.0.1:${server.address().port}`, close };
  }
}

function answer(operation) {
  return Response.json(shown(operation), { status: 201 });
}

function shown({ source: _, group: __, ...operation }) {
  return operation;
}

function refuse(status, code, message) {
  return Response.json({ error: { code, message } }, { status });
}

function lasting(source) {
  return { token: `tok_${name()}`, fingerprint: `fp_${String(source).length}`, customer: "cus_one" };
}

function decimal(units, currency) {
  return (units / 10 ** DECIMALS[currency]).toFixed(DECIMALS[currency]);
}

function name() {
  return Array.from(randomBytes(12), (byte) => "bcdfghjklmnpqrst"[byte & 15]).join("");
}
