/** Cases: a rule, and a check of it that any test runner can run. */

/** One rule, checked on one thing under test. */
export interface Case {
  /** The name of the thing under test and what is checked, e.g. `simulator: keys: the same call again is one effect`. */
  readonly name: string;
  /** Which rule (DESIGN §6 and §7), and why it is one. */
  readonly rule: string;
  /** Checks it. Rejects with a {@link ConformanceFailure} when the rule is broken. */
  run(): Promise<CaseResult>;
}

/** What became of a case that did not fail. */
export type CaseResult =
  /** `notes`: what of it could not be tried here, and why. */
  | { readonly status: "passed"; readonly notes: readonly string[] }
  /** It could not be tried, and why. */
  | { readonly status: "skipped"; readonly reason: string };

/** The rule is broken; the message says how. */
export class ConformanceFailure extends Error {
  override readonly name = "ConformanceFailure";
}

/** A test runner's `test`: `node:test`, vitest, `Deno.test`, `bun:test` and whatever else takes a name and a function. */
export type TestFunction = (name: string, run: (...given: unknown[]) => Promise<void>) => unknown;

/**
 * Hands the cases to a test runner. A case that can't be tried is reported as skipped, with its reason, by the runner where
 * it can be told so at run time (node:test, vitest), otherwise on the console.
 */
export function register(cases: readonly Case[], test: TestFunction): void {
  for (const each of cases) {
    // rest parameters: runners that count them must not take this for a function that wants a callback
    test(each.name, async (...given: unknown[]) => {
      const context = (given[0] ?? {}) as { skip?: (reason: string) => void; diagnostic?: (text: string) => void };
      const result = await each.run();
      const tell = (text: string): void => (typeof context.diagnostic === "function" ? context.diagnostic(text) : console.info(`${each.name}: ${text}`));
      if (result.status === "passed") result.notes.forEach(tell);
      else if (typeof context.skip === "function") context.skip(result.reason);
      else tell(`skipped: ${result.reason}`);
    });
  }
}

/** A check that is not yet bound to a thing under test. */
export interface Check<World> {
  readonly title: string;
  readonly rule: string;
  /** What the world must have for it; without any of them it is skipped. */
  readonly needs?: readonly string[];
  check(world: World): Promise<void>;
}

/** What one run of a check takes place in. */
export interface CaseWorld {
  /** Why the world has not what a check needs; undefined = it has. */
  lacks(need: string): string | undefined;
  /** What could not be tried. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** Binds checks to a thing under test. Throws a `TypeError` when `cannot` names what nobody asks for. */
export function bind<World extends CaseWorld>(
  { name, cannot = {} }: { readonly name: string; readonly cannot?: Readonly<Record<string, string>> },
  checks: readonly Check<World>[],
  open: () => Promise<World>,
): Case[] {
  const known = new Set(checks.flatMap(({ title, needs = [] }) => [title, ...needs]));
  for (const named of Object.keys(cannot)) {
    if (!known.has(named)) throw new TypeError(`'cannot' names ${JSON.stringify(named)}, which is no case and nothing that a case needs`);
  }
  return checks.map((each) => ({
    name: `${name}: ${each.title}`,
    rule: each.rule,
    run: () => run(each, cannot, open),
  }));
}

/** Ends the case as skipped. */
export function skip(reason: string): never {
  throw new Skipped(reason);
}

async function run<World extends CaseWorld>(each: Check<World>, cannot: Readonly<Record<string, string>>, open: () => Promise<World>): Promise<CaseResult> {
  const declared = [each.title, ...(each.needs ?? [])].map((what) => cannot[what]).find((reason) => reason !== undefined);
  if (declared !== undefined) return { status: "skipped", reason: declared };
  const world = await open();
  try {
    const lacking = (each.needs ?? []).map((need) => world.lacks(need)).find((reason) => reason !== undefined);
    if (lacking !== undefined) return { status: "skipped", reason: lacking };
    await each.check(world);
    return { status: "passed", notes: world.notes };
  } catch (cause) {
    if (cause instanceof Skipped) return { status: "skipped", reason: cause.message };
    const message = cause instanceof ConformanceFailure ? cause.message : `it threw: ${String(cause)}`;
    throw new ConformanceFailure(`${message}\nRule: ${each.rule}`, { cause });
  } finally {
    await world.close();
  }
}

class Skipped extends Error {}
