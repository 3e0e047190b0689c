// @ts-check
// A complete gateway adapter, for a gateway that speaks plain JSON over HTTP. It passes `gatewayConformance`.

import { fromMinorUnits, NotSentError, scrub, toMinorUnits } from "checkout-payments/server";

/** @typedef {import("checkout-payments/server").Gateway} Gateway */
/** @typedef {import("checkout-payments/server").GatewayCall} Call */
/** @typedef {import("checkout-payments/server").Outcome} Outcome */
/** @typedef {{ id?: string, reference?: string, amount?: number, currency?: string, captured?: number, token?: string, fingerprint?: string, customer?: string }} Facts */
/** @typedef {Facts & { status?: string, code?: string, message?: string, challenge?: string, replayed?: boolean, error?: { code: string, message?: string }, items?: Answer[] }} Answer */

// Its answers to what it refuses, in the seven result codes. What is not listed was refused for its form.
/** @type {Readonly<Record<string, Outcome["resultCode"]>>} */
const REFUSALS = { card_declined: "Decline", amount_too_large: "Decline", account_closed: "PermanentFail", key_in_use: "Indeterminate" };
const KINDS = { authorize: "payment", postauth: "payment", sale: "payment", capture: "capture", reverse: "release", refund: "refund", tokenize: "source", inquire: "" };

/**
 * @param {{ baseUrl: string, apiKey: string, webhookSecret: string, fetch?: (input: string, init?: RequestInit) => Promise<Response> }} options
 * @returns {Gateway}
 */
