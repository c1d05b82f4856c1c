import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { lstat, readdir, readFile, statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { z } from "zod";

/** Bytes as a person says them: 512 MB, 1.4 GB. */
export function inWords(bytes: number): string {
  const megabytes = bytes / 1024 ** 2;
  return megabytes < 1024 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

/** Bytes that a folder takes on the disk, links not followed, a file with two names counted once; null when there is none. */
export async function sizeOf(folder: string): Promise<number | null> {
  if (!existsSync(folder)) return null;
  const counted = new Set<number>();
  let total = 0;
  const folders = [folder];
  for (let here = folders.pop(); here !== undefined; here = folders.pop()) {
    const entries = await readdir(here, { withFileTypes: true });
    const at = here;
    folders.push(...entries.filter((entry) => entry.isDirectory()).map((entry) => join(at, entry.name)));
    const files = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => lstat(join(at, entry.name))));
    for (const file of files) {
      if (file.nlink > 1 && counted.has(file.ino)) continue;
      counted.add(file.ino);
      total += file.blocks === undefined ? file.size : file.blocks * 512;
    }
  }
  return total;
}

/** The folder itself, or the nearest one above it that exists. */
export function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}

/** Bytes free for an ordinary user on the disk that holds, or will hold, a folder. */
export async function freeSpace(folder: string): Promise<number> {
  const disk = await statfs(existing(folder));
  return disk.bavail * disk.bsize;
}

/** The most files that this process may hold open; null where the system does not say. */
export function openFilesLimit(): number | null {
  if (process.platform === "win32") return null;
  try {
    const limit = /^Max open files\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return limit === "unlimited" ? Infinity : Number(limit);
  } catch {
    const said = spawnSync("/bin/sh", ["-c", "ulimit -n"], { encoding: "utf8" }).stdout.trim();
    return said === "unlimited" ? Infinity : Number(said) || null;
  }
}

/** Whether a server could listen here now: null when it could, else the system's reason. */
export function cannotListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

const lastStartShape = z.object({ readyMs: z.number(), cold: z.boolean(), rssMb: z.number(), at: z.string() });

/** How long the last start took and what memory it used, as the gateway noted it in last-start.json; null when it did not. */
export async function lastStart(dataDir: string): Promise<z.infer<typeof lastStartShape> | null> {
  try {
    return lastStartShape.parse(JSON.parse(await readFile(join(dataDir, "last-start.json"), "utf8")));
  } catch {
    return null;
  }
}
