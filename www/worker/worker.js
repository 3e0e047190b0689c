/**
 * The demo store on Workers (`docs/workers.md`): the page from the assets, everything else in one Durable Object, which has the
 * payments, the shop and the alarm that recovers. What is behind the addresses is the code of `www/server`.
 */
import { refusal } from "../server/http.js";
import { hardenPage } from "../server/page-headers.js";

export { Payments } from "./payments.js";
export { Simulator } from "./simulator.js";

// What a payment's commit may touch together (groups, accounts, invoices), and what the back office queries, is in one object:
// the books of one merchant. A host of several merchants names an object for each.
const BOOKS = "books";
const API = /^\/(?:commerce|services|payments|sobjects|demo|simulator|healthz|openapi\.json)(?:\/|$)/;

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (API.test(pathname)) return env.PAYMENTS.getByName(BOOKS).fetch(request);
    const asset = await env.ASSETS.fetch(request);
    if (asset.status >= 400) return refusal(404, "NOT_FOUND", "There is nothing at this address.");
    const answer = new Response(asset.body, asset); // with headers that can be set
    hardenPage(answer.headers, pathname);
    return answer;
  },
};
