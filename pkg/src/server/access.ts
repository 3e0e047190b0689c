/** Who may do what, and in which version: the questions that every route asks first. */
import type { Context } from "hono";
import type { Host } from "./host.js";
import type { Identity } from "./ports.js";
import { Refusal } from "./refusal.js";

/** The versions of the interface, both ends included. */
export const OLDEST_VERSION = 55;
export const NEWEST_VERSION = 67;

/** Who sent the request. Throws 401 when nobody knows. */
export async function requireIdentity(host: Host, c: Context): Promise<Identity> {
  const identity = await host.outages.watch("sessions", () => host.options.authenticate(c.req.raw));
  if (identity === undefined) throw new Refusal(401, "INVALID_SESSION_ID", "No session, or it has ended.", { "www-authenticate": "Bearer" });
  return identity;
}

/** The shopper who asks. Throws 403 for anybody else. */
export function requireShopper(identity: Identity): Identity {
  if (identity.kind === "shopper") return identity;
  throw new Refusal(403, "INSUFFICIENT_ACCESS", "This is for the shopper whose checkout it is.");
}

/** Throws 403 for anybody but the back office. */
export function requireBackOffice(identity: Identity): void {
  if (identity.kind !== "backOffice") throw new Refusal(403, "INSUFFICIENT_ACCESS", "This is for the back office.");
}

/** Throws 404 for a version there is not. */
export function requireVersion(c: Context): void {
  const number = Number(apiVersion(c));
  if (number < OLDEST_VERSION || number > NEWEST_VERSION) {
    throw new Refusal(404, "NOT_FOUND", `This resource is there from version ${OLDEST_VERSION}.0 to ${NEWEST_VERSION}.0.`);
  }
}

/** The version that the address names, else the newest. */
export function apiVersion(c: Context): string {
  return c.req.param("version")?.slice(1) ?? `${NEWEST_VERSION}.0`;
}
