// Disks that run out of room, for a server of its own: really, and so that room can be made again.
//
// `tmpfs`: a file system of a few hundred kilobytes in a mount namespace of the server's; a ballast file fills it.
// `limit`: a limit on the size of files, which every Linux has; writing beyond it fails as a broken disk does.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SIZE = 4 * 1024 * 1024;
const NAMESPACE = process.getuid?.() === 0 ? ["-m"] : ["-rm"];

/** The ways that this machine allows, by name. */
export function narrowDisks(dir) {
  const ways = {};
  if (process.platform === "linux" && spawnSync("unshare", [...NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0) ways.tmpfs = tmpfs(dir);
  if (process.platform === "linux" && spawnSync("prlimit", ["--version"]).status === 0) ways.limit = limit();
  return ways;
}

function tmpfs(dir) {
  const mountpoint = join(dir, "disk");
  const inside = (pid, name) => `/proc/${pid}/root${join(mountpoint, name)}`;
  return {
    /** Where the server keeps its files. */
    dir: mountpoint,
    /** What is put before the server's command. */
    wrap: (command) => {
      mkdirSync(mountpoint, { recursive: true });
      return ["unshare", ...NAMESPACE, "sh", "-c", `mount -t tmpfs -o size=${SIZE} none ${mountpoint} && exec "$@"`, "sh", ...command];
    },
    /** Leaves no room. */
    fill(pid) {
      for (const [name, size] of [["ballast", 64 * 1024], ["ballast-rest", 4096]]) {
        try {
          for (let part = 0; part < 1000; part++) writeFileSync(inside(pid, name), Buffer.alloc(size), { flag: "a" });
        } catch (error) {
          if (error.code !== "ENOSPC") throw error;
        }
      }
    },
    /** Makes room. */
    free(pid) {
      rmSync(inside(pid, "ballast"));
      rmSync(inside(pid, "ballast-rest"), { force: true });
    },
  };
}

function limit() {
  const set = (pid, soft) => execFileSync("prlimit", [`--pid=${pid}`, `--fsize=${soft}:unlimited`]);
  return { dir: undefined, wrap: (command) => command, fill: (pid) => set(pid, "1"), free: (pid) => set(pid, "unlimited") };
}
