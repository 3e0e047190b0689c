// The suite in workerd, bundled as wrangler bundles; without any compatibility flag, so without Node's modules.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { startLocalstripe } from "../support/localstripe.mjs";
import { bundleWorker, filesOfPackage } from "./bundle.mjs";
import { FIXTURES, report, SECTIONS, suiteProject } from "./support.mjs";
import { startWorkerd } from "./workerd.mjs";

const project = await suiteProject("workerd");
const fixtures = JSON.parse(await readFile(FIXTURES, "utf8"));
const stripe = await startLocalstripe();
let worker;
let odd;
try {
  const { modules, inputs } = await bundleWorker(project, "hosts/worker.mjs");
  await test("workerd: its own entries of the package, two wasm files in all", (t) => {
    const files = filesOfPackage(inputs);
    for (const entry of ["storefront", "core", "server", "gateways/simulator", "gateways/stripe"]) assert.ok(files.includes(`dist/workerd/${entry}.js`), entry);
    assert.equal(Object.keys(modules).filter((name) => name.endsWith(".wasm")).length, 2);
    assert.ok(inputs.some((path) => path.endsWith("stripe.esm.worker.js")));
    t.diagnostic(`${modules["worker.js"].length} bytes of JavaScript`);
  });

  worker = await startWorkerd(join(project, "served"), modules);
  const response = await fetch(worker.url, { method: "POST", body: JSON.stringify({ fixtures, stripe: stripe.url }) });
  const text = await response.text();
  assert.equal(response.status, 200, text + worker.errors());
  const { results, userAgent } = JSON.parse(text);
  await report("workerd", results, { ...SECTIONS, kit: 2, SQLite: 0, "no files": 1, start: 1 });
  await test("workerd: it is workerd", () => assert.equal(userAgent, "Cloudflare-Workers"));

  await test("a Worker bundled without the condition is told what to do, and may do it", async () => {
    const bundle = await bundleWorker(project, "hosts/odd-worker.mjs", { conditions: ["browser"] });
    odd = await startWorkerd(join(project, "served-odd"), bundle.modules);
    const ask = async (path, body) => (await fetch(new URL(path, odd.url), { method: "POST", body })).json();
    const notLoaded = await ask("/");
    assert.equal(notLoaded.code, "core_not_initialised");
    assert.match(notLoaded.message, /Call `await init\(\)` once/);
    const coreNotLoaded = await ask("/core");
    assert.equal(coreNotLoaded.code, "core_not_initialised");
    assert.match(coreNotLoaded.message, /await loadCore\(\)` .* condition `workerd` passes the module/);
    const nowhere = await ask("/init");
    assert.deepEqual([nowhere.code, nowhere.retryable], ["core_load_failed", false]);
    assert.match(nowhere.message, /import\.meta\.url is no address here\. If the program is bundled, .* pass its \.wasm file: the address, the bytes or the module\./);
    const compiled = await ask("/bytes", await readFile(join(project, "../../node_modules/checkout-payments/wasm/storefront/checkout_payments_bg.wasm")));
    assert.deepEqual([compiled.code, compiled.retryable], ["core_load_failed", false]);
    assert.match(compiled.message, /A Worker compiles WebAssembly only when it is deployed: let the bundler use the condition `workerd`, or import the \.wasm file and pass the module\./);
    assert.deepEqual(await ask("/module"), { result: "$129.90 $129.90" });
  });
} finally {
  await odd?.stop();
  await worker?.stop();
  await stripe.stop();
}
