/** The context of a question to the core (`docs/core.md`) as text. Most of it is the same each time, so it is put together and not made anew. */
import type { PaymentsOptions } from "./ports.js";

/** The members of an object in JSON, each behind a comma: what is put behind other members. */
export function members(facts: object): string {
  const text = JSON.stringify(facts);
  return text.length === 2 ? "" : `,${text.slice(1, -1)}`;
}

/** The member that asks for the records as rows. */
export const ROWS = ',"rows":true';

/** The members that a host adds to every question, from its clock, its random source and its gateway. */
export function createTold({ gateways }: PaymentsOptions, now: () => number, entropy: () => string): (at?: number) => string {
  const [gateway] = gateways;
  const { capabilities } = gateway;
  const fixed = members({ gateway: { provider: gateway.provider, ...capabilities } });
  return (at = now()) => `"now":${at},"entropy":${JSON.stringify(entropy())}${fixed}`;
}
