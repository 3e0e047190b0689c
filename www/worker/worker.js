/**
 * The demo store on Workers (`docs/workers.md`): the page from the assets, everything else in one Durable Object, which has the
 * payments, the shop and the alarm that recovers. What is behind the addresses is the code of `www/server`.
 */
import core from "checkout-payments/core.wasm";
import { loadCore } from "checkout-payments/server";
import { hardenPage } from "../server/page-headers.js";

export { Payments } from "./payments.js";
export { Simulator } from "./simulator.js";

await loadCore(core);

// What a payment's commit may touch together (groups, accounts, invoices), and what the back office queries, is in one object:
// the books of one merchant. A host of several merchants names an object for each.
const BOOKS = "books";
const API = /^\/(?:commerce|services|payments|sobjects|demo|simulator|healthz|openapi\.json)(?:\/|$)/;

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (API.test(pathname)) return env.PAYMENTS.getByName(BOOKS).fetch(request);
    const { status, headers, body } = await env.ASSETS.fetch(request);
    const answer = new Response(body, { status, headers });
    hardenPage(answer.headers, pathname);
    return answer;
  },
};
