// The package as its users get it: packed, and installed with its peers in a folder far from this repository, whose node_modules it can't see.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as later } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
// One folder for each clone of the repository: clones that are tested at the same time leave each other's alone.
const HOME = join(tmpdir(), `checkout-payments-packed-${digest(REPOSITORY)}`);
const TARBALL = "checkout-payments.tgz";
const PATIENCE_MS = 180_000;

/**
 * The installed package: `folder` has the node_modules, `tarball` is what was installed. Made once for each content, by the first who asks; the
 * others wait. Leave the folder as it is: what has to see the package goes into a {@link packedProject}.
 */
export async function packed() {
  const folder = join(HOME, await contentOf());
  const result = { folder, tarball: join(folder, TARBALL) };
  const making = `${folder}.making`;
  await mkdir(HOME, { recursive: true });
  while (!(await exists(result.tarball))) {
    if (!(await isFirst(making))) await later(100);
    else await make(making, folder);
  }
  return result;
}

/**
 * A new folder for the test called `name`, from which the package resolves as from a user's project, with copies of `files`: an object of names
 * and the places they are copied from. What an earlier run had left there is gone.
 */
export async function packedProject(name, files = {}) {
  const project = join((await packed()).folder, "projects", name);
  await rm(project, { recursive: true, force: true });
  await mkdir(project, { recursive: true });
  await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  for (const [to, from] of Object.entries(files)) await cp(from, join(project, to), { recursive: true });
  return project;
}

async function make(making, folder) {
  try {
    // somebody may have made it between the look and the turn
    if (await exists(join(folder, TARBALL))) return;
    await pack(making);
    await install(making);
    await rename(making, folder);
    await forgetOthers(folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Whether the folder was made here and now. One that is older than any making is of somebody who was stopped. */
async function isFirst(making) {
  try {
    await mkdir(making);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const { mtimeMs } = await stat(making).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > PATIENCE_MS) await rm(making, { recursive: true, force: true });
    return false;
  }
}

async function pack(folder) {
  const { stdout } = await run("npm", ["pack", "--workspace", "pkg", "--json", "--pack-destination", folder], { cwd: REPOSITORY });
  // the output of the package's own scripts comes first
  const [{ filename }] = Object.values(JSON.parse(stdout.slice(stdout.search(/^[[{]/m))));
  await rename(join(folder, filename), join(folder, TARBALL));
}

async function install(folder) {
  const { devDependencies } = await json("package.json");
  const { peerDependencies } = await json("pkg/package.json");
  const dependencies = { "checkout-payments": `file:${TARBALL}`, libsql: peerDependencies.libsql, stripe: devDependencies.stripe };
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }, undefined, 2));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"], { cwd: folder });
}

/** What the tarball depends on, in short. */
async function contentOf() {
  const pkg = join(REPOSITORY, "pkg");
  const built = [];
  for (const part of ["dist", "wasm"]) {
    for (const entry of await readdir(join(pkg, part), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) built.push(join(entry.parentPath, entry.name));
    }
  }
  const others = ["package.json", "pkg/package.json", "pkg/openapi.json", "README.md", "CHANGELOG.md", "tests/support/packed.mjs"].map((name) => join(REPOSITORY, name));
  const lines = [];
  for (const file of [...built.sort(), ...others]) lines.push(file, digest(await readFile(file)));
  return digest(lines.join("\n"));
}

async function forgetOthers(folder) {
  for (const name of await readdir(HOME)) {
    const other = join(HOME, name);
    // another content may be in the making
    if (other !== folder && !name.endsWith(".making")) await rm(other, { recursive: true, force: true });
  }
}

async function json(name) {
  return JSON.parse(await readFile(join(REPOSITORY, name), "utf8"));
}

async function exists(file) {
  return access(file).then(() => true, () => false);
}

function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
