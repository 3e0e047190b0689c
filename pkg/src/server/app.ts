/** The routes (DESIGN §5, §8), each a few lines: who is asking, about which checkout, which function of the core. */
import { type Context, Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { beginCheckoutPayment, explain, placeOrder, readPayments } from "../core.js";
import { isPaymentsError } from "../errors.js";
import { apiVersion, requireBackOffice, requireIdentity, requireShopper, requireVersion } from "./access.js";
import type { AppEnv as Env } from "./app-env.js";
import { applicationRoutes } from "./applications.js";
import { groupKey } from "./group-key.js";
import type { Host } from "./host.js";
import { kindOf } from "./kind-of.js";
import { run, type Ask, type Run } from "./loop.js";
import { accept, deliverParked } from "./notifications.js";
import { objectRoutes } from "./objects/routes.js";
import { orderReferenceNumber } from "./order-number.js";
import { addPaymentMethodRoutes } from "./payment-methods.js";
import { addPaymentsRoutes } from "./payments.js";
import type { Checkout, Identity, NotificationRequest } from "./ports.js";
import { asRefusal, Refusal, refusalResponse, StoreFailure } from "./refusal.js";
import { idempotencyKey, mediaType, readBody } from "./request.js";
import { readSettings, writeSettings } from "./settings.js";
import type { Step } from "./step.js";
import { unresolvedOf } from "./unresolved.js";

const CHECKOUT = "/commerce/webstores/:webstoreId/checkouts/:checkoutId";
/** What every answer says of itself. */
const HARDENED = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Builds the router. Its `fetch` answers every request, with 404 for what is not its own. */
export function createApp(host: Host): Hono<Env> {
  const routes = new Hono<Env>();
  routes.use(async (c, next) => {
    requireVersion(c);
    await next();
  });

  routes.post(`${CHECKOUT}/payments`, async (c) => {
    const checkout = await findCheckout(host, c, requireShopper(await requireIdentity(host, c)));
    const contentType = mediaType(c.req.raw.headers);
    const key = idempotencyKey(c.req.raw.headers);
    const body = await readBody(c.req.raw);
    const accept = c.req.header("accept");
    return drive(host, c, checkout, (context, state) => beginCheckoutPayment(context, state, body), {
      apiVersion: apiVersion(c),
      releaseOrder: (await readSettings(host, checkout.webstoreId)).releaseOrder,
      contentType,
      ...(key === undefined ? {} : { idempotencyKey: key }),
      ...(accept === undefined ? {} : { accept }),
    });
  });

  routes.get(`${CHECKOUT}/payments`, async (c) => {
    const checkout = await findCheckout(host, c, await requireIdentity(host, c));
    return drive(host, c, checkout, readPayments, await readSettings(host, checkout.webstoreId));
  });

  routes.get(`${CHECKOUT}/payments/explain`, async (c) => {
    const checkout = await findCheckout(host, c, await requireIdentity(host, c));
    return drive(host, c, checkout, explain, {});
  });

  routes.get("/commerce/webstores/:webstoreId/payments/unresolved", async (c) => {
    requireBackOffice(await requireIdentity(host, c));
    return c.body(await unresolvedOf(host, c.req.param("webstoreId"), c.req.query("limit")), 200, { "content-type": "application/json" });
  });

  routes.post(`${CHECKOUT}/orders`, async (c) => {
    const checkout = await findCheckout(host, c, requireShopper(await requireIdentity(host, c)));
    return drive(host, c, checkout, placeOrder, { orderReferenceNumber: orderReferenceNumber() }, async (step) => {
      const number = placedNumber(step);
      // The number is committed: when this fails, a repeat gives the same and tells the shop again.
      if (number !== undefined) await host.outages.watch("checkouts", () => host.options.checkouts.placed(checkout, number));
    });
  });

  routes.get("/commerce/webstores/:webstoreId/settings", async (c) => {
    requireBackOffice(await requireIdentity(host, c));
    return c.json(await readSettings(host, c.req.param("webstoreId")));
  });

  routes.put("/commerce/webstores/:webstoreId/settings", async (c) => {
    requireBackOffice(await requireIdentity(host, c));
    if (mediaType(c.req.raw.headers) !== "application/json") throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Settings are application/json.");
    const text = new TextDecoder().decode(await readBody(c.req.raw));
    return c.json(await writeSettings(host, c.req.param("webstoreId"), text));
  });

  addPaymentsRoutes(routes, host, async (c, work) => {
    requireBackOffice(await requireIdentity(host, c));
    return answer(host, c, await work());
  });
  routes.route("/", applicationRoutes(host, async (c) => requireBackOffice(await requireIdentity(host, c)), apiVersion));

  addPaymentMethodRoutes(routes, host, async (c) => requireBackOffice(await requireIdentity(host, c)));

  // No session here: the gateway's signature over the raw bytes is the proof.
  routes.post("/commerce/payments/notify", async (c) => notified(host, c.req.query("provider"), { headers: c.req.raw.headers, body: await readBody(c.req.raw) }));

  const app = new Hono<Env>();
  app.use(async (c, next) => {
    const started = performance.now();
    await next();
    if (c.get("hardened") !== true) for (const [name, value] of Object.entries(HARDENED)) c.res.headers.set(name, value);
    logRequest(host, c, started);
  });
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (_, methods) => wrongMethod(methods) }));
  // Loaded by those only who ask: it is longer than all of the server.
  app.get("/openapi.json", async (c) => c.body((await import("./contract.js")).default, 200, { "content-type": "application/json" }));
  app.route("/services/data/:version{v[1-9][0-9]*\\.0}", routes);
  app.route("/", routes);
  app.route("/services/data", objectRoutes(host));
  app.notFound(() => refusalResponse(new Refusal(404, "NOT_FOUND", "There is nothing at this address.")));
  app.onError((error) => {
    const refusal = asRefusal(error);
    if (refusal.status >= 500) logUntold(host, error);
    return refusalResponse(refusal);
  });
  return app;
}

