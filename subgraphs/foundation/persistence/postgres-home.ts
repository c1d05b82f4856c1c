import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { canEnter, reachableFolder, usableBinaries, type PostgresBinaries, type ServerUser } from "./postgres-binaries.ts";

/** `cluster` is kept relative to the data folder where it lies inside, so that the folder can be moved. */
const recordShape = z.object({ cluster: z.string(), port: z.number().int(), password: z.string().min(20) });

/** What a data folder remembers of its PostgreSQL, in postgres.json, which only its owner reads. */
export type PostgresRecord = z.infer<typeof recordShape>;

/** Everything that starting the server takes. */
export interface PostgresHome extends PostgresRecord { dataDir: string; binaries: PostgresBinaries; user: ServerUser | undefined; created: boolean }

const recordFile = (dataDir: string) => join(dataDir, "postgres.json");

/** The record of a data folder; null when it has no PostgreSQL yet. */
export function readRecord(dataDir: string): PostgresRecord | null {
  if (!existsSync(recordFile(dataDir))) return null;
  const record = recordShape.parse(JSON.parse(readFileSync(recordFile(dataDir), "utf8")));
  return { ...record, cluster: resolve(dataDir, record.cluster) };
}

/** Remembers the record; a reader sees the former or the new one, never half of it. */
export function writeRecord(dataDir: string, { cluster, port, password }: PostgresRecord): void {
  const staging = `${recordFile(dataDir)}.new`;
  const inside = relative(dataDir, cluster);
  const kept = { cluster: inside.startsWith("..") ? cluster : inside, port, password };
  writeFileSync(staging, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flush: true });
  giveToOwnerOf(dataDir, staging);
  renameSync(staging, recordFile(dataDir));
}

/** When root works in another user's folder, the files stay that user's. */
export function giveToOwnerOf(folder: string, file: string): void {
  if (process.getuid?.() !== 0) return;
  const owner = statSync(folder);
  chownSync(file, owner.uid, owner.gid);
}

/** A free port on the loopback interface, chosen by the system. */
export function freePort(): Promise<number> {
  return listenOnce(0) as Promise<number>;
}

