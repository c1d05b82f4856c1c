import { existsSync, linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { identityOf, isSameProcessAlive } from "./process-state.ts";

const holderShape = z.object({
  pid: z.number(),
  startedAt: z.string().nullable(),
  purpose: z.string(),
  databasePort: z.number().nullable(),
});

/** Who uses a data folder. `databasePort` is null until its PostgreSQL answers. */
export type LockHolder = z.infer<typeof holderShape>;

/** A living process already uses the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
  readonly code = "DATA_FOLDER_IN_USE";
  constructor(readonly dataDir: string, readonly holder: LockHolder) {
    super(`OSSS already runs on the data folder ${dataDir}: ${holder.purpose}, process ${holder.pid}` +
      `${holder.databasePort === null ? "" : `, database on port ${holder.databasePort}`}. ` +
      `Stop it first (Ctrl-C there, or: kill ${holder.pid}), or choose another folder and port: OSSS_DATA_DIR=.osss-2 PORT=4001.`);
  }
}

export interface DataFolderLock {
  /** Tells those who ask where the database of this folder listens. */
  announce(databasePort: number): void;
  /** Gives the folder free. May be called twice. */
  release(): void;
}

/** By its real path, so that a link to the folder is the same folder. */
const lockFile = (dataDir: string) => join(existsSync(dataDir) ? realpathSync(dataDir) : dataDir, "osss.lock");
/** The lock files that this process holds, by their real path. */
const heldHere = new Set<string>();

/** Who holds the folder now; null when nobody does, or only a process that has ended. */
export function lockHolder(dataDir: string): LockHolder | null {
  const file = lockFile(dataDir);
  const holder = readHolder(file);
  if (holder === null) return null;
  if (holder.pid === process.pid) return heldHere.has(file) ? holder : null;
  return isSameProcessAlive(holder) ? holder : null;
}

function readHolder(file: string): LockHolder | null {
  try {
    return holderShape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;                                            // no file, or one that a dying machine left half written
  }
}

/**
 * Takes the data folder for this process. The lock of a process that has ended is taken over.
 * The folder must exist. `purpose` is what the next one is told, for instance "npm start on http://localhost:4000".
 * @throws DataFolderInUse when a living process holds it.
 */
export function lockDataFolder(dataDir: string, purpose: string): DataFolderLock {
  const file = lockFile(dataDir);
  const own = `${file}.${process.pid}`;
  const write = (databasePort: number | null) => {
    const holder: LockHolder = { ...identityOf(process.pid), purpose, databasePort };
    writeFileSync(own, JSON.stringify(holder), { mode: 0o644 });
  };
  write(null);
  try {
    for (let tries = 0; !linked(own, file); tries += 1) {
      const holder = lockHolder(dataDir);
      if (holder !== null || tries > 20) throw new DataFolderInUse(dataDir, holder ?? { pid: 0, startedAt: null, purpose: "a process that takes and leaves the lock", databasePort: null });
      removeStale(dataDir, file, own);
    }
  } finally {
    rmSync(own, { force: true });
  }
  heldHere.add(file);
  return {
    announce(databasePort) {
      write(databasePort);
      renameSync(own, file);
    },
    release() {
      if (!heldHere.delete(file)) return;
      if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

/** link() either makes the name or fails: two processes cannot both succeed. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes the lock of a process that has ended. Looking and removing are one step, behind a second lock: without it, of two that find
 * the same stale lock, the slower one would remove what the faster one has just taken.
 */
function removeStale(dataDir: string, file: string, own: string): void {
  const guard = `${file}.takeover`;
  if (!linked(own, guard)) {
    const taker = readHolder(guard);
    if (taker === null || !isSameProcessAlive(taker)) rmSync(guard, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return;
  }
  try {
    const holder = readHolder(file);
    if (holder !== null && holder.pid !== process.pid && isSameProcessAlive(holder)) throw new DataFolderInUse(dataDir, holder);
    rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}
