// What others' checkers of packages say about the tarball: publint, and "Are the types wrong?".

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { packed, packedProject } from "../support/packed.mjs";

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
