// The conformance kit itself: what it tells of what it can't try; and that docs/writing-an-adapter.md shows what is tested.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { gatewayConformance, register, storeConformance } from "checkout-payments/testing";
import { plainPayInProcess } from "./support/plainpay-harness.mjs";

const root = join(import.meta.dirname, "..");
const read = (path) => readFileSync(join(root, path), "utf8");

const DURABLE = "durable: what was committed is there when the store is opened again";
const memory = (more) => storeConformance({ name: "memory", open: () => ({ store: createMemoryStore() }), ...more });
const named = (cases, title) => cases.find(({ name }) => name.endsWith(`: ${title}`));

test("each case has a name of its own, and a rule", () => {
  for (const cases of [gatewayConformance({ name: "x", open: plainPayInProcess }), memory()]) {
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
    for (const { name, rule } of cases) assert.match(rule, /^(§|`|The )/, name);
  }
});

test("a case that can't be tried says why: the harness's own reason, or what it lacks", async () => {
  assert.deepEqual(await named(memory(), DURABLE).run(), { status: "skipped", reason: "the harness has no 'reopen'" });
  for (const cannot of [{ reopen: "gone with the process" }, { [DURABLE]: "gone with the process" }]) {
    assert.deepEqual(await named(memory({ cannot }), DURABLE).run(), { status: "skipped", reason: "gone with the process" });
  }
  const cases = gatewayConformance({ name: "x", open: () => ({ ...plainPayInProcess(), token: (wish) => (wish === undefined ? "tok_1_none_done" : undefined) }) });
  assert.deepEqual(await named(cases, "keys: a new key is a new attempt").run(), { status: "skipped", reason: "the gateway can't be made to: authorize, decline" });
});

test("a reason for what is no case is refused: it would hide nothing, or the wrong thing", () => {
  assert.throws(() => memory({ cannot: { reopened: "x" } }), { name: "TypeError", message: /"reopened"/ });
  assert.throws(() => gatewayConformance({ name: "x", open: plainPayInProcess, cannot: { "keys: none": "x" } }), TypeError);
});

test("register: the runner is told of skipped cases, or else the console", async (t) => {
  const registered = new Map();
  register(memory(), (name, run) => registered.set(name, run));
  const run = registered.get(`memory: ${DURABLE}`);
  assert.equal(run.length, 0, "runners that count parameters would wait for a callback");
  const skip = t.mock.fn();
  await run({ skip });
  assert.deepEqual(skip.mock.calls[0].arguments, ["the harness has no 'reopen'"]);
  const info = t.mock.method(console, "info", () => {});
  await run();
  assert.match(info.mock.calls[0].arguments[0], /skipped: the harness has no 'reopen'/);
});

test("a failure names the rule, and the harness is closed whatever happens", async () => {
  let closed = 0;
  const open = () => ({ store: { ...createMemoryStore(), load: async () => undefined }, close: () => (closed += 1) });
  const [first] = storeConformance({ name: "x", open });
  await assert.rejects(first.run(), { name: "ConformanceFailure", message: /nothing is found under "a"\nRule: §7/ });
  assert.equal(closed, 1);
});

test("the page shows the examples as they are tested", () => {
  const page = read("docs/writing-an-adapter.md");
  for (const path of ["docs/examples/plainpay.mjs", "docs/examples/plainpay-harness.mjs"]) {
    const source = read(path);
    assert.ok(page.includes(`\`\`\`js\n${source}\`\`\``), `docs/writing-an-adapter.md must hold ${path} as it is`);
  }
});

test("the examples have the types of the package", () => {
  const options = "--noEmit --allowJs --checkJs --strict --exactOptionalPropertyTypes --noUnusedLocals --skipLibCheck --target es2022 --lib es2023,dom,dom.iterable --module nodenext --types node";
  const { stdout, status } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...options.split(" "), join(root, "docs/examples/plainpay-harness.mjs")], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
