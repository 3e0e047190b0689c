/** The token grammar that drives the simulator (DESIGN §7): `sim_ok`, or `sim_` and `operation-outcome` pairs joined by dots. */

const OPERATIONS = ["authorize", "postauth", "capture", "reverse", "sale", "refund", "tokenize", "inquire"] as const;
const OUTCOMES = ["ok", "decline", "fail", "invalid", "review", "error", "timeout_before", "timeout_after", "pending"] as const;

/** What can be scripted. */
export type ScriptedOperation = (typeof OPERATIONS)[number];
/** What the first delivery of an operation meets. */
export type ScriptedOutcome = (typeof OUTCOMES)[number];
/** The outcomes other than ok, by operation. */
export type Script = Readonly<Partial<Record<ScriptedOperation, ScriptedOutcome>>>;

const PREFIX = "sim_";
const LASTING = "lasting_";

/** The script in a payment token, also in a lasting one; undefined = malformed. A token that does not begin with `sim_` is a card that works. */
export function scriptOfToken(given: string): Script | undefined {
  const token = singleUse(given);
  return token.startsWith(PREFIX) ? parseScript(token.slice(PREFIX.length)) : {};
}

/** The lasting token of the method behind a token. It behaves as that one says, and goes by a name of its own. */
export function lastingToken(token: string, name: string): string {
  return `${LASTING}${name}.${singleUse(token)}`;
}

/** The token that a lasting one was made from; any other token as it is. */
export function singleUse(token: string): string {
  return token.startsWith(LASTING) ? token.slice(token.indexOf(".") + 1) : token;
}

/** The script itself, with or without the prefix; undefined = malformed. */
export function parseScript(text: string): Script | undefined {
  const pairs = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text;
  if (pairs === "ok") return {};
  const script: Partial<Record<ScriptedOperation, ScriptedOutcome>> = {};
  for (const pair of pairs.split(".")) {
    const [name, result, ...rest] = pair.split("-");
    const operation = OPERATIONS.find((known) => known === name);
    const outcome = OUTCOMES.find((known) => known === result);
    if (operation === undefined || outcome === undefined || rest.length > 0 || operation in script) return undefined;
    script[operation] = outcome;
  }
  return script;
}
