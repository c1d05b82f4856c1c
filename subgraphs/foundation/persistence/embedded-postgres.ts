import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { lockDataFolder, lockHolder, type DataFolderLock } from "./data-folder-lock.ts";
import { freePort, giveToOwnerOf, isPortFree, makeDataFolder, prepareHome, readRecord, serverEnvironment, writeRecord, type PostgresHome } from "./postgres-home.ts";
import { isAlive, programOf, servesCluster } from "./process-state.ts";

export interface EmbeddedPostgresOptions {
  dataDir: string;
  log: (line: string) => void;
  /** What another start on the same folder is told, for instance "npm start on http://localhost:4000". */
  purpose?: string;
  /** For commands: where a living OSSS holds the folder, use its database and leave it running at stop(). */
  attach?: boolean;
  /** Server settings over those of the house, for instance { fsync: "off" } in tests. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** A connection URL of the superuser for one database. */
  url(database: string): string;
  superuserUrl: string;
  port: number;
  /** true: the server was running already, left behind by a killed process or (with `attach`) held by another one. */
  reused: boolean;
  pid: number;
  /** Resolves, and never rejects, when the server has ended; `expected` when stop() asked for it. `reason` is a sentence for people. */
  exited: Promise<{ expected: boolean; reason: string }>;
  /** Fast shutdown: open transactions are rolled back, committed ones are safe. Waits for the end. May be called twice. */
  stop(): Promise<void>;
}

/** Sized for a school on a small machine. A district with more sets DATABASE_URL. */
const houseSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "128MB",
  max_connections: "100",
  jit: "off",
  fsync: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  log_line_prefix: "%m [%p] ",
  logging_collector: "off",
  log_destination: "stderr",
  // Refused statements quote what was sent, and rows: OSSS logs its own errors, without them. What the server does is logged still.
  log_min_messages: "log",
  log_min_error_statement: "panic",
};

const startTimeoutMs = 300_000;
const biggestLog = 10 * 1024 * 1024;

/**
 * Starts the PostgreSQL of a data folder, which it makes when there is none, and waits until it answers. It listens on loopback
 * only, behind a generated password. A server that a killed process left behind is used again.
 * @throws DataFolderInUse when another living process holds the folder, unless `attach`; Error in words for people otherwise.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  makeDataFolder(options.dataDir);
  const dataDir = realpathSync(options.dataDir);
  if (options.attach && lockHolder(dataDir) !== null) return attachTo(dataDir);
  const lock = lockDataFolder(dataDir, options.purpose ?? "an OSSS process");
  try {
    const home = await prepareHome(dataDir, log);
    const left = await leftBehind(home, log);
    const server = left ?? await launch(home, options);
    lock.announce(server.port);
    return handle(home, server, lock, left !== null);
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface RunningServer { pid: number; port: number; ended: Promise<string> }

/** Resolves when a process that is not our child has ended. */
async function watchForeign(pid: number): Promise<string> {
  while (isAlive(pid)) await delay(250, undefined, { ref: false });
  return "it ended";
}

const address = (port: number, password: string, database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

async function attachTo(dataDir: string): Promise<EmbeddedPostgres> {
  for (const end = Date.now() + startTimeoutMs; Date.now() < end; await delay(100)) {
    const holder = lockHolder(dataDir);
    if (holder === null) break;
    const record = readRecord(dataDir);
    if (holder.databasePort === null || record === null) continue;
    const url = (database: string) => address(record.port, record.password, database);
    const pid = readPostmaster(record.cluster)?.pid ?? 0;
    return {
      url, superuserUrl: url("postgres"), port: record.port, reused: true, pid,
      exited: watchForeign(pid).then((reason) => ({ expected: false, reason: `The database stopped: ${reason}.` })),
      stop: async () => {},
    };
  }
  throw new Error(`The OSSS that holds ${dataDir} did not get its database ready. Look at ${join(dataDir, "postgres.log")}, then try again.`);
}

/** What a server wrote into its postmaster.pid; null when there is no readable one. */
function readPostmaster(cluster: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: (lines[7] ?? "").trim() === "ready" };
  } catch {
    return null;
  }
}

/** Asks a server whether it is ours: our password opens it and it serves our cluster. */
async function isOurs(home: PostgresHome, port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: address(port, home.password, "postgres"), connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});                             // the server may go while we ask: then the query below fails too
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return rows[0]?.data_directory === home.cluster;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});                     // already closed
  }
}

/** The server of a process that was killed: used again when it is well, stopped when not; its pid file is removed when nobody owns it. */
async function leftBehind(home: PostgresHome, log: (line: string) => void): Promise<RunningServer | null> {
  const left = readPostmaster(home.cluster);
  if (left === null) return null;
  if (!servesCluster(left.pid, home.cluster)) {
    rmSync(join(home.cluster, "postmaster.pid"), { force: true });
    log("The database was not shut down last time; it recovers now.");
    return null;
  }
  const program = programOf(left.pid);
  const current = program === null || program === home.binaries.bin("postgres");
  if (current && left.ready && await isOurs(home, left.port)) {
    log(`The database of a former start is still running (process ${left.pid}); it is used again.`);
    if (left.port !== home.port) writeRecord(home.dataDir, { ...home, port: left.port });
    return { pid: left.pid, port: left.port, ended: watchForeign(left.pid) };
  }
  log(`The database of a former start (process ${left.pid}) is stopped first.`);
  await shutDown(home, left.pid, watchForeign(left.pid));
  return null;
}

