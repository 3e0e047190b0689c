// A server that is bundled, by the recipes of docs/packaging.md: with its packages beside it, as one file, and for Workers.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startWorkerd } from "../runtimes/workerd.mjs";
import { packedProject } from "../support/packed.mjs";
import { RECIPES, type } from "./recipes.mjs";

const PATH = "/services/data/v67.0/commerce/webstores/0ZE000000000001GAA/checkouts/active/payments";
const PAID = { salesforceResultCode: "Success", errors: [], paymentData: "{}" };

test("for Node, the packages beside it", async () => {
  const project = await bundled("server", "pay.js", RECIPES.server);
  assert.deepEqual((await run(join(project, "dist/server.js"))).answer, { status: 201, body: PAID });
});

test("for Node, one file that runs anywhere", async (t) => {
  const project = await bundled("server-in-one-file", "server-with-file.js", RECIPES.serverInOneFile);
  assert.deepEqual(await readdir(join(project, "dist")), ["server.js"]);
  const elsewhere = await mkdtemp(join(tmpdir(), "one-file-"));
  t.after(() => rm(elsewhere, { recursive: true }));
  await cp(join(project, "dist/server.js"), join(elsewhere, "server.mjs"));
  assert.deepEqual((await run(join(elsewhere, "server.mjs"))).answer, { status: 201, body: PAID });
});

test("for Node, one file without its wasm: the answer and the log say so", async () => {
  const project = await bundled("server-without-wasm", "pay.js", RECIPES.serverInOneFile);
  const { answer, log } = await run(join(project, "dist/server.js"));
  assert.equal(answer.status, 500);
  assert.deepEqual(answer.body, [{ errorCode: "INTERNAL_ERROR", message: "The payments core could not be loaded, and nothing was decided. The server's log says why." }]);
  assert.match(log, /"event":"core","error":"core_load_failed: .*keep checkout-payments out of the bundle/);
});

test("for Workers: the module beside it", async (t) => {
  const project = await bundled("worker", "worker.js", RECIPES.worker);
  const dist = join(project, "dist");
  const files = await readdir(dist);
  assert.deepEqual(files.map((file) => file.replace(/-.*\./, ".")).sort(), ["checkout_payments_bg.wasm", "worker.js"]);
  const modules = Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(join(dist, file))])));
  const worker = await startWorkerd(join(project, "served"), modules);
  t.after(() => worker.stop());
  const response = await fetch(new URL(PATH, worker.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ requestType: "Auth", paymentToken: "sim_ok" }),
  });
  assert.deepEqual([response.status, await response.json()], [201, PAID]);
});

async function bundled(name, main, recipe) {
  const here = (file) => fileURLToPath(new URL(`server/${file}`, import.meta.url));
  const entry = /src\/(\S+)/.exec(recipe)[1];
  const files = { [`src/${entry}`]: main, "src/handler.js": "handler.js", "src/load.js": "load.js", "src/pay.js": "pay.js" };
  const project = await packedProject(name, Object.fromEntries(Object.entries(files).map(([to, from]) => [to, here(from)])));
  const { stderr } = await type(project, `${recipe} --log-level=warning`);
  assert.equal(stderr, "", "the bundler warns");
  return project;
}

async function run(program) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program]);
  return { answer: JSON.parse(stdout), log: stderr };
}
