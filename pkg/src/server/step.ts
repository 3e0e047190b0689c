/** A step of the core: three lines (`docs/core.md`, "A step"). */
import { PaymentsError } from "../errors.js";
import type { Row } from "../wire.js";
import type { GatewayCall } from "./ports.js";

/** The header of a step, and its two other lines untouched. */
export interface Step {
  /** The new state must be committed before anything else happens. */
  readonly commit: boolean;
  readonly due?: number;
  readonly index?: readonly string[];
  /** The group's records, when they were asked for. */
  readonly rows?: readonly Row[];
  readonly call?: GatewayCall;
  /** The call settles an earlier operation. */
  readonly resolving: boolean;
  /** The request is about another group: nothing is done in this one. */
  readonly elsewhere?: boolean;
  /** Where a request of the payments API belongs. */
  readonly located?: Located;
  /** The request names this saved payment method: its account's state is wanted. */
  readonly paymentMethodId?: string;
  /** There are payment methods to be saved for this account, together with this state. */
  readonly saveForAccount?: string;
  readonly status?: number;
  readonly contentType?: string;
  readonly idle: boolean;
  readonly operationId?: string;
  /** With an order that is placed: its number. */
  readonly orderReferenceNumber?: string;
  /** Line 2. */
  readonly state: string;
  /** Line 3. */
  readonly body: string;
}

/** What of a request says where it belongs. */
export interface Located {
  readonly groupId?: string;
  readonly idempotencyKey?: string;
  readonly accountId?: string;
}

/** Takes the three lines apart. Throws `core_version_mismatch` when they are not three lines with a JSON header. */
export function readStep(text: string): Step {
  const first = text.indexOf("\n");
  const second = text.indexOf("\n", first + 1);
  if (first < 0 || second < 0) throw unreadable();
  let header: Partial<Step>;
  try {
    header = JSON.parse(text.slice(0, first)) as typeof header;
  } catch {
    throw unreadable();
  }
  return Object.assign(header, {
    commit: header.commit === true,
    resolving: header.resolving === true,
    idle: header.idle === true,
    state: text.slice(first + 1, second),
    body: text.slice(second + 1),
  });
}

function unreadable(): PaymentsError {
  return new PaymentsError("core_version_mismatch", "The core's answer is no step: core.wasm and checkout-payments/server are of different versions.");
}