/** What a failed start said. `again` when a moment's patience or another port may help. */
function diagnose(said: string): { again: boolean; port: boolean } {
  const port = /could not bind|address already in use/i.test(said);
  return { port, again: port || /lock file "postmaster\.pid" already exists|pre-existing shared memory block/i.test(said) };
}

async function launch(home: PostgresHome, options: EmbeddedPostgresOptions): Promise<RunningServer> {
  let port = home.port;
  let said = "";
  for (let tries = 0; tries < 8; tries += 1) {
    if (!await isPortFree(port)) port = await freePort();
    const started = await launchOnce(home, port, options);
    if (typeof started !== "string") {
      if (port !== home.port) writeRecord(home.dataDir, { ...home, port });
      return started;
    }
    said = started;
    const { again, port: taken } = diagnose(said);
    if (!again) break;
    if (taken) port = await freePort();
    await delay(Math.min(100 * 2 ** tries, 3_000));
  }
  throw new Error(`The database did not start. The last it said (${join(home.dataDir, "postgres.log")}):\n${said}`);
}

/** One try: the running server, or what it said before it ended. */
async function launchOnce(home: PostgresHome, port: number, options: EmbeddedPostgresOptions): Promise<RunningServer | string> {
  const log = openLog(home.dataDir);
  const settings = { ...houseSettings, ...options.settings, port: String(port) };
  const child = spawn(home.binaries.bin("postgres"), ["-D", home.cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])], {
    ...home.user, cwd: home.cluster, env: serverEnvironment, stdio: ["ignore", log.fd, log.fd],
    detached: true,                                         // a session of its own: Ctrl-C in the terminal reaches us alone
  });
  closeSync(log.fd);
  const ended = endOf(child);
  let running = true;
  void ended.then(() => { running = false; });
  for (let waited = 0; running && waited < startTimeoutMs; waited += 25) {
    const state = readPostmaster(home.cluster);
    if (state?.pid === child.pid && state?.ready && await isOurs(home, port)) {
      child.unref();
      return { pid: child.pid ?? 0, port, ended };
    }
    if (waited === 5_000) options.log("The database is recovering; this can take a while after a power cut ...");
    await Promise.race([delay(25), ended]);
  }
  if (running) {
    await shutDown(home, child.pid ?? 0, ended);
    return `It did not get ready within ${startTimeoutMs / 60_000} minutes.`;
  }
  return readFileSync(log.file, "utf8").slice(log.from).trim().split("\n").slice(-8).join("\n") || await ended;
}

function openLog(dataDir: string): { fd: number; file: string; from: number } {
  const file = join(dataDir, "postgres.log");
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > biggestLog) renameSync(file, `${file}.1`);
  const fd = openSync(file, "a", 0o600);
  giveToOwnerOf(dataDir, file);
  return { fd, file, from: readFileSync(file, "utf8").length };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`));
  });
}

/** Fast shutdown, then harder ones; nothing that was committed is lost by any of them. */
async function shutDown(home: PostgresHome, pid: number, ended: Promise<string>): Promise<void> {
  if (process.platform === "win32") spawnSync(home.binaries.bin("pg_ctl"), ["stop", "-D", home.cluster, "-m", "fast", "-t", "60"], { stdio: "ignore" });
  for (const [signal, patience] of [["SIGINT", 60_000], ["SIGQUIT", 10_000], ["SIGKILL", 5_000]] as const) {
    if (!isAlive(pid)) break;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") break;
      throw error;
    }
    const timer = new AbortController();
    await Promise.race([ended, delay(patience, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
  }
}

function handle(home: PostgresHome, server: RunningServer, lock: DataFolderLock, reused: boolean): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const askToEnd = () => {
    try {
      process.kill(server.pid, "SIGINT");
    } catch {
      // it has ended already
    }
  };
  const exited = server.ended.then((reason) => {
    process.off("exit", askToEnd);
    lock.release();
    return stopping !== undefined ? { expected: true, reason: "The database stopped as asked." } : {
      expected: false,
      reason: `The database stopped unexpectedly: ${reason}. What was saved is safe; start OSSS again. Details: ${join(home.dataDir, "postgres.log")}`,
    };
  });
  process.once("exit", askToEnd);
  const url = (database: string) => address(server.port, home.password, database);
  return {
    url, superuserUrl: url("postgres"), port: server.port, pid: server.pid, reused, exited,
    stop: () => (stopping ??= shutDown(home, server.pid, server.ended).then(async () => { await exited; })),
  };
}