/** Whether a server could listen on this loopback port now. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== null;
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}

/** Environment of the server's programs: nothing of ours, since PG* variables and locales would change what they do. */
export const serverEnvironment = process.platform === "win32" ? undefined : { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C", TZ: "UTC" };

/** The unprivileged user for root's server: one of our own where it can be made, else one that every system has. */
function unprivilegedUser(): ServerUser {
  const known = () => userNamed("osss-postgres");
  const made = known() ?? (["useradd --system --no-create-home --shell /usr/sbin/nologin osss-postgres", "adduser -S -D -H osss-postgres"]
    .some((command) => spawnSync("/bin/sh", ["-c", command], { stdio: "ignore", env: serverEnvironment }).status === 0) ? known() : null);
  const user = made ?? userNamed("postgres") ?? userNamed("nobody");
  if (user !== null) return user;
  throw new Error("PostgreSQL refuses to run as root, and this system has no user to run it as. Start OSSS as an ordinary user, or set DATABASE_URL to a PostgreSQL 18 server.");
}

function userNamed(name: string): ServerUser | null {
  const id = (flag: string) => spawnSync("id", [flag, name], { encoding: "utf8", env: serverEnvironment });
  const [uid, gid] = [id("-u"), id("-g")];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/** The user of an existing cluster is its owner; a new one of root gets an unprivileged user. */
function serverUser(cluster: string | null): ServerUser | undefined {
  if (process.platform === "win32" || process.getuid?.() !== 0) return undefined;
  if (cluster !== null) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  return unprivilegedUser();
}

/**
 * Finds the PostgreSQL of a data folder, or makes it: binaries that can be run, a user that may run them, a cluster, a password
 * and a port. Safe against being killed at any point: a cluster counts only once postgres.json names it.
 * @throws Error in words for the person who starts OSSS.
 */
export async function prepareHome(dataDir: string, log: (line: string) => void): Promise<PostgresHome> {
  const record = readRecord(dataDir);
  if (record !== null && !existsSync(join(record.cluster, "PG_VERSION"))) throw lostCluster(dataDir, record.cluster);
  const user = serverUser(record?.cluster ?? null);
  const binaries = usableBinaries(dataDir, user);
  if (record === null) {
    const unnamed = readdirSync(dataDir).filter((name) => name.startsWith("postgres-") && existsSync(join(dataDir, name, "data/PG_VERSION")));
    if (unnamed.length > 0) log(`${dataDir} holds a database that postgres.json does not name (${unnamed.join(", ")}); it is left alone.`);
    const password = randomBytes(24).toString("base64url");
    log("Creating the database (once, about a second) ...");
    const cluster = createCluster(dataDir, binaries, user, password);
    const fresh = { cluster, port: await freePort(), password };
    writeRecord(dataDir, fresh);
    claim(dataDir, cluster);
    return { ...fresh, dataDir, binaries, user, created: true };
  }
  claim(dataDir, record.cluster);
  checkVersion(record.cluster, binaries);
  let { cluster } = record;
  if (user !== undefined && !canEnter(cluster, user)) {
    cluster = moveCluster(cluster, newContainer(reachableFolder(user), user));
    writeRecord(dataDir, { ...record, cluster });
    claim(dataDir, cluster);
    log(`The database moved to ${cluster}, where the user that runs it can reach it.`);
  }
  return { ...record, cluster, dataDir, binaries, user, created: false };
}

/**
 * A cluster outside of its data folder notes whose it is: a copy of the folder (of the whole clone, say) must not open the
 * original's database. A folder that was moved claims its cluster anew.
 */
function claim(dataDir: string, cluster: string): void {
  if (!relative(dataDir, cluster).startsWith("..")) return;
  const note = join(dirname(cluster), "data-folder");
  const owner = existsSync(note) ? readFileSync(note, "utf8").trim() : dataDir;
  if (owner !== dataDir && existsSync(recordFile(owner)) && readRecord(owner)?.cluster === cluster) {
    throw new Error(`${dataDir} is a copy of ${owner}, whose database is in ${cluster}. To begin with an empty database here, remove ${recordFile(dataDir)}.`);
  }
  writeFileSync(note, `${dataDir}\n`);
}

function lostCluster(dataDir: string, cluster: string): Error {
  return new Error(`The database of ${dataDir} was in ${cluster} and is not there any more. Put that folder back (from a backup); ` +
    `or, to begin with an empty one, remove ${recordFile(dataDir)}.`);
}

function checkVersion(cluster: string, binaries: PostgresBinaries): void {
  const had = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  const has = binaries.version.split(".")[0];
  if (had !== has) {
    throw new Error(`The database in ${cluster} was written by PostgreSQL ${had}, and this OSSS brings PostgreSQL ${has}, which cannot read it. ` +
      "Start the OSSS that wrote it, make a backup there, and restore it here into a new OSSS_DATA_DIR.");
  }
}

/** A private folder of the server's user. */
function newContainer(parent: string, user: ServerUser | undefined): string {
  const container = mkdtempSync(join(parent, "postgres-"));
  chmodSync(container, 0o700);
  if (user !== undefined) chownSync(container, user.uid, user.gid);
  return container;
}

function createCluster(dataDir: string, binaries: PostgresBinaries, user: ServerUser | undefined, password: string): string {
  const parent = user !== undefined && !canEnter(dataDir, user) ? reachableFolder(user) : dataDir;
  const container = newContainer(parent, user);
  const passwordFile = join(container, "password");
  const cluster = join(container, "data");
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user !== undefined) chownSync(passwordFile, user.uid, user.gid);
    const wanted = ["-D", cluster, "--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"];
    const runs = ["C.UTF-8", "C"].map((locale) => () => initdb(binaries, [...wanted, "--locale-provider=builtin", "--builtin-locale=C.UTF-8", `--locale=${locale}`, "--lc-messages=C"], container, user));
    const failure = runs.reduce<string | null>((failed, run) => (failed === null ? null : run()), "not run");
    if (failure !== null) throw new Error(`The database could not be created in ${cluster}: ${failure}`);
    rmSync(passwordFile);
    return cluster;
  } catch (error) {
    rmSync(container, { recursive: true, force: true });
    throw error;
  }
}

/** Runs initdb; null when it went well, else what it said. A failed initdb removes what it made. */
function initdb(binaries: PostgresBinaries, words: string[], cwd: string, user: ServerUser | undefined): string | null {
  const run = spawnSync(binaries.bin("initdb"), words, { ...user, cwd, env: serverEnvironment, encoding: "utf8" });
  if (run.status === 0) return null;
  return (run.error?.message ?? (run.stderr || run.stdout)).trim();
}

function moveCluster(cluster: string, container: string): string {
  const target = join(container, "data");
  try {
    renameSync(cluster, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    execFileSync("cp", ["-a", cluster, target], { env: serverEnvironment });
    rmSync(dirname(cluster), { recursive: true, force: true });
  }
  return target;
}

/** Makes the data folder, private to its owner; root's may be entered by the server's user. */
export function makeDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    writeFileSync(join(dataDir, ".writable"), "");
    rmSync(join(dataDir, ".writable"));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === "ENOSPC") throw new Error(`There is no space left on the disk of the data folder ${dataDir}. Free some, then start again.`, { cause: error });
    throw new Error(`The data folder ${dataDir} cannot be written by this user (${code}). ` +
      "Start OSSS as the user who owns it, or choose another folder with OSSS_DATA_DIR.", { cause: error });
  }
}
