// The package's types as its users' compilers see them: from the packed tarball, under each way of resolving modules, with nothing skipped.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { packedProject } from "../support/packed.mjs";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const REPOSITORY = join(HERE, "../..");

const STRICT = {
  target: "ES2022",
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
};
// all that a page's project has, and all that a server's has
const PAGE = { lib: ["ES2023", "DOM", "DOM.Iterable"], types: [] };
const SERVER = { lib: ["ES2023"], types: ["node"], typeRoots: [join(REPOSITORY, "node_modules/@types")] };

const FILES = (await readdir(HERE)).filter((name) => name.endsWith(".ts"));
const without = (...names) => FILES.filter((name) => !names.includes(name));

const PROJECTS = [
  { name: "bundler", files: FILES, module: "ESNext", moduleResolution: "Bundler", resolveJsonModule: true, ...PAGE },
  { name: "node16", files: without("json.ts"), module: "Node16", moduleResolution: "Node16", ...PAGE },
  { name: "nodenext", files: FILES, module: "NodeNext", moduleResolution: "NodeNext", resolveJsonModule: true, ...PAGE },
  // `Request`, `fetch` and the like come from @types/node here, `WebAssembly` from nowhere
  { name: "nodenext, a server without the DOM's types", files: without("admin.ts"), module: "NodeNext", moduleResolution: "NodeNext", resolveJsonModule: true, ...SERVER },
];

for (const [number, { name, files, ...options }] of PROJECTS.entries()) {
  test(`types under ${name}`, async () => {
    const project = await packedProject(`types-${number}`, Object.fromEntries(FILES.map((file) => [file, join(HERE, file)])));
    await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files }));
    assert.equal(await tsc(project), "");
  });
}

test("every path of the package is among what is compiled", async () => {
  const { exports } = JSON.parse(await readFile(join(REPOSITORY, "pkg/package.json"), "utf8"));
  const imported = new Set();
  for (const file of FILES) {
    for (const [, specifier] of (await readFile(join(HERE, file), "utf8")).matchAll(/from "checkout-payments([^"]*)"/g)) imported.add(`.${specifier}`);
  }
  assert.deepEqual([...imported].sort(), Object.keys(exports).sort());
});

function tsc(project) {
  return new Promise((resolve) => {
    execFile(join(REPOSITORY, "node_modules/.bin/tsc"), ["--project", project], { cwd: project }, (error, stdout, stderr) => resolve(stdout + stderr || (error?.message ?? "")));
  });
}
