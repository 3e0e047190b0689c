/** What a third party brings to have an adapter checked. */
import type { Gateway, GatewayOperation, NotificationRequest } from "../../server/ports.js";
import type { Fetch, SentRequest } from "../faults.js";

/** What the first delivery of an operation comes to, as far as the gateway can be told. */
export type Behaviour =
  | "decline"
  | "permanentFail"
  | "invalid"
  /** The bank asks the shopper first. */
  | "review"
  /** Accepted; a notification follows. */
  | "pending"
  /** Where there is no network to break: the request does not leave, and the adapter knows it. */
  | "notSent"
  /** Where there is no network to break: no answer, and nothing happened. */
  | "lostBefore"
  /** Where there is no network to break: no answer, and yet it happened. */
  | "lostAfter";

/** A wish for a payment token. */
export interface Wish {
  /** The operation that is to behave so; it may be a later one (`capture`, `refund`) of the payment made with the token. */
  readonly operation: GatewayOperation;
  readonly meets: Behaviour;
}

/** A payment as the gateway's own books have it: what really happened, whatever the adapter said. Amounts are decimal texts. */
export interface BookedPayment {
  readonly currencyIsoCode: string;
  /** Ever put aside, the captured part included. */
  readonly authorized: string;
  /** Put aside now, neither captured nor let go of. */
  readonly held: string;
  readonly captured: string;
  readonly refunded: string;
}

/** One gateway with nothing on its mind, and the ways to look behind it. Every member but the first two makes more cases possible. */
export interface GatewayHarness {
  /** The adapter on this gateway. It sends through `fetch`, if it sends at all. Called again when a case restarts the host. */
  connect(fetch: Fetch): Gateway | Promise<Gateway>;
  /**
   * A payment token as a shopper's page would send it, fresh where tokens are for one use. Without a wish: one that works. Undefined
   * when this gateway has none that behaves so.
   */
  token(wish?: Wish): string | undefined | Promise<string | undefined>;
  /**
   * Whether a request does what a call asks, where an adapter also sends some that only prepare it: those are none that could charge
   * anybody. Asked of requests other than GET and HEAD. Default: each does.
   */
  acts?(request: SentRequest): boolean;
  /** Every payment that the gateway has made for a payment group, declined ones aside. */
  books?(groupId: string): readonly BookedPayment[] | Promise<readonly BookedPayment[]>;
  /** Makes a payment outside of any checkout, as a page does with a gateway's own library; gives the token for PostAuth. */
  outside?(payment: { readonly amount: string; readonly currencyIsoCode: string; readonly captured: boolean }): string | Promise<string>;
  /** The shopper does what a review (`paymentData`) asks of them. */
  confirm?(gatewayReference: string): void | Promise<void>;
  /** The gateway's notifications. */
  readonly notifications?: {
    /** The body of the notification that this has become of a payment; one that is pending is decided so. */
    about(gatewayReference: string, event: "succeeded" | "failed"): Uint8Array | Promise<Uint8Array>;
    /** Signs a body: as this gateway signs for the adapter's account, or for another account of the same gateway. */
    sign(body: Uint8Array, account: "own" | "other"): NotificationRequest | Promise<NotificationRequest>;
    /** The body of an event that has nothing to do with payments. */
    unrelated?(): Uint8Array | Promise<Uint8Array>;
  };
  /** The gateway's answer to a repeat whose first delivery it answered with a 500 that it has kept. */
  storedFailure?(): Response;
  /** Changes the gateway's answer (the text of a body) so that it speaks of another amount or currency; the same text where it speaks of none. */
  readonly misquote?: { amount(answer: string): string; currency(answer: string): string };
  /** Moves the gateway's clock on. */
  advance?(ms: number): void | Promise<void>;
  /** What the adapter's requests go through in the end, when the case has not broken the network. Default: the runtime's `fetch`. */
  readonly fetch?: Fetch;
  /** Gives everything back. */
  close?(): void | Promise<void>;
}

/** What {@link gatewayConformance} takes. */
export interface GatewayConformanceOptions {
  /** Begins the name of each case. */
  readonly name: string;
  /** Called once for each case, which closes what it gives. It may be one gateway for all: groups, keys and references are fresh. */
  open(): GatewayHarness | Promise<GatewayHarness>;
  /** Whether the adapter sends through the `fetch` it is given. False = there is no network to break. Default: true. */
  readonly sends?: boolean;
  /** What the adapter can do beside inquiring; anything else it must refuse. Default: all. */
  readonly operations?: readonly Exclude<GatewayOperation, "inquire">[];
  /** Currencies to try, by their decimals; a gateway that lacks one leaves it out. Default: JPY, USD, KWD. */
  readonly currencies?: Readonly<Record<number, string>>;
  /** What must not appear in errors and messages: API keys and the like. */
  readonly secrets?: readonly string[];
  /**
   * Cases that can't be tried here, and why: by their title (without the name of the adapter), or all that need a thing: the name of a
   * member of the harness, `network`, or `idempotency` when the gateway at hand ignores keys that the real one knows.
   */
  readonly cannot?: Readonly<Record<string, string>>;
  /** For how long an adapter may take to give up once its signal has fired. Default: 10 000. */
  readonly patienceMs?: number;
}
