/** The demo store behind one address: the shop, the payments handler, the simulator's endpoints and the page. The same on a server and on Workers. */
import { createSimulatorEndpoints } from "checkout-payments/gateways/simulator";
import { Hono } from "hono";
import { refusal } from "./http.js";
import { createShopRoutes } from "./shop-routes.js";

/**
 * @param {object} parts  those of `createShopRoutes`, and
 * @param {object} [parts.openapi]  the contract of all this; without it the package's own is answered
 * @param {(app: Hono) => void} [parts.servePage]  adds the page, where it comes from here
 */
export function createApp(parts) {
  const { simulator, payments, authenticate, openapi, servePage } = parts;
  const shopRoutes = createShopRoutes(parts);

  const app = new Hono();
  const read = (path, answer) => {
    app.get(path, answer);
    app.all(path, () => refusal(405, "METHOD_NOT_ALLOWED", "Allowed here: GET.", { allow: "GET, HEAD" }));
  };
  // Liveness: a restart mends no disk, so what can't be used is told with a 200.
  read("/healthz", (c) => {
    const outages = payments.outages().map(({ part, trouble, since }) => ({ part, trouble, since: new Date(since).toISOString() }));
    return c.json(outages.length === 0 ? { status: "ok" } : { status: "degraded", outages });
  });
  read("/openapi.json", (c) => (openapi === undefined ? payments(c.req.raw) : c.json(openapi)));
  if (simulator !== undefined) {
    const simulatorEndpoints = createSimulatorEndpoints({ simulator, authenticate, deliverTo: payments });
    app.all("/simulator/*", (c) => simulatorEndpoints(c.req.raw));
  }
  app.all("/demo/*", (c) => shopRoutes.fetch(c.req.raw));
  for (const prefix of ["", "/services/data/:version"]) {
    app.all(`${prefix}/commerce/webstores/:webstoreId/checkouts`, (c) => shopRoutes.fetch(c.req.raw));
    app.all(`${prefix}/commerce/*`, (c) => payments(c.req.raw));
  }
  for (const path of ["/payments/*", "/sobjects/*", "/services/*"]) app.all(path, (c) => payments(c.req.raw));
  servePage?.(app);
  app.notFound(() => refusal(404, "NOT_FOUND", "There is nothing at this address."));
  app.onError(() => refusal(500, "UNKNOWN_EXCEPTION", "Something went wrong here."));
  return app;
}
