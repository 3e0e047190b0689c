// Bundles a Worker as its users do and runs it in the real workerd, on a free port of the loopback, its Durable Objects on disk.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const { default: WORKERD } = createRequire(import.meta.url)("workerd");
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

const started = new Set();
process.once("exit", () => started.forEach((child) => child.kill("SIGKILL")));

/**
 * Bundles `entry` into a new folder, beside a configuration of workerd for it.
 *
 * @param {string} entry
 * @param {object} options
 * @param {Record<string, string>} options.objects  the Durable Object classes, by the names of their bindings
 * @param {string[]} [options.settings]  names of environment variables that are bindings
 * @param {string} [options.assets]  a folder that is served by the binding ASSETS
 */
export async function bundleWorker(entry, { objects, settings = [], assets }) {
  const folder = await mkdtemp(join(tmpdir(), "checkout-payments-worker-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const modules = [];
  const wasmBeside = {
    name: "wasm-beside",
    setup(builder) {
      // what wrangler does: a wasm import is a compiled module, and stays a file of its own
      builder.onResolve({ filter: /\.wasm$/ }, async ({ path, pluginData, ...rest }) => {
        if (pluginData === "resolved") return undefined;
        const { path: file } = await builder.resolve(path, { ...rest, pluginData: "resolved" });
        modules.push(file);
        return { path: `./${basename(file)}`, external: true };
      });
    },
  };
  await build({
    entryPoints: [entry],
    outfile: join(folder, "worker.js"),
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*"],
    define: { "import.meta.url": JSON.stringify("file:///worker.js") },
    logLevel: "error",
    plugins: [wasmBeside],
  });
  for (const module of new Set(modules)) await cp(module, join(folder, basename(module)));
  const text = JSON.stringify;
  const bindings = [
    ...Object.entries(objects).map(([name, className]) => `(name = ${text(name)}, durableObjectNamespace = ${text(className)})`),
    ...settings.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
    ...(assets === undefined ? [] : ['(name = "ASSETS", service = "assets")']),
  ];
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "disk", disk = (writable = true)),
    (name = "internet", network = (allow = ["public", "private"])),
    ${assets === undefined ? "" : `(name = "assets", disk = (path = ${text(assets)})),`}
  ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    ${[...new Set(modules)].map((file) => `(name = ${text(basename(file))}, wasm = embed ${text(basename(file))}),`).join("\n    ")}
  ],
  compatibilityDate = "2026-04-01",
  durableObjectNamespaces = [ ${Object.values(objects).map((name) => `(className = ${text(name)}, uniqueKey = ${text(name)}, enableSql = true)`).join(", ")} ],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [ ${bindings.join(", ")} ],
);
`;
  await writeFile(join(folder, "config.capnp"), config);
  return join(folder, "config.capnp");
}

/** The SQLite files of a class's objects. */
export async function objectFiles(dir, className) {
  const names = await readdir(join(dir, className));
  return names.filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name)).map((name) => join(dir, className, name));
}

/** Starts workerd and does not wait: `ready` is its address once it serves, and rejects when it ends before that. `dir`: the objects' folder, of an earlier one or new. */
export async function launchWorkerd(config, { dir, env = {} } = {}) {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), "checkout-payments-objects-")));
  await mkdir(folder, { recursive: true });
  const child = spawn(WORKERD, ["serve", config, "--control-fd=3", `--directory-path=disk=${folder}`], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe", "pipe"] });
  started.add(child);
  child.once("exit", () => started.delete(child));
  const log = [];
  let errors = "";
  child.stderr.on("data", (data) => (errors += data));
  createInterface({ input: child.stdout }).on("line", (line) => log.push(line.startsWith("{") ? JSON.parse(line) : { line }));
  const ready = new Promise((resolve, reject) => {
    createInterface({ input: child.stdio[3] }).on("line", (line) => {
      const { event, port } = JSON.parse(line);
      if (event === "listen") resolve(`http://127.0.0.1:${port}`);
    });
    child.once("exit", (code) => reject(new Error(`workerd ended with ${code}: ${errors}`)));
  });
  ready.then(() => [child, ...child.stdio.slice(1)].forEach((handle) => handle.unref()), () => undefined);

  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    child.kill(signal);
    await once(child, "exit");
  };
  return {
    ready,
    dir: folder,
    pid: child.pid,
    log,
    errors: () => errors,
    kill: () => end("SIGKILL"),
    async stop({ keep = false } = {}) {
      await end("SIGTERM");
      if (!keep) await rm(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}
