/**
 * The loop of DESIGN §2, the same for every route and for recovery:
 *
 *   load → ask the core → commit what it wants written → send what it wants sent → ask again → answer
 *
 * The write-ahead rule is the order of the two awaits below: `commit` before `send`. A crash at any line leaves either
 * nothing, or an announced call whose outcome is unknown, and recovery knows what to do with that.
 */
import { advance } from "../core.js";
import { PaymentsError } from "../errors.js";
import { members, ROWS } from "./context.js";
import type { Host } from "./host.js";
import { savePaymentMethods, stateOfAccountWith } from "./saved-methods.js";
import { storedRecords } from "./objects/stored.js";
import { readStep, type Step } from "./step.js";

/** Asks the core: one of its functions with all arguments but these two given. */
export type Ask = (context: string, state: string) => string;

/** What one run of the loop came to. */
export interface Run {
  /** The last step: it has no call. */
  readonly step: Step;
  /** Whether anything was written. */
  readonly moved: boolean;
  /** The index texts of the last commit. */
  readonly index: readonly string[];
  /** When the group next needs recovery, if anything was written and it does. */
  readonly due?: number;
}

/** Of what a route knows, the members that the loop looks at. */
interface Known {
  readonly now?: number;
  readonly accept?: string;
  readonly passStartedAt?: number;
}

// A plan has a few dozen steps at most, and each conflict means that somebody else got on: this is never met unless
// the core and the host disagree about who goes first, and then it ends the disagreement.
const MAX_ROUNDS = 1000;

/**
 * Runs `ask` and all it leads to. `facts` are the members of the context that the route knows, the time among them where it
 * is not the host's; those the host knows are added. Throws {@link StoreFailure}; what was announced by then is resolved by recovery.
 */
export async function run(host: Host, key: string, ask: Ask, facts: object): Promise<Run> {
  const me = {};
  const { now, ...known } = facts as Known;
  const asked = members(known);
  let announced = false;
  let operationId: string | undefined;
  try {
    let group = await host.load(key);
    let next = ask;
    let told = asked;
    let more: object = {};
    let resolving = false;
    let moved = false;
    let index: readonly string[] = [];
    let due: number | undefined;

    for (let round = 0; round < MAX_ROUNDS; round++) {
      const context = `{${host.told(now)}${takesOver(host, key, me)}${told}${members(more)}`;
      const step = askStep(host, (rows) => next(`${context}${rows}}`, group?.value ?? ""), group === undefined);
      operationId = step.operationId ?? operationId;
      // Entered together with the decision, before anything is awaited: no other request of this process can decide in between.
      if (step.call !== undefined) host.drivers.enter(key, me);

      if (step.commit) {
        const expectedVersion = group?.version ?? 0;
        const { index: indexed = [], due: dueNext, rows } = step;
        const written = await host.commit({
          key,
          expectedVersion,
          value: step.state,
          index: indexed.filter((text) => !index.includes(text)), // what this run has written is there
          ...(dueNext === undefined ? {} : { due: dueNext }),
          ...(rows === undefined ? {} : { records: storedRecords(rows) }),
        });
        if (!written) {
          group = await host.load(key); // somebody was first; nothing has been sent for this step: ask the same again
          continue;
        }
        group = { version: expectedVersion + 1, value: step.state };
        if (rows !== undefined) host.withoutRows.delete(key);
        else if (expectedVersion === 0 && step.call !== undefined && host.rows !== "") host.withoutRows.add(key);
        moved = true;
        index = indexed;
        due = step.due;
        announced = step.call !== undefined;
      }

      if (step.paymentMethodId !== undefined) {
        more = { ...more, account: await stateOfAccountWith(host, step.paymentMethodId) };
      } else if (step.saveForAccount !== undefined && step.operationId === undefined) {
        await savePaymentMethods(host, key, step.saveForAccount); // before anything else is done with this state
        moved = true;
        group = await host.load(key);
      } else if (step.call !== undefined) {
        const outcome = JSON.stringify(await host.send(step.call));
        next = (context, state) => advance(context, state, outcome);
        told = members({ accept: known.accept, passStartedAt: known.passStartedAt }); // all that it reads
        more = { callId: step.call.id };
        resolving ||= step.resolving;
      } else if (resolving || step.resolving) {
        next = ask;
        told = asked;
        more = { resolved: true };
        resolving = false;
      } else {
        const answer = step.saveForAccount === undefined ? {} : await savePaymentMethods(host, key, step.saveForAccount, step.operationId);
        return { step: { ...step, ...answer }, moved, index, ...(due === undefined ? {} : { due }) };
      }
    }
    throw new PaymentsError("core_version_mismatch", `The core still wanted more after ${MAX_ROUNDS} steps.`);
  } catch (error) {
    if (announced && host.options.store.exclusive) host.leftBehind.add(key);
    host.logCoreError(error, operationId);
    throw error;
  } finally {
    host.drivers.leave(key, me);
  }
}

// The rows of a new group whose first call is yet to be sent would all be written anew with its outcome: they are left to that
// commit. Only where this process is the only one, for it has to know which groups they are (`objects/fill.ts`).
function askStep(host: Host, next: (rows: string) => string, isNew: boolean): Step {
  const later = isNew && host.rows !== "" && host.options.store.exclusive;
  const step = readStep(next(later ? "" : host.rows));
  // The core's functions are pure: the same question gives the same step.
  return later && step.commit && step.call === undefined ? readStep(next(ROWS)) : step;
}

function takesOver(host: Host, key: string, me: object): string {
  return host.options.store.exclusive && !host.drivers.others(key, me) ? ',"takeOver":true' : "";
}
