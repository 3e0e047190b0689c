/** A card to try: a token the simulated bank knows, and what it makes the bank do. */
export interface CardChoice {
  readonly token: string;
  readonly label: string;
  readonly note: string;
}

/** The cards to try. */
export const CARDS: readonly CardChoice[] = [
  { token: "sim_ok", label: "It works", note: "The bank holds the amount." },
  { token: "sim_authorize-decline", label: "Declined", note: "The bank says no." },
  { token: "sim_authorize-review", label: "The bank asks you", note: "3-D Secure: confirm, or turn away." },
  { token: "sim_authorize-timeout_after", label: "No answer, yet it happened", note: "The hold is there; nobody told us." },
  { token: "sim_authorize-timeout_before", label: "No answer, nothing happened", note: "The request got lost on its way." },
  { token: "sim_authorize-error", label: "Bank out of reach", note: "Provably never sent." },
  { token: "sim_authorize-pending", label: "The bank takes its time", note: "Accepted; the result follows." },
  { token: "sim_reverse-decline", label: "A hold that sticks", note: "Works. Change it later: its release is refused at first." },
];

/** The choice of typing a token by hand. */
export const OWN_TOKEN: CardChoice = { token: "own", label: "A token of your own", note: "Any script of the simulator." };

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
