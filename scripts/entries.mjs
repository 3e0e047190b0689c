// Makes the entries of the hosts whose imports give a compiled WebAssembly module: pkg/dist/workerd and pkg/dist/deno. Each hands its build of
// the core that module and is the entry for everybody else then. Which there are is said in one place: the exports of pkg/package.json.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const PKG = fileURLToPath(new URL("../pkg/", import.meta.url));
// Workers give the module itself; Deno gives it to an import of the source, and an instance to any other.
const IMPORTS = { workerd: "import module from", deno: "import source module from" };
const BUILDS = { storefront: "dist/storefront/core.js", core: "dist/core-build.js" };

const { exports } = JSON.parse(await readFile(join(PKG, "package.json"), "utf8"));
for (const [host, statement] of Object.entries(IMPORTS)) {
  for (const [build, module] of Object.entries(BUILDS)) {
    const file = providerOf(host, build);
    await write(file, `${statement} "${from(file, `wasm/${build}/checkout_payments_bg.wasm`)}";`, `import { ${build} } from "${from(file, module)}";`, `${build}.provide(module);`);
  }
  for (const [name, { [host]: file, default: common }] of Object.entries(exports)) {
    if (file === undefined) continue;
    const provider = providerOf(host, name === "." ? "storefront" : "core");
    await write(file, `import "${from(file, provider)}";`, `export * from "${from(file, common)}";`);
  }
}

function providerOf(host, build) {
  return `dist/${host}/${build}-module.js`;
}

/** How `file` names `other` in an import. */
function from(file, other) {
  const path = relative(dirname(file), other);
  return path.startsWith(".") ? path : `./${path}`;
}

async function write(file, ...lines) {
  await mkdir(dirname(join(PKG, file)), { recursive: true });
  await writeFile(join(PKG, file), ["// Made by the build (scripts/entries.mjs).", ...lines, ""].join("\n"));
}
