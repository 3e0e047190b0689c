// A Stripe on the loopback that answers what a test says, for what no real or copied one can be made to do: broken connections, garbage,
// replayed errors, keys in use. Every request is kept as it came.

import { once } from "node:events";
import { createServer } from "node:http";

/** Starts it. What is not scripted is answered 500 with a text that no test expects. */
export async function startScriptedStripe() {
  const script = [];
  const requests = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    requests.push({ name: `${request.method} ${pathname}`, query: Object.fromEntries(searchParams), form: Object.fromEntries(new URLSearchParams(body)), headers: request.headers });
    const next = script.shift() ?? { status: 500, body: { error: { type: "api_error", message: "not scripted" } } };
    if (next.status === undefined) return void next(request, response);
    response.writeHead(next.status, { "content-type": "application/json", "request-id": "req_1", ...next.headers });
    response.end(typeof next.body === "string" ? next.body : JSON.stringify(next.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const api = {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    /** What comes next, in order: an answer, or what to do with the connection. */
    script: (...answers) => {
      script.length = 0;
      requests.length = 0;
      script.push(...answers);
    },
    get left() {
      return script.length;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return api;
}

/** An answer of Stripe's. */
export const ok = (body, headers) => ({ status: 200, body, headers });

/** A refusal of Stripe's. */
export const refusal = (status, error, headers) => ({ status, body: { error: { type: "invalid_request_error", message: "no", ...error } }, headers });

/** Drops the connection before anything is answered. */
export const dropped = (request) => request.socket.destroy();

/** Drops it in the middle of the body. */
export const severed = (request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"object": "payment_intent", ');
  setImmediate(() => request.socket.destroy());
};

/** A PaymentIntent as Stripe gives it; `more` wins. */
export const intent = (more) => ({
  id: "pi_1",
  object: "payment_intent",
  amount: 12990,
  amount_capturable: 12990,
  amount_received: 0,
  capture_method: "manual",
  currency: "usd",
  status: "requires_capture",
  livemode: false,
  client_secret: "pi_1_secret_2",
  metadata: { our_reference: "pauth_1", operation: "authorize", group_id: "pgrp_1" },
  latest_charge: "ch_1",
  payment_method: "pm_1",
  next_action: null,
  last_payment_error: null,
  cancellation_reason: null,
  setup_future_usage: null,
  ...more,
});

/** A Refund as Stripe gives it. */
export const refundObject = (more) => ({ id: "re_1", object: "refund", amount: 1000, currency: "usd", status: "succeeded", metadata: { our_reference: "refund_1" }, ...more });
