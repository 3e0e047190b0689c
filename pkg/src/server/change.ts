/** A request of the back office that the core carries out as a transaction, from its body to its answer. */
import type { Context } from "hono";
import type { Host } from "./host.js";
import { Refusal } from "./refusal.js";
import { idempotencyKey, mediaType, readBody } from "./request.js";
import { type AskRows, transact } from "./transaction.js";

/** A function of the core that reads a body. */
export type Change = (context: string, rows: string, body: Uint8Array) => string;

/** Runs a transaction and answers with what it came to. */
export async function answer(host: Host, ask: AskRows, facts: object): Promise<Response> {
  const { status, body } = await transact(host, ask, facts);
  if (status === 204) return new Response(null, { status });
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}

/** The same with the JSON body of the request, under its idempotency key if it has one. */
export async function change(host: Host, c: Context, of: Change, facts: object, maxBytes?: number): Promise<Response> {
  if (mediaType(c.req.raw.headers) !== "application/json") throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
  const key = idempotencyKey(c.req.raw.headers);
  const body = await readBody(c.req.raw, maxBytes);
  return answer(host, (context, rows) => of(context, rows, body), { ...facts, ...(key === undefined ? {} : { idempotencyKey: key }) });
}
