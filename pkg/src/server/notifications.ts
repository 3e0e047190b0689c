/**
 * Notifications are facts (DESIGN §6): each is handed to the group that knows its reference. One that no group knows
 * yet, because it overtook the answer that carries its reference, is parked durably and delivered when a later commit
 * brings the reference.
 */
import { notify } from "../core.js";
import type { Host } from "./host.js";
import { run } from "./loop.js";
import type { Notification } from "./ports.js";
import { scrubbed } from "./scrub.js";

const PARKED = "parked/";
const MAX_PARKED = 100;
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 24 * 3_600_000;
const GIVE_UP_MS = 30 * 24 * 3_600_000;

interface Parked {
  readonly since: number;
  readonly notifications: readonly Notification[];
}

/** Delivers a fact, or parks it. Duplicates do no harm. */
export async function accept(host: Host, told: Notification): Promise<void> {
  const notification = scrubbed(told);
  if (await deliver(host, notification)) return;
  await park(host, notification);
  // The reference may have been written between the two lines above; then nobody would look here again soon.
  if (await deliver(host, notification)) await unpark(host, parkedKey(notification));
}

/** Delivers what was parked for the references that a commit has just brought. */
export async function deliverParked(host: Host, index: readonly string[]): Promise<void> {
  for (const text of index) {
    if (text.startsWith("gateway:")) await retryParked(host, PARKED + text);
  }
}

/** Whether a key that is due belongs to a parked notification. */
export function isParked(key: string): boolean {
  return key.startsWith(PARKED);
}

/** Tries the notifications parked under `key` once more. Gives whether none is left to try. */
export async function retryParked(host: Host, key: string): Promise<boolean> {
  const row = await host.load(key);
  if (row === undefined) return true;
  const parked = JSON.parse(row.value) as Parked;
  const left: Notification[] = [];
  for (const notification of parked.notifications) if (!(await deliver(host, notification))) left.push(notification);
  await write(host, key, row.version, { since: parked.since, notifications: left });
  return left.length === 0;
}

async function deliver(host: Host, notification: Notification): Promise<boolean> {
  const texts = [indexText(notification), ...(notification.ourReference === undefined ? [] : [notification.ourReference])];
  const keys = new Set<string>();
  for (const index of texts) for (const key of await host.find({ index })) keys.add(key);
  const fact = JSON.stringify(notification);
  for (const key of keys) {
    const { step, moved } = await run(host, key, (context, state) => notify(context, state, fact), {});
    if (moved || matched(step.body)) return true;
  }
  return false;
}

function matched(body: string): boolean {
  return body !== "" && (JSON.parse(body) as { matched?: unknown }).matched === true;
}

async function park(host: Host, notification: Notification): Promise<void> {
  const key = parkedKey(notification);
  const fact = JSON.stringify(notification);
  for (;;) {
    const row = await host.load(key);
    const { since, notifications } = row === undefined ? { since: host.now(), notifications: [] } : (JSON.parse(row.value) as Parked);
    if (notifications.length >= MAX_PARKED || notifications.some((known) => JSON.stringify(known) === fact)) return;
    if (await write(host, key, row?.version ?? 0, { since, notifications: [...notifications, notification] })) return;
  }
}

async function unpark(host: Host, key: string): Promise<void> {
  const row = await host.load(key);
  if (row !== undefined) await write(host, key, row.version, { since: host.now(), notifications: [] });
}

function write(host: Host, key: string, expectedVersion: number, parked: Parked): Promise<boolean> {
  const age = host.now() - parked.since;
  const due = host.now() + Math.min(Math.max(age, FIRST_RETRY_MS), LAST_RETRY_MS);
  const waits = parked.notifications.length > 0 && age < GIVE_UP_MS;
  return host.commit({ key, expectedVersion, value: JSON.stringify(parked), ...(waits ? { due } : {}) });
}

function indexText(notification: Notification): string {
  return `gateway:${notification.provider}:${notification.gatewayReference}`;
}

function parkedKey(notification: Notification): string {
  return PARKED + indexText(notification);
}
