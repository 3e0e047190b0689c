/**
 * Saved payment methods (`reference` §3.5, §4.8, §4.9): the back office lists, changes and cancels them, and brings in those whose tokens were
 * made elsewhere. What a payment saves, and what it uses, goes through the loop.
 */
import type { Context, Hono } from "hono";
import { cancelPaymentMethod, changePaymentMethod, importPaymentMethod, importPaymentMethods, listPaymentMethods, readPaymentMethod } from "../core.js";
import type { AppEnv } from "./app-env.js";
import type { Host } from "./host.js";
import { recordsOfCsv } from "./import-csv.js";
import { Refusal } from "./refusal.js";
import { mediaType, readBody } from "./request.js";
import { type AskRows, transact } from "./transaction.js";

/** Lets the back office in, and nobody else; throws a {@link Refusal}. */
export type RequireBackOffice = (c: Context<AppEnv>) => Promise<void>;

const OWN = "/commerce/payments/payment-methods";
const OF_MERCHANT = "/payments/merchant-accounts/:merchantAccountId/saved-payment-methods";
const MAX_IMPORT_BYTES = 1024 * 1024;

/** Adds the routes. */
export function addPaymentMethodRoutes(routes: Hono<AppEnv>, host: Host, requireBackOffice: RequireBackOffice): void {
  const answer = async (c: Context<AppEnv>, ask: AskRows): Promise<Response> => {
    const { status, body } = await transact(host, ask, factsOf(c));
    return new Response(body, { status, headers: { "content-type": "application/json" } });
  };

  for (const path of [OWN, OF_MERCHANT]) {
    routes.get(path, async (c) => {
      await requireBackOffice(c);
      return answer(c, listPaymentMethods);
    });
    routes.get(`${path}/:paymentMethodId`, async (c) => {
      await requireBackOffice(c);
      return answer(c, readPaymentMethod);
    });
    routes.delete(`${path}/:paymentMethodId`, async (c) => {
      await requireBackOffice(c);
      return answer(c, cancelPaymentMethod);
    });
    routes.patch(`${path}/:paymentMethodId`, async (c) => {
      await requireBackOffice(c);
      const body = await readJson(c);
      return answer(c, (context, rows) => changePaymentMethod(context, rows, body));
    });
  }

  routes.post("/sobjects/SavedPaymentMethod", async (c) => {
    await requireBackOffice(c);
    const body = await readJson(c);
    return answer(c, (context, rows) => importPaymentMethod(context, rows, body));
  });

  routes.post(`${OWN}/actions/import`, async (c) => {
    await requireBackOffice(c);
    const body = isCsv(c.req.raw.headers) ? await recordsOfCsv(await readBody(c.req.raw, MAX_IMPORT_BYTES)) : await readJson(c, MAX_IMPORT_BYTES);
    return answer(c, (context, rows) => importPaymentMethods(context, rows, body));
  });
}

// What the core reads of the address; it says what is wrong with it.
function factsOf(c: Context<AppEnv>): object {
  const { paymentMethodId, merchantAccountId } = c.req.param() as Record<string, string>;
  const facts = { paymentMethodId, merchantAccountId, accountId: c.req.query("accountId"), pageSize: c.req.query("pageSize"), pageToken: c.req.query("pageToken") };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

async function readJson(c: Context<AppEnv>, maxBytes?: number): Promise<Uint8Array> {
  if (mediaType(c.req.raw.headers) !== "application/json") throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
  return readBody(c.req.raw, maxBytes);
}

function isCsv(headers: Headers): boolean {
  const given = headers.get("content-type") ?? "";
  const [type = "", ...parameters] = given.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  return type === "text/csv" && headers.get("content-encoding") === null && (charset === undefined || charset.slice("charset=".length).replaceAll('"', "") === "utf-8");
}
