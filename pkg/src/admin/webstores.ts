/** What a web store's checkouts came to, what of it is unresolved, and how the store is set. */
import type { Settings } from "../server/settings.js";
import type { CheckoutPayments, Explanation, UnresolvedGroup } from "../wire.js";
import { bodyOf, type CallOptions, type Connection, part, type ReadOptions } from "./connection.js";

export type { Settings };

/** What of a web store is unresolved, the group that recovery comes to first in front. */
export interface UnresolvedGroups {
  readonly groups: readonly UnresolvedGroup[];
  /** There are more than were asked for. */
  readonly more: boolean;
}

/** The checkouts of the web stores. */
export interface Checkouts {
  /** The payments of a checkout: the records, what is under way, what is owed, what is unresolved. */
  payments(webstoreId: string, checkoutId: string, options?: ReadOptions): Promise<CheckoutPayments>;
  /** What was decided for it, by which rule, on what evidence, and what will happen next, in sentences. */
  explain(webstoreId: string, checkoutId: string, options?: ReadOptions): Promise<Explanation>;
}

/** The web stores. */
export interface Webstores {
  /** What is unresolved: since when, what was tried, what comes next. `limit`: at most so many groups, 1 to 1000, 100 by default. */
  unresolved(webstoreId: string, options?: ReadOptions & { readonly limit?: number }): Promise<UnresolvedGroups>;
  /** The settings. */
  settings(webstoreId: string, options?: ReadOptions): Promise<Settings>;
  /** Puts these settings in the place of the old ones. */
  saveSettings(webstoreId: string, settings: Settings, options?: CallOptions): Promise<Settings>;
}

const webstore = (id: string): string => `/commerce/webstores/${part("webstoreId", id)}`;

/** Checkouts over this connection. */
export function checkoutsOf(connection: Connection): Checkouts {
  const checkout = (webstoreId: string, id: string): string => `${webstore(webstoreId)}/checkouts/${part("checkoutId", id)}`;
  return {
    payments: async (webstoreId, id, options) => bodyOf(await connection.read(`${checkout(webstoreId, id)}/payments`, options)),
    explain: async (webstoreId, id, options) => bodyOf(await connection.read(`${checkout(webstoreId, id)}/payments/explain`, options)),
  };
}

/** Web stores over this connection. */
export function webstoresOf(connection: Connection): Webstores {
  return {
    async unresolved(id, { limit, ...options } = {}) {
      const query = limit === undefined ? "" : `?limit=${encodeURIComponent(limit)}`;
      return bodyOf(await connection.read(`${webstore(id)}/payments/unresolved${query}`, options));
    },
    settings: async (id, options) => bodyOf(await connection.read(`${webstore(id)}/settings`, options)),
    saveSettings: async (id, settings, options) => bodyOf(await connection.change({ method: "PUT", path: `${webstore(id)}/settings`, body: settings }, options)),
  };
}
