// The store of Durable Objects, in real workerd: what any store must do (the conformance kit).

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launchWorkerd } from "../runtimes/workerd.mjs";
import { workerConfig } from "./support/worker.mjs";

const config = await workerConfig("tests/workers/support/conformance-worker.js", { objects: { STORE: "StoreObject" } });
const workerd = await launchWorkerd(config);
const url = await workerd.ready;
after(() => workerd.stop());

const ask = async (path) => (await fetch(`${url}${path}`)).json();

for (const [at, title] of (await ask("/cases")).entries()) {
  for (const where of ["inside", "outside"]) {
    test(`Durable Object, ${where}: ${title}`, async (t) => {
      const { status, message, reason } = await ask(`/run?at=${at}&where=${where}`);
      if (status === "skipped") return t.skip(reason);
      assert.equal(status, "passed", message);
    });
  }
}
