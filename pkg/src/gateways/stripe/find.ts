/**
 * Finding what we made by our own reference, which Stripe keeps in its metadata.
 *
 * Search is quick and may lag: an hour behind during an outage, says Stripe. So it is believed when it finds, never when it does not. Only a
 * whole list of what was made since our reference was is proof that there is nothing; lists show what was written before.
 */
import type Stripe from "stripe";
import type { GatewayCall } from "../../server/ports.js";
import { indeterminate, isInvalidRequest, Settled } from "./errors.js";
import { maybeText, readPage } from "./objects.js";
import type { Turn } from "./session.js";

/** More pages than this are not read: then nobody knows, and the next question tries again. */
const MAX_PAGES = 100;
const PAGE = 100;
/** Clocks differ: ours made the reference, Stripe's dates the object. */
const CLOCK_SKEW_S = 3_600;

type Made = Pick<Stripe.PaymentIntent | Stripe.SetupIntent, "id" | "metadata" | "status">;

/** The id of what we made under the call's reference; undefined when there provably is none. */
export async function find(turn: Turn, kind: "paymentIntents" | "setupIntents"): Promise<string | undefined> {
  return (kind === "paymentIntents" ? await search(turn) : undefined) ?? (await scan(turn, kind));
}

// Only what stands ends the search: where one attempt failed, another one that did not may not be found yet.
async function search(turn: Turn): Promise<string | undefined> {
  const { session, call } = turn;
  // what is not a plain name can't be put into a query
  if (session.compatible || !/^[\w-]+$/.test(call.ourReference)) return undefined;
  try {
    const { data } = readPage<Made>(await turn.look((options) => session.stripe.paymentIntents.search({ query: `metadata['our_reference']:'${call.ourReference}'`, limit: PAGE }, options)));
    const standing = data.filter((made) => isOurs(made, call) && stands(made));
    return standing.length === 1 ? standing[0]?.id : undefined;
  } catch (error) {
    // not every account may search
    if (isInvalidRequest(error)) return undefined;
    throw error;
  }
}

async function scan(turn: Turn, kind: "paymentIntents" | "setupIntents"): Promise<string | undefined> {
  const { stripe, compatible } = turn.session;
  const born = bornAt(turn.call.ourReference);
  const since = born === undefined || compatible ? {} : { created: { gte: Math.floor(born / 1000) - CLOCK_SKEW_S } };
  const found: Made[] = [];
  let startingAfter: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const params = { ...since, limit: PAGE, ...(startingAfter === undefined ? {} : { starting_after: startingAfter }) };
    const { data, hasMore } = readPage<Made>(await turn.look<{ data: Made[]; has_more: boolean }>((options) => stripe[kind].list(params, options)));
    found.push(...data.filter((made) => isOurs(made, turn.call)));
    startingAfter = maybeText(data.at(-1)?.id);
    if (!hasMore || startingAfter === undefined) return theOne(found);
  }
  throw new Settled(indeterminate("too_many_to_list", "Stripe has too much to list since then"));
}

// Several attempts have one reference. What stands goes before what was refused; where two stand, a person has to look.
function theOne(found: readonly Made[]): string | undefined {
  const standing = found.filter(stands);
  if (standing.length > 1) throw new Settled(indeterminate("found_twice", "Stripe has more than one of this reference"));
  return (standing[0] ?? found[0])?.id;
}

function isOurs({ metadata }: Made, { ourReference }: GatewayCall): boolean {
  return metadata?.["our_reference"] === ourReference;
}

function stands({ status }: Made): boolean {
  return !["canceled", "requires_payment_method"].includes(status);
}

/** When one of our references was made, in milliseconds since 1970: it is a TypeID, whose first 48 bits are the time. */
export function bornAt(reference: string): number | undefined {
  const digits = /_([0-7][0-9a-hjkmnp-tv-z]{25})$/.exec(reference)?.[1];
  if (digits === undefined) return undefined;
  const bits = [...digits].reduce((sum, digit) => sum * 32n + BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(digit)), 0n);
  return Number(bits >> 80n);
}
