// workerd, the runtime of Workers, as a process of its own on the loopback.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { program } from "./support.mjs";

/** Serves `modules` (`worker.js` is the entry; .wasm ones are compiled) from files in `folder`. What the Worker fetches may be on this machine only. */
export async function startWorkerd(folder, modules) {
  await mkdir(folder, { recursive: true });
  const declared = [];
  for (const [name, contents] of Object.entries(modules)) {
    await writeFile(join(folder, name), contents);
    declared.push(`(name = "${name}", ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${name}")`);
  }
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [${declared.toSorted((a, b) => Number(b.includes("worker.js")) - Number(a.includes("worker.js"))).join(", ")}], compatibilityDate = "2026-04-01")),
    (name = "internet", network = (allow = ["local"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
`;
  await writeFile(join(folder, "config.capnp"), config);
  const child = spawn(program("workerd"), ["serve", "--control-fd=3", "config.capnp"], { cwd: folder, stdio: ["ignore", "inherit", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (data) => (errors += data));
  const listening = createInterface({ input: child.stdio[3] });
  const [line] = await Promise.race([
    once(listening, "line"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`workerd ended with ${code}: ${errors}`))),
    once(child, "error").then(([error]) => Promise.reject(error)),
  ]);
  return {
    url: `http://127.0.0.1:${JSON.parse(line).port}/`,
    errors: () => errors,
    async stop() {
      if (child.exitCode === null) {
        child.kill();
        await once(child, "exit");
      }
    },
  };
}
