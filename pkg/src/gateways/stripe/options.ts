/** What {@link createStripeGateway} takes. */
export interface StripeOptions {
  /** The secret key, or a restricted one that may write payments, refunds, customers and setup intents. */
  readonly secretKey: string;
  /** The signing secret of the webhook endpoint. Without it every notification is refused. */
  readonly webhookSecret?: string;
  /** Its name in records and addresses. Default: `stripe`. */
  readonly provider?: string;
  /** Where the API is. Default: `https://api.stripe.com`. */
  readonly apiBase?: string;
  /**
   * The server at `apiBase` only speaks like Stripe: its idempotency keys are not relied on (nothing is repeated, everything is asked
   * about), and nothing is sent to it that such servers don't take. Default: whether `apiBase` is another than Stripe's own.
   */
  readonly compatible?: boolean;
  /** Act for this connected account. Events of any other are ignored. */
  readonly account?: string;
  /** Where a bank sends the shopper back to after a 3-D Secure page of its own; then `paymentData` has the page's address as `redirectUrl`. */
  readonly returnUrl?: string;
  /** Handed to the page with a challenge, so that it can start Stripe.js. */
  readonly publishableKey?: string;
  /** The payment methods an intent accepts. Default: `["card"]`, which takes wallets on cards too. */
  readonly paymentMethodTypes?: readonly [string, ...string[]];
  /** After so long one request is given up. Default: 60 000, so that a call of several stays within the host's 120 s. */
  readonly timeoutMs?: number;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly clock?: () => number;
}
