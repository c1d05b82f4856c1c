import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { repository } from "./import-rules.ts";
import { answers, installedServer } from "./installed-server.ts";
import { freePort } from "./started-platform.ts";

/** PgBouncer in transaction mode before a database, with the settings of deploy/pgbouncer. */
export interface PgBouncer extends AsyncDisposable {
  readonly port: number;
  /** The URL of the database by way of it. */
  readonly url: string;
  readonly pid: number;
  output(): string;
  stop(): Promise<void>;
}

export interface PgBouncerOptions {
  /** The login's URL straight to the database. */
  readonly url: string;
  /** Taken where given: to come back at the address of one that was stopped. */
  readonly port?: number;
  /** Connections to the database at most, 40 unless told. */
  readonly poolSize?: number;
}

/** Whether it is installed; must be where CI is set. */
export const pgBouncerInstalled = (): boolean => installedServer("pgbouncer") !== null;

/** It refuses to run as root. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

export async function startPgBouncer({ url, port: wanted, poolSize }: PgBouncerOptions): Promise<PgBouncer> {
  const to = new URL(url);
  const port = wanted ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), "osss-pgbouncer-"));
  const user = ordinaryUser();
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
  const login = decodeURIComponent(to.username);
  const child = spawn("/bin/sh", [join(repository, "deploy/pgbouncer/start.sh")], {
    ...user,
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin`, PGBOUNCER_FOLDER: folder, PGBOUNCER_ADDRESS: "127.0.0.1", PGBOUNCER_PORT: String(port), ...(poolSize ? { PGBOUNCER_POOL_SIZE: String(poolSize) } : {}),
      POSTGRES_HOST: to.hostname, POSTGRES_PORT: to.port, POSTGRES_DATABASE: decodeURIComponent(to.pathname.slice(1)), OSSS_APP_LOGIN: login, OSSS_APP_PASSWORD: decodeURIComponent(to.password),
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const until = Date.now() + 20_000; !(await answers(port)); await delay(20)) {
    if (child.exitCode === null && Date.now() < until) continue;
    await stop();
    throw new Error(`PgBouncer did not start:\n${said}`);
  }
  const by = new URL(url);
  by.hostname = "127.0.0.1";
  by.port = String(port);
  by.pathname = "/osss";
  return { port, url: by.href, pid: child.pid ?? 0, output: () => said, stop, [Symbol.asyncDispose]: stop };
}