async function drive(host: Host, c: Context<Env>, checkout: Checkout, ask: Ask, facts: object, before?: (step: Step) => Promise<void>): Promise<Response> {
  return answer(host, c, await run(host, groupKey(checkout), ask, { checkout, ...facts }), before);
}

async function answer(host: Host, c: Context<Env>, { step, moved, index }: Run, before?: (step: Step) => Promise<void>): Promise<Response> {
  if (step.operationId !== undefined) c.set("operationId", step.operationId);
  // The answer is committed and stays, whatever becomes of a parked fact; recovery delivers that.
  if (moved) await deliverParked(host, index).catch((error: unknown) => logUntold(host, error));
  await before?.(step);
  // All at once: a header that is set later makes the answer a general one, which hosts are slower to send.
  const headers: Record<string, string> = { "content-type": step.contentType ?? "application/json", ...HARDENED };
  c.set("hardened", true);
  if (step.status === 409) headers["retry-after"] = "1";
  return new Response(step.body, { status: step.status ?? 500, headers });
}

async function notified(host: Host, provider: string | undefined, request: NotificationRequest): Promise<Response> {
  const gateway = provider === undefined ? undefined : host.gateway(provider);
  if (gateway === undefined) throw new Refusal(404, "NOT_FOUND", "'provider' names no gateway of this host.");
  const { authentic, notifications, acknowledgement } = await gateway.notification(request);
  if (!authentic) throw new Refusal(401, "INVALID_SIGNATURE", "The notification's signature is not the gateway's.");
  for (const notification of notifications) await accept(host, notification);
  return new Response(acknowledgement?.body ?? "{}", { headers: { "content-type": acknowledgement?.contentType ?? "application/json" } });
}

async function findCheckout(host: Host, c: Context<Env>, identity: Identity): Promise<Checkout> {
  const webstoreId = c.req.param("webstoreId") ?? "";
  const idOrActive = c.req.param("checkoutId") ?? "";
  const query = { webstoreId, idOrActive, ...(identity.kind === "shopper" ? { shopper: identity.id } : {}) };
  const checkout = await host.outages.watch("checkouts", () => host.options.checkouts.find(query));
  if (checkout === undefined) throw new Refusal(404, "CHECKOUT_NOT_FOUND", "There is no such checkout.");
  return checkout;
}

function placedNumber(step: Step): string | undefined {
  if (step.status !== 201) return undefined;
  return step.orderReferenceNumber ?? (JSON.parse(step.body) as { orderReferenceNumber?: string }).orderReferenceNumber;
}

function wrongMethod(methods: readonly string[]): Response {
  return refusalResponse(new Refusal(405, "METHOD_NOT_ALLOWED", `Allowed here: ${methods.join(", ")}.`, { allow: methods.join(", ") }));
}

// A store's failure is told by the outages, once; the core's by the loop, with its operation.
function logUntold(host: Host, error: unknown): void {
  if (!(error instanceof StoreFailure || isPaymentsError(error))) host.log({ level: "error", event: "request", error: kindOf(error) });
}

function logRequest(host: Host, c: Context<Env>, started: number): void {
  if (host.options.log === undefined) return;
  const operationId = c.get("operationId");
  host.log({
    level: c.res.status >= 500 ? "error" : "info",
    event: "request",
    method: c.req.method,
    // An address is written by the client: what looks like a card number in it is not kept.
    path: new URL(c.req.url).pathname.slice(0, 300).replaceAll(/\d(?:[ -]|%20)?(?:\d(?:[ -]|%20)?){11,17}\d/g, "[digits]"),
    status: c.res.status,
    ms: Math.round((performance.now() - started) * 10) / 10,
    ...(operationId === undefined ? {} : { operationId }),
  });
}
