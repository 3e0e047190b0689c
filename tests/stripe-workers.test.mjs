// The same with the build of the SDK that Workers, Deno and Bun get: without Node's HTTP client and crypto. tests/runtimes has the adapter in each of those
// themselves; here are all of its own tests, which need Node.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("the SDK's build for Workers: the adapter's own tests pass", () => {
  const run = (parameters) => spawnSync(process.execPath, ["--conditions=worker", ...parameters], { encoding: "utf8", cwd: fileURLToPath(new URL("..", import.meta.url)), env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
  const which = run(["--input-type=module", "--eval", 'console.log(import.meta.resolve("stripe"))']);
  assert.match(which.stdout, /stripe\.esm\.worker\.js/, which.stderr);
  const { status, stdout, stderr } = run(["--test", "--test-reporter=tap", "tests/stripe-adapter.test.mjs", "tests/stripe-webhooks.test.mjs"]);
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /# pass 2[0-9]\n# fail 0/);
});
