// Node, Deno and Bun: the suite in a process of each, from the packed package.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { startLocalstripe } from "../support/localstripe.mjs";
import { FIXTURES, program, report, SECTIONS, suiteProject } from "./support.mjs";

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "checkout-payments-runtimes-"));
const project = await suiteProject("processes");

// Deno may read what the suite itself reads, and not the package's wasm: an import needs no permission.
const DENO = ["run", "--no-prompt", "--cached-only", "--allow-net=127.0.0.1", `--allow-read=${FIXTURES},${folder}`, `--allow-write=${folder}`];

const RUNTIMES = [
  { name: "Node", command: [process.execPath], version: ({ node, deno, bun }) => deno === undefined && bun === undefined && node, entries: "dist/{storefront/index,core,server/index,gateways/stripe/index}.js" },
  { name: "Deno", command: [program("deno"), ...DENO], version: ({ deno }) => deno, entries: "dist/deno/{storefront,core,server,gateways/stripe}.js" },
  { name: "Bun", command: [program("bun")], version: ({ bun }) => bun, entries: "dist/{storefront/index,core,server/index,gateways/stripe/index}.js" },
];

const stripe = await startLocalstripe();
try {
  // side by side: they wait for their disks more than they compute
  const outputs = await Promise.all(RUNTIMES.map(({ name, command }) => runSuite(name, command)));
  for (const [at, { name, version, entries }] of RUNTIMES.entries()) {
    const said = JSON.parse(outputs[at].trim().split("\n").at(-1));
    await report(name, said.results, SECTIONS);
    await test(`${name}: it is ${name}, and has its own entries of the package`, (t) => {
      assert.match(String(version(said.versions)), /^\d+\.\d+\.\d+/);
      t.diagnostic(version(said.versions));
      const found = ["", "/core", "/server", "/gateways/stripe"].map((entry) => said.entries[`checkout-payments${entry}`].split("/checkout-payments/").at(-1));
      const [before, names, after] = entries.split(/[{}]/);
      assert.deepEqual(found, names.split(",").map((each) => before + each + after));
    });
  }
} finally {
  await stripe.stop();
  await rm(folder, { recursive: true });
}

async function runSuite(name, [program, ...parameters]) {
  const options = JSON.stringify({ fixtures: FIXTURES, folder: join(folder, name), stripe: stripe.url });
  const { stdout } = await run(program, [...parameters, "hosts/process.mjs", options], { cwd: project, env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" }, maxBuffer: 16_000_000 });
  return stdout;
}
