/** The list of what is unresolved in a web store: since when, what was tried, what comes next (`docs/core.md`, listUnresolved). */
import { listUnresolved } from "../core.js";
import { groupKeysOf } from "./group-key.js";
import type { Host } from "./host.js";
import { run } from "./loop.js";
import { Refusal } from "./refusal.js";

const MAX_GROUPS = 1000;
const MAX_KEYS = 100_000;

/**
 * Lists at most `limit` groups as JSON, the one that recovery comes to first in front; `more`: there are more than were asked for. Throws
 * 400 when `limit` is no number between 1 and 1000.
 */
export async function unresolvedOf(host: Host, webstoreId: string, limit = "100"): Promise<string> {
  const most = /^[0-9]{1,4}$/.test(limit) ? Number(limit) : 0;
  if (most < 1 || most > MAX_GROUPS) throw new Refusal(400, "INVALID_API_INPUT", `'limit' must be a whole number from 1 to ${MAX_GROUPS}.`);
  // Whatever is unresolved is due some time; nothing else is, so the list is short where all is well.
  const due = await host.find({ dueBefore: Number.MAX_SAFE_INTEGER, limit: MAX_KEYS });
  const ofStore = due.filter((key) => key.startsWith(groupKeysOf(webstoreId)));
  // The core's texts as they stand: an amount that is read and written again here would be a float.
  const groups: string[] = [];
  const answer = (more: boolean): string => `{"groups":[${groups.join(",")}],"more":${more}}`;
  for (const key of ofStore) {
    const { step } = await run(host, key, listUnresolved, {});
    const { unresolved } = JSON.parse(step.body) as { unresolved: readonly unknown[] };
    if (unresolved.length === 0) continue; // a process is at it this moment, or the shopper has to meet a challenge
    if (groups.length === most) return answer(true);
    groups.push(step.body);
  }
  return answer(false);
}
