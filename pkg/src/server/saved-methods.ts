/** An account's saved payment methods, as the loop needs them: where they are, and how a payment's own is brought to them. */
import { savePaymentMethods as save } from "../core.js";
import { ACCOUNTS } from "./group-key.js";
import type { Host } from "./host.js";
import { type Answered, transact } from "./transaction.js";

/** Under which key an account's payment methods are stored: as the core names it. */
export function accountKey(accountId: string): string {
  return `${ACCOUNTS}${accountId}`;
}

/** The state of the account that has this payment method; empty when there is none. */
export async function stateOfAccountWith(host: Host, paymentMethodId: string): Promise<string> {
  const [key] = await host.find({ index: paymentMethodId });
  const row = key === undefined ? undefined : await host.load(key);
  return row?.value ?? "";
}

/** Saves what the group at `key` has for an account, both in one commit. Gives the operation's answer, which names the method now. */
export function savePaymentMethods(host: Host, key: string, accountId: string, operationId?: string): Promise<Answered> {
  return transact(host, save, { groupKey: key, accountId, ...(operationId === undefined ? {} : { operationId }) });
}
