// Projects of users who bundle the shop of shop/, one for each bundler; the tools come from this repository, the package from its tarball.

import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packed, packedProject } from "../support/packed.mjs";
import { RECIPES, type } from "./recipes.mjs";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const REPOSITORY = join(HERE, "../..");

/** Each makes its project and bundles it: the folder to be served, and the lines that the bundler warned with. */
export const BUNDLERS = {
  async vite() {
    const project = await viteProject("vite");
    const { build } = await import("vite");
    const warnings = [];
    await build({ root: project, customLogger: listeningLogger(warnings) });
    return { site: join(project, "dist"), warnings };
  },

  async webpack() {
    const project = await shopProject("webpack", "main.js", { "webpack.config.js": "webpack/webpack.config.js" });
    const { default: webpack } = await import("webpack");
    const { default: config } = await import(pathToFileURL(join(project, "webpack.config.js")).href);
    const stats = await new Promise((resolve, reject) => {
      webpack({ context: project, output: { path: join(project, "dist") }, ...config }, (error, result) => (error ? reject(error) : resolve(result)));
    });
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
    return { site: await withPage(project), warnings: warnings.map(({ message }) => message) };
  },

  async esbuild() {
    const project = await shopProject("esbuild", "main-with-file.js");
    const { stderr } = await type(project, `${RECIPES.esbuild} --log-level=warning`);
    return { site: await withPage(project), warnings: stderr === "" ? [] : [stderr] };
  },

  async rollup() {
    const project = await shopProject("rollup", "main-with-file.js", { "rollup.config.js": "rollup/rollup.config.js" });
    await mkdir(join(project, "node_modules/@rollup"), { recursive: true });
    await symlink(join(REPOSITORY, "node_modules/@rollup/plugin-node-resolve"), join(project, "node_modules/@rollup/plugin-node-resolve"));
    const warnings = await type(project, `${RECIPES.rollup} --failAfterWarnings`).then(() => [], ({ stderr }) => [stderr]);
    return { site: await withPage(project), warnings };
  },
};

/** The shop under Vite's development server. */
export async function viteDev() {
  const { createServer } = await import("vite");
  const warnings = [];
  const project = await viteProject("vite-dev");
  // it serves what is in the project's folder, and nothing above it
  await copyPackage(project, "node_modules");
  const server = await createServer({ root: project, server: { host: "127.0.0.1", port: 0 }, customLogger: listeningLogger(warnings) });
  await server.listen();
  return { url: server.resolvedUrls.local[0], warnings, close: () => server.close() };
}

/** The shop without any bundler: its own files, the package's in vendor/, and a page that says by an import map where they are. */
export async function withImportMap() {
  const project = await shopProject("import-map", "main.js", { "index.html": "none/import-map.html" });
  await copyPackage(project, "vendor");
  return project;
}

/** The same with the path in the import itself: for pages whose policy lets no script stand in them, import maps included. */
export async function withPath() {
  const project = await shopProject("path", "main.js", { "index.html": "vite/index.html" });
  await copyPackage(project, "vendor");
  const shop = join(project, "src/shop.js");
  await writeFile(shop, (await readFile(shop, "utf8")).replace('"checkout-payments"', '"/vendor/checkout-payments/dist/storefront/index.js"'));
  return project;
}

/** Every file of a folder, by its path in it. */
export async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function viteProject(name) {
  return shopProject(name, "main.js", { "index.html": "vite/index.html" });
}

function shopProject(name, main, files = {}) {
  const all = { "src/shop.js": "shop/shop.js", "src/main.js": `shop/${main}`, ...files };
  return packedProject(name, Object.fromEntries(Object.entries(all).map(([to, from]) => [to, join(HERE, from)])));
}

async function copyPackage(project, folder) {
  await cp(join((await packed()).folder, "node_modules/checkout-payments"), join(project, folder, "checkout-payments"), { recursive: true });
}

/** The folder to be served of a project whose bundler knows no pages: a page, and what was bundled beside it. */
async function withPage(project) {
  const site = join(project, "site");
  await cp(join(project, "dist"), join(site, "assets"), { recursive: true });
  await cp(join(HERE, "shop/index.html"), join(site, "index.html"));
  return site;
}

function listeningLogger(warnings) {
  const warn = (message) => warnings.push(message);
  return { info: () => undefined, warn, warnOnce: warn, error: warn, clearScreen: () => undefined, hasErrorLogged: () => false, hasWarned: false };
}
