/** Applying payments and refunds, and the invoices they are applied to (`seeds/apis.txt`): the back office's routes. */
import { type Context, Hono } from "hono";
import { applyPayment, applyRefund, cancelInvoice, ingestInvoice, postInvoice, readInvoice, unapplyPayment, voidInvoice } from "../core.js";
import { answer, type Change, change } from "./change.js";
import type { Host } from "./host.js";

/** Lets the back office in, and nobody else; throws a {@link Refusal}. */
export type RequireBackOffice = (c: Context) => Promise<void>;

const MAX_INVOICE_BYTES = 512 * 1024;

/** The routes, below the optional version prefix. `version` is the one that a request names. */
export function applicationRoutes(host: Host, requireBackOffice: RequireBackOffice, version: (c: Context) => string): Hono {
  const routes = new Hono();

  const facts = (c: Context, more: object): object => ({ apiVersion: version(c), recordId: c.req.param("id"), ...more });

  const changed = async (c: Context, of: Change, more: object, maxBytes?: number): Promise<Response> => {
    await requireBackOffice(c);
    return change(host, c, of, facts(c, more), maxBytes);
  };

  const { applicationLevel } = host.options;
  const level = applicationLevel === undefined ? {} : { applicationLevel };

  routes.post("/commerce/billing/payments/:id/actions/apply", (c) => changed(c, applyPayment, level));
  routes.post("/commerce/billing/payments/:id/paymentlines/:lineId/actions/unapply", (c) => changed(c, unapplyPayment, { lineId: c.req.param("lineId") }));
  routes.post("/commerce/billing/refunds/:id/actions/apply", (c) => changed(c, applyRefund, {}));

  routes.post("/commerce/invoicing/invoices", (c) => changed(c, ingestInvoice, {}, MAX_INVOICE_BYTES));
  routes.post("/commerce/invoicing/invoices/:id/actions/post", (c) => changed(c, postInvoice, {}));
  routes.post("/commerce/invoicing/invoices/:id/actions/void", (c) => changed(c, voidInvoice, {}));
  routes.post("/commerce/invoicing/invoices/:id/actions/cancel", (c) => changed(c, cancelInvoice, {}));
  routes.get("/commerce/invoicing/invoices/:id", async (c) => {
    await requireBackOffice(c);
    return answer(host, readInvoice, facts(c, {}));
  });
  return routes;
}
