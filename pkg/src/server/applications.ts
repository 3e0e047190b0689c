/** Applying payments and refunds, and the invoices they are applied to (`seeds/apis.txt`): the back office's routes. */
import { type Context, Hono } from "hono";
import { applyPayment, applyRefund, cancelInvoice, ingestInvoice, postInvoice, readInvoice, unapplyPayment, voidInvoice } from "../core.js";
import type { Host } from "./host.js";
import { Refusal } from "./refusal.js";
import { idempotencyKey, mediaType, readBody } from "./request.js";
import { type AskRows, transact } from "./transaction.js";

/** A function of the core that reads a body. */
type Change = (context: string, rows: string, body: Uint8Array) => string;

/** Lets the back office in, and nobody else; throws a {@link Refusal}. */
export type RequireBackOffice = (c: Context) => Promise<void>;

const MAX_INVOICE_BYTES = 512 * 1024;

/** The routes, below the optional version prefix. `version` is the one that a request names. */
export function applicationRoutes(host: Host, requireBackOffice: RequireBackOffice, version: (c: Context) => string): Hono {
  const routes = new Hono();

  const answer = async (c: Context, ask: AskRows, facts: object): Promise<Response> => {
    const { status, body } = await transact(host, ask, { apiVersion: version(c), recordId: c.req.param("id"), ...facts });
    return new Response(body, { status, headers: { "content-type": "application/json" } });
  };

  const change = async (c: Context, of: Change, facts: object, maxBytes?: number): Promise<Response> => {
    await requireBackOffice(c);
    if (mediaType(c.req.raw.headers) !== "application/json") throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
    const key = idempotencyKey(c.req.raw.headers);
    const body = await readBody(c.req.raw, maxBytes);
    return answer(c, (context, rows) => of(context, rows, body), { ...facts, ...(key === undefined ? {} : { idempotencyKey: key }) });
  };

  const { applicationLevel } = host.options;
  const level = applicationLevel === undefined ? {} : { applicationLevel };

  routes.post("/commerce/billing/payments/:id/actions/apply", (c) => change(c, applyPayment, level));
  routes.post("/commerce/billing/payments/:id/paymentlines/:lineId/actions/unapply", (c) => change(c, unapplyPayment, { lineId: c.req.param("lineId") }));
  routes.post("/commerce/billing/refunds/:id/actions/apply", (c) => change(c, applyRefund, {}));

  routes.post("/commerce/invoicing/invoices", (c) => change(c, ingestInvoice, {}, MAX_INVOICE_BYTES));
  routes.post("/commerce/invoicing/invoices/:id/actions/post", (c) => change(c, postInvoice, {}));
  routes.post("/commerce/invoicing/invoices/:id/actions/void", (c) => change(c, voidInvoice, {}));
  routes.post("/commerce/invoicing/invoices/:id/actions/cancel", (c) => change(c, cancelInvoice, {}));
  routes.get("/commerce/invoicing/invoices/:id", async (c) => {
    await requireBackOffice(c);
    return answer(c, readInvoice, {});
  });
  return routes;
}