export function createPlainPay({ baseUrl, apiKey, webhookSecret, fetch = globalThis.fetch }) {
  return {
    provider: "plainpay",
    // The core repeats a call under its key for so long, and asks in these ways when that has not helped.
    capabilities: { keyWindowMs: 24 * 3_600_000, inquire: ["ourReference", "gatewayReference"] },

    async process(call, signal) {
      if (call.operation === "postauth") return outcomeOf(await send("GET", `/operations/${encodeURIComponent(call.paymentToken ?? "")}`, call, signal), call);
      const units = call.operation === "tokenize" ? 0n : toMinorUnits(call.amount, call.currencyIsoCode);
      if (units === undefined) return { resultCode: "ValidationError", gatewayResultCode: "amount", gatewayMessage: "not an amount of this currency" };
      const money = { amount: Number(units), currency: call.currencyIsoCode, reference: call.ourReference };
      const source = { source: call.paymentToken, customer: call.extras?.customerReference };
      const target = `/operations/${encodeURIComponent(call.gatewayReference ?? "")}`;
      const take = { ...money, ...source, group: call.groupId, save: call.extras?.saveForFuture === true };
      switch (call.operation) {
        case "authorize": // once more, after the shopper has passed the bank's challenge
          if (call.gatewayReference !== undefined) return outcomeOf(await send("POST", `${target}/completions`, call, signal, money), call);
          return outcomeOf(await send("POST", "/payments", call, signal, { ...take, capture: false }), call);
        case "sale":
          return outcomeOf(await send("POST", "/payments", call, signal, { ...take, capture: true }), call);
        case "tokenize":
          return outcomeOf(await send("POST", "/sources", call, signal, { ...source, reference: call.ourReference }), call);
        default:
          return outcomeOf(await send("POST", `${target}/${KINDS[call.operation]}s`, call, signal, money), call);
      }
    },

    async inquire(call, signal) {
      const kind = KINDS[call.inquireOperation ?? "inquire"];
      const byOurs = `/operations?reference=${encodeURIComponent(call.ourReference)}&kind=${kind}`;
      const byTheirs = `/operations/${encodeURIComponent(call.gatewayReference ?? "")}`;
      const answer = await send("GET", call.inquireBy === "gatewayReference" ? byTheirs : byOurs, call, signal);
      const found = answer.items === undefined ? answer : (answer.items.find(({ status }) => status !== "declined") ?? answer.items[0]);
      // "Not found" is no refusal: whether it came too soon to mean anything is for the core to say.
      if (found === undefined || found.error?.code === "not_found") return { resultCode: "ValidationError", notFound: true, gatewayResultCode: "not_found" };
      return outcomeOf(found, call);
    },

    async notification({ headers, body }) {
      if (!(await isSigned(webhookSecret, body, headers.get("plainpay-signature") ?? ""))) return { authentic: false, notifications: [] };
      const { type, operation } = JSON.parse(new TextDecoder().decode(body)) ?? {};
      const isDecided = operation?.status === "done" || operation?.status === "declined";
      if (type !== "operation.updated" || !isDecided) return { authentic: true, notifications: [] };
      const about = { provider: "plainpay", gatewayReference: operation.id, ourReference: operation.reference, ...moneyOf(operation) };
      return { authentic: true, notifications: [{ ...about, event: operation.status === "done" ? "succeeded" : "failed" }] };
    },
  };

  /**
   * One exchange. Gives what the gateway itself has said; throws when it has said nothing that can be read, which the host takes for
   * Indeterminate. Only a connection that was never made is a NotSentError.
   * @param {string} method @param {string} path @param {Call} call @param {AbortSignal} signal @param {object} [body]
   * @returns {Promise<Answer>}
   */
  async function send(method, path, call, signal, body) {
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json", ...(call.idempotencyKey === undefined ? {} : { "idempotency-key": call.idempotencyKey }) };
    let response, answer;
    try {
      response = await fetch(baseUrl + path, { method, headers, signal, redirect: "manual", ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      answer = JSON.parse(await response.text());
    } catch (error) {
      const { cause } = /** @type {{ cause?: { code?: string } }} */ (error);
      if (cause?.code === "ECONNREFUSED") throw new NotSentError("PlainPay refused the connection");
      throw new Error("no answer of PlainPay that can be read"); // without the cause, which may hold what was sent
    }
    const isAnswer = response.ok && (typeof answer?.id === "string" || Array.isArray(answer?.items));
    const isRefusal = response.status >= 400 && response.status < 500 && typeof answer?.error?.code === "string";
    if (isAnswer || isRefusal) return answer;
    return { status: "unknown", replayed: response.headers.get("idempotent-replayed") === "true" };
  }
}

/** @param {Answer} answer @param {Call} call @returns {Outcome} */
function outcomeOf({ id, status, replayed, error, ...rest }, call) {
  if (status === "unknown") return { resultCode: "Indeterminate", gatewayResultCode: "unreadable", ...(replayed ? { replayed } : {}) };
  const code = error?.code ?? rest.code ?? "";
  const about = { ...(id === undefined ? {} : { gatewayReference: id }), ...(code === "" ? {} : { gatewayResultCode: code }), ...moneyOf(rest) };
  if (error !== undefined || status === "declined") {
    const message = String(error?.message ?? rest.message ?? "refused");
    return { resultCode: REFUSALS[code] ?? "ValidationError", ...about, gatewayMessage: scrub(message, call) };
  }
  if (status === "challenge") return { resultCode: "RequiresReview", ...about, paymentData: { challenge: String(rest.challenge) } };
  if (status !== "done" && status !== "pending") return { resultCode: "Indeterminate", gatewayResultCode: "unreadable" };
  const { token: gatewayToken, fingerprint: checksum = "", customer: customerReference = "" } = rest;
  const lasting = gatewayToken === undefined ? {} : { gatewayToken, checksum, customerReference };
  const isTaken = call.operation === "postauth" && (rest.captured ?? 0) > 0;
  return { resultCode: "Success", ...about, ...lasting, ...(status === "pending" ? { pending: true } : {}), ...(isTaken ? { captured: true } : {}) };
}

/** What the gateway says, never what was asked: the core compares. @param {Facts} operation */
function moneyOf({ amount, currency }) {
  return amount === undefined || currency === undefined ? {} : { amount: fromMinorUnits(BigInt(amount), currency), currencyIsoCode: currency };
}

/** HMAC-SHA256 over the raw bytes. @param {string} secret @param {Uint8Array} body @param {string} signature */
async function isSigned(secret, body, signature) {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));
  return crypto.subtle.verify("HMAC", key, bytes, /** @type {Uint8Array<ArrayBuffer>} */ (body));
}
