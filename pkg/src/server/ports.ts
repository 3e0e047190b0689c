/**
 * What a host brings: a store, gateways, its checkouts, and who is asking (DESIGN §7). Everything here is an interface;
 * the adapters of this package (`stores/…`, `gateways/…`) are examples of them. What crosses into the core is made from
 * the core's own types (`wire.ts`).
 */
import type { Call, Capabilities as CoreCapabilities, Checkout, Notification, Outcome, SettlementLevel } from "../wire.js";
import type { RecordStore, StoredRecord } from "./selection.js";

export type { Column, Condition, FieldRef, Order, RecordStore, SelectedRow, Selection, StoredRecord } from "./selection.js";
export type { Checkout, GatewayOperation, Notification, Outcome, ResultCode, RetryCategory, RetryDecision, SettlementLevel } from "../wire.js";

/** A payment group as the store keeps it. */
export interface Versioned {
  /** 1 when it was first written, and one more with every write. */
  readonly version: number;
  /** The text that was written. Opaque to the store. */
  readonly value: string;
}

/** One entry of a commit. */
export interface Write {
  readonly key: string;
  /** The version that must be there now; 0 = nothing may be there. The new version is this plus one. */
  readonly expectedVersion: number;
  readonly value: string;
  /** When this group next needs recovery, in milliseconds since 1970; absent = never. Replaces the earlier one. */
  readonly due?: number;
  /** Texts under which the group can be found from now on; earlier ones stay. */
  readonly index?: readonly string[];
  /** The group's records, for a store that can be queried: written together with the group or not at all. */
  readonly records?: readonly StoredRecord[];
}

/** Which keys to find: those due at or before a time (oldest first), or the one that has an index text. */
export type Query = { readonly dueBefore: number; readonly limit: number } | { readonly index: string };

/** Why a store can't be used: no room left, not writable, held by somebody else for too long, anything else. */
export type StoreTrouble = "full" | "read_only" | "busy" | "failed";

/**
 * Thrown by a store that can't be used now. The request is answered with 503 and `Retry-After`; nothing is sent for a
 * write that failed, and what had been announced before is resolved by recovery. `cause` is what the driver threw.
 */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
  readonly trouble: StoreTrouble;

  constructor(trouble: StoreTrouble, cause: unknown) {
    super(`the store can't be used: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

/**
 * Where payment groups are kept. Any method may throw, a {@link StoreUnavailable} where it knows why; whatever else it
 * throws counts as one whose trouble is `failed`.
 */
export interface Store {
  /** Whether this process is the only one that writes to the store. Then an operation nobody here drives is nobody's. */
  readonly exclusive: boolean;
  /** The group, or undefined when there is none. */
  load(key: string): Promise<Versioned | undefined>;
  /**
   * Writes all entries or none. False = a version was not the expected one, and nothing was written. True = all is
   * durable: it survives a power cut. The write-ahead rule (DESIGN §2) stands on this.
   */
  commit(writes: readonly Write[]): Promise<boolean>;
  /** The keys that match. */
  find(query: Query): Promise<readonly string[]>;
  /** Only of a store whose records can be queried; without it, the queries of the back office are answered 501. */
  readonly records?: RecordStore;
}

/** What is said to a gateway (`docs/core.md`, "Call"). */
export interface GatewayCall extends Call {
  /** The gateway to call, where a host has several; absent = its first. */
  readonly provider?: string;
}

/** A notification request as it came: the signature is over exactly these bytes. */
export interface NotificationRequest {
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** What an adapter makes of a notification request. */
export interface NotificationVerdict {
  /** False = the signature is not the gateway's; nothing else of this is looked at. */
  readonly authentic: boolean;
  /** The facts, in the request's order. */
  readonly notifications: readonly Notification[];
  /** The body the gateway wants as acknowledgement; `{}` by default. */
  readonly acknowledgement?: { readonly body: string; readonly contentType: string };
}

/** What an adapter's gateway can do; its provider is the gateway's own member. */
export type Capabilities = Omit<CoreCapabilities, "provider">;

/**
 * A payment gateway. `process` and `inquire` may throw: that counts as sent without an answer (Indeterminate), unless
 * it is a {@link NotSentError}.
 */
export interface Gateway {
  /** Its name in records, indexes and the address of its notifications. */
  readonly provider: string;
  readonly capabilities: Capabilities;
  /** Does what the call says. `signal` fires when the host stops waiting. */
  process(call: GatewayCall, signal: AbortSignal): Promise<Outcome>;
  /** Says what became of an earlier call. */
  inquire(call: GatewayCall, signal: AbortSignal): Promise<Outcome>;
  /** Verifies and reads a notification. */
  notification(request: NotificationRequest): Promise<NotificationVerdict>;
}

/** Thrown by an adapter that knows its request never left: becomes SystemError, and a repeat is safe. */
export class NotSentError extends Error {
  override readonly name = "NotSentError";
  /** Recognised by this even when two copies of the package are loaded. */
  readonly notSent = true;
}

/** The host's checkouts. */
export interface Checkouts {
  /**
   * The checkout of this web store with this id; `active` = the shopper's current one. Undefined when there is none or
   * it is another shopper's: nobody can tell the two apart. Without `shopper` the back office asks, which sees all.
   */
  find(query: { readonly webstoreId: string; readonly idOrActive: string; readonly shopper?: string }): Promise<Checkout | undefined>;
  /** The order is placed. May come again for the same order, with the same number. */
  placed(checkout: Checkout, orderReferenceNumber: string): Promise<void>;
}

/** Who is asking. */
export type Identity = { readonly kind: "shopper"; readonly id: string } | { readonly kind: "backOffice" };

/** One line of the log. Never holds a token, a body or a query. */
export interface LogLine {
  readonly time: string;
  readonly level: "info" | "error";
  readonly event: "request" | "recovery" | "gateway" | "store" | "core";
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly operationId?: string;
  /** Of what went wrong: its kind, not its data. */
  readonly error?: string;
  readonly resolved?: number;
  readonly unresolved?: number;
  /** Of what recovery tried and could not settle: when it is tried again. */
  readonly due?: string;
  /** `store`: which part of the host's surroundings, and whether it can be used. One line when it fails, one when it is back. */
  readonly part?: StorePart;
  readonly state?: "unavailable" | "available";
  /** How often it was needed in vain. */
  readonly failures?: number;
}

/** What the host keeps things in: the store, read or written, and the shop's own data behind the ports. */
export type StorePart = "reading" | "writing" | "checkouts" | "sessions";

/** What {@link createPaymentsHandler} needs. */
export interface PaymentsOptions {
  readonly store: Store;
  /** The first takes the payments; all of them may send notifications. */
  readonly gateways: readonly [Gateway, ...Gateway[]];
  readonly checkouts: Checkouts;
  /** Who sent this request; undefined = nobody we know (401). Must not read the body. */
  authenticate(request: Request): Promise<Identity | undefined> | Identity | undefined;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly clock?: () => number;
  /** 32 hex digits, fresh at every call. Default: `crypto.getRandomValues`. */
  readonly entropy?: () => string;
  /** Default: no log. */
  readonly log?: (line: LogLine) => void;
  /** At which level payments are applied to invoices; the other is refused. Default: `InvoiceLine` (`reference` §4.3). */
  readonly applicationLevel?: SettlementLevel;
  /** After this many milliseconds a gateway's silence is Indeterminate. Default: 120 000 (DESIGN §6). */
  readonly gatewayTimeoutMs?: number;
}
