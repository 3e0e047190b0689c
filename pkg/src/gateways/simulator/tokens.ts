/** Lasting tokens: what a tokenization, or a payment whose method is to be kept, gives (`reference` §2.4). */
import type { GatewayCall, Outcome } from "../../server/ports.js";
import { type Booked, type Manner, newReference } from "./ledger.js";
import { lastingToken, singleUse } from "./script.js";

/** A tokenization. A pending one has no token yet; who asks later gets it. */
export function tokenize(call: GatewayCall, manner: Manner): Booked {
  if (manner === "review") return { outcome: { resultCode: "RequiresReview", gatewayResultCode: "challenge_required", gatewayReference: newReference("setup") } };
  const outcome = { resultCode: "Success", gatewayResultCode: "00", gatewayMessage: "Transaction Normal", gatewayReference: newReference("setup"), ...tokenization(call) } as const;
  return { outcome: manner === "pending" ? { ...outcome, pending: true } : outcome };
}

/** The token and what goes with it. The same card has the same checksum, whatever its token. */
export function tokenization({ paymentToken = "", details }: GatewayCall): Pick<Outcome, "gatewayToken" | "checksum" | "customerReference"> {
  return {
    gatewayToken: lastingToken(paymentToken, newReference("t")),
    checksum: `fp_${lettersOf(singleUse(paymentToken))}`,
    customerReference: `cus_${lettersOf(details?.["AccountId"] ?? "")}`,
  };
}

// FNV-1a over 64 bits: the same text, the same letters; nobody's secret depends on it.
function lettersOf(text: string): string {
  const hash = [...new TextEncoder().encode(text)].reduce((sum, byte) => ((sum ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn, 0xcbf29ce484222325n);
  return hash.toString(16).padStart(16, "0").replaceAll(/./g, (digit) => "bcdfghjklmnpqrst".charAt(Number.parseInt(digit, 16)));
}
