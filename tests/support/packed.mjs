// The package as its users get it: packed, and installed with its peers in a folder far from this repository, whose node_modules it can't see.

import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
// One folder for each clone of the repository: clones that are tested at the same time leave each other's alone.
const HOME = join(tmpdir(), `checkout-payments-packed-${digest(REPOSITORY)}`);

/**
 * The installed package: `folder` has the node_modules, `tarball` is what was installed. Made once for each content; whoever comes
 * second waits for nothing. Leave the folder as it is: what has to see the package goes into a {@link packedProject}.
 */
export async function packed() {
  const folder = join(HOME, await contentOf());
  const result = { folder, tarball: join(folder, "checkout-payments.tgz") };
  if (await exists(result.tarball)) return result;
  const fresh = `${folder}.${randomUUID()}`;
  await mkdir(fresh, { recursive: true });
  await pack(fresh);
  await install(fresh);
  try {
    await rename(fresh, folder);
  } catch (error) {
    // somebody else was quicker; theirs has the same content
    await rm(fresh, { recursive: true, force: true });
    if (!(await exists(result.tarball))) throw error;
  }
  await forgetOthers(folder);
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

async function pack(folder) {
  const { stdout } = await run("npm", ["pack", "--workspace", "pkg", "--json", "--pack-destination", folder], { cwd: REPOSITORY });
  // the output of the package's own scripts comes first
  const [{ filename }] = Object.values(JSON.parse(stdout.slice(stdout.search(/^[[{]/m))));
  await rename(join(folder, filename), join(folder, "checkout-payments.tgz"));
}

async function install(folder) {
  const { devDependencies } = await json("package.json");
  const { peerDependencies } = await json("pkg/package.json");
  const dependencies = { "checkout-payments": "file:checkout-payments.tgz", libsql: peerDependencies.libsql, stripe: devDependencies.stripe };
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
    // a name with a dot is still being made
    if (other !== folder && !name.includes(".")) await rm(other, { recursive: true, force: true });
  }
}

async function json(name) {
  return JSON.parse(await readFile(join(REPOSITORY, name), "utf8"));
}

async function exists(file) {
  return readFile(file).then(() => true, () => false);
}

function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
