// localstripe: a server that speaks Stripe's protocol and that others wrote, as a process of its own on the loopback.
// `make python` installs it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PYTHON = fileURLToPath(new URL("../../.python/bin/python", import.meta.url));
const SERVER = fileURLToPath(new URL("../python/localstripe_server.py", import.meta.url));

/** The secret key that the tests use. localstripe takes any that begins so. */
export const SECRET_KEY = "sk_test_ofNobody";

/** Starts it; it ends with this process. */
export async function startLocalstripe() {
  const child = spawn(PYTHON, [SERVER], { stdio: ["pipe", "pipe", "inherit"] });
  const started = createInterface({ input: child.stdout });
  const [port] = await Promise.race([
    once(started, "line"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`localstripe ended with ${code}`))),
    once(child, "error").then(([error]) => Promise.reject(new Error(`${error.message}: make python`))),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const api = createApi(url);
  return {
    url,
    ...api,
    async stop() {
      if (child.exitCode !== null) return;
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

function createApi(url) {
  async function request(method, path, form) {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${SECRET_KEY}`, ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }) },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    return { status: response.status, body: await response.json().catch(() => undefined) };
  }
  const ok = async (method, path, form) => {
    const { status, body } = await request(method, path, form);
    assert.equal(status, 200, `${method} ${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const all = async (path) => {
    const page = await ok("GET", `${path}${path.includes("?") ? "&" : "?"}limit=1000`);
    assert.equal(page.has_more, false);
    return page.data;
  };
  return {
    request,
    intent: (id) => ok("GET", `/v1/payment_intents/${id}`),
    intents: () => all("/v1/payment_intents"),
    refunds: (id) => all(`/v1/refunds?payment_intent=${id}`),
    /** A payment method of this card: the test numbers of Stripe's documentation. */
    card: async (number) =>
      (await ok("POST", "/v1/payment_methods", { type: "card", "card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2034", "card[cvc]": "123" })).id,
    /** What a page does outside: an intent made and confirmed by somebody else. */
    pay: (form) => ok("POST", "/v1/payment_intents", { payment_method: "pm_card_visa", confirm: "true", ...form }),
    /** The shopper's answer to the bank. */
    authenticate: (id, clientSecret, success = true) => ok("POST", `/v1/payment_intents/${id}/_authenticate`, { client_secret: clientSecret, success: String(success) }),
    /** Forgets everything. */
    flush: async () => assert.equal((await fetch(`${url}/_config/data`, { method: "DELETE" })).status, 200),
    /** Has the webhooks sent there. */
    async webhook(address, secret) {
      const response = await fetch(`${url}/_config/webhooks/tests`, { method: "POST", body: new URLSearchParams({ url: address, secret }) });
      assert.equal(response.status, 200);
    },
  };
}
