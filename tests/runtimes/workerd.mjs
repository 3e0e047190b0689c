// workerd, the runtime of Workers, as a process of its own on a free port of the loopback.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { watchOver } from "../support/child.mjs";

const { default: WORKERD } = createRequire(import.meta.url)("workerd"); // the program itself: a signal has to reach it

/** Serves `modules` and waits until it does. What the Worker fetches may be on this machine only. */
export async function startWorkerd(folder, modules) {
  const { ready, errors, stop } = await launchWorkerd(await configureWorkerd(folder, modules));
  return { url: `${await ready}/`, errors, stop };
}

/**
 * Puts `modules` (`worker.js` is the entry; .wasm ones are compiled) into `folder`, beside a configuration for them, whose path it gives.
 *
 * @param {string} folder
 * @param {Record<string, string | Uint8Array>} modules
 * @param {object} [options]
 * @param {Record<string, string>} [options.objects]  Durable Object classes by the names of their bindings
 * @param {string[]} [options.settings]  environment variables that are bindings
 */
export async function configureWorkerd(folder, modules, { objects = {}, settings = [] } = {}) {
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify;
  const declared = [];
  for (const [name, contents] of Object.entries(modules)) {
    await writeFile(join(folder, name), contents);
    declared.push(`(name = ${text(name)}, ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed ${text(name)})`);
  }
  const bindings = [
    ...Object.entries(objects).map(([name, className]) => `(name = ${text(name)}, durableObjectNamespace = ${text(className)})`),
    ...settings.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
  ];
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["local"])),
    (name = "disk", disk = (writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [${declared.toSorted((a, b) => Number(b.includes('"worker.js"')) - Number(a.includes('"worker.js"'))).join(", ")}],
  compatibilityDate = "2026-04-01",
  bindings = [${bindings.join(", ")}],
  durableObjectNamespaces = [${Object.values(objects).map((name) => `(className = ${text(name)}, uniqueKey = ${text(name)}, enableSql = true)`).join(", ")}],
  durableObjectStorage = (localDisk = "disk"),
);
`;
  await writeFile(join(folder, "config.capnp"), config);
  return join(folder, "config.capnp");
}

/**
 * Starts workerd and does not wait: `ready` is its address once it serves, and rejects when it ends before that. `dir`: the folder that
 * its objects are in, of an earlier one or new.
 */
export async function launchWorkerd(config, { dir, env = {} } = {}) {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), "checkout-payments-objects-")));
  const child = spawn(WORKERD, ["serve", config, "--control-fd=3", `--directory-path=disk=${folder}`], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe", "pipe"] });
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
    child.once("error", reject);
  });
  const end = watchOver(child, ready);
  return {
    ready,
    dir: folder,
    pid: child.pid,
    /** What it wrote, a line each: objects where it was JSON. */
    log,
    errors: () => errors,
    /** Ends it as a crash does. */
    kill: () => end("SIGKILL"),
    /** Ends it politely, and removes its objects unless they are to be kept. Gives its exit code. */
    async stop({ keep = false } = {}) {
      await end("SIGTERM");
      if (!keep) await rm(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** The SQLite files of a class's objects. */
export async function objectFiles(dir, className) {
  const names = await readdir(join(dir, className));
  return names.filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name)).map((name) => join(dir, className, name));
}
