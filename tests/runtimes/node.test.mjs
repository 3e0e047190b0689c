// Node's own cases: a server that was bundled into one file, a program that uses `require`; and which entries each host has.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { modulesFrom } from "../../scripts/sizes.mjs";
import { bundleServer } from "./bundle.mjs";
import { suiteProject } from "./support.mjs";

const run = promisify(execFile);
const project = await suiteProject("node");
const PACKAGE = resolve(project, "../../node_modules/checkout-payments");

test("a server bundled into one file is told that its wasm is not there, and may say where it is", async () => {
  const { text } = await bundleServer(project, "hosts/bundled-server.mjs");
  const program = join(project, "server.mjs");
  await writeFile(program, text);
  const told = async (...parameters) => JSON.parse((await run(process.execPath, [program, ...parameters])).stdout);

  const without = await told();
  assert.equal(without.length, 3);
  for (const { code, message, retryable } of without) {
    assert.deepEqual([code, retryable], ["core_load_failed", false]);
    assert.match(message, /could not be loaded from file:\/\/\S+_bg\.wasm: ENOENT: .*\. If the program is bundled, keep checkout-payments out of the bundle, or pass its \.wasm file: the address, the bytes or the module\.$/);
  }
  assert.deepEqual(await told(join(PACKAGE, "wasm")), ["$129.90", "$129.90", null]);
});

test("a program that uses require gets the same", async () => {
  const program = 'const { formatMoney } = require("checkout-payments"); const core = require("checkout-payments/core"); console.log(formatMoney("129.9", "USD"), core.formatMoney("1", "JPY"));';
  const { stdout } = await run(process.execPath, ["--input-type=commonjs", "--eval", program], { cwd: project });
  assert.equal(stdout, "$129.90 ¥1\n");
});

test("every entry that needs a build of the core is one that hands it over, where the host's imports can give it", async () => {
  const { exports } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  const needed = { "dist/core-build.js": "core-module.js", "dist/storefront/core.js": "storefront-module.js" };
  let checked = 0;
  for (const [name, target] of Object.entries(exports)) {
    if (typeof target === "string") continue;
    const modules = modulesFrom(join(PACKAGE, target.default));
    for (const [build, provider] of Object.entries(needed)) {
      if (!modules.includes(join(PACKAGE, build))) continue;
      for (const host of ["workerd", "deno"]) {
        assert.ok(target[host], `${name} has no entry for ${host}`);
        assert.ok(modulesFrom(join(PACKAGE, target[host])).includes(join(PACKAGE, "dist", host, provider)), `${name} for ${host}`);
        assert.ok(Object.keys(target).indexOf(host) < Object.keys(target).indexOf("browser") || target.browser === undefined, `${name}: who takes both takes ${host}`);
        checked += 1;
      }
    }
  }
  assert.ok(checked >= 10, `${checked}`);
});
