/**
 * The payments API (`reference` §3): the back office authorizes, captures, reverses, sells, refunds and tokenizes. The core reads the
 * request; this finds the group that it belongs to.
 */
import type { Context, Hono } from "hono";
import { beginPayments, locatePayments } from "../core.js";
import type { PaymentsOperation } from "../wire.js";
import type { AppEnv, Serve } from "./app-env.js";
import { OTHER_GROUPS } from "./group-key.js";
import type { Host } from "./host.js";
import { run, type Ask, type Run } from "./loop.js";
import { Refusal } from "./refusal.js";
import { idempotencyKey, mediaType, readBody } from "./request.js";
import { accountKey } from "./saved-methods.js";
import { type Located, readStep, type Step } from "./step.js";

// A key that was used for something else more than a day ago leaves its group behind; nobody uses one so often.
const MAX_GROUPS_OF_KEY = 100;

const ROUTES: readonly (readonly [string, PaymentsOperation])[] = [
  ["/commerce/payments/authorizations", "authorizations"],
  ["/commerce/payments/postAuths", "postAuths"],
  ["/commerce/payments/sales", "sales"],
  ["/commerce/payments/authorizations/:recordId/captures", "captures"],
  ["/commerce/payments/authorizations/:recordId/reversals", "reversals"],
  ["/commerce/payments/payments/:recordId/refunds", "refunds"],
  ["/commerce/payments/payment-methods", "payment-methods"],
];

/** Adds the routes; `serve` lets only the back office in and answers with the step it is given. */
export function addPaymentsRoutes(routes: Hono<AppEnv>, host: Host, serve: Serve): void {
  for (const [path, operation] of ROUTES) {
    routes.post(path, (c) => serve(c, () => request(host, c, operation)));
  }
}

interface Facts {
  readonly operation: PaymentsOperation;
  readonly targetId?: string | undefined;
}

async function request(host: Host, c: Context<AppEnv>, operation: PaymentsOperation): Promise<Run> {
  const key = idempotencyKey(c.req.raw.headers);
  const facts = {
    operation,
    contentType: mediaType(c.req.raw.headers),
    ...(c.req.param("recordId") === undefined ? {} : { targetId: c.req.param("recordId") }),
    ...(key === undefined ? {} : { idempotencyKey: key }),
  };
  const body = await readBody(c.req.raw);
  const refused = locate(host, facts, body);
  if (refused.located === undefined) return { step: refused, moved: false, index: [] };
  const ask: Ask = (context, state) => beginPayments(context, state, body);
  for await (const group of groupsOf(host, facts, refused.located)) {
    const answered = await run(host, group, ask, facts);
    if (answered.step.elsewhere !== true) return answered;
  }
  throw new Refusal(404, "NOT_FOUND", facts.targetId === undefined ? "There is no such payment group." : "There is no such record.");
}

// The core is the only reader of bodies, also where only the address of the group is wanted.
function locate(host: Host, facts: object, body: Uint8Array): Step {
  return readStep(locatePayments(JSON.stringify({ now: host.now(), entropy: host.entropy(), ...facts }), body));
}

/** The groups that may know the request, the one that knows its key first. */
async function* groupsOf(host: Host, { operation, targetId }: Facts, { groupId, idempotencyKey: key, accountId }: Located): AsyncGenerator<string> {
  const seen = new Set<string>();
  const named = targetId ?? groupId;
  for (const index of [...(key === undefined ? [] : [`key:${key}`]), ...(named === undefined ? [] : [named])]) {
    for (const group of await host.find({ index })) {
      if (!seen.has(group)) yield group;
      seen.add(group);
    }
  }
  if (named !== undefined) return;
  if (operation === "payment-methods") return void (yield accountKey(accountId ?? ""));
  if (key === undefined) return void (yield `${OTHER_GROUPS}${host.entropy()}`);
  // Two requests with one key must meet in one group, also when neither is known yet.
  const base = `${OTHER_GROUPS}key/${encodeURIComponent(key)}`;
  for (let count = 1; count <= MAX_GROUPS_OF_KEY; count++) {
    const group = count === 1 ? base : `${base}/${count}`;
    if (!seen.has(group)) yield group;
  }
}
