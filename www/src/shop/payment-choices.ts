import { gateway } from "../api/store";

/** A card to try: a token the bank knows, and what it makes the bank do. */
export interface CardChoice {
  readonly token: string;
  readonly label: string;
  readonly note: string;
}

const SIMULATED: readonly CardChoice[] = [
  { token: "sim_ok", label: "It works", note: "The bank holds the amount." },
  { token: "sim_authorize-decline", label: "Declined", note: "The bank says no." },
  { token: "sim_authorize-review", label: "The bank asks you", note: "3-D Secure: confirm, or turn away." },
  { token: "sim_authorize-timeout_after", label: "No answer, yet it happened", note: "The hold is there; nobody told us." },
  { token: "sim_authorize-timeout_before", label: "No answer, nothing happened", note: "The request got lost on its way." },
  { token: "sim_authorize-error", label: "Bank out of reach", note: "Provably never sent." },
  { token: "sim_authorize-pending", label: "The bank takes its time", note: "Accepted; the result follows." },
  { token: "sim_reverse-decline", label: "A hold that sticks", note: "Works. Change it later: its release is refused at first." },
];

// Stripe's own test payment methods: docs.stripe.com/testing
const STRIPE_TEST: readonly CardChoice[] = [
  { token: "pm_card_visa", label: "It works", note: "A Visa; Stripe holds the amount." },
  { token: "pm_card_mastercard", label: "A Mastercard", note: "It works, too." },
  { token: "pm_card_chargeCustomerFail", label: "Declined", note: "The bank says no." },
  { token: "pm_card_visa_chargeDeclinedInsufficientFunds", label: "Not enough money", note: "Declined; another day it may work." },
  { token: "pm_card_visa_chargeDeclinedStolenCard", label: "Reported stolen", note: "Declined for good." },
  { token: "pm_card_authenticationRequired", label: "The bank asks you", note: "3-D Secure, on the bank’s own page." },
];

/** The cards to try. */
export const CARDS = gateway() === "stripe" ? STRIPE_TEST : SIMULATED;

/** The card that simply works. */
export const USUAL_CARD = CARDS[0]?.token ?? "";

/** The choice of typing a token by hand. */
export const OWN_TOKEN: CardChoice = { token: "own", label: "A token of your own", note: gateway() === "stripe" ? "Any test payment method of Stripe’s." : "Any script of the simulator." };

/** What such a token may look like. */
export const OWN_TOKEN_HINT = gateway() === "stripe" ? "Such as pm_card_amex" : "Such as sim_reverse-timeout_after.refund-decline";

/** What a wallet has done before the store hears of it. */
export interface WalletChoice {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly captured: boolean;
  readonly script?: string;
}

/** The wallets to try. */
export const WALLETS = [
  { id: "authorized", label: "Authorized", note: "The wallet has put a hold on the amount.", captured: false },
  { id: "captured", label: "Already captured", note: "The wallet has taken the money. A change means a refund.", captured: true },
  { id: "stuck", label: "Captured, refund refused", note: "Try to change it: the first refund fails, so the change stops.", captured: true, script: "refund-decline" },
] as const satisfies readonly WalletChoice[];
