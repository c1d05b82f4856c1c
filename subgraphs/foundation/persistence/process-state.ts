import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";

/** Names one process beyond the reuse of its id: the id alone may belong to another program after a restart. */
export interface ProcessIdentity { pid: number; startedAt: string | null }

/** The fields of /proc/<pid>/stat that follow the name, which may itself hold spaces and brackets; null where there is no /proc. */
function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return "";
  }
}

/** What tells a process from a later one with the same id. `startedAt` is null where the system does not say. */
export function identityOf(pid: number): ProcessIdentity {
  const ticks = statFields(pid)?.[19];
  return { pid, startedAt: ticks === undefined ? null : `${bootId()}/${ticks}` };
}

/** Whether a process can still do work: a zombie (ended, but not yet collected by its parent) cannot. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const state = statFields(pid)?.[0];
  return state !== "Z" && state !== "X";
}

/** Whether exactly this process, and not a later one with its id, is still alive. */
export function isSameProcessAlive(known: ProcessIdentity): boolean {
  if (!isAlive(known.pid)) return false;
  return known.startedAt === null || identityOf(known.pid).startedAt === known.startedAt;
}

/**
 * Whether a living process is the server of a cluster: a server's working folder is its cluster, also after the folder was moved.
 * Where the system does not tell that, its command line must name the cluster.
 */
export function servesCluster(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === "linux") {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    } catch {
      return false;                                         // another user's process, so not a server of ours
    }
  }
  if (process.platform === "win32") return true;
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes(cluster);
}

/** The program that a process runs; null where the system does not say. */
export function programOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? null;
  } catch {
    return null;
  }
}
