/** One operation at Stripe: the client, the call, and how a request of it is made. */
import type Stripe from "stripe";
import type { GatewayCall } from "../../server/ports.js";
import { toStripe } from "./amounts.js";
import { indeterminate, outcomeOf, refused, Settled } from "./errors.js";
import type { StripeOptions } from "./options.js";

/** What every operation works with. */
export interface Session {
  readonly stripe: Stripe;
  readonly options: StripeOptions;
  /** The server only speaks like Stripe (`options.compatible`). */
  readonly compatible: boolean;
  readonly timeoutMs: number;
}

/** One call under way. */
export class Turn {
  readonly session: Session;
  readonly call: GatewayCall;
  readonly #signal: AbortSignal;

  constructor(session: Session, call: GatewayCall, signal: AbortSignal) {
    this.session = session;
    this.call = call;
    this.#signal = signal;
  }

  /** The request that does what the call says, under the call's key: once it is sent, only Stripe's word settles anything. */
  async act<T>(request: (options: Stripe.RequestOptions) => Promise<T>): Promise<T> {
    return this.#sent(request, this.#key());
  }

  /**
   * A request that prepares it and moves no money: a look, or a write that does no harm when nothing follows it. When it comes to nothing
   * the call itself was never sent.
   */
  async prepare<T>(request: (options: Stripe.RequestOptions) => Promise<T>, name?: string): Promise<T> {
    try {
      return await this.#sent(request, name === undefined ? undefined : `${this.#key()}-${name}`);
    } catch (error) {
      const outcome = outcomeOf(error);
      throw new Settled(outcome.resultCode === "Indeterminate" ? { ...outcome, resultCode: "SystemError" } : outcome);
    }
  }

  /** A look at what Stripe has. */
  async look<T>(request: (options: Stripe.RequestOptions) => Promise<T>): Promise<T> {
    return this.#sent(request, undefined);
  }

  /** The call's amount as Stripe's number. */
  amount(): number {
    const { amount, currencyIsoCode } = this.call;
    const number = toStripe(amount, currencyIsoCode);
    if (number === "currency_not_supported") throw new Settled(refused(number, `Stripe takes no payments in ${currencyIsoCode}`));
    if (number === "amount_not_representable") throw new Settled(refused(number, `Stripe has no number for ${amount} ${currencyIsoCode}`));
    return number;
  }

  /** The gateway's reference in the call. */
  reference(): string {
    const { gatewayReference } = this.call;
    if (gatewayReference === undefined) throw new Settled(refused("payment_not_found", "the call names no payment of Stripe's"));
    return gatewayReference;
  }

  #key(): string {
    const { idempotencyKey } = this.call;
    // without it a repeat would be a second payment
    if (idempotencyKey === undefined) throw new Settled(refused("idempotency_key_missing", "a call needs an idempotency key"));
    return idempotencyKey;
  }

  // The SDK takes no signal. Once the host has given the call up and takes it for unknown, nothing more is begun in its name, and an
  // answer that is on its way is not waited for: its connection ends with the request's own time-out.
  async #sent<T>(request: (options: Stripe.RequestOptions) => Promise<T>, idempotencyKey: string | undefined): Promise<T> {
    const signal = this.#signal;
    const givenUp = (): Settled => new Settled(indeterminate("given_up", "the host stopped waiting"));
    if (signal.aborted) throw givenUp();
    const options = { maxNetworkRetries: 0, timeout: this.session.timeoutMs, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
    let stop = (): void => undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(givenUp());
      signal.addEventListener("abort", stop, { once: true });
    });
    try {
      return await Promise.race([request(options), stopped]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }
}
