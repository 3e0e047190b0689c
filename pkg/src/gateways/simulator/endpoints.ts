/** The simulator's own endpoints (DESIGN §7): make a payment outside, read the books, deliver a notification. */
import { type Context, Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Identity, PaymentsOptions } from "../../server/ports.js";
import { asRefusal, Refusal, refusalResponse, StoreFailure } from "../../server/refusal.js";
import { readBody } from "../../server/request.js";
import type { SimulatorDesk } from "./index.js";

const MAX_TIMES = 100;

/** What {@link createSimulatorEndpoints} takes. */
export interface SimulatorEndpointsOptions {
  readonly simulator: SimulatorDesk;
  /** The same as the payments handler's. */
  readonly authenticate: PaymentsOptions["authenticate"];
  /** Takes the notifications: the payments handler. */
  readonly deliverTo: (request: Request) => Promise<Response>;
}

/** Builds `POST /simulator/payments`, `GET /simulator/books` and `POST /simulator/notify` as one function. */
export function createSimulatorEndpoints({ simulator, authenticate, deliverTo }: SimulatorEndpointsOptions): (request: Request) => Promise<Response> {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.res.headers.set("cache-control", "no-store");
    c.res.headers.set("x-content-type-options", "nosniff");
  });
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (_, methods) => refusalResponse(new Refusal(405, "METHOD_NOT_ALLOWED", `Allowed here: ${methods.join(", ")}.`, { allow: methods.join(", ") })) }));

  app.post("/simulator/payments", async (c) => {
    await identity(c);
    const minted = await simulator.mint(await members(c, ["amount", "currencyIsoCode", "captured", "script"]));
    if ("invalid" in minted) throw new Refusal(400, "INVALID_API_INPUT", `${minted.invalid}.`);
    return c.json(minted, 201);
  });

  app.get("/simulator/books", async (c) => {
    await backOffice(c);
    const groupId = c.req.query("groupId");
    if (groupId === undefined || groupId === "") throw new Refusal(400, "INVALID_API_INPUT", "'groupId' is missing.");
    return c.body(await simulator.books(groupId), 200, { "content-type": "application/json" });
  });

  app.post("/simulator/notify", async (c) => {
    await backOffice(c);
    const { reference, event, times = 1 } = await members(c, ["reference", "event", "times"]);
    if (typeof reference !== "string") throw new Refusal(400, "INVALID_API_INPUT", "'reference' must be a text.");
    if (event !== "succeeded" && event !== "failed") throw new Refusal(400, "INVALID_API_INPUT", "'event' must be succeeded or failed.");
    if (!Number.isInteger(times) || (times as number) < 1 || (times as number) > MAX_TIMES) throw new Refusal(400, "INVALID_API_INPUT", `'times' must be 1 to ${MAX_TIMES}.`);
    const notification = await simulator.decide(reference, event);
    if (notification === undefined) throw new Refusal(404, "NOT_FOUND", "The simulator knows no such reference.");
    const statuses: number[] = [];
    for (let time = 0; time < (times as number); time++) {
      const address = new URL(`/commerce/payments/notify?provider=${simulator.provider}`, c.req.url);
      const response = await deliverTo(new Request(address, { method: "POST", headers: notification.headers, body: notification.body }));
      statuses.push(response.status);
    }
    return c.json({ delivered: statuses.filter((status) => status === 200).length, statuses });
  });

  app.notFound(() => refusalResponse(new Refusal(404, "NOT_FOUND", "There is nothing at this address.")));
  // What else can fail here are the books' file and the host's sessions.
  app.onError((error) => refusalResponse(asRefusal(error instanceof Refusal ? error : new StoreFailure(error))));
  return async (request) => app.fetch(request);

  async function identity(c: Context): Promise<Identity> {
    const found = await authenticate(c.req.raw);
    if (found === undefined) throw new Refusal(401, "INVALID_SESSION_ID", "No session, or it has ended.", { "www-authenticate": "Bearer" });
    return found;
  }

  async function backOffice(c: Context): Promise<void> {
    if ((await identity(c)).kind !== "backOffice") throw new Refusal(403, "INSUFFICIENT_ACCESS", "This is for the back office.");
  }
}

async function members<Name extends string>(c: Context, names: readonly Name[]): Promise<Record<Name, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(await readBody(c.req.raw)));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, "INVALID_API_INPUT", "The body is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Refusal(400, "INVALID_API_INPUT", "The body must be an object.");
  for (const name of Object.keys(value)) {
    if (!names.includes(name as Name)) throw new Refusal(400, "INVALID_API_INPUT", `Unknown field; known are ${names.join(", ")}.`);
  }
  return value as Record<Name, unknown>;
}
