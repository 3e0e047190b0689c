// The suites of the store's server, on the store's Worker in real workerd: the whole checkout and the back office over HTTP, repeats and
// races under one key, crashes between announcement and outcome, SIGKILL under load; each held against the gateway's own books.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { storeWorker } from "./support/store-worker.mjs";

const SUITES = ["orders", "outcomes", "idempotency", "same-key", "recovery", "notifications", "unresolved", "payments-api", "applications", "kill"];
const KILLS = process.env.KILLS ?? "20";

const config = await storeWorker();

// Two at a time: they wait more than they compute.
test("the server's suites on the Worker", { concurrency: 2 }, async (t) => {
  await Promise.all(
    SUITES.map((suite) =>
      t.test(suite, async (t) => {
        const { passed, output, failed } = await run(suite);
        assert.equal(failed, null, output);
        assert.ok(passed > 0, output);
        t.diagnostic(`${passed} passed`);
      }),
    ),
  );
});

function run(suite) {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, TEST_SERVER: "workerd", WORKER_CONFIG: config, KILLS };
  return new Promise((resolve) => {
    execFile(process.execPath, ["--test", "--test-reporter=tap", `tests/${suite}.test.mjs`], { cwd: fileURLToPath(new URL("../..", import.meta.url)), env, maxBuffer: 2 ** 26 }, (failed, stdout, stderr) =>
      resolve({ failed: failed && failed.code, output: stdout + stderr, passed: Number(/^# pass (\d+)$/m.exec(stdout)?.[1] ?? 0) }),
    );
  });
}
