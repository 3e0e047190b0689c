// What others' checkers of packages say about the tarball: publint, and "Are the types wrong?".

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { packed, packedProject } from "../support/packed.mjs";
import { filesOf } from "./shop.mjs";

let tarball;
before(async () => {
  tarball = await readFile((await packed()).tarball);
});

test("publint has nothing to say, not even a suggestion", async () => {
  const { buffer, byteOffset, byteLength } = tarball;
  const { messages } = await publint({ pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) }, level: "suggestion", strict: true });
  assert.deepEqual(messages, []);
});

/**
 * What is accepted, and why; everything else fails. Both are what it means to be ECMAScript modules only, with `exports`:
 * `require` of Node 20.19 and later loads such modules, and TypeScript's `node10` knows no `exports`.
 */
const ACCEPTED = { CJSResolvesToESM: ["node16-cjs"], NoResolution: ["node10"] };

test("the types are right for every path under each resolution", async () => {
  const { types, problems, entrypoints } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  assert.equal(types.kind, "included");
  assert.ok(Object.keys(entrypoints).length >= 11, "it has looked at the paths");
  assert.deepEqual(
    problems.filter(({ kind, resolutionKind }) => !ACCEPTED[kind]?.includes(resolutionKind)),
    [],
  );
});

test("require takes it, too: no path waits at its top level", async () => {
  const project = await packedProject("require");
  const { exports } = JSON.parse(await readFile(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  const paths = Object.keys(exports).filter((path) => !/\.(wasm|json)$/.test(path));
  const script = `for (const path of ${JSON.stringify(paths)}) console.log(path, Object.keys(require("checkout-payments" + path.slice(1))).length > 0)`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", "--input-type=commonjs", "--eval", script], { cwd: project });
  assert.equal(stdout, paths.map((path) => `${path} true\n`).join(""));
});

test("nothing runs when it is installed, and only what was built is in it", async () => {
  const { folder } = await packed();
  const installed = join(folder, "node_modules/checkout-payments");
  const { scripts } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  assert.deepEqual(Object.keys(scripts).filter((name) => /install|prepare/.test(name)), []);
  const files = await filesOf(installed);
  assert.deepEqual(files.filter((name) => !/^(dist|wasm)\//.test(name)).sort(), ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "openapi.json", "package.json"]);
  assert.deepEqual(files.filter((name) => !/\.(js|d\.ts|wasm)$/.test(name) && /^(dist|wasm)\//.test(name)), []);
  assert.deepEqual(files.filter((name) => name.endsWith(".wasm")).sort(), ["wasm/core/checkout_payments_bg.wasm", "wasm/storefront/checkout_payments_bg.wasm"]);
});

test("the address of each wasm file stands once, in the form that bundlers look for", async () => {
  const { folder } = await packed();
  const installed = join(folder, "node_modules/checkout-payments");
  const addresses = [];
  for (const file of (await filesOf(installed)).filter((name) => name.endsWith(".js"))) {
    const source = await readFile(join(installed, file), "utf8");
    for (const [, address] of source.matchAll(/new URL\("([^"]*\.wasm)", import\.meta\.url\)/g)) addresses.push(join(file, "..", address));
    assert.equal(source.match(/new URL\([^)]*import\.meta\.url/g)?.length ?? 0, source.match(/new URL\("[^"]*\.wasm", import\.meta\.url\)/g)?.length ?? 0, `${file}: an address that bundlers can't read`);
  }
  assert.deepEqual(addresses.sort(), ["wasm/core/checkout_payments_bg.wasm", "wasm/storefront/checkout_payments_bg.wasm"]);
});
